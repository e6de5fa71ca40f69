"""Registers: the list behind every figure, and one record with its history and the reports that rest on it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cancu.core.codes import labels
from cancu.core.jobs import ask
from cancu.core.line import LINES, REGISTERS, Register, register_of
from cancu.core.people import User
from cancu.core.reading import log_reading
from cancu.core.scope import may_confirm, may_edit, scope_of, works_on
from cancu.core.sheets.export import form_of
from cancu.core.states import states_of
from cancu.core.units import Unit
from cancu.desk.asked import number_asked
from cancu.desk.attempt import attempt
from cancu.desk.bulk import bulk_acts, done_to_each
from cancu.desk.cells import Column, Row
from cancu.desk.facts import columns_of, facts, with_named
from cancu.desk.laid import laid
from cancu.desk.lists import Listing
from cancu.desk.models import SavedView, belonging
from cancu.desk.navigation import window_of
from cancu.desk.templatetags.desk import plural
from cancu.documents.models import Document, RecordDocument
from cancu.indicators import Flow, breakdown, compute
from cancu.indicators.declaration import INDICATORS
from cancu.reports.models import EvidenceRow

#: Rows of one request of many, and refusals told of it.
BULK, TOLD = 200, 8


def register_or_404(folder: str, model: str) -> type[Register]:
    found = REGISTERS.get(f"{folder}.{model}")
    if found is None:
        raise Http404
    return found


def listing(request: HttpRequest, folder: str, model: str) -> HttpResponse:
    register = register_or_404(folder, model)
    shown = Listing(register, request.user, request.GET)
    context = {
        "register": register,
        "line": LINES.get(folder),
        "list": shown,
        "shown_columns": {c.name for c in shown.columns},
        "window": window_of(request),
        "views": SavedView.objects.filter(register=register.code).shown_to(request.user),
        "own_units": Unit.objects.filter(pk__in=belonging(request.user).values("unit")),
        "has_form": form_of(register) is not None,
        "may_enter": register.by_form and bool(scope_of(request.user).works_in),
        "bulk_acts": bulk_acts(register, request.user),
    }
    return render(request, "desk/register.html", context)


def strip(request: HttpRequest, folder: str, model: str) -> HttpResponse:
    """The figures of a register, asked after its list is there: they count whole tables, the list does not."""
    register = register_or_404(folder, model)
    window = window_of(request)
    wanted = [INDICATORS[code] for code in register.figures if code in INDICATORS]
    found = compute(wanted, [window, window.previous()], confirmed=True)
    shown = [{"now": found[i.code, window], "before": found[i.code, window.previous()]} for i in wanted]
    flow = next((one["now"] for one in shown if isinstance(getattr(one["now"].indicator, "when", None), Flow)), None)
    months = replace(breakdown.chart(flow, by="month"), shape="spark") if flow else None
    return render(request, "desk/register_strip.html", {"strip": shown, "flow": flow, "months": months})


@require_POST
def save_view(request: HttpRequest, folder: str, model: str) -> HttpResponse:
    """Keep the list as it is filtered, sorted and laid out now under a name; drop one kept before, or share it."""
    register = register_or_404(folder, model)
    own = SavedView.objects.filter(user=request.user, register=register.code)
    if request.POST.get("drop"):
        own.filter(pk=number_asked(request.POST["drop"])).delete()
        return redirect("register", folder=folder, model=model)
    if request.POST.get("share"):
        share(request, own)
        return redirect("register", folder=folder, model=model)
    name, query = " ".join(request.POST.get("name", "").split())[:80], request.POST.get("query", "")[:2000]
    if name:
        own.update_or_create(name=name, defaults={"query": query, "user": request.user, "register": register.code})
        messages.success(request, _("Đã lưu dạng xem “%(name)s”.") % {"name": name})
    else:
        messages.error(request, _("Hãy đặt tên cho dạng xem."))
    return redirect(f"{reverse('register', args=[folder, model])}?{query}")


def share(request: HttpRequest, own: QuerySet[SavedView]) -> None:
    """``share=view:unit`` shares one's view with a unit one belongs to; ``view:`` takes it back."""
    asked, _colon, unit = request.POST["share"].partition(":")
    view = get_object_or_404(own, pk=number_asked(asked))
    view.shared_with = (
        Unit.objects.filter(pk__in=belonging(request.user).values("unit")).filter(pk=number_asked(unit)).first()
    )
    if unit and view.shared_with is None:
        messages.error(request, _("Chỉ chia sẻ được với đơn vị mà bạn đang thuộc về."))
        return
    view.save(update_fields=["shared_with"])
    words = (
        _("Người trong %(unit)s nay cũng thấy dạng xem “%(name)s”.")
        if unit
        else _("Dạng xem “%(name)s” nay chỉ mình bạn thấy.")
    )
    messages.success(request, words % {"name": view.name, "unit": view.shared_with})


