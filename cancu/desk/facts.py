"""What a record says of itself, field by field: each in words, and what it names a link away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from cancu.core.line import Register
from cancu.core.people import User
from cancu.core.record import Record
from cancu.core.scope import scope_of
from cancu.desk.cells import Column
from cancu.desk.templatetags.desk import record_path
from cancu.documents.models import Document

#: Told elsewhere on the page of every record.
OF_THE_HOUSE = ("id", "entered_by", "entered_at", "confirmed_by", "confirmed_at", "owner_unit")


@dataclass(frozen=True)
class Fact:
    """One field of a record: its label, its value in words, and the page of what it names ("" where it has none or the
    reader may not see it)."""

    label: str
    words: str
    path: str = ""


def columns_of(register: type[Register]) -> list[Column]:
    """The fields of a record's page, notes last."""
    names = [
        f.name for f in register.model._meta.fields if f.name not in OF_THE_HOUSE and not f.name.endswith("folded")
    ]
    return [Column(register.model, name) for name in sorted(names, key=lambda name: name == "note")]


def with_named(rows: QuerySet[Any], columns: list[Column]) -> QuerySet[Any]:
    """``rows`` with all that their columns name. What has a name of its own is joined; what is named by further tables is
    asked for apart, and only where there is such a row: one statement of ten joins takes the database longer to plan than to run."""
    joined = [column.relation for column in columns if column.relation and not column.deeper]
    apart = [
        Prefetch(column.relation, column.target.related_model._base_manager.select_related(*column.deeper))
        for column in columns
        if column.deeper
    ]
    return rows.select_related(*joined).prefetch_related(*apart)


def facts(record: Any, columns: list[Column], user: User) -> Iterator[Fact]:
    """The fields of ``record``, one of ``with_named``, for ``user``."""
    for column in columns:
        named = getattr(record, column.relation) if column.relation else None
        yield Fact(column.heading, column.words(record), _page_of(named, user) if named else "")


def _page_of(named: Any, user: User) -> str:
    if (
        isinstance(named, Record)
        and not scope_of(user).sees_all
        and not type(named).objects.seen_by(user).filter(pk=named.pk).exists()
    ):
        return ""
    return (
        reverse("document", args=[named.reference])
        if isinstance(named, Document) and named.reference
        else record_path(named)
    )
