"""The body that issued a document, as the sentence names it: “của UBND tỉnh Quảng Trị”."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from vanban.vocabulary import DATA, fold_word, load, read_yaml

_OPENER = re.compile(r"[ \t\n]{0,3}(?:,[ ](?=của))?(?:của|do|Của|CỦA)[ \n]{1,3}")
_ELSEWHERE = re.compile(r"[^,;.\n]{0,80} tại ")  # “…, của Ban cán sự đảng tại Tờ trình số”: another document's
_PARTY = re.compile(r"[ ](?=Hội nghị |Ban Chấp|BCH |Bộ Chính|Ban Bí)")  # “ngày 12/4/2025 Hội nghị lần thứ 11 …”
_CELL = re.compile(r"[ ]{0,20}[|\t][ |\t]{0,20}")
_TOKEN = re.compile(r"[ \n]{1,3}([^\s,;:.()\[\]“”\"«»|…*]{1,24})")
_TERM = re.compile(
    r"[ \n]{1,2}\(?(?:khóa|khoá|Khóa|Khoá|nhiệm kỳ)[ \n]{1,2}(?:[IVXL]{1,6}|\d{1,4}(?: ?- ?\d{4})?)\b\)?"
    r"(?:,? (?:nhiệm kỳ \d{4} ?- ?\d{4}|kỳ họp[^,;.\n()]{0,30}\d{1,2}|kỳ họp chuyên đề(?: lần thứ \S{1,8})?))?"
)
# Heads that need a name behind them, even one that begins like a title (“Trung tâm Hỗ trợ”).
_BARE = frozenset(
    ("Ban", "Bộ", "Sở", "Hội", "Tổng", "Chính", "Trung", "các", "Cơ", "Thông", "Trung tâm", "Phòng", "Cục", "Chi cục",
     "Quỹ", "Viện", "Văn phòng", "Tổ", "Vụ", "Tổng cục", "Chi", "Giám đốc", "Hội đồng", "Lãnh đạo")
)  # fmt: skip
_CONCERNED_WITH = ("Ủy ban Quốc gia", "Ban Chỉ đạo")  # “… về Chuyển đổi số”
_MOST_WORDS = 18


class _Names(NamedTuple):
    heads: frozenset[str]
    inside: frozenset[str]
    openings: frozenset[str]


@lru_cache(maxsize=1)
def _names() -> _Names:
    """The words of ``data/names.yaml``."""
    data = read_yaml(DATA / "names.yaml")
    return _Names(frozenset(data["heads"].split()), frozenset(data["inside"].split()), frozenset(data["openings"]))


def issuer_after(clean: str, at: int) -> tuple[str, int] | None:
    """The issuer behind “của”/“do” (or in the next table cell) at ``at``: (name as written, its end)."""
    opened = _OPENER.match(clean, at, at + 14)
    if opened and "," in opened.group() and _ELSEWHERE.match(clean, opened.end()):
        return None
    if opened is None:
        opened = _PARTY.match(clean, at, at + 14)
    if opened is None:
        opened = _CELL.match(clean, at, at + 42)
        if opened is None:
            return None
    return issuer_at(clean, opened.end())


def issuer_at(clean: str, at: int) -> tuple[str, int] | None:
    """The issuer whose name begins exactly at ``at``, or None."""
    name, length = _extent(clean[at : at + 170])
    return (name, at + length) if length else None


@lru_cache(maxsize=4096)
def _extent(window: str) -> tuple[str, int]:
    first = _TOKEN.match(" " + window)
    if first is None or first.group(1).split("-")[0] not in _names().heads:
        return "", 0
    end = _walk(window, first.end() - 1)
    term = _TERM.match(window, end)
    if term:
        end = term.end()
    name = window[:end].rstrip()
    if name in _BARE:
        return "", 0
    return " ".join(name.split()), len(name)


def _walk(window: str, end: int) -> int:
    """How far the name goes from its first word, by the case and kind of the words that follow."""
    small_in_a_row = 0
    for _ in range(_MOST_WORDS):
        token = _TOKEN.match(window, end)
        if token is None:
            comma = _listed(window, end)
            if comma == end:
                break
            end = comma
            continue
        word = token.group(1)
        lowered = word.lower()
        if word == "-" or lowered in ("và", "&"):
            if not _joined(window, token.end()):
                break
        elif word[0].isupper():
            if not _wants_name(window[:end].rstrip()) and _opens(window, token.start()):
                break
            if "\n" in window[end : token.start(1)] and _names_document(window, token.start(1)):
                break
            small_in_a_row = 0
        elif lowered == "về" and window.startswith(_CONCERNED_WITH) and _joined(window, token.end()):
            pass
        elif word[0].isdigit():
            if not _numbered_place(window, end, word):
                break
        elif _stops(lowered, small_in_a_row, window, token):
            break
        else:
            small_in_a_row += 1
        end = token.end()
    return end


# Once a level of government has been named, only these small words can still belong to the name.
_LEVELS = ("tỉnh", "huyện", "xã", "phường", "phố", "quận", "phủ")
_AFTER_LEVEL = frozenset(_LEVELS) | {
    "thành",
    "thị",
    "trấn",
    "đặc",
    "khu",
    "ủy",
    "uỷ",
    "nước",
    "đảng",
    "trung",
    "các",
    "nhân",
    "hội",
}


def _stops(lowered: str, small_in_a_row: int, window: str, token: re.Match[str]) -> bool:
    before = window[: token.start()]
    named = any(word in _LEVELS for word in before.split()[1:]) and " nước" not in before
    if named and lowered not in _AFTER_LEVEL:
        return True
    if lowered == "số" and not window.endswith(" đổi", 0, token.start()):
        return True
    if lowered in _names().inside and not _opens(window, token.start()):
        return small_in_a_row >= 6
    return True


def _opens(window: str, at: int) -> bool:
    """Whether a title or another type word begins at ``at``, even with a capital (“Ban hành Quy định”)."""
    words = window[at : at + 30].lower().split(None, 2)[:2]
    if not words:
        return False
    return words[0] in ("về", "v/v") or " ".join(words) in _names().openings


def _names_document(window: str, at: int) -> bool:
    """Whether a line begins with a type word (“Biên bản”): the name ended with the line before."""
    first = window[at : at + 40].split(None, 4)[:4]
    words = load(None).words
    return any(fold_word(" ".join(first[:count])) in words for count in range(1, len(first) + 1))


def _wants_name(name: str) -> bool:
    """Whether the name cannot end here: “Bộ trưởng Bộ”, “Trung tâm”."""
    return name in _BARE or name.endswith((" Bộ", " Sở"))


def _joined(window: str, at: int) -> bool:
    """Whether what follows “và” or “-” still belongs to the name: a capital that opens no document."""
    token = _TOKEN.match(window, at)
    if token is None or not (token.group(1)[0].isupper() or token.group(1) in ("hạt", "phát", "dân")):
        return False
    return not _opens(window, token.start())


_COMMAS = re.compile(
    r",[ \n]{1,2}(?=(?:Thể thao|Công nghệ|Bộ |(?:UBND|Ủy ban|HĐND) (?![^,;.]{0,40}[ \n]ban hành)|chống |Chuyển giao|Đo lường|Chất lượng|Bộ trưởng "
    r"|chiến lược Trung|kinh tế|thể thao|Liên đoàn|Thương binh)(?!.{0,60}(?: đã | báo cáo| đề nghị| xin | kính ))"
    r"|kỳ họp thứ)"
)


def _listed(window: str, end: int) -> int:
    comma = _COMMAS.match(window, end)
    return comma.end() - 1 if comma else end


def _numbered_place(window: str, end: int, word: str) -> bool:
    """“Quận 1”, “Phường 7”, “Trung ương 6 khóa XI”, “Vùng 3”."""
    before = window[:end].rsplit(None, 1)[-1].lower()
    return before in ("quận", "phường", "ương", "vùng", "xã", "khu", "thứ", "số", "đạo") and len(word) <= 3
