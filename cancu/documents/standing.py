"""Who still stands on what is no longer in force."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from cancu.core.people import User

from .models import Document, Relation
from .search import ENDING

#: Relations that end, change or correct the other document need it not to be in force.
ACTING = (*ENDING, "amends", "corrects")


def stale(user: User, day: dt.date) -> QuerySet[Relation]:
    """Relations of documents that are in force on ``day`` to documents that are not, newest document first: the ground
    is gone and the words were not brought up to date. Drafts, and documents that end others, do not count."""
    ended = Relation.objects.filter(kind__in=ENDING, item="", source__effective_on__lte=day).values("target_id")
    gone = Q(target__ended_on__lt=day) | Q(target_id__in=ended)
    holds = (
        Q(source__state="issued", source__effective_on__lte=day)
        & (Q(source__ended_on__isnull=True) | Q(source__ended_on__gte=day))
        & ~Q(source_id__in=ended)
    )
    rows = (
        Relation.objects.filter(gone, holds).exclude(kind__in=ACTING).filter(source__in=Document.objects.seen_by(user))
    )
    return rows.select_related("source__issuer", "target__issuer").order_by("-pk")


def ended_by(targets: list[int], day: dt.date) -> dict[int, list[Document]]:
    """Document → what replaced or repealed it as a whole by ``day``. One query."""
    found: dict[int, list[Document]] = {}
    rows = Relation.objects.filter(
        target_id__in=targets, kind__in=ENDING, item="", source__effective_on__lte=day
    ).select_related("source__issuer")
    for row in rows:
        found.setdefault(row.target_id, []).append(row.source)
    return found
