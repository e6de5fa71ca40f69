"""A file without structure of its own: lines of words, then the document that they make.

Every reader of such a format (PDF, .doc, Word files of others, web pages, plain text) gives lines; one
recogniser (``vanban.outline``) finds the header, the headings, the signature in them. Tables are already
tables: they travel through the recogniser as a mark and come back in their place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vanban.document import (
    Block,
    Cell,
    Document,
    Heading,
    Inline,
    Node,
    Paragraph,
    Picture,
    Table,
    Text,
    joined,
    plain,
)

_END = 24  # lines are looked up by their last letters
_MOST_ALIKE = 50
_LONGEST_NUMBER = 12
_MARK = re.compile("^\ue000(\\d+)\ue001$")

_FRAME = re.compile(
    r"CỘNG H[OÒ][AÀ] XÃ HỘI|ĐẢNG CỘNG SẢN|Nơi nhận\s*:|Độc lập|^\s*Số\s*:|Kính gửi", re.IGNORECASE | re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph as read: its inlines, or a table or picture that stands between paragraphs."""

    inlines: tuple[Inline, ...] = ()
    block: Table | Picture | None = None

    @property
    def text(self) -> str:
        """The words alone."""
        return plain(self.inlines)


def line(text: str) -> Line:
    """A line of plain words."""
    return Line(joined((Text(text),)))


def places_only(table: Table) -> bool:
    """Whether a table only sets words side by side (head, foot of a document) and holds no figures."""
    cells: list[Cell] = [cell for row in table.rows for cell in row]
    if len(table.rows) == 1 or max((len(row) for row in table.rows), default=0) <= 1:
        return True
    words = "\n".join(plain(p.inlines) for cell in cells for p in cell.paragraphs)
    return len(table.rows) <= 6 and _FRAME.search(words) is not None


def recognised(lines: Sequence[Line]) -> Document:
    """The document that the lines make, with the styles, nodes and tables that the reader saw."""
    from vanban.outline import outline

    held: list[Table | Picture] = []
    words: list[str] = []
    for one in lines:
        if one.block is not None:
            words.append(f"\ue000{len(held)}\ue001")
            held.append(one.block)
        else:
            words += one.text.replace("\ue000", "").split("\n")
    styled: dict[str, list[Line]] = {}
    for one in lines:
        if _matters(one):
            styled.setdefault(one.text[-_END:], []).append(one)
    return _restored(outline(words), held, styled)


def _matters(one: Line) -> bool:
    return any(isinstance(i, Node) or i.bold or i.italic for i in one.inlines)


def _restored(document: Document, held: list[Table | Picture], styled: dict[str, list[Line]]) -> Document:
    def back(block: Block) -> Block:
        if isinstance(block, Paragraph):
            mark = _MARK.match(plain(block.inlines))
            if mark:
                return held[int(mark[1])]
        if isinstance(block, Heading | Paragraph) and styled:
            return replace(block, inlines=_styled(block.inlines, styled))
        return block

    return replace(
        document,
        grounds=tuple(replace(g, inlines=_styled(g.inlines, styled)) for g in document.grounds),
        blocks=tuple(back(b) for b in document.blocks),
        appendices=tuple(replace(a, blocks=tuple(back(b) for b in a.blocks)) for a in document.appendices),
    )


def _styled(inlines: tuple[Inline, ...], styled: dict[str, list[Line]]) -> tuple[Inline, ...]:
    """The inlines as the reader saw them, when the words are a whole line or its end (a number or dash
    before them taken off)."""
    words = plain(inlines)
    for seen in styled.get(words[-_END:], ())[:_MOST_ALIKE]:
        before = len(seen.text) - len(words)
        if words and seen.text.endswith(words) and before <= _LONGEST_NUMBER:
            return _without_start(seen.inlines, before)
    return inlines


def _without_start(inlines: tuple[Inline, ...], count: int) -> tuple[Inline, ...]:
    out: list[Inline] = []
    for inline in inlines:
        if count >= len(inline.text) and count:
            count -= len(inline.text)
            continue
        out.append(replace(inline, text=inline.text[count:]))
        count = 0
    return joined(tuple(out))
