"""Clean text that remembers where every character came from.

Official text arrives in many hands: composed and decomposed letters, the Icelandic Ð typed for Đ, six kinds
of dash, no-break spaces, soft hyphens, paragraphs cut by a page break. ``CleanText`` evens these out, and
``to_raw`` leads every position of the clean text back to the text as given, so that a finding can be shown
where the reader sees it.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\uff0d"
_SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_ONE_FOR_ONE = {
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(_SPACES, " "),
    "\u00d0": "Đ",  # Icelandic Eth, which old keyboards print for Đ
    "\u0189": "Đ",  # African D
    "\u00f0": "đ",
    "\u2044": "/",
    "\u2215": "/",
}
_DROPPED = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_DROPPED_RUN = re.compile(f"[{_DROPPED}]{{1,64}}")
# No Vietnamese letter carries more than two marks; a hostile run of marks is composed in short pieces,
# because composing is quadratic in the length of one run.
_CLUSTER = re.compile("[^\u0300-\u036f][\u0300-\u036f]{1,8}")
_BREAK = re.compile(r"\n[ \t\r\f\n]{0,40}(?:(?:- ?)?\d{1,4}(?: ?-)?[ \t\r]{0,20}[\n\f][ \t\r\f\n]{0,40})?")
_ENDS_PARAGRAPH = frozenset(".;:!?…")
# Words that cannot end a paragraph: what follows belongs to them even when it begins with a digit or capital.
_DANGLING = (
    " của", " và", " tại", " theo", "Căn cứ", "Thực hiện",
    "Nghị định", "Nghị quyết", "Quyết định", "Thông tư", "Kế hoạch", "Chỉ thị", "Kết luận",
)  # fmt: skip
_BEFORE_DIGITS = (" số", " ngày", " tháng", " năm")  # “chuyển đổi số” ends a title; “Quyết định số” ends no line

Edit = tuple[int, int, str]


class CleanText:
    """A text and its clean form.

    ``raw`` is the text as given. ``clean`` is the same text with letters composed (NFC for letters with
    combining marks), Đ look-alikes made Đ, every dash “-”, every odd space a plain space, soft hyphens and
    zero-width characters dropped, and paragraphs that a page or line break cut in two joined by one space
    (a bare page number between the halves is dropped with the break). Other line breaks stay.

    Positions are counts of characters. ``to_raw`` maps any position of ``clean`` (0 … len) to ``raw``,
    ``to_clean`` the other way; ``raw_span`` maps a half-open span. A text that needs no cleaning costs no map.
    """

    __slots__ = ("_clean_at", "_raw_at", "clean", "raw")

    def __init__(self, raw: str) -> None:
        self.raw = raw
        even = raw
        for odd, plain in _ONE_FOR_ONE.items():
            if odd in even:
                even = even.replace(odd, plain)
        self._clean_at = array("q", (0,))
        self._raw_at = array("q", (0,))
        edits = sorted(_edits(even))
        self.clean = self._apply(even, edits) if edits else even

    def _apply(self, even: str, edits: list[Edit]) -> str:
        pieces: list[str] = []
        clean, done = 0, 0
        for start, end, new in edits:
            if start < done:
                continue
            pieces.append(even[done:start])
            pieces.append(new)
            clean += start - done + len(new)
            done = end
            if self._clean_at[-1] == clean:  # a dropped character right after another edit
                self._raw_at[-1] = end
            else:
                self._clean_at.append(clean)
                self._raw_at.append(end)
        pieces.append(even[done:])
        return "".join(pieces)

    def to_raw(self, position: int) -> int:
        """The position in ``raw`` of the character that ``clean[position]`` came from."""
        run = bisect_right(self._clean_at, position) - 1
        return self._raw_at[run] + position - self._clean_at[run]

    def to_clean(self, position: int) -> int:
        """The position in ``clean`` of the character that ``raw[position]`` went into; a dropped character
        answers the place where it was."""
        run = bisect_right(self._raw_at, position) - 1
        clean = self._clean_at[run] + position - self._raw_at[run]
        if run + 1 < len(self._clean_at):
            clean = min(clean, self._clean_at[run + 1] - 1) if position < self._raw_at[run + 1] else clean
        return max(clean, 0)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of ``raw`` that holds ``clean[start:end]``; empty stays empty."""
        if end <= start:
            at = self.to_raw(start)
            return at, at
        return self.to_raw(start), self._raw_end(end)

    def _raw_end(self, end: int) -> int:
        run = bisect_right(self._clean_at, end) - 1
        raw = self._raw_at[run] + end - self._clean_at[run]
        while raw > 0 and self.raw[raw - 1] in _DROPPED:
            raw -= 1
        return raw


def _edits(text: str) -> Iterator[Edit]:
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        for found in _CLUSTER.finditer(text):
            yield found.start(), found.end(), unicodedata.normalize("NFC", found.group())
    if any(mark in text for mark in _DROPPED):
        for found in _DROPPED_RUN.finditer(text):
            yield found.start(), found.end(), ""
    for found in _BREAK.finditer(text):
        edit = _join(text, found.start(), found.end())
        if edit:
            yield edit


def _join(text: str, start: int, end: int) -> Edit | None:
    """How the break ``text[start:end]`` is joined, or None where it is a true end of paragraph."""
    if end >= len(text) or start == 0:
        return None
    following = text[end]
    if not (following.islower() or following.isdigit() or following.isupper()):
        return None
    before = text[max(0, start - 24) : start].rstrip(" \t\r\f")
    if not before or before[-1] in _ENDS_PARAGRAPH or before[-1] == "\n":
        return None
    start -= min(start, 24) - len(before)
    if before[-1] in "/-" and before[-2:-1].isalnum():
        return start, end, ""
    if following.islower():
        listed = text[end + 1 : end + 2] in (")", ".")
        return None if listed else (start, end, " ")
    if before.endswith(_DANGLING) or (following.isdigit() and before.endswith(_BEFORE_DIGITS)):
        return start, end, " "
    return None
