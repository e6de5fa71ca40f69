"""The head of a document: parent, issuer, number, symbol, place, date, type, title.

The two columns of the head arrive in any order: side by side, left column first, right column first, with
lines broken anywhere. So the parts are known by their words, not by their place."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from itertools import takewhile

from vanban.document import Header
from vanban.outline.lines import Line, columns, run_together
from vanban.syllables import fold

_HEAD_LINES = 45
_NUMBER = re.compile(
    r"(?:^|\s)[Ss]ố\s{0,3}:?\s{0,12}(?P<number>\d{0,6}[a-z]?(?:\s?/\s?(?:19|20)\d\d)?|[.…_]{1,30})\s{0,3}(?P<sep>[/-])\s{0,3}"
    r"(?P<symbol>[A-ZĐ][\w&.,Đ]{0,20}(?:\s?[-/]\s?[\w&.,]{1,20}){0,4})"
)
#: The right column of the head, where its row came as one line with the issuer's: “BỘ CÔNG AN CỘNG HÒA XÃ HỘI …”.
_NATION_BESIDE = re.compile(
    r"(?<=\S)\s+(?:CỘNG H[OÒ][AÀ] XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM|Độc lập\s*[-–]).*$",
)
_PLACE_DATE = re.compile(
    r"(?P<place>[^\W\d_][^\d,;:|\n\t]{1,40}),\s{0,4}ngày\s{0,12}(?P<day>\d{0,2})[\s.…_/]{0,16}tháng\s{0,8}(?P<month>\d{0,2})[\s.…_/]{0,16}"
    r"năm\s{0,4}(?P<year>\d{0,4})"
)
_SUBJECT = re.compile(r"^(?:V/v|v/v|V/V|Về việc|về việc)\s*:?\s*(?P<title>.+)")
_BODY = re.compile(
    r"^(?:Kính gửi|Kính trình|Căn cứ|Thực hiện|Theo đề nghị|Xét|Triển khai|Phần\s|PHẦN\s|Chương\s|CHƯƠNG\s|Điều\s\d|[IVX]{1,4}\s?[.)-]|[A-Z0-9]\s?[.)]\s|Ngày\s|Trong\s|Để\s|Sau\s|Nhằm\s|Qua\s)"
)
_AUTHORITY = re.compile(
    r"^(?:(?:CHỦ TỊCH|GIÁM ĐỐC|BỘ TRƯỞNG|THỦ TƯỚNG|CHÁNH|TỔNG|HỘI ĐỒNG NHÂN DÂN|ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|QUỐC HỘI|BAN|BỘ|SỞ|THƯỜNG TRỰC|TRƯỞNG|CỤC TRƯỞNG|CHI CỤC TRƯỞNG)\b)"
)
_ORGANISATION = re.compile(
    r"^(?:UBND|ỦY BAN|UỶ BAN|HĐND|HỘI|SỞ|BỘ|CHI CỤC|CỤC|TRUNG TÂM|BAN|VĂN PHÒNG|THANH TRA|CÔNG AN|TỈNH ỦY|TỈNH UỶ|THÀNH ỦY|HUYỆN ỦY|ĐẢNG|"
    r"CÔNG TY|TỔNG|VIỆN|TRƯỜNG|BỆNH VIỆN|PHÒNG|THỦ TƯỚNG|CHÍNH PHỦ|QUỐC HỘI|TÒA ÁN|BẢO HIỂM|NGÂN HÀNG|KHO BẠC|LIÊN|MẶT TRẬN|ĐOÀN|TẬP ĐOÀN|"
    r"QUỸ|KIỂM TOÁN|BCH|BCĐ|TỔ|HỌC VIỆN|ĐẠI HỌC|BẢO TÀNG|THƯ VIỆN|CHỦ TỊCH|BTV|MTTQ|CẢNG|XÍ NGHIỆP|NHÀ|ĐÀI|BÁO|TẠP CHÍ)\b"
)
_NATION = "cong hoa xa hoi chu nghia viet nam"
_NO_NAME = re.compile(r"^(?:[\d/(]|SỐ\b|Số\b|V/v|V/V|VỀ VIỆC|DỰ THẢO|KHẨN|HỎA TỐC|THƯỢNG KHẨN|MẬT|TỐI MẬT|BẢN SAO)")
_UNFINISHED = (
    " VÀ",
    ",",
    " CỦA",
    "THANH TRA",
    "VĂN PHÒNG",
    "KIỂM TOÁN",
    "HỘI ĐỒNG",
    "BAN CHỈ ĐẠO",
    "BAN QUẢN LÝ",
    "BAN CHẤP HÀNH",
)
KINDS = (
    "NGHỊ QUYẾT", "QUYẾT ĐỊNH", "CHỈ THỊ", "QUY CHẾ", "QUY ĐỊNH", "THÔNG CÁO", "THÔNG BÁO", "HƯỚNG DẪN", "CHƯƠNG TRÌNH",
    "CHƯƠNG TRÌNH HÀNH ĐỘNG", "KẾ HOẠCH", "PHƯƠNG ÁN", "ĐỀ ÁN", "DỰ ÁN", "BÁO CÁO", "BIÊN BẢN", "TỜ TRÌNH", "HỢP ĐỒNG", "CÔNG ĐIỆN", "CÔNG VĂN",
    "BẢN GHI NHỚ", "BẢN THỎA THUẬN", "GIẤY ỦY QUYỀN", "GIẤY MỜI", "GIẤY GIỚI THIỆU", "GIẤY NGHỈ PHÉP", "PHIẾU GỬI", "PHIẾU CHUYỂN", "PHIẾU BÁO",
    "HIẾN PHÁP", "LUẬT", "BỘ LUẬT", "PHÁP LỆNH", "LỆNH", "NGHỊ ĐỊNH", "THÔNG TƯ", "THÔNG TƯ LIÊN TỊCH", "NGHỊ QUYẾT LIÊN TỊCH", "VĂN BẢN HỢP NHẤT",
    "KẾT LUẬN", "QUY TRÌNH", "THÔNG TRI", "THÔNG BÁO KẾT LUẬN", "LỜI KÊU GỌI", "TỜ TRÌNH VÀ DỰ THẢO", "CÔNG BỐ", "ĐÁNH GIÁ",
)  # fmt: skip
_KINDS = {fold(kind): kind for kind in KINDS}


@dataclass
class Head:
    """The header, where the body begins (index of line), and the month of a date without its day."""

    header: Header
    body: int
    month: dt.date | None = None
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)


def read_head(lines: list[Line]) -> Head:
    """The head of a document; an empty header with body 0 where the lines show none."""
    top = lines[:_HEAD_LINES]
    kind_at, kind_end, kind, rest = _kind(top)
    last = kind_at if kind else _last_of_form(top)
    if last < 0:
        return Head(Header(), 0)
    form = [part for line in top[: last if kind else last + 1] for part in columns(line)]
    joined = "\n".join(line.text for line in form)
    number = _NUMBER.search(joined)
    placed = _PLACE_DATE.search(joined)
    if not (kind or number or placed):
        return Head(Header(), 0)
    units = _units(form)
    date, month = _date(placed)
    title, body = _title(top, kind_end, rest) if kind else (_subject(form), last + 1)
    header = Header(
        parent=units[-2] if len(units) > 1 else "",
        issuer=units[-1] if units else "",
        number=_number(number),
        symbol=_symbol(number),
        place=placed["place"].strip() if placed else "",
        date=date,
        kind=kind,
        title=title,
    )
    return Head(header, body, month)


def _kind(top: list[Line]) -> tuple[int, int, str, str]:
    """(line, line after, type, words after the type on its line) of the type's own line.

    The line may be broken in two, or joined with a title that begins in lower case."""
    for index, line in enumerate(top[:35]):
        words = _bare(line.text)
        capitals = " ".join(takewhile(str.isupper, line.text.split()))
        title = line.text[len(capitals) :].strip()
        if title[:1].islower() and _bare(capitals) in _KINDS:
            return index, index + 1, _KINDS[_bare(capitals)], title
        if not line.text.isupper() or line.text.endswith(":"):
            continue
        if words in _KINDS:
            return index, index + 1, _KINDS[words], ""
        following = f"{words} {_bare(top[index + 1].text)}" if index + 1 < len(top) else ""
        if following in _KINDS and not top[index + 1].gap and " " not in words:
            return index, index + 2, _KINDS[following], ""
    return -1, -1, "", ""


def _bare(words: str) -> str:
    return " ".join(fold(words).split()).strip(" .*")


def _last_of_form(top: list[Line]) -> int:
    """The last line of the head of a công văn: number, date or subject, before the addressees."""
    last, seen = -1, False
    for index, line in enumerate(top):
        if line.text.startswith(("Kính gửi", "Kính trình")):
            return index - 1 if seen else -1
        if _NUMBER.match(line.text) or _is_place_line(line.text) or _SUBJECT.match(line.text):
            last, seen = index, True
    return last if last < 25 else -1


def _is_place_line(words: str) -> bool:
    """A line of the form that gives place and date; a sentence that mentions a date is longer or goes on."""
    match = _PLACE_DATE.search(words)
    return (
        match is not None
        and len(words) - (match.end() - match.start()) < 60
        and len(words[match.end() :].strip(" .*")) < 40
    )


def _units(form: list[Line]) -> list[str]:
    """Names of the issuing side: upper-case lines that are neither the nation's name nor its motto."""
    units: list[str] = []
    broken = False
    for line in form:
        name = _NATION_BESIDE.sub("", line.text)
        if _names_nation(fold(name).lower()) or not name.isupper() or len(name) > 120 or _NO_NAME.match(name):
            broken = True
            continue
        goes_on = units and not broken and (not _ORGANISATION.match(name) or units[-1].endswith(_UNFINISHED))
        if goes_on:
            units[-1] += " " + name
        elif _ORGANISATION.match(name) or units:
            units.append(name)
        broken = False
    return [" ".join(unit.split()) for unit in units]


