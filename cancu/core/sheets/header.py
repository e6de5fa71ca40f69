"""Where the table begins in a file as offices have them: titles above, headings in one or two rows, totals below."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from cancu.core.sheets.cells import Cells
from cancu.core.sheets.columns import Column, bare, guess, tidy

_LOOKED_AT = 40
_TOTALS = ("tong", "tong cong", "cong", "tong so", "nguoi lap", "nguoi lap bieu", "thu truong don vi", "ghi chu")


@dataclass(frozen=True)
class Header:
    """``row``: where the headings stand (-1: the file has none); ``first``: the first row of data; ``headings`` by place."""

    row: int
    first: int
    headings: tuple[str, ...]


def find(cells: Cells, columns: list[Column]) -> Header:
    """The row whose cells are most like the register's headings; two rows of headings are read together, upper words before
    lower ones. Without any known heading the first row that is mostly filled stands for it."""
    best, score = Header(-1, 0, ()), 0.0
    for at in range(min(len(cells), _LOOKED_AT)):
        for depth in (1, 2):
            headings = _headings(cells, at, depth)
            rated = float(len(guess(headings, columns))) - 0.1 * (depth - 1)
            if rated > score and rated >= min(2, len(columns)) - 0.1:
                best, score = Header(at, at + depth, headings), rated
    if score:
        return Header(best.row, _after_numbering(cells, best.first), best.headings)
    width = max((sum(1 for c in row if tidy(c)) for row in cells[:_LOOKED_AT]), default=0)
    at = next((n for n, row in enumerate(cells[:_LOOKED_AT]) if sum(1 for c in row if tidy(c)) == width), 0)
    return Header(at, at + 1, _headings(cells, at, 1))


def _headings(cells: Cells, at: int, depth: int) -> tuple[str, ...]:
    rows = cells[at : at + depth]
    width = max(len(row) for row in rows)
    upper, found = "", []
    for place in range(width):
        words = [tidy(row[place]) if place < len(row) else "" for row in rows]
        if len(rows) == 2:
            upper = words[0] or (upper if words[1] else "")  # a merged heading stands over the columns at its right
            words = [upper, words[1]] if words[1] and words[1] != upper else [words[0]]
        found.append(" ".join(w for w in words if w))
    return tuple(found)


def _after_numbering(cells: Cells, first: int) -> int:
    """Steps over the row “(1) (2) (3)” that forms have beneath their headings."""
    if first < len(cells):
        words = [tidy(c).strip("()") for c in cells[first] if tidy(c)]
        if len(words) > 2 and all(w.isdigit() or (len(w) == 1 and w.isalpha()) for w in words):
            return first + 1
    return first


def is_data(row: list[object]) -> bool:
    """Whether a row holds a record: not empty, not a total, not the words of signatures below the table."""
    filled = [c for c in row if c is not None and c != ""]
    if not filled:
        return False
    if len(filled) > 1 and (type(filled[0]) is not str or filled[0][:1].isdigit()):
        return True  # it begins with its running number: quick, and true of nearly every row
    words = list(islice((w for w in map(tidy, filled) if w), 2))  # type: ignore[arg-type]
    return bool(words) and not _ends_a_table(words[0]) and not (len(words) == 1 and len(row) > 3)


@lru_cache(maxsize=4096)
def _ends_a_table(words: str) -> bool:
    first = bare(words)
    return first in _TOTALS or first.startswith(("tong cong", "tong so", "cong "))
