"""The form by which văn thư registers what arrived: prefilled, each value beside the place where it was read."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cancu.core.calendar import today
from cancu.core.codes import labels
from cancu.core.dated import valid_on
from cancu.core.units import Unit, UnitName
from cancu.desk.forms import DayField
from cancu.desk.marked import around
from cancu.documents.arrivals import Arrival
from cancu.documents.arriving import checked_days
from cancu.documents.models import Document, Nature, canonical


def _words(name: str, required: bool = False, **widget: Any) -> forms.CharField:
    target = Document._meta.get_field(name)
    kind = forms.Textarea(attrs={"rows": 3}) if widget.pop("long", False) else forms.TextInput(attrs=widget)
    return forms.CharField(
        label=target.verbose_name,
        help_text=target.help_text,
        required=required,
        max_length=getattr(target, "max_length", None),
        widget=kind,
    )


def _day(name: str, required: bool = False) -> DayField:
    target = Document._meta.get_field(name)
    return DayField(label=target.verbose_name, help_text=target.help_text, required=required)


class UnitChoice(forms.ModelChoiceField):
    """Units by the names of today, read in one query."""

    def __init__(self) -> None:
        super().__init__(queryset=Unit.objects.none(), label=_("đơn vị nhận"), required=False, empty_label="—")

    def offer(self) -> None:
        self.queryset = Unit.objects.order_by("code")
        names = UnitName.objects.filter(valid_on(today())).order_by("name").values_list("unit_id", "name")
        self.choices = [("", "—"), *names]


class RegisterForm(forms.Form):
    """The columns of the book of arrivals and what a document says of itself."""

    number = _words("number", required=True)
    issued_on = _day("issued_on", required=True)
    type = forms.ChoiceField(label=_("tên loại"))
    issuer = forms.CharField(
        label=_("cơ quan ban hành"),
        max_length=200,
        widget=forms.TextInput(attrs={"list": "co-quan", "autocomplete": "off"}),
    )
    title = _words("title", required=True, long=True)
    nature = forms.ChoiceField(label=_("tính chất"), choices=Nature.choices)
    signer = _words("signer")
    signer_position = _words("signer_position")
    effective_on = _day("effective_on")
    due_on = _day("due_on")
    recipients = _words("recipients")
    arrived_on = _day("arrived_on", required=True)
    forwarded_to = UnitChoice()
    note = _words("note")

    def __init__(self, arrival: Arrival, *args: Any, **kwargs: Any) -> None:
        self.arrival = arrival
        read = {name: one["value"] for name, one in arrival.fields.items()}
        super().__init__(*args, initial={"arrived_on": today(), "nature": Nature.ADMINISTRATIVE, **read}, **kwargs)
        self.fields["type"].choices = [("", "—"), *labels("documents.type").items()]
        self.fields["forwarded_to"].offer()
        for name in arrival.fields:
            self.fields[name].widget.attrs |= {"data-read": "1", "aria-describedby": f"noi-{name}"}

    def clean_number(self) -> str:
        return canonical(self.cleaned_data["number"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("arrived_on") and given.get("issued_on"):
            try:
                checked_days(given)
            except ValidationError as error:
                self.add_error(None, error)
        return given

    def rows(self) -> list[dict[str, Any]]:
        """Each field with what was read for it: the words around, whether it was read at all."""
        out = []
        for bound in self:
            read = self.arrival.fields.get(bound.name)
            place = around(self.arrival.text, read["start"], read["end"]) if read and "start" in read else None
            out.append({"field": bound, "read": read is not None, "place": place})
        return out
