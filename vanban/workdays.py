"""Working days: a dated calendar of rest days and worked Saturdays, and the counting rules of the Civil Code.

Legal source: Bộ luật Dân sự 2015 (91/2015/QH13), Điều 147–148: the first day is not counted; a term ends at
the close of its last day; when that day is a weekly rest day or a holiday the term ends on the next working
day; a term of months or years ends on the same day-number, or on the month's last day where there is none.

A day is a rest day when the calendar says ``rest``, or when it is Saturday or Sunday and the calendar does not
say ``worked``. Hours are not counted: a document handed in after office hours counts from the next working
day, which the caller decides. The list is data (``data/holidays.yaml``); every entry carries its document and
a mark whether it has been verified against it.
"""

from __future__ import annotations

import calendar as months
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from vanban.translation import _

Unit = Literal["day", "workday", "week", "month", "year"]

_DATA = Path(__file__).parent / "data" / "holidays.yaml"
_ONE_DAY = dt.timedelta(days=1)


class OutsideCalendar(ValueError):  # noqa: N818 (says what is the case)
    """The date asked for lies outside the years that the calendar covers."""


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that departs from the week: a holiday (``rest``) or a worked rest day (``worked``).

    ``document`` is the legal ground as it would be cited, ``verified`` whether it was checked against that
    ground, ``swapped_with`` the other day of an exchange (hoán đổi)."""

    date: dt.date
    kind: Literal["rest", "worked"]
    name: str
    document: str
    verified: bool
    swapped_with: dt.date | None = None


@dataclass(frozen=True)
class Calendar:
    """Rest days and worked Saturdays of the years ``valid_from`` … ``valid_until`` (both inclusive)."""

    valid_from: dt.date
    valid_until: dt.date
    days: dict[dt.date, SpecialDay]

    def covers(self, day: dt.date) -> bool:
        return self.valid_from <= day <= self.valid_until

    def is_workday(self, day: dt.date) -> bool:
        """Whether offices work on ``day``. Raises OutsideCalendar for a day that the list does not cover."""
        if not self.covers(day):
            message = _(
                "Lịch ngày nghỉ chỉ có từ {start} đến {end}, không tính được ngày {day}; "
                "hãy bổ sung tệp ngày nghỉ cho năm đó."
            )
            raise OutsideCalendar(
                message.format(
                    start=f"{self.valid_from:%d/%m/%Y}", end=f"{self.valid_until:%d/%m/%Y}", day=f"{day:%d/%m/%Y}"
                )
            )
        special = self.days.get(day)
        return special.kind == "worked" if special else day.weekday() < 5

    def extended(self, days: Iterable[SpecialDay], valid_until: dt.date | None = None) -> Calendar:
        """This calendar with more days; a later entry replaces an earlier one of the same date."""
        return Calendar(
            self.valid_from, valid_until or self.valid_until, self.days | {special.date: special for special in days}
        )

    @classmethod
    def load(cls, path: str | Path) -> Calendar:
        """The calendar of a YAML file shaped like ``data/holidays.yaml``."""
        import yaml

        with open(path, encoding="utf-8") as stream:
            data = yaml.load(stream, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
        days = (SpecialDay(**entry) for entry in data["days"])
        return cls(data["valid_from"], data["valid_until"], {special.date: special for special in days})


@lru_cache(maxsize=1)
def office_calendar() -> Calendar:
    """The calendar of Vietnamese administrative offices that this library carries."""
    return Calendar.load(_DATA)


def is_workday(day: dt.date, calendar: Calendar | None = None) -> bool:
    """Whether administrative offices work on ``day``."""
    return (calendar or office_calendar()).is_workday(day)


def next_workday(day: dt.date, calendar: Calendar | None = None) -> dt.date:
    """``day`` itself when it is a working day, else the first working day after it (BLDS 2015 Đ.148 k.5)."""
    calendar = calendar or office_calendar()
    while not calendar.is_workday(day):
        day += _ONE_DAY
    return day


def add_workdays(start: dt.date, count: int, calendar: Calendar | None = None) -> dt.date:
    """The ``count``-th working day after ``start`` (not counted itself); negative counts go backwards.

    ``count`` 0 is ``start`` itself, working day or not."""
    calendar = calendar or office_calendar()
    step = _ONE_DAY if count >= 0 else -_ONE_DAY
    day, left = start, abs(count)
    while left:
        day += step
        left -= calendar.is_workday(day)
    return day


def count_workdays(start: dt.date, end: dt.date, calendar: Calendar | None = None) -> int:
    """Working days after ``start`` up to and including ``end``; negative when ``end`` comes first.

    ``count_workdays(d, add_workdays(d, n)) == n`` for n ≥ 0."""
    calendar = calendar or office_calendar()
    if end < start:
        return -count_workdays(end, start, calendar)
    return sum(calendar.is_workday(start + _ONE_DAY * i) for i in range(1, (end - start).days + 1))


def add_months(start: dt.date, count: int) -> dt.date:
    """Same day-number ``count`` months later, or the last day of that month (BLDS 2015 Đ.148 k.2–4)."""
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    return dt.date(year, month + 1, min(start.day, months.monthrange(year, month + 1)[1]))


def due_date(start: dt.date, amount: int, unit: Unit, calendar: Calendar | None = None) -> dt.date:
    """The last day of a term of ``amount`` units that runs from ``start`` (BLDS 2015 Đ.147–148).

    A term in calendar units that would end on a rest day ends on the next working day."""
    if amount < 0:
        raise ValueError(_("Thời hạn không thể âm."))
    if unit == "workday":
        return next_workday(add_workdays(start, amount, calendar), calendar)
    if unit in ("day", "week"):
        last = start + dt.timedelta(days=amount * (7 if unit == "week" else 1))
    else:
        last = add_months(start, amount * (12 if unit == "year" else 1))
    return next_workday(last, calendar)
