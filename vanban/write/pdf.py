"""Document → PDF/A-2a, tagged for screen readers, with its fonts inside, drawn by typst.

The words travel as JSON in ``sys_inputs``: the template reads data, so no word of a document can become
a command of the typesetter. Nothing outside the font folder can be read, and system fonts are ignored.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vanban.document import Appendix, Block, Cell, Document, Heading, Inline, Node, Paragraph, Picture, Table
from vanban.layout import Layout, phrases
from vanban.translation import _
from vanban.write import words
from vanban.write.words import UnwritableDocument, clean

if TYPE_CHECKING:
    import typst

FONTS = Path(__file__).parents[1] / "fonts"
_TEMPLATE = Path(__file__).with_name("page.typ")
_WHOLE = re.compile(r"(\S*\d\S*[/-]\S*)")  # 30/2020/NĐ-CP, 15/11/2024: never broken over two lines
_LONGEST_WHOLE = 40
_WHOLE_CELL = 500  # letters: what surely has room on a page, however narrow its column
_ARCHIVAL = ["a-2a", "ua-1"]
_one_at_a_time = threading.Lock()  # a compiler is not for two threads


def pdf(document: Document, layout: Layout) -> bytes:
    """The document as PDF/A-2a and PDF/UA-1. Where the words hold a sign that no font draws, archival PDF
    is impossible, and the same page comes as a plain tagged PDF."""
    data = json.dumps(_data(document, layout), ensure_ascii=False)
    try:
        return typeset(_TEMPLATE.read_bytes(), data, pdf_standards=_ARCHIVAL)
    except UnwritableDocument:
        return typeset(_TEMPLATE.read_bytes(), data, pdf_standards=["1.7"])


def png(picture: Picture, ppi: int = 192) -> bytes:
    """A picture as PNG, drawn as the PDF draws it (for Word before 2016)."""
    source = (
        b"#let d = json(bytes(sys.inputs.data))\n#set page(width: d.width * 1mm, height: d.height * 1mm, margin: 0pt, fill: white)\n"
        b'#set text(font: "Tinos")\n#image(bytes(d.svg), format: "svg", width: 100%, height: 100%, fit: "contain")'
    )
    data = {"svg": picture.svg, "width": picture.width, "height": picture.height}
    return typeset(source, json.dumps(data), format="png", ppi=ppi)


def typeset(source: bytes, data: str, format: str = "pdf", **options: Any) -> bytes:
    """Run the typesetter on a template of ours with data. Raises ``UnwritableDocument``."""
    import typst

    try:
        with _one_at_a_time:
            made = _compiler().compile(source, format=format, sys_inputs={"data": data}, timestamp=0, **options)  # type: ignore[arg-type]
    except typst.TypstError as error:
        message = _("Không dựng được trang in: {reason}. Hãy kiểm tra hình vẽ và ký tự lạ trong văn bản.")
        raise UnwritableDocument(message.format(reason=error.message)) from error
    if isinstance(made, list):
        return made[0]
    assert made is not None
    return made


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])
    return typst.Compiler(root=str(FONTS), font_paths=fonts, ignore_system_fonts=True)


def _data(document: Document, layout: Layout) -> dict[str, Any]:
    header, depth = document.header, _Depth()
    return {
        "layout": _measures(layout),
        "title": words.document_title(document),
        "header": {
            "shown": words.has_header(header),
            "parent": clean(header.parent),
            "issuer": clean(header.issuer),
            "number": phrases.NUMBER
            + (clean(header.number) or phrases.NUMBER_BLANK)
            + ("/" + clean(header.symbol) if header.symbol else ""),
            "place_date": ", ".join(w for w in (clean(header.place), phrases.date_words(header.date)) if w),
            "kind": clean(header.kind),
            "title": clean(header.title),
            "subject": phrases.SUBJECT + clean(header.title) if header.title and not header.kind else "",
        },
        "addressees": [clean(a) for a in document.addressees],
        "addressees_label": phrases.ADDRESSEES,
        "addressee_lines": [clean(line) for line in phrases.listed(document.addressees)],
        "grounds": [_paragraph(p) for p in document.grounds],
        "blocks": [_block(b, layout, depth) for b in document.blocks],
        "authority": [clean(line) for line in document.signature.authority],
        "signer": clean(document.signature.name),
        "recipients_label": phrases.RECIPIENTS,
        "recipients": [clean(line) for line in phrases.listed(document.recipients)],
        "appendices": [_appendix(a, layout, depth) for a in document.appendices],
    }


def _measures(layout: Layout) -> dict[str, Any]:
    return {
        "page": layout.page,
        "top": layout.top.used,
        "bottom": layout.bottom.used,
        "left": layout.left.used,
        "right": layout.right.used,
        "text_width": layout.text_width,
        "number_from_edge": layout.page_number_from_edge,
        "spacing": layout.line_spacing.used,
        "header_columns": [t / 20 for t in layout.header_columns],
        "footer_columns": [t / 20 for t in layout.footer_columns],
        "motto_rule": layout.motto_rule.used,
        "issuer_rule": layout.issuer_rule.used,
        "title_rule": layout.title_rule.used,
        "signature_room": layout.signature_room,
        "nation": layout.nation,
        "motto": layout.motto,
        "styles": {
            key: {
                "size": s.size.used,
                "bold": s.bold,
                "italic": s.italic,
                "align": s.align,
                "before": s.before,
                "after": s.after,
                "indent": s.indent,
            }
            for key, s in layout.styles.items()
        },
    }


class _Depth:
    """Heading levels as PDF/UA wants them: the first is 1 and none is skipped."""

    def __init__(self) -> None:
        self.last = 0

    def of(self, level: int) -> int:
        self.last = max(1, min(level, self.last + 1))
        return self.last


def _block(block: Block, layout: Layout, depth: _Depth) -> dict[str, Any]:
    if isinstance(block, Heading):
        style = words.heading_style(block, layout)
        return {
            "block": "heading",
            "style": style,
            "level": depth.of(block.level),
            "number": clean(block.number),
            "inlines": _inlines(block.inlines),
        }
    if isinstance(block, Paragraph):
        return {"block": "paragraph", **_paragraph(block)}
    if isinstance(block, Picture):
        return {
            "block": "picture",
            "svg": block.svg,
            "alt": clean(block.alt),
            "width": block.width,
            "height": block.height,
        }
    return _table(block)


def _paragraph(paragraph: Paragraph) -> dict[str, Any]:
    marker = [{"text": clean(paragraph.marker) + " "}] if paragraph.marker else []
    return {"align": paragraph.align, "inlines": marker + _inlines(paragraph.inlines)}


def _inlines(inlines: Iterable[Inline]) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = []
    for inline in inlines:
        href = words.safe_link(inline.href) if isinstance(inline, Node) else ""
        for piece in _WHOLE.split(clean(inline.text)):
            if piece:
                whole = len(piece) <= _LONGEST_WHOLE and bool(_WHOLE.fullmatch(piece))
                out.append({"text": piece, "bold": inline.bold, "italic": inline.italic, "href": href, "whole": whole})
    return out


def _table(table: Table) -> dict[str, Any]:
    cells = [
        {"row": p.row, "column": p.column, "columns": p.columns, "rows": p.rows, **_cell(table.rows[p.row][p.index])}
        for p in words.placed_cells(table)
    ]
    return {
        "block": "table",
        "caption": clean(table.caption),
        "shares": words.column_shares(table),
        "header_rows": _head_rows(table),
        "cells": cells,
    }


def _head_rows(table: Table) -> int:
    """The rows that repeat, with those into which a cell of the head reaches down."""
    head = min(max(table.header_rows, 0), len(table.rows))
    for place in words.placed_cells(table):
        if place.row < head:
            head = max(head, place.row + place.rows)
    return head


def _cell(cell: Cell) -> dict[str, Any]:
    """Its paragraphs, and whether its row stays on one page: all but the longest do."""
    letters = sum(len(inline.text) for p in cell.paragraphs for inline in p.inlines)
    return {"paragraphs": [_paragraph(p) for p in cell.paragraphs], "whole": letters <= _WHOLE_CELL}


def _appendix(appendix: Appendix, layout: Layout, depth: _Depth) -> dict[str, Any]:
    depth.last = 0
    label = f"{phrases.APPENDIX} {appendix.number}".strip()
    level = depth.of(1)
    blocks = [_block(b, layout, depth) for b in appendix.blocks]
    return {
        "label": clean(label),
        "level": level,
        "title": clean(appendix.title),
        "note": clean(appendix.note),
        "blocks": blocks,
    }
