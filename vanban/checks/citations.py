"""C: viện dẫn văn bản khác: số, ký hiệu, ngày, cơ quan, tên gọi."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from vanban.checks.rule import ALL, CIRCULAR_01, DECREE_30, Finding, Subject, rule, short
from vanban.citations import Citation
from vanban.translation import _

_WITHOUT_SO = re.compile(r"^[^\d]*?(?P<gap>\s)(?=\d)")
_SLASHED_DATE = re.compile(r"ngày\s+(?P<day>\d{1,2})[/-](?P<month>\d{1,2})[/-](?P<year>\d{4})")
_PROVINCE = re.compile(r"\b(?:tỉnh|thành phố) ((?:[A-ZĐ]\w* ?)+)")
_LAW = {"Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp"}
_PROVISION = re.compile(r"(?<=[a-zà-ỹđ,] )(?P<wrong>Khoản|Điểm|điều)(?= (?:[a-zđ]|\d{1,3})\b)")


def cited(subject: Subject) -> list[Citation]:
    """Mentions in the body, the document's own number left out."""
    head = subject.reading.structure.head.header
    own = f"{head.number}/{head.symbol}" if head.number and subject.is_whole else ""
    return [c for c in subject.reading.citations if c.number != own]


def _finding(
    code: str, subject: Subject, citation: Citation, message: str, cure: str = "", fix: str | None = None
) -> Finding:
    from vanban.checks.rule import RULES

    return Finding(code, RULES[code].severity, citation.start, citation.end, message, cure, fix)


@rule("C1", "error", ALL)
def spelling_of_the_number(subject: Subject) -> Iterator[Finding]:
    """Số, ký hiệu phải viết đúng chữ viết tắt chính thức (BCSĐ, NĐ-CP, HĐND), không khoảng trắng thừa; có đề xuất viết lại.
    Căn cứ: Phụ lục III Nghị định 30/2020/NĐ-CP; văn bản Đảng theo hướng dẫn của Văn phòng Trung ương."""
    for citation in cited(subject):
        if citation.number and citation.canonical and citation.repairs and citation.number != citation.canonical:
            yield _finding(
                "C1",
                subject,
                citation,
                _("Số “{number}” viết chưa đúng.").format(number=citation.number),
                _("Có thể là “{canonical}”.").format(canonical=citation.canonical),
            )


@rule("C2", "warning", ALL)
def word_so(subject: Subject) -> Iterator[Finding]:
    """Khi viện dẫn lần đầu, giữa tên loại và số phải có chữ “số”. Căn cứ: Điều 8, Phụ lục I, Phần I, Mục II, điểm 6 Nghị định 30/2020/NĐ-CP."""
    for citation in cited(subject):
        match = _WITHOUT_SO.match(citation.text)
        if (
            citation.number
            and match
            and citation.date
            and not re.search(r"\bsố\b", citation.text[: citation.text.find(citation.number[:2])])
        ):
            yield _finding(
                "C2",
                subject,
                citation,
                _("Thiếu chữ “số” trước {number}.").format(number=citation.number),
                _("Viết “{type} số {number}”.").format(type=citation.type, number=citation.number),
            )
        elif (
            citation.number and match and not citation.date and "số" not in citation.text and _first(subject, citation)
        ):
            yield _finding("C2", subject, citation, _("Thiếu chữ “số” trước {number}.").format(number=citation.number))


def _first(subject: Subject, citation: Citation) -> bool:
    return next(c for c in subject.reading.citations if c.canonical == citation.canonical) is citation


