"""The tree of an official document: what every reader returns and every writer takes.

A document is a value: frozen, comparable, free of any format. A reader that meets the same words in
Word, HTML or plain text returns equal trees, and ``read(write(doc)) == doc`` is tested for docx and html.

Order of the parts follows Decree 30/2020/NĐ-CP, Annex I, Part I (position diagram, cells 1–14).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Text:
    """A run of words in one style. Adjacent runs of equal style are one run (see ``joined``)."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """Words that stand on something: a live figure, citation or record name inside a sentence.

    ``ref`` is the target as a section's Markdown writes it (``figure:radiation.facilities_licensed``,
    ``document:155/KH-UBND@2022-08-03``); ``text`` is what is shown; ``href`` is where a reader who clicks
    it is taken (empty: nowhere, as on paper).
    """

    ref: str
    text: str
    href: str = ""
    bold: bool = False
    italic: bool = False


Inline = Text | Node


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the body. ``level`` 1 is “I.”, 2 is “1.”, 3 is “a)”, 4 deeper; Phần, Chương, Mục, Điều
    keep their word in ``number`` (“Chương II”, “Điều 3.”). ``number`` is empty where there is none."""

    level: int
    number: str
    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. ``marker`` is “-”, “+”, “a)” … for a list item, else empty. ``align`` is one of
    ``justify``, ``left``, ``center``, ``right``."""

    inlines: tuple[Inline, ...]
    marker: str = ""
    align: str = "justify"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; spans count grid cells and are at least 1."""

    paragraphs: tuple[Paragraph, ...]
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table inside the body. The first ``header_rows`` rows repeat on each page. ``widths`` are the shares of the
    columns where a form sets them; empty, columns follow their words. No reader tells them, so they don't compare."""

    rows: tuple[tuple[Cell, ...], ...]
    header_rows: int = 1
    caption: str = ""
    widths: tuple[int, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture (a chart): SVG source drawn the same on page, Word and PDF, with words for those who
    cannot see it. Widths and heights are millimetres."""

    svg: str
    alt: str
    width: float
    height: float


Block = Heading | Paragraph | Table | Picture


@dataclass(frozen=True, slots=True)
class Header:
    """Cells 1–5 of the position diagram. Empty strings and None mean “not filled”, as in a draft."""

    parent: str = ""  # cơ quan chủ quản trực tiếp: “UBND TỈNH QUẢNG TRỊ”
    issuer: str = ""  # cơ quan ban hành: “SỞ KHOA HỌC VÀ CÔNG NGHỆ”
    number: str = ""  # số, without the symbol: “215”
    symbol: str = ""  # ký hiệu: “BC-SKHCN”
    place: str = ""  # địa danh: “Quảng Trị”
    date: dt.date | None = None
    kind: str = ""  # tên loại: “BÁO CÁO”; empty for a công văn
    title: str = ""  # trích yếu

    @property
    def code(self) -> str:
        """Số, ký hiệu as printed: “215/BC-SKHCN”; a draft prints “/BC-SKHCN”."""
        return f"{self.number}/{self.symbol}" if self.symbol else self.number


@dataclass(frozen=True, slots=True)
class Signature:
    """Cells 7a–7b. ``authority`` holds the lines above the signature (“KT. GIÁM ĐỐC”, “PHÓ GIÁM ĐỐC”)."""

    authority: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Appendix:
    """A Phụ lục (Annex I, Part III of the decree). ``number`` is Roman and empty when there is only one.
    ``note`` is the line under the title: “(Kèm theo Báo cáo số … của Sở Khoa học và Công nghệ)”."""

    number: str
    title: str
    blocks: tuple[Block, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One official document. ``grounds`` are the Căn cứ paragraphs; ``recipients`` the lines of Nơi nhận
    without dash and end mark; ``addressees`` those of Kính gửi."""

    header: Header = field(default_factory=Header)
    addressees: tuple[str, ...] = ()
    grounds: tuple[Paragraph, ...] = ()
    blocks: tuple[Block, ...] = ()
    signature: Signature = field(default_factory=Signature)
    recipients: tuple[str, ...] = ()
    appendices: tuple[Appendix, ...] = ()

    def nodes(self) -> Iterator[Node]:
        """Every live node in reading order, appendices included."""
        for paragraph in self.grounds:
            yield from _nodes_of(paragraph)
        for block in (*self.blocks, *(b for a in self.appendices for b in a.blocks)):
            yield from _nodes_of(block)


def plain(inlines: tuple[Inline, ...]) -> str:
    """The words alone, nodes and styles dropped."""
    return "".join(inline.text for inline in inlines)


def joined(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """The same inlines in normal form: no empty text, adjacent texts of equal style in one run.

    Readers and writers call this, so that two trees that print alike compare equal."""
    out: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Text):
            if not inline.text:
                continue
            last = out[-1] if out else None
            if isinstance(last, Text) and (last.bold, last.italic) == (inline.bold, inline.italic):
                out[-1] = Text(last.text + inline.text, last.bold, last.italic)
                continue
        out.append(inline)
    return tuple(out)


def _nodes_of(block: Block) -> Iterator[Node]:
    if isinstance(block, Heading | Paragraph):
        yield from (i for i in block.inlines if isinstance(i, Node))
    elif isinstance(block, Table):
        for row in block.rows:
            for cell in row:
                for paragraph in cell.paragraphs:
                    yield from _nodes_of(paragraph)
