"""F11: khổ giấy, lề, phông chữ, cỡ chữ, số trang của tệp Word, so với thể thức đang có hiệu lực."""

from __future__ import annotations

from collections.abc import Iterator

from vanban.checks.rule import DECREE_30, Finding, Subject, rule
from vanban.layout import NoLayout, layout_on
from vanban.layout.measures import Layout, Page
from vanban.translation import _

_MILLIMETRE = 0.6  # Word rounds to twentieths of a point, people to half a millimetre
_ONE_PAGE = 2200  # characters that fit one page: shorter texts need no page number


@rule("F11", "error", since=DECREE_30)
def page(subject: Subject) -> Iterator[Finding]:
    """Trang giấy A4, lề trên và dưới 20–25 mm, trái 30–35 mm, phải 15–20 mm; chữ Times New Roman cỡ 13–14; văn bản từ hai trang có số
    trang. Chỉ xét tệp Word. Căn cứ: Phụ lục I, Phần I, Mục I Nghị định 30/2020/NĐ-CP."""
    measured = subject.beside.page
    if measured is None:
        return
    try:
        layout = layout_on(subject.reading.document_date)
    except NoLayout:
        return
    for said in (*_paper(measured, layout), *_letters(measured, layout), *_numbered(measured, len(subject.text))):
        yield Finding("F11", "error", 0, 0, said, _("Sửa ở Bố cục trang (Page Setup) hoặc kiểu chữ thường (Normal)."))


def _paper(found: Page, layout: Layout) -> Iterator[str]:
    if max(abs(found.width - layout.page[0]), abs(found.height - layout.page[1])) > 1:
        yield _("Khổ giấy {width} × {height} mm, phải là A4 ({right[0]:.0f} × {right[1]:.0f} mm).").format(
            width=_mm(found.width), height=_mm(found.height), right=layout.page
        )
    for name, value, allowed in (
        (_("Lề trên"), found.top, layout.top),
        (_("Lề dưới"), found.bottom, layout.bottom),
        (_("Lề trái"), found.left, layout.left),
        (_("Lề phải"), found.right, layout.right),
    ):
        if not allowed.allows(value, _MILLIMETRE):
            yield _("{name} {value} mm, phải từ {least} đến {most} mm.").format(
                name=name, value=_mm(value), least=_mm(allowed.least), most=_mm(allowed.most)
            )


def _letters(found: Page, layout: Layout) -> Iterator[str]:
    if found.font and found.font != layout.font:
        yield _("Phông chữ {found}, phải là {right}.").format(found=found.font, right=layout.font)
    allowed = layout.styles["body"].size
    if found.size and not allowed.allows(found.size):
        yield _("Cỡ chữ nội dung {size}, phải từ {least} đến {most}.").format(
            size=_mm(found.size), least=_mm(allowed.least), most=_mm(allowed.most)
        )


def _numbered(found: Page, length: int) -> Iterator[str]:
    if not found.numbered and length > _ONE_PAGE:
        yield _("Văn bản nhiều trang mà không đánh số trang.")


def _mm(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".").replace(".", ",")
