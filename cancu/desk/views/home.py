"""Home, search and the health of the house."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from cancu.core.calendar import today
from cancu.core.folding import folded
from cancu.desk.navigation import window_of
from cancu.documents.models import Document, canonical
from cancu.dossiers.models import Dossier
from cancu.indicators import compute, indicators
from cancu.indicators.declaration import INDICATORS
from cancu.programme.models import Task
from cancu.reports.models import Report

WATCHED = ("laboratory.instruments", "laboratory.samples", "missions.under_way", "ip.collective_marks", "transfer.classes_agriculture", "biotech.tonnes_supplied")


def home(request: HttpRequest) -> HttpResponse:
    window = window_of(request)
    day = window.end
    tasks = list(Task.objects.seen_by(request.user).filter(closed_on=None, deadline_on__isnull=False).select_related("ground__issuer", "owner_unit").order_by("deadline_on")[:12])
    shown = [*WATCHED, "programme.tasks", "programme.tasks_done"]
    found = compute([INDICATORS[c] for c in shown if c in INDICATORS], [window, window.previous()], confirmed=True)
    context = {
        "day": day, "today": today(), "window": window,
        "tasks": [{"task": t, "left": (t.deadline_on - day).days, "overdue": t.overdue(day)} for t in tasks],
        "tasks_done": found["programme.tasks_done", window], "tasks_all": found["programme.tasks", window],
        "dossiers": _by_time_left(request, day),
        "watched": [{"now": found[c, window], "before": found[c, window.previous()]} for c in WATCHED if c in INDICATORS],
        "reports": Report.objects.all()[:5],
    }
    return render(request, "desk/home.html", context)


def _by_time_left(request: HttpRequest, day: Any) -> list[dict[str, Any]]:
    """Open dossiers of the day in view, by working time left to their due day."""
    open_now = Dossier.objects.seen_by(request.user).open().filter(received_on__lte=day, finished_on__isnull=True)
    buckets = {"Còn trên 5 ngày": 0, "Còn 2–5 ngày": 0, "Đến hạn trong 1 ngày": 0, "Quá hạn": 0, "Không định hạn": 0}
    for dossier in open_now.select_related("version").prefetch_related("pauses"):
        due = dossier.due_on
        left = (due - day).days if due else None
        name = "Không định hạn" if left is None else "Quá hạn" if left < 0 else "Đến hạn trong 1 ngày" if left < 2 else "Còn 2–5 ngày" if left <= 5 else "Còn trên 5 ngày"
        buckets[name] += 1
    most = max(*buckets.values(), 1)
    tones = {"Quá hạn": "bad", "Đến hạn trong 1 ngày": "warn"}
    return [{"name": n, "count": c, "width": round(260 * c / most), "end": 130 + round(260 * c / most), "y": 8 + 28 * k, "text_y": 22 + 28 * k, "tone": tones.get(n, "")} for k, (n, c) in enumerate(buckets.items()) if c or n != "Không định hạn"]


def search(request: HttpRequest) -> HttpResponse:
    """Documents by number in any spelling or by title, indicators and reports by name."""
    words = request.GET.get("q", "").strip()[:200]
    context: dict[str, Any] = {"words": words}
    if words:
        plain = folded(words)
        documents = Document.objects.seen_by(request.user).select_related("issuer")
        number = canonical(words)
        context |= {
            "documents": (documents.filter(canonical__icontains=number) | documents.filter(title__icontains=words)).distinct()[:20],
            "indicators": [i for i in indicators() if plain in folded(str(i.label)) or words in i.code][:20],
            "reports": [r for r in Report.objects.all()[:200] if plain in folded(r.title)][:10],
        }
    return render(request, "desk/search.html", context)


@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    """For a monitor: whether the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"database": "ok"})
