"""From drafts to citations: issuers that only the number tells, status with its reason, raw positions."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter
from pathlib import Path

from vanban.citations.citation import Citation, Draft
from vanban.numbers import Repair
from vanban.text import CleanText
from vanban.translation import _
from vanban.vocabulary import Vocabulary, load

_PLACED = re.compile(
    r"(UBND|HĐND|Ủy ban nhân dân|Uỷ ban nhân dân|Hội đồng nhân dân|Tỉnh ủy|Thành ủy)[ \n]"
    r"((?:tỉnh|thành phố|TP\.?|huyện|thị xã|quận|xã|phường|thị trấn|đặc khu)(?:[ ][A-ZĐ][\w]{0,9}){0,4})"
)
_LEVEL = re.compile(
    r"(?:UBND|HĐND|[ỦU][ỷyỶY] ban nhân dân|[ỦU][ỷyỶY] BAN NHÂN DÂN|Ủy ban nhân dân|ỦY BAN NHÂN DÂN|Hội đồng nhân dân)[ \n]"
    r"(tỉnh|thành phố|huyện|xã|phường|TỈNH|THÀNH PHỐ|HUYỆN|XÃ|PHƯỜNG)"
)
_REASONS = {
    "mismatch": _("tên loại không khớp ký hiệu trong số"),
    "no such day": _("ngày không có trong lịch"),
    "year missing": _("ngày thiếu năm"),
    "repaired": _("số, ký hiệu được đề xuất sửa"),
    "issuer from code": _("cơ quan ban hành suy từ ký hiệu"),
    "shared code": _("nhiều cơ quan dùng chung ký hiệu này"),
    "unknown code": _("không biết ký hiệu cơ quan"),
    "type from code": _("tên loại suy từ ký hiệu"),
    "from context": _("ngày hoặc cơ quan lấy từ câu văn hoặc từ văn bản liệt kê cùng"),
    "letters shared": _("ký hiệu lấy từ số đứng sau trong danh sách"),
    "said before": _("số viết tắt của văn bản đã viện dẫn trong bài"),
    "short": _("số thiếu ký hiệu"),
    "no year": _("không nêu năm nên có thể là nhiều luật cùng tên"),
    "party quy định": _("số QĐ của Đảng dùng cho cả Quyết định và Quy định"),
    "later than text": _("ngày sau ngày của văn bản viện dẫn"),
    "year differs": _("năm ban hành khác năm trong số"),
}
_AMBIGUOUS = frozenset(("mismatch", "shared code", "no year", "party quy định", "later than text", "year differs"))
_UNRESOLVED = frozenset(("short", "unknown code", "no such day", "year missing"))


class Known:
    """What the text has said so far: the issuer named for each number, the level of the document's head."""

    def __init__(self) -> None:
        self.issuers: dict[str, str] = {}
        self.level = ""


def resolved(
    clean: CleanText, drafts: list[Draft], today: dt.date | None, known: Known, data: Path | None
) -> list[Citation]:
    """The citations that callers get."""
    vocabulary = load(data)
    _note_issuers(drafts, known)
    out: list[Citation] = []
    for draft in drafts:
        if draft.issuer is None:
            if not known.level:
                known.level = _default_level(clean.clean)
            _supply_issuer(clean.clean, draft, known, vocabulary)
        out.append(_citation(clean, draft, today))
    return out


def _note_issuers(drafts: list[Draft], known: Known) -> None:
    """Issuers that the text names somewhere for a number, so that a short mention can take them over."""
    for draft in drafts:
        if draft.number and draft.issuer:
            known.issuers.setdefault(draft.number.canonical, draft.issuer)


def _default_level(clean: str) -> str:
    levels = Counter(found.group(1).lower() for found in _LEVEL.finditer(clean, 0, 20_000))
    return levels.most_common(1)[0][0] if levels else "?"


def _supply_issuer(clean: str, draft: Draft, known: Known, words: Vocabulary) -> None:
    if draft.by_name:
        draft.issuer = "Ủy ban Thường vụ Quốc hội" if draft.type == "Pháp lệnh" else "Quốc hội"
        return
    number = draft.number
    if number is None:
        if draft.type == "Nghị định":
            draft.issuer = "Chính phủ"
        return
    again = known.issuers.get(number.canonical)
    if again:
        draft.issuer = again
        draft.reasons.append("issuer from code")
        return
    code = number.issuers[0] if number.issuers else ""
    body = words.issuers.get(code.rstrip("0123456789"))
    if body is None:
        draft.reasons.append("unknown code")
    elif body.local:
        draft.issuer = _placed(clean, draft, body.name, known.level)
        draft.reasons.append("issuer from code")
    else:
        draft.issuer = body.name or None
        draft.reasons.append("shared code" if body.shared else "issuer from code")


def _placed(clean: str, draft: Draft, name: str, default: str) -> str:
    """“UBND” with its place: the nearest one named before the citation, else the level of the document."""
    place = None
    for found in _PLACED.finditer(clean, max(0, draft.start - 240), draft.start):
        place = found.group(2)
    if place:
        return f"{name} {place}"
    return f"{name} {default}" if default != "?" else name


def _citation(clean: CleanText, draft: Draft, today: dt.date | None) -> Citation:
    start, end = clean.raw_span(draft.start, draft.end)
    number = draft.number
    written = canonical = system = None
    repairs: tuple[Repair, ...] = ()
    if number is not None:
        at = clean.raw_span(draft.number_start, draft.number_end)
        written = number.written if draft.short else _as_written(clean.raw[at[0] : at[1]])
        canonical, system, repairs = number.canonical, number.system, number.repairs
    elif draft.unresolved:
        written = draft.unresolved
        canonical, system = _short_canonical(draft)
    status, reason = _status(draft, repairs, today)
    return Citation(
        start, end, clean.raw[start:end], draft.type, written, canonical, system, draft.date, draft.issuer,
        draft.title, draft.relation, draft.parent, status, reason, draft.direction, draft.provision, draft.year,
        repairs,
    )  # fmt: skip


def _as_written(raw: str) -> str:
    if raw.isascii():
        return "".join(raw.split())
    return "".join(c for c in unicodedata.normalize("NFC", raw) if not c.isspace() and c not in "\u00ad\u200b\ufeff")


def _short_canonical(draft: Draft) -> tuple[str | None, str | None]:
    if draft.type == "Nghị định" and "/" in draft.unresolved:
        return f"{draft.unresolved}/NĐ-CP", "QPPL"
    return None, None


def _status(draft: Draft, repairs: tuple[Repair, ...], today: dt.date | None) -> tuple[str, str]:
    reasons = draft.reasons
    number = draft.number
    if draft.unresolved and not _short_canonical(draft)[0]:
        reasons.append("short")
    if draft.by_name and draft.year is None:
        reasons.append("no year")
    if number is not None:
        if not draft.type_stated:
            party_rule = number.system == "ĐẢNG" and number.type_code == "QĐ"
            reasons.append("party quy định" if party_rule else "type from code")
        if repairs:
            reasons.append("repaired")
        if number.year and draft.date and draft.date.year != number.year:
            reasons.append("year differs")
    if draft.from_context:
        reasons.append("from context")
    if today and draft.date and draft.date > today:
        reasons.append("later than text")
    if not reasons:
        return ("inferred", _REASONS["from context"]) if draft.unresolved else ("resolved", "")
    said = "; ".join(dict.fromkeys(_REASONS[reason] for reason in reasons))
    if not _UNRESOLVED.isdisjoint(reasons):
        return "unresolved", said
    return ("ambiguous" if not _AMBIGUOUS.isdisjoint(reasons) else "inferred"), said
