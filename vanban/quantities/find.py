"""Finds the figures of a text.

Every number of the text is looked at once and must earn its place: it is no figure inside a document number,
date, period or numbering, nor behind a word that makes it a name (“Điều 5”, “khóa 17”, “giai đoạn 1”); it is one
when a unit or a counted noun follows, or when it stands alone behind a word that tells an amount (“là 52.”).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from vanban.periods import Period, find_periods
from vanban.periods.find import lowered
from vanban.quantities.lexicon import MONEY, RATES, TIMES, WEAK, Lexicon, lexicon
from vanban.quantities.masks import Spans, masked
from vanban.quantities.numbers import NUMBER, decimal_string, range_at, value_of
from vanban.quantities.phrases import Unit, counted_phrase, unit_at
from vanban.quantities.words import find_worded, find_zeros

_RATIO = re.compile(r"\s?/\s?(\d{1,3}(?:\.\d{3})+|\d+)(?![\w/])")
_IN_WORDS = re.compile(r"\s?\([a-zà-ỹđ ]{2,60}\)")
_BREAK = re.compile(r"[\d()|,;\n\t]")
_BEFORE_QUALIFIER = re.compile(r"([^\s,;:.()\d]{1,8}(?:\s[^\s,;:.()\d]{1,8}){0,3})\s{1,2}$")
_AFTER_QUALIFIER = re.compile(r"\s(trở lên|trở xuống|trở lại)\b")
_GROWTH = re.compile(
    r"\b(?:tăng|giảm|gấp|vượt|tăng trưởng|cao hơn|thấp hơn)(?:\s(?!(?:còn|lên|xuống|đạt)\b)[^\s\d.;]{1,10}){0,4}\s$"
)
_NEGATIVE = re.compile(r"(?:\bâm\s|[\s(][-–])$")
_FOLLOWING = re.compile(r"\s?[/\]-]|\s+([^\W\d_]+)")
_COUNT_LABEL = re.compile(r"(?:^|[\s(])(?:tổng|số)(?:\s[^\s:;.]{1,10}){0,8}:\s?$")
_LENGTH_CUE = re.compile(
    r"(?:thời gian|thời hạn|trong|vòng|kéo dài|sau|tối đa|tối thiểu|quá|khoảng|trên|gần|hạn|đủ|:|\()(?:\s(?:là|từ|đến|thực hiện))?\s{0,2}$"
)
_CHAIN = re.compile(r"(?:\s?,\s?|\s(?:và|hoặc|hay|đến)\s|\s?[-–/;]\s?)$")
_AMOUNTS = frozenset(  # “số” that counts, where a lone “số” would make the number a name
    f"{word} số{mark}"
    for word in ("tổng", "trong", "con", "dân", "quân", "doanh", "hệ", "điểm", "trị", "chỉ")
    for mark in ("", ":")
)
_OPERATORS_AFTER = {"trở lên": ">=", "trở xuống": "<=", "trở lại": "<="}
_OPENS_CLAUSE = re.compile(
    r"(?:^|[.;:,(\n]|\n[-+*\d.) ]{1,6})\s{0,3}(?:(?:Trong|trong|Riêng|riêng|Cụ thể|Kết quả|Qua|Tổng kết|Số liệu|Ước|ước|và)\s){0,2}$"
)
_ORDINAL_UNITS = frozenset(("khóa", "khoá", "kỳ", "khu phố", "thôn", "tỉnh", "xã", "huyện", "phường"))
_PER_HEAD = re.compile(r"\d[^\d,;\n]{1,24} trên $")  # “10 người trên 1 vạn dân” is one figure
_GOVERNING = ("year", "span", "until", "quarter", "months", "month", "now", "relative")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure. ``value`` is a decimal string in base units (đồng, not triệu đồng); ``upper`` the other end of a
    range; ``whole`` the denominator of “98/125 xã”. ``unit`` is the measure or the counted noun's head,
    ``counted`` the noun phrase; ``qualifier`` the words as written and ``operator`` their meaning (= > >= < <= ~).
    ``kind``: level, money, share, growth, duration, ratio. ``period`` is the phrase that governs the figure."""

    start: int
    end: int
    text: str
    value: str
    unit: str
    counted: str
    qualifier: str = ""
    operator: str = "="
    kind: str = "level"
    upper: str | None = None
    whole: str | None = None
    period: Period | None = None

    def to_json(self) -> dict[str, object]:
        period = None
        if self.period:
            spoken = self.period.to_json()
            period = {key: spoken[key] for key in ("text", "from", "to")}
        return {
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "value": self.value,
            "unit": self.unit,
            "counted": self.counted,
            "qualifier": self.qualifier,
            "operator": self.operator,
            "kind": self.kind,
            "upper": self.upper,
            "whole": self.whole,
            "period": period,
        }


