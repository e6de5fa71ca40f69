"""F: thể thức văn bản hành chính: Nghị định 30/2020/NĐ-CP, Phụ lục I; từ 05/3/2011 đến 04/3/2020 là Thông tư 01/2011/TT-BNV,
mà các quy tắc ở đây giữ nguyên (F2 và F11 chỉ từ Nghị định 30)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.checks.rule import CIRCULAR_01, DECREE_30, Finding, Subject, rule, short
from vanban.translation import _

_UPWARD = {"BÁO CÁO", "TỜ TRÌNH"}
_TYPE_CODES = {
    "BÁO CÁO": "BC",
    "KẾ HOẠCH": "KH",
    "QUYẾT ĐỊNH": "QĐ",
    "TỜ TRÌNH": "TTr",
    "THÔNG BÁO": "TB",
    "CHỈ THỊ": "CT",
    "NGHỊ QUYẾT": "NQ",
    "CHƯƠNG TRÌNH": "CTr",
    "HƯỚNG DẪN": "HD",
    "PHƯƠNG ÁN": "PA",
    "ĐỀ ÁN": "ĐA",
    "BIÊN BẢN": "BB",
    "GIẤY MỜI": "GM",
    "QUY CHẾ": "QC",
    "QUY ĐỊNH": "QyĐ",
}
_PLACE_DATE = re.compile(
    r"[^\n,]{2,40}, ngày (?P<day>\d{1,2}|[ .…_]*) tháng (?P<month>\d{1,2}|[ .…_]*) năm (?P<year>\d{4}|[ .…_]*)"
)
_AUTHORITY = re.compile(r"\b(?P<sign>TM|KT|TL|TUQ|Q)\.(?P<gap> ?)(?P<title>[A-ZĐÀ-Ỹ][A-ZĐÀ-Ỹ ]{3,60})")
_END = re.compile(r"(?P<end>[^\n]{0,6})\s*$")
_DEGREE = re.compile(r"^(?:GS|PGS|TS|ThS|CN|KS)[.,]")
_ADHOC = re.compile(r"\b(?:GD|PGD|PCT|CVP|PVP)\b")
_SUBJECT = re.compile(r"^\s*V/v\b", re.MULTILINE)
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


@rule("F1", "error", since=CIRCULAR_01)
def main_parts(subject: Subject) -> Iterator[Finding]:
    """Văn bản phải có đủ các thành phần chính: quốc hiệu, cơ quan, số và ký hiệu, địa danh và ngày, tên loại hoặc trích yếu,
    nội dung, chức vụ và họ tên người ký, nơi nhận. Căn cứ: Điều 8 Nghị định 30/2020/NĐ-CP; trước 05/3/2020 là Thông tư 01/2011/TT-BNV, Điều 5."""
    if not subject.is_whole:
        return
    found = subject.reading.structure
    head = found.head.header
    parts = {
        _("quốc hiệu"): subject.from_tree or "CỘNG HÒA XÃ HỘI CHỦ NGHĨA" in subject.words.upper().replace("HOÀ", "HÒA"),
        _("ký hiệu"): bool(head.symbol or head.number),
        _("địa danh"): bool(head.place),
        _("trích yếu"): bool(head.title),
        _("họ tên người ký"): bool(found.signature.name),
        _("nơi nhận"): bool(found.recipients),
    }
    for name, there in parts.items():
        if not there:
            yield subject.at_line(
                "F1", 0, _("Thiếu {name}.").format(name=name), _("Bổ sung theo {law}.").format(law=subject.form_law)
            )


@rule("F2", "error", since=DECREE_30)
def addressed(subject: Subject) -> Iterator[Finding]:
    """Báo cáo, tờ trình gửi cấp trên phải có “Kính gửi”; khi có “Kính gửi” thì nơi nhận mở đầu bằng “Như trên”.
    Căn cứ: Phụ lục I, Phần I, Mục II, điểm 9 Nghị định 30/2020/NĐ-CP, từ 05/3/2020."""
    if not subject.is_whole:
        return
    found = subject.reading.structure
    if found.head.header.kind.upper() in _UPWARD and not found.addressees:
        yield subject.at_line(
            "F2", found.head.body, _("Thiếu dòng “Kính gửi”."), _("Thêm “Kính gửi: …” dưới trích yếu.")
        )
    elif found.addressees and found.recipients and not any(r.lower().startswith("như trên") for r in found.recipients):
        yield subject.at_line(
            "F2", found.foot, _("Nơi nhận chưa có “Như trên”."), _("Thêm “- Như trên;” ở dòng đầu nơi nhận.")
        )


@rule("F3", "error", since=CIRCULAR_01)
def numbered_and_dated(subject: Subject) -> Iterator[Finding]:
    """Văn bản ban hành phải ghi số và ngày; để trống là dự thảo. Căn cứ: Điều 15, 16 Nghị định 30/2020/NĐ-CP."""
    head = subject.reading.structure.head.header
    blank = re.search(r"^\s*Số\s*:?[ .…_]*/[A-ZĐ]", subject.words[:1500], re.MULTILINE)
    if blank and not head.number:
        yield subject.at("F3", blank.start(), blank.end(), _("Chưa ghi số văn bản."), _("Văn thư cấp số khi ban hành."))
    dated = _PLACE_DATE.search(subject.words, 0, 1500) or re.search(r", ngày\s+tháng", subject.words[:1500])
    if dated and head.date is None:
        yield subject.at(
            "F3", dated.start(), dated.end(), _("Ngày, tháng, năm chưa ghi đủ."), _("Ghi ngày ký khi ban hành.")
        )


@rule("F4", "error", since=CIRCULAR_01)
def symbol_of_type(subject: Subject) -> Iterator[Finding]:
    """Ký hiệu phải bắt đầu bằng chữ viết tắt của tên loại: BÁO CÁO là BC, KẾ HOẠCH là KH… Căn cứ: Phụ lục III Nghị định 30/2020/NĐ-CP."""
    head = subject.reading.structure.head.header
    wanted = _TYPE_CODES.get(head.kind.upper())
    if not wanted or not head.symbol or "/" in head.symbol or head.symbol.partition("-")[0] == wanted:
        return
    if head.symbol.partition("-")[0] in _TYPE_CODES.values():
        at = subject.words.find(head.symbol)
        yield subject.at(
            "F4",
            at,
            at + len(head.symbol),
            _("Ký hiệu {symbol} không hợp với tên loại {kind}.").format(symbol=head.symbol, kind=head.kind),
            _("Dùng ký hiệu {wanted}-….").format(wanted=wanted),
        )


@rule("F5", "error", since=CIRCULAR_01)
def zeros_of_the_date(subject: Subject) -> Iterator[Finding]:
    """Ở dòng địa danh, ngày nhỏ hơn 10 và tháng 1, 2 phải thêm số 0; tháng 3 đến 9 không thêm. Căn cứ: Phụ lục I, Phần I, Mục II, điểm 4."""
    match = _PLACE_DATE.search(subject.words, 0, 1500)
    if match is None:
        return
    for name, zero_below in (("day", 10), ("month", 3)):
        written = match.group(name).strip()
        if not written.isdigit():
            continue
        right = f"{int(written):02d}" if int(written) < zero_below else str(int(written))
        if written != right:
            yield subject.at(
                "F5",
                match.start(name),
                match.end(name),
                _("Viết “{written}”, theo quy định là “{right}”.").format(written=written, right=right),
                fix=right,
            )


@rule("F6", "error", since=CIRCULAR_01)
def subject_mark(subject: Subject) -> Iterator[Finding]:
    """“V/v” chỉ dùng ở công văn; văn bản có tên loại ghi trích yếu ngay dưới tên loại. Căn cứ: Phụ lục I, Phần I, Mục II, điểm 5."""
    if subject.reading.structure.head.header.kind:
        for match in _SUBJECT.finditer(subject.words, 0, subject.body[0]):
            yield subject.at("F6", match.start(), match.end(), _("“V/v” chỉ dùng ở công văn."), _("Bỏ “V/v”."))


@rule("F7", "warning", since=CIRCULAR_01)
def end_mark(subject: Subject) -> Iterator[Finding]:
    """Nội dung văn bản kết thúc bằng “./.”. Căn cứ: các mẫu ở Phụ lục III Nghị định 30/2020/NĐ-CP."""
    if not subject.is_whole:
        return
    start, end = subject.body
    match = _END.search(subject.words[start:end])
    if match and match.group("end") and not match.group("end").endswith("./."):
        at = start + match.start("end")
        yield subject.at(
            "F7",
            max(at, start + match.end("end") - 4),
            start + match.end("end"),
            _("Nội dung chưa kết thúc bằng “./.”."),
            _("Kết thúc đoạn cuối bằng “./.”."),
        )


@rule("F8", "warning", since=CIRCULAR_01)
def signing_words(subject: Subject) -> Iterator[Finding]:
    """Quyền hạn ký viết “KT. GIÁM ĐỐC” (có khoảng trắng sau dấu chấm), rồi chức vụ người ký ở dòng dưới: cấp phó ký thay ghi KT.
    Căn cứ: Phụ lục I, Phần I, Mục II, điểm 7; Điều 13 Nghị định 30/2020/NĐ-CP."""
    start = subject.body[1]
    for match in _AUTHORITY.finditer(subject.words, start):
        if not match.group("gap"):
            right = f"{match.group('sign')}. {match.group('title').strip()}"
            yield subject.at(
                "F8",
                match.start(),
                match.start("title"),
                _("Thiếu khoảng trắng sau “{sign}.”.").format(sign=match.group("sign")),
                _("Viết “{right}”.").format(right=right),
                fix=f"{match.group('sign')}. ",
            )
    lines = [line.upper() for line in subject.reading.structure.signature.authority]
    if (
        lines
        and lines[0].startswith("TL.")
        and len(lines) > 1
        and lines[-1].startswith("PHÓ ")
        and not any(x.startswith("KT.") for x in lines)
    ):
        yield subject.at_line(
            "F8", subject.reading.structure.foot, _("Cấp phó ký thừa lệnh phải ghi thêm “KT.” cấp trưởng.")
        )


@rule("F9", "warning", since=CIRCULAR_01)
def recipients(subject: Subject) -> Iterator[Finding]:
    """Nơi nhận: dòng cuối là “Lưu: VT, …”. Căn cứ: Phụ lục I, Phần I, Mục II, điểm 9."""
    found = subject.reading.structure
    if subject.is_whole and found.recipients and not found.recipients[-1].lower().startswith("lưu"):
        yield subject.at_line(
            "F9", found.foot, _("Dòng cuối nơi nhận phải là “Lưu: VT, …”."), _("Thêm “- Lưu: VT, <đơn vị soạn thảo>.”.")
        )


@rule("F10", "warning", since=CIRCULAR_01)
def adhoc_abbreviations(subject: Subject) -> Iterator[Finding]:
    """Không tự đặt chữ viết tắt cho chức vụ (GD, PGD…) ở nơi nhận và phần ký. Căn cứ: Điều 8, Phụ lục I Nghị định 30/2020/NĐ-CP."""
    for match in _ADHOC.finditer(subject.words, subject.body[1]):
        yield subject.at(
            "F10",
            match.start(),
            match.end(),
            _("“{words}” là chữ viết tắt tự đặt.").format(words=match.group()),
            _("Viết đủ chức vụ."),
        )


@rule("F12", "warning", since=CIRCULAR_01)
def outline_runs_on(subject: Subject) -> Iterator[Finding]:
    """Số thứ tự đề mục cùng cấp phải liên tục. Căn cứ: Phụ lục I, Phần I, Mục II, điểm 6."""
    last: dict[int, int] = {}
    for entry in subject.reading.spans["outline"]:
        number, level = _ordinal(entry["number"]), int(entry["level"])
        if number is None:
            continue
        last = {k: v for k, v in last.items() if k <= level}
        before = last.get(level)
        if before is not None and number not in (before + 1, 1) and number != before:
            yield Finding(
                "F12",
                "warning",
                entry["start"],
                entry["start"] + len(entry["number"]),
                _("Đề mục “{number}” không nối tiếp số {before}.").format(number=entry["number"], before=before),
                _("Đánh lại số đề mục."),
            )
        last[level] = number


def _ordinal(words: str) -> int | None:
    plain = words.strip(" .)")
    if plain.isdigit():
        return int(plain)
    return _ROMAN.index(plain) + 1 if plain in _ROMAN else None


@rule("F13", "warning", since=CIRCULAR_01)
def annexes(subject: Subject) -> Iterator[Finding]:
    """Phụ lục kèm theo phải được nhắc trong nội dung. Căn cứ: Phụ lục I, Phần III Nghị định 30/2020/NĐ-CP."""
    found = subject.reading.structure
    rest = "\n".join(line.text for line in found.lines[found.rest :]) if found.rest < len(found.lines) else ""
    start, end = subject.body
    if re.match(r"\s*(?:PHỤ LỤC|Phụ lục)\b", rest) and not re.search(r"(?i)phụ lục|kèm theo", subject.words[start:end]):
        yield subject.at_line(
            "F13", found.rest, _("Phụ lục không được nhắc trong nội dung."), _("Nhắc “(Phụ lục kèm theo)” ở nội dung.")
        )


@rule("F14", "info", since=CIRCULAR_01)
def degrees(subject: Subject) -> Iterator[Finding]:
    """Trước họ tên người ký không ghi học hàm, học vị (trừ lực lượng vũ trang; sự nghiệp giáo dục, y tế, khoa học).
    Căn cứ: Phụ lục I, Phần I, Mục II, điểm 7."""
    name = subject.reading.structure.signature.name
    if name and _DEGREE.match(name):
        at = subject.words.rfind(name)
        yield subject.at(
            "F14",
            at,
            at + len(name),
            _("Có học hàm, học vị trước họ tên: {name}.").format(name=short(name)),
            _("Bỏ học hàm, học vị."),
        )
