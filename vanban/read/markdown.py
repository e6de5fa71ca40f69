"""Markdown → Document: headings, lists, tables and links; a link whose target is a reference is a node."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from vanban.document import Cell, Document, Heading, Inline, Node, Paragraph, Table, Text, joined, plain
from vanban.read.lines import Line, recognised

if TYPE_CHECKING:
    from markdown_it.token import Token

_REFERENCE = re.compile(r"(figure|document|record):")
_NUMBER = re.compile(r"((?:Phần|Chương|Mục|Tiểu mục|Điều)\s+\w+[.:]?|[IVXLC]+\.|\d+(?:\.\d+)*\.?|[a-zđ]\))\s+")
_FORM = re.compile(r"CỘNG H[OÒ][AÀ] XÃ HỘI|^\W*Số\s*:", re.IGNORECASE | re.MULTILINE)


def markdown(words: str) -> Document:
    """The document in a Markdown text. A text that carries the form of an official document (quốc hiệu,
    số) is recognised as one; any other is its headings, paragraphs, lists and tables."""
    blocks = markdown_blocks(words)
    if not _FORM.search(words):
        return Document(blocks=blocks)
    return recognised([line for block in blocks for line in _lines(block)])


def markdown_blocks(words: str) -> tuple[Heading | Paragraph | Table, ...]:
    """The blocks of a section's text. Raw HTML inside is not words and is dropped."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable("table").parse(words)
    return tuple(_Blocks(tokens).read())


def _lines(block: Heading | Paragraph | Table) -> list[Line]:
    if isinstance(block, Table):
        return [Line(block=block)]
    mark = block.number if isinstance(block, Heading) else block.marker
    return [Line(joined((Text(f"{mark} "), *block.inlines)) if mark else block.inlines)]


class _Blocks:
    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.out: list[Heading | Paragraph | Table] = []
        self.lists: list[int | None] = []  # the next number of each open list; None for a list of dashes
        self.mark = ""

    def read(self) -> list[Heading | Paragraph | Table]:
        """Blocks in order."""
        at = 0
        while at < len(self.tokens):
            token = self.tokens[at]
            if token.type == "heading_open":
                self.out.append(_heading(int(token.tag[1]), _inlines(self.tokens[at + 1].children or ())))
                at += 2
            elif token.type == "table_open":
                at = self.table(at)
            elif token.type == "inline":
                self.out.append(Paragraph(_inlines(token.children or ()), self.mark))
                self.mark = ""
            elif token.type in ("fence", "code_block"):
                self.out.append(Paragraph(joined((Text(token.content.rstrip("\n")),)), align="left"))
            else:
                self.list(token)
            at += 1
        return self.out

    def list(self, token: Token) -> None:
        if token.type == "bullet_list_open":
            self.lists.append(None)
        elif token.type == "ordered_list_open":
            self.lists.append(int(token.attrs.get("start", 1)))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self.lists.pop()
        elif token.type == "list_item_open" and self.lists:
            number = self.lists[-1]
            self.mark = ("+" if len(self.lists) > 1 else "-") if number is None else f"{number}{token.markup or '.'}"
            self.lists[-1] = None if number is None else number + 1

    def table(self, at: int) -> int:
        rows: list[tuple[Cell, ...]] = []
        cells: list[Cell] = []
        head = 0
        while self.tokens[at].type != "table_close":
            token = self.tokens[at]
            if token.type == "inline":
                cells.append(Cell((Paragraph(_inlines(token.children or ()), align=_align(self.tokens[at - 1])),)))
            elif token.type == "tr_close":
                rows.append(tuple(cells))
                cells = []
            elif token.type == "thead_close":
                head = len(rows)
            at += 1
        self.out.append(Table(tuple(rows), head))
        return at


def _align(cell: Token) -> str:
    found = re.search(r"text-align:(left|center|right)", str(cell.attrs.get("style", "")))
    return found[1] if found else "justify"


def _heading(level: int, words: tuple[Inline, ...]) -> Heading:
    found = _NUMBER.match(plain(words))
    if not found or not isinstance(words[0], Text) or len(words[0].text) < found.end():
        return Heading(level, "", words)
    rest = Text(words[0].text[found.end() :], words[0].bold, words[0].italic)
    return Heading(level, found[1], joined((rest, *words[1:])))


def _inlines(tokens: Sequence[Token]) -> tuple[Inline, ...]:
    out: list[Inline] = []
    bold = italic = 0
    inside: list[Text] | None = None
    target = ""
    for token in tokens:
        bold += {"strong_open": 1, "strong_close": -1}.get(token.type, 0)
        italic += {"em_open": 1, "em_close": -1}.get(token.type, 0)
        words = {"softbreak": " ", "hardbreak": "\n"}.get(
            token.type, token.content if token.type in ("text", "code_inline") else ""
        )
        text = Text(words, bold > 0, italic > 0)
        if token.type == "link_open":
            inside, target = [], str(token.attrs.get("href", ""))
        elif token.type == "link_close" and inside is not None:
            out.append(_link(inside, target))
            inside = None
        elif inside is not None:
            inside.append(text)
        else:
            out.append(text)
    return joined(tuple(out))


def _link(inside: list[Text], target: str) -> Inline:
    from urllib.parse import unquote

    words = "".join(t.text for t in inside)
    bold, italic = any(t.bold for t in inside), any(t.italic for t in inside)
    if _REFERENCE.match(target):
        return Node(unquote(target), words, "", bold, italic)
    return Text(words, bold, italic)
