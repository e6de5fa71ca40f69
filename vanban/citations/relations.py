"""What the citing text does with a document: the cue before the citation, its direction, the provision."""

from __future__ import annotations

import re

from vanban.citations.citation import Draft

_NAMED = r"(?:[ \n]+(?:các )?(?:Nghị quyết|Kết luận|Chỉ thị|Luật|Chương trình|Kế hoạch|Chiến lược|Đề án|Văn kiện)[^;.:\n]{3,110}?(?:,| và))?"
_FILL = _NAMED + r"(?:[ \n]+[^\s,;:.()“”\"]{1,12}){0,5}?"
_CUES: tuple[tuple[str, str, str], ...] = (
    (r"(?:được|bị|đã)(?: được| bị)?[ \n]thay thế(?:[ \n](?:bởi|bằng|theo|tại))?", "thay thế", "in"),
    (r"(?:được|bị|đã)(?: được)?[ \n](?:sửa đổi|bổ sung)(?:,? (?:và )?bổ sung)?(?:[^;.\n]{0,40}?(?:bởi|bằng|theo|tại))", "sửa đổi bổ sung", "in"),
    (r"(?:được|bị|đã)(?: được| bị)?[ \n](?:bãi bỏ|hủy bỏ|huỷ bỏ)(?:[ \n](?:bởi|bằng|theo|tại))", "bãi bỏ", "in"),
    (r"(?:[Tt]heo quy định|[Qq]uy định|[Qq]uy chế)[^;.\n]{0,24}? ban hành (?:tại|theo)", "kèm theo", "out"),
    (r"(?:ban hành[ \n])?[Kk]èm theo", "kèm theo", "out"),
    (r"[Đđ]ề nghị[^;.]{0,120}?(?:tại|theo)", "đề nghị", "out"),
    (r"(?:[Tt]heo )?(?:đề nghị|ý kiến(?! chỉ đạo| kết luận)|đề xuất|kiến nghị)[^;.]{0,120}?(?:tại|theo)", "đề nghị", "out"),
    (r"(?:phù hợp|trái|mâu thuẫn|vi phạm)(?: với)?", "dẫn chiếu", "out"),
    (r"(?:[Qq]uy định|hợp nhất|nêu|ban hành|phê duyệt|giao|thẩm định|chỉ đạo|phân công|kết luận|yêu cầu)(?:[ \n]chi tiết)?[ \n](?:tại|theo|trong)", "dẫn chiếu", "out"),
    (r"[Ss]ửa đổi(?:,? (?:và )?bổ sung)?(?:[^;.\n]{0,60}?(?:của|tại))?", "sửa đổi bổ sung", "out"),
    (r"[Bb]ổ sung(?:[^;.\n]{0,60}?(?:của|tại))?|[Đđ]iều chỉnh(?:[^;.\n]{0,60}?(?:của|tại))", "sửa đổi bổ sung", "out"),
    (r"[Tt]hay thế(?:[^;.\n]{0,30}?(?:của|tại))?", "thay thế", "out"),
    (r"(?:[Bb]ãi bỏ|[Hh]ủy bỏ|[Hh]uỷ bỏ|[Đđ]ình chỉ|[Tt]hu hồi)(?:[^;.\n]{0,40}?(?:của|tại))?", "bãi bỏ", "out"),
    (r"[Qq]uy định chi tiết|[Hh]ướng dẫn", "hướng dẫn", "out"),
    (r"[Cc]ăn cứ|CĂN CỨ", "căn cứ", "out"),
    (r"[Tt]hực hiện|[Tt]riển khai|[Tt]hi hành|THỰC HIỆN|[Qq]uán triệt|[Tt]hể chế hóa|[Cc]ụ thể hóa", "thực hiện", "out"),
    (r"[Tt]heo|[Qq]uy định của|[Vv]iện dẫn|[Tt]ại|[Tt]rên cơ sở", "dẫn chiếu", "out"),
)  # fmt: skip
_KEYS = (
    ("thay thế",), ("sửa đổi", "bổ sung"), ("bãi bỏ", "hủy bỏ", "huỷ bỏ"), ("ban hành",), ("kèm theo",), ("đề nghị",),
    ("đề nghị", "ý kiến", "đề xuất", "kiến nghị"), ("phù hợp", "trái", "mâu thuẫn", "vi phạm"),
    (" tại", " theo", " trong", "\ntại", "\ntheo"), ("sửa đổi",), ("bổ sung", "điều chỉnh"), ("thay thế",),
    ("bãi bỏ", "hủy bỏ", "huỷ bỏ", "đình chỉ", "thu hồi"), ("quy định chi tiết", "hướng dẫn"), ("căn cứ",),
    ("thực hiện", "triển khai", "thi hành", "quán triệt", "thể chế", "cụ thể hóa"),
    ("theo", "quy định", "viện dẫn", "tại", "trên cơ sở"),
)  # fmt: skip
_LAST_CUE = [
    (keys, re.compile(rf"(?<!\w)({cue})(?!\w){_FILL}[ \n]*$"), name, way)
    for keys, (cue, name, way) in zip(_KEYS, _CUES, strict=True)
]
_PROVISION = re.compile(
    r"(?<!\w)((?:(?:các )?(?:[Đđ]iểm|[Kk]hoản|[Đđ]iều|[Mm]ục|[Cc]hương|[Pp]hần|[Pp]hụ lục)[ \n]{1,2}"
    r"(?:\d{1,3}[a-zđ]?|[a-zđ]|[IVXL]{1,6})(?:(?:,| và|, và| đến| -)[ \n](?:\d{1,3}[a-zđ]?|[a-zđ](?![\w])|[IVXL]{1,6})(?!\w)){0,8},?[ \n]{1,2}(?:và )?){1,10})"
    r"(?:của[ \n]{1,2})?$"
)
_EXPIRES = re.compile(
    r",?[ \n](?:sẽ )?(?:hết hiệu lực|chấm dứt hiệu lực|bị bãi bỏ|được bãi bỏ)(?: thi hành)?(?:,| )[^.;]{0,90}"
)
_LISTED = re.compile(r"[ \n]?(?:[,;]|và)[ \n](?:và )?(?:các )?")
_REACH = 120
_SHORTEST_CUE = 4


