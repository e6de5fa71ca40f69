"""What a record says of itself, field by field: each in words, and what it names a link away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

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
    names = [f.name for f in register.model._meta.fields if f.name not in OF_THE_HOUSE and not f.name.endswith("folded")]
    return [Column(register.model, name) for name in sorted(names, key=lambda name: name == "note")]


def facts(record: Any, columns: list[Column], user: User) -> Iterator[Fact]:
    """The fields of ``record`` for ``user``; ask for the record with ``relations`` of its columns, else each asks again."""
    for column in columns:
        named = getattr(record, column.relation) if column.relation else None
        yield Fact(column.heading, column.words(record), _page_of(named, user) if named else "")


def _page_of(named: Any, user: User) -> str:
    if isinstance(named, Record) and not scope_of(user).sees_all and not type(named).objects.seen_by(user).filter(pk=named.pk).exists():
        return ""
    return reverse("document", args=[named.reference]) if isinstance(named, Document) and named.reference else record_path(named)
