"""How far a title runs, and which citation lies inside the title of which.

A title opens behind the date or issuer with “về”, a verb, a capital verb or a quote, and ends at a semicolon,
a sentence end, a closing quote, or where the main clause takes over (“, Sở … báo cáo như sau”). A citation
inside a running title hangs on the one whose title it is (right-branching); “và” and commas between two
citations make them siblings.
"""

from __future__ import annotations

import re

from vanban.citations.citation import Draft

_VERBS = r"""ban hành|quy định|phê duyệt|triển khai|thực hiện|hướng dẫn|sửa đổi|bổ sung|công bố|thông báo|thông qua|thành lập
|kiện toàn|tăng cường|đẩy mạnh|bãi bỏ|thay thế|điều chỉnh|giao|tiếp tục|báo cáo|đề nghị|phân công|ủy quyền|xử phạt|công nhận
|cho phép|chấp thuận|tổng kết|sơ kết|nâng cao|phát động|góp ý|hỗ trợ|phân bổ|phân cấp|yêu cầu|hợp nhất|tổ chức|xây dựng
|phát triển|chấn chỉnh|bảo đảm|đảm bảo|đổi mới|chỉ đạo|cung cấp|xin ý kiến|lấy ý kiến|tham gia|đính chính|cử|bổ nhiệm|phòng
|khen thưởng|quản lý|cụ thể hóa|chương trình|kế hoạch|rà soát|đôn đốc|mời|trả lời|gửi|hủy bỏ|huỷ bỏ|thu hồi|cấp|tặng|ứng phó
|đánh giá|tuyên truyền|nghiệm thu|thanh tra|kiểm tra|đề xuất|đăng ký|ứng dụng|bảo vệ|thu hút|đào tạo|giải quyết
|cải cách|chuyển đổi|thẩm định|xác nhận|chuyển giao|thí điểm|khắc phục|kết luận|định mức|mức chi|mức thu|chế độ|chính sách
|cơ chế|quy chế|quy trình|nội dung|chức năng|quyết định chủ trương|chủ trương|danh mục|một số""".replace(
    "\n", ""
)
_OPENER = re.compile(
    r"[ \t]{0,3}(?:,[ ]?(?=về |V/v|quy định |ban hành |phê duyệt |sửa đổi))?[ ]{0,3}[*_]{0,2}"
    r"(?:(?P<about>(?:về việc|về|Về việc|Về|V/v:?|v/v)[ \n]{1,3})|(?=[“\"«])|(?:[-:][ ])?(?P<verb>(?:"
    + _VERBS
    + r")(?!\w)))",
    re.IGNORECASE,
)
_SHUT = frozenset(";.)\n/")
_ABOUT = re.compile(r"(?:về việc|về|V/v)\s{1,3}", re.IGNORECASE)
_QUOTES = {"“": "”", "«": "»", '"': '"'}
_END = re.compile(
    r"[;\n“”«»\"()…]|\.(?=[ \n*]|$)|,[ ]?\.\.|\.\.\.|,[ \n]|[ \n](?:đã|như sau|được|sẽ|không còn|hết hiệu lực)[ \n;,.]"
)
_ABBREVIATIONS = ("TP", "Tp", "TX", "Tr", "ThS", "TS", "PGS", "GS", "P", "Q", "NXB", "sp")
_CLAUSE = re.compile(
    r"(?:Sở|UBND|Ủy ban|Bộ|Ban|Chi cục|Cục|Văn phòng|Trung tâm|Phòng|Công ty|HĐND|Thường trực|Tỉnh ủy|Viện|Trường|Hội|Đảng"
    r"|Thủ trưởng|Chủ tịch|Giám đốc|Công an|Đoàn|Thanh tra|Thủ tướng|Chính phủ|Tổ|Tổng|Kho bạc|Bảo hiểm|Xã|Phường|toàn |các |đến "
    r"|trong |theo |nay|cụ thể|với |nhằm |góp phần|trong đó|theo đó|qua đó|đồng thời|kết quả|hiện nay|tính |năm 20|ngay |đơn vị|tỉnh |sở "
    r"|cơ quan|căn cứ|trên cơ sở|Đảng ủy|Huyện|Thành phố|Tỉnh|thời gian|thay thế|có hiệu lực|tại |ngày |từ |tổng |đề nghị|bao gồm|gồm )"
)
_SUBJECT = re.compile(
    r"(?:Sở|UBND|Ủy ban|Bộ|Ban|Chi cục|Cục|Văn phòng|Trung tâm|Công an|Đoàn|Thanh tra|Hội|các |Viện|Trường|tỉnh |sở )"
)
_PREDICATE = re.compile(
    r"[ ](?:đã|báo cáo|xin|đề nghị|kính|ban hành|tổ chức|triển khai|có|tham mưu|trân trọng|tiếp tục|chủ động|được|yêu cầu"
    r"|giao|thông báo|gửi|phối hợp|chỉ đạo|xây dựng|quyết định|nhận|đang|sẽ|phải|cần|tập trung|thực hiện|là|không|trình)(?= |$)"
)
_SIBLING = re.compile(
    r"^[ \n)]{0,3}(?:[,;][ \n]{0,3})?(?:(?:và|hoặc|hay|cùng|cũng như|cùng với|&)[ \n]{1,3})?(?:các |những |cả |tại |theo |của )?$"
)
_AND = re.compile(r"(?:[,]|[ \n](?:và|hoặc|cùng với|,))[ \n]{0,3}(?:các |những |tại |theo |của )?$")
_AMENDED = re.compile(
    r"[ ,]{0,3}\(?(?:đã )?(?:được )?(?:sửa đổi|bổ sung|thay thế|hợp nhất)[^;.()\n]{0,80}(?:bởi|bằng|tại|theo)[ \n]{1,2}(?:các )?$"
)
_PLURAL = re.compile(r"(?:các|những|một số điều của)[ \n][^;.]{0,60}:?[ \n]{0,2}$|:[ \n]{0,2}$")
_NOT_TITLE = re.compile(r"[ \n]{0,3}(?:,|và |hoặc |\)|đã |được |là |để |nhằm |tại |trong |còn )")
_PLANNED = re.compile(
    r"(?<![\w“])(?:Chương trình|Đề án|Kế hoạch|Chiến lược|Quy chế|Quy định|Dự án|Quy hoạch|Nội quy|Danh mục|Bộ chỉ số|Bộ tiêu chí)[ ]"
)
_LONGEST = 700
_LONGEST_CHAIN = 2000  # a title with the titles nested in it


