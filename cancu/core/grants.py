"""What an administrator may not do with roles. An administrator has no say over content; so that they reach none by a
grant, nobody gives, changes or ends a role of their own: it takes two people, and one administrator always stays."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .people import Membership, User

#: What makes a role that role; another one is a new row, so that what was done under the old one stays explained.
FIXED = ("user_id", "unit_id", "role")


def check_grant(by: User, given: Membership) -> None:
    """Raise ValidationError where ``by`` may not write ``given`` (a new row, or one with changed days)."""
    before = Membership.objects.filter(pk=given.pk).first() if given.pk else None
    if by.pk in (given.user_id, before.user_id if before else None):
        raise ValidationError(_("Không ai tự cấp, tự đổi vai trò của mình; hãy nhờ người quản trị khác."))
    if before and any(getattr(before, name) != getattr(given, name) for name in FIXED):
        raise ValidationError(
            _("Không đổi người, đơn vị, vai trò của dòng đã có: hãy ghi ngày cuối rồi thêm vai trò mới.")
        )
    same = Membership.objects.filter(user=given.user_id, unit=given.unit_id, role=given.role).exclude(pk=given.pk)
    for other in same:
        starts_before_end = given.valid_until is None or other.valid_from <= given.valid_until
        if starts_before_end and (other.valid_until is None or given.valid_from <= other.valid_until):
            raise ValidationError(_("Người này đã giữ vai trò ấy trong đơn vị trong khoảng ngày này."))


def check_person(by: User, given: User) -> None:
    """Raise ValidationError where an administrator would switch themselves off."""
    if by.pk == given.pk and not given.is_active:
        raise ValidationError({"is_active": _("Không ai tự khóa tài khoản của mình.")})
