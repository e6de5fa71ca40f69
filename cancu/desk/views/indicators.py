"""Indicators: those watched or of one line with their years, one figure with its pictures and rows, the dictionary."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cancu.core.calendar import today
from cancu.core.dated import valid_on
from cancu.core.folding import folded
from cancu.core.line import LINES, lines, register_of
from cancu.core.scope import scope_of
from cancu.core.units import UnitName
from cancu.desk import watching
from cancu.desk.navigation import window_of
from cancu.documents.models import Document
from cancu.indicators import Figure, Flow, Indicator, Ratio, breakdown, indicators
from cancu.indicators.charts import Chart
from cancu.indicators.declaration import INDICATORS
from cancu.indicators.dictionary import entry, name_of, owner_of
from cancu.reports.models import Report

HOUSE = {
    "documents": gettext_lazy("Văn bản"),
    "programme": gettext_lazy("Chương trình công tác"),
    "dossiers": gettext_lazy("Một cửa"),
}
ROWS_A_PAGE = 50


def dictionary(request: HttpRequest) -> HttpResponse:
    """The indicators watched, those of one line (``linh-vuc``), or those whose words hold ``q``."""
    window, codes = window_of(request), watching.watched(request.user)
    words, folder = request.GET.get("q", "").strip()[:100], request.GET.get("linh-vuc", "")
    rows = watching.shown(_wanted(words, folder, codes), window, waiting=True)
    units = _unit_names()
    groups = [
        (name_of_folder(key), units.get(owner_of(one[0].indicator), _("mỗi đơn vị giữ phần mình")), one)
        for key, group in groupby(rows, key=lambda row: row.now.code.partition(".")[0])
        for one in [list(group)]
    ]
    context = {
        "groups": groups,
        "window": window,
        "watched": codes,
        "folder": folder,
        "query": words,
        "folders": [
            (line.folder, line.name) for line in lines() if any(c.startswith(f"{line.folder}.") for c in INDICATORS)
        ]
        + list(HOUSE.items()),
    }
    return render(request, "desk/indicators.html", context)


def _wanted(words: str, folder: str, codes: list[str]) -> list[Indicator]:
    if words:
        plain = folded(words).split()
        return [i for i in indicators() if all(w in f"{folded(str(i.label))} {i.code}" for w in plain)]
    if folder == "tat-ca":
        return indicators()
    return indicators(folder) if folder else [INDICATORS[c] for c in sorted(codes)]


def name_of_folder(folder: str) -> Any:
    """The name of a line, or of a folder of the house."""
    return LINES[folder].name if folder in LINES else HOUSE.get(folder, folder)


def _unit_names() -> dict[str, str]:
    return dict(UnitName.objects.filter(valid_on(today())).values_list("unit__code", "short_name"))


def words(request: HttpRequest) -> HttpResponse:
    """The dictionary: every indicator's code, words, unit, rule and law, made from the declarations; made to print."""
    units = _unit_names()
    entries = [entry(i) for i in indicators()]
    groups = [(name_of_folder(folder), list(group)) for folder, group in groupby(entries, key=lambda e: e.folder)]
    return render(request, "desk/indicator_words.html", {"groups": groups, "units": units, "count": len(entries)})


def one(request: HttpRequest, code: str) -> HttpResponse:
    """One figure: what it is, how it went, its parts, and the rows behind it that the reader may open."""
    if code not in INDICATORS:
        raise Http404
    window = window_of(request)
    wanted = INDICATORS[code]
    shown = watching.shown([wanted], window, waiting=True)[0]
    figure = shown.now
    counted = (figure.whole or figure).indicator
    basis = Document.objects.by_references([counted.basis]).get(counted.basis) if counted.basis else None
    chart = _chart(figure, request.GET.get("hinh", "year"))
    context = {
        "one": shown,
        "figure": figure,
        "window": window,
        "counted": counted,
        "entry": entry(wanted),
        "basis": basis,
        "owner": _unit_names().get(owner_of(wanted), ""),
        "on_watch": code in watching.watched(request.user),
        "pictures": _pictures(figure),
        "picture": request.GET.get("hinh", "year"),
        "chart": chart,
        "over": _over(figure, chart, request),
        "reports": Report.objects.filter(sections__frozen__code=code).distinct()[:5],
        **_rows(request, figure),
    }
    return render(request, "desk/indicator_picture.html" if request.htmx else "desk/indicator.html", context)


def _pictures(figure: Figure) -> list[tuple[str, str]]:
    """(name, words) of the pictures that a figure has: its years, its months, and each split."""
    found = [("year", _("Theo năm"))]
    if isinstance(figure.indicator, Ratio):
        return found
    if isinstance(figure.indicator.when, Flow):
        found.append(("month", _("Theo tháng")))
    model = figure.indicator.rows().model
    return found + [(path, _("Theo %(field)s") % {"field": name_of(model, path)}) for path in figure.indicator.splits]


def _chart(figure: Figure, asked: str) -> Any:
    """The picture asked for; that of the years where no such picture exists. None where there is nothing to draw."""
    if not isinstance(figure.indicator, Ratio) and asked in figure.indicator.splits:
        chart = breakdown.chart(figure, field=asked)
        return chart if chart.labels else None
    month = asked == "month" and isinstance(figure.indicator.when, Flow)
    return breakdown.chart(figure, by="month" if month else "year")


def _over(figure: Figure, chart: Chart | None, request: HttpRequest) -> bool:
    """Whether the parts add up to more than the figure: a thing counted once that stands in several parts."""
    parts = [v for v in chart.series[0][1] if v is not None] if chart else []
    return request.GET.get("hinh") in figure.indicator.splits and figure.value is not None and sum(parts) > figure.value


def _rows(request: HttpRequest, figure: Figure) -> dict[str, Any]:
    """The rows behind, a page of those the reader may open; how many are hidden; those that wait for confirmation."""
    counted = figure.whole or figure
    if counted.value is None:
        return {"row_count": 0}
    rows = counted.indicator.evidence(figure.window, confirmed=request.GET.get("cho") != "1")
    if request.GET.get("cho") == "1":
        rows = rows.filter(confirmed_at__isnull=True)
    scope = scope_of(request.user)
    mine = Q() if scope.sees_all else Q(owner_unit_id__in=scope.unit_ids)
    counts = rows.aggregate(whole=Count("pk", distinct=True), mine=Count("pk", filter=mine, distinct=True))
    date = counted.indicator.when.fields[0]
    seen = rows.seen_by(request.user).select_related(*rows.model.label_related).order_by(f"-{date}", "-pk")
    pages = Paginator(seen, ROWS_A_PAGE)
    pages.count = counts["mine"]
    return {
        "page": pages.get_page(request.GET.get("trang")),
        "row_date": date,
        "row_count": counts["mine"],
        "hidden": counts["whole"] - counts["mine"],
        "register": register_of(rows.model),
        "facts": counted.indicator.facts,
        "only_waiting": request.GET.get("cho") == "1",
    }


@require_POST
def watch(request: HttpRequest, code: str) -> HttpResponse:
    """Watch an indicator, or no longer."""
    if code not in INDICATORS:
        raise Http404
    on = watching.toggle(request.user, code)
    if request.htmx:
        return render(request, "desk/indicator_watch.html", {"code": code, "on": on})
    return redirect(reverse("indicator", args=[code]))
