"""The rows behind a figure, with the facts it rests on, so that they can be kept and compared later.

Drift is judged on rows, not on the value: one licence revoked and another granted leaves 15 at 15, and is seen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .figures import Figure

#: A row's place: which side of a share it belongs to (``rows``, ``part``, ``whole``), its table and its key.
Key = tuple[str, str, int]


@dataclass(frozen=True)
class Row:
    """One row behind a figure: where it is, how it is named, and the facts (field → value as text)."""

    key: Key
    label: str
    facts: dict[str, str]


def sides(figure: Figure) -> Iterator[tuple[str, Figure]]:
    """The figures whose rows count: the figure itself, or part and whole of a share."""
    if figure.part is not None and figure.whole is not None:
        yield from (("part", figure.part), ("whole", figure.whole))
    else:
        yield ("rows", figure)


def facts(figure: Figure) -> dict[Key, dict[str, str]]:
    """Key → facts of every row behind the figure. One query a side; no row is built."""
    found: dict[Key, dict[str, str]] = {}
    for side, one in sides(figure):
        rows = one.rows()
        if rows is None:
            continue
        names, table = one.indicator.facts, rows.model._meta.label_lower
        for pk, *values in rows.values_list("pk", *names):
            found[side, table, pk] = {name: as_text(value) for name, value in zip(names, values, strict=True)}
    return found


def labels(figure: Figure, keys: set[Key] | None = None) -> dict[Key, str]:
    """Key → name of the rows behind the figure (or only of ``keys``), with their relations fetched at once."""
    found: dict[Key, str] = {}
    for side, one in sides(figure):
        rows = one.rows()
        if rows is None:
            continue
        table = rows.model._meta.label_lower
        if keys is not None:
            wanted = [pk for s, t, pk in keys if (s, t) == (side, table)]
            if not wanted:
                continue
            rows = rows.filter(pk__in=wanted)
        related = getattr(rows.model, "label_related", ())
        found.update({(side, table, row.pk): str(row) for row in rows.select_related(*related)})
    return found


def rows(figure: Figure) -> list[Row]:
    """Every row behind the figure, named and with its facts."""
    names = labels(figure)
    return [Row(key, names.get(key, ""), values) for key, values in facts(figure).items()]


def as_text(value: Any) -> str:
    """A fact as text that compares the same after a round trip through the database."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)
