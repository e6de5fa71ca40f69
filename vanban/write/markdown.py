"""Document → Markdown: headings, lists, tables; every node is a link whose target is its reference."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from vanban.document import Block, Document, Heading, Inline, Node, Paragraph, Picture, Table
from vanban.layout import phrases
from vanban.layout.nd30 import ND30
from vanban.write.words import clean, column_count, has_header, placed_cells

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")
_START = re.compile(r"^(\d+)([.)])|^([-+=~])")
_REF_SAFE = "/:?=&@,;+%.-_~!$"


def markdown(document: Document) -> bytes:
    """The document as CommonMark with tables. Spans of cells and pictures are words only."""
    parts: list[str] = []
    header = document.header
    if has_header(header):
        date = ", ".join(w for w in (header.place, phrases.date_words(header.date)) if w)
        head = (header.parent, header.issuer, ND30.nation, ND30.motto, phrases.NUMBER + header.code, date)
        subject = phrases.SUBJECT + header.title if header.title and not header.kind else ""
        parts += [_line(w) for w in (*head, subject) if w]
        parts += [f"**{_line(w)}**" for w in (header.kind, header.title) if w and header.kind]
    parts += [_line(f"{phrases.ADDRESSEES} {a}") for a in document.addressees[:1] if len(document.addressees) == 1]
    if len(document.addressees) > 1:
        parts += [_line(phrases.ADDRESSEES), _list(document.addressees)]
    parts += [_paragraph(p) for p in document.grounds]
    parts += [_block(b) for b in document.blocks]
    if document.recipients:
        parts += [_line(phrases.RECIPIENTS), _list(document.recipients)]
    parts += [f"**{_line(w)}**" for w in (*document.signature.authority, document.signature.name) if w]
    for appendix in document.appendices:
        parts.append(f"# {_line(f'{phrases.APPENDIX} {appendix.number}'.strip())}")
        parts += [f"**{_line(w)}**" for w in (appendix.title, appendix.note) if w]
        parts += [_block(b) for b in appendix.blocks]
    return ("\n\n".join(parts) + "\n").encode()


def _line(words: str) -> str:
    return _START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", _escaped(words))


def _escaped(words: str) -> str:
    return _SPECIAL.sub(r"\\\1", clean(words)).replace("\n", " ")


def _list(items: Iterable[str]) -> str:
    return "\n".join(_escaped(line) for line in phrases.listed(list(items)))


def _inlines(inlines: Iterable[Inline]) -> str:
    return "".join(_inline(i) for i in inlines)


def _inline(inline: Inline) -> str:
    words = _escaped(inline.text)
    star = "*" * (2 * inline.bold + inline.italic)
    if words.strip():
        start, end = len(words) - len(words.lstrip()), len(words.rstrip())
        words = words[:start] + star + words[start:end] + star + words[end:]
    if isinstance(inline, Node):
        return f"[{words}]({quote(clean(inline.ref), safe=_REF_SAFE)})"
    return words


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        number = f"{_escaped(block.number)} " if block.number else ""
        return f"{'#' * min(max(block.level, 1), 6)} {number}{_inlines(block.inlines)}"
    if isinstance(block, Paragraph):
        return _paragraph(block)
    if isinstance(block, Picture):
        return f"*{_escaped(block.alt)}*" if block.alt.strip() else ""
    return _table(block)


def _paragraph(paragraph: Paragraph) -> str:
    words = _inlines(paragraph.inlines)
    if paragraph.marker in ("-", "+"):
        return f"{paragraph.marker} {words}"
    mark = f"{_line(paragraph.marker)} " if paragraph.marker else ""
    return mark + (words if mark else _START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", words))


def _table(table: Table) -> str:
    """A pipe table; a cell that spans says its words once."""
    width = column_count(table)
    rows = [[""] * width for _row in table.rows]
    for place in placed_cells(table):
        cell = table.rows[place.row][place.index]
        rows[place.row][place.column] = " ".join(_inlines(p.inlines) for p in cell.paragraphs)
    lines = [f"| {' | '.join(row)} |" for row in rows]
    ruled = [*lines[:1], "|" + " --- |" * width, *lines[1:]]
    caption = [f"*{_escaped(table.caption)}*", ""] if table.caption else []
    return "\n".join([*caption, *ruled])
