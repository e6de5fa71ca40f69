"""Registers of radiation safety (Nghị định 142/2020/NĐ-CP; domain notes A7)."""

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

from .states import DeviceStates, LicenceStates, PlanStates


@recorded
class Facility(Record):
    """Cơ sở tiến hành công việc bức xạ."""

    known_by = "code"
    label_related = ("party",)

    code = models.CharField(_("mã cơ sở"), max_length=20, unique=True, help_text=_("Mã của sổ, ví dụ CSBX-012."))
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="+", verbose_name=_("tổ chức, cá nhân"), help_text=_("Chủ cơ sở.")
    )
    kind = CodeField(
        "radiation.facility_kind", verbose_name=_("loại hình"), help_text=_("Y tế, công nghiệp, kiểm tra an ninh…")
    )
    head = models.CharField(
        _("người đứng đầu"), max_length=120, blank=True, help_text=_("Người đại diện theo pháp luật.")
    )
    safety_officer = models.CharField(
        _("người phụ trách an toàn"), max_length=120, blank=True, help_text=_("Người phụ trách an toàn bức xạ.")
    )

    class Meta(Record.Meta):
        verbose_name = _("cơ sở bức xạ")
        verbose_name_plural = _("cơ sở bức xạ")

    def __str__(self) -> str:
        return self.party.name


