"""Requests, instruments, and the acts of verifying and calibrating them."""

from __future__ import annotations

from typing import Any, Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cancu.core.codes import CodeField
from cancu.core.dated import in_order, never_overlapping, year_of
from cancu.core.parties import Party
from cancu.core.record import Record, RecordQuerySet, recorded
from cancu.core.states import StateField

from ..cycles import valid_until
from ..states import ActStates, StandardStates


@recorded
class Request(Record):
    """Yêu cầu dịch vụ kiểm định, hiệu chuẩn, thử nghiệm."""

    known_by = "number"
    label_related = ("customer",)

    number = models.CharField(_("số phiếu yêu cầu"), max_length=20, unique=True, help_text=_("Ví dụ YC-2024-0118."))
    customer = models.ForeignKey(
        Party, models.PROTECT, related_name="+", verbose_name=_("khách hàng"), help_text=_("Tổ chức, cá nhân yêu cầu.")
    )
    site = CodeField(
        "laboratory.site", verbose_name=_("nơi thực hiện"), help_text=_("Tại trung tâm hay tại hiện trường.")
    )
    received_on = models.DateField(_("ngày nhận"), db_index=True, help_text=_("Ngày nhận phiếu yêu cầu."))
    due_on = models.DateField(_("hạn trả"), help_text=_("Ngày hẹn trả kết quả."))
    returned_on = models.DateField(
        _("ngày trả"), null=True, blank=True, help_text=_("Ngày trả kết quả; để trống nếu chưa trả.")
    )
    contract = models.CharField(
        _("hợp đồng"), max_length=40, blank=True, help_text=_("Số hợp đồng hoặc báo giá, nếu có.")
    )
    fee = models.PositiveBigIntegerField(
        _("phí (đồng)"), default=0, help_text=_("Tiền dịch vụ theo phiếu, đơn vị đồng.")
    )

    class Meta(Record.Meta):
        verbose_name = _("yêu cầu dịch vụ")
        verbose_name_plural = _("yêu cầu dịch vụ")
        constraints = [
            *Record.Meta.constraints,
            in_order("received_on", "due_on", "laboratory_request_due_after_receipt"),
            in_order("received_on", "returned_on", "laboratory_request_returned_after_receipt"),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.customer}"


@recorded
class Instrument(Record):
    """Phương tiện đo của khách hàng."""

    known_by = "code"
    label_related = ("user",)

    code = models.CharField(
        _("mã phương tiện đo"), max_length=20, unique=True, help_text=_("Mã của sổ, ví dụ PTD-000118.")
    )
    kind = CodeField(
        "laboratory.kind", verbose_name=_("loại phương tiện đo"), help_text=_("Quyết định chu kỳ kiểm định.")
    )
    field = CodeField(
        "laboratory.field", verbose_name=_("lĩnh vực đo"), help_text=_("Một trong tám lĩnh vực đo của thống kê.")
    )
    model_name = models.CharField(
        _("kiểu"), max_length=60, blank=True, help_text=_("Ký hiệu kiểu ghi trên phương tiện.")
    )
    serial = models.CharField(_("số chế tạo"), max_length=40, help_text=_("Số ghi trên phương tiện."))
    maker = models.CharField(
        _("hãng sản xuất"), max_length=60, help_text=_("Tên hãng; cùng hãng không trùng số chế tạo.")
    )
    country = models.CharField(_("nước sản xuất"), max_length=40, blank=True, help_text=_("Nước ghi trên nhãn."))
    made_in_year = models.PositiveSmallIntegerField(
        _("năm sản xuất"), null=True, blank=True, help_text=_("Bốn chữ số.")
    )
    range_min = models.CharField(_("giới hạn dưới"), max_length=30, blank=True, help_text=_("Min, kèm đơn vị đo."))
    range_max = models.CharField(_("giới hạn trên"), max_length=30, blank=True, help_text=_("Max, kèm đơn vị đo."))
    accuracy_class = models.CharField(_("cấp chính xác"), max_length=15, blank=True, help_text=_("Ví dụ III; 0,5; 2."))
    division = models.CharField(_("giá trị độ chia d"), max_length=20, blank=True, help_text=_("Kèm đơn vị đo."))
    check_division = models.CharField(_("độ chia kiểm e"), max_length=20, blank=True, help_text=_("Kèm đơn vị đo."))
    user = models.ForeignKey(
        Party,
        models.PROTECT,
        related_name="+",
        verbose_name=_("đơn vị sử dụng"),
        help_text=_("Nơi đang dùng phương tiện."),
    )

    class Meta(Record.Meta):
        verbose_name = _("phương tiện đo")
        verbose_name_plural = _("phương tiện đo")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["kind", "maker", "serial"],
                name="laboratory_instrument_serial_once",
                violation_error_message=_("Loại, hãng và số chế tạo này đã có trong sổ."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.serial}"


