"""The text of a section: Markdown, in which an ordinary link with a reference is a live node.

``parse`` gives blocks of ``vanban.document``; ``restate`` writes newly resolved words back between the brackets
and leaves every other letter of the text as its author typed it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import parse_qsl, unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from cancu.indicators.charts import Chart, shape_of
from cancu.indicators.numerals import parse_number
from vanban.document import Block, Cell, Heading, Inline, Node, Paragraph, Table, Text, joined, plain

#: The kinds of reference a link may have; any other link is ordinary text.
KINDS = ("figure", "document", "record", "chart")

_LINK = re.compile(r"\[([^\[\]\n]{0,2000})\]\(<?((?:figure|document|record|chart):[^()\[\]\s<>]{1,400})>?\)")
_UNLINKED = {ord("["): "(", ord("]"): ")", ord("\n"): " "}
_SAID = re.compile(r"—|-?\d[\d.]*(?:,\d+)?")
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


def references(body: str) -> list[str]:
    """Every reference of a text, in order, repeated where the text repeats it."""
    return [match.group(2) for match in _LINK.finditer(body)]


def shown(body: str) -> list[tuple[str, str]]:
    """(reference, words shown last) of every node, in order."""
    return [(match.group(2), match.group(1)) for match in _LINK.finditer(body)]


def restate(body: str, words: Callable[[str, str], str]) -> str:
    """The text with the words of each node replaced by ``words(reference, shown)``, every other letter as it was.
    Square brackets and ends of lines in the words would end the link; they are written as round ones and spaces."""

    def said(match: re.Match[str]) -> str:
        return (
            f"[{words(match.group(2), match.group(1)).translate(_UNLINKED)}{match.group(0)[1 + len(match.group(1)) :]}"
        )

    return _LINK.sub(said, body)


def without_nodes(body: str) -> str:
    """The text with each node blanked out, so that what is left is what a person typed; offsets are kept."""
    return _LINK.sub(lambda m: " " * len(m.group(0)), body)


def split_reference(reference: str) -> tuple[str, str, dict[str, str]]:
    """``figure:transfer.processes?say=over`` → (``figure``, ``transfer.processes``, {say: over})."""
    kind, _colon, rest = reference.partition(":")
    target, _mark, options = rest.partition("?")
    return kind, target, dict(parse_qsl(options))


def parse(body: str, href: Callable[[str], str] = lambda reference: "", level: int = 3) -> tuple[Block, ...]:
    """The blocks of a section. ``level`` is given to its first rank of headings; ``href`` leads a node to its ground."""
    return tuple(_blocks(_MARKDOWN.parse(body), href, level))


def _blocks(tokens: list[Token], href: Callable[[str], str], level: int) -> Iterator[Block]:
    markers: list[str] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.type == "table_open":
            end = next(n for n in range(at, len(tokens)) if tokens[n].type == "table_close")
            yield _table(tokens[at:end], href)
            at = end
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            markers.append("-" if token.type == "bullet_list_open" else str(token.attrGet("start") or 1))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            markers.pop()
        elif token.type == "inline" and (words := _picture_words(token)):
            yield from drawn(words)
        elif token.type == "inline":
            yield _line(token, tokens[at - 1], markers, href, level)
        at += 1


def _picture_words(token: Token) -> str:
    """The words of a live picture that stands alone in its paragraph; else nothing."""
    children = token.children or []
    alone = len(children) == 1 and children[0].type == "image" and str(children[0].attrGet("src")).startswith("chart:")
    return children[0].content if alone else ""


def drawn(words: str) -> tuple[Block, ...]:
    """The picture that some words tell (“Giấy phép theo loại: cấp mới 12; gia hạn 3”), and the table of its numbers.
    Words without numbers, as an author types them first, are a picture not drawn yet: a paragraph in italics."""
    title, _colon, rest = words.partition(": ")
    parts = [part.strip().rpartition(" ") for part in rest.split(";")]
    if not rest or not all(label and _SAID.fullmatch(number) for label, _space, number in parts):
        return (Paragraph((Text(words, italic=True),), align="center"),)
    values = tuple(None if number == "—" else parse_number(number) for _label, _space, number in parts)
    labels = tuple(label for label, _space, _number in parts)
    chart = Chart(title, labels, (("", values),), shape_of(labels))
    return (chart.picture(), chart.table())


def _line(token: Token, opened_by: Token, markers: list[str], href: Callable[[str], str], level: int) -> Block:
    inlines = _inlines(token, href)
    if opened_by.type == "heading_open":
        number, rest = _numbered(inlines)
        return Heading(level + int(opened_by.tag[1]) - 1, number, rest)
    marker = ""
    if markers:
        marker = markers[-1] if markers[-1] == "-" else f"{markers[-1]}."
        if markers[-1] != "-":
            markers[-1] = str(int(markers[-1]) + 1)
    return Paragraph(inlines, marker=marker)


def _numbered(inlines: tuple[Inline, ...]) -> tuple[str, tuple[Inline, ...]]:
    """Take “a)” or “1.” off the front of a heading."""
    first = inlines[0] if inlines else None
    match = re.match(r"([IVX]{1,5}\.|\d{1,2}\.|[a-zđ]\))\s+", first.text) if isinstance(first, Text) else None
    if first is None or match is None:
        return "", inlines
    return match.group(1), joined((Text(first.text[match.end() :], first.bold, first.italic), *inlines[1:]))


def _inlines(token: Token, href: Callable[[str], str]) -> tuple[Inline, ...]:
    out: list[Inline] = []
    bold = italic = 0
    reference = ""
    for child in token.children or ():
        match child.type:
            case "strong_open" | "strong_close":
                bold += child.nesting
            case "em_open" | "em_close":
                italic += child.nesting
            case "link_open":
                target = unquote(str(child.attrGet("href") or ""))
                reference = target if target.partition(":")[0] in KINDS else ""
            case "link_close":
                reference = ""
            case "softbreak" | "hardbreak":
                out.append(Text(" ", bool(bold), bool(italic)))
            case _ if reference:
                out.append(Node(reference, child.content, href(reference), bool(bold), bool(italic)))
            case _:
                out.append(Text(child.content, bool(bold), bool(italic)))
    return joined(tuple(out))


def _table(tokens: list[Token], href: Callable[[str], str]) -> Table:
    rows: list[list[Cell]] = []
    align = "left"
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type in ("th_open", "td_open"):
            align = str(token.attrGet("style") or "text-align:left").partition(":")[2]
        elif token.type == "inline":
            rows[-1].append(Cell((Paragraph(_inlines(token, href), align=align),)))
    return Table(tuple(tuple(row) for row in rows))


def words_of(blocks: tuple[Block, ...]) -> str:
    """The plain words of some blocks, a line each; for search and for tests."""
    return "\n".join(plain(b.inlines) for b in blocks if isinstance(b, Heading | Paragraph))
