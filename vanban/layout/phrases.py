"""The fixed words of the official form, written and read back: “Số:”, “Kính gửi:”, the date, list marks."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

NUMBER = "Số: "
NUMBER_BLANK = " " * 8
SUBJECT = "V/v "
ADDRESSEES = "Kính gửi:"
RECIPIENTS = "Nơi nhận:"
APPENDIX = "Phụ lục"
DATE_BLANK = "ngày      tháng      năm        "

_DATE = re.compile(r"ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})", re.IGNORECASE)


def date_words(date: dt.date | None) -> str:
    """The date as printed: days below 10 and months 1, 2 get a zero; no date gives blanks to fill by hand.

    >>> date_words(dt.date(2024, 2, 5)), date_words(dt.date(2024, 3, 15))
    ('ngày 05 tháng 02 năm 2024', 'ngày 15 tháng 3 năm 2024')
    """
    if date is None:
        return DATE_BLANK
    month = f"{date.month:02d}" if date.month < 3 else str(date.month)
    return f"ngày {date.day:02d} tháng {month} năm {date.year:04d}"


def date_in(words: str) -> dt.date | None:
    """The date that ``date_words`` printed; None for blanks or a day that no calendar has."""
    found = _DATE.search(words)
    if not found:
        return None
    try:
        return dt.date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None


def listed(items: Sequence[str]) -> list[str]:
    """Lines of a list of offices: “- …;”, the last “- ….”."""
    return [f"- {item}{'.' if i == len(items) - 1 else ';'}" for i, item in enumerate(items)]


def unlisted(line: str) -> str:
    """One line of such a list without its dash and its end mark."""
    line = line.removeprefix("- ") if line.startswith("- ") else line.removeprefix("-")
    return line[:-1] if line.endswith((";", ".")) else line
