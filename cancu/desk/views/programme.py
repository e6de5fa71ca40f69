"""The work programme of a year: board, table, timeline, statistics by unit; the proposals that become next year's."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cancu.core.calendar import today
from cancu.core.dated import valid_on
from cancu.core.folding import folded
from cancu.core.people import User
from cancu.core.scope import scope_of
from cancu.core.units import UnitName
from cancu.desk.asked import number_asked
from cancu.desk.attempt import attempt
from cancu.desk.document_field import DocumentField, recent
from cancu.desk.navigation import window_of
from cancu.desk.timeline import Bar, timeline
from cancu.programme.models import Programme, Proposal, Task
from cancu.programme.standing import GROUPS, Standing, by_unit, group_of, standing
from cancu.programme.states import LEADERS, OPENERS, TaskStates

VIEWS = {
    "cot": gettext_lazy("Bảng việc"),
    "bang": gettext_lazy("Danh sách"),
    "thoi-gian": gettext_lazy("Thời gian"),
    "thong-ke": gettext_lazy("Theo đơn vị"),
}


def page(request: HttpRequest) -> HttpResponse:
    """One year's programme, in the view asked for; unit, group, standing and words narrow it."""
    years = list(
        Programme.objects.filter(tasks__in=Task.objects.seen_by(request.user))
        .order_by("-year")
        .values_list("year", flat=True)
        .distinct()
    )
    asked = number_asked(request.GET.get("nam"))
    year = asked if asked in years else _nearest(years, _day(request).year)
    rows = (
        Task.objects.seen_by(request.user)
        .filter(programme__year=year)
        .select_related("ground__issuer", "result__issuer", "owner_unit", "programme")
    )
    tasks = list(rows.prefetch_related("supporting").order_by("deadline_on", "code"))
    day = _day(request, max((t.assigned_on for t in tasks), default=None))
    names = dict(UnitName.objects.filter(valid_on(day)).values_list("unit_id", "short_name"))
    shown = [_told(task, day, names) for task in tasks if _wanted(task, day, request)]
    view = request.GET.get("xem") if request.GET.get("xem") in VIEWS else "cot"
    context = {
        "year": year,
        "years": years,
        "day": day,
        "today": today(),
        "view": view,
        "views": VIEWS.items(),
        "tasks": shown,
        "all": len(tasks),
        "asked": request.GET,
        "units": sorted({(t.owner_unit.code, names.get(t.owner_unit_id, t.owner_unit.code)) for t in tasks}),
        "standings": Standing.choices,
        "groups": GROUPS,
        "programmes": Programme.objects.filter(year=year).select_related("document"),
        "next_year": year + 1,
        "may_enter": bool(scope_of(request.user).works_in),
        **_of_view(view, shown, year, day, names),
    }
    return render(request, "desk/programme.html", context)


def _day(request: HttpRequest, newest: dt.date | None = None) -> dt.date:
    """The day in view: the one asked for; else today, unless nothing was assigned for a year (a sample, an archive)."""
    if request.GET.get("den") or request.session.get("den") or (newest is not None and (today() - newest).days > 366):
        return window_of(request).end
    return today()


def _nearest(years: list[int], wanted: int) -> int:
    return wanted if wanted in years or not years else next((y for y in years if y < wanted), years[-1])


def _wanted(task: Task, day: dt.date, request: HttpRequest) -> bool:
    asked, found = request.GET, standing(task, day)
    words = folded(asked.get("q", ""))
    return (
        (not asked.get("don_vi") or task.owner_unit.code == asked["don_vi"])
        and (asked.get("nhom") not in GROUPS or group_of(found) == asked["nhom"])
        and (asked.get("tinh_hinh") not in Standing.values or found == asked["tinh_hinh"])
        and (not words or words in folded(f"{task.code} {task.content} {task.ground.canonical}"))
    )


def _told(task: Task, day: dt.date, names: dict[int, str]) -> dict[str, Any]:
    return {
        "task": task,
        "standing": standing(task, day),
        "unit": names.get(task.owner_unit_id, task.owner_unit.code),
        "supporting": [names.get(u.pk, u.code) for u in task.supporting.all()],
    }


