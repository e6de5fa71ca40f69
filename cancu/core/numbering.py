"""Outgoing numbers: 1, 2, 3 … within a series and a year, without gap or duplicate, whatever crashes.

A number is reserved, then used or voided with a reason; each is a row. The lock on the series' row is the only
lock. A number taken in a transaction that does not commit was never taken. Legal source: Decree 30/2020/NĐ-CP,
Articles 15 and 16: numbers run on from 01 on 01/01 to 31/12; the year is that of the document's date.
"""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from .calendar import now
from .people import User


class NumberSeries(models.Model):
    """One series in one year, and the last number given out."""

    symbol = models.CharField(_("ký hiệu"), max_length=40, help_text=_("Ví dụ BC-SKHCN."))
    year = models.PositiveSmallIntegerField(_("năm"), help_text=_("Năm của ngày ban hành."))
    last = models.PositiveIntegerField(_("số cuối"), default=0, help_text=_("Số lớn nhất đã cấp."))

    class Meta:
        verbose_name = _("dãy số")
        verbose_name_plural = _("dãy số")
        constraints = [models.UniqueConstraint(fields=["symbol", "year"], name="core_numberseries_once_a_year")]

    def __str__(self) -> str:
        return f"{self.symbol} {self.year}"


class NumberState(models.TextChoices):
    RESERVED = "reserved", _("Giữ chỗ")
    USED = "used", _("Đã dùng")
    VOID = "void", _("Bỏ")


class IssuedNumber(models.Model):
    """One number of one series: reserved, used, or void with the reason. A void number is never used again."""

    series = models.ForeignKey(
        NumberSeries, models.PROTECT, related_name="numbers", verbose_name=_("dãy số"), help_text=_("Dãy số.")
    )
    number = models.PositiveIntegerField(_("số"), help_text=_("Số trong dãy."))
    state = models.CharField(
        _("trạng thái"),
        max_length=8,
        choices=NumberState.choices,
        default=NumberState.RESERVED,
        help_text=_("Giữ chỗ, đã dùng hoặc bỏ."),
    )
    purpose = models.CharField(_("để làm gì"), max_length=500, blank=True, help_text=_("Văn bản mang số này."))
    reason = models.CharField(_("lý do bỏ"), max_length=250, blank=True, help_text=_("Bắt buộc khi bỏ số."))
    taken_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("người lấy số"), help_text=_("Người lấy số.")
    )
    taken_at = models.DateTimeField(_("lúc lấy"), default=now, help_text=_("Thời điểm lấy số."))

    class Meta:
        verbose_name = _("số đã cấp")
        verbose_name_plural = _("số đã cấp")
        ordering = ["series", "number"]
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="core_issuednumber_once"),
            models.CheckConstraint(
                condition=~models.Q(state="void") | ~models.Q(reason=""), name="core_issuednumber_void_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number:02d}/{self.series.symbol}"


def reserve(symbol: str, on: dt.date, user: User, purpose: str = "") -> IssuedNumber:
    """The next number of the series for a document dated ``on``. Waits for whoever holds the series."""
    with transaction.atomic():
        NumberSeries.objects.bulk_create([NumberSeries(symbol=symbol, year=on.year)], ignore_conflicts=True)
        series = NumberSeries.objects.select_for_update().get(symbol=symbol, year=on.year)
        series.last += 1
        series.save(update_fields=["last"])
        return IssuedNumber.objects.create(series=series, number=series.last, purpose=purpose[:500], taken_by=user)


def use(number: IssuedNumber) -> None:
    """The reserved number now stands on a document."""
    _settle(number, NumberState.USED)


def void(number: IssuedNumber, reason: str) -> None:
    """The reserved number will never be used; the reason is listed beside it. Raises ValidationError without one."""
    if not reason.strip():
        raise ValidationError({"reason": _("Hãy ghi lý do bỏ số.")})
    _settle(number, NumberState.VOID, reason)


def take(symbol: str, on: dt.date, user: User, purpose: str = "") -> int:
    """Reserve and use at once: for a document that is issued in the same transaction."""
    with transaction.atomic():  # a kill between the two must not leave a number reserved for nobody
        number = reserve(symbol, on, user, purpose)
        use(number)
    return number.number


def gaps(symbol: str, year: int) -> list[int]:
    """Numbers that are missing between 1 and the last: always none, and asked in tests and on the audit page."""
    known = set(IssuedNumber.objects.filter(series__symbol=symbol, series__year=year).values_list("number", flat=True))
    return sorted(set(range(1, max(known, default=0) + 1)) - known)


def _settle(number: IssuedNumber, state: NumberState, reason: str = "") -> None:
    changed = IssuedNumber.objects.filter(pk=number.pk, state=NumberState.RESERVED).update(state=state, reason=reason)
    if not changed:
        raise ValidationError(_("Số này không còn ở trạng thái giữ chỗ."))
    number.refresh_from_db()
