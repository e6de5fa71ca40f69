"""What search knows of every row, and how it stays true: triggers note which rows were written, reading them is later.

A trigger a statement (not a row) notes the keys it wrote, so an import of 100,000 rows costs one row more. The rows
noted are read when somebody searches, if they are few, else by the worker every minute (``read_waiting``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pgtrigger
from django.db import models, transaction

from cancu.core.folding import folded
from cancu.core.jobs import every
from cancu.core.line import REGISTERS
from cancu.core.parties import Party, PartyKind
from cancu.reports.models import Report

from .models import SearchRow, SearchWaiting

#: What people look for most; every other register weighs 2.
WEIGHTS = {
    "documents.document": 5,
    "reports.report": 5,
    "programme.task": 4,
    "core.party": 4,
    "programme.programme": 3,
    "missions.mission": 3,
    "dossiers.dossier": 3,
    "dossiers.procedure": 3,
    "radiation.licence": 3,
    "ip.title": 3,
}
BATCH = 1000
#: Statements read together.
AT_ONCE = 500


@dataclass(frozen=True)
class Source:
    """One table that search reads: its model and the fields (``__`` follows relations) that hold its words.
    The first field is its number or code. ``left_out`` are rows that search does not know."""

    model: type[Any]
    fields: tuple[str, ...]
    left_out: models.Q | None = None

    @property
    def name(self) -> str:
        return str(self.model._meta.label_lower)

    @property
    def weight(self) -> int:
        return WEIGHTS.get(self.name, 2)

    @property
    def relations(self) -> tuple[str, ...]:
        """Every relation that its words or its name follow, deeper ones included."""
        ways = [path.rpartition("__")[0] for path in self.fields] + list(getattr(self.model, "label_related", ()))
        return tuple(
            dict.fromkeys(
                "__".join(way.split("__")[: n + 1]) for way in ways if way for n in range(way.count("__") + 1)
            )
        )

    def rows(self, keys: list[int] | None = None) -> Any:
        found = self.model._base_manager.select_related(*self.relations)
        found = found.exclude(self.left_out) if self.left_out else found
        return found if keys is None else found.filter(pk__in=keys)


def sources() -> dict[str, Source]:
    """Every register, and parties and reports, by the name of their table. Persons and households are found only through
    the records that name them, by those who may see these: their names belong to no unit that could be asked."""
    found = [Source(register.model, register.search) for register in REGISTERS.values()]
    found += [
        Source(Party, ("tax_code", "folded"), models.Q(kind__in=(PartyKind.PERSON, PartyKind.HOUSEHOLD))),
        Source(Report, ("symbol", "title")),
    ]
    return {source.name: source for source in found}


def squashed(words: str) -> str:
    """A number however it is spelled: “Số 03-CTr/BCSĐ” and “3 ctr bcsd” are both “3ctrbcsd”."""
    parts = re.findall(r"[a-z]+|\d+", folded(words))
    return "".join(part.lstrip("0") or "0" if part.isdigit() else part for part in parts)


def row_of(source: Source, row: Any) -> SearchRow:
    """What search keeps of one row."""
    values = [(path, _value(row, path)) for path in source.fields]
    title = str(row)
    number = next((words for _path, words in values[:1]), "")
    detail = " · ".join(w for path, w in values if w and not path.endswith("folded") and w not in title)
    spoken = folded(" ".join([title, *(words for _p, words in values)]))
    numbers = {squashed(w) for w in spoken.split() if any(c.isdigit() for c in w)} | {squashed(number)}
    words = (
        " " + " ".join(dict.fromkeys(re.split(r"[^\w/.-]+", spoken))) + "".join(f" {n}" for n in sorted(numbers) if n)
    )
    unit = getattr(row, "owner_unit_id", None) if source.model is not Report else None
    return SearchRow(
        source=source.name,
        record=row.pk,
        owner_unit=unit,
        title=title[:300],
        detail=detail[:300],
        key=squashed(number)[:80],
        words=words,
        weight=source.weight,
    )


def _value(row: Any, path: str) -> str:
    for step in path.split("__"):
        row = getattr(row, step, None)
        if row is None:
            return ""
    return str(row)


def rebuild() -> Iterator[tuple[str, int]]:
    """Read every table anew; (table, rows) as each is done. What is written meanwhile waits its turn."""
    SearchWaiting.objects.filter(pk__gt=0).delete()
    for name, source in sources().items():
        with transaction.atomic():
            SearchRow.objects.filter(source=name).delete()
            count, batch = 0, []
            for row in source.rows().order_by("pk").iterator(chunk_size=BATCH):
                batch.append(row_of(source, row))
                if len(batch) == BATCH:
                    count += len(SearchRow.objects.bulk_create(batch))
                    batch = []
            count += len(SearchRow.objects.bulk_create(batch))
        yield name, count


def read_waiting() -> int:
    """Read every row that waits; how many. Two at once read different ones."""
    read = 0
    while one := read_one_table():
        read += one
    return read


def read_one_table(most: int | None = None, only: str = "") -> int:
    """Read the rows that wait of one table, that written first, or of the table ``only``; how many. With ``most``,
    statements that wrote more rows are left to the worker: a page that asks this runs at most six queries for it."""
    with transaction.atomic():
        waiting = SearchWaiting.objects.select_for_update(skip_locked=True).order_by("pk")
        waiting = waiting.filter(source=only) if only else waiting
        found = list((waiting if most is None else waiting.filter(records__len__lte=most))[:AT_ONCE])
        same = [w for w in found if w.source == found[0].source]
        if not same:
            return 0
        known = sources()
        keys = sorted({key for one in same for key in one.records})
        changed = sorted({key for one in same if one.changed for key in one.records})
        if same[0].source in known:
            for start in range(0, len(keys), BATCH):
                _write(known[same[0].source], keys[start : start + BATCH])
        if changed:
            _ask_for_those_named_after(known, same[0].source, changed)
        SearchWaiting.objects.filter(pk__in=[one.pk for one in same]).delete()
    return len(keys)


def _ask_for_those_named_after(known: dict[str, Source], name: str, keys: list[int]) -> None:
    """Rows whose words hold words of the rows ``keys`` wait too: licences of a facility that was renamed."""
    passes = [
        source.model._base_manager.filter(**{f"{way}__in": keys})
        .order_by()
        .values_list(models.Value(source.name), "pk")
        for source in known.values()
        for way in source.relations
        if end_of(source.model, way)._meta.label_lower == name
    ]
    if not passes:
        return
    named: dict[str, set[int]] = {}
    for source, key in passes[0].union(*passes[1:]):
        named.setdefault(source, set()).add(key)
    SearchWaiting.objects.bulk_create(
        SearchWaiting(source=source, records=sorted(found), changed=False) for source, found in named.items()
    )


def _write(source: Source, keys: list[int]) -> None:
    rows = [row_of(source, row) for row in source.rows(keys)]
    gone = set(keys) - {row.record for row in rows}
    if gone:
        SearchRow.objects.filter(source=source.name, record__in=gone).delete()
    SearchRow.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["source", "record"],
        update_fields=["owner_unit", "title", "detail", "key", "words", "weight"],
    )


def end_of(model: Any, way: str) -> Any:
    """The model at the end of ``facility__party``."""
    for step in way.split("__"):
        model = model._meta.get_field(step).related_model
    return model


@every("* * * * *")
def read_all_waiting() -> None:
    """The worker's turn: whatever waits."""
    read_waiting()


def watch_tables() -> None:
    """Put the three triggers on every table that search reads, and on those that its rows are named after."""
    known = sources().values()
    tables = {source.model for source in known} | {
        end_of(source.model, way) for source in known for way in source.relations
    }
    for model in sorted(tables, key=lambda m: m._meta.label):
        pgtrigger.register(
            *(_trigger(model, operation) for operation in (pgtrigger.Insert, pgtrigger.Update, pgtrigger.Delete))
        )(model)


def _trigger(model: type[models.Model], operation: Any) -> pgtrigger.Trigger:
    written = {"old": "written"} if operation is pgtrigger.Delete else {"new": "written"}
    changed = "true" if operation is pgtrigger.Update else "false"
    noted = (
        f"INSERT INTO {SearchWaiting._meta.db_table} (source, records, changed) "  # noqa: S608 — names of our own tables
        f"SELECT '{model._meta.label_lower}', array_agg({model._meta.pk.column}), {changed} FROM written HAVING count(*) > 0; RETURN NULL;"
    )
    return pgtrigger.Trigger(
        name=f"search_{operation!s}".lower(),
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**written),
        func=noted,
    )