def choose_columns(request: HttpRequest, folder: str, model: str) -> HttpResponse:
    """The same list with the columns that were marked."""
    register_or_404(folder, model)
    query = QueryDict(request.GET.get("query", ""), mutable=True)
    query["cot"] = ",".join(request.GET.getlist("c"))
    return redirect(f"{reverse('register', args=[folder, model])}?{query.urlencode()}")


@require_POST
def bulk(request: HttpRequest, folder: str, model: str) -> HttpResponse:
    """Do ``act`` (``other`` where it is chosen from the list of steps) to the rows marked, or as long work to every row that
    the filters let through; what was refused is said row by row."""
    register = register_or_404(folder, model)
    act = request.POST.get("other", "") if request.POST.get("act") == "other" else request.POST.get("act", "confirm")
    reason, query = request.POST.get("reason", ""), request.POST.get("back", "")
    acts = bulk_acts(register, request.user)
    if act not in acts:
        messages.error(request, _("Bạn không giữ vai trò được làm việc này với các dòng đã chọn."))
    elif request.POST.get("all"):
        label = _("%(act)s mọi dòng khớp bộ lọc: %(register)s") % {
            "act": acts[act],
            "register": register.model._meta.verbose_name_plural,
        }
        given = {"register": register.code, "query": query, "act": act, "reason": reason}
        return redirect("job", pk=ask("desk.bulk", request.user, label, **given).pk)
    else:
        _marked(request, register, act, acts[act], reason)
    return redirect(f"{reverse('register', args=[folder, model])}?{query}")


def _marked(request: HttpRequest, register: type[Register], act: str, label: str, reason: str) -> None:
    marked = [number_asked(pk) for pk in request.POST.getlist("row")][:BULK]
    rows = register.model.objects.seen_by(request.user).filter(pk__in=marked)
    if not rows:
        messages.error(request, _("Hãy chọn ít nhất một dòng."))
        return
    done, refused = done_to_each(rows.select_related(*register.model.label_related), act, request.user, reason)
    if done:
        messages.success(request, _("%(act)s: %(n)d hồ sơ.") % {"act": label, "n": done})
    for words in refused[:TOLD]:
        messages.error(request, words)
    if len(refused) > TOLD:
        messages.error(request, _("… và %(n)d hồ sơ khác không được.") % {"n": len(refused) - TOLD})


def seen(request: HttpRequest, register: type[Register], pk: int) -> Any:
    """The record, as far as who asks may see it, with what its name needs."""
    return get_object_or_404(
        register.model.objects.seen_by(request.user).select_related("owner_unit", *register.model.label_related), pk=pk
    )


