"""Inspection campaigns, the visits made in them, and what each visit looked at."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cancu.core.codes import CodeField
from cancu.core.dated import in_order
from cancu.core.parties import Party
from cancu.core.record import Record, recorded
from cancu.core.states import StateField
from cancu.documents.models import Document

from ..states import CampaignStates


@recorded
class Campaign(Record):
    """Đợt kiểm tra về tiêu chuẩn, đo lường, chất lượng."""

    known_by = "code"

    code = models.CharField(_("mã đợt"), max_length=20, unique=True, help_text=_("Ví dụ KT-2024-03."))
    topic = models.CharField(_("chuyên đề"), max_length=200, help_text=_("Nội dung kiểm tra."))
    kind = CodeField("quality.campaign_kind", verbose_name=_("hình thức"), help_text=_("Theo kế hoạch hay đột xuất."))
    decision = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("quyết định"),
        help_text=_("Quyết định hoặc kế hoạch kiểm tra."),
    )
    interagency = models.BooleanField(_("liên ngành"), default=False, help_text=_("Có cơ quan khác phối hợp."))
    partners = models.CharField(
        _("cơ quan phối hợp"), max_length=200, blank=True, help_text=_("Tên các cơ quan phối hợp.")
    )
    started_on = models.DateField(_("ngày bắt đầu"), db_index=True, help_text=_("Ngày bắt đầu đợt."))
    ended_on = models.DateField(_("ngày kết thúc"), null=True, blank=True, help_text=_("Để trống nếu đang kiểm tra."))
    state = StateField(CampaignStates)

    class Meta(Record.Meta):
        verbose_name = _("đợt kiểm tra")
        verbose_name_plural = _("đợt kiểm tra")
        constraints = [
            *Record.Meta.constraints,
            in_order("started_on", "ended_on", "quality_campaign_dates_in_order"),
            models.CheckConstraint(
                condition=Q(interagency=True) | Q(partners=""),
                name="quality_campaign_partners_of_interagency",
                violation_error_message=_("Có cơ quan phối hợp thì đợt phải là liên ngành."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.topic}"


@recorded
class Visit(Record):
    """Một lượt kiểm tra tại một cơ sở, hộ kinh doanh."""

    known_by = "number"
    label_related = ("establishment",)

    number = models.CharField(_("số biên bản"), max_length=30, unique=True, help_text=_("Ví dụ KT-2024-03/118."))
    campaign = models.ForeignKey(
        Campaign,
        models.PROTECT,
        related_name="visits",
        verbose_name=_("đợt kiểm tra"),
        help_text=_("Đợt mà lượt này thuộc về."),
    )
    establishment = models.ForeignKey(
        Party,
        models.PROTECT,
        related_name="+",
        verbose_name=_("cơ sở"),
        help_text=_("Tổ chức, hộ kinh doanh được kiểm tra."),
    )
    visited_on = models.DateField(_("ngày kiểm tra"), db_index=True, help_text=_("Ngày lập biên bản."))
    outcome = CodeField(
        "quality.outcome", verbose_name=_("xử lý"), help_text=_("Không vi phạm, nhắc nhở, tạm dừng, chuyển thanh tra…")
    )
    violation = models.CharField(_("vi phạm"), max_length=250, blank=True, help_text=_("Hành vi vi phạm, nếu có."))

    class Meta(Record.Meta):
        verbose_name = _("lượt kiểm tra")
        verbose_name_plural = _("lượt kiểm tra")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["campaign", "establishment", "visited_on"],
                name="quality_visit_once_a_day",
                violation_error_message=_("Cơ sở này đã có lượt kiểm tra trong ngày ở đợt này."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.establishment}"


@recorded
class GoodsCheck(Record):
    """Loại hàng hóa được kiểm tra trong một lượt."""

    known_by = "code"
    label_related = ("visit__establishment",)

    code = models.CharField(_("mã dòng"), max_length=40, unique=True, help_text=_("Số biên bản và số thứ tự."))
    visit = models.ForeignKey(
        Visit,
        models.CASCADE,
        related_name="goods",
        verbose_name=_("lượt kiểm tra"),
        help_text=_("Lượt mà dòng này thuộc về."),
    )
    kind = CodeField(
        "quality.product_kind", verbose_name=_("loại hàng hóa"), help_text=_("Theo danh mục loại hàng hóa.")
    )
    samples = models.PositiveSmallIntegerField(
        _("số mẫu"), default=0, help_text=_("Số mẫu lấy để thử nghiệm, kiểm tra.")
    )
    passed = models.BooleanField(_("đạt"), default=True, help_text=_("Nhãn, chất lượng đạt yêu cầu."))

    class Meta(Record.Meta):
        verbose_name = _("hàng hóa được kiểm tra")
        verbose_name_plural = _("hàng hóa được kiểm tra")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["visit", "kind"],
                name="quality_goods_once_a_visit",
                violation_error_message=_("Lượt này đã có loại hàng hóa ấy."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.get_kind_display()}"


@recorded
class InstrumentCheck(Record):
    """Phương tiện đo được kiểm tra trong một lượt."""

    known_by = "code"
    label_related = ("visit__establishment",)

    code = models.CharField(_("mã dòng"), max_length=40, unique=True, help_text=_("Số biên bản và số thứ tự."))
    visit = models.ForeignKey(
        Visit,
        models.CASCADE,
        related_name="instruments",
        verbose_name=_("lượt kiểm tra"),
        help_text=_("Lượt mà dòng này thuộc về."),
    )
    kind = CodeField(
        "quality.instrument_kind", verbose_name=_("loại phương tiện đo"), help_text=_("Cân, cột đo xăng dầu…")
    )
    quantity = models.PositiveSmallIntegerField(_("số lượng"), help_text=_("Số phương tiện đo đã kiểm tra."))
    expired = models.PositiveSmallIntegerField(
        _("quá hạn kiểm định"), default=0, help_text=_("Trong đó, số phương tiện hết hạn kiểm định.")
    )
    wrong = models.PositiveSmallIntegerField(
        _("sai số vượt mức"), default=0, help_text=_("Trong đó, số phương tiện có sai số vượt mức cho phép.")
    )

    class Meta(Record.Meta):
        verbose_name = _("phương tiện đo được kiểm tra")
        verbose_name_plural = _("phương tiện đo được kiểm tra")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(quantity__gte=1),
                name="quality_instruments_at_least_one",
                violation_error_message=_("Số lượng từ 1 trở lên."),
            ),
            models.CheckConstraint(
                condition=Q(expired__lte=models.F("quantity")) & Q(wrong__lte=models.F("quantity")),
                name="quality_instruments_parts_within_whole",
                violation_error_message=_("Số quá hạn hoặc sai số không thể nhiều hơn số đã kiểm tra."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.get_kind_display()}"
