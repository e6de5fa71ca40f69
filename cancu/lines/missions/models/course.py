"""What happens to a mission on its way: councils, events, payments (domain notes A3)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cancu.core.codes import CodeField
from cancu.core.dated import in_order
from cancu.core.parties import Party
from cancu.core.record import Record, recorded
from cancu.documents.models import Document

from .missions import Mission


@recorded
class Council(Record):
    """Hội đồng tư vấn, tổ thẩm định của một nhiệm vụ."""

    label_related = ("mission",)

    code = models.CharField(
        _("mã hội đồng"), max_length=40, unique=True, help_text=_("Mã của sổ, ví dụ HĐ-NV-2023-05-NT.")
    )
    mission = models.ForeignKey(
        Mission, models.PROTECT, related_name="councils", verbose_name=_("nhiệm vụ"), help_text=_("Nhiệm vụ được xét.")
    )
    kind = CodeField(
        "missions.council_kind",
        verbose_name=_("loại hội đồng"),
        help_text=_("Xác định nhiệm vụ, tuyển chọn, thẩm định, nghiệm thu."),
    )
    decision = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("quyết định thành lập"),
        help_text=_("Quyết định thành lập hội đồng."),
    )
    formed_on = models.DateField(_("ngày thành lập"), help_text=_("Ngày quyết định thành lập."))
    met_on = models.DateField(
        _("ngày họp"), null=True, blank=True, db_index=True, help_text=_("Ngày họp; trống nếu chưa họp.")
    )
    grade = CodeField(
        "missions.grade", blank=True, verbose_name=_("xếp loại"), help_text=_("Chỉ ghi với hội đồng nghiệm thu.")
    )
    conclusion = models.TextField(_("kết luận"), blank=True, help_text=_("Kết luận của hội đồng."))

    class Meta(Record.Meta):
        verbose_name = _("hội đồng")
        verbose_name_plural = _("hội đồng")
        constraints = [*Record.Meta.constraints, in_order("formed_on", "met_on", "missions_council_met_after_forming")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.mission.code}"


@recorded
class CouncilMember(models.Model):
    """Thành viên hội đồng và phiếu của họ."""

    council = models.ForeignKey(
        Council, models.CASCADE, related_name="members", verbose_name=_("hội đồng"), help_text=_("Hội đồng tham gia.")
    )
    person = models.ForeignKey(
        Party, models.PROTECT, related_name="+", verbose_name=_("thành viên"), help_text=_("Chuyên gia được mời.")
    )
    role = CodeField(
        "missions.council_role", verbose_name=_("vai trò"), help_text=_("Chủ tịch, phản biện, ủy viên, thư ký.")
    )
    vote = CodeField(
        "missions.vote",
        blank=True,
        verbose_name=_("phiếu"),
        help_text=_("Đồng ý, không đồng ý, vắng mặt; trống nếu chưa họp."),
    )

    class Meta:
        verbose_name = _("thành viên hội đồng")
        verbose_name_plural = _("thành viên hội đồng")
        constraints = [
            models.UniqueConstraint(
                fields=["council", "person"],
                name="missions_councilmember_once",
                violation_error_message=_("Người này đã có trong hội đồng."),
            ),
            models.UniqueConstraint(
                fields=["council"],
                condition=Q(role="chair"),
                name="missions_councilmember_one_chair",
                violation_error_message=_("Hội đồng chỉ có một chủ tịch."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_role_display()}"


@recorded
class Milestone(Record):
    """Sự kiện của nhiệm vụ: quyết định, hợp đồng, kiểm tra, điều chỉnh, nghiệm thu, đăng ký, bàn giao."""

    label_related = ("mission",)
    known_by = "id"

    mission = models.ForeignKey(
        Mission,
        models.PROTECT,
        related_name="milestones",
        verbose_name=_("nhiệm vụ"),
        help_text=_("Nhiệm vụ có sự kiện này."),
    )
    kind = CodeField("missions.milestone", verbose_name=_("sự kiện"), help_text=_("Loại sự kiện."))
    happened_on = models.DateField(
        _("ngày"), db_index=True, help_text=_("Ngày của quyết định, biên bản, giấy chứng nhận.")
    )
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("văn bản"),
        help_text=_("Văn bản của sự kiện, nếu có trong sổ."),
    )
    number = models.CharField(
        _("số"), max_length=60, blank=True, help_text=_("Số quyết định, biên bản, giấy chứng nhận.")
    )
    council = models.ForeignKey(
        Council,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="milestones",
        verbose_name=_("hội đồng"),
        help_text=_("Hội đồng đã kết luận, nếu có."),
    )
    grade = CodeField("missions.grade", blank=True, verbose_name=_("xếp loại"), help_text=_("Chỉ ghi với nghiệm thu."))
    conclusion = models.TextField(
        _("nội dung, kết luận"), blank=True, help_text=_("Tóm tắt kết luận hoặc nội dung điều chỉnh.")
    )

    class Meta(Record.Meta):
        verbose_name = _("sự kiện nhiệm vụ")
        verbose_name_plural = _("sự kiện nhiệm vụ")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["mission", "kind"],
                condition=Q(kind__in=("listing", "approval", "contract", "recognition", "registration", "liquidation")),
                name="missions_milestone_once",
                violation_error_message=_("Sự kiện này chỉ có một lần với mỗi nhiệm vụ."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="acceptance") | ~Q(grade=""),
                name="missions_milestone_acceptance_graded",
                violation_error_message=_("Nghiệm thu chính thức phải có xếp loại."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.mission.code}"


@recorded
class Payment(Record):
    """Đợt cấp kinh phí cho nhiệm vụ."""

    label_related = ("mission",)
    known_by = "id"

    mission = models.ForeignKey(
        Mission, models.PROTECT, related_name="payments", verbose_name=_("nhiệm vụ"), help_text=_("Nhiệm vụ được cấp.")
    )
    round = models.PositiveSmallIntegerField(_("đợt"), help_text=_("Đợt cấp thứ mấy."))
    source = CodeField(
        "missions.source", verbose_name=_("nguồn"), help_text=_("Ngân sách tỉnh, trung ương, nguồn khác.")
    )
    amount = models.PositiveBigIntegerField(_("số tiền (đồng)"), help_text=_("Số tiền đã cấp, đơn vị đồng."))
    paid_on = models.DateField(_("ngày cấp"), db_index=True, help_text=_("Ngày chuyển tiền."))

    class Meta(Record.Meta):
        verbose_name = _("đợt cấp kinh phí")
        verbose_name_plural = _("đợt cấp kinh phí")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["mission", "source", "round"],
                name="missions_payment_round_once",
                violation_error_message=_("Đợt cấp này đã có trong sổ."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="missions_payment_amount_positive",
                violation_error_message=_("Số tiền phải lớn hơn 0."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mission.code} · {_('đợt')} {self.round}"
