"""Samples, the parameters asked of them, and their results."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cancu.core.codes import CodeField
from cancu.core.dated import in_order, year_of
from cancu.core.parties import Party
from cancu.core.record import Record, RecordQuerySet, recorded
from cancu.core.states import StateField

from ..states import ResultStates, SampleStates
from .measuring import Request


class SampleQuerySet(RecordQuerySet):
    def reported(self) -> Self:
        """Mẫu đã phê duyệt phiếu kết quả; mẫu đang thử hoặc bị từ chối không tính."""
        return self.filter(state__in=("approved", "returned"))


@recorded
class Sample(Record):
    """Mẫu thử nghiệm, mang mã ẩn danh với người thử."""

    known_by = "code"

    code = models.CharField(_("mã mẫu"), max_length=20, unique=True, help_text=_("Mã ẩn danh, ví dụ M24-0118."))
    kind = CodeField("laboratory.sample_kind", verbose_name=_("loại mẫu"), help_text=_("Nước, thực phẩm, vật liệu…"))
    customer = models.ForeignKey(
        Party, models.PROTECT, related_name="+", verbose_name=_("khách hàng"), help_text=_("Người gửi mẫu.")
    )
    request = models.ForeignKey(
        Request,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="samples",
        verbose_name=_("yêu cầu"),
        help_text=_("Phiếu yêu cầu của khách hàng."),
    )
    received_on = models.DateField(_("ngày nhận"), help_text=_("Ngày nhận mẫu."))
    amount = models.CharField(_("lượng mẫu"), max_length=40, blank=True, help_text=_("Kèm đơn vị."))
    condition = models.CharField(_("tình trạng"), max_length=120, blank=True, help_text=_("Tình trạng mẫu khi nhận."))
    report_number = models.CharField(
        _("số phiếu kết quả"), max_length=20, blank=True, help_text=_("Không trùng trong một năm.")
    )
    approved_on = models.DateField(
        _("ngày phê duyệt phiếu"), null=True, blank=True, db_index=True, help_text=_("Ngày phê duyệt phiếu kết quả.")
    )
    state = StateField(SampleStates)

    objects = SampleQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("mẫu thử nghiệm")
        verbose_name_plural = _("mẫu thử nghiệm")
        constraints = [
            *Record.Meta.constraints,
            in_order("received_on", "approved_on", "laboratory_sample_dates_in_order"),
            models.CheckConstraint(
                condition=~Q(state__in=("approved", "returned")) | Q(approved_on__isnull=False) & ~Q(report_number=""),
                name="laboratory_sample_reported_is_whole",
                violation_error_message=_("Mẫu đã phê duyệt phải có số phiếu và ngày phê duyệt."),
            ),
            models.UniqueConstraint(
                models.F("report_number"),
                year_of("approved_on"),
                condition=~Q(report_number=""),
                name="laboratory_sample_report_once_a_year",
                violation_error_message=_("Số phiếu kết quả này đã dùng trong năm."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.get_kind_display()}"


@recorded
class Test(Record):
    """Một chỉ tiêu thử nghiệm của một mẫu."""

    known_by = "code"
    label_related = ("sample",)

    code = models.CharField(
        _("mã chỉ tiêu"), max_length=25, unique=True, help_text=_("Mã mẫu và số thứ tự, ví dụ M24-0118/2.")
    )
    sample = models.ForeignKey(
        Sample, models.CASCADE, related_name="tests", verbose_name=_("mẫu"), help_text=_("Mẫu được thử.")
    )
    parameter = models.CharField(_("chỉ tiêu"), max_length=120, help_text=_("Tên chỉ tiêu; không trùng trong một mẫu."))
    method = models.CharField(_("phương pháp thử"), max_length=60, help_text=_("Số tiêu chuẩn của phương pháp."))
    measured_in = models.CharField(_("đơn vị đo"), max_length=20, blank=True, help_text=_("Ví dụ mg/L, MPa."))
    limit = models.CharField(_("mức giới hạn"), max_length=30, blank=True, help_text=_("Mức theo quy chuẩn, nếu có."))
    subcontracted = models.BooleanField(_("thầu phụ"), default=False, help_text=_("Thử tại phòng thử nghiệm khác."))

    class Meta(Record.Meta):
        verbose_name = _("chỉ tiêu thử nghiệm")
        verbose_name_plural = _("chỉ tiêu thử nghiệm")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["sample", "parameter"],
                name="laboratory_test_once_a_sample",
                violation_error_message=_("Mẫu này đã có chỉ tiêu ấy."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.parameter}"


class ResultQuerySet(RecordQuerySet):
    def approved(self) -> Self:
        """Kết quả đã phê duyệt và chưa bị bản sửa thay thế."""
        return self.filter(state="approved")


@recorded
class Result(Record):
    """Kết quả của một chỉ tiêu; bản sửa là một dòng mới thay bản cũ."""

    known_by = "code"
    label_related = ("test",)

    code = models.CharField(
        _("mã kết quả"), max_length=30, unique=True, help_text=_("Mã chỉ tiêu và số bản, ví dụ M24-0118/2-1.")
    )
    test = models.ForeignKey(
        Test, models.CASCADE, related_name="results", verbose_name=_("chỉ tiêu"), help_text=_("Chỉ tiêu được thử.")
    )
    version = models.PositiveSmallIntegerField(_("bản"), default=1, help_text=_("Bản 1, bản sửa là 2, 3…"))
    value = models.CharField(_("kết quả"), max_length=40, help_text=_("Giá trị đo được, hoặc “không phát hiện”."))
    uncertainty = models.CharField(_("độ không đảm bảo"), max_length=20, blank=True, help_text=_("Kèm đơn vị."))
    passed = models.BooleanField(
        _("đạt"), null=True, blank=True, help_text=_("So với mức giới hạn; để trống nếu không có mức.")
    )
    tester = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("thử nghiệm viên"),
        help_text=_("Người thực hiện phép thử."),
    )
    tested_on = models.DateField(_("ngày thử"), db_index=True, help_text=_("Ngày có kết quả."))
    state = StateField(ResultStates)

    objects = ResultQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("kết quả thử nghiệm")
        verbose_name_plural = _("kết quả thử nghiệm")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["test", "version"],
                name="laboratory_result_version_once",
                violation_error_message=_("Bản này đã có."),
            ),
            models.UniqueConstraint(
                fields=["test"],
                condition=Q(state="approved"),
                name="laboratory_result_one_approved",
                violation_error_message=_("Chỉ tiêu đã có một kết quả được phê duyệt; hãy thay bản cũ trước."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.test}: {self.value}"
