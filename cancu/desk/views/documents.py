"""One document: what it is, what it stands on and what stands on it, the tasks it gives, the files it came with."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cancu.core.attachments import Attachment
from cancu.core.calendar import today
from cancu.core.dated import valid_on
from cancu.core.scope import scope_of
from cancu.core.units import Unit, UnitName
from cancu.desk.asked import number_asked
from cancu.desk.attempt import attempt
from cancu.documents.graph import FIRST, SECOND, picture
from cancu.documents.models import CitationStatus, Document, FoundSignature, FoundTask, UnresolvedCitation
from cancu.documents.record_documents import records_of
from cancu.programme.found import HAND_OUT, pass_over, take_up
from cancu.programme.models import Programme
from cancu.reports.models import EvidenceRow

MOST = 50


def one(request: HttpRequest, reference: str) -> HttpResponse:
    found = Document.objects.seen_by(request.user).worth_on(today()).by_reference(reference)
    if found is None:
        raise Http404
    if found.reference != reference:
        return redirect("document", reference=found.reference)
    seen = Document.objects.seen_by(request.user)
    carries = list(
        found.carries.filter(source__in=seen)
        .select_related("source__issuer")
        .order_by("-source__issued_on", "-pk")[: MOST + 1]
    )
    hands_out = scope_of(request.user).holds(HAND_OUT, found.owner_unit_id)
    proposed = list(found.found_tasks.filter(state="proposed"))
    context = {
        "document": found,
        "today": today(),
        "most": MOST,
        "stands_on": found.stands_on.select_related("target__issuer").order_by("kind", "pk"),
        "carries": carries[:MOST],
        "more": len(carries) > MOST,
        "waiting": found.unresolved.filter(status=CitationStatus.WAITING),
        "hands_out": hands_out,
        "proposed": proposed,
        **(_choices(found) if proposed and hands_out else {}),
        "tasks": found.tasks_ordered.select_related("owner_unit"),
        "files": _signed(found),
        "records": list(records_of(found, request.user)),
        "used_in": EvidenceRow.objects.filter(table="documents.document", record=found.pk).select_related(
            "node__section__report"
        ),
    }
    return render(request, "desk/document.html", context)


def _signed(document: Document) -> list[tuple[Attachment, list[FoundSignature]]]:
    """The files, each with the signatures that were found and checked in it."""
    files = Attachment.objects.of(document).prefetch_related("signatures")
    return [(file, list(file.signatures.all())) for file in files]


def _choices(document: Document) -> dict[str, Any]:
    day = document.issued_on or document.arrived_on or today()
    names = UnitName.objects.filter(valid_on(day)).order_by("name").values_list("unit_id", "name")
    return {"programmes": Programme.objects.filter(year__gte=day.year).order_by("year", "pk"), "units": names}


def graph(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture of relations: the part of the document's page that htmx asks for, or a page to print."""
    found = get_object_or_404(Document.objects.seen_by(request.user).select_related("issuer"), pk=pk)
    context = {"document": found, "picture": picture(found, request.user, today()), "first": FIRST, "second": SECOND}
    return render(request, "desk/document_graph.html" if request.htmx else "desk/document_graph_page.html", context)


@require_POST
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a task that was read up into a programme, or pass it over."""
    found = _found_task(request, pk)
    if request.POST.get("act") == "take":
        programme = get_object_or_404(Programme, pk=number_asked(request.POST.get("programme")))
        unit = get_object_or_404(Unit, pk=number_asked(request.POST.get("unit")))
        attempt(
            request,
            lambda: (
                _("Đã vào chương trình: nhiệm vụ %(code)s.")
                % {"code": take_up(found, programme, unit, request.user).code}
            ),
        )
    else:
        attempt(request, lambda: pass_over(found, request.user), _("Đã bỏ qua."))
    return redirect("document", reference=found.document.reference)


@require_POST
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """A citation that waits is none, or will never be kept here."""
    found = get_object_or_404(
        UnresolvedCitation.objects.filter(document__in=Document.objects.seen_by(request.user)).select_related(
            "document"
        ),
        pk=pk,
    )
    if not scope_of(request.user).holds(HAND_OUT, found.document.owner_unit_id):
        raise PermissionDenied(_("Chỉ văn thư, trưởng đơn vị giữ văn bản hoặc lãnh đạo được bỏ qua."))
    UnresolvedCitation.objects.filter(pk=pk, status=CitationStatus.WAITING).update(status=CitationStatus.DISMISSED)
    messages.success(request, _("Đã bỏ qua viện dẫn “%(text)s”.") % {"text": found.text})
    return redirect("document", reference=found.document.reference)


def _found_task(request: HttpRequest, pk: int) -> FoundTask:
    rows = FoundTask.objects.filter(document__in=Document.objects.seen_by(request.user)).select_related("document")
    return get_object_or_404(rows, pk=pk)
