"""The kinds of live node, one file each, with the same four functions: ``resolve`` in bulk, ``say``,
``href`` and ``problems``."""

from __future__ import annotations

from collections.abc import Iterable

from ..body import split_reference
from . import chart, document, figure, record
from .context import Context, Ground, Offer, Problem

_KINDS = {"chart": chart, "figure": figure, "document": document, "record": record}


def resolve(references: Iterable[str], context: Context) -> dict[str, Ground]:
    """The ground of every reference: one bulk look-up a kind. An unknown target has a ground that says so."""
    by_kind: dict[str, list[str]] = {}
    for reference in dict.fromkeys(references):
        by_kind.setdefault(split_reference(reference)[0], []).append(reference)
    found: dict[str, Ground] = {}
    for kind, asked in by_kind.items():
        found.update(_KINDS[kind].resolve(asked, context))
    return found


def say(reference: str, shown: str, ground: Ground) -> str:
    """The words that the sentence shows for its ground today."""
    return _KINDS[split_reference(reference)[0]].say(reference, shown, ground)


def problems(reference: str, shown: str, ground: Ground) -> list[Problem]:
    """What is wrong with one node, in words, with a cure."""
    return _KINDS[split_reference(reference)[0]].problems(reference, shown, ground)


def href(reference: str) -> str:
    """Where a reader who clicks the node is taken."""
    return _KINDS[split_reference(reference)[0]].href(reference)


__all__ = ["Context", "Ground", "Offer", "Problem", "href", "problems", "resolve", "say"]
