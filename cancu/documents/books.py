"""The books of văn thư, in the columns of Decree 30/2020, Annex IV: incoming, outgoing, and how each incoming was settled."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from cancu.core.dated import valid_on
from cancu.core.people import User
from cancu.core.restdays import working_calendar
from cancu.core.units import UnitName
from cancu.indicators.windows import say_date
from vanban.workdays import next_workday

from .assignments import Assignment, Part
from .models import Direction, Document, Relation

if TYPE_CHECKING:
    from vanban.document import Document as Tree

#: The most rows of one printed book; a longer period is printed in parts.
MOST_ROWS = 2000


@dataclass(frozen=True)
class Book:
    """One book: its title, the direction and the day by which documents enter it, its columns, and how wide each is
    in hundredths of a page that lies across."""

    code: str
    title: Any
    direction: str
    day: str
    columns: tuple[tuple[Any, Callable[[Row], str]], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True)
class Row:
    """One document with what a line of a book tells of it."""

    document: Document
    unit: str
    answers: tuple[str, ...]
    until: dt.date
    #: Whether a unit was given it to settle, and until when.
    is_given: bool = False
    given: dt.date | None = None

    @property
    def due(self) -> dt.date | None:
        return self.document.due_on or self.given


def day(value: dt.date | None) -> str:
    return say_date(value) if value else ""


def full_title(row: Row) -> str:
    return f"{row.document.get_type_display()} {row.document.title}"


def progress(row: Row) -> str:
    """Answered, overdue or open, as it stood on the last day of the book; nothing of a letter that asks for nothing."""
    if row.answers:
        return say("Đã trả lời")
    if row.due and next_workday(row.due, working_calendar()) < row.until:
        return say("Quá hạn")
    return say("Đang giải quyết") if row.due or row.is_given else ""


def _blank(row: Row) -> str:
    """Signed by hand on the printed book."""
    return ""


INCOMING = Book(
    "den",
    _("Sổ đăng ký văn bản đến"),
    Direction.INCOMING,
    "arrived_on",
    (
        (_("Ngày đến"), lambda r: day(r.document.arrived_on)),
        (_("Số đến"), lambda r: str(r.document.arrival_number or "")),
        (_("Tác giả"), lambda r: r.document.issuer.name),
        (_("Số, ký hiệu"), lambda r: r.document.number),
        (_("Ngày, tháng"), lambda r: day(r.document.issued_on)),
        (_("Tên loại và trích yếu nội dung"), full_title),
        (_("Đơn vị hoặc người nhận"), lambda r: r.unit),
        (_("Ngày chuyển"), lambda r: day(r.document.forwarded_on)),
        (_("Ký nhận"), _blank),
        (_("Ghi chú"), lambda r: r.document.note),
    ),
    (10, 5, 10, 14, 10, 21, 10, 10, 5, 5),
)
OUTGOING = Book(
    "di",
    _("Sổ đăng ký văn bản đi"),
    Direction.OUTGOING,
    "issued_on",
    (
        (_("Số, ký hiệu"), lambda r: r.document.number),
        (_("Ngày, tháng"), lambda r: day(r.document.issued_on)),
        (_("Tên loại và trích yếu nội dung"), full_title),
        (_("Người ký"), lambda r: r.document.signer),
        (_("Nơi nhận"), lambda r: r.document.recipients),
        (_("Đơn vị, người nhận bản lưu"), lambda r: r.document.kept_by),
        (_("Số lượng bản"), lambda r: str(r.document.copies or "")),
        (_("Ngày chuyển"), lambda r: day(r.document.forwarded_on)),
        (_("Ký nhận"), _blank),
        (_("Ghi chú"), lambda r: r.document.note),
    ),
    (13, 10, 21, 9, 14, 8, 5, 10, 5, 5),
)
SETTLING = Book(
    "theo-doi",
    _("Sổ theo dõi giải quyết văn bản đến"),
    Direction.INCOMING,
    "arrived_on",
    (
        (_("Số đến"), lambda r: str(r.document.arrival_number or "")),
        (_("Tên loại, số và ký hiệu, ngày tháng và tác giả"), lambda r: r.document.cite("dated")),
        (_("Đơn vị hoặc người nhận"), lambda r: r.unit),
        (_("Thời hạn giải quyết"), lambda r: day(r.due)),
        (_("Tiến độ giải quyết"), progress),
        (_("Số, ký hiệu văn bản trả lời"), lambda r: "; ".join(r.answers)),
        (_("Ghi chú"), lambda r: r.document.note),
    ),
    (6, 32, 18, 10, 11, 15, 8),
)
BOOKS = {book.code: book for book in (INCOMING, OUTGOING, SETTLING)}


def rows_of(book: Book, user: User, start: dt.date, end: dt.date) -> list[Row]:
    """The documents of the book that entered it from ``start`` to ``end`` and that ``user`` may see, in its order.
    Drafts are in no book. Raises ValidationError where they are too many for one print."""
    if end < start:
        raise ValidationError({"end": _("Ngày cuối phải từ ngày đầu trở đi.")})
    found = Document.objects.seen_by(user).filter(
        direction=book.direction, state__in=("issued", "recalled"), **{f"{book.day}__range": (start, end)}
    )
    order = (
        (F("arrival_number").asc(nulls_first=True), "pk")
        if book.direction == Direction.INCOMING
        else ("canonical", "pk")
    )
    documents = list(found.select_related("issuer").order_by(book.day, *order)[: MOST_ROWS + 1])
    if len(documents) > MOST_ROWS:
        raise ValidationError(
            _("Kỳ này có trên %(most)d văn bản; hãy in từng kỳ ngắn hơn."), params={"most": MOST_ROWS}
        )
    units = dict(UnitName.objects.filter(valid_on(end)).values_list("unit_id", "name"))
    keys = [d.pk for d in documents]
    answers = _answers(keys, end)
    given = dict(
        Assignment.objects.filter(document_id__in=keys, part=Part.LEAD, given_on__lte=end)
        .exclude(state="revoked")
        .values_list("document_id", "due_on")
    )
    return [
        Row(d, units.get(d.forwarded_to_id, ""), tuple(answers.get(d.pk, ())), end, d.pk in given, given.get(d.pk))
        for d in documents
    ]


def _answers(keys: list[int], until: dt.date) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = Relation.objects.filter(target_id__in=keys, kind="answers", source__issued_on__lte=until).order_by(
        "source__issued_on"
    )
    for target, number in rows.values_list("target_id", "source__canonical"):
        found.setdefault(target, []).append(number)
    return found


def heads(book: Book) -> list[str]:
    return [str(head) for head, _of in book.columns]


def lines(book: Book, rows: Iterable[Row]) -> list[list[str]]:
    """The cells of each row."""
    return [[of(row) for _head, of in book.columns] for row in rows]


def tree(book: Book, rows: Sequence[Row], department: str, start: dt.date, end: dt.date) -> Tree:
    """The book as a document, to be written across the page: what Annex IV puts on its cover (agency, title, from which
    day and number to which), then the columns, their heads and figures (1), (2) … on every page."""
    from vanban.document import Cell, Paragraph, Table, Text
    from vanban.document import Document as Tree

    def line(words: Iterable[str], bold: bool = False, align: str = "left") -> tuple[Cell, ...]:
        return tuple(Cell((Paragraph((Text(w, bold=bold),) if w else (), align=align),)) for w in words)

    def centred(words: str, bold: bool = False) -> Paragraph:
        return Paragraph((Text(words, bold=bold),), align="center")

    numbers = line([f"({n})" for n in range(1, len(book.columns) + 1)], align="center")
    table = Table(
        (line(heads(book), bold=True, align="center"), numbers, *(line(cells) for cells in lines(book, rows))),
        2,
        widths=book.widths,
    )
    body = table if rows else centred(say("Trong kỳ không có văn bản nào."))
    return Tree(
        blocks=(
            centred(department.upper()),
            centred(str(book.title).upper(), bold=True),
            *(centred(words) for words in _span(book, rows, start, end)),
            body,
        )
    )


def _span(book: Book, rows: Sequence[Row], start: dt.date, end: dt.date) -> list[str]:
    """“Từ ngày … đến ngày …”, and of an incoming book “Từ số … đến số …” where it holds numbered documents."""
    said = [say("Từ ngày %(start)s đến ngày %(end)s") % {"start": say_date(start), "end": say_date(end)}]
    numbers = [row.document.arrival_number for row in rows if row.document.arrival_number]
    if book.direction == Direction.INCOMING and numbers and start.year == end.year:
        said.append(say("Từ số %(first)d đến số %(last)d") % {"first": min(numbers), "last": max(numbers)})
    return said


def workbook(book: Book, rows: Sequence[Row], start: dt.date, end: dt.date) -> bytes:
    """The book as an Excel file: every cell is text, so that no word becomes a formula."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as made:
        sheet = made.add_worksheet(str(book.title)[:31])
        bold = made.add_format({"bold": True, "text_wrap": True, "border": 1, "align": "center", "valign": "vcenter"})
        plain = made.add_format({"text_wrap": True, "border": 1, "valign": "top"})
        title = made.add_format({"bold": True, "font_size": 14})
        sheet.write_string(0, 0, str(book.title).upper(), title)
        sheet.write_string(
            1, 0, say("Từ ngày %(start)s đến ngày %(end)s") % {"start": say_date(start), "end": say_date(end)}
        )
        for column, head in enumerate(heads(book)):
            sheet.write_string(3, column, head, bold)
            sheet.set_column(column, column, 1.6 * book.widths[column])
        for number, cells in enumerate(lines(book, rows), 4):
            for column, words in enumerate(cells):
                sheet.write_string(number, column, words, plain)
        sheet.freeze_panes(4, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.repeat_rows(3)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P/&N")
    return out.getvalue()
