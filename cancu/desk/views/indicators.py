"""Indicators: the dictionary with today's values, and one figure with its rows."""

from __future__ import annotations

from itertools import groupby

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from cancu.core.line import LINES
from cancu.desk.navigation import window_of
from cancu.indicators import compute, indicators
from cancu.indicators.declaration import INDICATORS

from .reports import figure_context


def dictionary(request: HttpRequest) -> HttpResponse:
    window = window_of(request)
    wanted = indicators()
    found = compute(wanted, [window, window.previous()], confirmed=True)
    rows = [{"indicator": i, "now": found[i.code, window], "before": found[i.code, window.previous()]} for i in wanted]
    groups = [
        (LINES[folder].name if folder in LINES else folder, list(group))
        for folder, group in groupby(rows, key=lambda r: r["indicator"].code.partition(".")[0])
    ]
    return render(request, "desk/indicators.html", {"groups": groups, "window": window})


def one(request: HttpRequest, code: str) -> HttpResponse:
    if code not in INDICATORS:
        raise Http404
    window = window_of(request)
    figure = compute([INDICATORS[code]], [window], confirmed=True)[code, window]
    context = {**figure_context(request, figure), "window": window}
    if figure.rows() is not None:
        rows = figure.rows()
        seen = rows.seen_by(request.user).select_related(*rows.model.label_related).order_by(f"-{context['row_date']}", "-pk")
        context["page"] = Paginator(seen, 50).get_page(request.GET.get("trang"))
        context["facts"] = (figure.whole or figure).indicator.facts
    return render(request, "desk/indicator.html", context)
