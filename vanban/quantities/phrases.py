"""What follows a number: scale, unit of measure or counted noun, and the noun phrase it heads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from vanban.quantities.lexicon import MONEY, Lexicon
from vanban.quantities.numbers import NUMBER, scale_at, value_of

_WORD = re.compile(r"[^\W\d_]+(?:[-&/][^\W\d_]+){0,3}")
_GAP = re.compile(r"[ \t]{0,2}(?:\n(?=[a-zà-ỹđ]))?")
_PER = re.compile(
    r"(?:/(?:1\s?)?(?:ngày đêm|ha|tháng|năm|ngày|người|hộ|km2|km|m2|m3|kg|tấn|lớp|lượt|đơn vị|suất|đề tài|nhiệm vụ|giờ|vụ|con|cây|lít|sào|buổi|quý|mô hình|dự án|đề án|doanh nghiệp|hồ sơ|cơ sở|học viên|khóa|lần|sản phẩm|xã|huyện|thôn|cuộc|bài|trường hợp|hội viên|trường|cán bộ|lao động|nhóm|hợp tác xã|công trình|phòng|máy|ca|mẫu|bộ|văn bản)\b){1,2}"
)
_NO_MONEY = re.compile(r"đồng\s(?:hồ|chí|bào|bộ|ruộng|nghiệp|hương|cỏ|lúa|muối|thau)\b")
_MAX_WORDS = 9


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit after a number: ``name`` as reported, ``factor`` to base units, ``end`` where its words end.

    ``measured``: a unit of measure (đồng, tấn, %), else a counted noun. ``known``: in the lists, else a noun
    guessed from the text. ``more``: the smaller part of “10 tỷ 500 triệu đồng”, in base units."""

    name: str
    factor: int
    end: int
    start: int
    measured: bool
    known: bool
    capital: bool = False
    more: Decimal = Decimal(0)


def unit_at(text: str, low: str, position: int, words: Lexicon) -> Unit | None:
    """The unit at ``position``, right after a number; None where no unit or noun follows."""
    factor, at = scale_at(low, position)
    more = Decimal(0)
    if factor > 1:
        more, at = _smaller_part(low, factor, at)
    gap = _GAP.match(text, at)
    start = gap.end() if gap else at
    money = Unit("đồng", factor, at, at, True, True, more=more) if factor >= 10**6 else None
    if gap and "\n" in gap.group() and not text[start].islower():  # the range à-ỹ holds capitals too
        return money
    measure = None if _NO_MONEY.match(low, start) else words.measures.at(low, start)
    counter = words.counters.at(low, start)
    if measure and (not counter or len(measure[0]) >= len(counter[0])) and _glue_allowed(measure[0], start, at, text):
        end = start + len(measure[0])
        per = _PER.match(low, end)
        name = measure[1] + (per.group() if per else "")
        return Unit(name, factor, per.end() if per else end, start, True, True, more=more)
    if start == at and factor == 1:
        return None
    capital = text[start : start + 1].isupper()
    if counter and start > at:
        written = text[start : start + len(counter[0])]
        name = written if written.isupper() else counter[1]
        return Unit(
            name,
            factor,
            start + len(written),
            start,
            False,
            True,
            capital and not text[start : start + 2].isupper(),
            more,
        )
    guessed = _guess(text, low, start, words)
    if guessed and start > at:
        return Unit(text[start:guessed], factor, guessed, start, False, False, capital, more)
    return money


def _smaller_part(low: str, factor: int, at: int) -> tuple[Decimal, int]:
    """“10 tỷ 500 triệu đồng”: the part after the first scale word, with where it ends."""
    second = NUMBER.match(low, at + 1) if low[at : at + 1] == " " else None
    if second is None:
        return Decimal(0), at
    smaller, end = scale_at(low, second.end())
    value = value_of(second.group())
    if value is None or not 1 < smaller < factor or value * smaller >= factor:
        return Decimal(0), at
    return value * smaller, end


def _glue_allowed(measure: str, start: int, at: int, text: str) -> bool:
    """“5km”, “100%”, “20tr đồng” may be glued; words such as “điểm” may not. A lone “m”, “g”, “đ” is a unit only
    when no letter or dot follows that would make it a code."""
    if len(measure) == 1 and text[start].isupper():  # “5G” is no weight
        return False
    if start == at:
        return (
            measure[0] in "%‰°"
            or measure in ("đồng", "đ", "vnđ", "usd")
            or (measure.isascii() and len(measure) <= 4)
            or measure in ("m²", "m³", "km²")
        )
    return not (len(measure) == 1 and text[start + 1 : start + 2] in (")", "."))


def _guess(text: str, low: str, start: int, words: Lexicon) -> int:
    """End of the head of an unlisted noun at ``start``: one or two words, or one acronym; 0 where none begins."""
    first = _WORD.match(text, start)
    if first is None or first.group().lower() in words.stops or len(first.group()) < 2:
        return 0
    if first.group().isupper():
        return first.end() if len(first.group()) <= 8 else 0
    if first.group()[0].isupper() or _stops_at(low, start, words):
        return 0
    second = _WORD.match(text, first.end() + 1) if text[first.end() : first.end() + 1] == " " else None
    if second and second.group().islower() and not _stops_at(low, second.start(), words):
        return second.end()
    return first.end()


def _stops_at(low: str, at: int, words: Lexicon) -> bool:
    first = _WORD.match(low, at)
    if first is None:
        return True
    if first.group() in words.stops or (
        first.group() in ("năm", "quý", "tháng") and low[first.end() : first.end() + 2].strip().isdigit()
    ):
        return True
    second = _WORD.match(low, first.end() + 1) if low[first.end() : first.end() + 1] == " " else None
    return second is not None and f"{first.group()} {second.group()}" in words.stops


def counted_phrase(text: str, low: str, unit: Unit, words: Lexicon) -> str:
    """What is counted: the noun phrase that begins at a counted noun, or follows a measure (“15,5 tấn *chế phẩm*”).

    It ends at punctuation, a digit or a function word, after at most nine words; money counts nothing."""
    if unit.measured and (unit.name in MONEY or unit.name[:5] == "đồng/"):
        return ""
    start = end = unit.start if not unit.measured else unit.end
    at = unit.end
    if not unit.measured:
        end = unit.end
    for _count in range(_MAX_WORDS):
        gap = 1 if low[at : at + 1] == " " or (low[at : at + 1] == "/" and end > unit.end) else 0
        word = _WORD.match(text, at + gap) if gap else None
        if word is None or _stops_at(low, word.start(), words):
            break
        at = end = word.end()
    return text[start:end].strip()