def find_quantities(
    text: str,
    today: dt.date | None = None,
    low: str | None = None,
    periods: list[Period] | None = None,
    outside: tuple[tuple[int, int], ...] = (),
) -> list[Quantity]:
    """Figures of a clean text (NFC) in order, without overlap.

    ``today`` is the document's date, used only to date the periods; ``outside`` are spans that hold no figures,
    such as the terms of deadlines. Vague words (một số, nhiều) are not figures. Linear in the text."""
    low = lowered(text) if low is None else low
    periods = find_periods(text, today, low) if periods is None else periods
    spans = Spans([*masked(text), *((p.start, p.end) for p in periods), *outside])
    words = lexicon()
    found = list(_numbers(text, low, spans, words))
    taken = Spans((quantity.start, quantity.end) for quantity in found)
    for start, end, value, unit in (*find_worded(text, low, words), *find_zeros(text, low, words)):
        if not taken.covers(start) and not spans.covers(start):
            found.append(_worded(text, low, start, end, value, unit, words))
    found.sort(key=lambda quantity: quantity.start)
    return list(_with_periods(text, found, periods))


def _numbers(text: str, low: str, spans: Spans, words: Lexicon) -> Iterator[Quantity]:
    """Figures written in digits. ``refused`` remembers the last number that a word made a name, so that the
    others of its enumeration (“khoản 1, 2 và 3”) fall with it."""
    done, refused = 0, -1
    for match in NUMBER.finditer(low):
        start = match.start()
        if start < done:
            continue
        if spans.covers(start):
            refused = match.end()
            continue
        if _glued(low, match):
            continue
        quantity, named = _judge(text, low, match, refused, words)
        if named:
            refused = match.end()
        if quantity:
            done = quantity.end
            yield quantity


def _glued(low: str, match: re.Match[str]) -> bool:
    """Whether the digits are part of a code: “A4”, “5G”, “H5N1”, “2.0.1”, “x-19”."""
    before = low[match.start() - 1 : match.start()]
    two = low[max(0, match.start() - 2) : match.start()]
    if before == "/" and two[:1].islower() and len(two) == 2:  # “556 lượt công dân/422 công dân”, not “/10.000 dân”
        return match.group().replace(".", "").strip("0") == "1"
    if before.isalnum() or before in ("_", "@", "#", "$", "\\", "/", "."):
        return True
    if before in ("-", "–", ":", ",") and two[:1].isalnum() and len(two) == 2:
        return True
    after = low[match.end() : match.end() + 2]
    return (after[:1] == "." and after[1:].isdigit()) or after[:1] == "_"


