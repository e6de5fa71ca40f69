"""A record: a row that a unit keeps in a register. Every register of every line is made of these."""

from __future__ import annotations

from typing import ClassVar, Self

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .calendar import now
from .history import recorded as recorded  # a register's model takes both from here
from .people import User
from .scope import may_confirm, scope_of
from .units import Unit


class RecordQuerySet(models.QuerySet):
    """Rows of a register. A line's own querysets add methods that name a meaning (``granted()``)."""

    def seen_by(self, user: User) -> Self:
        """Only the rows that ``user`` may see today."""
        scope = scope_of(user)
        return self if scope.sees_all else self.filter(owner_unit_id__in=scope.unit_ids)

    def confirmed(self) -> Self:
        """Only the rows that somebody other than the enterer has confirmed: what an issued report counts."""
        return self.filter(confirmed_at__isnull=False)


class Record(models.Model):
    """The fields that every register shares. ``entered_by`` never equals ``confirmed_by``."""

    #: Relations to follow when many rows are named at once, so that ``str(row)`` asks nothing.
    label_related: ClassVar[tuple[str, ...]] = ()
    #: The field by which people, Excel sheets and the sample files name a row of this register.
    known_by: ClassVar[str] = "code"
    personal_fields: ClassVar[tuple[str, ...]] = ()

    owner_unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name=_("đơn vị quản lý"), help_text=_("Đơn vị giữ sổ này.")
    )
    entered_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("người nhập"), help_text=_("Người nhập hồ sơ.")
    )
    entered_at = models.DateTimeField(_("lúc nhập"), default=now, help_text=_("Thời điểm nhập."))
    confirmed_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("người xác nhận"),
        help_text=_("Người xác nhận, khác người nhập."),
    )
    confirmed_at = models.DateTimeField(
        _("lúc xác nhận"),
        null=True,
        blank=True,
        help_text=_("Thời điểm xác nhận; chỉ hồ sơ đã xác nhận được đếm vào báo cáo."),
    )
    note = models.TextField(_("ghi chú"), blank=True, help_text=_("Điều cần nhớ về hồ sơ này."))

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("entered_by")),
                name="%(app_label)s_%(class)s_enterer_not_confirmer",
                violation_error_message=_("Người nhập không được tự xác nhận hồ sơ của mình."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="%(app_label)s_%(class)s_confirmation_whole",
                violation_error_message=_("Xác nhận phải có cả người và thời điểm."),
            ),
        ]

    def confirm(self, user: User) -> None:
        """Confirm the record: from now on it counts in reports. Raises PermissionDenied or ValidationError."""
        if self.confirmed_at:
            raise ValidationError(_("Hồ sơ này đã được xác nhận."))
        if not may_confirm(user, self):
            raise PermissionDenied(_("Chỉ trưởng đơn vị hoặc lãnh đạo Sở, và không phải người nhập, được xác nhận."))
        self.confirmed_by, self.confirmed_at = user, now()
        with pghistory.context(user=user.pk, action="confirm"):
            self.save(update_fields=["confirmed_by", "confirmed_at"])

    def send_back(self, user: User, reason: str) -> None:
        """Take the confirmation away, with the reason, so that the record can be corrected."""
        if not reason.strip():
            raise ValidationError({"reason": _("Hãy ghi lý do trả lại.")})
        if not may_confirm(user, self):
            raise PermissionDenied(_("Chỉ người có quyền xác nhận mới được trả lại hồ sơ."))
        if self.confirmed_at is None:
            raise ValidationError(
                _("Hồ sơ này chưa được xác nhận nên không có gì để trả lại; người nhập vẫn sửa được.")
            )
        self.confirmed_by, self.confirmed_at = None, None
        with pghistory.context(user=user.pk, action="send_back", reason=reason):
            self.save(update_fields=["confirmed_by", "confirmed_at"])
