"""The clock of a dossier: due date from the day of receipt, pauses, extensions and the working calendar.

The due date is never stored. The verdict (early, on time, late) is written once, when the dossier is finished,
because settled shares are counted over years of dossiers; it can be computed again at any time and compared.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Literal

from cancu.core.restdays import working_calendar
from vanban.workdays import add_workdays, count_workdays, due_date

#: The rule by which a due date is computed today; written beside each verdict, so that a later rule is told apart.
RULE = "BLDS-2015"

Unit = Literal["workday", "day", "month"]


def due_on(
    received_on: dt.date, amount: int, unit: Unit, pauses: Iterable[tuple[dt.date, dt.date]] = (), extension: int = 0
) -> dt.date:
    """The last day for the result. The first day is not counted (Bộ luật Dân sự 2015, Điều 147–148).

    ``pauses`` are (first day, last day) of waiting for papers or payment: their working days are given back.
    ``extension`` is working days granted with a reason."""
    calendar = working_calendar()
    due = due_date(received_on, amount, unit, calendar)
    waited = sum(count_workdays(first - dt.timedelta(days=1), last, calendar) for first, last in pauses)
    return add_workdays(due, waited + extension, calendar) if waited + extension else due


def verdict(finished_on: dt.date, due: dt.date) -> str:
    """``early`` before the due day, ``on_time`` on it, ``late`` after it."""
    if finished_on < due:
        return "early"
    return "on_time" if finished_on == due else "late"
