"""The lines that structure is read from, each with its place in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vanban.document import Cell, Inline, Paragraph, Table, Text, joined, plain
from vanban.syllables import fold

_STARS = re.compile(r"\*\*([^*\n]{1,2000})\*\*|\*([^*\n]{1,2000})\*")
_RULE = re.compile(r"[\s\-_=*|─━–—.…:]*")
_COLUMNS = re.compile(r"\t+|\s*\|\s*|(?<!ngày)(?<!tháng)(?<!năm)(?<!\s)\s{3,}+(?!tháng|năm|[/-])")
_TABLE_RULE = re.compile(r"[\s|:-]{3,}")
_FORM_WORDS = ("cong hoa xa hoi chu nghia", "doc lap", "noi nhan", "dang cong san viet nam")


def run_together(rows: Iterable[str]) -> str:
    """Rows of print as one line. A hyphen or a stroke that ended a row was part of a word: Vietnamese isn't
    hyphenated, and “20-NQ/TW” breaks after its stroke."""
    out = ""
    for row in rows:
        tight = out.endswith(("-", "/")) and not out.endswith((" -", " /"))
        out += row if tight or not out else f" {row}"
    return out


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its place in the text, words without marks of Markdown, inlines, and the table where the line
    stands for the rows of one. ``gap``: a blank line precedes."""

    start: int
    end: int
    text: str
    inlines: tuple[Inline, ...]
    gap: bool = False
    block: Table | None = None

    @property
    def upper(self) -> bool:
        return self.text.isupper()

    @property
    def bold(self) -> bool:
        worded = [inline for inline in self.inlines if inline.text.strip()]
        return bool(worded) and all(inline.bold for inline in worded)

    @property
    def folded(self) -> str:
        return fold(self.text).lower()


def lines_of_text(text: str) -> list[Line]:
    """Non-empty lines of a text; rules (“-----”) are dropped, Markdown tables become one line each."""
    lines: list[Line] = []
    rows: list[tuple[int, int, str]] = []
    gap, bold = False, False
    for start, raw in _split(text):
        words = raw.strip()
        if _is_row(words):
            rows.append((start, start + len(raw), words))
            continue
        if rows:
            lines.extend(_table_lines(rows, gap))
            rows = []
        if not words or _RULE.fullmatch(words):
            gap = gap or not words
            continue
        line, bold = _line(start + raw.index(words[0]), words, gap, bold)
        lines.append(line)
        gap = False
    lines.extend(_table_lines(rows, gap) if rows else [])
    return lines


def columns(line: Line) -> list[Line]:
    """A line of two columns side by side as one line for each column."""
    parts = [part for part in _COLUMNS.split(line.text) if part]
    if len(parts) < 2 or line.block is not None:
        return [line]
    return [Line(line.start, line.end, part, (Text(part, line.bold),), line.gap) for part in parts]


def _split(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for raw in text.split("\n"):
        yield start, raw
        start += len(raw) + 1


def _line(start: int, words: str, gap: bool, bold: bool) -> tuple[Line, bool]:
    """A line without its Markdown; ``bold`` carries “**” that opens on one line and closes on another."""
    end = start + len(words)
    words = re.sub(r"^(?:#{1,6}|>)\s+", "", words)
    if words.count("**") % 2:
        opened = not bold
        stripped = words.replace("**", "")
        return Line(start, end, stripped.strip(), (Text(stripped.strip(), True),), gap), opened
    inlines = _inlines(words, bold)
    return Line(start, end, plain(inlines).strip(), inlines, gap), bold


def _inlines(words: str, bold: bool) -> tuple[Inline, ...]:
    if "*" not in words:
        return (Text(words, bold),)
    out: list[Inline] = []
    at = 0
    for match in _STARS.finditer(words):
        out += [
            Text(words[at : match.start()], bold),
            Text(match[1] or match[2], bold or match[1] is not None, match[2] is not None),
        ]
        at = match.end()
    return joined((*out, Text(words[at:], bold)))


def _is_row(words: str) -> bool:
    return len(words) > 2 and words[0] == words[-1] == "|" and words.count("|") > 2


def _table_lines(rows: list[tuple[int, int, str]], gap: bool) -> list[Line]:
    """Rows of a Markdown table as one table; without a rule under the first row they are columns of a form."""
    cells = [
        [cell.strip() for cell in words.strip("|").split("|")]
        for _s, _e, words in rows
        if not _TABLE_RULE.fullmatch(words)
    ]
    if not cells:
        return []
    if len(cells) == len(rows) or any(word in fold(" ".join(cells[0])).lower() for word in _FORM_WORDS):
        return [
            Line(start, end, words.strip("| "), (Text(words.strip("| ")),), gap)
            for start, end, words in rows
            if not _TABLE_RULE.fullmatch(words)
        ]
    table = Table(tuple(tuple(Cell((Paragraph(_inlines(cell, False)),)) for cell in row) for row in cells))
    return [Line(rows[0][0], rows[-1][1], "", (), gap, table)]
