"""Which dates of a row put it inside a window: an event, a state that holds, or a stretch that meets it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from .windows import Window


@dataclass(frozen=True)
class Flow:
    """Rows whose event date lies in the window: licences issued in the year."""

    date: str

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.date,)

    def condition(self, window: Window) -> Q:
        return Q(**{f"{self.date}__gte": window.start, f"{self.date}__lte": window.end})


@dataclass(frozen=True, init=False)
class Stock:
    """Rows that hold on the window's last day: titles in force. Each end is the last day of validity,
    empty means open; with several ends (expiry, revocation) every one must still lie ahead.
    ``closing``: an end is the day the thing was over (a dossier finished), and no longer counts on it."""

    start: str
    ends: tuple[str, ...]
    closing: bool

    def __init__(self, start: str, *ends: str, closing: bool = False) -> None:
        object.__setattr__(self, "start", start)
        object.__setattr__(self, "ends", ends)
        object.__setattr__(self, "closing", closing)

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.start, *self.ends)

    def condition(self, window: Window) -> Q:
        found = Q(**{f"{self.start}__lte": window.end})
        after = "gt" if self.closing else "gte"
        for end in self.ends:
            found &= Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__{after}": window.end})
        return found


@dataclass(frozen=True)
class Overlap:
    """Rows whose stretch meets the window: missions under way. ``begun`` narrows them to those begun
    ``"before"`` the window (carried over) or ``"inside"`` it (new)."""

    start: str
    end: str
    begun: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.start, self.end)

    def condition(self, window: Window) -> Q:
        found = Q(**{f"{self.start}__lte": window.end})
        found &= Q(**{f"{self.end}__isnull": True}) | Q(**{f"{self.end}__gte": window.start})
        if self.begun == "before":
            found &= Q(**{f"{self.start}__lt": window.start})
        elif self.begun == "inside":
            found &= Q(**{f"{self.start}__gte": window.start})
        return found


When = Flow | Stock | Overlap
