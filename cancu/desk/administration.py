"""What an administrator keeps: units and their names, people and their roles, code lists, places, letterheads. All of it dated:
what was used is ended, never deleted. Content of registers stays out of an administrator's sight."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

import pghistory
from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cancu.core import codes
from cancu.core.codes import Code
from cancu.core.grants import check_grant, check_person
from cancu.core.models import Membership, Place, Unit, UnitName, User
from cancu.core.people import Role
from cancu.core.scope import scope_of
from cancu.desk.forms import DayField
from cancu.reports.models import Letterhead

SHOWN = 200


@dataclass(frozen=True)
class Kept:
    """One table of the house: its address, which fields are typed and listed, by which it is searched."""

    slug: str
    model: type[models.Model]
    fields: tuple[str, ...]
    columns: tuple[str, ...]
    search: tuple[str, ...]
    related: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        name = str(self.model._meta.verbose_name_plural)
        return capfirst(name)

    @property
    def one(self) -> str:
        return str(self.model._meta.verbose_name)

    def rows(self, words: str) -> Any:
        """The newest rows first, at most ``SHOWN``; those that fit ``words``."""
        found = Q()
        for name in self.search if words.strip() else ():
            found |= Q(**{f"{name}__icontains": words.strip()})
        return self.model._default_manager.filter(found).select_related(*self.related).order_by("-pk")[:SHOWN]


KEPT = {
    kept.slug: kept
    for kept in (
        Kept("don-vi", Unit, ("code", "successor"), ("code", "successor"), ("code",), ("successor",)),
        Kept(
            "ten-don-vi",
            UnitName,
            ("unit", "name", "short_name", "parent", "valid_from", "valid_until"),
            ("unit", "name", "parent", "valid_from", "valid_until"),
            ("name", "unit__code"),
            ("unit", "parent"),
        ),
        Kept(
            "nguoi-dung",
            User,
            ("username", "full_name", "position", "email", "is_active"),
            ("username", "full_name", "position", "is_active"),
            ("username", "full_name"),
        ),
        Kept(
            "vai-tro",
            Membership,
            ("user", "unit", "role", "with_children", "valid_from", "valid_until"),
            ("user", "role", "unit", "with_children", "valid_from", "valid_until"),
            ("user__username", "user__full_name", "unit__code"),
            ("user", "unit"),
        ),
        Kept(
            "danh-muc",
            Code,
            ("list", "key", "label", "order", "basis", "verified", "valid_from", "valid_until"),
            ("list", "key", "label", "valid_from", "valid_until", "verified"),
            ("list", "key", "label"),
        ),
        Kept(
            "dia-ban",
            Place,
            ("code", "name", "level", "parent", "became", "basis", "verified", "valid_from", "valid_until"),
            ("code", "name", "level", "valid_from", "valid_until"),
            ("code", "name"),
            ("parent",),
        ),
        Kept(
            "tieu-de",
            Letterhead,
            ("unit", "parent", "issuer", "place", "symbol", "valid_from", "valid_until"),
            ("issuer", "place", "symbol", "valid_from", "valid_until"),
            ("issuer",),
            ("unit",),
        ),
    )
}


def require_administrator(user: User) -> None:
    """Raises PermissionDenied for everybody who holds no role of administration today."""
    if Role.ADMINISTRATOR not in scope_of(user).units_by_role:
        raise PermissionDenied(_("Trang này dành cho người quản trị hệ thống."))


def form_of(kept: Kept) -> type[forms.ModelForm]:
    """The form of one table; days as clerks type them."""

    def field(target: models.Field[Any, Any], **kwargs: Any) -> forms.Field | None:
        if isinstance(target, models.DateField) and not isinstance(target, models.DateTimeField):
            return DayField(
                label=capfirst(str(target.verbose_name)), help_text=target.help_text, required=not target.blank
            )
        return target.formfield(**kwargs)

    return forms.modelform_factory(kept.model, fields=kept.fields, formfield_callback=field)


def allowed(form: forms.ModelForm, user: User) -> bool:
    """Whether the house lets ``user`` write what the valid form says; what it refuses is said in the form."""
    try:
        if isinstance(form.instance, Membership):
            check_grant(user, form.instance)
        if isinstance(form.instance, User):
            check_person(user, form.instance)
    except ValidationError as error:
        form.add_error(None, error)
    return not form.errors


def written(form: forms.ModelForm, user: User, reason: str) -> tuple[Any, str]:
    """Write the row with who and why. Returns it, and for a new person the password to hand over, which is shown once."""
    password = ""
    with transaction.atomic(), pghistory.context(user=user.pk, action="administer", reason=reason):
        row = form.save(commit=False)
        if isinstance(row, User) and row.pk is None:
            password = new_password(row)
        row.save()
    if isinstance(row, Code):
        codes.forget()
    return row, password


def new_password(user: User) -> str:
    """A password nobody has seen; its owner changes it on the account page."""
    password = secrets.token_urlsafe(9)
    user.set_password(password)
    return password