@recorded
class Standard(Record):
    """Thiết bị chuẩn dùng để kiểm định, hiệu chuẩn."""

    known_by = "code"

    code = models.CharField(_("mã chuẩn"), max_length=20, unique=True, help_text=_("Ví dụ C-KL-01."))
    name = models.CharField(_("tên chuẩn"), max_length=150, help_text=_("Tên thiết bị chuẩn."))
    field = CodeField("laboratory.field", verbose_name=_("lĩnh vực đo"), help_text=_("Lĩnh vực mà chuẩn dùng cho."))
    accuracy = models.CharField(
        _("độ chính xác"), max_length=40, blank=True, help_text=_("Cấp hoặc độ không đảm bảo đo.")
    )
    calibrated_on = models.DateField(_("ngày hiệu chuẩn"), help_text=_("Lần hiệu chuẩn gần nhất."))
    calibrated_until = models.DateField(_("hạn hiệu chuẩn"), help_text=_("Ngày cuối cùng còn dùng được làm chuẩn."))
    state = StateField(StandardStates)

    class Meta(Record.Meta):
        verbose_name = _("thiết bị chuẩn")
        verbose_name_plural = _("thiết bị chuẩn")
        constraints = [
            *Record.Meta.constraints,
            in_order("calibrated_on", "calibrated_until", "laboratory_standard_dates_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.name}"


@recorded
class VerifierCard(Record):
    """Thẻ kiểm định viên, theo lĩnh vực đo."""

    known_by = "number"
    label_related = ("holder",)
    personal_fields = ("holder",)

    number = models.CharField(_("số thẻ"), max_length=30, unique=True, help_text=_("Số ghi trên thẻ."))
    holder = models.ForeignKey(
        Party, models.PROTECT, related_name="+", verbose_name=_("kiểm định viên"), help_text=_("Người được cấp thẻ.")
    )
    field = CodeField("laboratory.field", verbose_name=_("lĩnh vực đo"), help_text=_("Lĩnh vực được phép kiểm định."))
    issued_on = models.DateField(_("ngày cấp"), help_text=_("Ngày cấp thẻ."))
    expires_on = models.DateField(_("hết hạn"), help_text=_("Ngày cuối cùng thẻ còn hiệu lực."))

    class Meta(Record.Meta):
        verbose_name = _("thẻ kiểm định viên")
        verbose_name_plural = _("thẻ kiểm định viên")
        constraints = [
            *Record.Meta.constraints,
            in_order("issued_on", "expires_on", "laboratory_card_dates_in_order"),
            never_overlapping("holder", "field", name="laboratory_card_one_a_day", start="issued_on", end="expires_on"),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.holder}"


class VerificationQuerySet(RecordQuerySet):
    def done(self) -> Self:
        """Lần kiểm định, hiệu chuẩn đã phê duyệt, đạt hoặc không đạt; chưa phê duyệt và đã hủy không tính."""
        return self.filter(state__in=("approved", "returned"))


@recorded
class Verification(Record):
    """Một lần kiểm định hoặc hiệu chuẩn một phương tiện đo. Sổ lớn nhất của Sở: giữ cột gọn."""

    known_by = "number"
    label_related = ("instrument",)

    number = models.CharField(_("số biên bản"), max_length=20, unique=True, help_text=_("Ví dụ 2024-004302."))
    instrument = models.ForeignKey(
        Instrument,
        models.PROTECT,
        related_name="verifications",
        verbose_name=_("phương tiện đo"),
        help_text=_("Phương tiện được đo."),
    )
    request = models.ForeignKey(
        Request,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="verifications",
        verbose_name=_("yêu cầu"),
        help_text=_("Phiếu yêu cầu của khách hàng."),
    )
    act = CodeField("laboratory.act", max_length=12, verbose_name=_("việc"), help_text=_("Kiểm định hay hiệu chuẩn."))
    mode = CodeField(
        "laboratory.mode",
        max_length=12,
        blank=True,
        verbose_name=_("chế độ kiểm định"),
        help_text=_("Ban đầu, định kỳ, sau sửa chữa; để trống khi hiệu chuẩn."),
    )
    field = CodeField(
        "laboratory.field",
        max_length=12,
        blank=True,
        editable=False,
        verbose_name=_("lĩnh vực đo"),
        help_text=_("Máy chép từ phương tiện đo."),
    )
    method = CodeField(
        "laboratory.method", max_length=12, verbose_name=_("phương pháp"), help_text=_("Quy trình ĐLVN đã dùng.")
    )
    standard = models.ForeignKey(
        Standard,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="verifications",
        verbose_name=_("chuẩn"),
        help_text=_("Thiết bị chuẩn đã dùng."),
    )
    verifier = models.ForeignKey(
        VerifierCard,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="verifications",
        verbose_name=_("kiểm định viên"),
        help_text=_("Thẻ của người thực hiện."),
    )
    performed_on = models.DateField(_("ngày thực hiện"), help_text=_("Ngày đo."))
    passed = models.BooleanField(_("đạt"), null=True, blank=True, help_text=_("Để trống khi chưa kết luận."))
    stamp = models.CharField(_("số tem"), max_length=20, blank=True, help_text=_("Số tem kiểm định đã dán."))
    certificate = models.CharField(
        _("số giấy chứng nhận"), max_length=20, blank=True, help_text=_("Không trùng trong một năm.")
    )
    valid_until = models.DateField(
        _("hiệu lực đến"),
        null=True,
        blank=True,
        help_text=_("Ngày cuối cùng còn hiệu lực; để trống thì máy tính theo chu kỳ."),
    )
    state = StateField(ActStates, max_length=12, db_index=False)

    objects = VerificationQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("lần kiểm định, hiệu chuẩn")
        verbose_name_plural = _("lần kiểm định, hiệu chuẩn")
        indexes = [
            # one pass over the days of a window answers every indicator from the index alone
            models.Index(
                fields=["performed_on"],
                include=["id", "state", "act", "mode", "field", "passed", "instrument", "confirmed_at"],
                name="laboratory_act_by_day",
            ),
            models.Index(fields=["valid_until"], name="laboratory_act_by_end", condition=Q(valid_until__isnull=False)),
        ]
        constraints = [
            *Record.Meta.constraints,
            in_order("performed_on", "valid_until", "laboratory_act_dates_in_order"),
            models.CheckConstraint(
                condition=Q(act="calibration", mode="") | Q(act="verification") & ~Q(mode=""),
                name="laboratory_act_mode_of_verification",
                violation_error_message=_("Kiểm định phải có chế độ; hiệu chuẩn thì không."),
            ),
            models.CheckConstraint(
                condition=Q(passed=True) | Q(stamp="", certificate="", valid_until__isnull=True),
                name="laboratory_act_papers_only_if_passed",
                violation_error_message=_("Chỉ lần đạt mới có tem, giấy chứng nhận và hạn hiệu lực."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("approved", "returned"))
                | Q(passed=False)
                | Q(passed=True) & ~Q(certificate=""),
                name="laboratory_act_approved_is_whole",
                violation_error_message=_("Lần đã phê duyệt phải có kết luận; đạt thì phải có số giấy chứng nhận."),
            ),
            models.UniqueConstraint(
                F("certificate"),
                year_of("performed_on"),
                condition=~Q(certificate=""),
                name="laboratory_act_certificate_once_a_year",
                violation_error_message=_("Số giấy chứng nhận này đã dùng trong năm."),
            ),
            models.UniqueConstraint(
                fields=["stamp"],
                condition=~Q(stamp=""),
                name="laboratory_act_stamp_once",
                violation_error_message=_("Số tem này đã dùng."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="field_of_instrument",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("instrument_id", "field"),
                func="SELECT i.field INTO NEW.field FROM laboratory_instrument i WHERE i.id = NEW.instrument_id; RETURN NEW;",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.instrument}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Fill in the end of validity by the cycle of that day, unless the minute says it."""
        if self.act == "verification" and self.passed and self.valid_until is None and "update_fields" not in kwargs:
            self.valid_until = valid_until(self.instrument.kind, self.performed_on)
        super().save(*args, **kwargs)
