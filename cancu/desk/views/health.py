"""For those who keep the machine: whether it is well, and its figures for Prometheus. No content, no names."""

from __future__ import annotations

import hmac
import shutil

from axes.models import AccessFailureLog
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Count, Min
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from cancu.core.calendar import now
from cancu.core.jobs import Job, JobState

#: Beyond these somebody must look: a job waited this long, or this part of the disk is left.
LONGEST_WAIT = 900  # seconds
LEAST_FREE = 0.05


def queue_age() -> float:
    """Seconds since the oldest job that still waits was asked for; 0 when none waits."""
    oldest = Job.objects.filter(state=JobState.WAITING).aggregate(at=Min("asked_at"))["at"]
    return max((now() - oldest).total_seconds(), 0.0) if oldest else 0.0


def disk_free() -> float:
    """The part of the disk of ``var/`` that is free, 0 to 1."""
    disk = shutil.disk_usage(settings.VAR if settings.VAR.exists() else settings.VAR.parent)
    return disk.free / disk.total


@login_not_required
def health(request: HttpRequest) -> JsonResponse:
    """Database, age of the queue in seconds, free part of the disk; 503 when one of them needs somebody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    waited, free = queue_age(), disk_free()
    well = waited <= LONGEST_WAIT and free >= LEAST_FREE
    return JsonResponse(
        {"well": well, "database": "ok", "queue_age_seconds": round(waited), "disk_free": round(free, 3)},
        status=200 if well else 503,
    )


@login_not_required
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures in Prometheus' text form, all from the database, so that several workers agree. Only for who brings
    ``CANCU_METRICS_TOKEN`` as ``Authorization: Bearer …``; hidden where none is set."""
    token = settings.METRICS_TOKEN
    if not token or not hmac.compare_digest(
        request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode()
    ):
        raise Http404
    states = dict(Job.objects.order_by().values_list("state").annotate(Count("pk")))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        size = cursor.fetchone()[0]
    lines = [
        *_metric("cancu_queue_age_seconds", "Age of the oldest job that waits.", {"": queue_age()}),
        *_metric("cancu_disk_free_ratio", "Free part of the disk of var/.", {"": disk_free()}),
        *_metric("cancu_database_bytes", "Size of the database.", {"": size}),
        *_metric(
            "cancu_sessions",
            "Sessions that have not ended.",
            {"": Session.objects.filter(expire_date__gt=now()).count()},
        ),
        *_metric(
            "cancu_sign_in_failures",
            "Sign-ins that failed, as kept in the audit.",
            {"": AccessFailureLog.objects.count()},
        ),
        *_metric(
            "cancu_jobs", "Jobs by state.", {f'{{state="{state}"}}': states.get(state, 0) for state in JobState.values}
        ),
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")


def _metric(name: str, words: str, values: dict[str, float]) -> list[str]:
    return [
        f"# HELP {name} {words}",
        f"# TYPE {name} gauge",
        *(f"{name}{labels} {value}" for labels, value in values.items()),
    ]
