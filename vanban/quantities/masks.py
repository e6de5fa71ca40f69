"""Spans whose digits are not figures: document numbers, standards, addresses, telephones, hours, numbering."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

_UPPER = "A-ZĐÀ-ÖØ-ÝĂƠƯ"
# Every alternative begins with a character of the first look-ahead, so that most positions cost one comparison.
_MASKS = re.compile(
    rf"""(?=[\d([+hwTQIHĐV])(?:
      (?:https?://|www\.)[^\s<>"”]{{1,300}}
    | \b(?:TCVN|QCVN|QCĐP|TCCS|ISO|IEC|HACCP|QĐKT|ĐLVN|VILAS|TCN)(?:[/\s-]{{1,2}}(?:ISO|IEC|[A-ZĐ]{{2,5}}))?[\s:-]{{0,3}}\d[\d:./-]{{0,20}}(?:/[A-ZĐ]{{1,12}})?
    | (?<![\w.,])\d{{1,6}}[a-zđ]?\s?(?:/\s?(?:19|20)\d\d\s?)?[/-]\s?[{_UPPER}][\w&.,/-]{{0,40}}
    | (?<![\w.,])\d{{1,6}}[a-zđ]?/(?:19|20)\d\d/[\w&.-]{{1,40}}
    | \(0\d{{2,3}}\)\s?[\d. ]{{6,12}}\d | (?<![\w.,])0\d{{2,3}}[\s.-]?\d{{3}}[\s.-]?\d{{3,4}}(?!\d) | \+84[\d .-]{{8,14}}
    | (?<![\w.,])0\d\d\d+(?![.,]?\d)
    | (?<![\w.,])\d{{1,2}}\s?(?:giờ|h|g)\s?\d{{2}}(?:\s?phút)?(?!\d)
    | (?:(?<=lúc\s)|(?<=hồi\s)|(?<=trước\s)|(?<=từ\s)|(?<=vào\s)|(?<=đến\s))\d{{1,2}}\s?(?:giờ|h)\b
    | (?<![\w.,])24/(?:7|24)(?!\d)
    | (?<![\w.,])\d{{1,2}}:\d\d(?!\d)
    | \(\d{{1,2}}\)(?!\s?(?:%|triệu|tỷ)) | \[\d{{1,3}}\]
    )""",
    re.VERBOSE,
)
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,200}")
_NUMBERING = re.compile(
    r"""^[ \t>#*_"“-]{0,8}(?:
       \d{1,3}(?:\.\d{1,2}){1,4}\.?(?=[*_]{0,3}\s)(?!\s(?:%|triệu|tỷ|tỉ|nghìn|lần|ha|km|tấn|điểm))
     | \d{1,3}[.)](?=[*_]{0,3}(?:\s|$))
     | \d{1,3}(?=\s?/\s?$)
    )""",
    re.VERBOSE | re.MULTILINE,
)


class Spans:
    """Half-open spans; ``covers`` answers whether a position lies in one."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def covers(self, position: int) -> bool:
        index = bisect_right(self._starts, position) - 1
        return index >= 0 and position < self._ends[index]


def masked(text: str) -> Iterator[tuple[int, int]]:
    """Spans of a clean text that hold digits which count nothing."""
    for match in _MASKS.finditer(text):
        yield match.span()
    for match in _NUMBERING.finditer(text):
        yield match.span()
    if "@" in text:
        for match in _EMAIL.finditer(text):
            yield match.span()
