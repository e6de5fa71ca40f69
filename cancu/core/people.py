"""People who sign in, and the roles they hold in units, from one day to another."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .dated import Dated
from .history import recorded
from .units import Unit


class User(AbstractUser):
    """Someone who signs in. What they may do follows from their roles alone, never from ``is_superuser``."""

    first_name = None
    last_name = None
    full_name = models.CharField(_("họ và tên"), max_length=120, help_text=_("Tên hiện bên cạnh mỗi việc đã làm."))
    position = models.CharField(_("chức vụ"), max_length=120, blank=True, help_text=_("Chức vụ in trên văn bản."))

    username = models.CharField(
        _("tên đăng nhập"),
        max_length=150,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": _("Tên đăng nhập này đã có người dùng.")},
        help_text=_("Chữ, số và các dấu @ . + - _; không dấu cách."),
    )
    email = models.EmailField(
        _("địa chỉ thư"),
        blank=True,
        help_text=_("Nhận thư nhắc; cổng đăng nhập của tỉnh nhận ra người theo địa chỉ này."),
    )
    is_active = models.BooleanField(
        _("được đăng nhập"),
        default=True,
        help_text=_("Bỏ chọn khi người này nghỉ hoặc chuyển đi; việc đã làm vẫn mang tên họ."),
    )

    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = _("người dùng")
        verbose_name_plural = _("người dùng")

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)


class Role(models.TextChoices):
    """What someone does in a unit (lines.md, part F)."""

    DIRECTOR = "director", _("Giám đốc")
    DEPUTY = "deputy", _("Phó Giám đốc")
    UNIT_HEAD = "unit_head", _("Trưởng đơn vị")
    SPECIALIST = "specialist", _("Chuyên viên")
    CLERK = "clerk", _("Văn thư")
    ONE_STOP = "one_stop", _("Cán bộ một cửa")
    INSPECTOR = "inspector", _("Thanh tra viên")
    LABORATORY = "laboratory", _("Kiểm định viên, thử nghiệm viên")
    ADMINISTRATOR = "administrator", _("Quản trị hệ thống")


@recorded
class Membership(Dated):
    """One role of one person in one unit, for a time. It reaches the units below unless told otherwise."""

    user = models.ForeignKey(
        User,
        models.CASCADE,
        related_name="memberships",
        verbose_name=_("người dùng"),
        help_text=_("Người giữ vai trò."),
    )
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        related_name="memberships",
        verbose_name=_("đơn vị"),
        help_text=_("Đơn vị nơi giữ vai trò."),
    )
    role = models.CharField(
        _("vai trò"), max_length=20, choices=Role.choices, help_text=_("Vai trò quyết định việc được làm.")
    )
    with_children = models.BooleanField(
        _("kèm đơn vị con"), default=True, help_text=_("Bỏ chọn nếu chỉ trong đúng đơn vị này.")
    )

    class Meta(Dated.Meta):
        verbose_name = _("vai trò trong đơn vị")
        verbose_name_plural = _("vai trò trong đơn vị")

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.unit}"
