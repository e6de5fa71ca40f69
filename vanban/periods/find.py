"""Period phrases of a text as dated intervals: atoms joined by “từ … đến …”, “tính đến …”, “đến hết …”."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from vanban.periods.atoms import Atom, find_atoms
from vanban.periods.windows import Window

_FROM = re.compile(r"(?:\bkể\s)?\btừ\s{1,3}(?:đầu\s|cuối\s|sau\s)?(?:ngày\s)?$")
_UNTIL = re.compile(
    r"(?:\b(?:lũy\skế|luỹ\skế|tính|cộng\sdồn)\s{1,3})?\b(?:đến|tới)\s{1,3}(?:hết\s{1,3}|cuối\s{1,3}|ngày\s{1,3})?(?:kỳ\s)?$"
)
_JOIN = re.compile(r"\s{0,3}(?:,\s)?(?:đến|tới|-|–|—)\s{1,3}(?:hết\s|cuối\s|ngày\s|hết\sngày\s)?$|\s{0,3}[-–—]\s{0,3}$")
_OPEN_END = re.compile(r"\s{1,3}và\s(?:những|các)\snăm\s(?:tiếp\stheo|sau)|\s{1,3}trở\sđi")
_STAGE = re.compile(r"\b(?:giai\sđoạn|nhiệm\skỳ|thời\skỳ)\s{1,3}$")
_LOOK_BACK = 32


@dataclass(frozen=True, slots=True)
class Period:
    """A period phrase. ``first``/``last`` are both inside the interval; None is an open or unknown side.

    ``kind``: day, month, quarter, months (“6 tháng đầu năm”), year, years (giai đoạn, nhiệm kỳ), span
    (từ … đến …), until (“tính đến …”), since (“từ … trở đi”), now (“hiện nay”), same (cùng kỳ), relative (“trong kỳ”), week.
    ``resolved`` is False where the document's date would be needed to date it."""

    start: int
    end: int
    text: str
    kind: str
    first: dt.date | None
    last: dt.date | None
    resolved: bool = True

    def to_json(self) -> dict[str, object]:
        return {
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "kind": self.kind,
            "from": self.first.isoformat() if self.first else None,
            "to": self.last.isoformat() if self.last else None,
            "resolved": self.resolved,
        }


_KINDS = {
    "words": "day",
    "date": "day",
    "short": "day",
    "range": "years",
    "quarter": "quarter",
    "span": "months",
    "month": "month",
    "year": "year",
    "opening": "opening",
    "now": "now",
    "whole": "year",
    "same": "same",
    "relative": "relative",
    "week": "week",
}


def lowered(text: str) -> str:
    """The text in lower case, the same length as the text (a few letters have no lower case of one letter)."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def find_periods(text: str, today: dt.date | None = None, low: str | None = None) -> list[Period]:
    """Every period phrase and date of a text in order; ``today`` is the date of the document.

    Without it relative phrases (“từ đầu năm đến nay”) come back unresolved. A phrase names the calendar
    interval; reporting windows of the law are in ``windows.nd09``. Cost is linear in the text."""
    low = lowered(text) if low is None else low
    atoms = find_atoms(low, today)
    periods: list[Period] = []
    index = 0
    while index < len(atoms):
        joined = _joined(text, low, atoms, index)
        period = joined or _single(text, low, atoms[index])
        if period:
            periods.append(period)
        index += 2 if joined else 1
    return periods


def _before(low: str, atom: Atom) -> str:
    return low[max(0, atom.start - _LOOK_BACK) : atom.start]


def _joined(text: str, low: str, atoms: list[Atom], index: int) -> Period | None:
    """“từ A đến B” as one period; also “A - B” of two days."""
    if index + 1 >= len(atoms):
        return None
    first, second = atoms[index], atoms[index + 1]
    if second.start - first.end > 16 or not _JOIN.fullmatch(low[first.end : second.start]):
        return None
    opened = _FROM.search(_before(low, first))
    plain_days = {first.kind, second.kind} <= {"date", "words", "short"}
    stage = _STAGE.search(_before(low, first))
    if not (opened or plain_days or stage or first.kind == "opening"):
        return None
    opening = opened or stage
    start = first.start - len(opening.group()) if opening else first.start
    window = _borrow_year(first, second)
    kind = "years" if stage else "span"
    resolved = window.first is not None and window.last is not None
    return Period(start, second.end, text[start : second.end], kind, window.first, window.last, resolved)


def _borrow_year(first: Atom, second: Atom) -> Window:
    """“từ tháng 1 đến tháng 6 năm 2023”: the first month belongs to the second one's year."""
    left, right = first.window.first, second.window.last
    if left and right and not first.named_year and left.year != right.year and (left.month, left.day) != (2, 29):
        left = left.replace(year=right.year)
    return Window(left, right)


def _single(text: str, low: str, atom: Atom) -> Period | None:
    before = _before(low, atom)
    first, last = atom.window
    resolved = first is not None or last is not None
    if until := _UNTIL.search(before):
        start, end = atom.start - len(until.group()), atom.end
        if more := _OPEN_END.match(low, end):
            return Period(start, more.end(), text[start : more.end()], "until", first, None, resolved)
        return Period(start, end, text[start:end], "until", None, last, resolved)
    if atom.kind == "opening":
        return None
    if _FROM.search(before) and (onward := _OPEN_END.match(low, atom.end)):
        end = onward.end()
        return Period(atom.start, end, text[atom.start : end], "since", first, None, resolved)
    return Period(atom.start, atom.end, text[atom.start : atom.end], _KINDS[atom.kind], first, last, resolved)
