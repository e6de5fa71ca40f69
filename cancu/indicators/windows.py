"""Windows: the stretches of time that figures speak of, each named once. An indicator never computes a date."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Window:
    """From ``start`` to ``end``, both days included, as known on ``data_date`` (ngày chốt số liệu).

    A flow counts events in the window; a stock counts what holds on ``end``. ``end`` is never after the
    data date: what has not happened yet cannot be counted. Raises ValueError where start is after end."""

    name: str
    start: dt.date
    end: dt.date

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise ValueError(
                _("Kỳ số liệu có ngày đầu (%(a)s) sau ngày cuối (%(b)s).")
                % {"a": say_date(self.start), "b": say_date(self.end)}
            )

    @property
    def data_date(self) -> dt.date:
        return self.end

    def previous(self) -> Window:
        """The same days of the year before (29/02 becomes 28/02)."""
        return Window(self.name, year_before(self.start), year_before(self.end))

    def __str__(self) -> str:
        if (self.start.month, self.start.day, self.end.month, self.end.day) == (1, 1, 12, 31):
            return _("năm %(year)d") % {"year": self.start.year}
        return f"{say_date(self.start)}–{say_date(self.end)}"


def say_date(day: dt.date) -> str:
    """``03/8/2022``: as Decree 30/2020 writes it, a zero before days under 10 and months 1 and 2 only."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def year_before(day: dt.date) -> dt.date:
    """The same day one year earlier."""
    last = calendar.monthrange(day.year - 1, day.month)[1]
    return day.replace(year=day.year - 1, day=min(day.day, last))


def year(y: int) -> Window:
    """The whole calendar year."""
    return Window("year", dt.date(y, 1, 1), dt.date(y, 12, 31))


def statistics(y: int) -> Window:
    """The statistical year, 01/01–31/12 (Thông tư về thống kê KH&CN)."""
    return Window("statistics", dt.date(y, 1, 1), dt.date(y, 12, 31))


def year_to_date(until: dt.date) -> Window:
    """From 1 January to ``until``: “từ đầu năm đến nay”."""
    return Window("year_to_date", dt.date(until.year, 1, 1), until)


def at_date(day: dt.date) -> Window:
    """One day: “tính đến nay”, for stocks."""
    return Window("at_date", day, day)


def quarter(y: int, q: int) -> Window:
    """Quarter ``q`` (1–4) of year ``y``."""
    last = 3 * q
    return Window("quarter", dt.date(y, last - 2, 1), dt.date(y, last, calendar.monthrange(y, last)[1]))


def nd09(y: int, month: int | None = None) -> Window:
    """Decree 09/2019, Article 12: data from the 15th to the 14th; without a month, 15/12 before to 14/12."""
    if month is None:
        return Window("nd09", dt.date(y - 1, 12, 15), dt.date(y, 12, 14))
    before = dt.date(y, month, 1) - dt.timedelta(days=1)
    return Window("nd09", before.replace(day=15), dt.date(y, month, 14))
