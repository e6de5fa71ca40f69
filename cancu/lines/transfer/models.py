"""Registers of technology transfer (Luật Chuyển giao công nghệ, Nghị định 76/2018/NĐ-CP; domain notes A4)."""

from __future__ import annotations

from typing import Self

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

from .states import ClassStates, ContractStates, ProcessStates

HELD = ("held", "settled")


class ProcessQuerySet(RecordQuerySet):
    def published(self) -> Self:
        """Quy trình đã từng được công bố sẵn sàng chuyển giao; còn hay ngừng xét theo ngày."""
        return self.filter(state__in=("ready", "retired"))


@recorded
class Process(Record):
    """Quy trình công nghệ do Sở làm chủ."""

    code = models.CharField(
        _("mã quy trình"), max_length=20, unique=True, help_text=_("Mã của danh mục, ví dụ QT-021.")
    )
    name = models.CharField(
        _("tên quy trình"), max_length=250, unique=True, help_text=_("Tên đầy đủ; mỗi quy trình một tên.")
    )
    field = CodeField("transfer.field", verbose_name=_("lĩnh vực"), help_text=_("Trồng trọt, chăn nuôi, chế phẩm…"))
    origin = models.CharField(
        _("nguồn gốc"),
        max_length=250,
        blank=True,
        help_text=_("Mã nhiệm vụ KH&CN hoặc hợp đồng đã hình thành quy trình."),
    )
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("quyết định công bố"),
        help_text=_("Văn bản công nhận, công bố."),
    )
    owner = models.CharField(
        _("quyền sở hữu"), max_length=200, blank=True, help_text=_("Chủ sở hữu hoặc quyền sử dụng.")
    )
    readiness = models.PositiveSmallIntegerField(
        _("mức sẵn sàng"), default=7, help_text=_("Mức sẵn sàng công nghệ, từ 1 đến 9.")
    )
    mastered_on = models.DateField(_("ngày làm chủ"), null=True, blank=True, help_text=_("Ngày nghiệm thu kết quả."))
    ready_on = models.DateField(
        _("sẵn sàng từ ngày"), null=True, blank=True, db_index=True, help_text=_("Ngày công bố sẵn sàng chuyển giao.")
    )
    retired_on = models.DateField(
        _("sẵn sàng đến hết ngày"),
        null=True,
        blank=True,
        help_text=_("Ngày cuối cùng còn chuyển giao; trống nếu chưa ngừng."),
    )
    state = StateField(ProcessStates)

    objects = ProcessQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("quy trình công nghệ")
        verbose_name_plural = _("quy trình công nghệ")
        constraints = [
            *Record.Meta.constraints,
            in_order("mastered_on", "ready_on", "transfer_process_ready_after_mastered"),
            in_order("ready_on", "retired_on", "transfer_process_dates_in_order"),
            models.CheckConstraint(
                condition=Q(readiness__range=(1, 9)),
                name="transfer_process_readiness_1_to_9",
                violation_error_message=_("Mức sẵn sàng từ 1 đến 9."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("ready", "retired")) | Q(ready_on__isnull=False),
                name="transfer_process_ready_has_day",
                violation_error_message=_("Quy trình sẵn sàng phải có ngày công bố."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.name}"


class ClassQuerySet(RecordQuerySet):
    def held(self) -> Self:
        """Lớp đã tổ chức xong, kể cả đã quyết toán; lớp hoãn, hủy, đang học không tính."""
        return self.filter(state__in=HELD)

    def about(self, topic: str) -> Self:
        """Lớp có mang chủ đề ``topic``; một lớp có thể mang nhiều chủ đề."""
        return self.filter(topics__topic=topic)


@recorded
class TrainingClass(Record):
    """Lớp tập huấn. Đơn vị quản lý là đơn vị mở lớp."""

    label_related = ("place",)

    code = models.CharField(_("mã lớp"), max_length=20, unique=True, help_text=_("Mã của sổ, ví dụ LTH-2024-08."))
    name = models.CharField(_("tên lớp"), max_length=250, help_text=_("Tên ghi trong kế hoạch mở lớp."))
    programme = CodeField(
        "transfer.programme", verbose_name=_("chương trình"), help_text=_("Đề án hoặc nguồn chi trả.")
    )
    plan = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kế hoạch mở lớp"),
        help_text=_("Quyết định hoặc kế hoạch mở lớp."),
    )
    starts_on = models.DateField(_("khai giảng"), db_index=True, help_text=_("Ngày đầu tiên của lớp."))
    ends_on = models.DateField(_("bế giảng"), null=True, blank=True, help_text=_("Ngày cuối cùng của lớp."))
    place = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("địa bàn"),
        help_text=_("Xã, phường mở lớp."),
    )
    trainer = models.CharField(_("giảng viên"), max_length=200, blank=True, help_text=_("Người giảng."))
    learners = models.PositiveSmallIntegerField(_("số học viên"), default=0, help_text=_("Số người dự theo danh sách."))
    women = models.PositiveSmallIntegerField(_("học viên nữ"), default=0, help_text=_("Trong đó là nữ."))
    minority = models.PositiveSmallIntegerField(
        _("học viên dân tộc thiểu số"), default=0, help_text=_("Trong đó là người dân tộc thiểu số.")
    )
    cost = models.PositiveIntegerField(_("kinh phí (đồng)"), default=0, help_text=_("Kinh phí mở lớp, đơn vị đồng."))
    state = StateField(ClassStates)

    objects = ClassQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("lớp tập huấn")
        verbose_name_plural = _("lớp tập huấn")
        constraints = [
            *Record.Meta.constraints,
            in_order("starts_on", "ends_on", "transfer_class_dates_in_order"),
            models.CheckConstraint(
                condition=Q(women__lte=F("learners")),
                name="transfer_class_women_within_learners",
                violation_error_message=_("Học viên nữ không thể nhiều hơn số học viên."),
            ),
            models.CheckConstraint(
                condition=Q(minority__lte=F("learners")),
                name="transfer_class_minority_within_learners",
                violation_error_message=_("Học viên dân tộc thiểu số không thể nhiều hơn số học viên."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.name}"


@recorded
class ClassTopic(models.Model):
    """Chủ đề của lớp tập huấn."""

    training_class = models.ForeignKey(
        TrainingClass, models.CASCADE, related_name="topics", verbose_name=_("lớp"), help_text=_("Lớp mang chủ đề này.")
    )
    topic = CodeField("transfer.topic", verbose_name=_("chủ đề"), help_text=_("Một lớp có thể mang nhiều chủ đề."))

    class Meta:
        verbose_name = _("chủ đề của lớp")
        verbose_name_plural = _("chủ đề của lớp")
        constraints = [
            models.UniqueConstraint(
                fields=["training_class", "topic"],
                name="transfer_classtopic_once",
                violation_error_message=_("Lớp đã mang chủ đề này."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_topic_display())


class ContractQuerySet(RecordQuerySet):
    def signed(self) -> Self:
        """Hợp đồng đã ký, kể cả đã nghiệm thu; khảo sát và chấm dứt không tính."""
        return self.filter(state__in=("signed", "installed", "accepted"))


@recorded
class Contract(Record):
    """Hợp đồng, biên bản chuyển giao công nghệ."""

    label_related = ("receiver",)
    known_by = "number"

    number = models.CharField(_("số hợp đồng"), max_length=40, unique=True, help_text=_("Ví dụ 05/2024/HĐ-CGCN."))
    giver = models.ForeignKey(
        Party, models.PROTECT, related_name="+", verbose_name=_("bên giao"), help_text=_("Bên chuyển giao.")
    )
    receiver = models.ForeignKey(
        Party,
        models.PROTECT,
        related_name="+",
        verbose_name=_("bên nhận"),
        help_text=_("Hộ, doanh nghiệp hoặc tổ chức nhận."),
    )
    process = models.ForeignKey(
        Process,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contracts",
        verbose_name=_("quy trình"),
        help_text=_("Quy trình trong danh mục, nếu có."),
    )
    subject = models.CharField(_("đối tượng chuyển giao"), max_length=250, help_text=_("Công nghệ được chuyển giao."))
    form = CodeField("transfer.form", verbose_name=_("hình thức"), help_text=_("Độc lập hay phần trong dự án."))
    partner = CodeField(
        "transfer.partner", verbose_name=_("đối tác"), help_text=_("Nước ngoài, trong nước, viện trường.")
    )
    method = CodeField(
        "transfer.method", verbose_name=_("phương thức"), help_text=_("Tài liệu, đào tạo, cử chuyên gia.")
    )
    industry = CodeField("transfer.industry", verbose_name=_("ngành kinh tế"), help_text=_("Mã ngành cấp 1."))
    country = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("nước"),
        help_text=_("Chỉ ghi với đối tác nước ngoài."),
    )
    value = models.PositiveBigIntegerField(
        _("giá trị (đồng)"), default=0, help_text=_("Giá trị hợp đồng, đơn vị đồng.")
    )
    signed_on = models.DateField(
        _("ngày ký"), null=True, blank=True, db_index=True, help_text=_("Ngày ký hợp đồng, biên bản.")
    )
    accepted_on = models.DateField(
        _("ngày nghiệm thu"), null=True, blank=True, help_text=_("Ngày nghiệm thu, bàn giao.")
    )
    certificate = models.CharField(
        _("giấy chứng nhận đăng ký"),
        max_length=60,
        blank=True,
        help_text=_("Số giấy chứng nhận đăng ký chuyển giao công nghệ."),
    )
    registered_on = models.DateField(
        _("ngày đăng ký"), null=True, blank=True, help_text=_("Ngày cấp giấy chứng nhận đăng ký.")
    )
    state = StateField(ContractStates)

    objects = ContractQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("hợp đồng chuyển giao công nghệ")
        verbose_name_plural = _("hợp đồng chuyển giao công nghệ")
        constraints = [
            *Record.Meta.constraints,
            in_order("signed_on", "accepted_on", "transfer_contract_accepted_after_signing"),
            in_order("signed_on", "registered_on", "transfer_contract_registered_after_signing"),
            models.UniqueConstraint(
                fields=["certificate"],
                condition=~Q(certificate=""),
                name="transfer_contract_certificate_once",
                violation_error_message=_("Số giấy chứng nhận này đã dùng."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("signed", "installed", "accepted")) | Q(signed_on__isnull=False),
                name="transfer_contract_signed_has_day",
                violation_error_message=_("Hợp đồng đã ký phải có ngày ký."),
            ),
            models.CheckConstraint(
                condition=~Q(giver=F("receiver")),
                name="transfer_contract_two_sides",
                violation_error_message=_("Bên giao và bên nhận phải khác nhau."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.receiver}"
