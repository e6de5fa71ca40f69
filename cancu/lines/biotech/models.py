"""Registers of microbial preparations (Đề án theo Quyết định 324/QĐ-UBND; domain notes A2)."""

from __future__ import annotations

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cancu.core.codes import CodeField
from cancu.core.dated import in_order
from cancu.core.parties import Party
from cancu.core.places import Place
from cancu.core.record import Record, RecordQuerySet, recorded
from cancu.core.states import StateField
from cancu.documents.models import Document

from .states import BatchStates, IssueStates, ProductStates


@recorded
class Product(Record):
    """Sản phẩm chế phẩm vi sinh vật."""

    known_by = "name"

    code = models.CharField(_("mã sản phẩm"), max_length=20, unique=True, help_text=_("Mã của sổ, ví dụ CP-01."))
    name = models.CharField(
        _("tên chuẩn"),
        max_length=120,
        unique=True,
        help_text=_("Tên dùng thống nhất trong văn bản, ví dụ Nitro-QTMIC."),
    )
    other_names = models.CharField(
        _("tên gọi khác"),
        max_length=250,
        blank=True,
        help_text=_("Cách viết đã gặp trong văn bản cũ, ngăn bằng dấu chấm phẩy."),
    )
    use = CodeField("biotech.use", verbose_name=_("công dụng"), help_text=_("Ủ phân, đệm lót, ao nuôi, thức ăn…"))
    strains = models.CharField(
        _("chủng vi sinh vật"), max_length=250, blank=True, help_text=_("Các chủng có trong chế phẩm.")
    )
    form = CodeField("biotech.form", verbose_name=_("dạng"), help_text=_("Bột hay lỏng."))
    registration = models.CharField(
        _("số công bố, lưu hành"), max_length=60, blank=True, help_text=_("Số đăng ký lưu hành hoặc công bố.")
    )
    standard = models.CharField(_("tiêu chuẩn cơ sở"), max_length=60, blank=True, help_text=_("Số tiêu chuẩn cơ sở."))
    produced_from = models.DateField(
        _("sản xuất từ ngày"), null=True, blank=True, help_text=_("Ngày đưa vào sản xuất.")
    )
    produced_until = models.DateField(
        _("sản xuất đến hết ngày"),
        null=True,
        blank=True,
        help_text=_("Ngày cuối cùng còn sản xuất; trống nếu đang sản xuất."),
    )
    state = StateField(ProductStates)

    class Meta(Record.Meta):
        verbose_name = _("chế phẩm vi sinh")
        verbose_name_plural = _("chế phẩm vi sinh")
        constraints = [
            *Record.Meta.constraints,
            in_order("produced_from", "produced_until", "biotech_product_dates_in_order"),
            models.CheckConstraint(
                condition=~Q(state__in=("in_production", "stopped")) | Q(produced_from__isnull=False),
                name="biotech_product_production_has_day",
                violation_error_message=_("Chế phẩm đã sản xuất phải có ngày bắt đầu."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BatchQuerySet(RecordQuerySet):
    def tested(self) -> Self:
        """Lô đã có kết quả kiểm nghiệm, đạt hay không đạt."""
        return self.filter(tested_on__isnull=False)

    def passed(self) -> Self:
        """Lô kiểm nghiệm đạt, kể cả đã xuất hết."""
        return self.filter(state__in=("passed", "used_up"))


@recorded
class Batch(Record):
    """Lô sản xuất chế phẩm."""

    known_by = "number"
    label_related = ("product",)

    number = models.CharField(_("số lô"), max_length=40, unique=True, help_text=_("Ví dụ NITRO-2403."))
    product = models.ForeignKey(
        Product, models.PROTECT, related_name="batches", verbose_name=_("chế phẩm"), help_text=_("Chế phẩm của lô.")
    )
    made_on = models.DateField(_("ngày sản xuất"), db_index=True, help_text=_("Ngày hoàn thành lô."))
    expires_on = models.DateField(_("hạn dùng"), help_text=_("Ngày cuối cùng còn dùng được."))
    kg = models.DecimalField(
        _("khối lượng (kg)"), max_digits=10, decimal_places=2, help_text=_("Khối lượng lô, đơn vị kg.")
    )
    density = models.CharField(
        _("mật độ vi sinh (CFU/g)"), max_length=60, blank=True, help_text=_("Kết quả kiểm nghiệm, ví dụ 2,1 × 10⁸.")
    )
    tested_on = models.DateField(
        _("ngày kiểm nghiệm"), null=True, blank=True, help_text=_("Ngày có kết quả kiểm nghiệm.")
    )
    state = StateField(BatchStates)

    objects = BatchQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("lô sản xuất")
        verbose_name_plural = _("lô sản xuất")
        constraints = [
            *Record.Meta.constraints,
            in_order("made_on", "expires_on", "biotech_batch_dates_in_order"),
            in_order("made_on", "tested_on", "biotech_batch_tested_after_made"),
            models.CheckConstraint(
                condition=Q(kg__gt=0),
                name="biotech_batch_kg_positive",
                violation_error_message=_("Khối lượng phải lớn hơn 0."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("passed", "failed", "used_up")) | Q(tested_on__isnull=False),
                name="biotech_batch_result_has_day",
                violation_error_message=_("Kết quả kiểm nghiệm phải có ngày."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.product}"


@recorded
class Issue(Record):
    """Phiếu xuất, cấp chế phẩm."""

    known_by = "number"
    label_related = ("recipient",)

    number = models.CharField(_("số phiếu"), max_length=40, unique=True, help_text=_("Ví dụ PX-2024-012."))
    recipient = models.ForeignKey(
        Party, models.PROTECT, related_name="+", verbose_name=_("bên nhận"), help_text=_("Tổ chức, hộ, cá nhân nhận.")
    )
    place = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("địa bàn"),
        help_text=_("Xã, phường sử dụng."),
    )
    purpose = models.CharField(_("mục đích"), max_length=250, blank=True, help_text=_("Dùng vào việc gì."))
    programme = CodeField(
        "biotech.programme", verbose_name=_("chương trình"), help_text=_("Đề án 324 hay ngoài đề án.")
    )
    kind = CodeField("biotech.issue_kind", verbose_name=_("hình thức"), help_text=_("Cấp hỗ trợ, bán, thử nghiệm."))
    issued_on = models.DateField(_("ngày xuất"), null=True, blank=True, db_index=True, help_text=_("Ngày giao hàng."))
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("biên bản giao nhận"),
        help_text=_("Biên bản giao nhận, nếu có trong sổ."),
    )
    state = StateField(IssueStates)

    class Meta(Record.Meta):
        verbose_name = _("phiếu xuất chế phẩm")
        verbose_name_plural = _("phiếu xuất chế phẩm")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(state="issued") | Q(issued_on__isnull=False),
                name="biotech_issue_issued_has_day",
                violation_error_message=_("Phiếu đã xuất phải có ngày xuất."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.recipient}"


class IssueLineQuerySet(RecordQuerySet):
    def issued(self) -> Self:
        """Dòng của phiếu đã xuất kho; phiếu mới lập hoặc đã hủy không tính."""
        return self.filter(issue__state="issued")

    def of_scheme(self) -> Self:
        """Dòng đã xuất theo Đề án của Quyết định 324/QĐ-UBND."""
        return self.issued().filter(issue__programme="scheme_324")


#: Two clerks may issue from one batch at the same moment: the batch row is locked before its lines are added up.
NOT_MORE_THAN_BATCH = pgtrigger.Trigger(
    name="not_more_than_batch",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update,
    declare=[("whole", "numeric"), ("gone", "numeric")],
    func=pgtrigger.Func(
        """
        SELECT kg INTO whole FROM biotech_batch WHERE id = NEW.batch_id FOR UPDATE;
        SELECT sum(kg) INTO gone FROM {meta.db_table} WHERE batch_id = NEW.batch_id;
        IF gone > whole THEN
            RAISE EXCEPTION 'Xuất quá khối lượng lô: lô có % kg, đã xuất % kg.', whole, gone USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL;
        """
    ),
)


@recorded
class IssueLine(Record):
    """Dòng phiếu xuất: lô nào, bao nhiêu kg."""

    known_by = "id"
    label_related = ("issue__recipient", "batch__product")

    issue = models.ForeignKey(
        Issue, models.PROTECT, related_name="lines", verbose_name=_("phiếu xuất"), help_text=_("Phiếu chứa dòng này.")
    )
    batch = models.ForeignKey(
        Batch, models.PROTECT, related_name="lines", verbose_name=_("lô"), help_text=_("Lô được xuất.")
    )
    kg = models.DecimalField(
        _("khối lượng (kg)"), max_digits=10, decimal_places=2, help_text=_("Khối lượng xuất, đơn vị kg.")
    )
    unit_price = models.PositiveIntegerField(_("đơn giá (đồng/kg)"), default=0, help_text=_("0 khi cấp hỗ trợ."))

    objects = IssueLineQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("dòng phiếu xuất")
        verbose_name_plural = _("dòng phiếu xuất")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["issue", "batch"],
                name="biotech_issueline_batch_once",
                violation_error_message=_("Lô này đã có trong phiếu."),
            ),
            models.CheckConstraint(
                condition=Q(kg__gt=0),
                name="biotech_issueline_kg_positive",
                violation_error_message=_("Khối lượng phải lớn hơn 0."),
            ),
        ]
        triggers = [NOT_MORE_THAN_BATCH]

    def __str__(self) -> str:
        return f"{self.batch.product} {self.kg} kg · {self.issue}"


@recorded
class Transfer(Record):
    """Chuyển giao mô hình công nghệ sinh học cho hộ, cơ sở."""

    known_by = "code"
    label_related = ("recipient", "place")

    code = models.CharField(_("mã"), max_length=30, unique=True, help_text=_("Mã của sổ, ví dụ CG-2024-01."))
    recipient = models.ForeignKey(
        Party, models.PROTECT, related_name="+", verbose_name=_("bên nhận"), help_text=_("Hộ hoặc cơ sở nhận mô hình.")
    )
    technology = CodeField(
        "biotech.technology", verbose_name=_("công nghệ"), help_text=_("Công nghệ được chuyển giao.")
    )
    place = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("địa bàn"),
        help_text=_("Xã, phường đặt mô hình."),
    )
    started_on = models.DateField(_("ngày bắt đầu"), null=True, blank=True, help_text=_("Ngày khảo sát, lắp đặt."))
    handed_over_on = models.DateField(
        _("ngày bàn giao"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("Ngày biên bản bàn giao; trống nếu chưa bàn giao."),
    )
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("biên bản"),
        help_text=_("Biên bản bàn giao, nếu có trong sổ."),
    )

    class Meta(Record.Meta):
        verbose_name = _("chuyển giao mô hình")
        verbose_name_plural = _("chuyển giao mô hình")
        constraints = [
            *Record.Meta.constraints,
            in_order("started_on", "handed_over_on", "biotech_transfer_dates_in_order"),
            models.UniqueConstraint(
                fields=["recipient", "technology"],
                name="biotech_transfer_once",
                violation_error_message=_("Bên nhận này đã được chuyển giao công nghệ này."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_technology_display()} · {self.recipient}"
