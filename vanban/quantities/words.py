"""Figures written in words: “hai mươi lăm nhiệm vụ”, and zeros: “không có vụ việc”, “chưa phát sinh đơn thư”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from vanban import numerals
from vanban.quantities.lexicon import Lexicon
from vanban.quantities.phrases import Unit, unit_at

_ALL = "|".join(sorted(numerals.WORDS - {"âm"}, key=len, reverse=True))
_PHRASE = re.compile(rf"\b(?:hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín|mười|một)\b(?:\s(?:{_ALL})\b){{0,24}}")
_SINGLE = frozenset(("hai", "ba", "bốn", "sáu", "bảy", "tám", "chín", "mười"))
_ORDINAL = re.compile(
    r"(?:\b(?:thứ|tháng|lần|ngày|quý|cấp|mùng|hàng|vài|năm|một|hai|ba|số|điều|khoản|nhóm|loại)\s|[-/(]\s?|chữ:?\s|chữ là\s)$"
)
_REPEATED = re.compile(r"\s?\(\d{1,4}\)")  # “hai mươi lăm (25) đơn vị”
_ZERO = re.compile(
    r"\b(?:không|chưa)\s(?:có|phát\ssinh|xảy\sra|nhận\sđược|ghi\snhận|tiếp\snhận|phát\shiện)\s(?:thêm\s|bất\skỳ\s)?"
)
_CONDITION = re.compile(r"\b(?:nếu|khi|trường\shợp|để|hoặc|trong\strường\shợp|mà)\b[^,.;\n]{0,24}$")

Found = tuple[int, int, Decimal, Unit]


def find_worded(text: str, low: str, words: Lexicon) -> Iterator[Found]:
    """(start, end, value, unit) of numbers in words that count something.

    One word alone counts only before a listed noun; “một” alone is an article, “năm” alone a year."""
    for match in _PHRASE.finditer(low):
        tokens = match.group().split()
        value, used = numerals.read(tokens)
        end = match.start() + len(" ".join(tokens[:used]))
        repeated = _REPEATED.match(low, end)
        if value is None or (used == 1 and not repeated and (len(tokens) > 1 or tokens[0] not in _SINGLE)):
            continue
        if _ORDINAL.search(low[max(0, match.start() - 8) : match.start()]):
            continue
        unit = unit_at(text, low, repeated.end() if repeated else end, words)
        if unit is None or not unit.known or (used == 1 and not repeated and not _may_count(unit, words)):
            continue
        yield match.start(), unit.end, value, unit


def _may_count(unit: Unit, words: Lexicon) -> bool:
    return unit.name not in words.never_single and not unit.capital and (not unit.measured or unit.factor > 1)


def find_zeros(text: str, low: str, words: Lexicon) -> Iterator[Found]:
    """(start, end, 0, unit) of stated zeros. Conditions (“nếu không có …”) and policies (“không để phát sinh
    thủ tục”) are none."""
    for match in _ZERO.finditer(low):
        unit = unit_at(text, low, match.end() - 1, words)
        if unit is None or not unit.known or unit.measured:
            continue
        if unit.name not in words.zero_nouns and not re.match(
            r"(?:\s[^\s,.;]{1,8}){0,2}\snào\b", low[unit.end : unit.end + 28]
        ):
            continue
        if _CONDITION.search(low[max(0, match.start() - 48) : match.start()]):
            continue
        yield match.start(), unit.end, Decimal(0), unit
