"""Code lists as dated data: levels, fields, kinds … that a law defines and a later law changes.

Lists ship as ``codes.yaml`` beside the models that use them and are loaded by ``cancu.core.codes.load``;
users correct them on screen. A record keeps the key in a ``CodeField``.
"""

from __future__ import annotations

import datetime as dt
import time
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from .dated import Dated, never_overlapping
from .history import recorded


@recorded
class Code(Dated):
    """One value of one list, for a time."""

    list = models.CharField(_("danh mục"), max_length=60, help_text=_("Tên danh mục, ví dụ missions.level."))
    key = models.CharField(_("mã"), max_length=60, help_text=_("Mã lưu trong hồ sơ."))
    label = models.CharField(_("tên"), max_length=300, help_text=_("Tên hiện cho người dùng."))
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=0, help_text=_("Thứ tự trong danh mục."))
    basis = models.CharField(_("căn cứ"), max_length=200, blank=True, help_text=_("Văn bản quy định."))
    verified = models.BooleanField(_("đã đối chiếu"), default=False, help_text=_("Đã đối chiếu với văn bản gốc."))

    class Meta(Dated.Meta):
        verbose_name = _("mã danh mục")
        verbose_name_plural = _("danh mục mã")
        ordering = ["list", "order", "key"]
        constraints = [*Dated.Meta.constraints, never_overlapping("list", "key", name="core_code_one_label_a_day")]

    def __str__(self) -> str:
        return self.label

    def get_list_display(self) -> str:
        """The list by where it is used, “Nhiệm vụ được giao: loại”; its code where no field uses it."""
        return _list_words().get(self.list, self.list)


@lru_cache(maxsize=1)
def _list_words() -> dict[str, str]:
    used: dict[str, list[str]] = {}
    for model in apps.get_models():
        for field in model._meta.fields:
            if isinstance(field, CodeField) and not hasattr(model, "pgh_tracked_model"):
                used.setdefault(field.list, []).append(f"{capfirst(model._meta.verbose_name)}: {field.verbose_name}")
    return {name: places[0] for name, places in used.items()}


FRESH = 10  # seconds: how long another process may still show a label that was changed in this one


@lru_cache(maxsize=1)
def _labels(_stretch: int) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for code in Code.objects.order_by("list", "order", "valid_from"):
        found.setdefault(code.list, {})[code.key] = code.label
    return found


def labels(list_name: str) -> dict[str, str]:
    """Key → newest label of a list, in order. Kept in memory until ``forget``, and never longer than ``FRESH`` seconds."""
    return _labels(int(time.monotonic() // FRESH)).get(list_name, {})


def forget() -> None:
    """Drop the labels kept in memory; called after every change of a list."""
    _labels.cache_clear()


def load(path: Path) -> int:
    """Bring a ``codes.yaml`` into the database; rows that users changed (same list, key, valid_from) stay.

    Shape: ``{list: [{key, label, valid_from?, valid_until?, basis?, verified?}, …]}``. Returns rows added."""
    rows = [
        Code(
            list=name,
            key=item["key"],
            label=item["label"],
            order=order,
            valid_from=item.get("valid_from", dt.date(1945, 9, 2)),
            valid_until=item.get("valid_until"),
            basis=item.get("basis", ""),
            verified=item.get("verified", False),
        )
        for name, items in yaml.safe_load(path.read_text("utf-8")).items()
        for order, item in enumerate(items, 1)
    ]
    known = set(Code.objects.filter(list__in={r.list for r in rows}).values_list("list", "key", "valid_from"))
    new = [row for row in rows if (row.list, row.key, row.valid_from) not in known]
    Code.objects.bulk_create(new)
    forget()
    return len(new)


class CodeField(models.CharField):
    """The key of a value of one code list, named ``"line.field"``; shown by its label."""

    def __init__(self, list: str = "", **kwargs: Any) -> None:
        self.list = list
        kwargs.setdefault("max_length", 60)
        super().__init__(**kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "cancu.core.codes.CodeField", args, {**kwargs, "list": self.list}

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        if not cls._meta.abstract:
            setattr(
                cls,
                f"get_{name}_display",
                lambda row, f=self: labels(f.list).get(getattr(row, f.attname), getattr(row, f.attname)),
            )

    def validate(self, value: Any, model_instance: Any) -> None:
        super().validate(value, model_instance)
        if value and value not in labels(self.list):
            allowed = ", ".join(labels(self.list).values())
            raise ValidationError(
                _("“%(value)s” không có trong danh mục. Giá trị được dùng: %(allowed)s."),
                params={"value": value, "allowed": allowed},
            )

    def formfield(self, **kwargs: Any) -> Any:
        from django import forms

        blank = [("", "—")] if self.blank else []
        return (
            super().formfield(form_class=forms.TypedChoiceField, choices_form_class=forms.TypedChoiceField, **kwargs)
            if self.choices
            else forms.ChoiceField(
                choices=lambda: [*blank, *labels(self.list).items()],
                required=not self.blank,
                label=self.verbose_name,
                help_text=self.help_text,
            )
        )