@rule("C3", "error", ALL)
def word_and_code(subject: Subject) -> Iterator[Finding]:
    """Tên loại viết ra phải hợp với chữ viết tắt trong ký hiệu: “Kế hoạch số …/KH-…”. “QĐ” của Đảng có thể là Quy định.
    Căn cứ: Phụ lục III Nghị định 30/2020/NĐ-CP."""
    codes = {
        "Kế hoạch": "KH",
        "Quyết định": "QĐ",
        "Nghị quyết": "NQ",
        "Chỉ thị": "CT",
        "Tờ trình": "TTr",
        "Báo cáo": "BC",
        "Thông báo": "TB",
        "Nghị định": "NĐ",
        "Thông tư": "TT",
        "Kết luận": "KL",
        "Hướng dẫn": "HD",
    }
    for citation in cited(subject):
        wanted = codes.get(citation.type)
        if not wanted or not citation.canonical or not re.match(rf"(?i){citation.type}", citation.text):
            continue
        written = set(re.split(r"[/-]", citation.canonical)) & set(codes.values())
        if written and wanted not in written and citation.type + wanted:
            yield _finding(
                "C3",
                subject,
                citation,
                _("“{type}” không hợp với ký hiệu {number}.").format(type=citation.type, number=citation.canonical),
                _("Đối chiếu văn bản gốc."),
            )


@rule("C4", "warning", since=CIRCULAR_01)
def first_is_whole_later_is_short(subject: Subject) -> Iterator[Finding]:
    """Viện dẫn lần đầu phải đủ tên loại, số, ký hiệu, ngày, cơ quan ban hành; các lần sau chỉ ghi tên loại và số, ký hiệu.
    Luật, pháp lệnh chỉ ghi tên. Căn cứ: Phụ lục I, Phần I, Mục II, điểm 6 Nghị định 30/2020/NĐ-CP."""
    mentions: dict[str, int] = defaultdict(int)
    start = subject.raw(*subject.body)[0] if subject.is_whole else 0
    for citation in cited(subject):
        if not citation.canonical or citation.type in _LAW:
            continue
        if citation.start < start:  # in the title or the subject line
            continue
        mentions[citation.canonical] += 1
        missing = [
            word
            for word, there in ((_("ngày ban hành"), citation.date), (_("cơ quan ban hành"), _names_issuer(citation)))
            if not there
        ]
        if mentions[citation.canonical] == 1 and missing:
            yield _finding(
                "C4",
                subject,
                citation,
                _("Viện dẫn lần đầu {number} thiếu {missing}.").format(
                    number=citation.canonical, missing=", ".join(missing)
                ),
            )
        elif mentions[citation.canonical] == 3 and citation.date:
            yield _finding(
                "C4",
                subject,
                citation,
                _("{number} đã viện dẫn đầy đủ ở trên; từ lần sau chỉ ghi tên loại và số, ký hiệu.").format(
                    number=citation.canonical
                ),
            )


def _names_issuer(citation: Citation) -> bool:
    shared = _("suy từ ký hiệu") not in citation.reason  # “số A và số B của UBND tỉnh”: named once for the list
    return bool(citation.issuer) and (
        shared or citation.status != "inferred" or (citation.issuer or "") in citation.text or "của" in citation.text
    )


@rule("C5", "error", ALL)
def one_document_one_date(subject: Subject) -> Iterator[Finding]:
    """Một văn bản chỉ có một ngày và một cơ quan ban hành: cùng số, ký hiệu thì ngày phải như nhau trong cả văn bản; cùng cả ngày thì
    tỉnh, thành phố của cơ quan phải như nhau. Số của Đảng lặp lại qua các nhiệm kỳ nên chỉ so khi cùng năm. Căn cứ: nguyên tắc viện dẫn, Điều 8 Nghị định 30/2020/NĐ-CP."""
    seen: dict[str, Citation] = {}
    for citation in cited(subject):
        if not citation.canonical or not citation.date:
            continue
        first = seen.setdefault(citation.canonical, citation)
        if (
            first.date
            and first.date != citation.date
            and (citation.system != "ĐẢNG" or first.date.year == citation.date.year)
        ):
            yield _finding(
                "C5",
                subject,
                citation,
                _("{number} ghi ngày {day}, chỗ khác ghi ngày {other}.").format(
                    number=citation.canonical,
                    day=citation.date.strftime("%d/%m/%Y"),
                    other=first.date.strftime("%d/%m/%Y"),
                ),
                _("Đối chiếu văn bản gốc."),
            )
        elif (
            first.date == citation.date
            and len({p for c in (first, citation) for p in _PROVINCE.findall(c.issuer or "")}) == 2
        ):
            yield _finding(
                "C5",
                subject,
                citation,
                _("{number} ghi của {issuer}, chỗ khác ghi của {other}.").format(
                    number=citation.canonical, issuer=citation.issuer, other=first.issuer
                ),
                _("Đối chiếu văn bản gốc."),
            )


