"""A Word file that ``vanban.write`` made, perhaps edited since: styles say what each paragraph is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from vanban.document import (
    Appendix,
    Block,
    Cell,
    Document,
    Header,
    Heading,
    Paragraph,
    Picture,
    Signature,
    Table,
)
from vanban.layout import phrases
from vanban.read.docx_words import (
    Element,
    Piece,
    Source,
    W,
    inlines_of,
    paragraph_property,
    pieces,
    style_of,
    text_of,
)

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
_ALIGNED = {"left": "left", "start": "left", "center": "center", "right": "right", "end": "right"}
_HEADINGS = ("division", "heading_1", "heading_2", "heading_3", "heading_4")
_SILENT = ("rule", "spacer", "blank_cell", "nation", "motto", "recipients")
EMU_PER_MM = 36000


@dataclass(slots=True)
class _Annex:
    number: str
    title: str = ""
    note: str = ""
    blocks: list[Block] = field(default_factory=list)

    def made(self) -> Appendix:
        return Appendix(self.number, self.title, tuple(self.blocks), self.note)


class OurDocument:
    """One pass over the body, filling the tree."""

    def __init__(self, source: Source, media: Callable[[str], bytes]) -> None:
        self.source, self.media = source, media
        self.header: dict[str, str] = {}
        self.date: dt.date | None = None
        self.addressees: list[str] = []
        self.grounds: list[Paragraph] = []
        self.blocks: list[Block] = []
        self.authority: list[str] = []
        self.signer = ""
        self.recipients: list[str] = []
        self.annexes: list[_Annex] = []
        self.caption = ""

    def document(self, body: Element) -> Document:
        """The tree of ``w:body``."""
        for element in _blocks(body):
            if element.tag == f"{W}tbl":
                self.table(element)
            else:
                self.paragraph(element)
        return Document(
            Header(date=self.date, **self.header),
            tuple(self.addressees),
            tuple(self.grounds),
            tuple(self.blocks),
            Signature(tuple(self.authority), self.signer),
            tuple(self.recipients),
            tuple(a.made() for a in self.annexes),
        )

    def add(self, block: Block) -> None:
        """A block goes to the appendix under way, or to the body."""
        (self.annexes[-1].blocks if self.annexes else self.blocks).append(block)

    def table(self, element: Element) -> None:
        style = element.find(f"{W}tblPr/{W}tblStyle")
        if style is not None and style.get(f"{W}val") in ("head", "foot"):
            for paragraph in element.iter(f"{W}p"):
                self.paragraph(paragraph)
            return
        self.add(table_of(element, self.caption, lambda p: _paragraph(p, self.source)))
        self.caption = ""

    def paragraph(self, element: Element) -> None:
        style, found = style_of(element), pieces(element, self.source)
        if style in _SILENT:
            return
        if style in _HEADINGS:
            self.add(_heading(element, style, found))
        elif style == "picture" and (picture := self.picture(element)) is not None:
            self.add(picture)
        elif style == "ground":
            self.grounds.append(_paragraph(element, self.source))
        elif style == "caption":
            self.caption = text_of(found)
        elif not self.form(style, found) and (found or style == "body"):
            self.add(_paragraph(element, self.source))

    def form(self, style: str, found: list[Piece]) -> bool:
        """A paragraph of the head, the foot or an appendix's title; False when it is of the body."""
        words = text_of(found)
        if style in ("parent", "issuer", "kind", "title"):
            self.header[style] = words
        elif style == "number":
            self.number(found, words)
        elif style == "subject":
            self.header["title"] = _styled(found, "at_title") or words.removeprefix(phrases.SUBJECT)
        elif style == "place_date":
            self.header["place"] = _styled(found, "at_place")
            self.date = phrases.date_in(_styled(found, "at_date") or words)
        elif style == "addressees":
            self.addressee(found, words)
        elif style == "addressee":
            self.addressees.append(phrases.unlisted(words))
        elif style == "recipient":
            self.recipients.append(phrases.unlisted(words))
        elif style == "authority":
            self.authority.append(words)
        elif style == "signer":
            self.signer = words
        else:
            return self.annex(style, found, words)
        return True

    def annex(self, style: str, found: list[Piece], words: str) -> bool:
        """The title lines of an appendix."""
        if style == "appendix":
            self.annexes.append(_Annex(_styled(found, "at_annex")))
        elif style == "appendix_title" and self.annexes:
            self.annexes[-1].title = words
        elif style == "appendix_note" and self.annexes:
            self.annexes[-1].note = words
        else:
            return False
        return True

    def number(self, found: list[Piece], words: str) -> None:
        digits, symbol = _styled(found, "at_number"), _styled(found, "at_symbol")
        if not digits and not symbol:  # typed anew in Word
            digits, _slash, symbol = words.removeprefix(phrases.NUMBER.strip()).strip().partition("/")
        self.header["number"], self.header["symbol"] = digits, symbol

    def addressee(self, found: list[Piece], words: str) -> None:
        one = _styled(found, "at_title") or words.removeprefix(phrases.ADDRESSEES).removeprefix(" ")
        if one or words.startswith(f"{phrases.ADDRESSEES} "):
            self.addressees.append(one)

    def picture(self, paragraph: Element) -> Picture | None:
        """The SVG of a picture that we drew; None for a picture put in by hand, which holds no words."""
        inline, vector = paragraph.find(f".//{_WP}inline"), paragraph.find(f".//{_SVG}")
        if inline is None or vector is None:
            return None
        svg = self.media(self.source.links.get(vector.get(f"{_R}embed", ""), "")).decode("utf-8", "replace")
        extent, about = inline.find(f"{_WP}extent"), inline.find(f"{_WP}docPr")
        sides = [_millimetres(extent.get(side, "0")) if extent is not None else 0.0 for side in ("cx", "cy")]
        return Picture(svg, about.get("descr", "") if about is not None else "", sides[0], sides[1])