def _names_nation(folded: str) -> bool:
    """The nation's name (whole, or a part where the line was broken), the motto, the Party's name."""
    words = folded.strip(" .-")
    if (len(words) > 8 and words in _NATION) or ("cong h" in words and "xa h" in words):
        return True
    return words.startswith(("doc lap", "tu do", "hanh phuc", "dang cong san viet nam"))


def _number(found: re.Match[str] | None) -> str:
    if not found:
        return ""
    number = re.sub(r"[\s.…_]", "", found["number"])
    return f"{number}-{_spaceless(found['symbol'])}" if found["sep"] == "-" else number


def _symbol(found: re.Match[str] | None) -> str:
    """Ký hiệu; a Party number (“05-NQ/ĐU”) is kept whole in the number, for it has no “/” behind the count."""
    return _spaceless(found["symbol"]) if found and found["sep"] == "/" else ""


def _spaceless(words: str) -> str:
    return re.sub(r"\s", "", words).rstrip(".,")


def _date(found: re.Match[str] | None) -> tuple[dt.date | None, dt.date | None]:
    """(the date, the first day of its month); the day may be blank, as in a draft."""
    if not found or not found["month"] or len(found["year"]) != 4 or not 1 <= int(found["month"]) <= 12:
        return None, None
    year, month = int(found["year"]), int(found["month"])
    if not 1900 <= year <= 2200:
        return None, None
    try:
        return (dt.date(year, month, int(found["day"])) if found["day"] else None), dt.date(year, month, 1)
    except ValueError:
        return None, dt.date(year, month, 1)


