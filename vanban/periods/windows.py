"""Windows of time that the law or the calendar names: years, quarters, months, and the cut-offs of NĐ 09/2019."""

from __future__ import annotations

import datetime as dt
from typing import Literal, NamedTuple

Report = Literal["month", "quarter", "first_half", "second_half", "nine_months", "year"]


class Window(NamedTuple):
    """First and last day, both inside; None is an open side."""

    first: dt.date | None
    last: dt.date | None


def year(number: int) -> Window:
    return Window(dt.date(number, 1, 1), dt.date(number, 12, 31))


def months(number: int, first: int, last: int) -> Window:
    """From the first day of month ``first`` to the last day of month ``last`` of one year."""
    after = dt.date(number + last // 12, last % 12 + 1, 1)
    return Window(dt.date(number, first, 1), after - dt.timedelta(days=1))


def month(number: int, which: int) -> Window:
    return months(number, which, which)


def quarter(number: int, which: int) -> Window:
    return months(number, which * 3 - 2, which * 3)


def nd09(report: Report, number: int, which: int = 1) -> Window:
    """The data window of a periodic report under Nghị định 09/2019/NĐ-CP, Điều 12: 15th to 14th.

    ``number`` is the year; ``which`` the month (1–12) or quarter (1–4). The nine-month window is an addition of
    provinces, not of the decree. Statistical reports are outside the decree: they use the calendar year."""
    last_month = {
        "month": which,
        "quarter": which * 3,
        "first_half": 6,
        "second_half": 12,
        "nine_months": 9,
        "year": 12,
    }[report]
    length = {"month": 1, "quarter": 3, "first_half": 6, "second_half": 6, "nine_months": 9, "year": 12}[report]
    opening = number * 12 + last_month - 1 - length
    return Window(dt.date(opening // 12, opening % 12 + 1, 15), dt.date(number, last_month, 14))
