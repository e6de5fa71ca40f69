"""PDF, old Word, web pages, Markdown, edXML: their words and their parts."""

from __future__ import annotations

import base64
import datetime as dt

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings

from vanban.document import Document, Header, Heading, Node, Paragraph, Table, Text, plain
from vanban.document_json import from_data, to_data
from vanban.read import read
from vanban.read.doc import _lines, _text
from vanban.read.edxml import attachments
from vanban.read.guard import xml
from vanban.read.html import parsed
from vanban.read.html_other import _Page
from vanban.read.markdown import markdown
from vanban.read.pdf import _pages, _paragraphs, pdf
from vanban.read.tests.files import old_word
from vanban.write import write
from vanban.write.tests.documents import documents, report

EDXML = """<?xml version="1.0" encoding="utf-8"?>
<edXML:edXML xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016"><edXML:edXMLEnvelope><edXML:edXMLHeader>
<edXML:MessageHeader><edXML:From><edXML:OrganId>H50.13</edXML:OrganId><edXML:OrganName>Sở Khoa học và Công nghệ</edXML:OrganName></edXML:From>
<edXML:To><edXML:OrganId>H50</edXML:OrganId><edXML:OrganName>UBND tỉnh Quảng Trị</edXML:OrganName></edXML:To>
<edXML:Code><edXML:CodeNumber>215</edXML:CodeNumber><edXML:CodeNotation>BC-SKHCN</edXML:CodeNotation></edXML:Code>
<edXML:PromulgationInfo><edXML:Place>Quảng Trị</edXML:Place><edXML:PromulgationDate>2024/11/15</edXML:PromulgationDate></edXML:PromulgationInfo>
<edXML:DocumentType><edXML:Type>2</edXML:Type><edXML:TypeName>Báo cáo</edXML:TypeName></edXML:DocumentType>
<edXML:Subject>Kết quả năm 2024</edXML:Subject>
<edXML:SignerInfo><edXML:Competence>KT. GIÁM ĐỐC</edXML:Competence><edXML:FullName>Nguyễn Văn A</edXML:FullName></edXML:SignerInfo>
<edXML:ToPlaces><edXML:Place>Như trên</edXML:Place><edXML:Place>Lưu: VT</edXML:Place></edXML:ToPlaces>
</edXML:MessageHeader></edXML:edXMLHeader></edXML:edXMLEnvelope>
<edXML:AttachmentEncoded><edXML:Attachment><edXML:ContentId>cid:1</edXML:ContentId><edXML:AttachmentName>NAME</edXML:AttachmentName>
<edXML:ContentTransferEncoded>DATA</edXML:ContentTransferEncoded></edXML:Attachment></edXML:AttachmentEncoded></edXML:edXML>"""


def _message(name: str, data: bytes) -> bytes:
    return EDXML.replace("NAME", name).replace("DATA", base64.b64encode(data).decode()).encode()


def test_edxml_metadata_are_the_header() -> None:
    made = read(_message("anh.png", b"\x89PNG"))
    header = made.header
    assert (header.issuer, header.number, header.symbol) == ("SỞ KHOA HỌC VÀ CÔNG NGHỆ", "215", "BC-SKHCN")
    assert (header.place, header.date, header.kind, header.title) == (
        "Quảng Trị",
        dt.date(2024, 11, 15),
        "BÁO CÁO",
        "Kết quả năm 2024",
    )
    assert made.addressees == ("UBND tỉnh Quảng Trị",) and made.recipients == ("Như trên", "Lưu: VT")
    assert made.signature.authority == ("KT. GIÁM ĐỐC",) and made.signature.name == "Nguyễn Văn A"
    assert plain(made.blocks[-1].inlines) == "anh.png"  # type: ignore[union-attr]


def test_edxml_body_comes_from_the_attached_document() -> None:
    made = read(_message("bao-cao.docx", write(report(), "docx")))
    assert made == report()


def test_edxml_attachments_are_listed_with_their_bytes() -> None:
    (file,) = attachments(xml(_message("a.pdf", b"%PDF-x")))
    assert (file.name, file.data) == ("a.pdf", b"%PDF-x")


def test_pdf_paragraphs_are_whole_over_lines_and_pages_and_page_numbers_are_dropped() -> None:
    file = pypdfium2.PdfDocument(write(report(), "pdf"))
    found = [" ".join(text.split()) for text in _paragraphs(_pages(file))]
    written = [" ".join(plain(b.inlines).split()) for b in report().blocks if isinstance(b, Paragraph)]
    assert [text for text in written if text not in found] == []
    assert not [text for text in found if text in ("2", "3", "4")]
    assert "BÁO CÁO" in found
    assert report().header.title in found


TITLES = [  # (kind, number, symbol, title): what a row of print can cut
    ("THÔNG TƯ", "08/2024", "TT-BKHCN", "xây dựng dự toán kinh phí sự nghiệp khoa học và công nghệ năm 2025"),
    (
        "QUYẾT ĐỊNH",
        "05",
        "QĐ-UBND",
        "thực hiện Nghị quyết số 20-NQ/TW ngày 01/11/2012 của Ban Chấp hành Trung ương Đảng",
    ),
    ("", "41", "BKHCN-KHTC", "rà soát cơ sở sử dụng thiết bị X-quang chẩn đoán trong y tế"),
    ("", "131", "UBND-NC", "thực hiện Nghị quyết số 20-NQ/TW ngày 01/11/2012 của Ban Chấp hành Trung ương Đảng"),
]


