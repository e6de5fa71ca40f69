"""Word files: those of others, and our own after someone edited them."""

from __future__ import annotations

import io

import docx as python_docx
import pytest
from lxml import etree

from vanban.document import Table, plain
from vanban.read.docx import docx
from vanban.read.docx_numbering import numbering, spelled
from vanban.read.docx_other import _Reader
from vanban.read.docx_words import Source, W
from vanban.read.guard import Package, xml
from vanban.read.lines import Line
from vanban.read.tests.files import paragraph, word
from vanban.write import write
from vanban.write.tests.documents import report

LEVELS = (
    '<w:abstractNum w:abstractNumId="1">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2.%3."/></w:lvl>'
    '<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="·"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>'
)


def _numbered(text: str, level: int) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="5"/></w:numPr>')


def _lines(data: bytes) -> list[Line]:
    package = Package(data)
    trees = [xml(part) if (part := package.read(f"word/{name}.xml")) else None for name in ("numbering", "styles")]
    body = xml(package.read("word/document.xml")).find(f"{W}body")
    assert body is not None
    return list(_Reader(Source(), numbering(trees[0], trees[1])).lines(body))


def _texts(data: bytes) -> list[str]:
    return [line.text for line in _lines(data)]


def test_automatic_numbers_are_counted_as_word_prints_them() -> None:
    body = "".join(_numbered(f"mục {i}", level) for i, level in enumerate((0, 1, 1, 2, 2, 0, 1, 2, 3)))
    assert _texts(word(body, numbering=LEVELS)) == [
        "I. mục 0",
        "1. mục 1",
        "2. mục 2",
        "2.1. mục 3",
        "2.2. mục 4",
        "II. mục 5",
        "1. mục 6",
        "1.1. mục 7",
        "- mục 8",
    ]


@pytest.mark.parametrize(
    ("value", "form", "words"),
    [
        (1, "decimal", "1"),
        (9, "decimalZero", "09"),
        (14, "upperRoman", "XIV"),
        (4, "lowerRoman", "iv"),
        (2, "lowerLetter", "b"),
        (28, "upperLetter", "BB"),
        (7, "no such form", "7"),
    ],
)
def test_forms_of_numbers(value: int, form: str, words: str) -> None:
    assert spelled(value, form) == words


def test_deleted_words_and_field_codes_are_not_words() -> None:
    body = (
        "<w:p><w:r><w:t>giữ</w:t></w:r><w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del><w:ins><w:r><w:t> thêm</w:t></w:r></w:ins>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
    )
    assert _texts(word(body)) == ["giữ thêm"]


def test_a_content_control_is_a_node_whose_words_are_kept() -> None:
    body = (
        '<w:p><w:sdt><w:sdtPr><w:tag w:val="figure:a.b"/></w:sdtPr><w:sdtContent><w:r><w:t>15</w:t></w:r></w:sdtContent></w:sdt>'
        "<w:sdt><w:sdtContent><w:r><w:t> cơ sở</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )
    (line,) = _lines(word(body))
    assert line.text == "15 cơ sở"
    assert [getattr(i, "ref", None) for i in line.inlines] == ["figure:a.b", None]


def test_a_table_of_figures_is_a_table_and_a_head_table_is_lines() -> None:
    def table(rows: list[list[str]]) -> str:
        return (
            "<w:tbl>"
            + "".join("<w:tr>" + "".join(f"<w:tc>{paragraph(c)}</w:tc>" for c in row) + "</w:tr>" for row in rows)
            + "</w:tbl>"
        )

    lines = _lines(
        word(
            table([["UBND TỈNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], ["Số: 1/BC", "Huế"]])
            + table([["TT", "Số"], ["1", "5"]])
        )
    )
    assert [line.text for line in lines[:4]] == ["UBND TỈNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 1/BC", "Huế"]
    assert isinstance(lines[4].block, Table)
    assert [[plain(c.paragraphs[0].inlines) for c in row] for row in lines[4].block.rows] == [["TT", "Số"], ["1", "5"]]


def test_our_file_edited_by_hand_still_reads_with_its_nodes() -> None:
    opened = python_docx.Document(io.BytesIO(write(report(), "docx")))
    number = next(r for r in opened.element.iter(f"{W}r") if "".join(t.text or "" for t in r.iter(f"{W}t")) == "08")
    number.find(f"{W}t").text = "09"
    opened.add_paragraph("Thêm một đoạn.", style="Nội dung")
    out = io.BytesIO()
    opened.save(out)
    made = docx(out.getvalue())
    assert made.header.number == "09"
    assert [node.ref for node in made.nodes()] == [node.ref for node in report().nodes()]
    assert plain(made.appendices[-1].blocks[-1].inlines) == "Thêm một đoạn."  # type: ignore[union-attr]


def test_every_part_is_well_formed_and_has_a_declared_type() -> None:
    package = Package(write(report(), "docx"))
    types = etree.tostring(xml(package.read("[Content_Types].xml"))).decode()
    for name in package.names:
        if name.endswith((".xml", ".rels")):
            xml(package.read(name))
        assert f"/{name}" in types or f'Extension="{name.rsplit(".", 1)[1]}"' in types
