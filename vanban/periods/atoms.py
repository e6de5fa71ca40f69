"""The smallest words of time in a text: a day, month, quarter, year, range of years, “đến nay” …

One pass of one bounded expression over the lower-cased text; each atom gets its window where the words and
the document's date decide it."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from vanban.periods import windows
from vanban.periods.windows import Window
from vanban.workdays import add_months

NOWHERE = Window(None, None)
_Y = r"(?:19|20)\d\d"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}

_ATOMS = re.compile(
    rf"""(?<!\w)(?=[\dnqtgcđhkbs])(?=\d|n[ăgha]|qu|t[hur]|gi|c[ảáù]|đầ|hi|kỳ|ba|sá|ch)(?:
      (?P<words>\bngày\s{{1,3}}(?P<wd>\d{{1,2}})\s{{1,3}}tháng\s{{1,3}}(?P<wm>\d{{1,2}})(?:\s{{1,3}}năm\s{{1,3}}(?P<wy>{_Y}))?(?![\d/]))
    | (?P<date>(?:\bngày\s{{1,3}})?(?<![\w/.,-])(?P<d>\d{{1,2}})\s?(?P<sep>[/.-])\s?(?P<m>\d{{1,2}})\s?(?P=sep)\s?(?P<y>{_Y})(?![\w/-]))
    | (?P<short>\bngày\s{{1,3}}(?P<sd>\d{{1,2}})[/-](?P<sm>\d{{1,2}})(?![\w/-]))
    | (?P<range>(?:\b(?:giai\sđoạn|nhiệm\skỳ|thời\skỳ|năm\shọc|các\snăm|(?:0?5\s)?năm)\s{{1,3}})?(?<![\w/.,-])
        (?P<r1>{_Y})\s{{0,2}}[-–—]\s{{0,2}}(?P<r2>{_Y})(?![\w/.-]?\d)(?!/))
    | (?P<quarter>\bquý\s{{1,3}}(?P<q>iv|i{{1,3}}|[1-4])\b(?:(?:\s?/\s?|\s{{1,3}}năm\s{{1,3}}|\s)(?P<qy>{_Y})\b)?)
    | (?P<span>(?<![\w/.,-])(?P<n>\d{{1,2}}|ba|sáu|chín)\s{{1,3}}tháng(?:\s{{1,3}}(?P<half>đầu|cuối)\s{{1,3}}(?:của\s)?năm|\s{{1,3}}(?:của\s)?năm(?=\s{{1,3}}{_Y}))?
        (?:\s{{1,3}}|\s?/\s?)?(?P<ny>{_Y})?(?![\w/]))
    | (?P<month>\btháng\s{{1,3}}(?P<mm>\d{{1,2}})(?:(?:\s?[/-]\s?|\s{{1,3}}năm\s{{1,3}})(?P<my>{_Y}))?(?![\w/]))
    | (?P<year>\b(?:cả\s{{1,3}})?năm\s{{1,3}}(?P<yy>{_Y})(?!\s{{0,2}}[-–—/]\s{{0,2}}\d|[\w.]\d))
    | (?P<opening>\bđầu\s{{1,3}}năm(?:\s{{1,3}}(?P<oy>{_Y}))?\b)
    | (?P<now>\b(?:thời\sđiểm\s(?:hiện\s(?:tại|nay)|báo\scáo|này)|hiện\snay|(?<=đến\s)nay)\b)
    | (?P<whole>\bcả\snăm\b)
    | (?P<same>\bcùng\skỳ(?:\s{{1,3}}(?:năm\s{{1,3}}(?:(?P<sy>{_Y})|trước|ngoái)|(?P<sy2>{_Y})))?\b)
    | (?P<relative>\b(?:năm\s(?:nay|trước|ngoái)|trong\s(?:năm|quý|tháng|kỳ)(?!\s{{1,3}}(?:[\divx]|học|tới|sau|qua|trước|họp|hạn))|kỳ\sbáo\scáo)\b)
    | (?P<week>\btuần\s{{1,3}}(?:thứ\s)?(?P<w>\d{{1,2}})(?:\s?/\s?(?P<wky>{_Y})|\s{{1,3}}năm\s{{1,3}}(?P<wky2>{_Y}))?(?![\w/]))
    )""",
    re.VERBOSE,
)
_NEXT_YEAR = re.compile(
    rf"(?:\s?,\s?|\s{{1,3}}và\s{{1,3}}|\s?;\s?)(?P<yy>{_Y})(?![\w/.-]\w|\w)(?!\s{{1,3}}(?:đồng|hộ|người)\b)"
)
_UP_TO_YEAR = re.compile(rf"\b(?:đến|tới|từ)\s{{1,3}}(?P<yy>{_Y})\b(?![/.-]\w)")


@dataclass(frozen=True, slots=True)
class Atom:
    """A time word at ``start``–``end`` of the text with the window it names; sides unknown are None.

    ``named_year``: the words themselves carry the year."""

    start: int
    end: int
    kind: str
    window: Window
    named_year: bool = True


def find_atoms(low: str, today: dt.date | None) -> list[Atom]:
    """Atoms of a lower-case text in order, without overlap. ``today`` is the document's date."""
    atoms: list[Atom] = []
    for match in _ATOMS.finditer(low):
        kind = match.lastgroup or ""  # the alternative's own group closes last
        window = _WINDOWS[kind](match, today)
        if window is None:
            continue
        named = low[match.end() - 4 : match.end()].isdigit() and match.end() - match.start() >= 4
        atoms.append(Atom(match.start(), match.end(), kind, window, named))
        if kind == "year":
            atoms.extend(_following_years(low, match.end()))
    return _with_bare_years(low, atoms)