@pytest.mark.parametrize(("kind", "number", "symbol", "title"), TITLES)
def test_a_title_printed_on_several_rows_is_whole_in_a_letter_of_a_page(kind, number, symbol, title) -> None:  # type: ignore[no-untyped-def]
    header = Header("", "BỘ KHOA HỌC VÀ CÔNG NGHỆ", number, symbol, "Hà Nội", dt.date(2024, 1, 15), kind, title)
    said = (
        "Căn cứ Luật Khoa học và Công nghệ ngày 18 tháng 6 năm 2013;",
        "Thực hiện Kế hoạch số 97/KH-UBND ngày 06/5/2024 của UBND tỉnh, cơ quan ban hành thông báo các nội dung sau.",
        "Bám sát mục tiêu, nhiệm vụ của năm; bảo đảm tiết kiệm, hiệu quả và đúng quy định của pháp luật.",
    )
    to = () if kind else ("Sở Khoa học và Công nghệ",)
    made = pdf(write(Document(header, to, blocks=tuple(Paragraph((Text(words),)) for words in said)), "pdf"))
    assert (made.header.issuer, made.header.title) == ("BỘ KHOA HỌC VÀ CÔNG NGHỆ", title)


@pytest.mark.parametrize("name", ["pdf", "doc", "md", "web"])
def test_a_file_without_styles_of_ours_still_gives_the_parts_of_the_document(name: str) -> None:
    source = report()
    made = read(_without_styles(name, source), f"bao-cao.{name}")
    assert made.header == source.header
    assert (made.addressees, made.signature, made.recipients) == (
        source.addressees,
        source.signature,
        source.recipients,
    )
    headings = [(b.number, plain(b.inlines)) for b in made.blocks if isinstance(b, Heading)]
    assert headings == [(b.number, plain(b.inlines)) for b in source.blocks if isinstance(b, Heading)]
    assert [plain(g.inlines) for g in made.grounds] == [plain(g.inlines) for g in source.grounds]


def _without_styles(name: str, source: Document) -> bytes:
    """The report in a format, or by a hand, that knows nothing of our styles."""
    if name == "web":
        return write(source, "html").replace(b'class="vanban"', b"")
    if name == "doc":
        page = parsed(write(source, "html"))
        words = ["".join(str(t) for t in e.itertext()) for e in page.iter("p", "h1", "h2", "h3", "li")]
        return old_word("\r".join(words) + "\r")
    return write(source, name)  # type: ignore[arg-type]


def test_old_word_gives_paragraphs_and_tables() -> None:
    from io import BytesIO

    import olefile  # type: ignore[import-untyped]

    file = olefile.OleFileIO(BytesIO(old_word("SỞ KHOA HỌC\rBáo cáo năm 2024\rTT\x07Số\x07\x071\x075\x07\x07Hết\r")))
    text = _text(file.openstream("WordDocument").read(), file.openstream("1Table").read())
    lines = list(_lines(text))
    assert [line.text for line in lines if line.block is None] == ["SỞ KHOA HỌC", "Báo cáo năm 2024", "Hết", ""]
    (table,) = (line.block for line in lines if isinstance(line.block, Table))
    assert [[plain(c.paragraphs[0].inlines) for c in row] for row in table.rows] == [["TT", "Số"], ["1", "5"]]


def test_old_word_fields_show_their_result() -> None:
    assert [line.text for line in _lines("Trang \x13PAGE \x142\x15 của \x13HYPERLINK \x13X\x15\x14đây\x15")] == [
        "Trang 2 của đây"
    ]


def test_a_web_page_gives_the_words_a_visitor_sees() -> None:
    page = _Page()
    page.walk(
        parsed(
            "<html><head><title>x</title><style>p{}</style></head><body><nav>Trang chủ</nav><div>SỞ <b>KHOA HỌC</b></div>"
            "<p>Một\n dòng<br>hai</p><script>x()</script><table border=1><tr><th>TT<th>Số<tr><td>1<td>5</table></body></html>".encode()
        ),
        False,
        False,
        0,
    )
    page.close()
    assert [line.text for line in page.lines] == ["SỞ KHOA HỌC", "Một dòng", "hai", ""]
    assert page.lines[0].inlines == (Text("SỞ "), Text("KHOA HỌC", bold=True))
    table = page.lines[3].block
    assert isinstance(table, Table) and table.header_rows == 1


def test_markdown_links_to_references_are_nodes() -> None:
    made = markdown(
        "## 1. An toàn bức xạ\n\nSở cấp phép cho [15](figure:radiation.facilities_licensed) cơ sở, *theo*\n"
        "[Kế hoạch số 155/KH-UBND](document:155/KH-UBND@2022-08-03).\n\n- một;\n- hai.\n\n| TT | Số |\n| --- | ---: |\n| 1 | 5 |\n"
    )
    heading, body, one, _two, table = made.blocks
    assert heading == Heading(2, "1.", (Text("An toàn bức xạ"),))
    assert isinstance(body, Paragraph) and [i.ref for i in body.inlines if isinstance(i, Node)] == [
        "figure:radiation.facilities_licensed",
        "document:155/KH-UBND@2022-08-03",
    ]
    assert one == Paragraph((Text("một;"),), "-")
    assert isinstance(table, Table) and table.rows[1][1].paragraphs[0].align == "right"


def test_a_section_written_as_markdown_reads_back_with_its_nodes() -> None:
    words = (
        Text("Sở cấp phép cho "),
        Node("figure:radiation.facilities_licensed", "15"),
        Text(" cơ sở, trong đó *"),
        Text("ba", bold=True),
        Text("_ mới."),
    )
    section = Document(
        blocks=(Heading(1, "I.", (Text("KẾT QUẢ"),)), Heading(2, "1.", (Text("An toàn"),)), Paragraph(words))
    )
    assert markdown(write(section, "md").decode()).blocks == section.blocks


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(documents)
def test_the_tree_as_plain_data_comes_back_equal(document: Document) -> None:
    assert from_data(to_data(document)) == document
