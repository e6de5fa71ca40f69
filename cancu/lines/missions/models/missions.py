"""S&T missions and the proposals they come from (Luật KH&CN 2013, Nghị định 08/2014/NĐ-CP; domain notes A3)."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cancu.core.codes import CodeField
from cancu.core.dated import in_order
from cancu.core.parties import Party
from cancu.core.places import Place
from cancu.core.record import Record, RecordQuerySet, recorded
from cancu.core.states import StateField
from cancu.documents.models import Document

from ..states import MissionStates, ProposalStates

#: States in which a mission has not (or never) been approved; every other state needs the day of approval.
NOT_APPROVED = ("proposed", "shortlisted", "selecting", "appraising", "not_selected")
#: States in which the work is over; they need the last day of it.
OVER = ("accepted", "failed", "recognised", "registered", "liquidated", "applied", "stopped", "terminated")


class MissionQuerySet(RecordQuerySet):
    def approved(self) -> Self:
        """Nhiệm vụ đã có quyết định phê duyệt, kể cả đã kết thúc."""
        return self.filter(approved_on__isnull=False)

    def listed(self) -> Self:
        """Nhiệm vụ đã được đưa vào danh mục bằng quyết định."""
        return self.filter(listed_on__isnull=False)


@recorded
class Mission(Record):
    """Nhiệm vụ khoa học và công nghệ các cấp."""

    label_related = ("host",)

    code = models.CharField(_("mã nhiệm vụ"), max_length=30, unique=True, help_text=_("Mã của sổ, ví dụ NV-2023-05."))
    title = models.CharField(_("tên nhiệm vụ"), max_length=400, help_text=_("Tên đúng như quyết định phê duyệt."))
    kind = CodeField("missions.kind", verbose_name=_("loại"), help_text=_("Đề tài, dự án, đề án…"))
    level = CodeField("missions.level", verbose_name=_("cấp quản lý"), help_text=_("Quốc gia, bộ, tỉnh, cơ sở."))
    field = CodeField("missions.field", verbose_name=_("lĩnh vực"), help_text=_("Một trong sáu lĩnh vực khoa học."))
    objective = CodeField(
        "missions.objective",
        verbose_name=_("mục tiêu kinh tế - xã hội"),
        help_text=_("Một trong mười bốn mục tiêu của biểu thống kê."),
    )
    leader = models.ForeignKey(
        Party,
        models.PROTECT,
        related_name="+",
        verbose_name=_("chủ nhiệm"),
        help_text=_("Cá nhân chủ nhiệm; biểu thống kê cần giới tính."),
    )
    host = models.ForeignKey(
        Party, models.PROTECT, related_name="+", verbose_name=_("tổ chức chủ trì"), help_text=_("Tổ chức ký hợp đồng.")
    )
    partners = models.ManyToManyField(
        Party,
        related_name="+",
        blank=True,
        verbose_name=_("đơn vị phối hợp"),
        help_text=_("Các tổ chức phối hợp thực hiện."),
    )
    applier = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("đơn vị ứng dụng"),
        help_text=_("Nơi nhận và dùng kết quả."),
    )
    method = CodeField(
        "missions.method", verbose_name=_("phương thức"), help_text=_("Tuyển chọn, giao trực tiếp, tài trợ, đặt hàng.")
    )
    biotech = models.BooleanField(
        _("công nghệ sinh học"), default=False, help_text=_("Nhiệm vụ nghiên cứu, ứng dụng công nghệ sinh học.")
    )
    place = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("địa bàn"),
        help_text=_("Nơi thực hiện chính."),
    )
    listing = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("quyết định danh mục"),
        help_text=_("Quyết định phê duyệt danh mục."),
    )
    listed_on = models.DateField(
        _("ngày vào danh mục"), null=True, blank=True, help_text=_("Ngày quyết định phê duyệt danh mục.")
    )
    listed_until = models.DateField(
        _("chờ phê duyệt đến hết ngày"),
        null=True,
        blank=True,
        help_text=_("Ngày cuối cùng còn chờ trong danh mục; máy ghi khi phê duyệt, tự nhập khi không được chọn."),
    )
    approval = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("quyết định phê duyệt"),
        help_text=_("Quyết định phê duyệt nhiệm vụ."),
    )
    approved_on = models.DateField(
        _("ngày phê duyệt"), null=True, blank=True, db_index=True, help_text=_("Ngày quyết định phê duyệt thực hiện.")
    )
    contract_number = models.CharField(
        _("số hợp đồng"), max_length=40, blank=True, help_text=_("Số hợp đồng thực hiện.")
    )
    contract_on = models.DateField(
        _("ngày ký hợp đồng"), null=True, blank=True, help_text=_("Ngày ký hợp đồng thực hiện.")
    )
    planned_end_on = models.DateField(
        _("ngày kết thúc theo hợp đồng"), null=True, blank=True, help_text=_("Hạn cuối theo hợp đồng.")
    )
    extended_to = models.DateField(_("gia hạn đến"), null=True, blank=True, help_text=_("Hạn cuối sau khi gia hạn."))
    ended_on = models.DateField(
        _("ngày cuối cùng thực hiện"),
        null=True,
        blank=True,
        help_text=_("Ngày nghiệm thu chính thức, đình chỉ hoặc chấm dứt; trống nếu đang thực hiện."),
    )
    budget_state = models.PositiveBigIntegerField(
        _("ngân sách nhà nước (đồng)"), default=0, help_text=_("Kinh phí được duyệt từ ngân sách, đơn vị đồng.")
    )
    budget_other = models.PositiveBigIntegerField(
        _("nguồn khác (đồng)"), default=0, help_text=_("Kinh phí ngoài ngân sách, đơn vị đồng.")
    )
    state = StateField(MissionStates)

    objects = MissionQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("nhiệm vụ khoa học và công nghệ")
        verbose_name_plural = _("nhiệm vụ khoa học và công nghệ")
        constraints = [
            *Record.Meta.constraints,
            in_order("listed_on", "approved_on", "missions_mission_listed_before_approved"),
            in_order("approved_on", "contract_on", "missions_mission_contract_after_approval"),
            in_order("contract_on", "planned_end_on", "missions_mission_end_after_contract"),
            in_order("planned_end_on", "extended_to", "missions_mission_extended_later"),
            in_order("approved_on", "ended_on", "missions_mission_ended_after_approval"),
            models.CheckConstraint(
                condition=Q(listed_on__isnull=True)
                | Q(approved_on__isnull=True)
                | Q(listed_until__lt=F("approved_on")),
                name="missions_mission_waiting_ends_with_approval",
                violation_error_message=_("Nhiệm vụ đã phê duyệt phải hết chờ trong danh mục trước ngày phê duyệt."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=NOT_APPROVED) | Q(approved_on__isnull=False),
                name="missions_mission_state_needs_approval",
                violation_error_message=_("Trạng thái này cần có ngày phê duyệt."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=OVER) | Q(ended_on__isnull=False),
                name="missions_mission_state_needs_end",
                violation_error_message=_("Trạng thái này cần có ngày cuối cùng thực hiện."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Approval ends the waiting in the list the day before."""
        if self.approved_on and self.listed_on:
            self.listed_until = self.approved_on - dt.timedelta(days=1)
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "listed_until"}
        super().save(*args, **kwargs)


