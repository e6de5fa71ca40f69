"""The form of a new draft: what it is, who will sign it, its first version."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cancu.core.calendar import today
from cancu.core.codes import labels
from cancu.core.dated import valid_on
from cancu.core.people import User
from cancu.core.scope import scope_of
from cancu.core.units import Unit, UnitName
from cancu.desk.forms import DayField
from cancu.documents.opinions import DRAFTERS
from cancu.documents.outside import LARGEST, MiB
from cancu.documents.prefill import prefilled, storable
from cancu.documents.versions import open_paper

#: Fields that the first version may say itself.
READ = ("type", "title", "signer", "signer_position", "recipients")


def units_of(user: User) -> frozenset[int]:
    """The units for which ``user`` drafts."""
    return frozenset().union(*(held for role, held in scope_of(user).units_by_role.items() if role in DRAFTERS))


def uploaded(given: UploadedFile | None) -> tuple[str, bytes]:
    """Name and bytes of a file of a form. Raises ValidationError where none was chosen, or it is empty or too large."""
    if given is None:
        raise ValidationError(_("Hãy chọn tệp."))
    name, size = str(given.name), given.size or 0
    if not size:
        raise ValidationError(_("Tệp “%(name)s” rỗng. Hãy kiểm tra lại tệp gốc.") % {"name": name})
    if size > LARGEST:
        raise ValidationError(
            _("Tệp “%(name)s” lớn hơn %(limit)d MB nên không nhận. Hãy tách tệp hoặc bỏ bớt hình ảnh.")
            % {"name": name, "limit": LARGEST // MiB}
        )
    return name, given.read()


class DraftForm(forms.Form):
    """``values``, ``unit`` and ``brought`` (name and bytes of the first version, or None) once it is valid."""

    file = forms.FileField(
        label=gettext_lazy("Bản đầu tiên"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("Word hoặc PDF. Điều để trống dưới đây, máy đọc từ tệp."),
    )
    type = forms.ChoiceField(label=gettext_lazy("Tên loại"), required=False)
    title = forms.CharField(label=gettext_lazy("Trích yếu"), required=False, widget=forms.Textarea({"rows": 2}))
    owner = forms.ChoiceField(label=gettext_lazy("Đơn vị soạn"))
    signer = forms.CharField(label=gettext_lazy("Người ký"), required=False, max_length=120)
    signer_position = forms.CharField(label=gettext_lazy("Chức vụ người ký"), required=False, max_length=120)
    recipients = forms.CharField(
        label=gettext_lazy("Nơi nhận"), required=False, help_text=gettext_lazy("Cách nhau bằng dấu chấm phẩy.")
    )
    due_on = DayField(label=gettext_lazy("Hạn phải xong"), required=False)

    def __init__(self, user: User, *given: Any, **values: Any) -> None:
        super().__init__(*given, **values)
        units = (
            UnitName.objects.filter(valid_on(today()), unit__in=units_of(user))
            .order_by("parent_id", "name")
            .values_list("unit_id", "name")
        )
        self.fields["type"].choices = [("", "—"), *labels("documents.type").items()]
        self.fields["owner"].choices = [(str(key), name) for key, name in units]
        self.brought: tuple[str, bytes] | None = None

    def clean_file(self) -> UploadedFile | None:
        given: UploadedFile | None = self.cleaned_data.get("file")
        self.brought = uploaded(given) if given is not None else None
        return given

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.brought and "file" not in self.errors:
            for name, value in self._read(*self.brought).items():
                given[name] = given.get(name) or value
        for name in ("type", "title"):
            if not given.get(name) and name not in self.errors:
                self.add_error(name, _("Hãy ghi, hoặc đưa tệp có ghi."))
        return given

    def _read(self, data_name: str, data: bytes) -> dict[str, str]:
        """What the first version says of itself."""
        from vanban.reading import analyse, text_of

        try:
            tree = open_paper(data, data_name).tree
        except ValidationError as error:
            self.add_error("file", error.messages[0])
            return {}
        if tree is None:
            return {}
        found = prefilled(tree, analyse(storable(text_of(tree)))).fields
        return {name: found[name]["value"] for name in READ if name in found}

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in (*READ, "due_on")}

    @property
    def unit(self) -> Unit:
        return Unit.objects.get(pk=self.cleaned_data["owner"])
