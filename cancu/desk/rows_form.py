"""The rows of a record on the record's own form: the lines of a delivery, the tests of a sample, the members of a council.

A register names them in ``rows``; they are written in one transaction with the record, each with its own history. A row
that somebody has confirmed is shown and stays as it is.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cancu.core.line import Register
from cancu.core.people import User
from cancu.core.record import Record

from .forms import KEPT_BY_THE_HOUSE, field_of_form, typed_by_people

#: Empty rows offered at once: a page without script can still add some.
SPARE = 3
MOST = 500


class RowForm(forms.ModelForm):
    """One row. ``user`` enters it; an empty row asks for nothing."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = field.label
            if (
                isinstance(field, forms.ChoiceField)
                and not isinstance(field, forms.ModelChoiceField)
                and next(iter(field.choices), ("x",))[0]
            ):
                field.choices = [("", "—"), *field.choices]  # else an untouched row would already have chosen
        self.settled = bool(self.instance.pk and getattr(self.instance, "confirmed_at", None))
        if self.settled:
            for field in self.fields.values():
                field.disabled = True


class Rows(forms.BaseInlineFormSet):
    """The rows of one relation of one record."""

    @property
    def heading(self) -> str:
        return capfirst(str(self.model._meta.verbose_name_plural))

    @property
    def columns(self) -> list[Any]:
        """The fields that a person sees, in order; without the mark that takes a row out."""
        return [field for field in self.empty_form.visible_fields() if field.name != "DELETE"]

    def clean(self) -> None:
        for form in self.deleted_forms:
            if form.settled:
                raise ValidationError(
                    _("“%(row)s” đã được xác nhận nên không bỏ ra được; phải trả lại dòng ấy trước.")
                    % {"row": form.instance}
                )

    def written_with(self, record: Any, user: User) -> None:
        """Write the rows beneath ``record``; they belong to its unit and were entered by ``user``."""
        self.instance = record
        for row in self.save(commit=False):
            setattr(row, self.fk.name, record)
            if isinstance(row, Record):
                row.owner_unit_id = record.owner_unit_id
                if row.pk is None:
                    row.entered_by = user
            row.save()
        for row in self.deleted_objects:
            row.delete()
        self.save_m2m()


def rows_of(register: type[Register], record: Any, user: User, data: Any = None) -> list[Rows]:
    """The rows written on the form of one record, a formset for each relation that its register names."""
    return [
        _formset(register, name, user)(data, instance=record, prefix=name, form_kwargs={"user": user})
        for name in register.rows
    ]


def row_form(register: type[Register], name: str, user: User) -> Any:
    """An empty row of one relation, for the offers of its pickers."""
    return _formset(register, name, user)(prefix=name, form_kwargs={"user": user}).empty_form


def _formset(register: type[Register], name: str, user: User) -> type[Rows]:
    relation = register.model._meta.get_field(name)
    child = relation.related_model
    kept = {*KEPT_BY_THE_HOUSE, "owner_unit", "note", relation.field.name}
    names = [
        f.name
        for f in child._meta.get_fields()
        if typed_by_people(f) and f.name not in kept and not isinstance(f, models.ManyToManyField)
    ]

    def field(target: models.Field[Any, Any], **kwargs: Any) -> forms.Field | None:
        return field_of_form(target, user, **kwargs)

    return forms.inlineformset_factory(
        register.model,
        child,
        form=RowForm,
        formset=Rows,
        fk_name=relation.field.name,
        fields=names,
        formfield_callback=field,
        extra=SPARE,
        max_num=MOST,
        absolute_max=MOST,
        can_delete=True,
    )
