"""The words of a search as conditions on the search table, and the rows of one register that fit them."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from cancu.core.folding import folded

from .models import SearchRow, SearchWaiting
from .search_index import read_one_table, sources, squashed

#: Statements that wrote more rows than this are read by the worker, not by the page that searches.
READ_BEFORE_ANSWERING = 200
#: Matches taken by their keys. What more rows hold than these is common in its register.
MANY = 2_000


def words_of(asked: str) -> list[str]:
    """The words to look for: without lone dashes and slashes, and without “số” before a number."""
    found = [word for word in folded(asked).split() if squashed(word)]
    return [word for word in found if word != "so"] if any(c.isdigit() for c in asked) else found


def holding(asked: str, column: str = "words") -> Q:
    """Rows that hold every word; of two letters at a word's beginning, else anywhere; a number in any spelling."""
    condition = Q()
    for word in words_of(asked):
        plain, number = _held(column, word), squashed(word)
        condition &= plain | _held(column, number) if number != word and any(c.isdigit() for c in number) else plain
    return condition


def _held(column: str, word: str) -> Q:
    return Q(**{f"{column}__contains": word if len(word) > 2 else f" {word}"})


def rows_holding(rows: QuerySet[Any], asked: str) -> tuple[QuerySet[Any], bool]:
    """(those of ``rows``, of one register, whose words hold every word asked for; whether they are few enough to count).
    None where nothing is asked.

    Rare words are found by the index and their rows taken by key. Words that more than ``MANY`` rows hold are met soon by
    walking the list in its own order, a look at each row's words; either way a page costs the same on a million rows."""
    source = sources()[rows.model._meta.label_lower]
    condition = holding(asked)
    if not condition:
        return rows.none(), True
    if SearchWaiting.objects.filter(source=source.name).exists():
        read_one_table(READ_BEFORE_ANSWERING, source.name)
    known = SearchRow.objects.filter(
        condition, source=source.name, **{"weight__gte" if source.weight >= 3 else "weight__lt": 3}
    )
    keys = list(known.order_by().values_list("record", flat=True)[: MANY + 1])
    if len(keys) <= MANY:
        return rows.filter(pk__in=keys), True
    said = SearchRow.objects.filter(source=source.name, record=OuterRef("pk")).values("words")
    # Coalesce tells PostgreSQL nothing of how many rows fit, so that it walks the list's index and stops at a page; told of
    # LIKE it expects few, and reads and sorts the whole register first.
    fits = Coalesce(ExpressionWrapper(holding(asked, "said_words"), BooleanField()), False)
    return rows.alias(said_words=Subquery(said)).filter(fits), False
