"""Everything that a document says, as data: the face of ``vanban read --json``."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from vanban.document import Block, Document, Heading, Paragraph, Table, plain
from vanban.outline import Structure, structure_of_text
from vanban.periods import Deadline, Period, find_deadlines, find_periods
from vanban.periods.find import lowered
from vanban.quantities import Quantity, find_quantities
from vanban.text import CleanText

if TYPE_CHECKING:
    from vanban.citations import Citation

Found = TypeVar("Found", Period, Deadline, Quantity)


@dataclass(frozen=True)
class Reading:
    """What was read from one text. Positions count characters of ``text`` as it was given.

    ``document_date`` is the day used to date relative periods: the one given, else the header's, else the last
    day of the header's month (a draft leaves the day blank), else None."""

    text: str
    structure: Structure
    spans: dict[str, list[dict[str, Any]]]
    citations: list[Citation]
    quantities: list[Quantity]
    periods: list[Period]
    deadlines: list[Deadline]
    document_date: dt.date | None

    def to_json(self) -> dict[str, Any]:
        """The contract: header, outline, citations, quantities, periods, deadlines, signature, recipients."""
        header, signature = self.structure.head.header, self.structure.signature
        return {
            "header": {
                "parent": header.parent,
                "issuer": header.issuer,
                "number": header.number,
                "symbol": header.symbol,
                "code": header.code,
                "place": header.place,
                "date": header.date.isoformat() if header.date else None,
                "type": header.kind or ("CÔNG VĂN" if header.number and self.structure.addressees else ""),
                "title": header.title,
                "addressees": list(self.structure.addressees),
            },
            "grounds": self.spans["grounds"],
            "outline": self.spans["outline"],
            "citations": [citation.to_json() for citation in self.citations],
            "quantities": [quantity.to_json() for quantity in self.quantities],
            "periods": [period.to_json() for period in self.periods],
            "deadlines": [deadline.to_json() for deadline in self.deadlines],
            "signature": {"authority": list(signature.authority), "name": signature.name},
            "recipients": list(self.structure.recipients),
        }


def analyse(text: str, document_date: dt.date | None = None) -> Reading:
    """Reads a text as it came (any Unicode form, page breaks included) into data.

    >>> reading = analyse("Năm 2024, Sở đã cấp giấy phép cho 15 cơ sở.")
    >>> [(q.value, q.unit) for q in reading.quantities]
    [('15', 'cơ sở')]
    """
    from vanban.citations import cited_in

    clean = CleanText(text)
    structure = structure_of_text(clean.clean)
    today = document_date or structure.date
    low = lowered(clean.clean)
    citations = cited_in(clean, today)
    periods = find_periods(clean.clean, today, low)
    deadlines = find_deadlines(clean.clean, today, low, periods)
    outside = tuple(_outside(clean, structure, citations, deadlines))
    quantities = find_quantities(clean.clean, today, low, periods, outside)
    cited = [(clean.to_clean(citation.start), clean.to_clean(citation.end)) for citation in citations]
    own = [period for period in periods if not _inside(period.start, cited)]
    return Reading(
        text,
        structure,
        _placed_lines(clean, structure),
        citations,
        [_figure_of_raw(clean, q) for q in quantities],
        [_of_raw(clean, p) for p in own],
        [_of_raw(clean, d) for d in deadlines],
        today,
    )


def _outside(
    clean: CleanText, structure: Structure, citations: list[Citation], deadlines: list[Deadline]
) -> Iterator[tuple[int, int]]:
    """Spans that hold no figures: head and foot of the document, citations, terms of deadlines."""
    lines = structure.lines
    if structure.head.body and lines:
        yield 0, lines[min(structure.head.body, len(lines)) - 1].end
    if structure.foot < structure.rest:
        yield lines[structure.foot].start, lines[structure.rest - 1].end
    for citation in citations:
        yield clean.to_clean(citation.start), clean.to_clean(citation.end)
    for deadline in deadlines:
        yield deadline.start, deadline.end


def _inside(position: int, spans: list[tuple[int, int]]) -> bool:
    index = bisect_right(spans, (position, 1 << 62)) - 1
    return index >= 0 and position < spans[index][1]


def _of_raw(clean: CleanText, found: Found) -> Found:
    """The same finding with its place in the text as given."""
    start, end = clean.raw_span(found.start, found.end)
    if (start, end) == (found.start, found.end) and clean.raw.startswith(found.text, start):
        return found
    return replace(found, start=start, end=end, text=clean.raw[start:end])


def _figure_of_raw(clean: CleanText, quantity: Quantity) -> Quantity:
    placed = _of_raw(clean, quantity)
    period = _of_raw(clean, quantity.period) if quantity.period else None
    return placed if period is quantity.period else replace(placed, period=period)


def _placed_lines(clean: CleanText, structure: Structure) -> dict[str, list[dict[str, Any]]]:
    outline = []
    for entry in structure.entries:
        if entry.form == "dash":
            continue
        first, last = structure.lines[entry.index], structure.lines[entry.index + entry.taken - 1]
        start, end = clean.raw_span(first.start, last.end)
        outline.append(
            {
                "start": start,
                "end": end,
                "level": entry.level,
                "number": entry.number,
                "text": entry.words,
                "kind": "heading" if entry.heading else "item",
            }
        )
    grounds = []
    for index in structure.grounds:
        start, end = clean.raw_span(structure.lines[index].start, structure.lines[index].end)
        grounds.append({"start": start, "end": end, "text": clean.raw[start:end]})
    return {"outline": outline, "grounds": grounds}


def text_of(document: Document) -> str:
    """A document as plain lines in the order of the form, for formats whose bytes have no text positions."""
    header = document.header
    lines = [
        header.parent,
        header.issuer,
        f"Số: {header.code}" if header.code else "",
        _place_line(document),
        "",
        header.kind,
        f"V/v {header.title}" if header.title and not header.kind else header.title,
        "",
    ]
    if document.addressees:
        lines += ["Kính gửi:", *(f"- {name};" for name in document.addressees), ""]
    for block in (*document.grounds, *document.blocks):
        lines += [*_lines_of(block), ""]
    if document.recipients:
        lines += ["Nơi nhận:", *(f"- {name};" for name in document.recipients), ""]
    lines += [*document.signature.authority, "", document.signature.name]
    for appendix in document.appendices:
        lines += ["", f"Phụ lục {appendix.number}".strip(), appendix.title]
        for block in appendix.blocks:
            lines += [*_lines_of(block), ""]
    return "\n".join(lines).strip("\n") + "\n"


def _place_line(document: Document) -> str:
    header = document.header
    if header.date is None:
        return f"{header.place}, ngày      tháng      năm" if header.place else ""
    return f"{header.place}, ngày {header.date.day:02d} tháng {header.date.month:02d} năm {header.date.year}"


def _lines_of(block: Block) -> list[str]:
    if isinstance(block, Heading):
        return [f"{block.number} {plain(block.inlines)}".strip()]
    if isinstance(block, Paragraph):
        return [f"{block.marker} {plain(block.inlines)}".strip()]
    if isinstance(block, Table):
        return [
            "| " + " | ".join(" ".join(plain(p.inlines) for p in cell.paragraphs) for cell in row) + " |"
            for row in block.rows
        ]
    return [block.alt]