@recorded
class Device(Record):
    """Thiết bị bức xạ đã khai báo."""

    known_by = "serial"
    label_related = ("facility__party",)

    facility = models.ForeignKey(
        Facility,
        models.PROTECT,
        related_name="devices",
        verbose_name=_("cơ sở"),
        help_text=_("Cơ sở đang dùng thiết bị."),
    )
    kind = CodeField(
        "radiation.device_kind", verbose_name=_("loại thiết bị"), help_text=_("Chụp răng, chẩn đoán thông thường, CT…")
    )
    maker = models.CharField(_("hãng"), max_length=80, blank=True, help_text=_("Hãng sản xuất."))
    model_name = models.CharField(_("kiểu máy"), max_length=80, blank=True, help_text=_("Kiểu, model."))
    serial = models.CharField(_("số seri"), max_length=40, unique=True, help_text=_("Số seri của máy; mỗi máy một số."))
    made_in_year = models.PositiveSmallIntegerField(
        _("năm sản xuất"), null=True, blank=True, help_text=_("Bốn chữ số.")
    )
    kilovolts = models.PositiveSmallIntegerField(
        _("điện áp tối đa (kV)"), null=True, blank=True, help_text=_("Đơn vị kV.")
    )
    milliamperes = models.PositiveSmallIntegerField(
        _("dòng tối đa (mA)"), null=True, blank=True, help_text=_("Đơn vị mA.")
    )
    mobile = models.BooleanField(_("di động"), default=False, help_text=_("Máy di chuyển được."))
    declared_on = models.DateField(_("ngày khai báo"), help_text=_("Ngày cấp giấy xác nhận khai báo."))
    disposed_on = models.DateField(
        _("ngày thanh lý"), null=True, blank=True, help_text=_("Ngày cuối cùng thiết bị còn ở cơ sở.")
    )
    state = StateField(DeviceStates)

    class Meta(Record.Meta):
        verbose_name = _("thiết bị bức xạ")
        verbose_name_plural = _("thiết bị bức xạ")
        constraints = [
            *Record.Meta.constraints,
            in_order("declared_on", "disposed_on", "radiation_device_dates_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.serial} · {self.facility}"


@recorded
class Source(Record):
    """Nguồn phóng xạ."""

    known_by = "serial"
    label_related = ("facility__party",)

    facility = models.ForeignKey(
        Facility, models.PROTECT, related_name="sources", verbose_name=_("cơ sở"), help_text=_("Cơ sở đang giữ nguồn.")
    )
    isotope = models.CharField(_("đồng vị"), max_length=20, help_text=_("Ví dụ Cs-137."))
    activity = models.DecimalField(
        _("hoạt độ (GBq)"), max_digits=14, decimal_places=4, help_text=_("Hoạt độ tại ngày đo, đơn vị GBq.")
    )
    measured_on = models.DateField(_("ngày đo hoạt độ"), help_text=_("Ngày của giá trị hoạt độ."))
    category = models.PositiveSmallIntegerField(_("nhóm nguồn"), help_text=_("Từ 1 (nguy hiểm nhất) đến 5."))
    serial = models.CharField(_("số seri"), max_length=40, unique=True, help_text=_("Số seri của nguồn."))
    mobile = models.BooleanField(_("di động"), default=False, help_text=_("Nguồn dùng di động."))
    received_on = models.DateField(_("ngày tiếp nhận"), help_text=_("Ngày nguồn đến cơ sở."))
    removed_on = models.DateField(
        _("ngày chuyển đi"), null=True, blank=True, help_text=_("Ngày cuối cùng nguồn còn ở cơ sở.")
    )

    class Meta(Record.Meta):
        verbose_name = _("nguồn phóng xạ")
        verbose_name_plural = _("nguồn phóng xạ")
        constraints = [
            *Record.Meta.constraints,
            in_order("received_on", "removed_on", "radiation_source_dates_in_order"),
            models.CheckConstraint(
                condition=Q(category__range=(1, 5)),
                name="radiation_source_category_1_to_5",
                violation_error_message=_("Nhóm nguồn từ 1 đến 5."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.isotope} {self.serial}"


class LicenceQuerySet(RecordQuerySet):
    def granted(self) -> Self:
        """Giấy phép đã cấp và chưa bị thu hồi; bản nháp không tính."""
        return self.filter(state="granted")


@recorded
class Licence(Record):
    """Giấy phép tiến hành công việc bức xạ."""

    known_by = "number"
    label_related = ("facility__party",)

    number = models.CharField(_("số giấy phép"), max_length=40, help_text=_("Ví dụ 31/GP-SKHCN."))
    facility = models.ForeignKey(
        Facility, models.PROTECT, related_name="licences", verbose_name=_("cơ sở"), help_text=_("Cơ sở được cấp.")
    )
    activity = CodeField(
        "radiation.activity", verbose_name=_("công việc bức xạ"), help_text=_("Công việc được phép tiến hành.")
    )
    kind = CodeField(
        "radiation.licence_kind",
        verbose_name=_("loại cấp"),
        help_text=_("Cấp mới, gia hạn, sửa đổi, bổ sung, cấp lại."),
    )
    devices = models.ManyToManyField(
        Device,
        related_name="licences",
        blank=True,
        verbose_name=_("thiết bị"),
        help_text=_("Thiết bị ghi trong giấy phép."),
    )
    issued_on = models.DateField(_("ngày cấp"), db_index=True, help_text=_("Ngày ký giấy phép."))
    expires_on = models.DateField(_("hết hạn"), help_text=_("Ngày cuối cùng còn hiệu lực."))
    previous = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="renewals",
        verbose_name=_("giấy phép trước"),
        help_text=_("Giấy phép được gia hạn hoặc sửa đổi."),
    )
    fee = models.PositiveIntegerField(_("phí (đồng)"), default=0, help_text=_("Phí thẩm định đã thu, đơn vị đồng."))
    state = StateField(LicenceStates)

    objects = LicenceQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("giấy phép bức xạ")
        verbose_name_plural = _("giấy phép bức xạ")
        constraints = [
            *Record.Meta.constraints,
            in_order("issued_on", "expires_on", "radiation_licence_dates_in_order"),
            models.UniqueConstraint(
                models.F("number"),
                year_of("issued_on"),
                name="radiation_licence_number_once_a_year",
                violation_error_message=_("Số giấy phép này đã dùng trong năm."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.facility}"


@recorded
class Certificate(Record):
    """Chứng chỉ nhân viên bức xạ (không có thời hạn)."""

    known_by = "number"
    label_related = ("holder",)
    personal_fields = ("holder",)

    number = models.CharField(_("số chứng chỉ"), max_length=40, unique=True, help_text=_("Ví dụ 14/2024/CCNVBX."))
    holder = models.ForeignKey(
        Party,
        models.PROTECT,
        related_name="+",
        verbose_name=_("người được cấp"),
        help_text=_("Học viên đã qua đào tạo."),
    )
    facility = models.ForeignKey(
        Facility,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="certificates",
        verbose_name=_("cơ sở"),
        help_text=_("Nơi làm việc khi được cấp."),
    )
    role = CodeField(
        "radiation.worker_role",
        verbose_name=_("công việc đảm nhiệm"),
        help_text=_("Nhân viên, người phụ trách an toàn…"),
    )
    course = models.CharField(_("khóa đào tạo"), max_length=120, help_text=_("Tên khóa và cơ sở đào tạo."))
    issued_on = models.DateField(_("ngày cấp"), db_index=True, help_text=_("Ngày cấp chứng chỉ."))

    class Meta(Record.Meta):
        verbose_name = _("chứng chỉ nhân viên bức xạ")
        verbose_name_plural = _("chứng chỉ nhân viên bức xạ")

    def __str__(self) -> str:
        return f"{self.number} · {self.holder}"


@recorded
class ResponsePlan(Record):
    """Kế hoạch ứng phó sự cố bức xạ, hạt nhân."""

    known_by = "name"

    name = models.CharField(_("tên kế hoạch"), max_length=250, unique=True, help_text=_("Tên đầy đủ."))
    level = CodeField("radiation.plan_level", verbose_name=_("cấp"), help_text=_("Cấp tỉnh hay cấp cơ sở."))
    facility = models.ForeignKey(
        Facility,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plans",
        verbose_name=_("cơ sở"),
        help_text=_("Để trống với kế hoạch cấp tỉnh."),
    )
    drafted_on = models.DateField(_("ngày bắt đầu soạn"), help_text=_("Ngày giao soạn thảo."))
    submitted_on = models.DateField(
        _("ngày trình"), null=True, blank=True, help_text=_("Ngày trình cơ quan thẩm định.")
    )
    approved_on = models.DateField(_("ngày phê duyệt"), null=True, blank=True, help_text=_("Ngày được phê duyệt."))
    state = StateField(PlanStates)

    class Meta(Record.Meta):
        verbose_name = _("kế hoạch ứng phó sự cố")
        verbose_name_plural = _("kế hoạch ứng phó sự cố")
        constraints = [
            *Record.Meta.constraints,
            in_order("drafted_on", "submitted_on", "radiation_plan_submitted_after_draft"),
            in_order("submitted_on", "approved_on", "radiation_plan_approved_after_submission"),
        ]

    def __str__(self) -> str:
        return self.name
