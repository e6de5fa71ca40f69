"""The calendar of rest days as a register: holidays, Tết, swapped Saturdays, each with the document that orders it.

``vanban`` ships a list; the department's own rows win over it day by day, and a withdrawn row takes its day back. A
change is announced here: every open deadline is computed before and after, and those that moved are kept.

A table takes part by a class method ``open_deadlines()`` that yields ``(row, last day)`` of what is still open. A table
that keeps the day for searches rewrites it in ``follow_calendar()``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

import pghistory
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.signals import request_started
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vanban.workdays import Calendar, OutsideCalendar, SpecialDay, office_calendar

from .calendar import now
from .people import Role, User
from .record import recorded
from .scope import scope_of

#: Who writes down what the Government announces.
KEEPERS = frozenset({Role.CLERK, Role.DEPUTY, Role.DIRECTOR})


class DayKind(models.TextChoices):
    REST = "rest", _("Nghỉ")
    WORKED = "worked", _("Làm bù")


@recorded
class RestDay(models.Model):
    """Một ngày nghỉ, hoặc một ngày nghỉ hằng tuần phải đi làm, theo một văn bản."""

    date = models.DateField(_("ngày"), db_index=True, help_text=_("Ngày nghỉ hoặc ngày làm bù."))
    kind = models.CharField(
        _("loại"),
        max_length=6,
        choices=DayKind.choices,
        default=DayKind.REST,
        help_text=_("Nghỉ: cơ quan không làm việc. Làm bù: thứ Bảy, Chủ nhật đi làm."),
    )
    name = models.CharField(_("tên"), max_length=150, help_text=_("Ví dụ Tết Nguyên đán: mùng 1."))
    document = models.CharField(
        _("văn bản"), max_length=300, help_text=_("Văn bản quy định hoặc thông báo, viết như khi viện dẫn.")
    )
    verified = models.BooleanField(_("đã đối chiếu"), default=False, help_text=_("Đã đối chiếu với văn bản gốc."))
    swapped_with = models.DateField(_("hoán đổi với"), null=True, blank=True, help_text=_("Ngày kia của cặp hoán đổi."))
    entered_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("người ghi"),
        help_text=_("Để trống với danh sách đi kèm phần mềm."),
    )
    entered_at = models.DateTimeField(_("lúc ghi"), default=now, help_text=_("Lúc ngày này được ghi vào lịch."))
    withdrawn_at = models.DateTimeField(
        _("lúc rút"), null=True, blank=True, help_text=_("Lúc ngày này được rút khỏi lịch; để trống khi còn dùng.")
    )
    withdrawn_by = models.CharField(
        _("văn bản rút"), max_length=300, blank=True, help_text=_("Văn bản bãi bỏ, thay đổi ngày này.")
    )

    class Meta:
        verbose_name = _("ngày nghỉ, ngày làm bù")
        verbose_name_plural = _("lịch ngày nghỉ")
        ordering = ["date", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["date"],
                condition=Q(withdrawn_at__isnull=True),
                name="core_restday_once",
                violation_error_message=_("Ngày này đã có trong lịch; hãy rút dòng cũ trước."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by="")),
                name="core_restday_withdrawn_by_document",
                violation_error_message=_("Rút một ngày khỏi lịch phải có văn bản."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y} {self.name}"

    def clean(self) -> None:
        """Only a Saturday or Sunday is worked for another day; a day is swapped with a day of the other kind."""
        if self.date is None:
            return
        if self.kind == DayKind.WORKED and self.date.weekday() < 5:
            raise ValidationError({"date": _("Ngày làm bù phải là thứ Bảy hoặc Chủ nhật.")})
        if self.swapped_with == self.date:
            raise ValidationError({"swapped_with": _("Một ngày không hoán đổi với chính nó.")})
        shipped = office_calendar()
        if self.date < shipped.valid_from:
            raise ValidationError(
                {"date": _("Lịch bắt đầu từ %(first)s.") % {"first": f"{shipped.valid_from:%d/%m/%Y}"}}
            )


class MovedDeadline(models.Model):
    """Một thời hạn đã đổi vì một ngày được ghi vào hoặc rút khỏi lịch."""

    rest_day = models.ForeignKey(
        RestDay,
        models.CASCADE,
        related_name="moved",
        verbose_name=_("ngày nghỉ"),
        help_text=_("Ngày làm thời hạn đổi."),
    )
    at = models.DateTimeField(_("lúc"), default=now, help_text=_("Lúc thời hạn được tính lại."))
    table = models.CharField(_("sổ"), max_length=60, help_text=_("Bảng của hồ sơ."))
    record = models.BigIntegerField(_("hồ sơ"), help_text=_("Khóa của hồ sơ."))
    old = models.DateField(_("từ"), help_text=_("Hạn trước khi đổi."))
    new = models.DateField(_("sang"), help_text=_("Hạn sau khi đổi."))

    class Meta:
        verbose_name = _("thời hạn đổi theo lịch")
        verbose_name_plural = _("thời hạn đổi theo lịch")
        ordering = ["new", "table", "record"]
        indexes = [models.Index(fields=["table", "record"], name="core_moveddeadline_record")]

    def __str__(self) -> str:
        return f"{self.table} {self.record}: {self.old} → {self.new}"


_being_written: ContextVar[Calendar | None] = ContextVar("being_written", default=None)


def working_calendar() -> Calendar:
    """The calendar that the department counts by. Read once a request, and again after every change; whoever is writing
    a change sees it at once, others when it is committed."""
    return _being_written.get() or _kept()


@contextmanager
def _counting_by(calendar: Calendar) -> Iterator[None]:
    token = _being_written.set(calendar)
    try:
        yield
    finally:
        _being_written.reset(token)


@lru_cache(maxsize=1)
def _kept() -> Calendar:
    return _read()


def _read() -> Calendar:
    shipped = office_calendar()
    rows = list(RestDay.objects.order_by("withdrawn_at"))  # rows in force come last: NULLs sort high
    ours = {row.date for row in rows}
    days = {day: special for day, special in shipped.days.items() if day not in ours}
    for row in rows:
        if row.withdrawn_at is None:
            days[row.date] = SpecialDay(row.date, row.kind, row.name, row.document, row.verified, row.swapped_with)  # type: ignore[arg-type]
    end_of_year = dt.date(max([shipped.valid_until.year, *(day.year for day in days)]), 12, 31)
    return Calendar(shipped.valid_from, end_of_year, days)


def forget(**_given: Any) -> None:
    """Drop the calendar kept in memory."""
    _kept.cache_clear()


request_started.connect(forget, dispatch_uid="cancu.core.restdays")  # another process may have changed it


def seed() -> int:
    """Bring the list that the software ships into the register; days that it already knows, withdrawn or not, stay
    as the department wrote them. Returns rows added."""
    known = set(RestDay.objects.values_list("date", flat=True))
    new = [
        RestDay(
            date=day.date,
            kind=day.kind,
            name=day.name,
            document=day.document,
            verified=day.verified,
            swapped_with=day.swapped_with,
        )
        for day in office_calendar().days.values()
        if day.date not in known
    ]
    RestDay.objects.bulk_create(new)
    forget()
    return len(new)


def may_keep(user: User) -> bool:
    """Whether ``user`` writes in the calendar: văn thư and the leaders."""
    return not KEEPERS.isdisjoint(scope_of(user).units_by_role)


def announce(user: User, days: list[RestDay]) -> list[MovedDeadline]:
    """Write newly announced days (a swap is two) in the calendar and move the open deadlines that follow. A day that the
    shipped list alone knows is replaced. Returns what moved. Raises PermissionDenied, ValidationError."""
    _keeper(user)
    with _changing(user, "announce", days[0].document) as before:
        for day in days:
            day.entered_by = user
            day.full_clean()
            day.save()
        return _moved(days[0], before)


def withdraw(user: User, day: RestDay, document: str) -> list[MovedDeadline]:
    """Take a day back on the ground of a document; the row stays. Returns what moved."""
    _keeper(user)
    if not document.strip():
        raise ValidationError({"document": _("Hãy ghi văn bản rút ngày này khỏi lịch.")})
    with _changing(user, "withdraw", document) as before:
        fresh = RestDay.objects.select_for_update(of=("self",)).get(pk=day.pk)
        if fresh.withdrawn_at:
            raise ValidationError(_("Ngày này đã được rút khỏi lịch."))
        fresh.withdrawn_at, fresh.withdrawn_by = now(), document.strip()
        fresh.save(update_fields=["withdrawn_at", "withdrawn_by"])
        return _moved(fresh, before)


@contextmanager
def _changing(user: User, action: str, reason: str) -> Iterator[dict[tuple[str, int], dt.date]]:
    """One change, whole or not at all; gives the open deadlines before it."""
    try:
        with transaction.atomic(), pghistory.context(user=user.pk, action=action, reason=reason):
            with _counting_by(_read()):
                before = _open()
            yield before
    finally:
        forget()


def _keeper(user: User) -> None:
    if not may_keep(user):
        raise PermissionDenied(_("Chỉ văn thư và lãnh đạo Sở được ghi lịch ngày nghỉ."))


def tables() -> Iterator[Any]:
    """The tables whose rows have deadlines that follow the calendar."""
    yield from (model for model in apps.get_models() if hasattr(model, "open_deadlines"))


def _open() -> dict[tuple[str, int], dt.date]:
    found = {}
    for model in tables():
        try:
            found.update({(model._meta.label_lower, row.pk): due for row, due in model.open_deadlines()})
        except OutsideCalendar as error:
            raise ValidationError(str(error)) from error
    return found


def _moved(day: RestDay, before: dict[tuple[str, int], dt.date]) -> list[MovedDeadline]:
    with _counting_by(_read()):
        after = _open()
        for model in tables():
            if hasattr(model, "follow_calendar"):
                model.follow_calendar()
    made = [
        MovedDeadline(rest_day=day, table=table, record=pk, old=before[table, pk], new=due)
        for (table, pk), due in after.items()
        if before.get((table, pk), due) != due
    ]
    return MovedDeadline.objects.bulk_create(made)
