"""Where a title opens and where it ends, other citations aside (domain notes §4.4)."""

from __future__ import annotations

import re

from vanban.citations.citation import Draft

_VERBS = frozenset(
    w.strip()
    for w in """ban hành|quy định|phê duyệt|triển khai|thực hiện|hướng dẫn|sửa đổi|bổ sung|công bố|thông báo|thông qua|thành lập
|kiện toàn|tăng cường|đẩy mạnh|bãi bỏ|thay thế|điều chỉnh|giao|tiếp tục|báo cáo|đề nghị|phân công|ủy quyền|xử phạt|công nhận
|cho phép|chấp thuận|tổng kết|sơ kết|nâng cao|phát động|góp ý|hỗ trợ|phân bổ|phân cấp|yêu cầu|hợp nhất|tổ chức|xây dựng
|phát triển|chấn chỉnh|bảo đảm|đảm bảo|đổi mới|chỉ đạo|cung cấp|xin ý kiến|lấy ý kiến|tham gia|đính chính|cử|bổ nhiệm|phòng
|khen thưởng|quản lý|cụ thể hóa|chương trình|kế hoạch|rà soát|đôn đốc|mời|trả lời|hủy bỏ|huỷ bỏ|thu hồi|cấp|tặng|ứng phó
|đánh giá|tuyên truyền|nghiệm thu|thanh tra|kiểm tra|đề xuất|đăng ký|ứng dụng|bảo vệ|thu hút|đào tạo|giải quyết
|cải cách|chuyển đổi|thẩm định|xác nhận|chuyển giao|thí điểm|khắc phục|kết luận|định mức|mức chi|mức thu|chế độ|chính sách
|cơ chế|quy chế|quy trình|nội dung|chức năng|quyết định chủ trương|chủ trương|danh mục|một số""".replace(
        "\n", ""
    ).split("|")
)
_ABOUT = re.compile(r"(?:về việc|về|V/v:?)(?:[ \n]{1,3})", re.IGNORECASE)
_AFTER_COMMA = ("về", "v/v", "quy định", "ban hành", "phê duyệt", "sửa đổi")
_LEAD = re.compile(r"[ \t]{0,3}(?:,[ ])?[ ]{0,3}[*_]{0,2}(?:[-:][ ])?")
_SHUT = frozenset(";.)\n/")
QUOTES = {"“": "”", "«": "»", '"': '"'}
_PAIRS = {opening: re.compile(f"[{opening}{closing}]") for opening, closing in QUOTES.items()}
_END = re.compile(r"[;\n“”«»\"()….,]")
_TAKES_OVER = re.compile(
    r"[ \n](?:(?:đã|được|sẽ)(?: được| bị)? (?:thay thế|sửa đổi|bãi bỏ|ban hành|phê duyệt|có hiệu lực|hết hiệu lực|quy định|đề ra)"
    r"|như sau|không còn|hết hiệu lực)(?!\w)"
)
_TAKING_OVER = ("đã ", "được ", "sẽ ", "như sau", "không còn", "hết hiệu lực")
_ASIDES = (
    "sau đây", "gọi tắt", "được sửa", "đã được", "sửa đổi", "bổ sung", "hợp nhất", "thời gian", "kèm", "thay", "có ",
    "đính", "qua ",
)  # fmt: skip
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
_LONGEST = 700
_DONE_BY = frozenset(("thực hiện", "triển khai", "quy định", "ban hành", "phê duyệt", "giải quyết"))
_DONE_AS = frozenset(("theo", "tại", "đúng", "nghiêm", "như", "từ", "ngay", "tốt"))


