"""The register of documents: its tabs, its printed books, its series of numbers, its issuers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Max, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cancu.core.calendar import today
from cancu.core.models import IssuedNumber, NumberSeries
from cancu.core.numbering import void
from cancu.core.people import Role
from cancu.core.scope import scope_of
from cancu.core.units import department_name
from cancu.desk.asked import day_asked
from cancu.desk.books import SHELVES, DocumentList
from cancu.desk.navigation import window_of
from cancu.documents.arrivals import books_of
from cancu.documents.books import BOOKS, MOST_ROWS, heads, lines, rows_of, tree, workbook
from cancu.documents.models import CitationStatus, Direction, Document, Issuer, UnresolvedCitation
from cancu.documents.standing import ended_by, stale
from cancu.indicators.windows import year_to_date

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PREVIEW, PAGE = 100, 100


def shelf(request: HttpRequest, code: str) -> HttpResponse:
    """One tab of the register."""
    if code in Direction.values:
        return redirect("books", code=next(s.code for s in SHELVES.values() if s.direction == code))
    if code not in SHELVES:
        raise Http404
    found = DocumentList(SHELVES[code], request.user, request.GET.dict())
    context = {
        "shelf": SHELVES[code],
        "shelves": SHELVES.values(),
        "list": found,
        "clerk": bool(books_of(request.user)),
        "count": found.count_words,
    }
    return render(request, "desk/books.html", context)


def printed(request: HttpRequest, code: str) -> HttpResponse:
    """One book of Decree 30 for a period, the year in view where none is asked for: on the page, and as Word, PDF or Excel."""
    if code not in BOOKS:
        raise Http404
    book = BOOKS[code]
    year = year_to_date(today()) if "den" in request.GET else window_of(request)
    start, end = day_asked(request.GET.get("tu")) or year.start, day_asked(request.GET.get("den")) or year.end
    try:
        rows = rows_of(book, request.user, start, end)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        rows = []
    form = request.GET.get("dang", "")
    if form in ("docx", "pdf", "xlsx"):
        return _file(code, rows, start, end, form)
    context = {
        "book": book,
        "books": BOOKS.values(),
        "start": start,
        "end": end,
        "heads": heads(book),
        "lines": lines(book, rows[:PREVIEW]),
        "count": len(rows),
        "preview": PREVIEW,
        "most": MOST_ROWS,
    }
    return render(request, "desk/book_print.html", context)


def _file(code: str, rows: list[Any], start: dt.date, end: dt.date, form: str) -> HttpResponse:
    from vanban.write import write

    book = BOOKS[code]
    if form == "xlsx":
        data, type_ = workbook(book, rows, start, end), EXCEL
    else:
        data = write(
            tree(book, rows, department_name(end), start, end), "pdf" if form == "pdf" else "docx", landscape=True
        )
        type_ = "application/pdf" if form == "pdf" else WORD
    name = f"so-{code}-{start:%Y%m%d}-{end:%Y%m%d}.{form}"
    return HttpResponse(data, content_type=type_, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def series(request: HttpRequest) -> HttpResponse:
    """Every series of numbers, by year: how many are used, held, void; none may be missing."""
    _member(request)
    state = {name: Count("numbers", filter=Q(numbers__state=name)) for name in ("used", "reserved", "void")}
    found = NumberSeries.objects.annotate(**state, whole=Count("numbers"), highest=Max("numbers__number")).order_by(
        "-year", "symbol"
    )
    return render(request, "desk/number_series.html", {"series": found})


def one_series(request: HttpRequest, pk: int) -> HttpResponse:
    """The numbers of one series, those that are missing (always none), the void ones with their reasons."""
    _member(request)
    found = get_object_or_404(NumberSeries, pk=pk)
    numbers = found.numbers.order_by("-number").select_related("taken_by")
    page = Paginator(numbers, PAGE).get_page(request.GET.get("trang"))
    context = {"one": found, "page": page, "missing": found.last - numbers.count(), "may_void": _may_void(request)}
    return render(request, "desk/number_series_one.html", context)


@require_POST
def void_number(request: HttpRequest, pk: int) -> HttpResponse:
    """A number that is held will not be used; the reason is kept beside it."""
    _member(request)
    number = get_object_or_404(IssuedNumber.objects.select_related("series"), pk=pk)
    if not _may_void(request):
        raise PermissionDenied(_("Chỉ văn thư hoặc lãnh đạo được bỏ số."))
    try:
        void(number, request.POST.get("reason", ""))
        messages.success(request, _("Đã bỏ số %(number)s.") % {"number": number})
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("one-series", pk=number.series_id)


def _may_void(request: HttpRequest) -> bool:
    return not {Role.CLERK, Role.DIRECTOR, Role.DEPUTY}.isdisjoint(scope_of(request.user).units_by_role)


def _member(request: HttpRequest) -> None:
    if not scope_of(request.user).unit_ids:
        raise PermissionDenied(_("Bạn chưa giữ vai trò nào ở đơn vị nên chưa xem được dãy số."))


def outdated(request: HttpRequest) -> HttpResponse:
    """Who still stands on what is no longer in force, on a day."""
    on = day_asked(request.GET.get("ngay")) or today()
    page = Paginator(stale(request.user, on), PAGE).get_page(request.GET.get("trang"))
    by = ended_by([row.target_id for row in page], on)
    return render(
        request,
        "desk/outdated.html",
        {"on": on, "page": page, "rows": [{"row": row, "by": by.get(row.target_id, [])} for row in page]},
    )


def waiting(request: HttpRequest) -> HttpResponse:
    """Citations whose document is not in the register yet, the most cited first."""
    seen = Document.objects.seen_by(request.user)
    found = UnresolvedCitation.objects.filter(status=CitationStatus.WAITING, document__in=seen).exclude(canonical="")
    rows = (
        found.values("canonical", "issued_on")
        .annotate(times=Count("document", distinct=True), words=Max("text"))
        .order_by("-times", "canonical")
    )
    return render(
        request, "desk/waiting_citations.html", {"page": Paginator(rows, PAGE).get_page(request.GET.get("trang"))}
    )


def issuers(request: HttpRequest) -> HttpResponse:
    """Who issues, under which name from when to when, and who took over."""
    _member(request)
    rows = (
        Issuer.objects.select_related("successor")
        .annotate(count=Count("documents"))
        .order_by("level", "name", "valid_from")
    )
    return render(request, "desk/issuers.html", {"issuers": rows})
