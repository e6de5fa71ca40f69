"""Search: the page, and the quick answers of the palette (Ctrl K)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cancu.desk.search import search

QUICK, WHOLE = 4, 25


def page(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "")
    return render(request, "desk/search.html", {"words": words.strip(), "groups": search(request.user, words, WHOLE)})


def quick(request: HttpRequest) -> HttpResponse:
    """The answers alone, for the palette."""
    words = request.GET.get("q", "")
    return render(
        request, "desk/search_quick.html", {"words": words.strip(), "groups": search(request.user, words, QUICK)}
    )