def record(request: HttpRequest, folder: str, model: str, pk: int) -> HttpResponse:
    register = register_or_404(folder, model)
    columns = columns_of(register)
    found = get_object_or_404(
        with_named(register.model.objects.seen_by(request.user).select_related("owner_unit"), columns), pk=pk
    )
    if register.model.personal_fields:
        log_reading(request.user, found)
    states = states_of(register.model)
    context = {
        "register": register,
        "line": LINES.get(folder),
        "record": found,
        "facts": facts(found, columns, request.user),
        "files": laid(request.user, found),
        "lays_files": works_on(request.user, found),
        "documents": RecordDocument.objects.of(found).filter(document__in=Document.objects.seen_by(request.user)),
        "roles": labels("documents.record_role").items(),
        "related": [_related(request, found, name) for name in register.related],
        "history": _history(found),
        "used_in": _used_in(found),
        "people": _people(found),
        "moves": states.open_moves(found, request.user) if states else [],
        "may_edit": register.by_form and may_edit(request.user, found),
        "may_send_back": found.confirmed_at is not None and may_confirm(request.user, found),
        "may_enter": register.by_form and bool(scope_of(request.user).works_in),
        "may_confirm": found.confirmed_at is None and may_confirm(request.user, found),
    }
    return render(request, "desk/record_panel.html" if request.htmx else "desk/record.html", context)


def _history(found: Any) -> Any:
    """The newest events of the record, and why each was done."""
    return (
        found.history.order_by("-pgh_id")
        .select_related("pgh_context")
        .only("pgh_created_at", "pgh_label", "pgh_context__metadata")[:20]
        if hasattr(found, "history")
        else []
    )


def _used_in(found: Any) -> QuerySet[EvidenceRow]:
    """The figures of reports that were counted from the record, newest report first."""
    rows = (
        EvidenceRow.objects.filter(table=found._meta.label_lower, record=found.pk)
        .select_related("node__section__report")
        .order_by("-node__section__report__pk")
    )
    report = [f"node__section__report__{name}" for name in ("title", "number", "symbol")]
    return rows.only("node__code", "node__shown", "node__section__code", *report)[:20]


def _people(found: Any) -> dict[str, User | None]:
    """Who entered and who confirmed the record, in one query; joined to it they would make a long plan of a short search."""
    known = User.objects.only("full_name", "username").in_bulk({found.entered_by_id, found.confirmed_by_id} - {None})
    return {"entered": known.get(found.entered_by_id), "confirmed": known.get(found.confirmed_by_id)}


def _related(request: HttpRequest, found: Any, name: str) -> dict[str, Any]:
    """The rows beneath a record as its own register shows them; by their names alone where they have none."""
    rows = getattr(found, name).all()
    rows = rows.seen_by(request.user) if hasattr(rows, "seen_by") else rows
    register, back = register_of(rows.model), found._meta.get_field(name)
    above = getattr(getattr(back, "field", None), "name", "")
    columns = [Column(rows.model, one) for one in (register.columns if register else ()) if one != above]
    relations = {*getattr(rows.model, "label_related", ()), *(way for column in columns for way in column.relations)}
    shown = list(rows.select_related(*relations)[:50])
    return {
        "heading": plural(rows.model),
        "columns": columns,
        "rows": [Row(one, columns) for one in shown] if columns else shown,
    }


@require_POST
def confirm(request: HttpRequest, folder: str, model: str, pk: int) -> HttpResponse:
    found = seen(request, register_or_404(folder, model), pk)
    return _done(request, lambda: found.confirm(request.user), _("Đã xác nhận hồ sơ."), folder, model, pk)


@require_POST
def send_back(request: HttpRequest, folder: str, model: str, pk: int) -> HttpResponse:
    """Take the confirmation away with a reason, so that the record can be corrected."""
    found = seen(request, register_or_404(folder, model), pk)
    return _done(
        request,
        lambda: found.send_back(request.user, request.POST.get("reason", "")),
        _("Đã trả lại để sửa."),
        folder,
        model,
        pk,
    )


@require_POST
def move(request: HttpRequest, folder: str, model: str, pk: int, move: str) -> HttpResponse:
    register = register_or_404(folder, model)
    states = states_of(register.model)
    if states is None or move not in states.moves:
        raise Http404
    found = seen(request, register, pk)
    reason = request.POST.get("reason", "")
    return _done(
        request, lambda: states.move(found, move, request.user, reason), _("Đã chuyển trạng thái."), folder, model, pk
    )


def _done(request: HttpRequest, act: Any, words: str, folder: str, model: str, pk: int) -> HttpResponse:
    attempt(request, act, words)
    return redirect("record", folder=folder, model=model, pk=pk)
