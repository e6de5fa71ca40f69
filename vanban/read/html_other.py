"""Web pages of others: the words a visitor sees, line by line; tables of figures stay tables."""

from __future__ import annotations

import re

from lxml import etree

from vanban.document import Cell, Document, Inline, Paragraph, Table, Text, joined, plain
from vanban.read.lines import Line, recognised

_HIDDEN = {
    "script",
    "style",
    "head",
    "template",
    "noscript",
    "nav",
    "svg",
    "iframe",
    "object",
    "select",
    "button",
    "form",
}
_BLOCKS = {
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "article",
    "header",
    "footer",
    "main",
    "blockquote",
    "dt",
    "dd",
    "dl",
    "pre",
    "address",
    "center",
    "tr",
    "td",
    "th",
    "tbody",
    "thead",
    "body",
    "html",
    "figure",
    "aside",
}
_SPACES = re.compile(r"[ \t\r\n\f]+")
_DEEPEST = 200
Element = etree._Element


def other_page(root: Element) -> Document:
    """The document that the page's words make. Menus, forms and scripts are not words."""
    page = _Page()
    page.walk(root, False, False, 0)
    page.close()
    return recognised(page.lines)


class _Page:
    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.open: list[Inline] = []

    def close(self) -> None:
        """End the line under way."""
        words = joined(tuple(self.open))
        self.open = []
        if plain(words).strip():
            self.lines.append(Line(_trimmed(words)))

    def say(self, words: str | None, bold: bool, italic: bool) -> None:
        if words:
            self.open.append(Text(_SPACES.sub(" ", words), bold, italic))

    def walk(self, element: Element, bold: bool, italic: bool, depth: int) -> None:
        tag = str(element.tag)
        if tag in _HIDDEN or depth > _DEEPEST:
            return
        if tag == "table" and (table := _table(element)) is not None:
            self.close()
            self.lines.append(Line(block=table))
            return
        if tag in _BLOCKS or tag == "br":
            self.close()
        bold, italic = bold or tag in ("b", "strong"), italic or tag in ("i", "em")
        self.say(element.text, bold, italic)
        for child in element:
            self.walk(child, bold, italic, depth + 1)
            self.say(child.tail, bold, italic)
        if tag in _BLOCKS:
            self.close()


def _trimmed(words: tuple[Inline, ...]) -> tuple[Inline, ...]:
    first, last = words[0], words[-1]
    if isinstance(first, Text):
        words = (Text(first.text.lstrip(), first.bold, first.italic), *words[1:])
        last = words[-1]
    if isinstance(last, Text):
        words = (*words[:-1], Text(last.text.rstrip(), last.bold, last.italic))
    return joined(words)


def _table(element: Element) -> Table | None:
    """A table of figures: it draws lines, or has column heads; other tables only place words."""
    heads = list(element.iter("th"))
    border = (element.get("border") or "0").strip()
    if not heads and border in ("", "0"):
        return None
    rows = [tuple(_cell(c) for c in row.iterchildren("td", "th")) for row in element.iter("tr")]
    if not rows or max(len(row) for row in rows) < 2:
        return None
    caption = " ".join(_words(c) for c in element.iterchildren("caption"))
    top = sum(1 for part in element.iter("thead") for _row in part.iterchildren("tr")) or int(bool(heads))
    return Table(tuple(rows), min(top, len(rows)), caption)


def _cell(element: Element) -> Cell:
    words = _words(element)
    return Cell((Paragraph(joined((Text(words),))),), _span(element, "colspan"), _span(element, "rowspan"))


def _words(element: Element) -> str:
    return _SPACES.sub(" ", "".join(str(words) for words in element.itertext())).strip()


def _span(element: Element, name: str) -> int:
    value = (element.get(name) or "1").strip()
    return min(max(int(value), 1), 100) if value.isascii() and value.isdigit() and len(value) < 5 else 1
