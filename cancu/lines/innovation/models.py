"""Registers of innovation and start-ups (Kế hoạch 3690/KH-UBND; domain notes A8)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cancu.core.codes import CodeField
from cancu.core.dated import in_order
from cancu.core.parties import Party
from cancu.core.record import Record, RecordQuerySet, recorded
from cancu.core.states import StateField
from cancu.documents.models import Document

from .states import ContestStates, EntryStates, EventStates, SupportStates, ValueStates


@recorded
class Event(Record):
    """Sự kiện đổi mới sáng tạo: hội thảo, diễn đàn, tập huấn, kết nối."""

    known_by = "code"

    code = models.CharField(_("mã sự kiện"), max_length=20, unique=True, help_text=_("Ví dụ SK-2024-02."))
    kind = CodeField("innovation.event_kind", verbose_name=_("loại"), help_text=_("Hội thảo, diễn đàn, tập huấn…"))
    name = models.CharField(_("tên"), max_length=250, help_text=_("Tên đầy đủ."))
    plan = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kế hoạch"),
        help_text=_("Văn bản làm căn cứ tổ chức."),
    )
    held_on = models.DateField(_("ngày tổ chức"), null=True, blank=True, db_index=True, help_text=_("Ngày bắt đầu."))
    venue = models.CharField(_("địa điểm"), max_length=150, blank=True, help_text=_("Nơi tổ chức."))
    people = models.PositiveIntegerField(_("số người dự"), default=0, help_text=_("Theo danh sách."))
    cost = models.PositiveBigIntegerField(_("kinh phí (đồng)"), default=0, help_text=_("Đơn vị đồng."))
    state = StateField(EventStates)

    class Meta(Record.Meta):
        verbose_name = _("sự kiện đổi mới sáng tạo")
        verbose_name_plural = _("sự kiện đổi mới sáng tạo")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(state="held") | Q(held_on__isnull=False),
                name="innovation_event_held_has_day",
                violation_error_message=_("Sự kiện đã tổ chức phải có ngày."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@recorded
class Contest(Record):
    """Cuộc thi khởi nghiệp đổi mới sáng tạo."""

    known_by = "code"

    code = models.CharField(_("mã cuộc thi"), max_length=20, unique=True, help_text=_("Ví dụ CT-2024."))
    name = models.CharField(_("tên"), max_length=250, help_text=_("Tên đầy đủ."))
    launched_on = models.DateField(
        _("ngày phát động"), null=True, blank=True, db_index=True, help_text=_("Để trống khi còn soạn thể lệ.")
    )
    closes_on = models.DateField(_("hạn nhận bài"), null=True, blank=True, help_text=_("Ngày cuối cùng nhận bài."))
    awarded_on = models.DateField(
        _("ngày trao giải"), null=True, blank=True, help_text=_("Để trống nếu chưa trao giải.")
    )
    prize_money = models.PositiveBigIntegerField(_("tiền thưởng (đồng)"), default=0, help_text=_("Đơn vị đồng."))
    state = StateField(ContestStates)

    class Meta(Record.Meta):
        verbose_name = _("cuộc thi khởi nghiệp")
        verbose_name_plural = _("cuộc thi khởi nghiệp")
        constraints = [
            *Record.Meta.constraints,
            in_order("launched_on", "closes_on", "innovation_contest_closes_after_launch"),
            in_order("launched_on", "awarded_on", "innovation_contest_awarded_after_launch"),
            models.CheckConstraint(
                condition=Q(state="drafted") | Q(launched_on__isnull=False),
                name="innovation_contest_launched_has_day",
                violation_error_message=_("Cuộc thi đã phát động phải có ngày phát động."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@recorded
class Entry(Record):
    """Bài dự thi."""

    known_by = "code"
    label_related = ("contest",)

    code = models.CharField(_("mã bài"), max_length=20, unique=True, help_text=_("Ví dụ CT-2024/07."))
    contest = models.ForeignKey(
        Contest, models.PROTECT, related_name="entries", verbose_name=_("cuộc thi"), help_text=_("Cuộc thi nhận bài.")
    )
    name = models.CharField(_("tên dự án"), max_length=200, help_text=_("Tên ý tưởng, dự án."))
    team = models.ForeignKey(
        Party,
        models.PROTECT,
        related_name="+",
        verbose_name=_("nhóm tác giả"),
        help_text=_("Cá nhân hoặc nhóm dự thi."),
    )
    field = CodeField("innovation.entry_field", verbose_name=_("lĩnh vực"), help_text=_("Lĩnh vực của dự án."))
    received_on = models.DateField(_("ngày nhận"), db_index=True, help_text=_("Ngày nhận bài."))
    score = models.DecimalField(
        _("điểm"), max_digits=5, decimal_places=2, null=True, blank=True, help_text=_("Từ 0 đến 100.")
    )
    award = CodeField(
        "innovation.award", blank=True, verbose_name=_("giải"), help_text=_("Để trống nếu không đạt giải.")
    )
    state = StateField(EntryStates)

    class Meta(Record.Meta):
        verbose_name = _("bài dự thi")
        verbose_name_plural = _("bài dự thi")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["contest", "name"],
                name="innovation_entry_once_a_contest",
                violation_error_message=_("Cuộc thi này đã có dự án cùng tên."),
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__range=(0, 100)),
                name="innovation_entry_score_0_to_100",
                violation_error_message=_("Điểm từ 0 đến 100."),
            ),
            models.CheckConstraint(
                condition=Q(award="") | Q(state="valid"),
                name="innovation_entry_award_of_valid",
                violation_error_message=_("Chỉ bài hợp lệ mới được giải."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.name}"


@recorded
class Startup(Record):
    """Dự án khởi nghiệp được hỗ trợ."""

    known_by = "code"
    label_related = ("party",)

    code = models.CharField(_("mã"), max_length=20, unique=True, help_text=_("Ví dụ KN-2024-03."))
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="+", verbose_name=_("đơn vị, cá nhân"), help_text=_("Chủ dự án.")
    )
    name = models.CharField(_("tên dự án"), max_length=200, help_text=_("Tên dự án khởi nghiệp."))
    stage = CodeField(
        "innovation.stage", verbose_name=_("giai đoạn"), help_text=_("Ý tưởng, sản phẩm mẫu, có doanh thu.")
    )
    proposed_on = models.DateField(_("ngày đề nghị"), help_text=_("Ngày nhận đề nghị hỗ trợ."))
    decided_on = models.DateField(
        _("ngày quyết định"), null=True, blank=True, db_index=True, help_text=_("Ngày quyết định hỗ trợ.")
    )
    money = models.PositiveBigIntegerField(_("kinh phí hỗ trợ (đồng)"), default=0, help_text=_("Đơn vị đồng."))
    state = StateField(SupportStates)

    class Meta(Record.Meta):
        verbose_name = _("dự án khởi nghiệp được hỗ trợ")
        verbose_name_plural = _("dự án khởi nghiệp được hỗ trợ")
        constraints = [
            *Record.Meta.constraints,
            in_order("proposed_on", "decided_on", "innovation_startup_decided_after_proposal"),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.name}"


class ValueQuerySet(RecordQuerySet):
    def evidenced(self) -> Self:
        """Giá trị đã nộp có minh chứng; giá trị mới giao không tính."""
        return self.filter(state__in=("submitted", "verified", "sent")).exclude(evidence="")


@recorded
class PiiValue(Record):
    """Giá trị một chỉ số đổi mới sáng tạo cấp địa phương (PII) của một năm."""

    known_by = "code"

    code = models.CharField(_("mã"), max_length=20, unique=True, help_text=_("Năm và mã chỉ số, ví dụ 2024/1.1.2."))
    year = models.PositiveSmallIntegerField(_("năm của bộ chỉ số"), help_text=_("Năm công bố PII."))
    indicator = models.CharField(_("chỉ số"), max_length=150, help_text=_("Tên chỉ số theo sổ tay PII."))
    pillar = CodeField("innovation.pii_pillar", verbose_name=_("trụ cột"), help_text=_("Một trong bảy trụ cột."))
    value = models.DecimalField(
        _("giá trị"), max_digits=16, decimal_places=4, null=True, blank=True, help_text=_("Để trống nếu chưa có.")
    )
    measured_in = models.CharField(_("đơn vị"), max_length=30, blank=True, help_text=_("Đơn vị của giá trị."))
    data_year = models.PositiveSmallIntegerField(
        _("năm dữ liệu"), help_text=_("Thường là năm trước năm của bộ chỉ số.")
    )
    provider = models.CharField(
        _("cơ quan cung cấp"), max_length=120, blank=True, help_text=_("Sở, ngành cung cấp số liệu.")
    )
    evidence = models.CharField(_("minh chứng"), max_length=250, blank=True, help_text=_("Tên tài liệu minh chứng."))
    submitted_on = models.DateField(
        _("ngày nộp"), null=True, blank=True, db_index=True, help_text=_("Ngày nộp số liệu kèm minh chứng.")
    )
    state = StateField(ValueStates)

    objects = ValueQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("giá trị PII")
        verbose_name_plural = _("giá trị PII")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["year", "indicator"],
                name="innovation_pii_once_a_year",
                violation_error_message=_("Năm này đã có chỉ số ấy."),
            ),
            models.CheckConstraint(
                condition=Q(data_year__lte=models.F("year")),
                name="innovation_pii_data_not_after_year",
                violation_error_message=_("Năm dữ liệu không thể sau năm của bộ chỉ số."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.indicator}"
