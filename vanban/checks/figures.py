"""N: số liệu trong câu: tổng, danh sách, cách viết, kỳ hạn."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from vanban.checks.rule import ALL, Finding, Subject, rule
from vanban.quantities import Quantity
from vanban.translation import _

_PARTS = re.compile(r"(?:trong đó|bao gồm|gồm|cụ thể|chia ra)\s*(?:có|:)?", re.IGNORECASE)
_THOUSANDS = re.compile(r"(?<![\d./-])(?P<bare>\d{4,})(?![\d/-])|(?<![\d.])(?P<dotted>\d{1,3}(?:\.\d{3})+)(?!\d)")
_LEADING = re.compile(r"^0[1-9]$")


def value_of(quantity: Quantity) -> Decimal | None:
    try:
        return Decimal(quantity.value)
    except InvalidOperation:
        return None


def _finding(code: str, quantity: Quantity, message: str, cure: str = "") -> Finding:
    from vanban.checks.rule import RULES

    return Finding(code, RULES[code].severity, quantity.start, quantity.end, message, cure)


@rule("N2", "error", ALL)
def parts_make_the_whole(subject: Subject) -> Iterator[Finding]:
    """Sau “trong đó”, “gồm”: khi các phần cùng đơn vị được kể hết (nối bằng “và”, dấu chấm hết câu) thì tổng phải bằng số chung;
    phần không được lớn hơn số chung. Chỉ xét số chính xác trong cùng một câu. Căn cứ: tính thống nhất của số liệu, NĐ 09/2019/NĐ-CP."""
    quantities = [q for q in subject.reading.quantities if q.kind == "level" and q.operator == "=" and not q.upper]
    for index, whole in enumerate(quantities):
        sentence_end = _sentence_end(subject.text, whole.end)
        cue = _PARTS.search(subject.text, whole.end, min(whole.end + 90, sentence_end))
        if cue is None or any(whole.end <= q.start < cue.start() for q in quantities[index + 1 : index + 3]):
            continue
        if (
            "(" in subject.text[whole.end : cue.start()]
        ):  # “68 nhiệm vụ (gồm …), giảm 02 nhiệm vụ”: the parts end with the bracket
            sentence_end = _closing(subject.text, cue.end(), sentence_end)
        parts = [q for q in quantities[index + 1 : index + 9] if cue.end() <= q.start < sentence_end]
        if all(q.unit == whole.unit for q in parts):  # another unit in the list: what is added can't be known
            yield from _sum(whole, parts, subject.text[cue.start() : sentence_end])


def _sentence_end(text: str, start: int) -> int:
    match = re.compile(r"[.;](?=\s|$)|\n").search(text, start)
    return match.start() if match else len(text)


def _closing(text: str, start: int, limit: int) -> int:
    at = text.find(")", start, limit)
    return at if at >= 0 else limit


def _sum(whole: Quantity, parts: list[Quantity], words: str) -> Iterator[Finding]:
    total, values = value_of(whole), [value_of(p) for p in parts]
    if total is None or not parts or any(v is None for v in values):
        return
    numbers = [v for v in values if v is not None]
    too_large = next((p for p, v in zip(parts, numbers, strict=True) if v > total), None)
    if too_large is not None:
        yield _finding(
            "N2",
            too_large,
            _("Phần “{part}” lớn hơn số chung “{whole}”.").format(part=too_large.text, whole=whole.text),
            _("Kiểm tra lại số liệu gốc."),
        )
    elif (
        len(parts) >= 2
        and sum(numbers) != total
        and " và " in words
        and "..." not in words
        and "…" not in words
        and "trong đó" not in words[12:].lower()
    ):
        said = " + ".join(f"{v:f}" for v in numbers)
        yield _finding(
            "N2",
            whole,
            _("{said} = {sum}, không bằng {whole}.").format(said=said, sum=f"{sum(numbers):f}", whole=f"{total:f}"),
            _("Kiểm tra lại số liệu gốc."),
        )


@rule("N3", "error", ALL)
def count_of_a_list(subject: Subject) -> Iterator[Finding]:
    """Số lượng nêu trước danh sách “gồm: …; …; …” phải bằng số mục kể ra, khi danh sách khép kín. Căn cứ: tính thống nhất của số liệu."""
    for quantity in subject.reading.quantities:
        total = value_of(quantity)
        opening = re.compile(r"[^.;\n]{0,90}?\bgồm\s*:\s*").match(subject.text, quantity.end)
        if (
            quantity.kind != "level"
            or total is None
            or total > 30
            or opening is None
            or re.search(r"\d", opening.group())
        ):
            continue
        end = _paragraph_end(subject.text, opening.end())
        items = [part for part in subject.text[opening.end() : end].split(";") if part.strip(" .…,\n")]
        open_list = re.search(r"(?:\.\.\.|…|v\.v)", subject.text[opening.end() : end])
        if len(items) >= 2 and (len(items) > total or (len(items) != total and not open_list)):
            yield _finding(
                "N3",
                quantity,
                _("Nêu {total} nhưng kể {count} mục.").format(total=f"{total:f}", count=len(items)),
                _("Sửa số lượng hoặc danh sách."),
            )


def _paragraph_end(text: str, start: int) -> int:
    match = re.compile(r"\.(?=\s+[A-ZĐÀ-Ỹ])|\n\s*\n").search(text, start)
    return match.start() if match else len(text)


@rule("N4", "warning", ALL)
def one_thing_onevalue_of(subject: Subject) -> Iterator[Finding]:
    """Cùng một việc, cùng kỳ mà hai nơi ghi hai số thì phải nêu rõ phạm vi của từng số. So theo đơn vị và cụm danh từ được đếm.
    Căn cứ: NĐ 09/2019/NĐ-CP (số liệu thống nhất về khái niệm, phương pháp, đơn vị)."""
    seen: dict[str, Quantity] = {}
    for quantity in subject.reading.quantities:
        key = key_of(quantity.counted)
        if quantity.kind != "level" or len(key.split()) < 5 or quantity.operator != "=":
            continue
        first = seen.setdefault(key, quantity)
        if first.value != quantity.value and abs(first.start - quantity.start) > 200:
            yield _finding(
                "N4",
                quantity,
                _("“{this}” khác “{other}” ở chỗ khác cho cùng một việc.").format(this=quantity.text, other=first.text),
                _("So căn cứ hai số, hoặc nêu rõ phạm vi."),
            )


def key_of(counted: str) -> str:
    """The first words of what is counted, without fillers: “lớp tập huấn chuyển giao tiến bộ kỹ thuật”."""
    words = [
        w
        for w in re.findall(r"\w+", counted.lower())
        if w not in ("các", "về", "cho", "của", "trong", "những", "đã", "được")
    ]
    return " ".join(words[:7])


@rule("N5", "error", ALL)
def shares_up_to_a_hundred(subject: Subject) -> Iterator[Finding]:
    """Tỷ lệ của một phần trong tổng số nằm từ 0 đến 100 %. Tăng trưởng và mức đạt kế hoạch không xét. Căn cứ: định nghĩa tỷ lệ."""
    for quantity in subject.reading.quantities:
        value = value_of(quantity)
        near = subject.text[max(quantity.start - 60, 0) : quantity.end + 40].lower()
        if (
            quantity.kind == "share"
            and value is not None
            and value > 100
            and not re.search(r"kế hoạch|tăng|dự toán|chỉ tiêu|so với|cùng kỳ|gấp|vượt|giảm|nghị quyết", near)
        ):
            yield _finding("N5", quantity, _("Tỷ lệ {value}% vượt 100%.").format(value=quantity.value))


@rule("N6", "warning", ALL)
def thousands_one_way(subject: Subject) -> Iterator[Finding]:
    """Số từ 1.000 trở lên viết một kiểu trong cả văn bản: có hoặc không có dấu chấm phân cách hàng nghìn. Năm không xét.
    Căn cứ: thống nhất cách viết."""
    inside = [(q.start, q.end) for q in subject.reading.quantities]
    bare: list[re.Match[str]] = []
    dotted: list[re.Match[str]] = []
    for start, end in inside:
        for match in _THOUSANDS.finditer(subject.text, start, end):
            (bare if match.group("bare") else dotted).append(match)
    bare = [m for m in bare if not re.fullmatch(r"(?:19|20)\d\d", m.group()) or m.end() < len(subject.text)]
    if bare and dotted:
        fewer, other = (bare, dotted) if len(bare) <= len(dotted) else (dotted, bare)
        for match in fewer:
            plain = match.group().replace(".", "")
            fix = f"{int(plain):,}".replace(",", ".") if fewer is bare else plain
            yield Finding(
                "N6",
                "warning",
                match.start(),
                match.end(),
                _("Viết “{this}” trong khi nơi khác viết “{other}”.").format(
                    this=match.group(), other=other[0].group()
                ),
                _("Dùng một kiểu."),
                fix,
            )


@rule("N7", "warning", ALL)
def zeros_one_way(subject: Subject) -> Iterator[Finding]:
    """Số nhỏ hơn 10 viết một kiểu: “05 lớp” hoặc “5 lớp”. Không có quy định bắt buộc; chỉ cần thống nhất. Căn cứ: thống nhất cách viết."""
    padded: list[tuple[Quantity, str]] = []
    bare: list[tuple[Quantity, str]] = []
    for quantity in subject.reading.quantities:
        match = re.search(r"(?<![\d.,])\d{1,2}(?![\d.,%])", quantity.text)
        if quantity.kind == "level" and match and 1 <= int(match.group()) <= 9:
            (padded if _LEADING.match(match.group()) else bare).append((quantity, match.group()))
    if padded and bare:
        fewer, other = (padded, bare) if len(padded) <= len(bare) else (bare, padded)
        first, written = fewer[0]
        yield _finding(
            "N7",
            first,
            _("Viết “{this}” ({count} chỗ) trong khi nơi khác viết “{other}”.").format(
                this=written, count=len(fewer), other=other[0][1]
            ),
            _("Dùng một kiểu."),
        )


@rule("N12", "warning", ALL)
def more_than_must_be_more(subject: Subject) -> Iterator[Finding]:
    """“Trên 70” chỉ đúng khi số chính xác lớn hơn 70; “dưới”, “gần” thì ngược lại. So với số chính xác của cùng việc ghi ở chỗ khác
    trong văn bản; hai kỳ khác nhau không so. Căn cứ: NĐ 09/2019/NĐ-CP (số liệu thống nhất)."""
    exact: dict[str, Quantity] = {}
    for quantity in subject.reading.quantities:
        if quantity.kind == "level" and quantity.operator == "=" and not quantity.upper:
            exact.setdefault(key_of(quantity.counted), quantity)
    for quantity in subject.reading.quantities:
        other = exact.get(key_of(quantity.counted))
        bound, value = value_of(quantity), value_of(other) if other else None
        if (
            other is None
            or bound is None
            or value is None
            or len(key_of(quantity.counted).split()) < 4
            or _period(other) != _period(quantity)
        ):
            continue
        if (quantity.operator == ">" and value <= bound) or (quantity.operator == "<" and value >= bound):
            yield _finding(
                "N12",
                quantity,
                _("“{said}” không hợp với “{exact}” ở chỗ khác.").format(
                    said=f"{quantity.qualifier} {quantity.text}", exact=other.text
                ),
                _("So căn cứ hai số."),
            )


def _period(quantity: Quantity) -> str:
    return quantity.period.text.lower() if quantity.period else ""


@rule("N11", "warning", ALL)
def deadlines_ahead(subject: Subject) -> Iterator[Finding]:
    """Thời hạn giao việc không được ở trước ngày của văn bản, không trước năm của chương trình, kế hoạch; hạn rơi vào ngày nghỉ thì nên
    ghi ngày làm việc kề trước. Căn cứ: tính khả thi của nhiệm vụ được giao; lịch nghỉ theo Bộ luật Lao động."""
    today, plan = subject.reading.document_date, _plan_year(subject)
    for deadline in subject.reading.deadlines:
        if today and deadline.due and deadline.due < today:
            yield Finding(
                "N11",
                "warning",
                deadline.start,
                deadline.end,
                _("Thời hạn {due} đã qua vào ngày của văn bản.").format(due=deadline.due.strftime("%d/%m/%Y")),
                _("Xem lại thời hạn."),
            )
        elif deadline.due and plan and deadline.due.year < plan:
            yield subject.on(
                "N11",
                deadline.start,
                deadline.end,
                _("Thời hạn {due} ở trước năm {year} của chương trình.").format(
                    due=deadline.due.strftime("%d/%m/%Y"), year=plan
                ),
                _("Xem lại thời hạn."),
            )
        elif deadline.due and deadline.kind == "day" and not deadline.exclusive and _rest_day(deadline.due):
            yield subject.on(
                "N11",
                deadline.start,
                deadline.end,
                _("Thời hạn {due} là ngày nghỉ.").format(due=deadline.due.strftime("%d/%m/%Y")),
                _("Nên ghi ngày làm việc kề trước."),
            )


def _plan_year(subject: Subject) -> int | None:
    """The year that a programme or plan is for, where its title names one year."""
    head = subject.reading.structure.head.header
    years = (
        set(re.findall(r"(?i)năm (20\d\d)(?!\s?[-–])", head.title))
        if head.kind in ("CHƯƠNG TRÌNH", "KẾ HOẠCH")
        else set()
    )
    return int(years.pop()) if len(years) == 1 else None


def _rest_day(day: dt.date) -> bool:
    from vanban.workdays import OutsideCalendar, is_workday

    try:
        return not is_workday(day)
    except OutsideCalendar:
        return False