def nest(clean: str, drafts: list[Draft]) -> None:
    """Fill ``parent``, ``title`` and ``title_end`` of all drafts, which stand in reading order."""
    hard_ends = [_hard_end(clean, draft) for draft in drafts]
    children: list[int | None] = [None] * len(drafts)  # the last child, which carries the title's end
    for index in range(1, len(drafts)):
        parent = _parent(clean, drafts, index, hard_ends)
        drafts[index].parent = parent
        if parent is not None:
            children[parent] = index
    for index in range(len(drafts) - 1, -1, -1):
        draft = drafts[index]
        following = drafts[index + 1].start if index + 1 < len(drafts) else len(clean)
        end = hard_ends[index]
        child = children[index]
        if child is not None and end > drafts[child].start:
            end = max(drafts[child].title_end, drafts[child].end)
        elif following < end:
            end = _trimmed(clean, draft.end, following)
        draft.title_end = max(min(end, draft.end + _LONGEST_CHAIN), draft.end)
        if draft.title is None:
            draft.title = _title(clean, draft) or _title_before(clean, draft)


def _hard_end(clean: str, draft: Draft) -> int:
    """Where the title of ``draft`` ends at the latest, other citations aside; its own end when none opens."""
    if clean[draft.end : draft.end + 1] in _SHUT:
        return draft.end
    opened = _OPENER.match(clean, draft.end, draft.end + 40)
    if opened is None:
        return draft.end
    at = opened.end()
    draft.title_at = opened.start("verb") if opened.group("verb") else at
    if clean[at : at + 1] in _QUOTES and opened.group("verb") is None:
        return _closing(clean, at) + 1
    limit = min(len(clean), at + _LONGEST)
    while True:
        found = _END.search(clean, at, limit)
        if found is None:
            return limit
        if (end := _ends(clean, found, draft)) is not None:
            return end
        at = found.end()
        mark = found.group()
        if mark in _QUOTES:
            at = _closing(clean, found.start()) + 1
            if clean[at : at + 1] == ",":
                return at
        elif mark == "(":
            close = clean.find(")", at, at + 200)
            at = close + 1 if close >= 0 else at
        at = min(max(at, found.start() + 1), limit)


def _ends(clean: str, found: re.Match[str], draft: Draft) -> int | None:
    mark, at = found.group(), found.start()
    if mark in ("“", "«", '"'):
        return None
    if mark == "\n":
        return at if _paragraph_ends(clean, at) else None
    if mark == ".":
        word = clean[max(0, at - 6) : at].rsplit(None, 1)[-1:] or [""]
        return None if word[0] in _ABBREVIATIONS else at
    if mark[0] == "," and mark[1:].strip() == "":
        return at if _main_clause(clean, found.end()) else None
    if mark == "(":
        inside = clean[at + 1 : at + 12].lower()
        return (
            at
            if inside.startswith(
                (
                    "sau đây",
                    "gọi tắt",
                    "được sửa",
                    "đã được",
                    "sửa đổi",
                    "bổ sung",
                    "hợp nhất",
                    "thời gian",
                    "kèm",
                    "thay",
                    "có ",
                    "đính",
                    "qua ",
                )
            )
            else None
        )
    if mark.strip() in ("được", "sẽ", "đã"):
        # “đã”, “được” end a title only where a passive or a main verb takes over the sentence
        return (
            at
            if re.match(
                r"(?:thay thế|sửa đổi|bãi bỏ|ban hành|phê duyệt|có hiệu lực|hết hiệu lực|quy định|đề ra)",
                clean[found.end() :][:20],
            )
            else None
        )
    return at