@rule("C6", "warning", ALL)
def one_style_of_dates(subject: Subject) -> Iterator[Finding]:
    """Ngày tháng viết một kiểu trong cả văn bản: tháng 3 đến 9 hoặc đều có số 0, hoặc đều không. Ngày nhỏ hơn 10 luôn có số 0.
    Căn cứ: thống nhất cách viết, Phụ lục I Nghị định 30/2020/NĐ-CP."""
    padded: list[re.Match[str]] = []
    bare: list[re.Match[str]] = []
    for match in subject.find(_SLASHED_DATE):
        month = match.group("month")
        if 3 <= int(month) <= 9:
            (padded if month.startswith("0") else bare).append(match)
    if padded and bare:
        fewer, other = (padded, bare) if len(padded) <= len(bare) else (bare, padded)
        for match in fewer:
            yield subject.at(
                "C6",
                match.start(),
                match.end(),
                _("Viết “{date}” trong khi nơi khác viết “{other}”.").format(
                    date=match.group().removeprefix("ngày").strip(), other=other[0].group().removeprefix("ngày").strip()
                ),
                _("Dùng một kiểu ngày tháng."),
            )


@rule("C7", "error", ALL)
def dates_that_can_be(subject: Subject) -> Iterator[Finding]:
    """Ngày của văn bản được viện dẫn phải có thật, không sau ngày của văn bản viện dẫn, và năm trong số phải là năm ban hành.
    Căn cứ: Luật Ban hành văn bản quy phạm pháp luật; Điều 8 Nghị định 30/2020/NĐ-CP."""
    for match in subject.find(_SLASHED_DATE):
        if not _is_day(match):
            yield subject.at(
                "C7", match.start(), match.end(), _("“{date}” không phải là ngày có thật.").format(date=match.group())
            )
    today = subject.reading.document_date
    for citation in cited(subject):
        if citation.date and today and citation.date > today:
            yield _finding(
                "C7",
                subject,
                citation,
                _("{number} ghi ngày {day}, sau ngày của văn bản này.").format(
                    number=citation.number or citation.type, day=citation.date.strftime("%d/%m/%Y")
                ),
            )
        year = re.search(r"/((?:19|20)\d\d)/", citation.canonical or "")
        if year and citation.date and int(year.group(1)) != citation.date.year:
            yield _finding(
                "C7",
                subject,
                citation,
                _("Số {number} mang năm {year} nhưng ghi ngày của năm {other}.").format(
                    number=citation.canonical, year=year.group(1), other=citation.date.year
                ),
                _("Đối chiếu văn bản gốc."),
            )


def _is_day(match: re.Match[str]) -> bool:
    try:
        dt.date(int(match.group("year")), int(match.group("month")), int(match.group("day")))
    except ValueError:
        return False
    return True


@rule("C8", "warning", ALL)
def numbers_grow_with_days(subject: Subject) -> Iterator[Finding]:
    """Cùng cơ quan, cùng loại, cùng năm thì số lớn hơn không thể có ngày sớm hơn. Căn cứ: Điều 15 Nghị định 30/2020/NĐ-CP (số theo thứ tự
    trong năm)."""
    series: dict[tuple[str, int], list[Citation]] = defaultdict(list)
    for citation in cited(subject):
        match = re.match(r"(\d+)(.+)$", citation.canonical or "")
        if match and citation.date and citation.system in ("HC", "QPPL"):
            series[match.group(2), citation.date.year].append(citation)
    for mentions in series.values():
        for first, second in pairwise(sorted(mentions, key=_sequence)):
            if first.date and second.date and second.date < first.date and first.canonical != second.canonical:
                yield _finding(
                    "C8",
                    subject,
                    second,
                    _("{number} có số lớn hơn {other} nhưng ngày sớm hơn.").format(
                        number=second.canonical, other=first.canonical
                    ),
                )


