"""Document → one HTML file: semantic, its style sheet inside, printing as A4, every node a link.

``vanban.read.html`` reads it back to the equal tree: the classes are the style keys of the layout, and
nothing but the document's own words stands inside the elements that carry them.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from html import escape
from pathlib import Path

from vanban.document import (
    Appendix,
    Block,
    Cell,
    Document,
    Header,
    Heading,
    Inline,
    Node,
    Paragraph,
    Picture,
    Table,
)
from vanban.layout import Layout, phrases
from vanban.write import words
from vanban.write.words import clean

_STYLE_SHEET = Path(__file__).with_name("page.css")
_ALIGNED = {"left", "center", "right"}


def html(document: Document, layout: Layout) -> bytes:
    """The document as a complete HTML page in UTF-8."""
    title = _text(words.document_title(document))
    return (
        f'<!doctype html>\n<html lang="vi"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="generator" content="vanban">'
        f"<style>{style_sheet(layout)}</style></head>\n<body>{article(document, layout)}</body></html>\n"
    ).encode()


def style_sheet(layout: Layout) -> str:
    """The CSS of the page, made from the layout's measures."""
    rules = [
        f"@page{{size:A4;margin:{layout.top.used}mm {layout.right.used}mm {layout.bottom.used}mm {layout.left.used}mm;"
        f'@top-center{{content:counter(page);font:{layout.styles["page_number"].size.used}pt "{layout.font}",Tinos,serif}}}}',
        "@page :first{@top-center{content:none}}",
        f'.vanban{{font-family:"{layout.font}",Tinos,"Liberation Serif",serif;max-width:{layout.text_width}mm}}',
        f".vanban .head{{grid-template-columns:{_columns(layout.header_columns)}}}",
        f".vanban .foot{{grid-template-columns:{_columns(layout.footer_columns)}}}",
        f".vanban .motto>span::after{{width:{100 * layout.motto_rule.used:g}%}}",
        f".vanban .issuer>span::after{{width:{100 * layout.issuer_rule.used:g}%}}",
        f".vanban .title>span::after{{width:{100 * layout.title_rule.used:g}%}}",
    ]
    for key, s in layout.styles.items():
        rules.append(
            f".vanban .{key}{{font-size:{s.size.used:g}pt;font-weight:{'bold' if s.bold else 'normal'};"
            f"font-style:{'italic' if s.italic else 'normal'};text-align:{s.align};"
            f"margin:{s.before:g}pt 0 {s.after:g}pt;text-indent:{s.indent:g}mm}}"
        )
    return "\n".join(rules) + "\n" + _STYLE_SHEET.read_text(encoding="utf-8")


def _columns(columns: tuple[int, int]) -> str:
    return f"{columns[0]}fr {columns[1]}fr"


def article(document: Document, layout: Layout) -> str:
    """The document as one ``<article>``, to stand in a page of the desk that brings its own style sheet."""
    parts = ['<article class="vanban">']
    if words.has_header(document.header):
        parts.append(_header(document.header, layout))
    parts.append(_addressees(document.addressees))
    parts += [_paragraph(p, "ground") for p in document.grounds]
    parts += [_block(b, layout) for b in document.blocks]
    parts.append(_foot(document))
    parts += [_appendix(a, layout) for a in document.appendices]
    parts.append("</article>")
    return "\n".join(part for part in parts if part)


def _text(words: str) -> str:
    """Escaped words; a line end is a ``<br>``."""
    return escape(clean(words)).replace("\n", "<br>")


def _part(tag: str, style: str, words: str) -> str:
    return f'<{tag} class="{style}"><span>{_text(words)}</span></{tag}>' if words else ""


def _header(header: Header, layout: Layout) -> str:
    number = _text(header.number) or " " * len(phrases.NUMBER_BLANK)
    digits = f"<span>{_text(header.number)}</span>" if header.number else number
    symbol = f"/<span>{_text(header.symbol)}</span>" if header.symbol else ""
    place = f"<span>{_text(header.place)}</span>, " if header.place else ""
    date = f' datetime="{header.date.isoformat()}"' if header.date else ""
    letter = not header.kind
    return (
        f'<header><div class="head"><div>{_part("p", "parent", header.parent)}{_part("p", "issuer", header.issuer)}</div>'
        f'<div><p class="nation">{_text(layout.nation)}</p><p class="motto"><span>{_text(layout.motto)}</span></p></div>'
        f'<p class="number">{phrases.NUMBER}{digits}{symbol}</p>'
        f'<p class="place_date">{place}<time{date}>{phrases.date_words(header.date)}</time></p>'
        + (
            f'<p class="subject">{phrases.SUBJECT}<span>{_text(header.title)}</span></p>'
            if letter and header.title
            else ""
        )
        + "</div>"
        + ("" if letter else _part("h1", "kind", header.kind) + _part("p", "title", header.title))
        + "</header>"
    )


