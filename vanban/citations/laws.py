"""Laws that are cited by name: “Luật Khoa học và Công nghệ năm 2013”, “Điều 5 Luật Đất đai”, and documents
named by a number that lacks its letters: “Nghị định 30/2020”, “Công văn số 4986 ngày 11/11/2024”."""

from __future__ import annotations

import re
from pathlib import Path

from vanban.citations.anchors import type_word_before
from vanban.citations.citation import Draft
from vanban.citations.dates import read_date

_STARTS = (
    ("Luật ", "Luật"),
    ("Bộ luật ", "Bộ luật"),
    ("Pháp lệnh ", "Pháp lệnh"),
    ("Hiến pháp", "Hiến pháp"),
)
_NOT_LAWS = ("Đại học", "Khoa", "Hội", "Đoàn", "Trường", "Văn phòng", "ngành", "Viện", "Công ty")
_CLAUSE_END = re.compile(r"[;:()“”\"\n]|\.(?!\w)|,(?= ?(?:[A-ZĐ]|được|đã|quy định|nay|có|căn cứ|tại|theo|trong|các))")
_YEAR = re.compile(
    r"(?<!tháng \d)(?<!tháng \d\d)(?<! trong)(?<! từ)(?<! đến)(?<! vào)(?:[ \n]{1,2}\(?(?:năm|ngày|sửa đổi năm)|(?<=\w)ngày)[ \n]{1,2}(?=\d)"
)
_WHEN_YEAR = re.compile(r"(?<!tháng \d)(?<!tháng \d\d)[ \n]{1,2}\(?(?:sửa đổi )?năm[ \n]{1,2}((?:19|20)\d\d)(?!\d)\)?")
_NOT_IN_NAMES = re.compile(
    r"[ \n](?:đã|được|sẽ|phải|là|vào|từ|nhằm|để|khi|có hiệu lực|quy định|tại|này|mới|cho|còn|như|và các|và (?:Luật|Nghị)|"
    r"hiện hành|thì|sau|số|theo quy|trên|trong năm)(?=[ \n]|$)"
)
_CITED = re.compile(r"(?:Căn cứ|căn cứ|Điều \d{1,3}[a-zđ]?,?(?: của)?|quy định (?:của|tại))(?: các)?[ \n]{1,2}$")
# Words that make a law's bare name a citation in running text, though not inside a title.
_ACTED_ON = re.compile(
    r"(?:[Tt]hực hiện|[Tt]hi hành|[Tt]riển khai|[Tt]heo|[Tt]uân thủ|[Cc]hấp hành|[Pp]hổ biến|[Tt]uyên truyền|[Tt]ập huấn"
    r"|[Qq]uán triệt|(?:Luật|Pháp lệnh) [A-ZĐ][^;.:()\n]{3,60}(?:,| và))(?: về| các)?[ \n]{1,2}$"
)
_CONSTITUTION = re.compile(r"(?: nước Cộng h[òo][àa]? xã hội chủ nghĩa Việt Nam)?(?=[ \n,;.(]|$)")
_NOT_A_NAME = re.compile(
    r"(?:sư|gia|này|và|có|do|được|đã|số|mới|hiện|cũ|trên|nêu|lệ|học|năm|ngày|là|quy định|khác|đó|của|tục)(?!\w)|\W|\d"
)
_LONGEST_NAME = 130
_AMENDING_END = re.compile(
    r"[;:()“”\"\n]|\.(?!\w)|,(?= ?(?!(?:Luật|Bộ luật|Pháp lệnh) )(?:[A-ZĐ]|được|đã|quy định|nay|có|căn cứ|tại|theo|trong))"
)
_BARE_YEAR = re.compile(
    r"(?<!tháng \d)(?<!tháng \d\d)(?<=[a-zà-ỹ)])(?<!năm)(?<!đoạn)(?<!từ)(?<!đến)[ \n]((?:19|20)\d\d)(?![\d/]|[ ]?-|\w)"
)
_AMENDED_ASIDE = re.compile(r"[ ]\(sửa đổi(?:, bổ sung)?\)")
_OPENED = re.compile(r"\((?:năm|sửa đổi(?:, bổ sung)?\)(?: năm)? (?:19|20)\d\d)")
_SHORT = re.compile(r"[ ]{1,2}(\d{1,5}[a-z]?)(/(?:19|20)\d\d)?(?![\w/%]|[.,]\d|-[A-ZĐ]| - [A-ZĐ]{2}| ?/)")
_BY_NUMBER_ALONE = frozenset(
    ("Nghị quyết", "Nghị định", "Quyết định", "Chỉ thị", "Kết luận", "Công văn", "Thông tư", "Kế hoạch", "Tờ trình",
     "Công điện", "Báo cáo", "Thông báo", "Chương trình", "Văn bản", "Thông tư liên tịch", "Hướng dẫn")
)  # fmt: skip


