"""Rows of registers from the few cells a case names; all other required cells are filled in.

A case in ``figures.yaml`` (see docs/develop/add-a-line.md) names only what matters to the indicator. A cell that
points at another register names a row by that register's ``known_by``; the row is made when it is not there yet.
"""

import datetime as dt
from decimal import Decimal
from itertools import count
from typing import Any

from django.apps import apps
from django.db import models

from cancu.core import codes
from cancu.core.models import Unit, User

NAMED_BY = {"core.unit": "code", "core.user": "username", "core.place": "code", "core.party": "name"}
_number = count(1)


class Rows:
    """Makes the rows of one case, in the order they are written."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.made: dict[tuple[type[models.Model], str], models.Model] = {}

    def fill(self, tables: dict[str, list[dict[str, Any]]]) -> None:
        for name, rows in tables.items():
            for cells in rows or []:
                self.make(self._model(name), dict(cells))

    def make(self, model: type[models.Model], cells: dict[str, Any]) -> models.Model:
        by = _named_by(model)
        known = (model, str(cells.get(by)))
        if known in self.made and set(cells) <= {by}:
            return self.made[known]
        day = min((v for v in cells.values() if isinstance(v, dt.date)), default=dt.date(2024, 1, 2))
        many = {f.name: cells.pop(f.name) for f in model._meta.many_to_many if f.name in cells}
        values = {
            field.name: self._cell(field, cells.pop(field.name, _ABSENT), day)
            for field in model._meta.concrete_fields if not field.primary_key and not field.generated
        }
        if cells:
            raise KeyError(f"{model.__name__} has no field {', '.join(cells)}")
        row = model(**{name: value for name, value in values.items() if value is not _ABSENT})
        row.save(force_insert=True)
        for name, rows in many.items():
            getattr(row, name).set([self._named(model._meta.get_field(name).related_model, one) for one in rows])
        self.made[known] = self.made[model, str(getattr(row, by, row.pk))] = row
        return row

    def _model(self, name: str) -> type[models.Model]:
        for label in (self.folder, "core", "documents"):
            if name.lower() in apps.all_models[label]:
                return apps.get_model(label, name)
        raise LookupError(f"no register {name} in {self.folder}, core or documents")

    def _named(self, model: type[models.Model], name: Any) -> models.Model:
        if (model, str(name)) not in self.made:
            self.made[model, str(name)] = self.make(model, {_named_by(model): name})
        return self.made[model, str(name)]

    def _cell(self, field: Any, given: Any, day: dt.date) -> Any:
        if field.is_relation:
            return self._pointed(field, given)
        if given is not _ABSENT:
            return field.to_python(given)
        if field.name == "confirmed_at":
            return dt.datetime(2024, 1, 2, tzinfo=dt.UTC)
        if field.null or field.has_default():
            return _ABSENT
        return _filled(field, day)

    def _pointed(self, field: Any, given: Any) -> Any:
        if field.name in ("entered_by", "confirmed_by"):
            return self._named(User, field.name)
        if given is None or (given is _ABSENT and field.null):
            return None
        name = f"{field.related_model.__name__}-1" if given is _ABSENT else given
        return self._named(Unit, "X") if given is _ABSENT and field.related_model is Unit else self._named(field.related_model, name)


_ABSENT = object()


def _named_by(model: type[models.Model]) -> str:
    by = NAMED_BY.get(model._meta.label_lower) or getattr(model, "known_by", "code")
    return by if any(f.name == by for f in model._meta.concrete_fields) else "number" if by == "reference" else "pk"


def _filled(field: models.Field, day: dt.date) -> Any:
    """A value that a required field accepts and that no case rests on."""
    if isinstance(field, codes.CodeField):
        return next(iter(codes.labels(field.list)))
    if field.choices:
        return field.flatchoices[0][0]
    if isinstance(field, models.DateTimeField):
        return dt.datetime.combine(day, dt.time(8), tzinfo=dt.UTC)
    if isinstance(field, models.DateField):
        return day
    if isinstance(field, models.DecimalField):
        return Decimal(1)
    if isinstance(field, models.IntegerField):
        return next(_number) if field.unique else 1
    if field.blank:
        return ""
    return f"{next(_number)}"
