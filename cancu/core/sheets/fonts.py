"""Cells typed in the fonts that offices used before Unicode (TCVN3: .VnTime; VNI: VNI-Times): Excel shows “Hµ Néi” as Hà Nội
while the font is there, and the file holds the wrong letters."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from cancu.core.sheets.cells import DAY, Cells
from vanban.read.text import decoded
from vanban.syllables import is_syllable

_FONTS = ("tcvn3", "vni")
_LATIN_1 = re.compile("[\u00a1-\u00ff\u0152-\u0192\u02c6-\u2122]")
_UNICODE_ONLY = re.compile("[\u1ea0-\u1ef9ăđơưĂĐƠƯ]")
_WORD = re.compile(r"[^\W\d_]+")
_SIGN_IN_A_WORD = re.compile("[A-Za-zÀ-ÿ][\u00a1-\u00bf]|[\u00a1-\u00bf][a-z]")  # kh«ng
_BETWEEN = "\n\x1e"


def turned(cells: Cells) -> dict[str, Any]:
    """Put cells in an old font right, in place; {"encoding", "cells": how many} of what was turned, {} where nothing was.

    The strange words of the whole sheet say which font it is. A column that has some follows it whole (“hå” alone could be
    either), but where it also holds letters that only Unicode writes, cells that are Vietnamese as they stand stay."""
    columns = [_marked(cells, place) for place in range(max(map(len, cells), default=0))]
    wanted = [
        marked if any(map(_is_strange, marked)) and not unicode_too else set(filter(_is_strange, marked))
        for marked, unicode_too in columns
    ]
    words = sorted(set().union(*wanted))
    found = decoded(_BETWEEN.join(words).encode())
    if found.encoding not in _FONTS:
        return {}
    right: dict[Any, str] = dict(zip(words, found.text.split(_BETWEEN), strict=True))
    count = 0
    for place, some in enumerate(wanted):
        for row in cells if some else ():
            if place < len(row) and row[place] in some:
                row[place], count = right[row[place]], count + 1
    return {"encoding": found.encoding, "cells": count}


def _marked(cells: Cells, place: int) -> tuple[set[str], bool]:
    """(different cells of a column that could be of an old font, whether others are surely Unicode)."""
    words = {row[place] for row in cells if place < len(row)}
    latin = {w for w in words if isinstance(w, str) and not w.isascii() and not w.startswith(DAY)}
    sure = {w for w in latin if _UNICODE_ONLY.search(w)}
    return {w for w in latin - sure if _LATIN_1.search(w)}, bool(sure)


def _is_strange(words: str) -> bool:
    """Whether the words can't be Vietnamese as they stand."""
    plain = unicodedata.normalize("NFC", words)
    return bool(_SIGN_IN_A_WORD.search(plain)) or not all(
        is_syllable(word) for word in _WORD.findall(plain) if not word.isascii()
    )