@recorded
class Proposal(Record):
    """Phiếu đề xuất nhiệm vụ."""

    label_related = ("proposer",)

    code = models.CharField(
        _("số phiếu"), max_length=30, unique=True, help_text=_("Số của phiếu đề xuất, ví dụ ĐX-2024-07.")
    )
    title = models.CharField(_("tên đề xuất"), max_length=400, help_text=_("Tên nhiệm vụ được đề xuất."))
    proposer = models.ForeignKey(
        Party,
        models.PROTECT,
        related_name="+",
        verbose_name=_("tổ chức, cá nhân đề xuất"),
        help_text=_("Người gửi phiếu."),
    )
    need = models.TextField(_("tính cấp thiết"), blank=True, help_text=_("Vì sao cần thực hiện."))
    application = models.CharField(
        _("địa chỉ ứng dụng"), max_length=250, blank=True, help_text=_("Nơi sẽ dùng kết quả.")
    )
    plan_year = models.PositiveSmallIntegerField(_("năm kế hoạch"), help_text=_("Năm kế hoạch, bốn chữ số."))
    received_on = models.DateField(_("ngày nhận"), db_index=True, help_text=_("Ngày Sở nhận phiếu."))
    decided_on = models.DateField(_("ngày xét"), null=True, blank=True, help_text=_("Ngày hội đồng tư vấn kết luận."))
    mission = models.ForeignKey(
        Mission,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("nhiệm vụ hình thành"),
        help_text=_("Nhiệm vụ được lập từ đề xuất này."),
    )
    state = StateField(ProposalStates)

    class Meta(Record.Meta):
        verbose_name = _("đề xuất nhiệm vụ")
        verbose_name_plural = _("đề xuất nhiệm vụ")
        constraints = [
            *Record.Meta.constraints,
            in_order("received_on", "decided_on", "missions_proposal_decided_after_receipt"),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.title}"
