"""C10, C11: viện dẫn đối chiếu với sổ văn bản và với danh mục cơ quan có ngày hiệu lực."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from vanban.checks.beside import Known
from vanban.checks.citations import cited
from vanban.checks.rule import ALL, Finding, Subject, rule
from vanban.citations import Citation
from vanban.translation import _
from vanban.vocabulary import Issuer, fold, load

_ACTED_UPON = ("thay thế", "bãi bỏ", "sửa đổi bổ sung")


@rule("C10", "error", ALL)
def in_force(subject: Subject) -> Iterator[Finding]:
    """Văn bản làm căn cứ phải còn hiệu lực vào ngày của văn bản viện dẫn; khi có sổ văn bản (`--register so.csv`) thì còn phải có
    trong sổ. Văn bản bị thay thế, bãi bỏ, sửa đổi ngay trong câu thì không xét. Căn cứ: Điều 14 Luật Ban hành văn bản quy phạm
    pháp luật năm 2015, Điều 57 luật năm 2025 (căn cứ là văn bản đang có hiệu lực)."""
    day = subject.reading.document_date
    register = subject.beside.register
    for citation in cited(subject):
        if not citation.canonical or citation.parent is not None:
            continue
        fits = [k for k in register.by_number.get(fold(citation.canonical), ()) if k.may_be(citation.date)]
        if fits:
            yield from _expired(subject, citation, fits[0], day)
        elif register.documents and citation.system != "CV":
            yield subject.on(
                "C10",
                citation.start,
                citation.end,
                _("{number} không có trong sổ văn bản.").format(number=citation.canonical),
                _("Đối chiếu số, ngày; nhập văn bản vào sổ nếu đúng."),
            )


def _expired(subject: Subject, citation: Citation, known: Known, day: dt.date | None) -> Iterator[Finding]:
    if day is None or citation.relation in _ACTED_UPON:
        return
    if known.valid_until and known.valid_until < day:
        cure = (
            _("Viện dẫn văn bản thay thế: {number}.").format(number=known.replaced_by)
            if known.replaced_by
            else _("Tìm văn bản thay thế.")
        )
        yield subject.on(
            "C10",
            citation.start,
            citation.end,
            _("{number} hết hiệu lực sau ngày {day}.").format(
                number=citation.canonical, day=f"{known.valid_until:%d/%m/%Y}"
            ),
            cure,
        )
    elif known.valid_from and known.valid_from > day:
        yield subject.on(
            "C10",
            citation.start,
            citation.end,
            _("{number} đến ngày {day} mới có hiệu lực.").format(
                number=citation.canonical, day=f"{known.valid_from:%d/%m/%Y}"
            ),
        )


@rule("C11", "warning", ALL)
def issuer_of_its_day(subject: Subject) -> Iterator[Finding]:
    """Cơ quan trong ký hiệu phải đang mang tên ấy vào ngày của văn bản được viện dẫn: sau sáp nhập, ký hiệu của cơ quan cũ không còn
    phát hành văn bản. Căn cứ: các nghị quyết sắp xếp bộ máy, ghi kèm ngày trong danh mục cơ quan (data/issuers.yaml)."""
    issuers = load(None).issuers
    for citation in cited(subject):
        code = next((c for c in reversed((citation.canonical or "").replace("/", "-").split("-")) if c in issuers), "")
        if code and citation.date and (said := _not_then(issuers[code], citation.date)):
            yield subject.on(
                "C11",
                citation.start,
                citation.end,
                said,
                _("Kiểm tra ngày và ký hiệu; cơ quan kế thừa có ký hiệu khác."),
            )


def _not_then(issuer: Issuer, day: dt.date) -> str:
    if issuer.valid_until and day > issuer.valid_until:
        return _("{name} ({code}) không còn sau ngày {day}.").format(
            name=issuer.name, code=issuer.code, day=f"{issuer.valid_until:%d/%m/%Y}"
        )
    if issuer.valid_from and day < issuer.valid_from:
        return _("{name} ({code}) đến ngày {day} mới có.").format(
            name=issuer.name, code=issuer.code, day=f"{issuer.valid_from:%d/%m/%Y}"
        )
    return ""
