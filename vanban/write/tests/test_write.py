"""What every writer keeps: links that are safe, blanks of a draft, the layout of the day."""

from __future__ import annotations

import datetime as dt

import pytest

from vanban.document import Cell, Document, Header, Heading, Node, Paragraph, Picture, Table, Text
from vanban.layout import NoLayout
from vanban.read.docx import docx
from vanban.read.html import html
from vanban.write import write
from vanban.write.tests.documents import report
from vanban.write.tests.printed import pdf_lines
from vanban.write.words import LETTERS_ACROSS, UnwritableDocument, column_shares


def _body(*inlines: Node | Text) -> Document:
    return Document(blocks=(Paragraph(inlines),))


def test_html_shows_each_node_with_its_ground() -> None:
    page = write(report(), "html").decode()
    assert (
        '<a class="fig" href="https://so.vn/so-lieu/15" data-ref="figure:radiation.facilities_licensed">15</a>' in page
    )
    assert (
        '<a class="cite" data-ref="document:30/2020/NĐ-CP@2020-03-05">Nghị định số 30/2020/NĐ-CP ngày 05/3/2020</a>'
        in page
    )


def test_html_needs_nothing_from_elsewhere() -> None:
    page = write(report(), "html").decode()
    assert "<script" not in page and "@import" not in page and "url(" not in page and 'src="http' not in page


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", " JavaScript:x", "data:text/html,x", "vbscript:x", "file:///etc/passwd"]
)
def test_a_link_that_runs_something_is_dropped(link: str) -> None:
    document = _body(Node("figure:x", "15", link))
    for made in (html(write(document, "html")), docx(write(document, "docx"))):
        assert [node.href for node in made.nodes()] == [""]
    assert b"alert" not in write(document, "pdf")


def test_a_link_with_vietnamese_letters_is_a_legal_address_in_word() -> None:
    document = _body(Node("figure:x", "15", "https://so.vn/số liệu?năm=2024"))
    (node,) = docx(write(document, "docx")).nodes()
    assert node.href == "https://so.vn/s%E1%BB%91%20li%E1%BB%87u?n%C4%83m=2024"


def test_words_are_never_markup() -> None:
    page = write(_body(Text('<img src=x onerror="x">&<script>')), "html").decode()
    assert "&lt;img" in page and "<script>" not in page and "<img" not in page


def test_control_characters_are_dropped() -> None:
    document = _body(Text("a\x00b\x1bc\ufffe"))
    for made in (html(write(document, "html")), docx(write(document, "docx"))):
        assert made == _body(Text("abc"))


def test_a_draft_has_blanks_to_fill_in_by_hand() -> None:
    draft = Document(Header(issuer="SỞ KHOA HỌC VÀ CÔNG NGHỆ", symbol="BC-SKHCN", place="Quảng Trị", kind="BÁO CÁO"))
    lines = {line.text.strip(): line for line in pdf_lines(write(draft, "pdf"))}
    assert lines["/BC-SKHCN"].left - lines["Số:"].right > 20
    date = lines["Quảng Trị, ngày tháng năm"]
    assert date.right - date.left > 150


def test_a_letter_carries_its_subject_under_the_number() -> None:
    letter = Document(
        Header(issuer="SỞ KHOA HỌC VÀ CÔNG NGHỆ", number="12", symbol="SKHCN-VP", title="báo cáo năm 2024")
    )
    lines = pdf_lines(write(letter, "pdf"))
    (subject,) = (line for line in lines if line.text.startswith("V/v báo cáo"))
    (number,) = (line for line in lines if line.text.startswith("Số: 12/SKHCN-VP"))
    assert subject.top > number.top and 12 <= subject.size <= 13 and not subject.bold


def test_a_chapter_stands_on_its_own_line_over_its_title() -> None:
    document = Document(blocks=(Heading(1, "Chương II", (Text("QUY ĐỊNH CỤ THỂ"),)),))
    lines = [line.text.strip() for line in pdf_lines(write(document, "pdf"))]
    assert lines == ["Chương II", "QUY ĐỊNH CỤ THỂ"]


def test_levels_that_skip_still_make_an_accessible_pdf() -> None:
    document = Document(
        blocks=(Heading(3, "a)", (Text("Sâu"),)), Heading(1, "I.", (Text("Nông"),)), Heading(4, "-", (Text("Sâu"),)))
    )
    assert b"pdfuaid" in write(document, "pdf")


def test_a_sign_that_no_font_draws_does_not_stop_the_report() -> None:
    assert write(_body(Text("chữ \U00013000 cổ")), "pdf").startswith(b"%PDF")


@pytest.mark.parametrize("format", ["pdf", "docx"])
def test_a_broken_picture_is_named(format: str) -> None:
    with pytest.raises(UnwritableDocument, match="hình vẽ"):
        write(Document(blocks=(Picture("<svg", "x", 10.0, 10.0),)), format)  # type: ignore[arg-type]


def test_a_day_before_every_layout_is_refused_when_asked_for() -> None:
    with pytest.raises(NoLayout):
        write(report(), "html", dt.date(2019, 1, 1))
    old = Document(Header(issuer="SỞ KHOA HỌC VÀ CÔNG NGHỆ", date=dt.date(2011, 1, 1)))
    assert write(old, "html") == write(old, "html", dt.date(2024, 1, 1))


def test_an_unknown_format_is_said() -> None:
    with pytest.raises(ValueError, match="docx, pdf, html"):
        write(report(), "odt")  # type: ignore[arg-type]


def test_a_crowded_table_leaves_a_day_whole_and_a_roomy_one_is_not_changed() -> None:
    def table(*cells: str) -> Table:
        return Table((tuple(Cell((Paragraph((Text(words),)),)) for words in cells),))

    crowded = column_shares(table("12/11/2024", *["Tên loại và trích yếu nội dung văn bản"] * 6))
    assert crowded[0] * LETTERS_ACROSS / 1000 >= len("12/11/2024") - 1
    assert column_shares(table("1", "Phương tiện đo được kiểm định", "10.036")) == [128, 681, 191]