def opening(clean: str, at: int) -> int:
    """Where the words of a title begin that opens at ``at`` (“về việc” left out), or -1 when none opens."""
    if clean[at : at + 1] in _SHUT:
        return -1
    lead = _LEAD.match(clean, at, at + 12)
    begin = lead.end() if lead else at
    if clean[begin : begin + 1] in QUOTES:
        return begin
    words = clean[begin : begin + 26].lower().split(None, 2)
    if not words:
        return -1
    pair = " ".join(words[:2]).rstrip(",;:")
    if "," in clean[at:begin] and not (words[0] in _AFTER_COMMA or pair in _AFTER_COMMA):
        return -1
    if words[0] in ("(về", "(v/v"):
        begin, words[0] = begin + 1, words[0][1:]
    about = _ABOUT.match(clean, begin, begin + 14) if words[0] in ("về", "v/v", "v/v:") else None
    if about:
        return about.end()
    if pair in _VERBS or words[0] in _VERBS:
        third = words[2].split(None, 1)[0] if len(words) > 2 else ""
        return -1 if pair in _DONE_BY and third in _DONE_AS else begin
    return -1


def hard_end(clean: str, draft: Draft) -> int:
    """Where the title of ``draft`` ends at the latest; its own end when none opens. Fills ``title_at``."""
    at = draft.title_at = opening(clean, draft.end)
    if at < 0:
        return draft.end
    if clean[at : at + 1] in QUOTES:
        return closing(clean, at) + 1
    end = _marked_end(clean, at, min(len(clean), at + _LONGEST))
    words = clean[at:end]
    if any(word in words for word in _TAKING_OVER):
        over = _TAKES_OVER.search(words)
        if over:
            return at + over.start()
    return end


def _marked_end(clean: str, at: int, limit: int) -> int:
    """The first mark that ends a title; quotes and brackets inside it are stepped over."""
    while True:
        found = _END.search(clean, at, limit)
        if found is None:
            return limit
        place, mark = found.start(), found.group()
        at = place + 1
        if mark in QUOTES:
            at = max(closing(clean, place) + 1, at)
            if clean[at : at + 1] == ",":
                return at
        elif mark == "(":
            if clean[at : at + 12].lower().startswith(_ASIDES):
                return place
            close = clean.find(")", at, at + 200)
            at = close + 1 if close >= 0 else at
        elif _ends(clean, place, mark):
            return place
        if at >= limit:
            return limit


def _ends(clean: str, at: int, mark: str) -> bool:
    following = clean[at + 1 : at + 2]
    if mark == ",":
        if following == "." or clean.startswith(" ..", at + 1):
            return True
        return following in (" ", "\n") and _main_clause(clean, at + 2)
    if mark == ".":
        if clean.startswith("..", at + 1):
            return True
        if following not in (" ", "\n", "*", ""):
            return False
        word = clean[max(0, at - 6) : at].rsplit(None, 1)[-1:] or [""]
        return word[0] not in _ABBREVIATIONS
    return _paragraph_ends(clean, at) if mark == "\n" else True


_NEXT_LINE = re.compile(
    r"[ \t]{0,20}(?:[\n|*+#-]|[IVX\d]{1,4}[.)\t|]|\d{1,3} [|]|[a-zđ]\)|Căn cứ|Theo |Xét |Điều |Thực hiện |[A-ZĐÀ-Ỹ]{2,} [A-ZĐÀ-Ỹ]{2,}"
    r"|[A-ZĐ]\w{1,6} \w{2,6} (?:này|số) |$)"
)
_GROUND = re.compile(r"[ \t]{0,4}(?:Căn cứ|Xét đề nghị|Theo đề nghị|Xét Tờ trình|Điều \d)")
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
    if _GROUND.match(clean, at + 1, at + 20):
        return True
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


def closing(clean: str, at: int) -> int:
    """The quote that closes the one at ``at``; nested quotes are counted, to a bounded distance."""
    opening, closing = clean[at], QUOTES[clean[at]]
    limit = min(len(clean), at + _LONGEST)
    if opening == closing:
        close = clean.find(closing, at + 1, limit)
        return close if close >= 0 else limit - 1
    depth = 0
    for mark in _PAIRS[opening].finditer(clean, at, limit):
        depth += 1 if mark.group() == opening else -1
        if depth == 0:
            return mark.start()
    return limit - 1
