"""Load the sample department into an empty database: one transaction, so a bad row leaves nothing behind.

``<folder>/<model>.csv`` (also ``<model>.<part>.csv``) is a register; ``<folder>/generate.py`` makes a large one with
``rows(model)``. The format is described in docs/develop/add-a-line.md.
"""

from __future__ import annotations

import csv
import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from cancu.core import codes, restdays
from cancu.core.folding import folded
from cancu.core.line import LINES
from cancu.core.parties import Party
from cancu.core.record import Record

HERE = Path(__file__).parent
BATCH = 2000
#: How rows of the core, which are no Records, are named in a cell.
NAMED_BY = {
    "core.unit": "code",
    "core.user": "username",
    "core.place": "code",
    "core.party": "name",
    "documents.document": "reference",
}
#: Folders below the lines: the unit that keeps their registers.
OFFICE = {"documents": "VP", "programme": "VP", "dossiers": "VP", "reports": "VP"}


class BadRow(ValidationError):  # noqa: N818
    """A row of the sample that cannot be loaded: which file, line and column, what is wrong, how to mend it."""


@dataclass
class Source:
    """Where the rows of one table come from: files, a generator, or both."""

    model: type[models.Model]
    files: list[Path] = field(default_factory=list)
    generator: Callable[[], Iterator[dict[str, str]]] | None = None

    def rows(self) -> Iterator[tuple[str, dict[str, str]]]:
        """(place for a message, row) of every row."""
        for path in self.files:
            with path.open(encoding="utf-8-sig", newline="") as file:
                reader = csv.DictReader(file)
                for row in reader:
                    place = f"{path.relative_to(HERE.parent.parent)}, dòng {reader.line_num}"
                    if None in row or None in row.values():
                        raise BadRow(f"{place}: số ô không khớp dòng tiêu đề; xem dấu phẩy và dấu ngoặc kép.")
                    yield place, row
        if self.generator:
            for number, row in enumerate(self.generator(), 1):
                yield f"{self.model._meta.label} (sinh ra), dòng {number}", row


def load(progress: Callable[[str, int, int], None] = lambda words, done, whole: None) -> dict[str, int]:
    """Load everything; returns label → rows. ``progress(words, done, whole)`` is called after each table.

    Raises BadRow. Nothing is loaded unless all is."""
    with transaction.atomic():
        for path in sorted(Path(apps.get_app_config("core").path).parent.rglob("codes.yaml")):
            codes.load(path)
        restdays.seed()
        found = sources()
        counts, names = {}, _Names()
        for done, source in enumerate(found, 1):
            counts[source.model._meta.label] = _fill(source, names)
            progress(str(source.model._meta.verbose_name_plural), done, len(found))
        return counts


def sources() -> list[Source]:
    """Every table that has sample rows, those they point at first."""
    found: dict[type[models.Model], Source] = {}
    for folder in sorted(p for p in HERE.iterdir() if p.is_dir() and not p.name.startswith("_")):
        for path in sorted(folder.glob("*.csv")):
            model = _model(folder.name, path.name.split(".")[0], path)
            found.setdefault(model, Source(model)).files.append(path)
        if (folder / "generate.py").exists():
            module = importlib.import_module(f"samples.quang_tri.{folder.name}.generate")
            for name in module.MODELS:
                model = _model(folder.name, name, folder / "generate.py")
                found.setdefault(model, Source(model)).generator = partial(module.rows, name)
    graph = {
        model: {f.related_model for f in [*model._meta.fields, *model._meta.many_to_many] if f.is_relation}
        & found.keys() - {model}
        for model in found
    }
    return [found[model] for model in TopologicalSorter(graph).static_order()]


def _model(folder: str, name: str, path: Path) -> type[models.Model]:
    try:
        return apps.get_model(folder, name)
    except LookupError:
        raise BadRow(
            f"{path.relative_to(HERE.parent.parent)}: không có sổ “{name}” trong thư mục “{folder}”."
        ) from None


class _Names:
    """Name → key of the rows a cell may point at, read once a table."""

    def __init__(self) -> None:
        self.known: dict[type[models.Model], dict[str, Any]] = {}

    def of(self, model: type[models.Model]) -> dict[str, Any]:
        if model not in self.known:
            label = model._meta.label_lower
            by = NAMED_BY.get(label) or getattr(model, "known_by", None) or ("code" if _has(model, "code") else "pk")
            rows = model._base_manager.order_by("pk")
            if isinstance(getattr(model, by, None), property):
                self.known[model] = {getattr(row, by): row.pk for row in rows if getattr(row, by)}
            else:
                self.known[model] = {str(name): pk for pk, name in rows.values_list("pk", by)}
        return self.known[model]

    def forget(self, model: type[models.Model]) -> None:
        self.known.pop(model, None)


def _has(model: type[models.Model], name: str) -> bool:
    return any(f.name == name for f in model._meta.fields)


def _fill(source: Source, names: _Names) -> int:
    model, made, later, own = source.model, [], [], []
    for place, row in source.rows():
        instance, many, itself = _instance(model, place, row, names)
        made.append(instance)
        later.append(many)
        own.append((place, itself))
    for start in range(0, len(made), BATCH):
        try:
            model._base_manager.bulk_create(made[start : start + BATCH])
            _check_now()
        except IntegrityError as error:
            raise BadRow(_refused(model, error)) from error
    names.forget(model)
    _point_at_itself(model, made, own, names)
    _many_to_many(made, later)
    return len(made)


