"""Registers of intellectual property (Luật Sở hữu trí tuệ, Nghị định 65/2023/NĐ-CP; domain notes A6)."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cancu.core.codes import CodeField
from cancu.core.dated import in_order
from cancu.core.parties import Party
from cancu.core.places import Place
from cancu.core.record import Record, RecordQuerySet, recorded
from cancu.core.states import StateField
from cancu.documents.models import Document

from .states import InitiativeStates, TitleStates

#: States of a title that was granted at some time; whether it still holds is a matter of dates.
GRANTED = ("granted", "renewed", "expired", "cancelled")


class TitleQuerySet(RecordQuerySet):
    def granted(self) -> Self:
        """Đã được cấp văn bằng; còn hiệu lực hay không xét theo ngày."""
        return self.filter(state__in=GRANTED)

    def of(self, kind: str) -> Self:
        """Chỉ một loại: nhãn hiệu tập thể, chỉ dẫn địa lý…"""
        return self.filter(kind=kind)


@recorded
class Title(Record):
    """Đối tượng sở hữu trí tuệ, từ lúc chuẩn bị đơn đến khi văn bằng hết hiệu lực."""

    known_by = "name"
    label_related = ("owner",)

    name = models.CharField(
        _("tên gọi"),
        max_length=200,
        unique=True,
        help_text=_("Tên dùng thống nhất trong văn bản, ví dụ Chè vằng Quảng Trị."),
    )
    kind = CodeField("ip.kind", verbose_name=_("loại"), help_text=_("Sáng chế, nhãn hiệu tập thể, chỉ dẫn địa lý…"))
    sign = models.CharField(
        _("dấu hiệu theo văn bằng"), max_length=200, help_text=_("Chữ đúng như văn bằng, ví dụ Quảng Trị.")
    )
    product = models.CharField(_("sản phẩm"), max_length=200, help_text=_("Sản phẩm, dịch vụ ghi trong văn bằng."))
    owner = models.ForeignKey(
        Party,
        models.PROTECT,
        related_name="+",
        verbose_name=_("chủ văn bằng, tổ chức quản lý"),
        help_text=_("Chủ sở hữu hoặc tổ chức quản lý."),
    )
    uses_place_name = models.BooleanField(_("dùng địa danh"), default=False, help_text=_("Dấu hiệu có địa danh."))
    place = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("địa bàn"),
        help_text=_("Nơi sản xuất chính."),
    )
    project = models.CharField(
        _("dự án hỗ trợ"), max_length=250, blank=True, help_text=_("Nhiệm vụ, dự án hỗ trợ xác lập.")
    )
    started_on = models.DateField(
        _("bắt đầu xác lập"), null=True, blank=True, help_text=_("Ngày giao nhiệm vụ xác lập quyền.")
    )
    application = models.CharField(
        _("số đơn"), max_length=40, blank=True, help_text=_("Số đơn của Cục Sở hữu trí tuệ.")
    )
    filed_on = models.DateField(_("ngày nộp đơn"), null=True, blank=True, db_index=True, help_text=_("Ngày nộp đơn."))
    form_accepted_on = models.DateField(
        _("ngày chấp nhận hợp lệ"), null=True, blank=True, help_text=_("Ngày quyết định chấp nhận đơn hợp lệ.")
    )
    number = models.CharField(_("số văn bằng"), max_length=40, blank=True, help_text=_("Số giấy chứng nhận, bằng."))
    decision = models.CharField(
        _("quyết định cấp"), max_length=60, blank=True, help_text=_("Số quyết định của Cục Sở hữu trí tuệ.")
    )
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("văn bản"),
        help_text=_("Quyết định cấp, nếu có trong sổ."),
    )
    granted_on = models.DateField(
        _("ngày cấp"), null=True, blank=True, db_index=True, help_text=_("Ngày cấp văn bằng.")
    )
    renewed_on = models.DateField(_("ngày gia hạn"), null=True, blank=True, help_text=_("Ngày gia hạn gần nhất."))
    expires_on = models.DateField(
        _("hiệu lực đến hết ngày"),
        null=True,
        blank=True,
        help_text=_("Ngày cuối cùng còn hiệu lực; trống nếu không thời hạn."),
    )
    pending_until = models.DateField(
        _("chờ cấp đến hết ngày"),
        null=True,
        blank=True,
        help_text=_("Ngày cuối cùng còn chờ cấp; máy ghi khi cấp, tự nhập khi từ chối."),
    )
    state = StateField(TitleStates)

    objects = TitleQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("đối tượng sở hữu trí tuệ")
        verbose_name_plural = _("đối tượng sở hữu trí tuệ")
        constraints = [
            *Record.Meta.constraints,
            in_order("started_on", "filed_on", "ip_title_filed_after_start"),
            in_order("filed_on", "form_accepted_on", "ip_title_form_after_filing"),
            in_order("filed_on", "granted_on", "ip_title_granted_after_filing"),
            in_order("granted_on", "expires_on", "ip_title_dates_in_order"),
            models.UniqueConstraint(
                fields=["kind", "number"],
                condition=~Q(number=""),
                name="ip_title_number_once",
                violation_error_message=_("Số văn bằng này đã có trong sổ."),
            ),
            models.UniqueConstraint(
                fields=["kind", "application"],
                condition=~Q(application=""),
                name="ip_title_application_once",
                violation_error_message=_("Số đơn này đã có trong sổ."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=GRANTED) | Q(granted_on__isnull=False),
                name="ip_title_granted_has_day",
                violation_error_message=_("Văn bằng đã cấp phải có ngày cấp."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("geographical", "copyright"))
                | ~Q(state__in=GRANTED)
                | Q(expires_on__isnull=False),
                name="ip_title_only_some_last_for_ever",
                violation_error_message=_("Chỉ chỉ dẫn địa lý và quyền tác giả được để trống ngày hết hiệu lực."),
            ),
            models.CheckConstraint(
                condition=Q(started_on__isnull=True)
                | Q(granted_on__isnull=True)
                | Q(pending_until__lt=F("granted_on")),
                name="ip_title_waiting_ends_with_grant",
                violation_error_message=_("Văn bằng đã cấp thì hết chờ trước ngày cấp."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_kind_display()})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A grant ends the waiting the day before."""
        if self.granted_on:
            self.pending_until = self.granted_on - dt.timedelta(days=1)
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "pending_until"}
        super().save(*args, **kwargs)


