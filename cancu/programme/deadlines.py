"""Deadlines as the office writes them, as days, and when they are over on the working calendar."""

from __future__ import annotations

import datetime as dt

from cancu.core.restdays import working_calendar
from vanban.periods import find_deadlines
from vanban.workdays import add_workdays, next_workday


def deadline_of(words: str, year: int) -> dt.date | None:
    """The last day of “Quý II/2025”, “Cả năm”, “trước ngày 16/11/2024” (that day is out); ``year`` is the plan's.
    None where the words name no day (“Thường xuyên”)."""
    found = find_deadlines(f"(Thời gian thực hiện: {words})", dt.date(year, 1, 1)) if words else []
    return found[0].due if found else None


def last_due(day: dt.date) -> dt.date:
    """The latest deadline that is already over on ``day``: the last working day before it. A deadline on a rest day
    runs to the next working day (Bộ luật Dân sự 2015, Điều 148 khoản 5), so one on Sunday is not over on Monday."""
    return add_workdays(day, -1, working_calendar())


def last_day(deadline: dt.date) -> dt.date:
    """The day on which a deadline as written truly ends: itself, or the next working day."""
    return next_workday(deadline, working_calendar())


def is_overdue(deadline: dt.date, day: dt.date) -> bool:
    """Whether ``deadline`` is over on ``day``."""
    return deadline <= last_due(day)
