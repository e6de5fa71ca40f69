"""What all kinds of node share: the context they are resolved in, the ground they find, what may be wrong."""

from __future__ import annotations

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
    """What one node stands on: a Figure, a Document or a Record; None where nothing was found."""

    thing: Any
    missing: str = ""


@dataclass(frozen=True)
class Problem:
    """One thing wrong. ``severity``: ``error`` stops an issuing, ``warning`` is shown, ``info`` is told."""

    code: str
    severity: str
    message: str
    cure: str = ""
    place: str = ""