_NEXT_LINE = re.compile(
    r"[ \t]{0,20}(?:[\n|*+#-]|[IVX\d]{1,4}[.)]|[a-zđ]\)|Căn cứ|Theo |Xét |Điều |Thực hiện |[A-ZĐÀ-Ỹ]{2,} [A-ZĐÀ-Ỹ]{2,}"
    r"|[A-ZĐ]\w{1,6} \w{2,6} (?:này|số) |$)"
)
_RUNS_ON = (
    "hiện",
    "của",
    "và",
    "thế",
    "theo",
    "tại",
    "bỏ",
    "dẫn",
    "khai",
    "sung",
    "đổi",
    "hành",
    "các",
    "hoặc",
    ",",
)


def _paragraph_ends(clean: str, at: int) -> bool:
    """Whether the line break at ``at`` ends a paragraph: all do but those of text wrapped at a fixed width."""
    length = at - clean.rfind("\n", max(0, at - 140), at)
    if clean[max(0, at - 8) : at].rstrip().endswith(_RUNS_ON):
        return False
    return not 40 <= length <= 125 or bool(_NEXT_LINE.match(clean, at + 1, at + 40))


def _main_clause(clean: str, at: int) -> bool:
    starts = _CLAUSE.match(clean, at, at + 20)
    if starts is None:
        return False
    if _SUBJECT.match(clean, at, at + 20):
        sentence = re.split(r"[;\n“]", clean[at : at + 130])[0]
        return bool(_PREDICATE.search(sentence))
    return True


def _closing(clean: str, at: int) -> int:
    """The quote that closes the one at ``at``; nested quotes are counted, to a bounded distance."""
    opening, closing = clean[at], _QUOTES[clean[at]]
    limit = min(len(clean), at + _LONGEST)
    if opening == closing:
        close = clean.find(closing, at + 1, limit)
        return close if close >= 0 else limit - 1
    depth = 0
    for place in range(at, limit):
        if clean[place] == opening:
            depth += 1
        elif clean[place] == closing:
            depth -= 1
            if depth == 0:
                return place
    return limit - 1


def _parent(clean: str, drafts: list[Draft], index: int, hard_ends: list[int]) -> int | None:
    last, draft = drafts[index - 1], drafts[index]
    if draft.start < last.end:
        return index - 1 if last.start <= draft.start else None
    gap = clean[last.end : draft.start]
    if len(gap) < 40 and _SIBLING.match(gap):
        if ";" in gap and not _keeps_list(clean, drafts, last.parent):
            return None
        return last.parent
    if _AMENDED.match(clean, min(hard_ends[index - 1], draft.start), draft.start):
        return index - 1
    if hard_ends[index - 1] <= draft.start:
        reach = hard_ends[index - 1]
        up = last.parent
        between = clean[reach : draft.start]
        if (
            up is not None
            and len(between) < 24
            and _SIBLING.match(between)
            and ";" not in between
            and "\n" not in between
        ):
            return up
        return None
    if _NOT_TITLE.match(gap):
        return None
    if _AND.search(gap):
        return last.parent
    return index - 1


def _keeps_list(clean: str, drafts: list[Draft], parent: int | None) -> bool:
    """Whether the parent's title opened a list (“các Thông tư: số …; số …”) that a semicolon continues."""
    if parent is None or parent + 1 >= len(drafts):
        return False
    return bool(_PLURAL.search(clean[drafts[parent].end : drafts[parent + 1].start]))


def _trimmed(clean: str, begin: int, end: int) -> int:
    """A title that ran into the next citation gives back the “và”, “,”, “thay thế” before it."""
    gap = clean[begin:end]
    cut = re.search(
        r"(?:[,;(]|[ \n](?:và|hoặc|theo|tại|thay thế|của|cùng với))[ \n]{0,3}(?:các |những )?$", gap
    )
    return begin + cut.start() if cut else end


def _title(clean: str, draft: Draft) -> str | None:
    if draft.title_at < 0 or draft.title_end <= draft.end:
        return None
    words = " ".join(clean[draft.title_at : draft.title_end].split())
    words = _unquoted(words.replace("*", "").strip("_ ,."))
    return (words[m.end() :] if (m := _ABOUT.match(words)) else words).strip() or None


def _unquoted(words: str) -> str:
    for opening, closing in _QUOTES.items():
        if words.startswith(opening):
            if words.endswith(closing) and len(words) > 1:
                return words[1:-1]
            if words.count(opening) > words.count(closing) or (
                opening == closing and words.count(opening) == 1
            ):
                return words[1:]
    return words


def _title_before(clean: str, draft: Draft) -> str | None:
    """“Chương trình … đến năm 2030 (Quyết định số …)”: the noun phrase before the bracket."""
    before = clean[max(0, draft.start - 3) : draft.start]
    bracket = before.rfind("(")
    if bracket < 0:
        return None
    at = draft.start - len(before) + bracket
    window = clean[max(0, at - 300) : at].rstrip()
    sentence = re.split(r"[;\n]|\.(?=[ ][A-ZĐ])", window)[-1]
    named = None
    for candidate in _PLANNED.finditer(sentence):
        named = named or candidate
    if named is None:
        return None
    return " ".join(sentence[named.start() :].split()) or None
