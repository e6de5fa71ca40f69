"""One piece of long work: how far it is, stop it, go to its result. Only who asked for it sees it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from cancu.core.jobs import Job


def one(request: HttpRequest, pk: int) -> HttpResponse:
    """The page; asked by htmx, the part of it that changes, or the way to the result where there is nothing else to tell."""
    job = get_object_or_404(Job, pk=pk, asked_by=request.user)
    if request.htmx and job.ended and job.leads_to and not job.error:
        messages.success(request, f"{job.label} · {job.words}")
        return HttpResponseClientRedirect(job.leads_to)
    return render(request, "desk/job_state.html" if request.htmx else "desk/job.html", {"job": job})


@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    job = get_object_or_404(Job, pk=pk, asked_by=request.user)
    job.ask_to_stop()
    return redirect("job", pk=pk)
