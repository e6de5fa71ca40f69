"""The only place that asks the clock, so that a report of 2024 can be made again in 2026."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone


def now() -> dt.datetime:
    """The moment, with its zone."""
    return timezone.now()


def today() -> dt.date:
    """The day at the department (Asia/Ho_Chi_Minh)."""
    return timezone.localdate()