def _addressees(addressees: tuple[str, ...]) -> str:
    if len(addressees) == 1:
        return f'<p class="addressees">{phrases.ADDRESSEES} <span>{_text(addressees[0])}</span></p>'
    lines = "".join(f'<li class="addressee">{_text(line)}</li>' for line in phrases.listed(addressees))
    return f'<div class="addressees many"><span>{phrases.ADDRESSEES}</span><ul>{lines}</ul></div>' if lines else ""


def _inlines(inlines: Iterable[Inline]) -> str:
    return "".join(_inline(i) for i in inlines)


def _inline(inline: Inline) -> str:
    text = _text(inline.text)
    if inline.italic:
        text = f"<i>{text}</i>"
    if inline.bold:
        text = f"<b>{text}</b>"
    if isinstance(inline, Node):
        kind = "fig" if inline.ref.startswith("figure:") else "cite"
        href = words.safe_link(inline.href)
        target = f' href="{escape(href)}"' if href else ""
        return f'<a class="{kind}"{target} data-ref="{escape(clean(inline.ref))}">{text}</a>'
    return text


def _block(block: Block, layout: Layout) -> str:
    if isinstance(block, Heading):
        style = words.heading_style(block, layout)
        between = "<br>" if style == "division" else " "
        number = f'<span class="no">{_text(block.number)}{between}</span>' if block.number else ""
        level = min(max(block.level, 1), 4) + 1
        return f'<h{level} class="{style}" data-level="{block.level}">{number}{_inlines(block.inlines)}</h{level}>'
    if isinstance(block, Paragraph):
        return _paragraph(block, "body")
    if isinstance(block, Picture):
        data = base64.b64encode(clean(block.svg).encode()).decode("ascii")
        size = f"width:{block.width!r}mm;height:{block.height!r}mm"
        return f'<figure class="picture"><img src="data:image/svg+xml;base64,{data}" alt="{escape(clean(block.alt))}" style="{size}"></figure>'
    return _table(block)


def _paragraph(paragraph: Paragraph, style: str) -> str:
    marker = f'<span class="mark">{_text(paragraph.marker)} </span>' if paragraph.marker else ""
    align = f' style="text-align:{paragraph.align}"' if paragraph.align in _ALIGNED else ""
    return f'<p class="{style}"{align}>{marker}{_inlines(paragraph.inlines)}</p>'


def _table(table: Table) -> str:
    head = min(max(table.header_rows, 0), len(table.rows))
    rows = ["<tr>" + "".join(_cell(c, i < head) for c in row) + "</tr>" for i, row in enumerate(table.rows)]
    caption = f'<caption class="caption">{_text(table.caption)}</caption>' if table.caption else ""
    top = f"<thead>{''.join(rows[:head])}</thead>" if head else ""
    shares = words.column_shares(table)
    columns = "".join(f'<col style="width:{100 * share / sum(shares):.1f}%">' for share in shares)
    return f'<table class="figures">{caption}<colgroup>{columns}</colgroup>{top}<tbody>{"".join(rows[head:])}</tbody></table>'


def _cell(cell: Cell, head: bool) -> str:
    tag, style = ("th", "table_head") if head else ("td", "table_cell")
    columns = f' colspan="{cell.columns}"' if cell.columns != 1 else ""
    rows = f' rowspan="{cell.rows}"' if cell.rows != 1 else ""
    return f"<{tag}{columns}{rows}>{''.join(_paragraph(p, style) for p in cell.paragraphs)}</{tag}>"


def _foot(document: Document) -> str:
    signature, recipients = document.signature, document.recipients
    if not (recipients or signature.authority or signature.name):
        return ""
    lines = "".join(f'<li class="recipient">{_text(line)}</li>' for line in phrases.listed(recipients))
    left = f'<p class="recipients">{phrases.RECIPIENTS}</p><ul>{lines}</ul>' if lines else ""
    right = "".join(f'<p class="authority">{_text(line)}</p>' for line in signature.authority)
    right += f'<p class="signer">{_text(signature.name)}</p>' if signature.name else ""
    return f'<footer class="foot"><div>{left}</div><div>{right}</div></footer>'


def _appendix(appendix: Appendix, layout: Layout) -> str:
    number = f" <span>{_text(appendix.number)}</span>" if appendix.number else ""
    return (
        f'<section class="annex"><h1 class="appendix">{phrases.APPENDIX}{number}</h1>'
        + _part("p", "appendix_title", appendix.title)
        + _part("p", "appendix_note", appendix.note)
        + "".join(_block(b, layout) for b in appendix.blocks)
        + "</section>"
    )
