"""What all kinds of node share: the context they are resolved in, the ground they find, what may be wrong."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from cancu.indicators import Window


@dataclass(frozen=True)
class Context:
    """``window``: the report's stretch of time. ``confirmed``: only confirmed rows count, as in an issued report."""

    window: Window
    confirmed: bool = True


@dataclass(frozen=True)
class Ground:
    """What one node stands on: a Figure, a Document or a Record; None where nothing was found. ``day`` is the report's
    last, for what a record says of itself as of a day."""

    thing: Any
    missing: str = ""
    day: dt.date | None = None


@dataclass(frozen=True)
class Offer:
    """A cure by one click: what to write in place of the words at fault, and what the button says."""

    label: str
    text: str


@dataclass(frozen=True)
class Problem:
    """One thing wrong. ``severity``: ``error`` stops an issuing, ``warning`` is shown, ``info`` is told. ``start``…``end``
    is its place in the text of the section with that key, where one is known; ``reference`` the node it speaks of;
    ``offers`` are cures by one click."""

    code: str
    severity: str
    message: str
    cure: str = ""
    place: str = ""
    section: int = 0
    start: int = 0
    end: int = 0
    offers: tuple[Offer, ...] = ()
    reference: str = ""
