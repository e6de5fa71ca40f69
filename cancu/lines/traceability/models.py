"""Registers of traceability (Thông tư 02/2024/TT-BKHCN; domain notes A15)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cancu.core.codes import CodeField
from cancu.core.dated import in_order, never_overlapping
from cancu.core.parties import Party
from cancu.core.record import Record, recorded
from cancu.core.states import StateField

from .states import ProductStates


@recorded
class Participant(Record):
    """Đơn vị tham gia hệ thống truy xuất nguồn gốc."""

    known_by = "code"
    label_related = ("party",)

    code = models.CharField(_("mã"), max_length=20, unique=True, help_text=_("Mã của sổ, ví dụ TX-004."))
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="+", verbose_name=_("đơn vị"), help_text=_("Doanh nghiệp, hợp tác xã.")
    )
    platform = CodeField("traceability.platform", verbose_name=_("nền tảng"), help_text=_("Hệ thống đang dùng."))
    joined_on = models.DateField(_("ngày tham gia"), help_text=_("Ngày bắt đầu tham gia."))
    left_on = models.DateField(_("ngày rời"), null=True, blank=True, help_text=_("Ngày cuối cùng còn tham gia."))
    support = models.PositiveBigIntegerField(
        _("kinh phí hỗ trợ (đồng)"), default=0, help_text=_("Phần ngân sách hỗ trợ, đơn vị đồng.")
    )

    class Meta(Record.Meta):
        verbose_name = _("đơn vị tham gia truy xuất nguồn gốc")
        verbose_name_plural = _("đơn vị tham gia truy xuất nguồn gốc")
        constraints = [
            *Record.Meta.constraints,
            in_order("joined_on", "left_on", "traceability_participant_dates_in_order"),
            never_overlapping("party", name="traceability_participant_once_a_day", start="joined_on", end="left_on"),
        ]

    def __str__(self) -> str:
        return str(self.party)


@recorded
class Product(Record):
    """Sản phẩm có truy xuất nguồn gốc và kết nối của nó."""

    known_by = "code"
    label_related = ("participant__party",)

    code = models.CharField(_("mã"), max_length=20, unique=True, help_text=_("Mã của sổ, ví dụ TX-004/2."))
    participant = models.ForeignKey(
        Participant,
        models.PROTECT,
        related_name="products",
        verbose_name=_("đơn vị"),
        help_text=_("Đơn vị chủ sản phẩm."),
    )
    name = models.CharField(_("tên sản phẩm"), max_length=150, help_text=_("Tên trên nhãn."))
    kind = CodeField(
        "traceability.product_kind", verbose_name=_("nhóm sản phẩm"), help_text=_("Hồ tiêu, gạo, dược liệu…")
    )
    gtin = models.CharField(_("mã GTIN"), max_length=14, blank=True, help_text=_("8 đến 14 chữ số, nếu có."))
    trace_code = models.CharField(_("mã truy vết"), max_length=40, blank=True, help_text=_("Theo TCVN 13274:2020."))
    standard = models.CharField(
        _("tiêu chuẩn"), max_length=60, blank=True, help_text=_("Tiêu chuẩn áp dụng cho dữ liệu.")
    )
    first_data_on = models.DateField(
        _("ngày có dữ liệu"), null=True, blank=True, help_text=_("Ngày dữ liệu đầu tiên được ghi.")
    )
    checked_on = models.DateField(
        _("ngày kiểm tra"), null=True, blank=True, help_text=_("Ngày kiểm tra dữ liệu theo tiêu chuẩn.")
    )
    connected_on = models.DateField(
        _("ngày kết nối"), null=True, blank=True, help_text=_("Ngày kết nối Cổng quốc gia.")
    )
    ended_on = models.DateField(
        _("ngày ngừng"), null=True, blank=True, help_text=_("Ngày cuối cùng còn truy xuất được.")
    )
    state = StateField(ProductStates)

    class Meta(Record.Meta):
        verbose_name = _("sản phẩm truy xuất nguồn gốc")
        verbose_name_plural = _("sản phẩm truy xuất nguồn gốc")
        constraints = [
            *Record.Meta.constraints,
            in_order("first_data_on", "connected_on", "traceability_product_connected_after_data"),
            in_order("first_data_on", "ended_on", "traceability_product_ended_after_data"),
            models.UniqueConstraint(
                fields=["trace_code"],
                condition=~Q(trace_code=""),
                name="traceability_product_trace_code_once",
                violation_error_message=_("Mã truy vết này đã dùng."),
            ),
            models.CheckConstraint(
                condition=Q(connected_on__isnull=True) | Q(first_data_on__isnull=False),
                name="traceability_product_connected_has_data",
                violation_error_message=_("Sản phẩm kết nối phải có ngày có dữ liệu."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.name}"