def _refused(model: type[models.Model], error: IntegrityError) -> str:
    """What the database would not keep: the words of its own constraint, and the values it names."""
    found = getattr(error.__cause__, "diag", None)
    name = getattr(found, "constraint_name", "") or ""
    words = next(
        (str(c.violation_error_message) for c in model._meta.constraints if c.name == name), f"vi phạm ràng buộc {name}"
    )
    return f"{model._meta.label.lower()}: cơ sở dữ liệu từ chối: {words} {getattr(found, 'message_detail', '') or ''}".strip()


def _check_now() -> None:
    """Check foreign keys batch by batch: each history trigger walks the queue of checks still waiting, so a queue
    that grew over the whole load would make the time quadratic in rows."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def _instance(
    model: type[models.Model], place: str, row: dict[str, str], names: _Names
) -> tuple[models.Model, dict[str, list[Any]], dict[str, str]]:
    values: dict[str, Any] = {}
    many: dict[str, list[Any]] = {}
    itself: dict[str, str] = {}
    for name, cell in row.items():
        if cell == "":
            continue
        at = f"{place}, cột {name}"
        try:
            target = model._meta.get_field(name)
        except Exception:
            raise BadRow(f"{at}: sổ {model._meta.label} không có trường này.") from None
        if target.many_to_many:
            many[name] = [_named(target.related_model, part.strip(), at, names) for part in cell.split(";")]
        elif target.is_relation and target.related_model is model:
            itself[name] = cell
        elif target.is_relation:
            values[target.attname] = _named(target.related_model, cell, at, names)
        else:
            values[name] = _cell(target, cell, at)
    if issubclass(model, Record):
        _kept_by(model, values, names)
    if model is Party:
        values["folded"] = folded(values["name"])
    if model._meta.label == "core.User":
        values.setdefault("password", "!")
    instance = model(**values)
    if model._meta.label == "documents.Document":
        instance.spell()  # type: ignore[attr-defined]
    return instance, many, itself


def _cell(target: Any, cell: str, at: str) -> Any:
    try:
        value = target.to_python(
            {"có": "True", "không": "False"}.get(cell.lower(), cell)
            if isinstance(target, models.BooleanField)
            else cell
        )
        if isinstance(target, codes.CodeField) and value not in codes.labels(target.list):
            raise ValidationError(
                f"mã “{cell}” không có trong danh mục {target.list} ({', '.join(codes.labels(target.list))})"
            )
        if target.choices and value not in dict(target.flatchoices):
            raise ValidationError(f"“{cell}” không thuộc {', '.join(map(str, dict(target.flatchoices)))}")
    except ValidationError as error:
        raise BadRow(f"{at}: {'; '.join(error.messages)}") from None
    return value


def _named(model: type[models.Model], name: str, at: str, names: _Names) -> Any:
    known = names.of(model)
    if name not in known:
        import difflib

        near = difflib.get_close_matches(name, known, n=1)
        cure = f" Ý bạn là “{near[0]}”?" if near else ""
        raise BadRow(f"{at}: không tìm thấy {model._meta.verbose_name} “{name}”.{cure}")
    return known[name]


def _kept_by(model: type[Record], values: dict[str, Any], names: _Names) -> None:
    """Owner unit from the line; entered by its specialist, confirmed by its head."""
    from cancu.core.calendar import now
    from cancu.core.models import Unit, User

    units, users = names.of(Unit), names.of(User)
    if "owner_unit_id" not in values:
        label = model._meta.app_label
        values["owner_unit_id"] = units[LINES[label].unit if label in LINES else OFFICE[label]]
    code = next(code for code, pk in units.items() if pk == values["owner_unit_id"]).lower()
    values.setdefault("entered_by_id", users[f"cv.{code}"])
    if "confirmed_by_id" not in values:
        values["confirmed_by_id"] = users[f"tr.{code}"]
    values.setdefault("confirmed_at", now())


def _point_at_itself(
    model: type[models.Model], made: list[models.Model], own: list[tuple[str, dict[str, str]]], names: _Names
) -> None:
    """Rows that point at rows of their own table, once all of them are there."""
    changed, fields = [], set()
    for instance, (place, cells) in zip(made, own, strict=True):
        for name, cell in cells.items():
            setattr(instance, f"{name}_id", _named(model, cell, f"{place}, cột {name}", names))
            fields.add(name)
            changed.append(instance)
    if fields:
        model._base_manager.bulk_update(changed, sorted(fields))


def _many_to_many(made: list[models.Model], later: list[dict[str, list[Any]]]) -> None:
    links: dict[str, list[tuple[Any, Any]]] = {}
    for instance, many in zip(made, later, strict=True):
        for name, keys in many.items():
            links.setdefault(name, []).extend((instance.pk, key) for key in keys)
    for name, pairs in links.items():
        target = made[0]._meta.get_field(name)
        own, other = target.m2m_column_name(), target.m2m_reverse_name()
        through = target.remote_field.through
        through.objects.bulk_create(through(**{own: a, other: b}) for a, b in pairs)