@recorded
class MarkCheck(Record):
    """Lượt kiểm tra quản lý, sử dụng nhãn hiệu có địa danh."""

    known_by = "id"
    label_related = ("title", "establishment")

    title = models.ForeignKey(
        Title,
        models.PROTECT,
        related_name="checks",
        verbose_name=_("nhãn hiệu"),
        help_text=_("Nhãn hiệu, chỉ dẫn địa lý được kiểm tra."),
    )
    establishment = models.ForeignKey(
        Party,
        models.PROTECT,
        related_name="+",
        verbose_name=_("nơi được kiểm tra"),
        help_text=_("Tổ chức quản lý hoặc thành viên sử dụng."),
    )
    checked_on = models.DateField(_("ngày kiểm tra"), db_index=True, help_text=_("Ngày lập biên bản."))
    finding = CodeField("ip.finding", verbose_name=_("kết luận"), help_text=_("Đúng quy chế, nhắc nhở, vi phạm."))

    class Meta(Record.Meta):
        verbose_name = _("lượt kiểm tra nhãn hiệu")
        verbose_name_plural = _("lượt kiểm tra nhãn hiệu")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["title", "establishment", "checked_on"],
                name="ip_markcheck_once",
                violation_error_message=_("Lượt kiểm tra này đã có trong sổ."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title.name} · {self.establishment}"


@recorded
class Initiative(Record):
    """Sáng kiến, giải pháp dự thi."""

    label_related = ("author",)
    personal_fields = ("author",)

    code = models.CharField(_("mã sáng kiến"), max_length=30, unique=True, help_text=_("Mã của sổ, ví dụ SK-2024-03."))
    name = models.CharField(_("tên sáng kiến"), max_length=300, help_text=_("Tên trong đơn đề nghị."))
    author = models.ForeignKey(
        Party, models.PROTECT, related_name="+", verbose_name=_("tác giả"), help_text=_("Tác giả chính.")
    )
    level = CodeField("ip.initiative_level", verbose_name=_("cấp"), help_text=_("Cơ sở, tỉnh, toàn quốc."))
    submitted_on = models.DateField(_("ngày nộp"), help_text=_("Ngày nộp đơn đề nghị."))
    decided_on = models.DateField(
        _("ngày xét"), null=True, blank=True, db_index=True, help_text=_("Ngày hội đồng, quyết định.")
    )
    state = StateField(InitiativeStates)

    class Meta(Record.Meta):
        verbose_name = _("sáng kiến")
        verbose_name_plural = _("sáng kiến")
        constraints = [
            *Record.Meta.constraints,
            in_order("submitted_on", "decided_on", "ip_initiative_dates_in_order"),
            models.CheckConstraint(
                condition=Q(state="submitted") | Q(decided_on__isnull=False),
                name="ip_initiative_decided_has_day",
                violation_error_message=_("Sáng kiến đã xét phải có ngày xét."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.name}"
