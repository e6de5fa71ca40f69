"""What comes in: a file that waits to be registered with what was read in it, and the tasks found in a document."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cancu.core.calendar import now
from cancu.core.people import Role, User
from cancu.core.scope import scope_of
from cancu.core.units import Unit


class ArrivalState(models.TextChoices):
    WAITING = "waiting", _("Chờ đọc")
    READ = "read", _("Chờ vào sổ")
    REFUSED = "refused", _("Từ chối")
    REGISTERED = "registered", _("Đã vào sổ")


class ArrivalQuerySet(models.QuerySet):
    def seen_by(self, user: User) -> Self:
        """What waits for the books that ``user`` keeps."""
        return self.filter(body_id__in=books_of(user))

    def open(self) -> Self:
        """Chưa vào sổ: chờ đọc, đã đọc, hoặc bị từ chối mà chưa ai xóa."""
        return self.exclude(state=ArrivalState.REGISTERED)


class Arrival(models.Model):
    """Một tệp vừa đến, chờ vào sổ: điều máy đọc được và ở đâu trong văn bản. Tệp bị từ chối không được giữ lại."""

    body = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name=_("nơi nhận"), help_text=_("Đơn vị giữ sổ văn bản đến.")
    )
    name = models.CharField(
        _("tên tệp"), max_length=200, blank=True, help_text=_("Để trống với văn bản giấy, nhập tay.")
    )
    sha256 = models.CharField(
        _("mã nội dung"), max_length=64, blank=True, db_index=True, help_text=_("SHA-256 của tệp.")
    )
    size = models.BigIntegerField(_("cỡ"), default=0, help_text=_("Số byte."))
    kind = models.CharField(_("dạng tệp"), max_length=10, blank=True, help_text=_("docx, doc, pdf, edxml…"))
    brought_by = models.ForeignKey(
        User,
        models.PROTECT,
        related_name="+",
        verbose_name=_("người đưa vào"),
        help_text=_("Người đưa tệp vào, hoặc chạy lệnh theo dõi thư mục."),
    )
    brought_at = models.DateTimeField(_("lúc đến"), default=now, help_text=_("Thời điểm tệp đến."))
    state = models.CharField(
        _("tình trạng"),
        max_length=10,
        choices=ArrivalState.choices,
        default=ArrivalState.WAITING,
        db_index=True,
        help_text=_("Chờ đọc, chờ vào sổ, từ chối, đã vào sổ."),
    )
    refusal = models.TextField(_("vì sao từ chối"), blank=True, help_text=_("Lý do và cách sửa."))
    text = models.TextField(_("lời văn"), blank=True, help_text=_("Chữ đọc được từ tệp."))
    found = models.JSONField(
        _("đọc được"), default=dict, help_text=_("Trường → giá trị và chỗ đứng trong lời văn; viện dẫn; nhiệm vụ.")
    )
    changed = models.JSONField(
        _("đã sửa"), null=True, blank=True, help_text=_("Các trường người vào sổ sửa lại; rỗng là giữ nguyên tất cả.")
    )
    document = models.ForeignKey(
        "documents.Document",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="arrivals",
        verbose_name=_("văn bản"),
        help_text=_("Văn bản đã vào sổ từ tệp này."),
    )

    objects = ArrivalQuerySet.as_manager()

    class Meta:
        verbose_name = _("văn bản vừa đến")
        verbose_name_plural = _("văn bản vừa đến")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name or str(_("Văn bản giấy"))

    @property
    def waiting_path(self) -> Path:
        """Where the bytes lie until they are registered or refused."""
        return Path(settings.VAR) / "arriving" / str(self.pk)

    def bytes(self) -> bytes:
        return self.waiting_path.read_bytes()

    def let_go(self) -> None:
        """Drop the waiting bytes."""
        self.waiting_path.unlink(missing_ok=True)

    @property
    def fields(self) -> dict[str, Any]:
        """Field → what was read for it: ``value``, ``start`` and ``end`` in ``text`` (absent where it stands nowhere)."""
        return self.found.get("fields", {})


class FoundTaskState(models.TextChoices):
    PROPOSED = "proposed", _("Đề xuất")
    TAKEN = "taken", _("Đã vào chương trình")
    DISMISSED = "dismissed", _("Bỏ qua")


class FoundTask(models.Model):
    """Nhiệm vụ, thời hạn đọc thấy trong một văn bản; chờ người nhận vào chương trình công tác hoặc bỏ qua."""

    document = models.ForeignKey(
        "documents.Document",
        models.CASCADE,
        related_name="found_tasks",
        verbose_name=_("văn bản"),
        help_text=_("Văn bản giao việc."),
    )
    item = models.CharField(_("mục"), max_length=60, blank=True, help_text=_("Điều, mục của văn bản."))
    content = models.TextField(_("nội dung"), help_text=_("Câu giao việc, nguyên văn."))
    deadline_text = models.CharField(_("thời hạn ghi"), max_length=120, blank=True, help_text=_("Viết như văn bản."))
    deadline_on = models.DateField(_("hạn"), null=True, blank=True, help_text=_("Ngày cuối còn trong hạn."))
    state = models.CharField(
        _("tình trạng"),
        max_length=10,
        choices=FoundTaskState.choices,
        default=FoundTaskState.PROPOSED,
        help_text=_("Đề xuất, đã vào chương trình, bỏ qua."),
    )

    class Meta:
        verbose_name = _("nhiệm vụ đọc thấy")
        verbose_name_plural = _("nhiệm vụ đọc thấy")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.content

    def settle(self, state: str) -> None:
        """Take it up or pass it over, once. Raises ValidationError where that was done already."""
        if not type(self).objects.filter(pk=self.pk, state=FoundTaskState.PROPOSED).update(state=state):
            raise ValidationError(_("Nhiệm vụ này đã được nhận hoặc bỏ qua."))
        self.state = state


def books_of(user: User) -> frozenset[int]:
    """The units whose book of arrivals ``user`` keeps: where they are văn thư (Decree 30/2020, Article 22)."""
    return scope_of(user).units_by_role.get(Role.CLERK, frozenset())


def body_of(user: User) -> Unit:
    """The unit whose book ``user`` keeps. Raises PermissionDenied for who keeps none."""
    found = Unit.objects.filter(pk__in=books_of(user)).order_by("pk").first()
    if found is None:
        raise PermissionDenied(_("Chỉ văn thư được vào sổ văn bản đến."))
    return found
