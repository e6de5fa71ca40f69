"""Rows tried in the database without being written: a table for the moment takes them by COPY, the register's own constraints
judge them in one statement each, and one INSERT and one UPDATE write what is good."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from django.db import connection, models
from django.utils.translation import gettext as _
from psycopg import sql

TABLE = sql.Identifier("cancu_sheet")
BLOCK = 1 << 20
_CHECK = re.compile(r"CHECK \((.*)\)(?: NOT VALID)?$", re.DOTALL)


class Staging:
    """The rows of one sheet beside their register; ``fields`` are those that the file has a column for. Made and dropped inside
    one transaction."""

    def __init__(self, model: type[models.Model], fields: list[models.Field[Any, Any]]) -> None:
        self.model, self.fields = model, fields
        self.table = sql.Identifier(model._meta.db_table)

    def fill(self, text: bytes, same: dict[str, Any]) -> None:
        """``text``: rows in COPY's text form, the line in the file first, then ``fields`` in order. ``same``: column → its one
        value in every row (owner, who entered it, when, what the file has no column for)."""
        with connection.cursor() as cursor:
            cursor.execute(
                sql.SQL(
                    "CREATE TEMP TABLE {} ON COMMIT DROP AS SELECT 0::bigint AS line_, NULL::bigint AS pk_, * FROM {} WHERE false"
                ).format(TABLE, self.table)
            )
            if same:
                sets = sql.SQL(", ").join(
                    sql.SQL("ALTER {} SET DEFAULT {}").format(sql.Identifier(name), sql.Literal(value))
                    for name, value in same.items()
                )
                cursor.execute(sql.SQL("ALTER TABLE {} {}").format(TABLE, sets).as_string(cursor.connection))
            names = sql.SQL(", ").join(map(sql.Identifier, ("line_", *(f.column for f in self.fields))))
            with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(TABLE, names)) as copy:
                for start in range(0, len(text), BLOCK):
                    copy.write(text[start : start + BLOCK])
            cursor.execute(sql.SQL("CREATE INDEX ON {} (line_)").format(TABLE))
            cursor.execute(sql.SQL("ANALYZE {}").format(TABLE))

    def known(self, key: models.Field[Any, Any]) -> None:
        """Find the rows that the register has already, by what makes one of them unique: the field that people know them by,
        with the year or whatever else its rule names (12/GP of 2023 is not 12/GP of 2024). Without such a rule every row is new."""
        rules = [
            (condition, keys)
            for _name, condition, keys in self._unique_rules()
            if any(re.fullmatch(rf'"?{re.escape(key.column)}"?', k) for k in keys)
        ]
        if not rules:
            return
        condition, keys = min(rules, key=lambda rule: len(rule[1]))
        whole = sql.SQL("ROW({})::text").format(sql.SQL(", ").join(sql.SQL(k.replace("%", "%%")) for k in keys))
        where = sql.SQL(" WHERE ") + sql.SQL(condition.replace("%", "%%")) if condition else sql.SQL("")
        self._run(
            sql.SQL(
                "UPDATE {staging} SET pk_ = r.id FROM (SELECT id, {whole} AS key_ FROM {table}{where}) r WHERE r.key_ = {whole}"
            ).format(staging=TABLE, table=self.table, whole=whole, where=where)
        )

    def refused(self) -> list[tuple[int, str]]:
        """(line, words) of every row that a constraint of the register would refuse."""
        checked = self._checks()
        self.without({line for line, _words in checked})  # a row that is refused is no twin of another
        return sorted({*checked, *self._unique()})

    def _checks(self) -> list[tuple[int, str]]:
        asked = "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c' AND conrelid = %s::regclass"
        rules = [
            (name, inner[1].replace("%", "%%"))
            for name, definition in self._run(asked, [self.model._meta.db_table])
            if (inner := _CHECK.match(definition))
        ]
        if not rules:
            return []
        conditions = [sql.SQL("({})").format(sql.SQL(rule)) for _name, rule in rules]
        broken = self._run(
            sql.SQL("SELECT line_, {} FROM {} WHERE NOT ({})").format(
                sql.SQL(", ").join(conditions), TABLE, sql.SQL(" AND ").join(conditions)
            )
        )
        return [
            (line, self._words(name))
            for line, *held in broken
            for (name, _rule), holds in zip(rules, held, strict=True)
            if holds is False
        ]

    def _unique(self) -> list[tuple[int, str]]:
        """Twice the same in the file, or the same as another row of the register."""
        found: list[tuple[int, str]] = []
        for name, condition, keys in self._unique_rules():
            parts = [sql.SQL("({})").format(sql.SQL(k.replace("%", "%%"))) for k in keys]
            names = [sql.Identifier(f"key{n}_") for n in range(len(keys))]
            held = [sql.SQL("{} IS NOT NULL").format(part) for part in parts] + (
                [sql.SQL(f"({condition})".replace("%", "%%"))] if condition else []
            )
            statement = sql.SQL(
                """WITH mine AS NOT MATERIALIZED (SELECT line_, pk_, {keyed} FROM {staging} WHERE {held}),
                twice AS (SELECT {names}, min(line_) AS first_ FROM mine GROUP BY {names} HAVING count(*) > 1)
                SELECT line_ FROM mine JOIN twice USING ({names}) WHERE line_ > first_
                UNION SELECT line_ FROM mine JOIN (SELECT id, {keyed} FROM {table} WHERE {held}) theirs USING ({names}) WHERE pk_ IS DISTINCT FROM id"""
            ).format(
                keyed=sql.SQL(", ").join(
                    sql.SQL("{} AS {}").format(part, name) for part, name in zip(parts, names, strict=True)
                ),
                names=sql.SQL(", ").join(names),
                held=sql.SQL(" AND ").join(held),
                staging=TABLE,
                table=self.table,
            )
            found += [(line, self._words(name)) for (line,) in self._run(statement, [])]
        return found

    def _unique_rules(self) -> list[tuple[str, str | None, list[str]]]:
        """(name, condition, expressions) of every unique index of the register, its primary key aside."""
        asked = """SELECT i.relname, pg_get_expr(x.indpred, x.indrelid),
                   ARRAY(SELECT pg_get_indexdef(x.indexrelid, k, true) FROM generate_series(1, x.indnkeyatts) k)
                   FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid WHERE x.indisunique AND NOT x.indisprimary AND x.indrelid = %s::regclass"""
        return self._run(asked, [self.model._meta.db_table])

    def _words(self, name: str) -> str:
        for constraint in self.model._meta.constraints:
            if constraint.name == name and constraint.violation_error_message:
                return str(constraint.violation_error_message)
        field = next((f for f in self.model._meta.concrete_fields if f.unique and f.column in name), None)
        return (
            _("%(field)s trùng với dòng khác") % {"field": field.verbose_name}
            if field
            else _("trùng với một dòng khác của sổ")
        )

    def without(self, lines: Iterable[int]) -> None:
        self._run(sql.SQL("DELETE FROM {} WHERE line_ = ANY(%s)").format(TABLE), [list(lines)])

    def changes(self, most: int) -> tuple[int, int, list[tuple[int, int, dict[str, Any]]]]:
        """(rows that would change, rows that are as they were, [(line, key, {column: [old, new]})] of the first ones)."""
        differ = self._differ()
        counted = self._run(
            sql.SQL(
                "SELECT count(*) FILTER (WHERE {differ}), count(*) FILTER (WHERE NOT {differ}) FROM {staging} s JOIN {table} r ON r.id = s.pk_"
            ).format(differ=differ, staging=TABLE, table=self.table),
            [],
        )[0]
        pairs = sql.SQL(", ").join(
            sql.SQL("{}, jsonb_build_array(r.{}::text, s.{}::text)").format(
                sql.Literal(f.name), sql.Identifier(f.column), sql.Identifier(f.column)
            )
            for f in self.fields
        )
        shown = self._run(
            sql.SQL(
                "SELECT s.line_, s.pk_, jsonb_build_object({}) FROM {} s JOIN {} r ON r.id = s.pk_ WHERE {} ORDER BY s.line_ LIMIT %s"
            ).format(pairs, TABLE, self.table, differ),
            [most],
        )
        return (
            counted[0],
            counted[1],
            [(line, pk, {k: v for k, v in json.loads(both).items() if v[0] != v[1]}) for line, pk, both in shown],
        )

    def _differ(self) -> sql.Composable:
        side = [
            sql.SQL(", ").join(
                sql.SQL("{}.{}").format(sql.Identifier(t), sql.Identifier(f.column)) for f in self.fields
            )
            for t in ("s", "r")
        ]
        return sql.SQL("(ROW({}) IS DISTINCT FROM ROW({}))").format(*side)

    def confirmed(self) -> list[int]:
        """Lines that would change a record which is confirmed already: refused, for confirmed records are returned first."""
        statement = sql.SQL(
            "SELECT s.line_ FROM {} s JOIN {} r ON r.id = s.pk_ WHERE r.confirmed_at IS NOT NULL AND {}"
        ).format(TABLE, self.table, self._differ())
        return [line for (line,) in self._run(statement, [])]

    def outside(self, unit: int) -> list[int]:
        """Lines that would change a record of another unit."""
        return [
            line
            for (line,) in self._run(
                sql.SQL("SELECT s.line_ FROM {} s JOIN {} r ON r.id = s.pk_ WHERE r.owner_unit_id <> %s").format(
                    TABLE, self.table
                ),
                [unit],
            )
        ]

    def insert(self) -> list[int]:
        """Write the new rows; their keys."""
        columns = sql.SQL(", ").join(
            sql.Identifier(f.column) for f in self.model._meta.concrete_fields if not f.primary_key
        )
        statement = sql.SQL(
            "INSERT INTO {} ({}) SELECT {} FROM {} WHERE pk_ IS NULL ORDER BY line_ RETURNING id"
        ).format(self.table, columns, columns, TABLE)
        return [pk for (pk,) in self._run(statement, [])]

    def update(self) -> dict[str, dict[str, Any]]:
        """Write the changed rows; key → column → the value before, as text, for undoing."""
        old = sql.SQL(", ").join(
            sql.SQL("{}, r.{}::text").format(sql.Literal(f.column), sql.Identifier(f.column)) for f in self.fields
        )
        kept = self._run(
            sql.SQL("SELECT r.id::text, jsonb_build_object({}) FROM {} s JOIN {} r ON r.id = s.pk_ WHERE {}").format(
                old, TABLE, self.table, self._differ()
            ),
            [],
        )
        before = {pk: json.loads(values) for pk, values in kept}
        sets = sql.SQL(", ").join(
            sql.SQL("{} = s.{}").format(sql.Identifier(f.column), sql.Identifier(f.column)) for f in self.fields
        )
        self._run(
            sql.SQL("UPDATE {} r SET {} FROM {} s WHERE r.id = s.pk_ AND {}").format(
                self.table, sets, TABLE, self._differ()
            ),
            [],
        )
        return before

    def _run(self, statement: Any, given: list[Any] | None = None) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(
                statement.as_string(cursor.connection) if isinstance(statement, sql.Composable) else statement,
                given or [],
            )
            return cursor.fetchall() if cursor.description else []
