"""The form of any record, made from its model: every field with its words, dates as people write them, relations by search."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cancu.core.codes import CodeField
from cancu.core.line import LINES, Register
from cancu.core.people import User
from cancu.core.scope import scope_of
from cancu.core.typed import typed_day
from cancu.core.units import Unit, UnitName
from cancu.desk import pick
from cancu.desk.asked import day_asked

KEPT_BY_THE_HOUSE = frozenset(("id", "entered_by", "entered_at", "confirmed_by", "confirmed_at"))


class DayField(forms.DateField):
    """A day as clerks type it: 05/02/2024, 5.2.24, 05022024 (and the ISO form that programs send)."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs.update({"placeholder": _("ngày/tháng/năm"), "autocomplete": "off", "class": "day"})

    def prepare_value(self, value: Any) -> Any:
        """Days as people write them, also those that a program wrote 2024-02-05; words that are no day as they were typed."""
        day = value if isinstance(value, dt.date) else day_asked(value)
        return f"{day:%d/%m/%Y}" if day else value

    def to_python(self, value: Any) -> dt.date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, dt.date):
            return value
        words = str(value).strip()
        try:
            return typed_day(words)
        except ValueError:
            raise ValidationError(
                _("“%(words)s” không phải một ngày có thật. Viết ngày/tháng/năm, ví dụ 05/02/2024."),
                params={"words": words},
            ) from None


