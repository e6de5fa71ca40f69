"""What a person keeps on the desk for themselves, and what search knows of every row."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from cancu.core.calendar import now, today
from cancu.core.dated import valid_on
from cancu.core.history import recorded
from cancu.core.people import Membership, Role, User
from cancu.core.units import Unit


class Watch(models.Model):
    """One indicator that one person watches: shown on the person's home page and first on the page of indicators."""

    user = models.ForeignKey(
        User,
        models.CASCADE,
        related_name="watches",
        verbose_name=_("người theo dõi"),
        help_text=_("Người chọn theo dõi chỉ tiêu."),
    )
    code = models.CharField(_("mã chỉ tiêu"), max_length=100, help_text=_("Ví dụ radiation.facilities_licensed."))
    since = models.DateTimeField(
        _("từ lúc"), default=now, help_text=_("Lúc bắt đầu theo dõi; chỉ tiêu theo dõi trước đứng trước.")
    )

    class Meta:
        verbose_name = _("chỉ tiêu theo dõi")
        verbose_name_plural = _("chỉ tiêu theo dõi")
        ordering = ["since", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "code"], name="desk_watch_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.code}"


class CalendarFeed(models.Model):
    """The secret address under which one person's deadlines are read by a calendar. Only a digest of the secret is
    kept; making a new address ends the old one."""

    user = models.OneToOneField(
        User,
        models.CASCADE,
        related_name="calendar_feed",
        verbose_name=_("người dùng"),
        help_text=_("Chủ của lịch hạn."),
    )
    secret = models.CharField(
        _("dấu của địa chỉ"), max_length=64, unique=True, help_text=_("SHA-256 của phần bí mật trong địa chỉ.")
    )
    made_at = models.DateTimeField(_("lúc tạo"), default=now, help_text=_("Lúc tạo địa chỉ."))

    class Meta:
        verbose_name = _("địa chỉ lịch hạn")
        verbose_name_plural = _("địa chỉ lịch hạn")

    def __str__(self) -> str:
        return str(self.user)


class SearchRow(models.Model):
    """What search knows of one row of one table. ``key`` is its number with nothing but letters and digits; ``words``
    are without marks, each preceded by a space."""

    source = models.CharField(_("sổ"), max_length=60, help_text=_("Bảng của hồ sơ."))
    record = models.BigIntegerField(_("hồ sơ"), help_text=_("Khóa của hồ sơ."))
    owner_unit = models.BigIntegerField(
        _("đơn vị"), null=True, help_text=_("Đơn vị giữ hồ sơ; trống nếu ai giữ vai trò cũng thấy.")
    )
    title = models.CharField(_("tên"), max_length=300, help_text=_("Tên hiện ra."))
    detail = models.CharField(_("chi tiết"), max_length=300, blank=True, help_text=_("Dòng thứ hai."))
    key = models.CharField(_("số liền"), max_length=80, blank=True, help_text=_("Số, mã viết liền không dấu."))
    words = models.TextField(_("chữ không dấu"), help_text=_("Chữ để so."))
    weight = models.SmallIntegerField(_("độ nặng"), default=2, help_text=_("Loại hồ sơ hay được tìm thì nặng hơn."))

    class Meta:
        verbose_name = _("dòng tìm kiếm")
        verbose_name_plural = _("dòng tìm kiếm")
        constraints = [models.UniqueConstraint(fields=["source", "record"], name="desk_searchrow_once")]
        indexes = [
            GinIndex(
                fields=["words"],
                opclasses=["gin_trgm_ops"],
                name="desk_search_heavy",
                condition=models.Q(weight__gte=3),
            ),
            GinIndex(
                fields=["words"], opclasses=["gin_trgm_ops"], name="desk_search_light", condition=models.Q(weight__lt=3)
            ),
            models.Index(fields=["key"], opclasses=["varchar_pattern_ops"], name="desk_search_key"),
        ]

    def __str__(self) -> str:
        return self.title


class SearchWaiting(models.Model):
    """Rows that one statement wrote and that search has not read yet. Database triggers write it, one row a statement,
    so that a bulk write or an import of any size costs one row here."""

    source = models.CharField(_("sổ"), max_length=60, help_text=_("Bảng đã ghi."))
    records = ArrayField(models.BigIntegerField(), verbose_name=_("hồ sơ"), help_text=_("Khóa của các dòng đã ghi."))
    changed = models.BooleanField(_("đã sửa"), help_text=_("Dòng cũ bị sửa: những dòng mang tên nó cũng phải đọc lại."))

    class Meta:
        verbose_name = _("dòng chờ tìm kiếm")
        verbose_name_plural = _("dòng chờ tìm kiếm")

    def __str__(self) -> str:
        return f"{self.source} ({len(self.records)})"


def belonging(user: User) -> models.QuerySet[Membership]:
    """The roles by which ``user`` belongs to a unit today; keeping the house (administration) is not belonging."""
    return Membership.objects.filter(valid_on(today()), user=user).exclude(role=Role.ADMINISTRATOR)


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def shown_to(self, user: User) -> SavedViewQuerySet:
        """One's own, then what others of one's units share there: only while both belong to the unit."""
        sharers = Membership.objects.filter(
            valid_on(today()), user=models.OuterRef("user"), unit=models.OuterRef("shared_with")
        )
        shared = models.Q(models.Exists(sharers), shared_with__in=belonging(user).values("unit"))
        return (
            self.filter(models.Q(user=user) | shared)
            .annotate(own=models.Q(user=user))
            .select_related("user", "shared_with")
            .order_by("-own", "name", "pk")
        )


class SavedView(models.Model):
    """One list as one person wants to find it again: filters, columns and order of a register, under a name. Its owner
    may share it with a unit of theirs. Who opens it sees the rows of their own scope, never the owner's."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="saved_views", verbose_name=_("người lưu"), help_text=_("Chủ của dạng xem.")
    )
    register = models.CharField(_("sổ"), max_length=80, help_text=_("Mã của sổ, ví dụ radiation.licence."))
    name = models.CharField(_("tên dạng xem"), max_length=80, help_text=_("Ví dụ “Hết hạn quý này”."))
    query = models.CharField(_("bộ lọc"), max_length=2000, blank=True, help_text=_("Phần sau dấu hỏi của địa chỉ."))
    shared_with = models.ForeignKey(
        Unit,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("chia sẻ với"),
        help_text=_("Đơn vị của chủ mà người trong đó cũng thấy dạng xem này; trống nếu chỉ mình chủ thấy."),
    )

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("dạng xem đã lưu")
        verbose_name_plural = _("dạng xem đã lưu")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "register", "name"], name="desk_savedview_once")]

    def __str__(self) -> str:
        return self.name


class SecondStep(Authenticator):
    """allauth's table of second steps under our name, so that turning one on or off is kept, whoever did it; its secret is not."""

    class Meta:
        proxy = True
        verbose_name = _("xác thực hai lớp")
        verbose_name_plural = _("xác thực hai lớp")


recorded(SecondStep, exclude=("data", "last_used_at"))
