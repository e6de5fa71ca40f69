"""Rows for tests: say only what the test is about, the rest is filled in with something valid.

``make(Licence, facility="A", issued_on="2024-03-01")`` makes the facility “A” too if it is not there yet.
"""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import yaml
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from cancu.core.calendar import now
from cancu.core.codes import CodeField
from cancu.core.models import Membership, Party, Place, Unit, User
from cancu.core.people import Role
from cancu.core.record import Record

_numbers = itertools.count(1)
#: How rows of the core are named by a word in a test.
NAMED_BY = {Unit: "code", User: "username", Place: "code", Party: "name"}


def make(model: type[models.Model] | str, **values: Any) -> Any:
    """One saved row. Words given for a foreign key name the other row; dates may be ISO text. Records are confirmed."""
    model = apps.get_model(model) if isinstance(model, str) else model
    if issubclass(model, Record):
        values.setdefault("owner_unit", "DV")
        values.setdefault("entered_by", "nguoi-nhap")
        values.setdefault("confirmed_by", "truong-don-vi")
        values.setdefault("confirmed_at", now() if values["confirmed_by"] else None)
    many = {f.name: values.pop(f.name) for f in model._meta.many_to_many if f.name in values}
    unknown = values.keys() - {f.name for f in model._meta.concrete_fields}
    if unknown:
        raise FieldDoesNotExist(f"{model._meta.label}: {', '.join(sorted(unknown))}")
    row = model(**{f.name: _value(f, values) for f in model._meta.concrete_fields if f.name in values or _needed(f)})
    row.save()
    for name, words in many.items():
        getattr(row, name).set([named(model._meta.get_field(name).related_model, w) for w in words])
    return row


def named(model: type[models.Model], word: Any) -> Any:
    """The row of ``model`` that ``word`` names, made if missing. A row is its own name; None names nothing."""
    if word is None or isinstance(word, models.Model):
        return word
    by = NAMED_BY.get(model) or getattr(model, "known_by", None) or "code"
    try:
        model._meta.get_field(by)
    except FieldDoesNotExist:  # a document is known by its reference: number@day
        number, _at, day = word.partition("@")
        found = (row for row in model._base_manager.filter(number=number) if not day or str(getattr(row, by)) == word)
        return next(found, None) or make(model, number=number, **({"issued_on": day} if day else {}))
    return model._base_manager.filter(**{by: word}).first() or make(model, **{by: word})


def person(username: str, unit: str, role: Role = Role.SPECIALIST) -> User:
    """Someone who holds ``role`` in ``unit`` since 2020."""
    user = named(User, username)
    make(Membership, user=user, unit=unit, role=role, valid_from="2020-01-01")
    return user


def _needed(field: models.Field) -> bool:
    return not (field.null or field.has_default() or field.primary_key or field.blank)


def _value(field: Any, values: dict[str, Any]) -> Any:
    if field.name not in values:
        return _filler(field)
    value = values[field.name]
    if field.is_relation:
        return named(field.related_model, value)
    return field.to_python(value) if isinstance(value, str) else value


def _filler(field: Any) -> Any:
    number = next(_numbers)
    if field.is_relation:
        return named(field.related_model, "A")
    if isinstance(field, CodeField):
        return first_code(field.list)
    if field.choices:
        return field.flatchoices[0][0]
    match field:
        case models.DateTimeField():
            return now()
        case models.DateField():
            return dt.date(2020, 1, 1)
        case models.BooleanField():
            return False
        case models.IntegerField() | models.DecimalField() | models.FloatField():
            return number if field.unique else 1
    return f"{field.name} {number}"[: field.max_length]


def first_code(name: str) -> str:
    """The first value of a code list, read from the file that ships it."""
    path = f"{apps.get_app_config(name.partition('.')[0]).path}/codes.yaml"
    with open(path, encoding="utf-8") as file:
        return str(yaml.safe_load(file)[name][0]["key"])
