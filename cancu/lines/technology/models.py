"""Registers of technology management (Nghị định 76/2018/NĐ-CP, 13/2019/NĐ-CP; domain notes A5, A17)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cancu.core.codes import CodeField
from cancu.core.dated import in_order, never_overlapping
from cancu.core.parties import Party
from cancu.core.places import Place
from cancu.core.record import Record, RecordQuerySet, recorded
from cancu.core.states import StateField
from cancu.documents.models import Document

from .states import AppraisalStates, CertificateStates


@recorded
class Project(Record):
    """Dự án đầu tư được xem xét về công nghệ."""

    label_related = ("investor",)

    code = models.CharField(_("mã dự án"), max_length=30, unique=True, help_text=_("Mã của sổ, ví dụ DA-2024-05."))
    name = models.CharField(_("tên dự án"), max_length=300, help_text=_("Tên đầy đủ."))
    investor = models.ForeignKey(
        Party, models.PROTECT, related_name="+", verbose_name=_("chủ đầu tư"), help_text=_("Chủ đầu tư dự án.")
    )
    sector = CodeField(
        "technology.sector",
        verbose_name=_("loại hình kinh tế"),
        help_text=_("Nhà nước, ngoài nhà nước, có vốn nước ngoài."),
    )
    industry = CodeField("technology.industry", verbose_name=_("ngành kinh tế"), help_text=_("Mã ngành cấp 1."))
    country = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("nước đầu tư"),
        help_text=_("Chỉ ghi khi có vốn nước ngoài."),
    )
    capital = models.PositiveBigIntegerField(
        _("tổng vốn (đồng)"), default=0, help_text=_("Tổng vốn đầu tư, đơn vị đồng.")
    )

    class Meta(Record.Meta):
        verbose_name = _("dự án đầu tư")
        verbose_name_plural = _("dự án đầu tư")

    def __str__(self) -> str:
        return f"{self.code} · {self.name}"


class AppraisalQuerySet(RecordQuerySet):
    def answered(self) -> Self:
        """Thẩm định, cho ý kiến đã ký trả lời; xác định công nghệ lạc hậu không tính."""
        return self.filter(state="answered").exclude(kind="outdated")


@recorded
class Appraisal(Record):
    """Hồ sơ thẩm định, cho ý kiến về công nghệ."""

    label_related = ("project",)

    code = models.CharField(_("mã hồ sơ"), max_length=30, unique=True, help_text=_("Mã của sổ, ví dụ TĐCN-2024-07."))
    project = models.ForeignKey(
        Project, models.PROTECT, related_name="appraisals", verbose_name=_("dự án"), help_text=_("Dự án được xem xét.")
    )
    kind = CodeField("technology.appraisal_kind", verbose_name=_("loại"), help_text=_("Thẩm định hay cho ý kiến."))
    requester = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cơ quan đề nghị"),
        help_text=_("Cơ quan gửi văn bản."),
    )
    incoming = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("văn bản đến"),
        help_text=_("Văn bản đề nghị, nếu có trong sổ."),
    )
    outgoing = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("văn bản trả lời"),
        help_text=_("Văn bản trả lời, nếu có trong sổ."),
    )
    received_on = models.DateField(_("ngày nhận"), help_text=_("Ngày nhận văn bản."))
    due_on = models.DateField(_("hạn trả lời"), null=True, blank=True, help_text=_("Hạn ghi trong văn bản đến."))
    answered_on = models.DateField(
        _("ngày trả lời"), null=True, blank=True, db_index=True, help_text=_("Ngày ký văn bản trả lời.")
    )
    conclusion = CodeField(
        "technology.conclusion", blank=True, verbose_name=_("kết luận"), help_text=_("Phù hợp hay không.")
    )
    state = StateField(AppraisalStates)

    objects = AppraisalQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("hồ sơ thẩm định, ý kiến công nghệ")
        verbose_name_plural = _("hồ sơ thẩm định, ý kiến công nghệ")
        constraints = [
            *Record.Meta.constraints,
            in_order("received_on", "answered_on", "technology_appraisal_answered_after_receipt"),
            in_order("received_on", "due_on", "technology_appraisal_due_after_receipt"),
            models.CheckConstraint(
                condition=~Q(state="answered") | Q(answered_on__isnull=False),
                name="technology_appraisal_answer_has_day",
                violation_error_message=_("Hồ sơ đã trả lời phải có ngày trả lời."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.project.name}"


@recorded
class Certificate(Record):
    """Giấy chứng nhận doanh nghiệp KH&CN (không thời hạn, chỉ có thể bị thu hồi)."""

    label_related = ("enterprise",)

    code = models.CharField(_("mã hồ sơ"), max_length=30, unique=True, help_text=_("Mã của sổ, ví dụ DNKHCN-03."))
    number = models.CharField(
        _("số giấy chứng nhận"), max_length=40, blank=True, help_text=_("Số ghi trên giấy chứng nhận.")
    )
    enterprise = models.ForeignKey(
        Party, models.PROTECT, related_name="+", verbose_name=_("doanh nghiệp"), help_text=_("Doanh nghiệp được cấp.")
    )
    results = models.CharField(_("kết quả KH&CN"), max_length=300, blank=True, help_text=_("Kết quả KH&CN làm căn cứ."))
    products = models.CharField(
        _("sản phẩm hình thành"), max_length=300, blank=True, help_text=_("Sản phẩm từ kết quả KH&CN.")
    )
    formation = CodeField(
        "technology.formation", verbose_name=_("hình thức thành lập"), help_text=_("Thành lập mới, chuyển đổi…")
    )
    received_on = models.DateField(_("ngày tiếp nhận"), null=True, blank=True, help_text=_("Ngày nhận hồ sơ hợp lệ."))
    issued_on = models.DateField(
        _("ngày cấp"), null=True, blank=True, db_index=True, help_text=_("Ngày ký giấy chứng nhận.")
    )
    valid_until = models.DateField(
        _("hiệu lực đến hết ngày"),
        null=True,
        blank=True,
        help_text=_("Ngày cuối cùng trước khi bị thu hồi; trống nếu còn hiệu lực."),
    )
    state = StateField(CertificateStates)

    class Meta(Record.Meta):
        verbose_name = _("giấy chứng nhận doanh nghiệp KH&CN")
        verbose_name_plural = _("giấy chứng nhận doanh nghiệp KH&CN")
        constraints = [
            *Record.Meta.constraints,
            in_order("received_on", "issued_on", "technology_certificate_issued_after_receipt"),
            in_order("issued_on", "valid_until", "technology_certificate_dates_in_order"),
            models.UniqueConstraint(
                fields=["number"],
                condition=~Q(number=""),
                name="technology_certificate_number_once",
                violation_error_message=_("Số giấy chứng nhận này đã dùng."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("granted", "revoked")) | Q(issued_on__isnull=False),
                name="technology_certificate_granted_has_day",
                violation_error_message=_("Giấy đã cấp phải có ngày cấp."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} · {self.number or self.code}"


@recorded
class Fund(Record):
    """Quỹ phát triển KH&CN của doanh nghiệp."""

    label_related = ("enterprise",)

    code = models.CharField(_("mã quỹ"), max_length=30, unique=True, help_text=_("Mã của sổ, ví dụ QUY-02."))
    enterprise = models.ForeignKey(
        Party, models.PROTECT, related_name="+", verbose_name=_("doanh nghiệp"), help_text=_("Doanh nghiệp lập quỹ.")
    )
    founded_on = models.DateField(_("ngày thành lập"), db_index=True, help_text=_("Ngày quyết định thành lập quỹ."))
    closed_on = models.DateField(
        _("hoạt động đến hết ngày"), null=True, blank=True, help_text=_("Ngày cuối cùng; trống nếu đang hoạt động.")
    )

    class Meta(Record.Meta):
        verbose_name = _("quỹ KH&CN của doanh nghiệp")
        verbose_name_plural = _("quỹ KH&CN của doanh nghiệp")
        constraints = [
            *Record.Meta.constraints,
            in_order("founded_on", "closed_on", "technology_fund_dates_in_order"),
            never_overlapping("enterprise", name="technology_fund_one_at_a_time", start="founded_on", end="closed_on"),
        ]

    def __str__(self) -> str:
        return str(self.enterprise)


@recorded
class FundYear(Record):
    """Báo cáo trích lập, sử dụng quỹ một năm."""

    known_by = "id"
    label_related = ("fund__enterprise",)

    fund = models.ForeignKey(
        Fund, models.PROTECT, related_name="years", verbose_name=_("quỹ"), help_text=_("Quỹ báo cáo.")
    )
    year = models.PositiveSmallIntegerField(_("năm số liệu"), help_text=_("Năm tài chính, bốn chữ số."))
    put_in = models.PositiveBigIntegerField(
        _("đã trích (đồng)"), default=0, help_text=_("Số trích trong năm, đơn vị đồng.")
    )
    spent = models.PositiveBigIntegerField(_("đã chi (đồng)"), default=0, help_text=_("Số chi trong năm, đơn vị đồng."))
    reported_on = models.DateField(_("ngày báo cáo"), db_index=True, help_text=_("Ngày Sở nhận báo cáo."))

    class Meta(Record.Meta):
        verbose_name = _("báo cáo quỹ KH&CN")
        verbose_name_plural = _("báo cáo quỹ KH&CN")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["fund", "year"],
                name="technology_fundyear_once",
                violation_error_message=_("Năm này đã có báo cáo."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fund} · {self.year}"


@recorded
class Link(Record):
    """Nhu cầu hoặc nguồn cung công nghệ được Sở kết nối."""

    label_related = ("party",)

    code = models.CharField(_("mã"), max_length=30, unique=True, help_text=_("Mã của sổ, ví dụ KN-2024-04."))
    kind = CodeField("technology.link_kind", verbose_name=_("loại"), help_text=_("Cung hay cầu công nghệ."))
    party = models.ForeignKey(
        Party,
        models.PROTECT,
        related_name="+",
        verbose_name=_("bên có cung, cầu"),
        help_text=_("Doanh nghiệp, tổ chức."),
    )
    subject = models.CharField(_("công nghệ"), max_length=250, help_text=_("Công nghệ cần hoặc có."))
    recorded_on = models.DateField(_("ngày ghi nhận"), help_text=_("Ngày ghi nhận nhu cầu."))
    connected_on = models.DateField(
        _("ngày kết nối"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("Ngày hai bên được kết nối; trống nếu chưa."),
    )

    class Meta(Record.Meta):
        verbose_name = _("kết nối cung - cầu")
        verbose_name_plural = _("kết nối cung - cầu")
        constraints = [
            *Record.Meta.constraints,
            in_order("recorded_on", "connected_on", "technology_link_dates_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.subject}"


@recorded
class Assessment(Record):
    """Đánh giá trình độ, năng lực công nghệ của một doanh nghiệp."""

    known_by = "id"
    label_related = ("enterprise",)

    enterprise = models.ForeignKey(
        Party,
        models.PROTECT,
        related_name="+",
        verbose_name=_("doanh nghiệp"),
        help_text=_("Doanh nghiệp được đánh giá."),
    )
    assessed_on = models.DateField(_("ngày đánh giá"), db_index=True, help_text=_("Ngày có kết quả."))
    score = models.DecimalField(_("điểm"), max_digits=5, decimal_places=2, help_text=_("Tổng điểm, từ 0 đến 100."))

    class Meta(Record.Meta):
        verbose_name = _("đánh giá trình độ công nghệ")
        verbose_name_plural = _("đánh giá trình độ công nghệ")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(score__range=(0, 100)),
                name="technology_assessment_score_0_to_100",
                violation_error_message=_("Điểm từ 0 đến 100."),
            ),
            models.UniqueConstraint(
                fields=["enterprise", "assessed_on"],
                name="technology_assessment_once",
                violation_error_message=_("Lần đánh giá này đã có trong sổ."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} · {self.score}"