def laws(clean: str) -> list[Draft]:
    """Laws, codes, ordinances and the Constitution cited by name with a year or a date, or without one where
    “Căn cứ”, “Điều n” or “quy định của” shows that they are cited."""
    drafts: list[Draft] = []
    for word, kind in _STARTS:
        at = clean.find(word)
        while at >= 0:
            if at == 0 or not clean[at - 1].isalnum():
                draft = _constitution(clean, at) if kind == "Hiến pháp" else _law(clean, at, kind)
                if draft:
                    drafts.append(draft)
            at = clean.find(word, at + len(word))
    return drafts


def _law(clean: str, at: int, kind: str) -> Draft | None:
    begin = at + len(kind) + 1
    lower = not clean[begin : begin + 1].isupper()
    if lower and _NOT_A_NAME.match(clean, begin):
        return None
    if clean[max(0, at - 12) : at].rstrip().endswith(_NOT_LAWS):
        return None
    window = clean[begin : begin + _LONGEST_NAME]
    amending = window[:7].lower() == "sửa đổi"
    if amending:
        window = clean[begin : begin + 3 * _LONGEST_NAME]
    stop = (_AMENDING_END if amending else _CLAUSE_END).search(window)
    window = window[: stop.start()] if stop else window
    when = _YEAR.search(window) or (None if amending else _BARE_YEAR.search(window))
    if amending and when:
        for later in _YEAR.finditer(window):
            when = later
    name = window[: when.start()] if when else window
    uncertain = False
    foreign = None if amending and when else _NOT_IN_NAMES.search(name)
    cited = bool(_CITED.search(clean, max(0, at - 40), at))
    if not cited and when is None and not lower and not amending:
        cited = uncertain = bool(_ACTED_ON.search(clean, max(0, at - 90), at))
    if foreign:
        if not cited or amending:
            return None
        name, when = name[: foreign.start()], None
    opened = when is None and stop is not None and bool(_OPENED.match(clean, begin + stop.start()))
    if not when and (lower or (not cited and not opened)):
        return None
    if not name.strip() or len(name.split()) > (60 if amending else 24):
        return None
    draft = _dated(clean, at, begin, begin + len(name.rstrip()), kind)
    draft.uncertain = uncertain and draft.year is None
    return draft


def _dated(clean: str, at: int, begin: int, end: int, kind: str) -> Draft:
    draft = Draft(at, begin, end, kind)
    draft.by_name = True
    draft.title = " ".join(clean[begin:end].split()) or None
    aside = _AMENDED_ASIDE.match(clean, end)
    draft.end = end = aside.end() if aside else end
    year = _WHEN_YEAR.match(clean, end) or _BARE_YEAR.match(clean, end)
    if year:
        draft.year, draft.end = int(year.group(1)), year.end()
    dated = read_date(clean, draft.end, bare=False)
    if dated and dated.date:
        draft.date, draft.end, draft.year = dated.date, dated.end, dated.date.year
    draft.number_end = draft.end
    return draft


def _constitution(clean: str, at: int) -> Draft | None:
    begin = at + len("Hiến pháp")
    full = _CONSTITUTION.match(clean, begin)
    if full is None:
        return None
    draft = _dated(clean, at, begin, full.end(), "Hiến pháp")
    cited = bool(_CITED.search(clean, max(0, at - 40), at))
    return draft if draft.year or cited or full.end() > begin else None


def short_numbers(clean: str, data: Path | None) -> list[Draft]:
    """Documents cited by a bare number after “số” or by number and year: the letters are missing, so the
    citation is unresolved, or inferred where the type leaves one issuer only (Nghị định → Chính phủ)."""
    drafts: list[Draft] = []
    at = clean.find(" số ")
    while at >= 0:
        if clean[at + 4 : at + 5].isdigit():
            draft = _short(clean, at, at + 3, data)
            if draft:
                drafts.append(draft)
        at = clean.find(" số ", at + 4)
    for word in (
        "Nghị định ",
        "Thông tư ",
        "Nghị quyết ",
        "Quyết định ",
        "Chỉ thị ",
        "Kết luận ",
        "Kế hoạch ",
    ):
        at = clean.find(word)
        while at >= 0:
            if clean[at + len(word) : at + len(word) + 1].isdigit():
                draft = _short(clean, at + len(word) - 1, at + len(word) - 1, data)
                if draft:
                    draft.needs_full = "/" not in draft.unresolved
                    drafts.append(draft)
            at = clean.find(word, at + len(word))
    return drafts


def _short(clean: str, word_end: int, at: int, data: Path | None) -> Draft | None:
    number = _SHORT.match(clean, at, at + 20)
    if number is None:
        return None
    found = type_word_before(clean, word_end, data)
    if found is None or found[0] not in _BY_NUMBER_ALONE:
        return None
    if not clean[found[1]].isupper() and read_date(clean, number.end(), bare=False) is None:
        return None  # “quyết định 5 nội dung”; “công văn số 455 ngày 21/02/2024” is one by its day
    draft = Draft(found[1], number.start(1), number.end(), found[0])
    draft.unresolved = number.group(1) + (number.group(2) or "")
    return draft