def _judge(text: str, low: str, match: re.Match[str], refused: int, words: Lexicon) -> tuple[Quantity | None, bool]:
    """(figure or None, whether a word made the number a name)."""
    value, end = value_of(match.group()), match.end()
    if value is None:
        return None, False
    upper = whole = None
    if ranged := range_at(low, end):
        upper, end = value_of(ranged.group()), ranged.end()
    elif ratio := _RATIO.match(low, end):
        whole, end = value_of(ratio[1]), ratio.end()
    elif spelt := _IN_WORDS.match(low, end):
        end = spelt.end()
    unit = unit_at(text, low, end, words)
    if unit is None and low[end : end + 1].isalpha():
        return None, False
    if unit is None and ranged:
        upper, end = None, match.end()
        unit = unit_at(text, low, end, words)
    before = low[max(0, match.start() - 28) : match.start()]
    named = _is_name(before, match, unit, refused, low, words)
    if named or not _is_figure(text, low, match, unit, whole, before, words):
        return None, named
    return _figure(text, low, match.start(), end, (value, upper, whole), unit, words), False


def _is_name(before: str, match: re.Match[str], unit: Unit | None, refused: int, low: str, words: Lexicon) -> bool:
    """Whether the word before makes the number a name or an ordinal; the later numbers of its enumeration too."""
    if "," in match.group():  # no name is a decimal: “Điểm 12,5/15 điểm”
        return False
    strong = unit is not None and unit.measured and unit.name not in WEAK
    three, endings = _endings(before)
    if three in ("số", "số:"):
        return not strong and not endings & _AMOUNTS
    if three in ("năm", "tháng", "ngày") and unit and unit.known and _is_plain_count(match.group()):
        return False
    if endings & words.not_before and not strong:
        return not (endings & words.may_govern and unit is not None and unit.known and unit.name not in _ORDINAL_UNITS)
    if refused >= 0 and match.start() - refused <= 7 and _CHAIN.fullmatch(low[refused : match.start()]):
        return not (unit and unit.known and unit.name not in ("điều", "chương"))
    return False


def _is_plain_count(digits: str) -> bool:
    """More than any month or day, and no year: “trong năm 45 hồ sơ”."""
    return len(digits) <= 3 and digits.isdigit() and int(digits) > 31


def _is_figure(
    text: str, low: str, match: re.Match[str], unit: Unit | None, whole: Decimal | None, before: str, words: Lexicon
) -> bool:
    digits = match.group()
    if unit and unit.name == "tháng" and not _LENGTH_CUE.search(before):  # “9 tháng” of a year: a period
        return False
    like_year = len(digits) == 4 and digits[:2] in ("19", "20")
    if whole is not None and (unit is None or not unit.known) and _like_date(digits, whole):
        return False
    if unit and (unit.name == "con số" or (unit.name in ("dân", "người dân") and _PER_HEAD.search(before))):
        return False
    if unit:
        return not like_year or (
            unit.known and not unit.capital and unit.name not in ("tỉnh", "năm") and _has_cue(before, words)
        )
    if like_year or low[match.end() : match.end() + 1].isalpha():
        return False
    if _in_cell(low, match):
        return True
    following = _FOLLOWING.match(low, match.end())
    if following and (following[1] is None or following[1] not in words.stops):
        return False
    if low[match.start() - 2 : match.start()] == ": " and _COUNT_LABEL.search(
        low[max(0, match.start() - 70) : match.start()]
    ):
        return True
    return _has_cue(before, words) or bool(following and following[1] in ("lên", "xuống") and before.endswith("từ "))


def _like_date(digits: str, whole: Decimal) -> bool:
    return digits.isdigit() and int(digits) <= 31 and whole <= 12


def _has_cue(before: str, words: Lexicon) -> bool:
    _three, endings = _endings(before.rstrip(": "))
    return bool(endings & words.cues) or bool(_COUNT_LABEL.search(before))


def _endings(before: str) -> tuple[str, set[str]]:
    """(last word, the last one, two and three words) before a number; punctuation and digits cut."""
    tail = _BREAK.split(before)[-1].split()[-3:]
    return tail[-1] if tail else "", {" ".join(tail[index:]) for index in range(len(tail))}