def _title(top: list[Line], start: int, opening: str) -> tuple[str, int]:
    """(title, index of the line where the body begins) after the line of the type."""
    words: list[str] = [opening] if opening else []
    index = start
    while index < len(top) and len(words) < 8:
        line = top[index]
        if line.block is not None or _BODY.match(line.text) or (line.text.startswith("(") and words):
            break
        if words and not _runs_on(words, line):
            break
        if line.text.endswith((":", ";")) or (line.text.endswith(".") and (words or len(line.text) > 200)):
            break
        if _is_place_line(line.text) or _NUMBER.match(line.text):
            index += 1
            continue
        words.append(line.text)
        index += 1
    return " ".join(run_together(words).split()), index


def _runs_on(words: list[str], line: Line) -> bool:
    """Whether a line goes on with the title: in capitals as the title is, or begun in the middle of a sentence."""
    if _AUTHORITY.match(line.text) and (line.gap or not words[-1].endswith((",", "VÀ", "CỦA"))):
        return False
    if line.upper and words[0].isupper():
        return True
    return not line.gap and not line.upper and (line.text[0].islower() or line.bold)


def _subject(form: list[Line]) -> str:
    """Trích yếu of a công văn: “V/v …” and the lines it runs on."""
    for index, line in enumerate(form):
        found = _SUBJECT.match(line.text)
        if not found:
            continue
        words = [found["title"]]
        for more in form[index + 1 : index + 5]:
            if more.gap or more.upper or _PLACE_DATE.search(more.text) or more.text.startswith(("Kính gửi", "Số")):
                break
            words.append(more.text)
        return " ".join(run_together(words).split())
    return ""
