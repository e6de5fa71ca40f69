"""Tables of figures in a Word file: spans, repeated heads, widths after the words."""

from __future__ import annotations

from collections.abc import Callable

from vanban.document import Cell, Paragraph, Table
from vanban.write import words
from vanban.write.docx_runs import nothing
from vanban.write.wordxml import Element, el, val


def grid(table: Table, width: int, set_paragraph: Callable[[Paragraph, str], Element]) -> Element:
    """The table, ``width`` twips wide; its first ``header_rows`` rows repeat on each page."""
    shares = words.column_shares(table)
    columns = [width * share // sum(shares) for share in shares]
    properties = el(
        "w:tblPr",
        None,
        val("w:tblStyle", "figures"),
        el("w:tblW", {"w:w": sum(columns), "w:type": "dxa"}),
        el("w:tblLayout", {"w:type": "fixed"}),
    )
    made = el("w:tbl", None, properties, el("w:tblGrid", None, *(el("w:gridCol", {"w:w": c}) for c in columns)))
    for number, places in enumerate(_rows(table)):
        head = number < table.header_rows
        row = el("w:tr", None, el("w:trPr", None, el("w:cantSplit"), *([el("w:tblHeader")] if head else [])))
        for place in places:
            cell = table.rows[place.row][place.index] if place.row == number else None
            row.append(
                _cell(cell, place, sum(columns[place.column : place.column + place.columns]), head, set_paragraph)
            )
        made.append(row)
    return made


def _rows(table: Table) -> list[list[words.Placed]]:
    """For each row the cells that stand in it, those that reach down from above included."""
    rows: list[list[words.Placed]] = [[] for _row in table.rows]
    for place in words.placed_cells(table):
        for number in range(place.row, min(place.row + place.rows, len(rows))):
            rows[number].append(place)
    return [sorted(row, key=lambda place: place.column) for row in rows]


def _cell(
    cell: Cell | None, place: words.Placed, width: int, head: bool, set_paragraph: Callable[[Paragraph, str], Element]
) -> Element:
    properties = el("w:tcPr", None, el("w:tcW", {"w:w": width, "w:type": "dxa"}))
    if place.columns > 1:
        properties.append(val("w:gridSpan", place.columns))
    if place.rows > 1:
        properties.append(val("w:vMerge", "restart") if cell else el("w:vMerge"))
    if head:
        properties.append(val("w:vAlign", "center"))
    style = "table_head" if head else "table_cell"
    content = [set_paragraph(p, style) for p in cell.paragraphs] if cell else []
    return el("w:tc", None, properties, *(content or [nothing("blank_cell")]))