def _of_view(view: str, shown: list[dict[str, Any]], year: int, day: dt.date, names: dict[int, str]) -> dict[str, Any]:
    """What one view needs beyond the tasks."""
    if view == "thoi-gian":
        bars = [
            Bar(
                f"{one['task'].code} {one['unit']}",
                one["task"].assigned_on,
                one["task"].closed_on or one["task"].due_on or dt.date(year, 12, 31),
                one["standing"].tone,
                f"{one['task'].content} ({one['standing'].label})",
                reverse("task", args=[one["task"].pk]),
            )
            for one in sorted(shown, key=lambda o: (o["task"].assigned_on, o["task"].code))
        ]
        return {
            "picture": timeline(bars, year, day, _("Nhiệm vụ năm %(year)d theo quý") % {"year": year}) if bars else ""
        }
    if view == "thong-ke":
        counted = by_unit((one["task"] for one in shown), day)
        codes = {one["task"].owner_unit_id: one["task"].owner_unit.code for one in shown}
        rows = [
            {
                "code": codes[pk],
                "name": names.get(pk, codes[pk]),
                "cells": [(key, counts[key]) for key in GROUPS],
                "all": counts.total(),
            }
            for pk, counts in counted.items()
        ]
        totals = [(key, sum(counts[key] for counts in counted.values())) for key in GROUPS]
        return {"rows": sorted(rows, key=lambda r: r["name"]), "totals": totals}
    if view == "cot":
        columns = [
            {"state": state, "tasks": [o for o in shown if o["task"].state == key]}
            for key, state in TaskStates.all.items()
        ]
        return {"columns": [column for column in columns if column["tasks"]]}
    return {}


class ProgrammeForm(forms.Form):
    """Next year's programme, once its document has arrived."""

    name = forms.CharField(label=gettext_lazy("Tên chương trình"), max_length=250)

    def __init__(self, user: User, *given: Any, **values: Any) -> None:
        super().__init__(*given, **values)
        self.fields["document"] = DocumentField(user, label=gettext_lazy("Văn bản ban hành"))


def proposals(request: HttpRequest) -> HttpResponse:
    """What was proposed for a year, and the programme that takes it in. A POST opens the programme of that year."""
    seen = Proposal.objects.seen_by(request.user)
    years = list(seen.order_by("-year").values_list("year", flat=True).distinct())
    asked = number_asked(request.GET.get("nam"))
    year = asked if asked in years else (years[0] if years else today().year + 1)
    programmes = list(Programme.objects.filter(year=year, document__isnull=False).select_related("document"))
    opens = not OPENERS.isdisjoint(scope_of(request.user).units_by_role)
    form = ProgrammeForm(request.user, request.POST or None) if opens and not programmes else None
    if request.method == "POST":
        if not opens:
            raise PermissionDenied(_("Chỉ văn thư và lãnh đạo Sở lập chương trình công tác."))
        if form is not None and form.is_valid():
            made = Programme.open_for(request.user, year, form.cleaned_data["name"], form.cleaned_data["document"])
            messages.success(request, _("Đã lập %(name)s.") % {"name": made})
            return redirect(f"{reverse('proposals')}?nam={year}")
    rows = seen.filter(year=year).select_related("ground__issuer", "owner_unit", "task").order_by("kind", "order")
    context = {
        "year": year,
        "years": years,
        "rows": [row for row in rows if row.kind == "proposal"],
        "solutions": [row for row in rows if row.kind != "proposal"],
        "programmes": programmes,
        "form": form,
        "recent": recent(request.user) if form else [],
        "accepts": bool(programmes) and not LEADERS.isdisjoint(scope_of(request.user).units_by_role),
        "waiting": any(r.state == "proposed" and r.kind == "proposal" for r in rows),
    }
    return render(request, "desk/proposals.html", context)


@require_POST
def accept(request: HttpRequest, year: int) -> HttpResponse:
    """The proposals chosen become tasks of the year's programme, all or none."""
    programme = get_object_or_404(Programme, pk=number_asked(request.POST.get("programme")), year=year)
    chosen = Proposal.objects.seen_by(request.user).filter(
        year=year,
        kind="proposal",
        state="proposed",
        pk__in=[number_asked(pk) for pk in request.POST.getlist("proposal")],
    )
    attempt(request, lambda: _accepted(chosen, programme, request.user))
    return redirect(f"{reverse('proposals')}?nam={year}")


@transaction.atomic
def _accepted(chosen: Any, programme: Programme, user: User) -> str:
    made = [proposal.accept(user, programme, programme.next_code()) for proposal in chosen.order_by("order")]
    if not made:
        raise ValidationError(_("Chưa chọn đề xuất nào."))
    return _("%(n)d đề xuất thành nhiệm vụ của %(programme)s.") % {"n": len(made), "programme": programme}
