"""A list of a register as a styled .xlsx or as .csv, row by row: memory stays flat; text cells are never formulas."""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import IO, Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cancu.core.calendar import today
from cancu.core.codes import CodeField, labels
from cancu.core.line import Register
from cancu.core.sheets.columns import SHEETS, columns_of

CHUNK = 2_000
LARGEST_BOOK = 50_000  # rows: a longer list is better as .csv, which opens at once
_WIDEST = 60


def fields_of(register: type[Register]) -> list[tuple[str, Any]]:
    """(heading, field) of an export: what an import reads, then state and confirmation."""
    own = [(column.heading, column.field) for column in columns_of(register)]
    more = [f for f in register.model._meta.concrete_fields if f.name in ("state", "owner_unit", "confirmed_at")]
    return [*own, *((capfirst(str(f.verbose_name)), f) for f in more)]


def form_of(register: type[Register]) -> list[tuple[str, Any]] | None:
    """(heading, field) of the form that the law prescribes for the register; None where none is declared."""
    declared = SHEETS.get(register)
    if declared is None or not declared.form:
        return None
    return [(str(heading), register.model._meta.get_field(name) if name else None) for heading, name in declared.form]


def rows(found: models.QuerySet[Any], fields: list[tuple[str, Any]]) -> Iterator[list[Any]]:
    """The values of each record in words, days and numbers as such. One query a chunk."""
    related = [f.name for _h, f in fields if f is not None and f.is_relation]
    deeper = [
        f"{f.name}__{more}"
        for _h, f in fields
        if f is not None and f.is_relation
        for more in getattr(f.related_model, "label_related", ())
    ]
    for number, record in enumerate(found.select_related(*related, *deeper).iterator(chunk_size=CHUNK), 1):
        yield [number if field is None else _value(record, field) for _heading, field in fields]


def _value(record: Any, field: Any) -> Any:
    if field.is_relation:
        other = getattr(record, field.name)
        known_by = getattr(other, "known_by", "") if other is not None else ""
        return "" if other is None else str(getattr(other, known_by, "") or other)
    value = getattr(record, field.attname)
    if isinstance(field, CodeField):
        return labels(field.list).get(value, value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, dt.datetime):
        return value.date()
    return "" if value is None else value


def as_csv(found: models.QuerySet[Any], fields: list[tuple[str, Any]]) -> Iterator[bytes]:
    """Semicolons and a byte-order mark, as Excel with Vietnamese settings opens it."""
    yield b"\xef\xbb\xbf"
    line = _Line()
    writer = csv.writer(line, delimiter=";")
    writer.writerow([heading for heading, _field in fields])
    yield line.taken()
    for number, row in enumerate(rows(found, fields), 1):
        writer.writerow([_flat(value) for value in row])
        if number % 500 == 0:
            yield line.taken()
    yield line.taken()


class _Line:
    """Where the writer of csv writes: text that is taken away in pieces."""

    def __init__(self) -> None:
        self._pieces: list[str] = []

    def write(self, words: str) -> None:
        self._pieces.append(words)

    def taken(self) -> bytes:
        words, self._pieces = "".join(self._pieces), []
        return words.encode()


def _flat(value: Any) -> str:
    if isinstance(value, dt.date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, Decimal):
        return f"{value.normalize():f}".replace(".", ",")
    words = str(value)
    return "'" + words if words[:1] in ("=", "+", "@", "\t") else words  # a cell of text must not run as a formula


_FONT = {"font_name": "Times New Roman", "font_size": 11}
_CELL = {"border": 1, "valign": "top"}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 13},
    "heading": {
        "bold": True,
        "border": 1,
        "bg_color": "#E6F0F3",
        "text_wrap": True,
        "valign": "vcenter",
        "align": "center",
    },
    "words": {**_CELL, "text_wrap": True},
    "day": {**_CELL, "num_format": "dd/mm/yyyy"},
    "number": {**_CELL, "num_format": "#,##0.##"},
}


def as_xlsx(
    found: models.QuerySet[Any], fields: list[tuple[str, Any]], title: str, under: Iterable[str], department: str
) -> IO[bytes]:
    """A workbook in a temporary file, its first byte next: name of the department, title, headings that stay, filters."""
    import xlsxwriter

    file = tempfile.TemporaryFile()  # noqa: SIM115 (whoever sends it closes it)
    book = xlsxwriter.Workbook(
        file,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "default_date_format": "dd/mm/yyyy",
        },
    )
    page = book.add_worksheet(_("Sổ"))
    looks = {name: book.add_format(_FONT | look) for name, look in _LOOKS.items()}
    _columns(page, fields)
    page.write_string(0, 0, department.upper(), looks["title"])
    page.write_string(1, 0, title, looks["title"])
    for at, words in enumerate([*under, _("Xuất ngày %(day)s") % {"day": f"{today():%d/%m/%Y}"}], 2):
        page.write_string(at, 0, words)
    first = 4 + len(list(under))
    for at, (heading, _field) in enumerate(fields):
        page.write_string(first, at, heading, looks["heading"])
    page.freeze_panes(first + 1, 1)
    line = first
    for line, row in enumerate(rows(found, fields), first + 1):
        for at, value in enumerate(row):
            _write(page, line, at, value, looks)
    page.autofilter(first, 0, max(line, first), len(fields) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(first)
    book.close()
    file.seek(0)
    return file


def _write(page: Any, line: int, at: int, value: Any, looks: dict[str, Any]) -> None:
    if isinstance(value, dt.date):
        page.write_datetime(line, at, dt.datetime.combine(value, dt.time()), looks["day"])
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        page.write_number(line, at, value, looks["number"])
    else:
        page.write_string(line, at, str(value), looks["words"])


def _columns(page: Any, fields: list[tuple[str, Any]]) -> None:
    for at, (heading, field) in enumerate(fields):
        longest = getattr(field, "max_length", None) or 14
        page.set_column(at, at, max(8, min(_WIDEST, max(len(heading) * 0.9, min(longest, 34)))))


def marked(sheet: Any) -> IO[bytes]:
    """The sheet as it came with every refused cell in red and why beside it in a note: to be mended in Excel and sent again."""
    import xlsxwriter

    file = tempfile.TemporaryFile()  # noqa: SIM115
    book = xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet(_("Cần sửa"))
    head, bad = (
        book.add_format({"bold": True, "border": 1}),
        book.add_format({"bg_color": "#FCE8E6", "font_color": "#B3261E", "border": 1}),
    )
    from cancu.core.sheets.columns import tidy

    for at, heading in enumerate(sheet.headings):
        page.write_string(0, at, heading, head)
    why: dict[int, dict[int, str]] = {}
    for line, place, words in sheet.errors:
        why.setdefault(line, {})[place] = words
    for to, line in enumerate(sorted(why), 1):
        cells = sheet.cells[line]
        for at in range(max(len(cells), *(p + 1 for p in why[line]))):
            words = tidy(cells[at]) if at < len(cells) else ""
            if at in why[line]:
                page.write_string(to, at, words, bad)
                page.write_comment(to, at, why[line][at])
            else:
                page.write_string(to, at, words)
    book.close()
    file.seek(0)
    return file
