"""A day as clerks type it, on a form or in a cell: one reading for both."""

from __future__ import annotations

import datetime as dt
import re

_DAY = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})|(\d{2})(\d{2})(\d{4})")
#: “05/02/99” is of 1999, “05/02/24” of 2024.
CENTURY_TURNS = 70
#: No record of a department is older: 05/02/1024 is a slip.
FIRST_YEAR = 1900


def typed_day(words: str) -> dt.date:
    """The day of 05/02/2024, 5.2.24, 05-02-2024, 05022024, and of 2024-02-05 as programs write it. Raises ValueError."""
    found = _DAY.fullmatch(words.strip())
    if found is None:
        day = dt.date.fromisoformat(words.strip())
    else:
        number, month, year = (int(part) for part in found.groups() if part is not None)
        if year < 100:
            year += 2000 if year < CENTURY_TURNS else 1900
        day = dt.date(year, month, number)
    if day.year < FIRST_YEAR:
        raise ValueError(words)
    return day
