"""Registers of international cooperation (domain notes A11)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cancu.core.codes import CodeField
from cancu.core.dated import in_order
from cancu.core.places import Place
from cancu.core.record import Record, RecordQuerySet, recorded
from cancu.core.states import StateField
from cancu.documents.models import Document

from .states import DelegationStates


@recorded
class Partner(Record):
    """Đối tác nước ngoài."""

    known_by = "name"
    label_related = ("country",)

    name = models.CharField(
        _("tên tiếng Việt"), max_length=200, unique=True, help_text=_("Tên dùng trong văn bản của Sở.")
    )
    original_name = models.CharField(
        _("tên gốc"), max_length=200, blank=True, help_text=_("Tên bằng tiếng nước ngoài; trống nếu chưa đối chiếu.")
    )
    kind = CodeField(
        "cooperation.partner_kind", verbose_name=_("loại"), help_text=_("Trường, viện, doanh nghiệp, cơ quan.")
    )
    country = models.ForeignKey(
        Place, models.PROTECT, related_name="+", verbose_name=_("nước, vùng lãnh thổ"), help_text=_("Nơi đặt trụ sở.")
    )

    class Meta(Record.Meta):
        verbose_name = _("đối tác")
        verbose_name_plural = _("đối tác")

    def __str__(self) -> str:
        return f"{self.name} ({self.original_name})" if self.original_name else self.name


class DelegationQuerySet(RecordQuerySet):
    def done(self) -> Self:
        """Đoàn đã thực hiện chuyến công tác, kể cả đã báo cáo; đoàn hủy không tính."""
        return self.filter(state__in=("done", "reported"))


@recorded
class Delegation(Record):
    """Đoàn ra, đoàn vào."""

    label_related = ("country",)

    code = models.CharField(_("mã đoàn"), max_length=30, unique=True, help_text=_("Mã của sổ, ví dụ ĐR-2024-01."))
    direction = CodeField("cooperation.direction", verbose_name=_("chiều"), help_text=_("Đoàn ra hay đoàn vào."))
    country = models.ForeignKey(
        Place,
        models.PROTECT,
        related_name="+",
        verbose_name=_("nước, vùng lãnh thổ"),
        help_text=_("Nơi đến, hoặc nơi đoàn vào từ đó tới."),
    )
    purpose = models.CharField(_("mục đích"), max_length=300, help_text=_("Nội dung làm việc."))
    field = CodeField("cooperation.field", verbose_name=_("lĩnh vực"), help_text=_("Lĩnh vực làm việc chính."))
    departs_on = models.DateField(_("ngày đi"), db_index=True, help_text=_("Ngày đi, hoặc ngày đến với đoàn vào."))
    returns_on = models.DateField(_("ngày về"), null=True, blank=True, help_text=_("Ngày cuối của chuyến công tác."))
    leader = models.CharField(_("trưởng đoàn"), max_length=120, blank=True, help_text=_("Họ tên, chức vụ trưởng đoàn."))
    members = models.PositiveSmallIntegerField(_("số người"), default=1, help_text=_("Số thành viên, gồm trưởng đoàn."))
    decision = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("quyết định cử"),
        help_text=_("Quyết định cử đoàn, nếu có trong sổ."),
    )
    funding = CodeField("cooperation.funding", verbose_name=_("nguồn kinh phí"), help_text=_("Trong nước, nước ngoài."))
    cost = models.PositiveBigIntegerField(
        _("kinh phí (đồng)"), default=0, help_text=_("Kinh phí chuyến đi, đơn vị đồng.")
    )
    result = models.TextField(_("kết quả"), blank=True, help_text=_("Kết quả chính."))
    report_due_on = models.DateField(_("hạn báo cáo"), null=True, blank=True, help_text=_("Hạn nộp báo cáo kết quả."))
    reported_on = models.DateField(_("ngày báo cáo"), null=True, blank=True, help_text=_("Ngày nộp báo cáo kết quả."))
    state = StateField(DelegationStates)

    objects = DelegationQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("đoàn công tác")
        verbose_name_plural = _("đoàn công tác")
        constraints = [
            *Record.Meta.constraints,
            in_order("departs_on", "returns_on", "cooperation_delegation_dates_in_order"),
            in_order("returns_on", "reported_on", "cooperation_delegation_reported_after_return"),
            models.CheckConstraint(
                condition=Q(members__gt=0),
                name="cooperation_delegation_has_members",
                violation_error_message=_("Đoàn phải có ít nhất một người."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.country}"


@recorded
class DelegationPartner(Record):
    """Đối tác đã làm việc trong một chuyến công tác."""

    known_by = "id"
    label_related = ("delegation__country", "partner")

    delegation = models.ForeignKey(
        Delegation, models.CASCADE, related_name="meetings", verbose_name=_("đoàn"), help_text=_("Đoàn công tác.")
    )
    partner = models.ForeignKey(
        Partner, models.PROTECT, related_name="meetings", verbose_name=_("đối tác"), help_text=_("Đối tác đã làm việc.")
    )

    class Meta(Record.Meta):
        verbose_name = _("buổi làm việc với đối tác")
        verbose_name_plural = _("buổi làm việc với đối tác")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["delegation", "partner"],
                name="cooperation_delegationpartner_once",
                violation_error_message=_("Đối tác này đã có trong đoàn."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delegation} · {self.partner.name}"


@recorded
class Agreement(Record):
    """Thỏa thuận, biên bản ghi nhớ."""

    label_related = ("partner",)

    code = models.CharField(_("mã"), max_length=30, unique=True, help_text=_("Mã của sổ, ví dụ TT-2023-01."))
    partner = models.ForeignKey(
        Partner, models.PROTECT, related_name="agreements", verbose_name=_("đối tác"), help_text=_("Bên ký.")
    )
    subject = models.CharField(_("nội dung"), max_length=300, help_text=_("Nội dung hợp tác."))
    field = CodeField("cooperation.field", verbose_name=_("lĩnh vực"), help_text=_("Lĩnh vực hợp tác."))
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("văn bản"),
        help_text=_("Bản ký, nếu có trong sổ."),
    )
    signed_on = models.DateField(_("ngày ký"), db_index=True, help_text=_("Ngày ký."))
    expires_on = models.DateField(
        _("hiệu lực đến hết ngày"),
        null=True,
        blank=True,
        help_text=_("Ngày cuối cùng còn hiệu lực; trống nếu không thời hạn."),
    )

    class Meta(Record.Meta):
        verbose_name = _("thỏa thuận")
        verbose_name_plural = _("thỏa thuận")
        constraints = [
            *Record.Meta.constraints,
            in_order("signed_on", "expires_on", "cooperation_agreement_dates_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.partner.name}"


@recorded
class InternationalEvent(Record):
    """Sự kiện quốc tế Sở tham dự."""

    known_by = "name"
    label_related = ("country",)

    name = models.CharField(_("tên sự kiện"), max_length=250, unique=True, help_text=_("Tên chính thức của sự kiện."))
    country = models.ForeignKey(
        Place, models.PROTECT, related_name="+", verbose_name=_("nước, vùng lãnh thổ"), help_text=_("Nơi tổ chức.")
    )
    city = models.CharField(_("thành phố"), max_length=120, blank=True, help_text=_("Thành phố tổ chức."))
    field = CodeField("cooperation.field", verbose_name=_("lĩnh vực"), help_text=_("Lĩnh vực của sự kiện."))
    starts_on = models.DateField(_("khai mạc"), db_index=True, help_text=_("Ngày đầu tiên."))
    ends_on = models.DateField(_("bế mạc"), null=True, blank=True, help_text=_("Ngày cuối cùng."))
    attended = models.BooleanField(_("đã tham dự"), default=True, help_text=_("Bỏ chọn nếu được mời mà không dự."))
    attendees = models.CharField(_("người dự"), max_length=250, blank=True, help_text=_("Ai dự."))

    class Meta(Record.Meta):
        verbose_name = _("sự kiện quốc tế")
        verbose_name_plural = _("sự kiện quốc tế")
        constraints = [*Record.Meta.constraints, in_order("starts_on", "ends_on", "cooperation_event_dates_in_order")]

    def __str__(self) -> str:
        return self.name
