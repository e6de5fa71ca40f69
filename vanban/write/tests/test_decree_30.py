"""The written page against the table of Decree 30/2020, Annex I, component by component.

The table is spelled out here from the law and not taken from ``vanban.layout``: it is what a jurist reads.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from lxml import etree

from vanban.write import write
from vanban.write.tests.documents import report
from vanban.write.tests.printed import Printed, W, mm, pdf_lines, rule_lines, word_paragraphs

# cell, component, its words in the report, sizes, bold, italic, alignment, column: left, right or page
TABLE = [
    ("1", "Quốc hiệu", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, 13, True, False, "center", "right"),
    ("1", "Tiêu ngữ", "Độc lập - Tự do - Hạnh phúc", 13, 14, True, False, "center", "right"),
    ("2", "Cơ quan chủ quản", "UBND TỈNH QUẢNG TRỊ", 12, 13, False, False, "center", "left"),
    ("2", "Cơ quan ban hành", "SỞ KHOA HỌC VÀ CÔNG NGHỆ", 12, 13, True, False, "center", "left"),
    ("3", "Số, ký hiệu", "Số: 08/BC-SKHCN", 13, 13, False, False, "center", "left"),
    ("4", "Địa danh, ngày", "Quảng Trị, ngày 05 tháng 02 năm 2024", 13, 14, False, True, "center", "right"),
    ("5a", "Tên loại", "BÁO CÁO", 13, 14, True, False, "center", "page"),
    ("5a", "Trích yếu", "Kết quả thực hiện Chương trình công tác năm 2024", 13, 14, True, False, "center", "page"),
    ("9a", "Kính gửi", "Kính gửi: UBND tỉnh", 13, 14, False, False, "center", "page"),
    ("6", "Căn cứ", "Căn cứ Luật Năng lượng nguyên tử;", 13, 14, False, True, "both", "page"),
    ("6", "Đề mục I.", "I. KẾT QUẢ THỰC HIỆN", 13, 14, True, False, "both", "page"),
    ("6", "Đề mục 1.", "1. An toàn bức xạ", 13, 14, True, False, "both", "page"),
    ("6", "Nội dung", "Trong năm, Sở cấp giấy phép cho 15 cơ sở", 13, 14, False, False, "both", "page"),
    ("7a", "Quyền hạn", "KT. GIÁM ĐỐC", 13, 14, True, False, "center", "right"),
    ("7a", "Chức vụ", "PHÓ GIÁM ĐỐC", 13, 14, True, False, "center", "right"),
    ("7b", "Họ tên", "Nguyễn Văn A", 13, 14, True, False, "center", "right"),
    ("9b", "Nơi nhận", "Nơi nhận:", 12, 12, True, True, "left", "left"),
    ("9b", "Danh sách", "- Như trên;", 11, 11, False, False, "left", "left"),
    ("9b", "Lưu", "- Lưu: VT, VP.", 11, 11, False, False, "left", "left"),
    ("PL", "Phụ lục", "Phụ lục I", 14, 14, True, False, "center", "page"),
    ("PL", "Tên phụ lục", "BẢNG SỐ LIỆU", 13, 14, True, False, "center", "page"),
    ("PL", "Kèm theo", "(Kèm theo Báo cáo số", 13, 14, False, True, "center", "page"),
]
NAMES = [f"{row[0]} {row[1]}" for row in TABLE]


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return write(report(), "pdf")


@pytest.fixture(scope="module")
def word() -> bytes:
    return write(report(), "docx")


def _line(lines: list[Printed], words: str) -> Printed:
    found = [line for line in lines if line.text.startswith(words)]
    assert found, f"không thấy “{words}”"
    return found[0]


@pytest.mark.parametrize("row", TABLE, ids=NAMES)
def test_component_on_the_printed_page(row: tuple[Any, ...], pdf: bytes) -> None:
    _cell, _name, words, least, most, bold, italic, align, column = row
    line = _line(pdf_lines(pdf), words)
    assert least <= line.size <= most
    assert (line.bold, line.italic) == (bold, italic)
    assert "Tinos" in line.font
    middle = {"left": (26, 94), "right": (91, 194), "page": (29.9, 190.1)}[column]
    assert middle[0] <= mm(line.left) and mm(line.right) <= middle[1]
    if align == "center" and column == "page":
        assert mm(line.left + line.right) / 2 == pytest.approx(110, abs=1)


@pytest.mark.parametrize("row", TABLE, ids=NAMES)
def test_component_in_the_word_file(row: tuple[Any, ...], word: bytes) -> None:
    _cell, _name, words, least, most, bold, italic, align, _column = row
    paragraph = _line(word_paragraphs(word)[0], words)
    assert least <= paragraph.size <= most
    assert (paragraph.bold, paragraph.italic, paragraph.align) == (bold, italic, align)
    assert paragraph.font == "Times New Roman"


def test_number_and_date_stand_on_one_row(pdf: bytes) -> None:
    lines = pdf_lines(pdf)
    assert _line(lines, "Số: ").top == pytest.approx(_line(lines, "Quảng Trị, ngày").top, abs=4)


def test_recipients_begin_level_with_the_authority(pdf: bytes) -> None:
    lines = pdf_lines(pdf)
    assert _line(lines, "Nơi nhận:").top == pytest.approx(_line(lines, "KT. GIÁM ĐỐC").top, abs=6)


def test_rule_lines_have_the_lengths_of_the_decree(pdf: bytes) -> None:
    lines = pdf_lines(pdf)
    motto, issuer = _line(lines, "Độc lập"), _line(lines, "SỞ KHOA HỌC")
    title = _line(lines, "Kết quả thực hiện")
    under_issuer, under_motto, under_title = sorted(rule_lines(pdf)[:3], key=lambda r: (r.top > 150, r.left))
    assert under_motto.right - under_motto.left == pytest.approx(motto.right - motto.left, rel=0.02)
    for text, rule in ((issuer, under_issuer), (title, under_title)):
        share = (rule.right - rule.left) / (text.right - text.left)
        assert 1 / 3 <= share <= 1 / 2
        assert rule.top > text.top
    assert (under_motto.left + under_motto.right) / 2 == pytest.approx((motto.left + motto.right) / 2, abs=2)


def test_rule_lines_of_the_word_file_have_the_same_lengths(word: bytes, pdf: bytes) -> None:
    _paragraphs, body = word_paragraphs(word)
    lengths = []
    for paragraph in body.iter(f"{W}p"):
        if paragraph.find(f"{W}pPr/{W}pBdr/{W}top") is not None:
            indent = paragraph.find(f"{W}pPr/{W}ind")
            cell = next(paragraph.iterancestors(f"{W}tc"), None)
            room = int(cell.find(f"{W}tcPr/{W}tcW").get(f"{W}w")) if cell is not None else 160 / 25.4 * 1440
            lengths.append((room - int(indent.get(f"{W}left")) - int(indent.get(f"{W}right"))) / 20)
    printed = sorted(rule_lines(pdf)[:3], key=lambda r: (r.top > 150, r.left))
    assert lengths == pytest.approx([r.right - r.left for r in printed], abs=2)


def test_page_is_a4_with_legal_margins(word: bytes, pdf: bytes) -> None:
    import pypdfium2

    width, height = pypdfium2.PdfDocument(pdf)[0].get_size()
    assert [mm(width), mm(height)] == pytest.approx([210, 297], abs=0.1)
    margins = word_paragraphs(word)[1].find(f"{W}sectPr/{W}pgMar")
    sides = {side: int(margins.get(f"{W}{side}")) / 1440 * 25.4 for side in ("top", "bottom", "left", "right")}
    for side, (least, most) in {"top": (20, 25), "bottom": (20, 25), "left": (30, 35), "right": (15, 20)}.items():
        assert least - 0.1 <= sides[side] <= most + 0.1
    body = [line for line in pdf_lines(pdf) if line.page == 2 and not line.text.strip().isdigit()]
    assert mm(min(line.left for line in body)) >= 29.9 and mm(max(line.right for line in body)) <= 190.1


def test_page_numbers_stand_in_the_top_margin_from_page_2_and_anew_in_the_appendix(pdf: bytes) -> None:
    import pypdfium2

    lines = pdf_lines(pdf)
    pages = len(pypdfium2.PdfDocument(pdf))
    annex = _line(lines, "Phụ lục I").page
    for page in range(1, pages + 1):
        margin = [line for line in lines if line.page == page and mm(line.top) < 18]
        own = page if page < annex else page - annex + 1
        assert [line.text.strip() for line in margin] == ([] if own == 1 else [str(own)])
        for line in margin:
            assert 13 <= line.size <= 14 and not line.bold and not line.italic
            assert mm(line.left + line.right) / 2 == pytest.approx(110, abs=1)


def test_word_counts_pages_in_its_header_from_page_2(word: bytes) -> None:
    parts = zipfile.ZipFile(io.BytesIO(word))
    header: Any = etree.fromstring(parts.read("word/header1.xml"))
    assert header.find(f".//{W}fldSimple").get(f"{W}instr") == "PAGE"
    sections = list(word_paragraphs(word)[1].iter(f"{W}sectPr"))
    assert len(sections) == 2
    assert all(s.find(f"{W}titlePg") is not None and s.find(f"{W}pgNumType").get(f"{W}start") == "1" for s in sections)


def test_columns_are_those_of_the_template(word: bytes) -> None:
    grid = word_paragraphs(word)[1].find(f"{W}tbl/{W}tblGrid")
    assert [column.get(f"{W}w") for column in grid] == ["3829", "5670"]


def test_body_is_indented_and_set_apart(word: bytes) -> None:
    styles: Any = etree.fromstring(zipfile.ZipFile(io.BytesIO(word)).read("word/styles.xml"))
    (body,) = (s for s in styles.iter(f"{W}style") if s.get(f"{W}styleId") == "body")
    first, gap = body.find(f"{W}pPr/{W}ind"), body.find(f"{W}pPr/{W}spacing")
    assert int(first.get(f"{W}firstLine")) in range(566, 722)  # 1 – 1.27 cm
    assert int(gap.get(f"{W}before")) >= 120
    assert 240 <= int(gap.get(f"{W}line")) <= 360


def test_every_node_is_a_content_control(word: bytes) -> None:
    body = word_paragraphs(word)[1]
    tags = [tag.get(f"{W}val") for tag in body.iter(f"{W}tag")]
    assert tags == ["figure:radiation.facilities_licensed", "document:30/2020/NĐ-CP@2020-03-05"]


def test_table_heads_repeat(word: bytes, pdf: bytes) -> None:
    import docx as python_docx

    rows = python_docx.Document(io.BytesIO(word)).tables[1].rows
    assert rows[0]._tr.find(f"{W}trPr/{W}tblHeader") is not None
    assert rows[1]._tr.find(f"{W}trPr/{W}tblHeader") is None
    assert len([line for line in pdf_lines(pdf) if line.text.startswith("TT")]) >= 2


def test_another_reader_opens_the_word_file(word: bytes) -> None:
    import docx as python_docx

    opened = python_docx.Document(io.BytesIO(word))
    assert opened.tables[0].cell(0, 1).text.startswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập")
    assert "heading 1" in {style.name.lower() for style in opened.styles}


def test_a_picture_is_drawn_and_has_words_for_those_who_cannot_see_it(pdf: bytes, word: bytes) -> None:
    import pypdf

    file: Any = pypdf.PdfReader(io.BytesIO(pdf))
    objects = [file.get_object(n) for n in range(1, file.trailer["/Size"])]
    assert "Biểu đồ kết quả" in {o.get("/Alt") for o in objects if isinstance(o, dict)}
    assert any(line.text.startswith("Năm 2024") for line in pdf_lines(pdf))
    assert zipfile.ZipFile(io.BytesIO(word)).read("word/media/image1.png").startswith(b"\x89PNG")


def test_pdf_is_archival_tagged_and_titled(pdf: bytes) -> None:
    import pypdf

    file: Any = pypdf.PdfReader(io.BytesIO(pdf))
    xmp = file.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in xmp and "<pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    root = file.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is not None and root["/Lang"].startswith("vi")
    assert file.metadata is not None and "BÁO CÁO" in str(file.metadata.title)
    links = [a.get_object()["/A"]["/URI"] for page in file.pages for a in page.get("/Annots", [])]
    assert links == ["https://so.vn/so-lieu/15"]


def test_a_number_never_breaks_over_two_lines() -> None:
    from vanban.document import Document, Paragraph, Text

    words = "Thực hiện Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư, " * 40
    for line in pdf_lines(write(Document(blocks=(Paragraph((Text(words),)),)), "pdf")):
        assert line.text.count("30/2020/NĐ-CP") == line.text.count("NĐ-") == line.text.count("30/")
        assert line.text.count("05/3/2020") == line.text.count("05/")


def test_words_of_a_document_are_never_commands_of_the_typesetter() -> None:
    from vanban.document import Document, Paragraph, Text

    words = '#set page(fill: red) $x$ #read("/etc/passwd") *b* ]('
    (line,) = pdf_lines(write(Document(blocks=(Paragraph((Text(words),)),)), "pdf"))
    assert line.text.strip() == words