def _sequence(citation: Citation) -> int:
    match = re.match(r"\d+", citation.canonical or "")
    return int(match.group()) if match else 0


@rule("C9", "error", ALL)
def implementing_is_not_older(subject: Subject) -> Iterator[Finding]:
    """Văn bản thực hiện, sửa đổi, hướng dẫn không thể có ngày trước văn bản mà nó thực hiện. Căn cứ: trình tự ban hành văn bản."""
    for citation in cited(subject):
        if citation.parent is None or citation.relation not in ("thực hiện", "sửa đổi bổ sung", "hướng dẫn"):
            continue
        outer = subject.reading.citations[citation.parent]
        if outer.date and citation.date and outer.date < citation.date:
            yield _finding(
                "C9",
                subject,
                citation,
                _("{outer} thực hiện {inner} nhưng ngày ban hành sớm hơn.").format(
                    outer=outer.number or outer.type, inner=citation.number or citation.type
                ),
            )


@rule("C12", "info", ALL)
def one_name_of_an_issuer(subject: Subject) -> Iterator[Finding]:
    """Tên một cơ quan viết một cách trong cả văn bản (Ban Cán sự đảng, Ban Cán sự Đảng). Căn cứ: Phụ lục II Nghị định 30/2020/NĐ-CP."""
    spelled: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for match in subject.find(
        re.compile(
            r"\b(?:Ban|Ủy ban|Sở|Bộ|Hội đồng|Văn phòng) (?:[Cc]án sự|[Nn]hân dân|[Kk]hoa học|[Cc]hấp hành)[ \w]{0,12}",
            re.UNICODE,
        )
    ):
        words = " ".join(match.group().split()[:4])
        spelled[words.lower()][words].append(match.start())
    for forms in spelled.values():
        if len(forms) > 1:
            most = max(forms, key=lambda f: len(forms[f]))
            for form, places in forms.items():
                if form != most and form.lower() == most.lower():
                    yield subject.at(
                        "C12",
                        places[0],
                        places[0] + len(form),
                        _("Viết “{form}” trong khi nơi khác viết “{most}”.").format(form=form, most=most),
                        _("Dùng một cách viết."),
                    )


@rule("C13", "warning", since=DECREE_30)
def laws_in_grounds(subject: Subject) -> Iterator[Finding]:
    """Ở phần căn cứ, luật và pháp lệnh không ghi số, ký hiệu và cơ quan ban hành. Căn cứ: Phụ lục I, Phần I, Mục II, điểm 6 Nghị định 30/2020/NĐ-CP."""
    for citation in cited(subject):
        line = subject.text[subject.text.rfind("\n", 0, citation.start) + 1 : citation.start]
        if citation.type in _LAW and citation.number and re.match(r"[-\s]*Căn cứ\b", line):
            yield _finding(
                "C13",
                subject,
                citation,
                _("Căn cứ là {type} không ghi số, ký hiệu ({number}).").format(
                    type=citation.type.lower(), number=citation.number
                ),
            )


@rule("C14", "info", ALL)
def capitals_of_provisions(subject: Subject) -> Iterator[Finding]:
    """Viện dẫn “điểm a khoản 2 Điều 5 Chương II”: điểm, khoản viết thường; Điều, Mục, Chương, Phần viết hoa. Căn cứ: Phụ lục II Nghị định 30/2020/NĐ-CP."""
    for match in subject.find(_PROVISION, body_only=True):
        wrong = match.group("wrong")
        right = wrong.lower() if wrong in ("Khoản", "Điểm") else wrong.capitalize()
        yield subject.at(
            "C14",
            match.start("wrong"),
            match.end("wrong"),
            _("Viết “{wrong}”, theo quy định là “{right}”.").format(wrong=short(wrong), right=right),
            fix=right,
        )
