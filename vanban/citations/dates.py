"""The date behind a number: “ngày 11/11/2024”, “, ngày 05 tháng 11 năm 2024”, “ngày 30-01-2023”."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

_DAY = (
    r"(\d{1,2})[ \n]{0,2}(?:[/.-]|tháng|THÁNG)[ \n]{0,2}(\d{1,2})[ \n]{0,2}"
    r"(?:[/.-]|,?[ \n]{0,2}(?:năm|NĂM))[ \n]{0,2}(\d{4})(?!\d)"
)
_SIGNED = r"(?:(?:được |đã )?(?:ký|ban hành|đề|lập|cấp|thông qua)[ \n]{1,2})?"
_AFTER_WORD = re.compile(
    rf"[ \t\n]{{0,4}}[,(|]?[ \t\n]{{0,3}}[-]?[ \t]{{0,2}}{_SIGNED}(?:cùng )?(?:ngày|Ngày|NGÀY|ngay)[ \t\n:]{{0,3}}{_DAY}\)?"
)
_BARE = re.compile(rf"[ \t]{{0,20}}[ \t,|(\n][ \t|(]{{0,20}}{_DAY}\)?")
_SHORT = re.compile(r"[ \t\n]{0,4},?[ \t\n]{0,2}ngày[ \t\n]{0,3}(\d{1,2})[/-](\d{1,2})(?![\d/-])")
EARLIEST = 1945


class Dated(NamedTuple):
    """A date read at a place: ``end`` is where it stops; ``date`` is None where the calendar has no such
    day or the year is missing, and ``reason`` then says so."""

    date: dt.date | None
    end: int
    reason: str = ""


def read_date(clean: str, at: int, *, bare: bool = True) -> Dated | None:
    """The date that begins at ``at`` (separators and “ngày” allowed before it), or None.

    ``bare``: a date without “ngày” counts too, as in a table cell or brackets."""
    found = _AFTER_WORD.match(clean, at, at + 80)
    if found is None and bare:
        found = _BARE.match(clean, at, at + 70)
    if found is None:
        short = _SHORT.match(clean, at, at + 40)
        return Dated(None, short.end(), "year missing") if short else None
    day, month, year = map(int, found.groups())
    if year < EARLIEST:
        return Dated(None, found.end(), "no such day")
    end = found.end()
    if clean[end - 1] == ")" and "(" not in clean[at:end]:
        end -= 1
    try:
        return Dated(dt.date(year, month, day), end)
    except ValueError:
        return Dated(None, end, "no such day")
