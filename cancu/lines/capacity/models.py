"""Registers of capacity: investment projects and their money, staff sent to training (domain notes A14)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cancu.core.codes import CodeField
from cancu.core.dated import in_order
from cancu.core.record import Record, RecordQuerySet, recorded
from cancu.core.states import StateField
from cancu.core.units import Unit
from cancu.documents.models import Document

from .states import ProjectStates, TrainingStates


class ProjectQuerySet(RecordQuerySet):
    def used(self) -> Self:
        """Dự án đã đưa vào sử dụng, kể cả đã quyết toán."""
        return self.filter(state__in=("in_use", "settled"))

    def begun(self) -> Self:
        """Dự án đã triển khai; dự án còn chuẩn bị hoặc đã dừng không tính."""
        return self.exclude(state__in=("preparing", "stopped"))


@recorded
class Project(Record):
    """Dự án đầu tư công."""

    known_by = "code"

    code = models.CharField(_("mã dự án"), max_length=20, unique=True, help_text=_("Mã của sổ, ví dụ DA-02."))
    name = models.CharField(_("tên"), max_length=250, unique=True, help_text=_("Tên theo quyết định đầu tư."))
    decision = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("quyết định đầu tư"),
        help_text=_("Văn bản phê duyệt."),
    )
    fund = CodeField("capacity.fund", verbose_name=_("nguồn vốn"), help_text=_("Ngân sách địa phương, trung ương…"))
    total = models.PositiveBigIntegerField(
        _("tổng mức (đồng)"), default=0, help_text=_("Tổng mức đầu tư, đơn vị đồng.")
    )
    equipment = models.PositiveSmallIntegerField(
        _("số thiết bị"), default=0, help_text=_("Số thiết bị đầu tư theo dự án.")
    )
    decided_on = models.DateField(_("ngày quyết định"), null=True, blank=True, help_text=_("Ngày quyết định đầu tư."))
    started_on = models.DateField(_("ngày triển khai"), null=True, blank=True, help_text=_("Ngày bắt đầu thực hiện."))
    in_use_on = models.DateField(
        _("ngày đưa vào sử dụng"), null=True, blank=True, help_text=_("Ngày bàn giao sử dụng.")
    )
    settled_on = models.DateField(
        _("ngày quyết toán"), null=True, blank=True, help_text=_("Ngày phê duyệt quyết toán.")
    )
    state = StateField(ProjectStates)

    objects = ProjectQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("dự án đầu tư")
        verbose_name_plural = _("dự án đầu tư")
        constraints = [
            *Record.Meta.constraints,
            in_order("decided_on", "started_on", "capacity_project_started_after_decision"),
            in_order("started_on", "in_use_on", "capacity_project_used_after_start"),
            in_order("in_use_on", "settled_on", "capacity_project_settled_after_use"),
            models.CheckConstraint(
                condition=~Q(state__in=("in_use", "settled")) | Q(in_use_on__isnull=False),
                name="capacity_project_in_use_has_day",
                violation_error_message=_("Dự án đã đưa vào sử dụng phải có ngày."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@recorded
class Money(Record):
    """Một lần giao vốn hoặc giải ngân của một dự án."""

    known_by = "code"
    label_related = ("project",)

    code = models.CharField(_("mã"), max_length=20, unique=True, help_text=_("Mã dự án và số thứ tự."))
    project = models.ForeignKey(
        Project, models.PROTECT, related_name="money", verbose_name=_("dự án"), help_text=_("Dự án nhận vốn.")
    )
    kind = CodeField("capacity.money_kind", verbose_name=_("loại"), help_text=_("Giao vốn hay giải ngân."))
    day = models.DateField(_("ngày"), db_index=True, help_text=_("Ngày giao vốn hoặc giải ngân."))
    amount = models.PositiveBigIntegerField(_("số tiền (đồng)"), help_text=_("Đơn vị đồng."))
    content = models.CharField(_("nội dung"), max_length=200, blank=True, help_text=_("Gói thầu, khoản mục."))

    class Meta(Record.Meta):
        verbose_name = _("vốn của dự án")
        verbose_name_plural = _("vốn của dự án")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="capacity_money_not_nothing",
                violation_error_message=_("Số tiền phải lớn hơn 0."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.get_kind_display()}"


class TrainingQuerySet(RecordQuerySet):
    def gone(self) -> Self:
        """Đã cử đi; đề nghị chưa duyệt không tính."""
        return self.exclude(state="proposed")


@recorded
class Training(Record):
    """Một nhóm người được cử đi một khóa đào tạo, tập huấn."""

    known_by = "code"

    code = models.CharField(_("mã"), max_length=20, unique=True, help_text=_("Ví dụ ĐT-2024-03."))
    course = models.CharField(_("khóa"), max_length=250, help_text=_("Tên, nội dung khóa."))
    content = CodeField(
        "capacity.content", verbose_name=_("nhóm nội dung"), help_text=_("Thử nghiệm, công nghệ sinh học, khởi nghiệp…")
    )
    title = CodeField(
        "capacity.title",
        verbose_name=_("chức danh"),
        help_text=_("Thí nghiệm viên, thử nghiệm viên, kiểm định viên, viên chức…"),
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name=_("đơn vị cử"), help_text=_("Đơn vị của người được cử.")
    )
    people = models.PositiveSmallIntegerField(_("số người"), help_text=_("Số người được cử; mỗi người một lượt."))
    provider = models.CharField(_("cơ sở đào tạo"), max_length=150, blank=True, help_text=_("Nơi mở khóa."))
    started_on = models.DateField(_("từ ngày"), db_index=True, help_text=_("Ngày bắt đầu khóa."))
    ended_on = models.DateField(_("đến ngày"), null=True, blank=True, help_text=_("Ngày kết thúc khóa."))
    certificates = models.PositiveSmallIntegerField(
        _("số chứng chỉ"), default=0, help_text=_("Số người được cấp chứng chỉ.")
    )
    cost = models.PositiveBigIntegerField(_("kinh phí (đồng)"), default=0, help_text=_("Đơn vị đồng."))
    state = StateField(TrainingStates)

    objects = TrainingQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("lượt cử đi đào tạo")
        verbose_name_plural = _("lượt cử đi đào tạo")
        constraints = [
            *Record.Meta.constraints,
            in_order("started_on", "ended_on", "capacity_training_dates_in_order"),
            models.CheckConstraint(
                condition=Q(people__gte=1),
                name="capacity_training_somebody_goes",
                violation_error_message=_("Số người từ 1 trở lên."),
            ),
            models.CheckConstraint(
                condition=Q(certificates__lte=models.F("people")),
                name="capacity_training_certificates_within_people",
                violation_error_message=_("Số chứng chỉ không thể nhiều hơn số người."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.course}"
