"""The rows of a sheet as COPY takes them: every cell read once, what was refused, and what the reading rested on.

Whoever tries a sheet and then writes it reads it once: the reading is kept beside the sheet and serves again while nothing that
it rested on (columns, mended cells, code lists, the rows of other tables that its words name, the day) has changed.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cancu.core.calendar import today
from cancu.core.jobs import Job
from cancu.core.record import Record
from cancu.core.sheets.columns import Column, tidy
from cancu.core.sheets.header import is_data
from cancu.core.sheets.models import Sheet

STEP = 2_000
Mapped = list[tuple[int, Column]]


@dataclass
class Reading:
    """``text``: the good rows in COPY's text form, the line in the file first, then the columns in the order of ``mapped``.
    ``errors``: [line, place, words]; ``whole``: how many rows hold data; ``wanted``: place → words that name rows of another
    table; ``rests_on``: a sum of all that the reading followed."""

    text: bytes
    errors: list[list[Any]]
    whole: int
    wanted: dict[str, list[str]] = field(default_factory=dict)
    rests_on: str = ""

    def packed(self) -> bytes:
        head = {"errors": self.errors, "whole": self.whole, "wanted": self.wanted, "rests_on": self.rests_on}
        return zlib.compress(json.dumps(head, ensure_ascii=False).encode() + b"\n" + self.text, 1)

    @classmethod
    def unpacked(cls, packed: bytes) -> Reading:
        head, _end, text = zlib.decompress(packed).partition(b"\n")
        return cls(text, **json.loads(head))


def reading_of(sheet: Sheet, mapped: Mapped, job: Job) -> Reading:
    """The reading kept beside the sheet if all it rested on is as it was, else a new one."""
    for _place, column in mapped:
        column.prepare()
    if sheet.reading:
        kept = Reading.unpacked(sheet.reading)
        _learn(sheet, mapped, kept.wanted)
        if kept.rests_on == _followed(sheet, mapped):
            return kept
    lines = [n for n in range(sheet.first, len(sheet.cells)) if is_data(sheet.cells[n])]
    wanted = {str(place): sorted(_words(sheet, place, lines)) for place, column in mapped if column.field.is_relation}
    _learn(sheet, mapped, wanted)
    reading = _read(sheet, mapped, lines, job)
    reading.wanted, reading.rests_on = wanted, _followed(sheet, mapped)
    return reading


def _read(sheet: Sheet, mapped: Mapped, lines: list[int], job: Job) -> Reading:
    good, errors, cells = [], [], sheet.cells
    plan = [(place, column, column.copied) for place, column in mapped]
    for done, line in enumerate(lines):
        if done % STEP == 0:
            job.step(done, len(lines), _("đọc dòng %(n)d") % {"n": line + 1})
        row, copied, refused = cells[line], [str(line)], False
        width = len(row)
        for place, column, known in plan:
            cell = row[place] if place < width else None
            text = known.get(cell)
            if text is None:
                try:
                    text = column.text(cell)
                except ValidationError as error:
                    refused, text = True, ""
                    errors.append([line, place, f"{column.heading}: {error.messages[0]}"])
            copied.append(text)
        if not refused:
            good.append("\t".join(copied))
    good.append("")
    return Reading("\n".join(good).encode(), errors, len(lines))


def _words(sheet: Sheet, place: int, lines: list[int]) -> set[str]:
    different = {sheet.cells[n][place] for n in lines if place < len(sheet.cells[n])}
    return {tidy(cell) for cell in different} - {""}


def _learn(sheet: Sheet, mapped: Mapped, wanted: dict[str, list[str]]) -> None:
    """Look up the rows of other tables that the sheet names, as far as its bringer sees them."""
    for place, column in mapped:
        if column.field.is_relation:
            model = column.field.related_model
            rows = (
                model.objects.seen_by(sheet.brought_by) if issubclass(model, Record) else model._default_manager.all()
            )
            column.known = {}
            column.learn(rows, set(wanted.get(str(place), ())))


def _followed(sheet: Sheet, mapped: Mapped) -> str:
    all_of_it = [
        sheet.first,
        sheet.mended,
        today().isoformat(),
        [[place, c.name, sorted(c.known.items()), list(c.allowed.items())] for place, c in mapped],
    ]
    return hashlib.sha256(json.dumps(all_of_it).encode()).hexdigest()
