"""One document: what it is, what it stands on and what stands on it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cancu.documents.models import Document
from cancu.reports.models import EvidenceRow


def one(request: HttpRequest, reference: str) -> HttpResponse:
    found = Document.objects.by_references([reference]).get(reference)
    if found is None or not Document.objects.seen_by(request.user).filter(pk=found.pk).exists():
        raise Http404
    if found.reference != reference:
        return redirect("document", reference=found.reference)
    context = {
        "document": found,
        "stands_on": found.stands_on.select_related("target__issuer"),
        "carries": found.carries.select_related("source__issuer"),
        "tasks": found.tasks_ordered.select_related("owner_unit"),
        "used_in": EvidenceRow.objects.filter(table="documents.document", record=found.pk).select_related("node__section__report"),
    }
    return render(request, "desk/document.html", context)
