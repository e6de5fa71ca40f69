"""Registers of inspection (Luật Thanh tra, Luật Xử lý vi phạm hành chính; domain notes A10)."""

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

from .states import CaseStates, PetitionStates, SanctionStates


class CaseQuerySet(RecordQuerySet):
    def concluded(self) -> Self:
        """Cuộc đã ban hành kết luận; cuộc đang tiến hành không tính."""
        return self.filter(state__in=("concluded", "carried_out"))

    def inspections(self) -> Self:
        """Thanh tra chuyên ngành, và kiểm tra chuyên ngành từ khi thanh tra sở kết thúc."""
        return self.filter(kind__in=("specialised", "specialised_check"))


@recorded
class Case(Record):
    """Cuộc thanh tra, kiểm tra."""

    known_by = "code"

    code = models.CharField(_("mã cuộc"), max_length=20, unique=True, help_text=_("Ví dụ TT-2024-02."))
    kind = CodeField(
        "inspection.kind", verbose_name=_("loại"), help_text=_("Thanh tra chuyên ngành, hành chính, kiểm tra.")
    )
    field = CodeField(
        "inspection.field", verbose_name=_("lĩnh vực"), help_text=_("Một trong sáu lĩnh vực của thống kê.")
    )
    form = CodeField("inspection.form", verbose_name=_("hình thức"), help_text=_("Theo kế hoạch hay đột xuất."))
    topic = models.CharField(_("nội dung"), max_length=250, help_text=_("Việc chấp hành pháp luật được xem xét."))
    decision_number = models.CharField(
        _("số quyết định"), max_length=40, blank=True, help_text=_("Quyết định thanh tra, kiểm tra.")
    )
    leader = models.CharField(_("trưởng đoàn"), max_length=120, blank=True, help_text=_("Người dẫn đoàn."))
    started_on = models.DateField(_("ngày công bố"), help_text=_("Ngày công bố quyết định."))
    ended_on = models.DateField(
        _("ngày kết thúc trực tiếp"), null=True, blank=True, help_text=_("Để trống nếu đang tiến hành.")
    )
    conclusion_number = models.CharField(
        _("số kết luận"), max_length=40, blank=True, help_text=_("Số văn bản kết luận.")
    )
    concluded_on = models.DateField(
        _("ngày kết luận"), null=True, blank=True, db_index=True, help_text=_("Ngày ban hành kết luận.")
    )
    recommendations = models.TextField(_("kiến nghị"), blank=True, help_text=_("Kiến nghị trong kết luận."))
    state = StateField(CaseStates)

    objects = CaseQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("cuộc thanh tra, kiểm tra")
        verbose_name_plural = _("cuộc thanh tra, kiểm tra")
        constraints = [
            *Record.Meta.constraints,
            in_order("started_on", "ended_on", "inspection_case_ended_after_start"),
            in_order("ended_on", "concluded_on", "inspection_case_concluded_after_end"),
            models.CheckConstraint(
                condition=~Q(state__in=("concluded", "carried_out")) | Q(concluded_on__isnull=False),
                name="inspection_case_concluded_has_day",
                violation_error_message=_("Cuộc đã kết luận phải có ngày kết luận."),
            ),
            models.UniqueConstraint(
                models.F("conclusion_number"),
                year_of("concluded_on"),
                condition=~Q(conclusion_number=""),
                name="inspection_conclusion_once_a_year",
                violation_error_message=_("Số kết luận này đã dùng trong năm."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.topic}"


@recorded
class Subject(Record):
    """Cơ sở được thanh tra, kiểm tra trong một cuộc."""

    known_by = "code"
    label_related = ("party", "case")

    code = models.CharField(
        _("mã"), max_length=30, unique=True, help_text=_("Mã cuộc và số thứ tự, ví dụ TT-2024-02/3.")
    )
    case = models.ForeignKey(
        Case, models.CASCADE, related_name="subjects", verbose_name=_("cuộc"), help_text=_("Cuộc mà cơ sở thuộc về.")
    )
    party = models.ForeignKey(
        Party,
        models.PROTECT,
        related_name="+",
        verbose_name=_("cơ sở"),
        help_text=_("Tổ chức, cá nhân được thanh tra."),
    )
    minuted_on = models.DateField(_("ngày biên bản"), help_text=_("Ngày lập biên bản làm việc."))
    violation = models.CharField(_("vi phạm"), max_length=250, blank=True, help_text=_("Để trống nếu không vi phạm."))

    class Meta(Record.Meta):
        verbose_name = _("cơ sở được thanh tra")
        verbose_name_plural = _("cơ sở được thanh tra")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["case", "party"],
                name="inspection_subject_once_a_case",
                violation_error_message=_("Cơ sở này đã có trong cuộc."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} · {self.case.code}"


class SanctionQuerySet(RecordQuerySet):
    def fines(self, source: str) -> Self:
        """Quyết định phạt tiền đã ban hành và chưa bị hủy, từ một nguồn: ``inspection`` hoặc ``check``."""
        return self.filter(state__in=("decided", "executed"), amount__gt=0, source=source)


@recorded
class Sanction(Record):
    """Quyết định xử phạt vi phạm hành chính."""

    known_by = "number"
    label_related = ("party",)

    number = models.CharField(_("số quyết định"), max_length=40, help_text=_("Không trùng trong một năm."))
    party = models.ForeignKey(
        Party,
        models.PROTECT,
        related_name="+",
        verbose_name=_("đối tượng"),
        help_text=_("Tổ chức, cá nhân bị xử phạt."),
    )
    source = CodeField(
        "inspection.source", verbose_name=_("nguồn"), help_text=_("Từ thanh tra, kiểm tra hay chuyển đến.")
    )
    subject = models.ForeignKey(
        Subject,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sanctions",
        verbose_name=_("cơ sở trong cuộc thanh tra"),
        help_text=_("Bắt buộc khi nguồn là thanh tra."),
    )
    minute = models.CharField(
        _("biên bản vi phạm"),
        max_length=60,
        blank=True,
        help_text=_("Số biên bản vi phạm hành chính, hoặc biên bản kiểm tra làm căn cứ."),
    )
    minuted_on = models.DateField(_("ngày biên bản"), help_text=_("Ngày lập biên bản vi phạm."))
    act = models.CharField(_("hành vi"), max_length=250, help_text=_("Hành vi vi phạm."))
    ground = models.CharField(
        _("căn cứ xử phạt"), max_length=150, blank=True, help_text=_("Nghị định, điều, khoản, điểm.")
    )
    penalty = CodeField(
        "inspection.penalty", verbose_name=_("hình thức"), help_text=_("Cảnh cáo, phạt tiền, tước quyền, tịch thu.")
    )
    amount = models.PositiveBigIntegerField(
        _("tiền phạt (đồng)"), default=0, help_text=_("Đơn vị đồng; 0 nếu cảnh cáo.")
    )
    recovered = models.PositiveBigIntegerField(
        _("thu hồi (đồng)"), default=0, help_text=_("Số lợi bất hợp pháp buộc nộp lại.")
    )
    signer = models.CharField(_("người ký"), max_length=120, blank=True, help_text=_("Chức vụ người ký quyết định."))
    decided_on = models.DateField(
        _("ngày quyết định"), null=True, blank=True, db_index=True, help_text=_("Ngày ký quyết định.")
    )
    paid = models.PositiveBigIntegerField(_("đã nộp (đồng)"), default=0, help_text=_("Số tiền đã nộp."))
    paid_on = models.DateField(_("ngày nộp"), null=True, blank=True, help_text=_("Ngày nộp đủ."))
    state = StateField(SanctionStates)

    objects = SanctionQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("quyết định xử phạt")
        verbose_name_plural = _("quyết định xử phạt")
        constraints = [
            *Record.Meta.constraints,
            in_order("minuted_on", "decided_on", "inspection_sanction_decided_after_minute"),
            in_order("decided_on", "paid_on", "inspection_sanction_paid_after_decision"),
            models.CheckConstraint(
                condition=Q(paid__lte=models.F("amount") + models.F("recovered")),
                name="inspection_sanction_paid_within_amount",
                violation_error_message=_("Số đã nộp không thể nhiều hơn số phải nộp."),
            ),
            models.CheckConstraint(
                condition=Q(penalty="warning", amount=0) | ~Q(penalty="warning"),
                name="inspection_sanction_warning_without_money",
                violation_error_message=_("Cảnh cáo thì không có tiền phạt."),
            ),
            models.CheckConstraint(
                condition=~Q(source="inspection") | Q(subject__isnull=False),
                name="inspection_sanction_names_its_case",
                violation_error_message=_("Xử phạt từ thanh tra phải chỉ ra cơ sở trong cuộc thanh tra."),
            ),
            models.UniqueConstraint(
                models.F("number"),
                year_of("decided_on"),
                name="inspection_sanction_number_once_a_year",
                violation_error_message=_("Số quyết định này đã dùng trong năm."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.party}"


@recorded
class Reception(Record):
    """Lượt tiếp công dân."""

    known_by = "code"

    code = models.CharField(_("mã"), max_length=20, unique=True, help_text=_("Số trong sổ tiếp công dân."))
    received_on = models.DateField(_("ngày tiếp"), db_index=True, help_text=_("Ngày tiếp."))
    by_leader = models.BooleanField(_("lãnh đạo Sở tiếp"), default=False, help_text=_("Tiếp định kỳ của Giám đốc Sở."))
    people = models.PositiveSmallIntegerField(_("số người"), default=1, help_text=_("Số người đến."))
    crowd = models.BooleanField(_("đoàn đông người"), default=False, help_text=_("Từ 5 người trở lên về một nội dung."))
    matter = models.CharField(_("nội dung"), max_length=250, help_text=_("Điều công dân trình bày."))

    class Meta(Record.Meta):
        verbose_name = _("lượt tiếp công dân")
        verbose_name_plural = _("lượt tiếp công dân")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(people__gte=1),
                name="inspection_reception_somebody_came",
                violation_error_message=_("Số người từ 1 trở lên."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.matter}"


@recorded
class Petition(Record):
    """Đơn khiếu nại, tố cáo, kiến nghị, phản ánh."""

    known_by = "code"
    label_related = ("sender",)
    personal_fields = ("sender",)

    code = models.CharField(_("mã"), max_length=20, unique=True, help_text=_("Số trong sổ đơn thư."))
    kind = CodeField(
        "inspection.petition_kind", verbose_name=_("loại đơn"), help_text=_("Khiếu nại, tố cáo, kiến nghị, phản ánh.")
    )
    sender = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("người gửi"),
        help_text=_("Để trống với đơn nặc danh."),
    )
    received_on = models.DateField(_("ngày nhận"), db_index=True, help_text=_("Ngày vào sổ."))
    within_authority = models.BooleanField(
        _("thuộc thẩm quyền"), default=True, help_text=_("Thuộc thẩm quyền giải quyết của Sở.")
    )
    matter = models.CharField(_("nội dung"), max_length=250, help_text=_("Tóm tắt nội dung."))
    settled_on = models.DateField(_("ngày giải quyết"), null=True, blank=True, help_text=_("Ngày có kết quả."))
    state = StateField(PetitionStates)

    class Meta(Record.Meta):
        verbose_name = _("đơn thư")
        verbose_name_plural = _("đơn thư")
        constraints = [
            *Record.Meta.constraints,
            in_order("received_on", "settled_on", "inspection_petition_settled_after_receipt"),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.matter}"
