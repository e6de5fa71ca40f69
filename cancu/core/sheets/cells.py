"""What a cell is, and how the cells of a whole sheet are kept."""

from __future__ import annotations

import datetime as dt
import json
import zlib
from typing import Any

#: Text, a number, or a day (ISO text behind ``DAY``); a cell merged over several rows holds its value in each of them, over several columns in the first.
Cell = str | int | float | None
Cells = list[list[Cell]]
DAY = "\x00day:"  # before the ISO form of a cell that Excel itself knows to be a day


def pack(cells: Cells) -> bytes:
    return zlib.compress(json.dumps(cells, ensure_ascii=False, separators=(",", ":")).encode(), 1)


def unpack(packed: bytes) -> Cells:
    return json.loads(zlib.decompress(packed))  # type: ignore[no-any-return]


def as_copied(value: Any) -> str:
    """A value in COPY's text form."""
    if value is None:
        return "\\N"
    if value is True or value is False:
        return "t" if value else "f"
    if isinstance(value, dt.date):
        return value.isoformat()
    words = str(value)
    return (
        words.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
        if "\\" in words or not words.isprintable()
        else words
    )
