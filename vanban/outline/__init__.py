"""The structure of a document from its plain words: head, addressees, grounds, outline, signature, recipients.

Readers of formats that carry no structure of ours (other people's Word files, PDF, HTML, text) give their
paragraphs here. Nothing is guessed from layout: the words of the form decide (Decree 30/2020/NĐ-CP, Annex I)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from vanban.document import (
    Appendix,
    Block,
    Document,
    Heading,
    Inline,
    Paragraph,
    Signature,
    Text,
    joined,
    plain,
)
from vanban.outline.body import Entry, entries
from vanban.outline.foot import foot_start, read_foot
from vanban.outline.head import Head, read_head
from vanban.outline.lines import Line, lines_of_text

__all__ = ["Entry", "Structure", "outline", "structure_of_text"]

_ADDRESSED = re.compile(r"^Kính (?:gửi|trình)\s*:?\s*(?P<rest>.*)$")
_GROUND = re.compile(r"^[-–]?\s*(?:Căn cứ|Theo đề nghị|Xét|Thực hiện|Trên cơ sở)\b.*[;.,]$", re.DOTALL)
_ANNEX = re.compile(r"^(?:PHỤ LỤC|Phụ lục)\b\s*(?P<number>[IVXLC]{1,6}\b|\d{1,2}\b)?\s*[:.]?\s*(?P<title>.*)$")


@dataclass(frozen=True)
class Structure:
    """Where each part of a document lies among its lines.

    ``body``…``foot`` are the lines of the body; ``entries`` the numbered ones; ``month`` the month of a date
    whose day is blank. ``rest`` is the index of the first line after the foot (annexes)."""

    lines: list[Line]
    head: Head
    addressees: tuple[str, ...]
    grounds: tuple[int, ...]
    body: int
    foot: int
    rest: int
    entries: list[Entry]
    signature: Signature
    recipients: tuple[str, ...]

    @property
    def date(self) -> dt.date | None:
        """The document's date; the last day of its month where only the month is filled in."""
        if self.head.header.date or not self.head.month:
            return self.head.header.date
        following = (self.head.month + dt.timedelta(days=32)).replace(day=1)
        return following - dt.timedelta(days=1)


def outline(lines: Sequence[str]) -> Document:
    """The document that plain or Markdown lines make (one paragraph or table row each; an empty line is a gap)."""
    return _document(structure_of_text("\n".join(lines)))


def structure_of_text(text: str) -> Structure:
    """The structure of a plain or Markdown text (NFC); positions of lines are those of ``text``."""
    lines = lines_of_text(text)
    head = read_head(lines)
    addressees, body = _addressees(lines, head.body)
    foot = foot_start(lines, body)
    signature, recipients, rest = read_foot(lines, foot)
    numbered = entries(lines, body, foot)
    first = next((entry.index for entry in numbered if entry.form != "dash"), foot)
    grounds = tuple(index for index in range(body, min(first, foot)) if _GROUND.match(lines[index].text))
    return Structure(lines, head, addressees, grounds, body, foot, rest, numbered, signature, recipients)


def _addressees(lines: list[Line], start: int) -> tuple[tuple[str, ...], int]:
    """(addressees, index of the line after them)."""
    for index in range(start, min(start + 6, len(lines))):
        found = _ADDRESSED.match(lines[index].text)
        if not found:
            continue
        names = [found["rest"]] if found["rest"] else []
        after = index + 1
        while after < len(lines) and (
            lines[after].text.startswith(("-", "–", "+")) or (not names and after == index + 1)
        ):
            names.append(lines[after].text)
            after += 1
        parts = [part.strip(" -–+.") for name in names for part in name.split(";")]
        return tuple(part for part in parts if part), after
    return (), start


def _document(found: Structure) -> Document:
    lines, skipped = found.lines, set(found.grounds)
    grounds = tuple(Paragraph(lines[index].inlines) for index in found.grounds)
    blocks = _blocks(found.lines, found.entries, found.body, found.foot, skipped)
    return Document(
        found.head.header,
        found.addressees,
        grounds,
        blocks,
        found.signature,
        found.recipients,
        _appendices(lines, found.rest),
    )


def _blocks(lines: list[Line], numbered: list[Entry], start: int, end: int, skipped: set[int]) -> tuple[Block, ...]:
    by_index = {entry.index: entry for entry in numbered}
    out: list[Block] = []
    index = start
    while index < end:
        entry, line = by_index.get(index), lines[index]
        if index in skipped:
            index += 1
        elif line.block is not None:
            out.append(line.block)
            index += 1
        elif entry:
            out.append(_numbered(entry, line))
            index += entry.taken
        else:
            out.append(Paragraph(line.inlines))
            index += 1
    return tuple(out)


def _numbered(entry: Entry, line: Line) -> Block:
    inlines = _without(line.inlines, entry.number) if entry.taken == 1 else (Text(entry.words, True),)
    if entry.heading:
        return Heading(min(entry.level, 4), entry.number, inlines)
    return Paragraph(inlines, marker=entry.number)


def _without(inlines: tuple[Inline, ...], number: str) -> tuple[Inline, ...]:
    """The inlines after the number that opens them."""
    words = plain(inlines)
    left = words.index(number) + len(number)
    left += len(words[left:]) - len(words[left:].lstrip())
    out: list[Inline] = []
    for inline in inlines:
        size = len(inline.text)
        if left >= size:
            left -= size
        elif left and isinstance(inline, Text):
            out.append(Text(inline.text[left:], inline.bold, inline.italic))
            left = 0
        else:
            out.append(inline)
            left = 0
    return joined(tuple(out))


def _appendices(lines: list[Line], start: int) -> tuple[Appendix, ...]:
    marks = [
        index for index in range(start, len(lines)) if _ANNEX.match(lines[index].text) and len(lines[index].text) < 120
    ]
    out = []
    for place, index in enumerate(marks):
        end = marks[place + 1] if place + 1 < len(marks) else len(lines)
        found = _ANNEX.match(lines[index].text)
        title, first = (found["title"] if found else ""), index + 1
        while first < end and lines[first].upper and len(title) < 300:
            title, first = f"{title} {lines[first].text}".strip(), first + 1
        number = (found["number"] or "") if found else ""
        out.append(Appendix(number, title, _blocks(lines, entries(lines, first, end), first, end, set())))
    return tuple(out)