def _in_cell(low: str, match: re.Match[str]) -> bool:
    """A number alone in a cell of a table row, but not in the first column (its running number)."""
    left = low[max(0, match.start() - 3) : match.start()].rstrip(" *")
    right = low[match.end() : match.end() + 3].lstrip(" *")
    if left[-1:] not in ("|", "\t") or right[:1] not in ("|", "\t", "\n", ""):
        return False
    line = low[max(low.rfind("\n", 0, match.start()) + 1, match.start() - 400) : match.start()]
    return line.strip(" |\t*") != ""


def _figure(
    text: str,
    low: str,
    start: int,
    end: int,
    values: tuple[Decimal, Decimal | None, Decimal | None],
    unit: Unit | None,
    words: Lexicon,
) -> Quantity:
    value, upper, whole = values
    if upper is None and _NEGATIVE.search(low[max(0, start - 4) : start]):
        value = -value
        start -= 1 if low[start - 1] in "-–" else 0
    factor = 1
    if unit:
        factor, end = unit.factor, unit.end
        value += unit.more / factor if unit.more else 0
    qualifier, operator = _qualifier(low, start, end, words)
    kind = _kind(low, start, unit, whole)
    return Quantity(
        start,
        end,
        text[start:end],
        decimal_string(value * factor),
        unit.name if unit else "",
        counted_phrase(text, low, unit, words) if unit else "",
        qualifier,
        operator,
        kind,
        decimal_string(upper * factor) if upper is not None else None,
        decimal_string(whole * factor) if whole is not None else None,
    )


def _worded(text: str, low: str, start: int, end: int, value: Decimal, unit: Unit, words: Lexicon) -> Quantity:
    quantity = _figure(text, low, start, end, (value, None, None), unit, words)
    return replace(quantity, qualifier="", operator="=") if value == 0 else quantity


def _qualifier(low: str, start: int, end: int, words: Lexicon) -> tuple[str, str]:
    """The qualifying words next to the figure and their meaning."""
    before = _BEFORE_QUALIFIER.search(low[max(0, start - 34) : start])
    if before:
        tail = before[1].split()
        for size in range(min(3, len(tail)), 0, -1):
            phrase = " ".join(tail[-size:])
            if phrase in words.qualifiers:
                return phrase, words.qualifiers[phrase]
    after = _AFTER_QUALIFIER.match(low, end)
    return (after[1], _OPERATORS_AFTER[after[1]]) if after else ("", "=")


def _kind(low: str, start: int, unit: Unit | None, whole: Decimal | None) -> str:
    if whole is not None:
        return "ratio"
    if unit is None:
        return "level"
    if unit.name in MONEY or unit.name.startswith("đồng/"):
        return "money"
    if unit.name.partition("/")[0] in RATES:
        grown = _GROWTH.search(low[max(0, start - 48) : start])
        return "growth" if grown else "level" if unit.name.startswith("lần") else "share"
    return "duration" if unit.name in TIMES else "level"


def _with_periods(text: str, found: list[Quantity], periods: list[Period]) -> Iterator[Quantity]:
    """Gives each figure the last governing period before it in its paragraph."""
    governing = [period for period in periods if _governs(text, period)]
    index = -1
    for quantity in found:
        while index + 1 < len(governing) and governing[index + 1].start < quantity.start:
            index += 1
        period = governing[index] if index >= 0 else None
        same = period is not None and text.find("\n", period.end, quantity.start) < 0
        yield replace(quantity, period=period) if same else quantity


def _governs(text: str, period: Period) -> bool:
    """Whether the phrase dates the figures after it: it opens a sentence or clause (“Năm 2024, …”, “Trong 6 tháng
    đầu năm”), or spans up to a day. “đến năm 2030” names where a strategy ends; “phê duyệt năm 2023” an attribute."""
    if period.kind not in _GOVERNING or (not period.resolved and period.kind == "relative"):
        return False
    if period.kind in ("span", "until", "now"):
        return not period.text.lower().startswith("đến năm") and (period.last is not None or not period.resolved)
    return bool(_OPENS_CLAUSE.search(text[max(0, period.start - 40) : period.start]))
