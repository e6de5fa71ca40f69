"""What an address or a form asks for: days and whole numbers, which anybody may type wrong."""

from __future__ import annotations

import datetime as dt

from cancu.core.typed import typed_day

#: Digits of the largest key that a table holds.
LONGEST = 18


def day_asked(words: str | None) -> dt.date | None:
    """The day of “15/11/2024” as people type it or “2024-11-15” as addresses keep it; None for anything else."""
    try:
        return typed_day(words) if words else None
    except ValueError:
        return None


def number_asked(words: str | None) -> int:
    """The whole number of “12”; 0, which is no key and no year, for anything else."""
    return int(words) if words and words.isascii() and words.isdigit() and len(words) <= LONGEST else 0