class RelationField(forms.ModelChoiceField):
    """The other end of a relation: a hidden key that the page fills in, or the words typed, when they name one row."""

    def __init__(self, model: type[models.Model], user: User, **kwargs: Any) -> None:
        super().__init__(pick.choosable(model, user), **kwargs)
        self.model, self.user = model, user
        self.widget = Picker(self)

    def to_python(self, value: Any) -> Any:
        key, words = value if isinstance(value, tuple) else (value, "")
        if key:
            return super().to_python(key)
        if not words:
            return None
        found = pick.named(self.model, self.user, words)
        if found is None:
            raise ValidationError(
                _("Chưa rõ “%(words)s” là dòng nào: hãy chọn trong danh sách gợi ý, hoặc thêm mới."),
                params={"words": words},
            )
        return found

    def validate(self, value: Any) -> None:
        forms.Field.validate(self, value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(initial or "") != str((data[0] if isinstance(data, tuple) else data) or "")


class Picker(forms.Widget):
    """Two inputs: ``name`` holds the key, ``name_words`` what the person types; the list beneath comes from the server."""

    template_name = "desk/field_picker.html"

    def __init__(self, field: RelationField) -> None:
        super().__init__()
        self.field = field

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[str, str]:
        return data.get(name, "").strip(), data.get(f"{name}_words", "").strip()

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        key, words = value if isinstance(value, tuple) else (value, "")
        if key and not words:
            row = self.field.queryset.filter(pk=key).first() if str(key).isdigit() else None
            words = str(row) if row else ""
        context = super().get_context(name, key, attrs)
        context["widget"].update(
            {
                "said": context["widget"]["attrs"].get("aria-label", ""),
                "words": words,
                "model": self.field.model._meta.model_name,
            }
        )
        return context

    def id_for_label(self, id_: str, index: Any = None) -> str:
        return f"{id_}_words"


class ManyField(forms.CharField):
    """Several rows of another table, one to a line by the name they are known by: what pastes from Excel."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, model: type[models.Model], user: User, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.model, self.user = model, user
        self.known_by = "code" if model is Unit else getattr(model, "known_by", "") or "name"

    def prepare_value(self, value: Any) -> Any:
        return (
            value
            if isinstance(value, str) or value is None
            else "\n".join(str(getattr(row, self.known_by)) for row in value)
        )

    def clean(self, value: Any) -> list[Any]:
        words = [line.strip() for line in (super().clean(value) or "").splitlines() if line.strip()]
        found = {
            str(getattr(row, self.known_by)): row
            for row in pick.choosable(self.model, self.user).filter(**{f"{self.known_by}__in": words})
        }
        missing = [
            _("Dòng %(line)d: không có “%(words)s”.") % {"line": n, "words": w}
            for n, w in enumerate(words, 1)
            if w not in found
        ]
        if missing:
            raise ValidationError(missing)
        return [found[word] for word in words]


def work_units(user: User) -> dict[int, str]:
    """The units where ``user`` may enter records, with their names of today."""
    if "_work_units" in user.__dict__:
        return user.__dict__["_work_units"]
    units = scope_of(user).works_in
    names = UnitName.objects.filter(unit_id__in=units).order_by("unit_id", "valid_from").values_list("unit_id", "name")
    user._work_units = {**dict(Unit.objects.filter(pk__in=units).values_list("pk", "code")), **dict(names)}  # type: ignore[attr-defined]
    return user._work_units  # type: ignore[attr-defined]


class RecordForm(forms.ModelForm):
    """Base of every record's form. ``user`` enters or changes; constraints of the database speak in Vietnamese here."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)
        units = work_units(user)
        self.fields["owner_unit"] = forms.ModelChoiceField(
            Unit.objects.filter(pk__in=units), label=_("Đơn vị quản lý"), empty_label=None
        )
        self.fields["owner_unit"].label_from_instance = lambda unit: units.get(unit.pk, unit.code)  # type: ignore[attr-defined]


def form_of(register: type[Register], user: User) -> type[RecordForm]:
    """The class of the form of one register's records for ``user``, fields in the order of the model, notes last."""
    names = [f.name for f in register.model._meta.get_fields() if typed_by_people(f)]
    names.sort(key=lambda name: name in ("owner_unit", "note"))

    def field(target: models.Field[Any, Any], **kwargs: Any) -> forms.Field | None:
        return field_of_form(target, user, **kwargs)

    return forms.modelform_factory(register.model, form=RecordForm, fields=names, formfield_callback=field)


def typed_by_people(field: Any) -> bool:
    """Whether people type this field; the house keeps the others."""
    concrete = getattr(field, "concrete", False) and not field.auto_created
    return concrete and field.editable and field.name not in KEPT_BY_THE_HOUSE


def field_of_form(target: models.Field[Any, Any], user: User, **kwargs: Any) -> forms.Field | None:
    """The field of a form for one field of a model: days as people type them, relations by search, parties added in place."""
    words = {"label": capfirst(str(target.verbose_name)), "help_text": target.help_text, "required": not target.blank}
    if isinstance(target, models.DateField) and not isinstance(target, models.DateTimeField):
        return DayField(**words, initial=target.default if target.has_default() else None)
    if isinstance(target, models.ManyToManyField):
        return ManyField(target.related_model, user, **{**words, "help_text": _("Mỗi dòng một mã.")})
    if isinstance(target, models.ForeignKey):
        return _relation(target, user, words)
    if isinstance(target, models.URLField):
        kwargs["assume_scheme"] = "https"
    if isinstance(target, models.DecimalField):
        kwargs["localize"] = (
            True  # a comma for decimals, so in a field of text: one of numbers would show “12,5” as nothing
        )
    made = target.formfield(**kwargs)
    if made is not None:
        made.label = words["label"]
    if isinstance(target, CodeField) and made is not None:
        made.required = not target.blank
    return made


def _relation(target: models.ForeignKey[Any, Any], user: User, words: dict[str, Any]) -> forms.Field:
    model = target.related_model
    if model is Unit:
        return forms.ModelChoiceField(pick.choosable(model, user), **words)
    return RelationField(model, user, **words)


def home_unit(register: type[Register], user: User) -> int | None:
    """The unit that a new record of the register most likely belongs to: the line's own where the person works there."""
    units = work_units(user)
    line = LINES.get(register.folder)
    own = Unit.objects.filter(code=line.unit, pk__in=units).values_list("pk", flat=True).first() if line else None
    return own or next(iter(units), None)
