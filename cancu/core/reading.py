"""Reading of personal data is kept: who read which record, when (Nghị định 13/2023/NĐ-CP)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from .calendar import now
from .people import User


class Reading(models.Model):
    """One opening of one record that holds personal data."""

    reader = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("người đọc"), help_text=_("Người mở hồ sơ.")
    )
    table = models.CharField(_("sổ"), max_length=60, help_text=_("Bảng của hồ sơ."))
    record = models.BigIntegerField(_("hồ sơ"), help_text=_("Khóa của hồ sơ."))
    at = models.DateTimeField(_("lúc"), default=now, help_text=_("Thời điểm mở."))

    class Meta:
        verbose_name = _("lượt đọc dữ liệu cá nhân")
        verbose_name_plural = _("lượt đọc dữ liệu cá nhân")
        indexes = [models.Index(fields=["table", "record"], name="core_reading_record")]

    def __str__(self) -> str:
        return f"{self.reader} · {self.table} {self.record}"


def log_reading(reader: User, record: Any) -> None:
    """Keep that ``reader`` opened ``record``."""
    Reading.objects.create(reader=reader, table=record._meta.label_lower, record=record.pk)