def read_relation(clean: str, draft: Draft, floor: int) -> None:
    """Fill ``provision``, ``relation`` and ``direction`` from the words between ``floor`` and the citation."""
    begin, end = max(floor, draft.start - _REACH), draft.start
    if end - begin < _SHORTEST_CUE:
        return
    window = clean[begin:end]
    if "iều" in window or "hoản" in window or "iểm" in window:
        provision = _PROVISION.search(clean, max(begin, end - 90), end)
        if provision:
            draft.cue_end = end = provision.start()
            draft.provision = " ".join(provision.group(1).split()).rstrip(",")
            window = clean[begin:end]
    words = window.rstrip()
    cut = max(words.rfind(";"), _paragraph_start(words), words.rfind(". "), words.rfind(": "))
    _cue(window[cut + 1 :], draft)


def expire(clean: str, drafts: list[Draft]) -> None:
    """“Nghị định số A, Nghị định số B … hết hiệu lực kể từ ngày Nghị định này có hiệu lực”: what is said behind
    a whole list of documents with no cue before them."""
    following: Draft | None = None
    for draft in reversed(drafts):
        if draft.parent is not None:
            continue
        ends = _EXPIRES.match(clean, draft.title_end) is not None
        listed = (
            following is not None
            and following.relation == "bãi bỏ"
            and bool(_LISTED.fullmatch(clean, draft.title_end, following.start))
        )
        if draft.relation is None and (ends or listed):
            draft.relation, draft.direction = "bãi bỏ", "out"
            following = draft
        else:
            following = None


def _paragraph_start(words: str) -> int:
    """The last line break that is no mere wrap: behind the mark of an end or before that of an item."""
    cut = words.rfind("\n")
    while cut > 0 and words[cut - 1] not in ".;:|\n" and words[cut + 1 : cut + 2] not in ("-", "+", "*", "|", "\n"):
        cut = words.rfind("\n", 0, cut)
    return cut


def _cue(window: str, draft: Draft) -> None:
    """The cue that governs: the first kind in the table, unless a later one stands behind a comma."""
    start = core = -1
    lowered = window.lower()
    for keys, pattern, name, way in _LAST_CUE:
        for key in keys:
            if key in lowered:
                break
        else:
            continue
        found = pattern.search(window)
        if found is None or found.start() <= start:
            continue
        if start >= 0 and (found.start() < core or "," not in window[core : found.start()]):
            continue
        start, core = found.start(), found.end(1)
        draft.relation, draft.direction = name, way
