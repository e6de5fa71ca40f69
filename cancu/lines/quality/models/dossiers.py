"""Declarations of conformity with their product lines, imported goods, exemptions, authorised units."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from cancu.core.codes import CodeField
from cancu.core.dated import in_order, never_overlapping, year_of
from cancu.core.parties import Party
from cancu.core.record import Record, RecordQuerySet, recorded
from cancu.core.states import StateField

from ..states import DossierStates, ImportStates


def once_a_year(name: str) -> models.UniqueConstraint:
    """A register number is used once in the year of its receipt."""
    return models.UniqueConstraint(
        models.F("number"),
        year_of("received_on"),
        name=name,
        violation_error_message=_("Số tiếp nhận này đã dùng trong năm."),
    )


class DossierQuerySet(RecordQuerySet):
    def kept(self) -> Self:
        """Hồ sơ đã tiếp nhận và xử lý; hồ sơ bị từ chối hoặc hủy không tính."""
        return self.exclude(state__in=("refused", "dropped"))


@recorded
class Declaration(Record):
    """Hồ sơ công bố hợp chuẩn, hợp quy."""

    known_by = "number"
    label_related = ("applicant",)

    number = models.CharField(
        _("số tiếp nhận"), max_length=30, help_text=_("Không trùng trong một năm, ví dụ 02/TN-HC-2024.")
    )
    kind = CodeField("quality.declaration_kind", verbose_name=_("loại công bố"), help_text=_("Hợp chuẩn hay hợp quy."))
    applicant = models.ForeignKey(
        Party,
        models.PROTECT,
        related_name="+",
        verbose_name=_("tổ chức công bố"),
        help_text=_("Tổ chức, cá nhân nộp hồ sơ."),
    )
    received_on = models.DateField(_("ngày tiếp nhận"), db_index=True, help_text=_("Ngày nhận hồ sơ."))
    ground = CodeField(
        "quality.declaration_ground",
        verbose_name=_("căn cứ công bố"),
        help_text=_("Chứng nhận của bên thứ ba hay tự đánh giá."),
    )
    standard = models.CharField(
        _("tiêu chuẩn, quy chuẩn"), max_length=120, help_text=_("Số hiệu tiêu chuẩn hoặc quy chuẩn công bố.")
    )
    certifier = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("tổ chức chứng nhận"),
        help_text=_("Để trống nếu tự đánh giá."),
    )
    certificate = models.CharField(
        _("số giấy chứng nhận"), max_length=40, blank=True, help_text=_("Của tổ chức chứng nhận.")
    )
    decided_on = models.DateField(
        _("ngày thông báo"), null=True, blank=True, help_text=_("Ngày ra thông báo tiếp nhận hoặc từ chối.")
    )
    valid_until = models.DateField(
        _("hiệu lực đến"), null=True, blank=True, help_text=_("Theo giấy chứng nhận, hoặc 3 năm nếu tự đánh giá.")
    )
    state = StateField(DossierStates)

    objects = DossierQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("hồ sơ công bố hợp chuẩn, hợp quy")
        verbose_name_plural = _("hồ sơ công bố hợp chuẩn, hợp quy")
        constraints = [
            *Record.Meta.constraints,
            in_order("received_on", "decided_on", "quality_declaration_decided_after_receipt"),
            in_order("decided_on", "valid_until", "quality_declaration_valid_after_decision"),
            once_a_year("quality_declaration_number_once_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.applicant}"


@recorded
class ProductLine(Record):
    """Loại sản phẩm trong một hồ sơ công bố."""

    known_by = "code"
    label_related = ("declaration__applicant",)

    code = models.CharField(_("mã dòng"), max_length=40, unique=True, help_text=_("Số hồ sơ và số thứ tự."))
    declaration = models.ForeignKey(
        Declaration,
        models.CASCADE,
        related_name="products",
        verbose_name=_("hồ sơ"),
        help_text=_("Hồ sơ công bố chứa dòng này."),
    )
    name = models.CharField(_("tên sản phẩm"), max_length=150, help_text=_("Tên, loại sản phẩm."))
    model_name = models.CharField(_("kiểu, loại"), max_length=60, blank=True, help_text=_("Ký hiệu kiểu, kích cỡ."))

    class Meta(Record.Meta):
        verbose_name = _("loại sản phẩm công bố")
        verbose_name_plural = _("loại sản phẩm công bố")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["declaration", "name", "model_name"],
                name="quality_product_once_a_dossier",
                violation_error_message=_("Hồ sơ này đã có loại sản phẩm ấy."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.model_name}".strip()


@recorded
class ImportRegistration(Record):
    """Hồ sơ đăng ký kiểm tra nhà nước về chất lượng hàng hóa nhập khẩu."""

    known_by = "number"
    label_related = ("importer",)

    number = models.CharField(_("số đăng ký"), max_length=30, help_text=_("Không trùng trong một năm."))
    importer = models.ForeignKey(
        Party, models.PROTECT, related_name="+", verbose_name=_("người nhập khẩu"), help_text=_("Doanh nghiệp đăng ký.")
    )
    received_on = models.DateField(_("ngày tiếp nhận"), db_index=True, help_text=_("Ngày nhận đăng ký."))
    goods = models.CharField(_("hàng hóa"), max_length=150, help_text=_("Tên hàng."))
    hs_code = models.CharField(_("mã HS"), max_length=12, blank=True, help_text=_("Mã số hàng hóa."))
    quantity = models.DecimalField(
        _("lượng"), max_digits=14, decimal_places=2, help_text=_("Số lượng hoặc khối lượng.")
    )
    measured_in = models.CharField(_("đơn vị tính"), max_length=20, help_text=_("Tấn, chiếc, lít…"))
    customs_declaration = models.CharField(_("tờ khai hải quan"), max_length=30, blank=True, help_text=_("Số tờ khai."))
    gate = models.CharField(_("cửa khẩu"), max_length=80, blank=True, help_text=_("Cửa khẩu nhập."))
    regulation = models.CharField(_("quy chuẩn"), max_length=60, help_text=_("QCVN áp dụng."))
    decided_on = models.DateField(
        _("ngày thông báo kết quả"), null=True, blank=True, help_text=_("Ngày thông báo đạt hoặc không đạt.")
    )
    state = StateField(ImportStates)

    class Meta(Record.Meta):
        verbose_name = _("đăng ký kiểm tra hàng nhập khẩu")
        verbose_name_plural = _("đăng ký kiểm tra hàng nhập khẩu")
        constraints = [
            *Record.Meta.constraints,
            in_order("received_on", "decided_on", "quality_import_decided_after_receipt"),
            once_a_year("quality_import_number_once_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.goods}"


@recorded
class Exemption(Record):
    """Hồ sơ miễn kiểm tra nhà nước về chất lượng hàng hóa nhập khẩu."""

    known_by = "number"
    label_related = ("enterprise",)

    number = models.CharField(_("số tiếp nhận"), max_length=30, help_text=_("Không trùng trong một năm."))
    enterprise = models.ForeignKey(
        Party,
        models.PROTECT,
        related_name="+",
        verbose_name=_("doanh nghiệp"),
        help_text=_("Doanh nghiệp đề nghị miễn."),
    )
    received_on = models.DateField(_("ngày tiếp nhận"), db_index=True, help_text=_("Ngày nhận hồ sơ."))
    goods = models.CharField(_("hàng hóa"), max_length=150, help_text=_("Hàng hóa được miễn kiểm tra."))
    ground = models.CharField(_("căn cứ"), max_length=200, help_text=_("Ví dụ ba lần liên tiếp có kết quả đạt."))
    decided_on = models.DateField(_("ngày trả lời"), null=True, blank=True, help_text=_("Ngày ký văn bản trả lời."))
    exempt_from = models.DateField(_("miễn từ ngày"), null=True, blank=True, help_text=_("Ngày đầu tiên được miễn."))
    exempt_until = models.DateField(
        _("miễn đến hết ngày"), null=True, blank=True, help_text=_("Ngày cuối cùng được miễn.")
    )
    state = StateField(DossierStates)

    objects = DossierQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("hồ sơ miễn kiểm tra")
        verbose_name_plural = _("hồ sơ miễn kiểm tra")
        constraints = [
            *Record.Meta.constraints,
            in_order("received_on", "decided_on", "quality_exemption_decided_after_receipt"),
            in_order("exempt_from", "exempt_until", "quality_exemption_dates_in_order"),
            once_a_year("quality_exemption_number_once_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.enterprise}"


@recorded
class AuthorisedUnit(Record):
    """Đơn vị được ủy quyền kiểm định, quản lý phương tiện đo của mình."""

    known_by = "code"
    label_related = ("party",)

    code = models.CharField(_("mã"), max_length=20, unique=True, help_text=_("Mã của sổ, ví dụ UQ-01."))
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="+", verbose_name=_("đơn vị"), help_text=_("Đơn vị được ủy quyền.")
    )
    scope = models.CharField(_("phạm vi"), max_length=200, help_text=_("Loại phương tiện đo được ủy quyền."))
    document = models.CharField(_("văn bản ủy quyền"), max_length=80, blank=True, help_text=_("Số, ngày văn bản."))
    valid_from = models.DateField(_("có hiệu lực từ"), help_text=_("Ngày đầu tiên được ủy quyền."))
    valid_until = models.DateField(
        _("đến hết ngày"), null=True, blank=True, help_text=_("Ngày cuối cùng; để trống nếu chưa ấn định.")
    )
    instruments = models.PositiveIntegerField(
        _("số phương tiện đo quản lý"), default=0, help_text=_("Theo báo cáo gần nhất của đơn vị.")
    )

    class Meta(Record.Meta):
        verbose_name = _("đơn vị được ủy quyền")
        verbose_name_plural = _("đơn vị được ủy quyền")
        constraints = [
            *Record.Meta.constraints,
            in_order("valid_from", "valid_until", "quality_authorised_dates_in_order"),
            never_overlapping("party", name="quality_authorised_once_a_day"),
        ]

    def __str__(self) -> str:
        return str(self.party)
