"""Entering and changing a record on a form; a field is checked when it is left, and nothing typed is ever lost."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cancu.core.line import LINES, Register
from cancu.core.parties import Party, PartyKind
from cancu.core.reading import log_reading
from cancu.core.scope import may_edit, scope_of
from cancu.desk import pick
from cancu.desk.asked import number_asked
from cancu.desk.entry import differences, likely_same, mark_of, saved
from cancu.desk.forms import RecordForm, RelationField, form_of, home_unit
from cancu.desk.rows_form import Rows, row_form, rows_of
from cancu.desk.views.registers import register_or_404, seen


def create(request: HttpRequest, folder: str, model: str) -> HttpResponse:
    """A new record; ``?facility=12`` fills a field, ``?tu=34`` copies record 34 (a renewal) but for its number and days."""
    register = _entered(folder, model)
    if not scope_of(request.user).works_in:
        raise PermissionDenied(_("Bạn không giữ vai trò nhập hồ sơ ở đơn vị nào."))
    made = form_of(register, request.user)
    if request.method != "POST":
        return _page(
            request,
            register,
            made(user=request.user, initial=_given(request, register)),
            rows_of(register, None, request.user),
        )
    form = made(request.POST, user=request.user)
    if checked := request.GET.get("kiem"):
        return _field(request, form, checked)
    rows = rows_of(register, form.instance, request.user, request.POST)
    if not _valid(form, rows):
        return _page(request, register, form, rows)
    same, outside = likely_same(register, form.instance, request.user)
    if (same or outside) and not request.POST.get("still", "").strip():
        return _page(request, register, form, rows, same=same, outside=outside)
    record = saved(form, request.user, reason=request.POST.get("still", ""), rows=rows)
    return _after(request, register, form, rows, record, _("Đã ghi vào sổ, chờ xác nhận."))


def change(request: HttpRequest, folder: str, model: str, pk: int) -> HttpResponse:
    """Change a record that is not yet confirmed."""
    register = _entered(folder, model)
    record = seen(request, register, pk)
    if not may_edit(request.user, record):
        raise PermissionDenied(
            _(
                "Hồ sơ đã xác nhận, hoặc bạn không nhập hồ sơ ở đơn vị này. Hồ sơ đã xác nhận phải được trả lại trước khi sửa."
            )
        )
    made = form_of(register, request.user)
    if request.method != "POST":
        if register.model.personal_fields:
            log_reading(request.user, record)
        return _page(
            request,
            register,
            made(instance=record, user=request.user),
            rows_of(register, record, request.user),
            mark=mark_of(record),
        )
    form = made(request.POST, instance=record, user=request.user)
    if checked := request.GET.get("kiem"):
        return _field(request, form, checked)
    rows = rows_of(register, form.instance, request.user, request.POST)
    if not _valid(form, rows):
        return _page(request, register, form, rows, mark=request.POST.get("mark", ""))
    written = saved(form, request.user, request.POST.get("mark", ""), request.POST.get("reason", ""), rows)
    if written is None and form.non_field_errors():
        return _page(request, register, form, rows, mark=mark_of(record), differ=differences(form))
    return _after(request, register, form, rows, written, _("Đã sửa hồ sơ."))


def _valid(form: RecordForm, rows: list[Rows]) -> bool:
    """Every form is tried, so that all that is wrong is said at once."""
    return all([form.is_valid(), *(one.is_valid() for one in rows)])


def _entered(folder: str, model: str) -> type[Register]:
    """The register, if its rows are entered on forms."""
    register = register_or_404(folder, model)
    if not register.by_form:
        raise Http404
    return register


def offer(request: HttpRequest, folder: str, model: str, field: str) -> HttpResponse:
    """The rows that fit what is typed in a picker, and the way to add a party that is not known yet."""
    target = _picker(register_or_404(folder, model), field, request.user)
    if not isinstance(target, RelationField):
        raise Http404
    words = request.GET.get(f"{field}_words", "")
    context = {
        "rows": pick.offered(target.model, request.user, words),
        "words": words,
        "field": field,
        "adds": target.model is Party and scope_of(request.user).works_in,
        "kinds": PartyKind.choices,
    }
    return render(request, "desk/field_offer.html", context)


def _picker(register: type[Register], field: str, user: Any) -> Any:
    """The field of a picker: of the record's form, or of one of its rows (“lines-0-batch”)."""
    relation, _dash, rest = field.partition("-")
    if relation in register.rows:
        return row_form(register, relation, user).fields.get(rest.partition("-")[2])
    return form_of(register, user)(user=user).fields.get(field)


@require_POST
def add_party(request: HttpRequest) -> HttpResponse:
    """A party named in a picker and not known yet: written down, then chosen. The rest of its data follows later."""
    if not scope_of(request.user).works_in:
        raise PermissionDenied(_("Bạn không giữ vai trò nhập hồ sơ ở đơn vị nào."))
    name, kind = " ".join(request.POST.get("name", "").split()), request.POST.get("kind", "")
    if not name or kind not in PartyKind.values:
        return render(
            request,
            "desk/field_offer.html",
            {"rows": [], "words": name, "refused": _("Hãy gõ tên và chọn loại tổ chức, cá nhân.")},
        )
    known = pick.named(Party, request.user, name)
    party = known or Party.objects.create(name=name[:250], kind=kind)
    return render(
        request, "desk/field_offer.html", {"rows": [party], "words": name, "chosen": True, "known": known is not None}
    )


def _given(request: HttpRequest, register: type[Register]) -> dict[str, Any]:
    """Values of a new form: the line's unit, what the address names, what a copied record says."""
    found: dict[str, Any] = {"owner_unit": home_unit(register, request.user)}
    if copied := number_asked(request.GET.get("tu")):
        source = seen(request, register, copied)
        found |= {
            f.name: getattr(source, f.attname)
            for f in source._meta.fields
            if f.is_relation or f.get_internal_type() == "CharField"
        }
        found.pop(register.model.known_by, None)
        if any(f.name == "previous" for f in source._meta.fields):
            found["previous"] = source.pk
    return found | {
        name: value for name, value in request.GET.items() if name in {f.name for f in register.model._meta.fields}
    }


def _field(request: HttpRequest, form: RecordForm, name: str) -> HttpResponse:
    """One field with its errors, for the page to put in its place."""
    if name not in form.fields:
        raise Http404
    form.is_valid()
    return render(request, "desk/field.html", {"field": form[name], "address": request.path})


def _page(
    request: HttpRequest, register: type[Register], form: RecordForm, rows: list[Rows], **more: Any
) -> HttpResponse:
    refused = form.is_bound and not _valid(form, rows)
    context = {
        "register": register,
        "line": LINES.get(register.folder),
        "form": form,
        "rows": rows,
        "wrong_rows": any(one.is_bound and not one.is_valid() for one in rows),
        "record": form.instance if form.instance.pk else None,
        **more,
    }
    return render(request, "desk/form.html", context, status=422 if refused else 200)


def _after(
    request: HttpRequest, register: type[Register], form: RecordForm, rows: list[Rows], record: Any, words: str
) -> HttpResponse:
    if record is None:
        return _page(request, register, form, rows)
    messages.success(request, words)
    address = [register.folder, register.model._meta.model_name]
    if "again" in request.POST:
        return redirect(reverse("create-record", args=address))
    return redirect("record", *address, record.pk)
