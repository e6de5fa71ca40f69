"""Choosing the other end of a relation among any number of rows: searched accent-blind, a dozen offered at a time."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q, QuerySet

from cancu.core.calendar import today
from cancu.core.dated import Dated, valid_on
from cancu.core.folding import folded
from cancu.core.line import register_of
from cancu.core.people import User
from cancu.core.record import Record
from cancu.core.units import Unit

OFFERED = 12


def choosable(model: type[models.Model], user: User) -> QuerySet[Any]:
    """The rows of ``model`` that ``user`` may point to: what they see, and of dated things what holds today."""
    if issubclass(model, Record):
        return model.objects.seen_by(user).select_related(*model.label_related)
    rows = model._default_manager.all()
    if model is Unit:
        return rows
    if issubclass(model, Dated):
        rows = rows.filter(valid_on(today()))
    return rows


def offered(model: type[models.Model], user: User, words: str) -> list[Any]:
    """At most ``OFFERED`` rows that fit ``words``, or any where nothing is typed yet; the newest first where the table has
    no order of its own."""
    rows = choosable(model, user).order_by(*model._meta.ordering, "-pk")
    if words.strip():
        rows = rows.filter(_fits(model, words))
    return list(rows[:OFFERED])


def named(model: type[models.Model], user: User, words: str) -> Any | None:
    """The one row that ``words`` name exactly (its own key or its whole name), else None."""
    exact = Q()
    for name in _names(model):
        exact |= Q(**{f"{name}__iexact": folded(words) if name.endswith("folded") else words.strip()})
    found = list(choosable(model, user).filter(exact)[:2]) if exact else []
    return found[0] if len(found) == 1 else None


def _fits(model: type[models.Model], words: str) -> Q:
    found = Q()
    for name in _names(model):
        found |= Q(**{f"{name}__icontains": folded(words) if name.endswith("folded") else words.strip()})
    return found


def _names(model: type[models.Model]) -> tuple[str, ...]:
    """The fields by which people find a row: those of its register, else its name and code."""
    register = register_of(model)
    if register and register.search:
        return register.search
    return tuple(name for name in ("folded", "name", "code", "number", "full_name") if _has(model, name))


def _has(model: type[models.Model], name: str) -> bool:
    try:
        return not model._meta.get_field(name).is_relation
    except FieldDoesNotExist:
        return False
