"""The menu, the year in view, and what every page knows."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

from django.http import HttpRequest

from cancu.core.calendar import today
from cancu.core.line import REGISTERS, Register, lines
from cancu.core.scope import scope_of
from cancu.desk.asked import day_asked
from cancu.desk.templatetags.desk import plural, register_path
from cancu.indicators import Window
from cancu.indicators.windows import year_to_date
from cancu.reports.models import Report


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context of every page: the lines with their registers, the department's name, where we are."""
    if not request.user.is_authenticated:
        return {}
    named = request.resolver_match.kwargs if request.resolver_match else {}
    here = named.get("folder")
    return {
        "menu": [{**item, "here": item["folder"] == here} for item in _menu()],
        "here_model": named.get("model"),
        "department": scope_of(request.user).department,
        "house_registers": [_entry(REGISTERS[code]) for code in ("dossiers.dossier",) if code in REGISTERS],
        "page": request.resolver_match.url_name if request.resolver_match else "",
    }


@lru_cache(maxsize=1)
def _menu() -> list[dict[str, Any]]:
    """The lines with their registers; they do not change while the program runs."""
    return [
        {"folder": line.folder, "name": line.name, "registers": [_entry(register) for register in line.registers]}
        for line in lines()
        if line.registers
    ]


def _entry(register: type[Register]) -> dict[str, Any]:
    return {"path": register_path(register), "name": plural(register.model), "model": register.model._meta.model_name}


def window_of(request: HttpRequest) -> Window:
    """The window in view: ``?den=2024-11-15`` (kept for the session), else that of the newest report, else this year."""
    asked = request.GET.get("den") or request.session.get("den")
    until = day_asked(asked)
    if until is None:
        newest = Report.objects.order_by("-window_end").values_list("window_end", flat=True).first()
        until = newest or today()
    elif request.GET.get("den") and request.session.get("den") != until.isoformat():
        request.session["den"] = until.isoformat()
    return year_to_date(until)


def desk_window(request: HttpRequest, last_assigned: dt.date | None) -> Window:
    """The year to the day that the desk speaks of. Who asked for no day sees today, unless nothing was assigned for a
    year: such a department is a sample or an archive, and its desk shows its own last days."""
    alive = last_assigned is not None and (today() - last_assigned).days <= 366
    if alive and not (request.GET.get("den") or request.session.get("den")):
        return year_to_date(today())
    return window_of(request)
