"""What goes from agency to agency: one document to or from one other agency, its statuses, the signatures it bears."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cancu.core.attachments import Attachment
from cancu.core.calendar import now
from cancu.core.people import User

from . import signing


class StatusCode(models.TextChoices):
    """Decision 28/2018/QĐ-TTg as agencies have built it."""

    ARRIVED = "01", _("Đã đến")
    REFUSED = "02", _("Từ chối tiếp nhận")
    RECEIVED = "03", _("Đã tiếp nhận")
    ASSIGNED = "04", _("Đã phân công")
    WORKING = "05", _("Đang xử lý")
    DONE = "06", _("Hoàn thành")
    RECALL_ASKED = "13", _("Yêu cầu lấy lại")
    RECALL_AGREED = "15", _("Đồng ý lấy lại")
    RECALL_REFUSED = "16", _("Từ chối lấy lại")


class BusinessKind(models.TextChoices):
    NEW = "0", _("Gửi mới")
    RECALL = "1", _("Thu hồi")
    UPDATE = "2", _("Cập nhật")
    REPLACE = "3", _("Thay thế")


class TransferQuerySet(models.QuerySet):
    def seen_by(self, user: User) -> Self:
        """Lượt gửi của văn bản người này thấy, lượt nhận chờ vào sổ người này giữ."""
        from .arrivals import Arrival
        from .models import Document

        return self.filter(
            models.Q(document__in=Document.objects.seen_by(user)) | models.Q(arrival__in=Arrival.objects.seen_by(user))
        )

    def asked_back(self) -> Self:
        """Cơ quan khác xin lấy lại mà Sở chưa trả lời."""
        answered = TransferStatus.objects.filter(code__in=(StatusCode.RECALL_AGREED, StatusCode.RECALL_REFUSED)).values(
            "transfer_id"
        )
        return self.filter(incoming=True, business=BusinessKind.RECALL).exclude(pk__in=answered)

    def unsent(self) -> Self:
        """Gửi đi, hoặc báo trạng thái, mà lượt gần nhất không được."""
        return self.exclude(problem="")

    def turned_down(self) -> Self:
        """Nơi nhận từ chối văn bản Sở gửi mà chưa gửi lại, hoặc từ chối trả lại."""
        kept = TransferStatus.objects.filter(code=StatusCode.RECALL_REFUSED).values("transfer_id")
        same = {name: models.OuterRef(name) for name in ("incoming", "organ", "packet", "business")}
        again = Transfer.objects.filter(pk__gt=models.OuterRef("pk"), **same)
        refused = models.Q(refused=True) & ~models.Exists(again)
        return self.filter(refused | models.Q(pk__in=kept), incoming=False)


class Transfer(models.Model):
    """Một văn bản gửi tới, hoặc nhận từ, một cơ quan khác qua gói tin edXML."""

    name = models.UUIDField(
        _("tên gói"), default=uuid.uuid4, unique=True, editable=False, help_text=_("Tên tệp trong thư mục trao đổi.")
    )
    incoming = models.BooleanField(_("nhận"), default=False, help_text=_("Nhận từ cơ quan khác; nếu không là gửi đi."))
    organ = models.CharField(_("mã định danh"), max_length=35, help_text=_("Mã định danh của cơ quan bên kia."))
    organ_name = models.CharField(_("cơ quan"), max_length=200, blank=True, help_text=_("Tên cơ quan bên kia."))
    packet = models.CharField(
        _("mã văn bản"), max_length=200, help_text=_("DocumentId của gói tin: mã định danh, ngày, số ký hiệu.")
    )
    number = models.CharField(_("số, ký hiệu"), max_length=60, help_text=_("Số, ký hiệu của văn bản."))
    day = models.DateField(_("ngày"), null=True, blank=True, help_text=_("Ngày của văn bản."))
    business = models.CharField(
        _("nghiệp vụ"),
        max_length=1,
        choices=BusinessKind.choices,
        default=BusinessKind.NEW,
        help_text=_("Gửi mới, thu hồi, cập nhật, thay thế."),
    )
    reason = models.CharField(
        _("lý do"), max_length=500, blank=True, help_text=_("Bắt buộc khi thu hồi, cập nhật, thay thế.")
    )
    document = models.ForeignKey(
        "documents.Document",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="transfers",
        verbose_name=_("văn bản"),
        help_text=_("Văn bản gửi đi; của lượt nhận thì theo phiếu đến."),
    )
    arrival = models.ForeignKey(
        "documents.Arrival",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="transfers",
        verbose_name=_("phiếu đến"),
        help_text=_("Văn bản vừa đến chờ vào sổ; trống khi văn thư đã bỏ."),
    )
    files = models.ManyToManyField(
        Attachment, blank=True, related_name="+", verbose_name=_("tệp gửi"), help_text=_("Các tệp đi cùng gói tin.")
    )
    made_by = models.ForeignKey(
        User,
        models.PROTECT,
        related_name="+",
        verbose_name=_("người gửi, nhận"),
        help_text=_("Văn thư gửi, hoặc chạy lệnh nhận."),
    )
    made_at = models.DateTimeField(
        _("lúc gửi, nhận"), default=now, help_text=_("Thời điểm bấm gửi, hoặc nhận gói tin.")
    )
    written_at = models.DateTimeField(
        _("lúc ghi ra"), null=True, blank=True, help_text=_("Lúc gói tin nằm trong thư mục gửi, hoặc nơi nhận đã nhận.")
    )
    refused = models.BooleanField(
        _("bị từ chối"), default=False, help_text=_("Nơi nhận từ chối tiếp nhận; văn bản ấy được gửi lại lượt khác.")
    )
    problem = models.CharField(
        _("vì sao chưa gửi được"),
        max_length=500,
        blank=True,
        help_text=_("Lỗi của lượt gửi gần nhất; trống khi gửi được."),
    )

    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = _("lượt gửi nhận")
        verbose_name_plural = _("lượt gửi nhận")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["incoming", "organ", "packet", "business"],
                condition=models.Q(refused=False),
                name="documents_transfer_once",
                violation_error_message=_("Văn bản này đã gửi tới cơ quan ấy."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.organ_name or self.organ}"

    @property
    def last(self) -> Any:
        """The latest status, by the order of their codes; None before any came."""
        return max(self.statuses.all(), key=lambda one: one.code, default=None)


class TransferStatus(models.Model):
    """Một trạng thái của lượt gửi nhận: bên nhận báo, bên gửi ghi."""

    transfer = models.ForeignKey(
        Transfer,
        models.CASCADE,
        related_name="statuses",
        verbose_name=_("lượt gửi nhận"),
        help_text=_("Lượt gửi nhận."),
    )
    code = models.CharField(_("trạng thái"), max_length=2, choices=StatusCode.choices, help_text=_("Mã trạng thái."))
    words = models.CharField(_("diễn giải"), max_length=500, blank=True, help_text=_("Lý do, đơn vị được phân công."))
    at = models.DateTimeField(_("lúc"), default=now, help_text=_("Thời điểm bên nhận ghi."))
    written_at = models.DateTimeField(
        _("lúc ghi ra"), null=True, blank=True, help_text=_("Lúc thông điệp nằm trong thư mục gửi; lượt gửi thì trống.")
    )

    class Meta:
        verbose_name = _("trạng thái gửi nhận")
        verbose_name_plural = _("trạng thái gửi nhận")
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["transfer", "code"], name="documents_transferstatus_once")]

    def __str__(self) -> str:
        return self.get_code_display()


class FoundSignature(models.Model):
    """Một chữ ký số đọc thấy trên tệp PDF, với kết quả kiểm tra lúc tệp đến hoặc lúc ký."""

    attachment = models.ForeignKey(
        Attachment, models.CASCADE, related_name="signatures", verbose_name=_("tệp"), help_text=_("Tệp mang chữ ký.")
    )
    field = models.CharField(_("ô ký"), max_length=200, blank=True, help_text=_("Tên ô ký trong tệp."))
    signer = models.CharField(_("người ký"), max_length=250, blank=True, help_text=_("Tên trong chứng thư số."))
    at = models.DateTimeField(_("lúc ký"), null=True, blank=True, help_text=_("Theo lời bên ký."))
    valid = models.BooleanField(_("hợp lệ"), help_text=_("Chữ ký đúng với khóa của chứng thư số và nội dung."))
    intact = models.BooleanField(_("nguyên vẹn"), help_text=_("Nội dung đã ký không đổi."))
    trusted = models.BooleanField(_("tin cậy"), help_text=_("Chứng thư số dẫn tới tổ chức chứng thực mà Sở tin."))
    whole = models.BooleanField(_("trọn tệp"), help_text=_("Sau khi ký không ai thêm gì ngoài chữ ký khác."))
    problem = models.CharField(_("vì sao"), max_length=250, blank=True, help_text=_("Vì sao không kiểm tra được."))
    checked_at = models.DateTimeField(_("lúc kiểm tra"), default=now, help_text=_("Thời điểm máy kiểm tra."))

    class Meta:
        verbose_name = _("chữ ký số")
        verbose_name_plural = _("chữ ký số")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.signer or self.field

    @property
    def good(self) -> bool:
        return self.valid and self.intact and self.trusted and self.whole

    @property
    def in_words(self) -> list[Any]:
        """What the check found, a sentence each."""
        if self.problem:
            return [self.problem]
        return [
            _("Nội dung nguyên vẹn từ lúc ký.") if self.intact else _("Nội dung đã bị đổi sau khi ký."),
            _("Chữ ký khớp với chứng thư số.") if self.valid else _("Chữ ký không khớp với chứng thư số."),
            _("Chứng thư số do tổ chức Sở tin cậy cấp.")
            if self.trusted
            else _("Chứng thư số không dẫn tới tổ chức nào Sở tin cậy."),
            _("Sau khi ký không ai thêm gì.") if self.whole else _("Sau khi ký có phần được thêm vào."),
        ]


def keep_signatures(attachment: Attachment) -> None:
    """Check every signature of a PDF that was stored, and keep what was found; other files have none."""
    if attachment.type != "application/pdf":
        return
    try:
        found = signing.check(attachment.read())
    except ValidationError as error:
        FoundSignature.objects.create(
            attachment=attachment,
            valid=False,
            intact=False,
            trusted=False,
            whole=False,
            problem=error.messages[0][:250],
        )
        return
    FoundSignature.objects.bulk_create(
        FoundSignature(
            attachment=attachment,
            field=one.field[:200],
            signer=one.signer[:250],
            at=one.at,
            valid=one.valid,
            intact=one.intact,
            trusted=one.trusted,
            whole=one.whole,
        )
        for one in found
    )


def folders(root: Path) -> tuple[Path, Path]:
    """Where packets go out and come in: ``gui`` and ``nhan``; made when missing."""
    out, into = root / "gui", root / "nhan"
    for folder in (out, into):
        folder.mkdir(parents=True, exist_ok=True)
    return out, into
