"""The only place that asks the clock, so that a report of 2024 can be made again in 2026."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_replayed: ContextVar[dt.date | None] = ContextVar("replayed", default=None)


def now() -> dt.datetime:
    """The moment, with its zone; noon of the day that is being replayed, if one is."""
    day = _replayed.get()
    return timezone.now() if day is None else timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


def today() -> dt.date:
    """The day at the department (Asia/Ho_Chi_Minh), or the day that is being replayed."""
    return _replayed.get() or timezone.localdate()


@contextmanager
def replayed(day: dt.date) -> Iterator[None]:
    """Act as on a past day: the roles, units and names of that day hold. For the sample and for tests; the database's
    own history keeps the true moment."""
    token = _replayed.set(day)
    try:
        yield
    finally:
        _replayed.reset(token)
