"""Digits as written in Vietnamese text: “10.036”, “15,5”, “1 250 000”, with scale words up to “nghìn tỷ”."""

from __future__ import annotations

import re
from decimal import Decimal

NUMBER = re.compile(
    r"\d{1,3}(?:\.\d{3})+(?:,\d{1,6})?(?!\d)|\d{1,3}(?:,\d{3}){2,}(?!\d)"
    r"|[1-9]\d{0,2}(?: \d{3}){1,5}(?=\s(?:đồng|vnđ|vnd|usd)\b)|\d+(?:[.,]\d+)?"
)
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3}){2,}")
SCALE = re.compile(
    r"\s{0,2}((?:nghìn tỷ|nghìn tỉ|ngàn tỷ|ngàn tỉ|triệu tỷ|tỷ|tỉ|triệu|nghìn|ngàn|vạn)\b|tr\.?(?=\s?(?:đồng|đ\b)))"
)
_SCALES = {
    "nghìn": 10**3,
    "ngàn": 10**3,
    "vạn": 10**4,
    "triệu": 10**6,
    "tr": 10**6,
    "tỷ": 10**9,
    "tỉ": 10**9,
    "nghìn tỷ": 10**12,
    "nghìn tỉ": 10**12,
    "ngàn tỷ": 10**12,
    "ngàn tỉ": 10**12,
    "triệu tỷ": 10**15,
}
_RANGE = re.compile(r"(?:\s?[-–—]\s?|\s{1,2}(?:đến|tới)\s{1,2}(?:dưới\s|gần\s)?)(?=\d)")
_LONGEST = 24


def value_of(digits: str) -> Decimal | None:
    """The value of digits as written: dots part thousands, a comma opens decimals; “15.5” (a dot before one or
    two digits) is taken as a decimal dot. None for more digits than any figure has."""
    if len(digits) > _LONGEST:
        return None
    if _THOUSANDS.fullmatch(digits):
        return Decimal(digits.replace(".", "").replace(",", "."))
    if _ENGLISH.fullmatch(digits) or " " in digits:
        return Decimal(digits.replace(",", "").replace(" ", ""))
    return Decimal(digits.replace(",", "."))


def scale_at(low: str, position: int) -> tuple[int, int]:
    """(factor, end) of scale words at ``position``; (1, position) where there are none."""
    found = SCALE.match(low, position)
    return (_SCALES[found[1].rstrip(".")], found.end()) if found else (1, position)


def range_at(low: str, position: int) -> re.Match[str] | None:
    """The second number of “9 - 10%”, “5 đến 10”, standing after the joiner at ``position``."""
    joiner = _RANGE.match(low, position)
    return NUMBER.match(low, joiner.end()) if joiner else None


def decimal_string(value: Decimal) -> str:
    """Plain digits without exponent or idle zeros: 20000000, 15.5."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
