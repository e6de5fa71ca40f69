"""The paper of the workbench: a vanban Document as HTML, every node a gold word that opens its ground."""

from __future__ import annotations

import base64
from urllib.parse import quote

from django.urls import reverse
from django.utils.html import escape

from cancu.reports.models import Report
from vanban.document import Block, Document, Heading, Inline, Node, Paragraph, Picture, Table


def opening(document: Document, report: Report) -> str:
    """What stands before the first section, as HTML."""
    return _blocks(_parts(document)[0], reverse("ground", args=[report.pk]))


def sections(document: Document, report: Report) -> dict[int, str]:
    """Key of each section → its words as HTML, without its heading."""
    ground = reverse("ground", args=[report.pk])
    parts = _parts(document)[1:]
    return {section.pk: _blocks(blocks, ground) for section, blocks in zip(report.sections.all(), parts, strict=True)}


def _parts(document: Document) -> list[list[Block]]:
    """The blocks before the first section, then those of each section; a section's own heading is of the first two ranks."""
    parts: list[list[Block]] = [[]]
    for block in document.blocks:
        if isinstance(block, Heading) and block.level <= 2:
            parts.append([])
        else:
            parts[-1].append(block)
    return parts


def _blocks(blocks: list[Block], ground: str) -> str:
    out: list[str] = []
    for block in blocks:
        if isinstance(block, Heading):
            rank = min(block.level + 1, 4)
            out.append(f"<h{rank}>{escape(block.number)} {_inlines(block.inlines, ground)}</h{rank}>")
        elif isinstance(block, Paragraph):
            marker = f"{escape(block.marker)} " if block.marker else ""
            out.append(f"<p>{marker}{_inlines(block.inlines, ground)}</p>")
        elif isinstance(block, Table):
            out.append(_table(block, ground))
        elif isinstance(block, Picture):
            data = base64.b64encode(block.svg.encode()).decode("ascii")
            out.append(
                f'<figure class="picture"><img src="data:image/svg+xml;base64,{data}" alt="{escape(block.alt)}"></figure>'
            )
    return "\n".join(out)


def _inlines(inlines: tuple[Inline, ...], ground: str) -> str:
    return "".join(_inline(i, ground) for i in inlines)


def _inline(inline: Inline, ground: str) -> str:
    words = escape(inline.text)
    if isinstance(inline, Node):
        kind = "fig" if inline.ref.startswith("figure:") else "cite"
        address = f"{ground}?ref={quote(inline.ref)}"
        words = f'<a class="{kind}" href="{escape(address)}" hx-get="{escape(address)}" hx-target="#ground" hx-indicator="#ground">{words}</a>'
    if inline.bold:
        words = f"<b>{words}</b>"
    return f"<i>{words}</i>" if inline.italic else words


def _table(table: Table, ground: str) -> str:
    rows = []
    for number, row in enumerate(table.rows):
        tag = "th" if number < table.header_rows else "td"
        cells = "".join(
            f"<{tag}>{'<br>'.join(_inlines(p.inlines, ground) for p in cell.paragraphs)}</{tag}>" for cell in row
        )
        rows.append(f"<tr>{cells}</tr>")
    return f'<div class="scroll"><table>{"".join(rows)}</table></div>'
