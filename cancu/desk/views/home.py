"""Home: what is due with its ground, dossiers by time left, the year's programme, what is watched, what expires."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cancu.core.calendar import today
from cancu.core.line import LINES
from cancu.core.reminders import Said, near
from cancu.desk import dossiers_due, watching
from cancu.desk.navigation import desk_window
from cancu.desk.timeline import Bar, timeline
from cancu.documents.arrivals import books_of
from cancu.documents.exchange import liaison_waits
from cancu.documents.models import Opinion
from cancu.indicators import compute
from cancu.indicators.charts import Chart
from cancu.indicators.declaration import INDICATORS
from cancu.programme.models import OVER, Task
from cancu.reports.models import Report

TASKS_READ, TASKS_SHOWN, BARS_SHOWN, DOSSIERS_SHOWN = 400, 7, 9, 300
WEEKDAYS = (
    gettext_lazy("thứ Hai"),
    gettext_lazy("thứ Ba"),
    gettext_lazy("thứ Tư"),
    gettext_lazy("thứ Năm"),
    gettext_lazy("thứ Sáu"),
    gettext_lazy("thứ Bảy"),
    gettext_lazy("Chủ nhật"),
)
BESIDE = ("dossiers.received", "dossiers.finished", "dossiers.settled_late")


def home(request: HttpRequest) -> HttpResponse:
    tasks = list(
        Task.objects.seen_by(request.user)
        .select_related("ground__issuer", "owner_unit", "result")
        .order_by("-assigned_on", "-pk")[:TASKS_READ]
    )
    window = desk_window(request, tasks[0].assigned_on if tasks else None)
    day = window.end
    codes = watching.watched(request.user)
    beside = compute([INDICATORS[c] for c in BESIDE if c in INDICATORS], [window], confirmed=True)
    open_tasks = sorted(
        (t for t in tasks if t.closed_on is None and t.deadline_on), key=lambda t: (t.deadline_on, t.code)
    )
    open_now = dossiers_due.open_dossiers(request.user, day)
    late = [t for t in open_tasks if t.overdue(day)]
    context = {
        "day": day,
        "today": today(),
        "weekday": WEEKDAYS[day.weekday()],
        "window": window,
        "due": [{"task": t, "left": (t.deadline_on - day).days, "late": t in late} for t in open_tasks[:TASKS_SHOWN]],
        "late": len(late),
        "this_week": sum(0 <= (t.deadline_on - day).days <= 7 and t not in late for t in open_tasks),
        "more": max(len(open_tasks) - TASKS_SHOWN, 0),
        "dossiers": {"chart": dossiers_due.chart(open_now), "count": len(open_now)},
        "glance": _glance(tasks, day),
        "progress": _progress(tasks, late, day),
        "watched": watching.shown([INDICATORS[c] for c in codes], window),
        "liaison": liaison_waits(request.user),
        "opinions": Opinion.objects.asked_of(request.user).count(),
        "expiring": _expiring(request, day),
        "reports": Report.objects.select_related("owner_unit")[:4],
        "clerk": bool(books_of(request.user)),
        "figures": {code.partition(".")[2]: figure for (code, _w), figure in beside.items()},
    }
    return render(request, "desk/home.html", context)


def dossiers(request: HttpRequest) -> HttpResponse:
    """The open dossiers behind the picture, of one stretch of time left (``con``) or all."""
    assigned = Task.objects.seen_by(request.user).order_by("-assigned_on").values_list("assigned_on", flat=True).first()
    day = desk_window(request, assigned).end
    found = dossiers_due.open_dossiers(request.user, day)
    asked = request.GET.get("con", "")
    context = {
        "day": day,
        "asked": asked,
        "whole": len(found),
        "shown": [o for o in found if not asked or o.stretch == asked][:DOSSIERS_SHOWN],
        "stretches": [
            (key, words, sum(o.stretch == key for o in found)) for key, (words, _tone) in dossiers_due.STRETCHES.items()
        ],
    }
    return render(request, "desk/dossiers_due.html", context)


def _glance(tasks: list[Task], day: dt.date) -> str:
    """The year's tasks as bars: the open ones first by deadline, then those done last."""
    mine = [t for t in tasks if _in_year(t, day.year)]
    ordered = sorted((t for t in mine if t.closed_on is None), key=lambda t: t.deadline_on or dt.date.max)
    ordered += sorted((t for t in mine if t.closed_on), key=lambda t: t.closed_on, reverse=True)
    bars = [
        Bar(
            (t.result and t.result.canonical) or t.product or t.ground.canonical or t.code,
            t.assigned_on,
            t.closed_on or t.deadline_on or dt.date(day.year, 12, 31),
            _tone(t, day),
            f"{t.content} ({t.get_state_display()})",
            reverse("task", args=[t.pk]),
        )
        for t in sorted(ordered[:BARS_SHOWN], key=lambda t: t.assigned_on)
    ]
    return timeline(bars, day.year, day, _("Nhiệm vụ năm %(year)d theo quý") % {"year": day.year}) if bars else ""


def _in_year(task: Task, year: int) -> bool:
    end = task.closed_on or task.deadline_on
    return task.assigned_on.year <= year and (end is None or end.year >= year) and task.state != "withdrawn"


def _tone(task: Task, day: dt.date) -> str:
    return "ok" if task.state == "done" else "bad" if task.overdue(day) else ""


def _progress(tasks: list[Task], late: list[Task], day: dt.date) -> Chart:
    """The tasks of the year in view in one strip: done, still in time, late."""
    mine = [t for t in tasks if _in_year(t, day.year)]
    done = sum(t.state == "done" for t in mine)
    overdue = sum(t in late for t in mine)
    going = sum(t.state not in OVER for t in mine) - overdue
    return Chart(
        _("Tiến độ chương trình"),
        (_("Hoàn thành"), _("Đang làm"), _("Quá hạn")),
        (("", (done, going, overdue)),),
        "progress",
        ("ok", "going", "bad"),
    )


def _expiring(request: HttpRequest, day: dt.date) -> list[dict[str, Any]]:
    """What comes near by reminder, tasks left out (they stand above), with how many of the rows the reader was told by letter."""
    found = [n for n in near(request.user, day) if n.reminder.model is not Task]
    said = (
        dict(
            Said.objects.filter(user=request.user, on__gte=day)
            .values_list("reminder")
            .annotate(n=Count("record", distinct=True))
        )
        if found
        else {}
    )
    return [
        {
            "near": n,
            "line": LINES.get(n.reminder.code.partition(".")[0]),
            "left": (n.first - day).days,
            "said": said.get(n.reminder.code, 0),
        }
        for n in found
    ]