def _following_years(low: str, at: int) -> Iterator[Atom]:
    """“năm 2022 và 2023”: the later years lean on the first one's word."""
    while found := _NEXT_YEAR.match(low, at):
        yield Atom(found.start("yy"), found.end("yy"), "year", windows.year(int(found["yy"])))
        at = found.end()


def _with_bare_years(low: str, atoms: list[Atom]) -> list[Atom]:
    """Adds the year of “đến 2030”, “từ 2021” where no atom has it yet."""
    taken = {atom.end for atom in atoms}
    for match in _UP_TO_YEAR.finditer(low):
        if match.end("yy") not in taken and not any(a.start <= match.start("yy") < a.end for a in _near(atoms, match)):
            atoms.append(Atom(match.start("yy"), match.end("yy"), "year", windows.year(int(match["yy"]))))
    return sorted(atoms, key=lambda atom: atom.start)


def _near(atoms: list[Atom], match: re.Match[str]) -> list[Atom]:
    place = bisect_left(atoms, match.start("yy"), key=lambda atom: atom.start)
    return atoms[max(0, place - 1) : place + 1]


def day(number: int, month: int, year: int) -> Window | None:
    try:
        date = dt.date(year, month, number)
    except ValueError:
        return None
    return Window(date, date)


def _short_day(match: re.Match[str], today: dt.date | None) -> Window | None:
    number, month = int(match["sd"]), int(match["sm"])
    if not (1 <= month <= 12 and 1 <= number <= 31):
        return None
    return day(number, month, today.year) if today else NOWHERE


def _worded_day(match: re.Match[str], today: dt.date | None) -> Window | None:
    number = int(match["wy"]) if match["wy"] else today.year if today else 0
    if not number:
        return NOWHERE if 1 <= int(match["wm"]) <= 12 else None
    return day(int(match["wd"]), int(match["wm"]), number)


def _year_range(match: re.Match[str], today: dt.date | None) -> Window | None:
    first, last = int(match["r1"]), int(match["r2"])
    return Window(dt.date(first, 1, 1), dt.date(last, 12, 31)) if first <= last else None


def _in_year(number: str | None, today: dt.date | None, make: Callable[[int], Window]) -> Window:
    if number:
        return make(int(number))
    return make(today.year) if today else NOWHERE


def _quarter(match: re.Match[str], today: dt.date | None) -> Window | None:
    which = _ROMAN.get(match["q"]) or int(match["q"])
    return _in_year(match["qy"], today, lambda number: windows.quarter(number, which))


def _span(match: re.Match[str], today: dt.date | None) -> Window | None:
    """“6 tháng đầu năm 2024”; a bare “6 tháng” is a length of time, not a period."""
    count = {"ba": 3, "sáu": 6, "chín": 9}.get(match["n"]) or int(match["n"])
    if not 1 <= count <= 12 or not (match["half"] or match["ny"]):
        return None
    if match["half"] == "cuối":
        return _in_year(match["ny"], today, lambda number: windows.months(number, 13 - count, 12))
    return _in_year(match["ny"], today, lambda number: windows.months(number, 1, count))


def _month(match: re.Match[str], today: dt.date | None) -> Window | None:
    which = int(match["mm"])
    if not 1 <= which <= 12:
        return None
    return _in_year(match["my"], today, lambda number: windows.month(number, which))


def _opening(match: re.Match[str], today: dt.date | None) -> Window | None:
    return _in_year(match["oy"], today, lambda number: Window(dt.date(number, 1, 1), dt.date(number, 1, 1)))


def _now(match: re.Match[str], today: dt.date | None) -> Window | None:
    return Window(today, today)


def _whole_year(match: re.Match[str], today: dt.date | None) -> Window | None:
    return _in_year(None, today, windows.year)


def _same_period(match: re.Match[str], today: dt.date | None) -> Window | None:
    """The period under comparison one year before; without more context the whole of that year up to its day."""
    number = int(match["sy"] or match["sy2"] or 0) or (today.year - 1 if today else 0)
    if not number:
        return NOWHERE
    if today is None:
        return windows.year(number)
    return Window(dt.date(number, 1, 1), add_months(today, 12 * (number - today.year)))


def _relative(match: re.Match[str], today: dt.date | None) -> Window | None:
    if today is None:
        return NOWHERE
    words = match.group()
    if "trước" in words or "ngoái" in words:
        return windows.year(today.year - 1)
    if "quý" in words:
        return windows.quarter(today.year, (today.month + 2) // 3)
    if "tháng" in words:
        return windows.month(today.year, today.month)
    return windows.year(today.year) if "năm" in words else NOWHERE


def _week(match: re.Match[str], today: dt.date | None) -> Window | None:
    number = int(match["wky"] or match["wky2"] or 0) or (today.year if today else 0)
    if not 1 <= int(match["w"]) <= 53:
        return None
    if not number:
        return NOWHERE
    try:
        monday = dt.date.fromisocalendar(number, int(match["w"]), 1)
    except ValueError:
        return None
    return Window(monday, monday + dt.timedelta(days=6))


_WINDOWS: dict[str, Callable[[re.Match[str], dt.date | None], Window | None]] = {
    "words": _worded_day,
    "date": lambda match, today: day(int(match["d"]), int(match["m"]), int(match["y"])),
    "short": _short_day,
    "range": _year_range,
    "quarter": _quarter,
    "span": _span,
    "month": _month,
    "year": lambda match, today: windows.year(int(match["yy"])),
    "opening": _opening,
    "now": _now,
    "whole": _whole_year,
    "same": _same_period,
    "relative": _relative,
    "week": _week,
}