def _millimetres(emu: str) -> float:
    return round(int(emu) / EMU_PER_MM, 3) if emu.isascii() and emu.isdigit() and len(emu) < 12 else 0.0


def _blocks(body: Element) -> Iterator[Element]:
    """Paragraphs and tables in order, those inside block-level controls too."""
    for child in body:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"):
            yield from _blocks(child)


def _styled(found: list[Piece], style: str) -> str:
    return "".join(piece.inline.text for piece in found if piece.style == style)


def _heading(element: Element, style: str, found: list[Piece]) -> Heading:
    number = _styled(found, "no")[:-1]
    level = paragraph_property(element, "outlineLvl")
    own = {"division": 1}.get(style) or int(style[-1])
    words = inlines_of([piece for piece in found if piece.style != "no"])
    return Heading(int(level) + 1 if level.isascii() and level.isdigit() and len(level) == 1 else own, number, words)


def _paragraph(element: Element, source: Source) -> Paragraph:
    found = pieces(element, source)
    align = _ALIGNED.get(paragraph_property(element, "jc"), "justify")
    words = inlines_of([piece for piece in found if piece.style != "mark"])
    return Paragraph(words, _styled(found, "mark")[:-1], align)


def table_of(element: Element, caption: str, read_paragraph: Callable[[Element], Paragraph]) -> Table:
    """A Word table with its spans; merged cells below the first are part of it."""
    rows: list[list[tuple[int, list[Paragraph], int]]] = []
    open_cells: dict[int, tuple[int, int]] = {}  # grid column → (row, index) of the cell that spans down
    spans: dict[tuple[int, int], int] = {}
    heads = 0
    for r, row in enumerate(element.iterchildren(f"{W}tr")):
        if heads == r and row.find(f"{W}trPr/{W}tblHeader") is not None:
            heads += 1
        cells: list[tuple[int, list[Paragraph], int]] = []
        column = 0
        for cell in row.iterchildren(f"{W}tc"):
            width = _span(cell)
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            if merge is not None and merge.get(f"{W}val") != "restart" and column in open_cells:
                spans[open_cells[column]] += 1
            else:
                open_cells.pop(column, None)
                if merge is not None:
                    open_cells[column] = (r, len(cells))
                spans[(r, len(cells))] = 1
                words = [read_paragraph(p) for p in cell.iter(f"{W}p") if style_of(p) != "blank_cell"]
                cells.append((width, words, column))
            column += width
        rows.append(cells)
    made = tuple(
        tuple(Cell(tuple(words), width, spans[(r, i)]) for i, (width, words, _c) in enumerate(row))
        for r, row in enumerate(rows)
    )
    return Table(made, heads, caption)


def _span(cell: Element) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    value = "1" if span is None else span.get(f"{W}val", "1")
    return min(max(int(value), 1), 100) if value.isascii() and value.isdigit() and len(value) < 5 else 1
