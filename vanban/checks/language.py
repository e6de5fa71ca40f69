"""L: chính tả, viết hoa, chữ viết tắt, dấu câu và mã ký tự."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from vanban.checks.rule import ALL, Finding, Subject, rule, short
from vanban.syllables import is_syllable, restyled
from vanban.translation import _

_WORD = re.compile(r"[^\W\d_]+")
_ACRONYM = re.compile(r"(?<![\w/.&-])[A-ZĐ]{3,8}(?![\w/&-])")
_DEFINED = re.compile(r"\((?:[^()\n]{0,40}?(?:viết tắt|gọi tắt)[^()\n]{0,20}?)?(?P<acronym>[A-ZĐ][A-ZĐ&,]{1,10})\)")
_SPACING = re.compile(
    r"(?P<before>\w (?P<mark>[,;:!?])(?=\s))|(?P<after>(?<=[^\W\d])[,;](?=[^\W\d]))|(?P<double>(?<=\S)  +(?=\S))"
)
_LINE = re.compile(r"[^\n]+")
_LIST_MARK = re.compile(r"(?:^|(?<=[\s;.,:(]))(?:[a-zđ]|\d{1,2}|[ivx]{1,4})\)")
_DOUBLED = re.compile(r"\b(?P<word>[^\W\d_]{2,12}(?: [^\W\d_]{2,12})?) (?P=word)\b", re.IGNORECASE)
_COMMENT = re.compile(r"<!--[^>]{0,400}-->")
_RANGE = re.compile(r"\b(?P<a>(?:19|20)\d\d)(?P<dash> ?[-–—] ?)(?P<b>(?:19|20)\d\d)\b")
_BROKEN = re.compile(r"[^\s.;:!?…”\")\]/*\n]\n[ \t]*\n+(?=[a-zà-ỹđ])")
_LOWER_BODY = re.compile(
    r"(?<=[a-zà-ỹđ,] )(?P<wrong>bộ|sở|ủy ban nhân dân|hội đồng nhân dân)(?= (?:Khoa học|Tài chính|Nội vụ|Y tế|Xây dựng|Công Thương|Tư pháp|Giáo dục|Nông nghiệp|Kế hoạch|Thông tin|Văn hóa|Lao động)\b)"
)
_OVER_CAPITAL = re.compile(r"\b(?:Sở|Bộ|Ban|Cục|Chi cục|Phòng|Trung tâm) (?:\w+ ){1,4}(?P<wrong>Và|Của|Với) (?=[A-ZĐ])")
_REDUPLICATED = {
    "luôn",
    "dần",
    "ngày",
    "đời",
    "nhà",
    "người",
    "từng",
    "thường",
    "xa",
    "mãi",
    "rất",
    "song",
    "chang",
    "hiu",
    "oang",
    "trùng",
    "đôi",
    "hai",
    "ba",
    "lâu",
    "sớm",
    "nhanh",
    "khe",
}


@lru_cache(maxsize=1)
def words_data() -> dict[str, Any]:
    """Confusions, preferred words, common acronyms and extra syllables."""
    import yaml

    found: dict[str, Any] = yaml.safe_load((Path(__file__).parents[1] / "data" / "words.yaml").read_text("utf-8"))
    return found


@rule("L1", "error", ALL)
def real_syllables(subject: Subject) -> Iterator[Finding]:
    """Âm tiết viết thường phải có trong tiếng Việt: âm đầu, vần và thanh hợp lệ. Chữ hoa, chữ viết tắt, chữ có số, từ nước ngoài không xét.
    Căn cứ: chính tả tiếng Việt."""
    known = {str(w) for w in words_data()["syllables"]}
    comments = [m.span() for m in subject.find(_COMMENT)]
    for match in subject.find(_WORD):
        word = match.group()
        if (
            not word.islower()
            or not word.isalpha()
            or len(word) < 2
            or word in known
            or is_syllable(word)
            or any(a <= match.start() < b for a, b in comments)
        ):
            continue
        if _looks_foreign(subject.words, match.start(), match.end(), word):
            continue
        yield subject.at(
            "L1",
            match.start(),
            match.end(),
            _("“{word}” không phải âm tiết tiếng Việt.").format(word=word),
            _nearest(word),
        )


def _looks_foreign(text: str, start: int, end: int, word: str) -> bool:
    around = text[max(start - 1, 0) : start] + text[end : end + 1]
    plain_ascii = word.isascii()
    return (any(c in "@/._*-0123456789" for c in around) and plain_ascii) or (
        plain_ascii
        and bool(re.search(r"[fjwz]|[bcdghklmnpqrstvx]{3}|(?:sh|th|ck|tion|ing|er|ed|ly)$", word))
        and not word.startswith("ng")
    )


def _nearest(word: str) -> str:
    for wrong, right in (
        ("ngi", "nghi"),
        ("nge", "nghe"),
        ("ngê", "nghê"),
        ("gê", "ghê"),
        ("ge", "ghe"),
        ("ci", "ki"),
        ("ke", "ke"),
        ("nghà", "ngà"),
    ):
        if word.startswith(wrong) and is_syllable(word.replace(wrong, right, 1)):
            return _("Có thể là “{right}”.").format(right=word.replace(wrong, right, 1))
    return _("Kiểm tra chính tả.")


@rule("L2", "warning", ALL)
def real_word_errors(subject: Subject) -> Iterator[Finding]:
    """Chữ có thật nhưng sai trong ngữ cảnh, theo danh sách cụm từ hay nhầm (“chuyên tiếp”, “Chánh Tranh tra”). Căn cứ: chính tả tiếng Việt."""
    low = subject.words.lower()
    if len(low) != len(subject.words):
        return
    for wrong, right in words_data()["confusions"].items():
        for match in re.finditer(rf"(?<!\w){re.escape(wrong)}(?!\w)", low):
            yield subject.at(
                "L2",
                match.start(),
                match.end(),
                _("“{wrong}” có thể là “{right}”.").format(
                    wrong=subject.words[match.start() : match.end()], right=right
                ),
            )


@rule("L3", "warning", ALL)
def acronyms(subject: Subject) -> Iterator[Finding]:
    """Chữ viết tắt đảo chữ so với chữ viết tắt dùng nhiều hơn là lỗi gõ (TTCH, TTHC). Chữ viết tắt riêng dùng nhiều lần phải được giải thích
    ở lần đầu. Căn cứ: Điều 8, Phụ lục I Nghị định 30/2020/NĐ-CP."""
    start, end = subject.body
    places: dict[str, list[int]] = defaultdict(list)
    for match in _ACRONYM.finditer(subject.words, start, end):
        line = subject.words[subject.words.rfind("\n", 0, match.start()) + 1 : match.end() + 20].split("\n")[0]
        if not line.isupper() and not re.fullmatch(r"[IVXLC]+", match.group()):
            places[match.group()].append(match.start())
    common = {str(a) for a in words_data()["acronyms"]}
    defined = {m.group("acronym") for m in _DEFINED.finditer(subject.words)}
    for acronym, found in places.items():
        other = next(
            (o for o in places if o != acronym and _transposed(acronym, o) and len(places[o]) > len(found)), None
        )
        if other:
            for at in found:
                yield subject.at(
                    "L3",
                    at,
                    at + len(acronym),
                    _("“{acronym}” có thể gõ nhầm của “{other}”.").format(acronym=acronym, other=other),
                    fix=other,
                )
        elif (
            acronym not in common
            and acronym not in defined
            and len(found) >= 5
            and not any(acronym in c or c in acronym for c in common)
        ):
            yield subject.at(
                "L3",
                found[0],
                found[0] + len(acronym),
                _("“{acronym}” chưa được giải thích ở lần đầu.").format(acronym=acronym),
                _("Viết đủ rồi ghi chữ viết tắt trong ngoặc."),
            )


def _transposed(a: str, b: str) -> bool:
    if len(a) != len(b) or len(a) < 3 or sorted(a) != sorted(b):
        return False
    differ = [i for i in range(len(a)) if a[i] != b[i]]
    return len(differ) == 2 and differ[1] == differ[0] + 1


@rule("L4", "warning", ALL)
def tone_marks_one_way(subject: Subject) -> Iterator[Finding]:
    """Vị trí dấu thanh một kiểu trong cả văn bản: “hòa” hoặc “hoà”. Văn bản nhà nước quen kiểu cũ (hòa), văn bản Đảng 2026 kiểu mới (hoà).
    Căn cứ: Quyết định 1989/QĐ-BGDĐT chỉ bắt buộc với sách giáo khoa; ở đây chỉ cần thống nhất."""
    old: list[re.Match[str]] = []
    new: list[re.Match[str]] = []
    for match in subject.find(re.compile(r"\b\w*(?:[òóỏõọ][ae]|[ùúủũụ]y|o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])\b")):
        word = match.group().lower()
        if word.startswith("qu") or not is_syllable(word) or restyled(word, "old") == restyled(word, "new"):
            continue
        (old if restyled(word, "old") == word else new).append(match)
    if old and new:
        fewer, style = (old, "new") if len(old) <= len(new) else (new, "old")
        first = fewer[0]
        yield subject.at(
            "L4",
            first.start(),
            first.end(),
            _("“{word}” đặt dấu khác kiểu với phần còn lại ({count} chỗ).").format(
                word=first.group(), count=len(fewer)
            ),
            _("Dùng kiểu cũ (hòa).") if style == "old" else _("Dùng kiểu mới (hoà)."),
        )


@rule("L5", "warning", ALL)
def capitals(subject: Subject) -> Iterator[Finding]:
    """Tên cơ quan viết hoa chữ đầu của từ chỉ loại và của mỗi cụm chức năng, không viết hoa liên từ: “Bộ Khoa học và Công nghệ”.
    Căn cứ: Phụ lục II Nghị định 30/2020/NĐ-CP."""
    for match in subject.find(_LOWER_BODY, body_only=True):
        wrong = match.group("wrong")
        yield subject.at(
            "L5",
            match.start("wrong"),
            match.end("wrong"),
            _("“{wrong}” là tên cơ quan, phải viết hoa.").format(wrong=wrong),
            fix=wrong[0].upper() + wrong[1:],
        )
    for match in subject.find(_OVER_CAPITAL, body_only=True):
        wrong = match.group("wrong")
        yield subject.at(
            "L5",
            match.start("wrong"),
            match.end("wrong"),
            _("Liên từ “{wrong}” không viết hoa trong tên cơ quan.").format(wrong=wrong),
            fix=wrong.lower(),
        )


@rule("L6", "warning", ALL)
def spacing(subject: Subject) -> Iterator[Finding]:
    """Không có khoảng trắng trước dấu câu, có một khoảng trắng sau dấu câu; không lặp chữ; ngoặc kép, ngoặc đơn có mở có đóng trong đoạn.
    Căn cứ: quy tắc soạn thảo văn bản."""
    start, end = subject.body
    yield from _unclosed(subject, start, end)
    for match in _SPACING.finditer(subject.words, start, end):
        if match.group("before"):
            yield subject.at(
                "L6",
                match.start() + 1,
                match.end(),
                _("Thừa khoảng trắng trước “{mark}”.").format(mark=match.group("mark")),
                fix=match.group("mark"),
            )
        elif match.group("after"):
            context = subject.words[max(match.start() - 12, 0) : match.end() + 12]
            if "KH,CN" not in context and not re.search(r"[A-ZĐ],[A-ZĐ]", context):
                yield subject.at(
                    "L6",
                    match.start(),
                    match.end(),
                    _("Thiếu khoảng trắng sau “{mark}”.").format(mark=match.group()),
                    fix=match.group() + " ",
                )
    for match in _DOUBLED.finditer(subject.words, start, end):
        first, second = match.group("word"), match.group()[len(match.group("word")) + 1 :]
        name_begins = first[0].islower() and second[0].isupper()  # “Quốc gia Gia Nghĩa”: two words, not one typed twice
        if first[1:].islower() and not name_begins and first.lower().split()[0] not in _REDUPLICATED:
            yield subject.at(
                "L6",
                match.start(),
                match.end(),
                _("Lặp chữ “{word}”.").format(word=match.group("word")),
                _("Bỏ một chữ nếu gõ thừa."),
            )


@rule("L7", "info", ALL)
def dashes_one_way(subject: Subject) -> Iterator[Finding]:
    """Dấu nối giữa hai năm viết một kiểu: “2021 - 2025” hoặc “2021-2025”. Căn cứ: thống nhất cách viết."""
    text = unicodedata.normalize("NFC", subject.text)
    forms: dict[str, list[re.Match[str]]] = defaultdict(list)
    for match in _RANGE.finditer(text):
        forms[match.group("dash")].append(match)
    if len(forms) > 1 and len(text) == len(subject.text):
        most = max(forms, key=lambda f: len(forms[f]))
        for form, matches in forms.items():
            if form != most:
                first = matches[0]
                yield Finding(
                    "L7",
                    "info",
                    first.start(),
                    first.end(),
                    _("Viết “{this}” trong khi nơi khác viết “{other}”.").format(
                        this=first.group(), other=forms[most][0].group()
                    ),
                    _("Dùng một kiểu."),
                )


def _unclosed(subject: Subject, start: int, end: int) -> Iterator[Finding]:
    """A bracket or quote that its paragraph opens and does not close, or closes and never opened (“a)” and “1)” are marks
    of a list; a quote may run over paragraphs, so only one that closes nothing is told of quotes)."""
    for line in _LINE.finditer(subject.words, start, end):
        for opening, closing in ("()", "“”"):
            words = _LIST_MARK.sub(lambda m: " " * len(m.group()), line.group())
            depth, at = 0, -1
            for place, mark in enumerate(words):
                if mark == opening:
                    depth, at = depth + 1, place if depth == 0 else at
                elif mark == closing:
                    depth, at = (depth - 1, at) if depth else (-1, place)
                    if depth < 0:
                        break
            if depth < 0 or (depth > 0 and opening == "("):
                here = line.start() + at
                yield subject.at(
                    "L6",
                    here,
                    here + 1,
                    _("Dấu “{mark}” không có dấu kia trong đoạn.").format(mark=words[at]),
                    _("Thêm dấu còn thiếu."),
                )


@rule("L8", "error", ALL)
def one_encoding(subject: Subject) -> Iterator[Finding]:
    """Chữ Việt mã Unicode dựng sẵn (TCVN 6909:2001, NFC), không lẫn tổ hợp; không có ký tự giống Đ (Ð U+00D0). Căn cứ: Điều 8, Phụ lục I
    Nghị định 30/2020/NĐ-CP."""
    text, found = subject.text, partial(Finding, "L8", "error")
    if subject.beside.encoding:
        yield found(
            0,
            0,
            _("Chữ viết bằng bảng mã {name}, không phải Unicode.").format(name=subject.beside.encoding),
            _("Chuyển văn bản về Unicode dựng sẵn."),
        )
    combining = next((m for m in re.finditer(r"[\u0300-\u0323\u031b]", text)), None)
    if combining and re.search(r"[à-ỹ]", unicodedata.normalize("NFC", text)) and re.search(r"[\u1ea0-\u1ef9]", text):
        yield found(
            max(combining.start() - 1, 0),
            combining.end(),
            _("Chữ có dấu tổ hợp lẫn với chữ dựng sẵn."),
            _("Chuyển cả văn bản về Unicode dựng sẵn."),
        )
    for match in re.finditer(r"[\u00d0\u0189]", text):
        yield found(
            match.start(),
            match.end(),
            _("Ký tự U+{code:04X} giống “Đ” nhưng không phải Đ.").format(code=ord(match.group())),
            fix="Đ",
        )
    for match in re.finditer("\ufffd", text):
        yield found(match.start(), match.end(), _("Ký tự hỏng, không đọc được."), _("Mở lại tệp với đúng bảng mã."))
        break


@rule("L9", "warning", ALL)
def paragraphs_broken_by_pages(subject: Subject) -> Iterator[Finding]:
    """Đoạn văn không bị ngắt giữa câu (thường do chép từ PDF): đoạn trước chưa hết câu, đoạn sau bắt đầu bằng chữ thường.
    Căn cứ: trình bày nội dung, Phụ lục I Nghị định 30/2020/NĐ-CP."""
    for match in _BROKEN.finditer(subject.text):
        line = subject.text[subject.text.rfind("\n", 0, match.start() + 1) + 1 : match.start() + 1]
        if len(line) > 40 and subject.text[match.end()].islower():  # the range à-ỹ holds capitals too
            yield Finding(
                "L9",
                "warning",
                match.start(),
                match.end(),
                _("Đoạn bị ngắt giữa câu sau “{words}”.").format(words=short(line[-25:])),
                _("Nối hai đoạn."),
                subject.text[match.start()] + " ",
            )


@rule("L10", "info", ALL)
def preferred_words(subject: Subject) -> Iterator[Finding]:
    """Nên dùng “bảo đảm” thay “đảm bảo”, “hằng năm” thay “hàng năm”. Căn cứ: thói quen của văn bản quy phạm pháp luật."""
    for wrong, right in words_data()["preferred"].items():
        match = re.search(rf"(?<!\w){wrong}(?!\w)", subject.words)
        if match:
            yield subject.at(
                "L10",
                match.start(),
                match.end(),
                _("Nên viết “{right}” thay “{wrong}”.").format(right=right, wrong=wrong),
            )
