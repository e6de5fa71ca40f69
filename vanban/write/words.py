"""What the writers share: clean words, safe links, the page's own words, shares of table columns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from vanban.document import Document, Header, Heading, Paragraph, Table, plain
from vanban.layout import Layout
from vanban.translation import _

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_SCHEME = re.compile(r"\s*([a-zA-Z][a-zA-Z0-9+.-]*):")
_LINK_SCHEMES = {"http", "https", "mailto"}


class UnwritableDocument(ValueError):  # noqa: N818
    """A part of the document can't be written; the message (Vietnamese) says which and what to do."""


def clean(text: str) -> str:
    """The text without characters that XML forbids; line ends become “\\n”."""
    return _NOT_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def safe_link(href: str) -> str:
    """The link if it leads to the web, a mailbox or a place of the same site, else nothing:
    ``javascript:`` and its like are dropped."""
    scheme = _SCHEME.match(href)
    if scheme and scheme[1].lower() not in _LINK_SCHEMES:
        return ""
    return clean(href)


def heading_style(heading: Heading, layout: Layout) -> str:
    """The style of a heading; Phần, Chương, Mục stand on their own centred line."""
    if heading.number.startswith(layout.own_line):
        return "division"
    return f"heading_{min(max(heading.level, 1), 4)}"


def document_title(document: Document) -> str:
    """The title that a window or a screen reader shows: tên loại and trích yếu, without them the first bold line of
    its own; never empty."""
    header = document.header
    words = " ".join(w for w in (header.kind, header.title) if w.strip())
    if not words:
        bold = (
            b
            for b in document.blocks
            if isinstance(b, Paragraph) and b.align == "center" and b.inlines and all(i.bold for i in b.inlines)
        )
        words = next((plain(b.inlines) for b in bold), "")
    return " ".join(clean(words).split()) or _("Văn bản")


def has_header(header: Header) -> bool:
    """False for a fragment (a section shown alone), which prints no header block."""
    return header != Header()


#: About how many letters stand side by side in the tables of an upright page.
LETTERS_ACROSS = 90


def column_shares(table: Table) -> list[int]:
    """The width of each grid column in thousandths, after the longest paragraph that stands in it alone; in a crowded
    table a column is given room for its longest word, so that a day or a number is not broken. Where the table sets
    its widths, they hold."""
    if len(table.widths) == column_count(table):
        return [max(1, round(1000 * w / sum(table.widths))) for w in table.widths]
    widths, longest_words = [6] * column_count(table), [0] * column_count(table)
    for placed in placed_cells(table):
        if placed.columns == 1:
            said = [plain(p.inlines) for p in table.rows[placed.row][placed.index].paragraphs]
            longest = max((len(words) for words in said), default=0)
            widths[placed.column] = max(widths[placed.column], min(longest, 40) + 3)
            longest_words[placed.column] = max(
                longest_words[placed.column], *(len(word) for words in said for word in words.split()), 0
            )
    total = sum(widths) or 1
    widths = [
        max(width, min((word + 2) * total // LETTERS_ACROSS, 40))
        for width, word in zip(widths, longest_words, strict=True)
    ]
    total = sum(widths) or 1
    return [max(1, round(1000 * w / total)) for w in widths]


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a cell stands in the grid: its row, its index within the row, its first grid column."""

    row: int
    index: int
    column: int
    columns: int
    rows: int


@dataclass(slots=True)
class _Taken:
    """Grid places that spans from above still cover: column → rows left."""

    rows: dict[int, int] = field(default_factory=dict)

    def next_row(self) -> None:
        self.rows = {column: left - 1 for column, left in self.rows.items() if left > 1}


def placed_cells(table: Table) -> list[Placed]:
    """Every cell with its grid place, spans of rows above taken into account, in reading order."""
    out: list[Placed] = []
    taken = _Taken()
    for r, row in enumerate(table.rows):
        column = 0
        added: dict[int, int] = {}
        for i, cell in enumerate(row):
            while column in taken.rows:
                column += 1
            width, height = max(cell.columns, 1), min(max(cell.rows, 1), len(table.rows) - r)
            out.append(Placed(r, i, column, width, height))
            added.update(dict.fromkeys(range(column, column + width), height))
            column += width
        taken.rows.update(added)
        taken.next_row()
    return out


def column_count(table: Table) -> int:
    """Number of grid columns."""
    return max((p.column + p.columns for p in placed_cells(table)), default=1)
