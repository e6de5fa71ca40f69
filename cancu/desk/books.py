"""One list of the register of documents: search by a number in any spelling, validity as of a day, keyset paging."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cancu.core.calendar import today
from cancu.core.codes import labels
from cancu.core.people import User
from cancu.core.restdays import working_calendar
from cancu.desk.asked import day_asked, number_asked
from cancu.documents.models import Direction, Document, Relation
from vanban.workdays import next_workday

PAGE = 50
COUNT_UP_TO = 1000


@dataclass(frozen=True)
class Shelf:
    """One tab of the register: the direction it shows and the day by which it is ordered."""

    code: str
    label: Any
    direction: str
    day: str = "issued_on"


SHELVES = {
    shelf.code: shelf
    for shelf in (
        Shelf("den", _("Văn bản đến"), Direction.INCOMING, "arrived_on"),
        Shelf("di", _("Văn bản đi"), Direction.OUTGOING),
        Shelf("noi-bo", _("Nội bộ"), Direction.INTERNAL),
        Shelf("tra-cuu", _("Tra cứu"), Direction.REFERENCE),
        Shelf("tat-ca", _("Tất cả"), ""),
    )
}
#: What a document may be worth on a day, as the filter offers it.
WORTH = (
    ("in_force", _("Còn hiệu lực")),
    ("amended", _("Đã sửa đổi")),
    ("replaced", _("Bị thay thế, bãi bỏ")),
    ("ended", _("Hết hiệu lực")),
    ("partly", _("Hết hiệu lực một phần")),
    ("not_yet", _("Chưa có hiệu lực")),
    ("unknown", _("Chưa ghi ngày hiệu lực")),
)


def shelf_of(direction: str) -> str:
    """The tab of a direction: incoming → den."""
    return next(code for code, shelf in SHELVES.items() if shelf.direction == direction)


class DocumentList:
    """What one tab shows to one reader for one query string. Bad values are passed over."""

    def __init__(self, shelf: Shelf, user: User, asked: Mapping[str, str]) -> None:
        self.shelf, self.asked = shelf, {k: v.strip() for k, v in asked.items() if v.strip()}
        self.query, self.type, self.worth = (
            self.asked.get("q", "")[:200],
            self.asked.get("loai", ""),
            self.asked.get("hieu-luc", ""),
        )
        self.start, self.end = day_asked(self.asked.get("tu")), day_asked(self.asked.get("den"))
        self.on = day_asked(self.asked.get("ngay")) or today()
        self.cited = number_asked(self.asked.get("vien-dan"))
        self.rows = self._rows(user)
        self.items, self.next = self._page()

    def _rows(self, user: User) -> QuerySet[Document]:
        rows = Document.objects.seen_by(user)
        if self.shelf.direction:
            rows = rows.filter(direction=self.shelf.direction)
        if self.query:
            rows = rows.matching(self.query)
        if self.type in labels("documents.type"):
            rows = rows.filter(type=self.type)
        if self.start:
            rows = rows.filter(**{f"{self.shelf.day}__gte": self.start})
        if self.end:
            rows = rows.filter(**{f"{self.shelf.day}__lte": self.end})
        if self.cited:
            rows = rows.filter(pk__in=Relation.objects.filter(target_id=self.cited).values("source"))
        return rows.held_on(self.on, self.worth) if self.worth in dict(WORTH) else rows

    def _page(self) -> tuple[list[Document], str]:
        """The newest first; the mark of the next page is a key, never an offset."""
        day, mark = self.shelf.day, self.asked.get("sau", "")
        rows = self.rows.select_related("issuer", "forwarded_to")
        value, _tilde, pk = mark.rpartition("~")
        if pk.isdigit():
            rows = rows.filter(_after(day, day_asked(value), int(pk)))
        page = list(rows.order_by(F(day).desc(nulls_last=True), "-pk")[: PAGE + 1])
        following = ""
        if len(page) > PAGE:
            page.pop()
            last = page[-1]
            following = "?" + urlencode({**self.asked, "sau": f"{getattr(last, day) or ''}~{last.pk}"})
        self._look_at(page)
        return page, following

    def _look_at(self, page: list[Document]) -> None:
        """What each document is worth on the day, and whether it is late: its term is over and nothing answered it."""
        answers = Relation.objects.filter(target=OuterRef("pk"), kind="answers", source__issued_on__lte=self.on)
        looked = Document.objects.filter(pk__in=[one.pk for one in page]).only("pk").worth_on(self.on)
        known = {one.pk: one for one in looked.annotate(answered=Exists(answers))}
        for one in page:
            found = known[one.pk]
            one.worth, one.amended = found.worth, found.amended
            over = one.due_on is not None and next_workday(one.due_on, working_calendar()) < self.on
            one.late = over and not found.answered

    @property
    def count_words(self) -> str:
        """How many match, counted up to a bound that keeps the page quick."""
        count = len(self.rows.order_by().values_list("pk")[: COUNT_UP_TO + 1])
        return f"trên {COUNT_UP_TO:,}".replace(",", ".") if count > COUNT_UP_TO else str(count)

    @property
    def narrowed(self) -> bool:
        return bool(self.asked.keys() - {"sau"})

    @property
    def types(self) -> list[tuple[str, str]]:
        return list(labels("documents.type").items())

    @property
    def worths(self) -> tuple[tuple[str, Any], ...]:
        return WORTH


def _after(day: str, value: dt.date | None, pk: int) -> Q:
    if value is None:
        return Q(**{f"{day}__isnull": True, "pk__lt": pk})
    return Q(**{f"{day}__lt": value}) | Q(**{day: value, "pk__lt": pk}) | Q(**{f"{day}__isnull": True})
