"""What a monitor reads: the queue, the disk, figures for Prometheus."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse

from cancu.core.calendar import now
from cancu.core.jobs import Job
from cancu.core.tests.rows import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("minutes", "state", "status"), [(1, "waiting", 200), (60, "waiting", 503), (60, "done", 200)])
def test_a_job_that_waits_too_long_is_no_health(minutes, state, status):
    make(Job, name="x", label="Việc", asked_by="ai-do", state=state, asked_at=now() - dt.timedelta(minutes=minutes))
    answer = Client().get(reverse("health"))
    assert (answer.status_code, answer.json()["database"]) == (status, "ok")
    assert 0 < answer.json()["disk_free"] < 1


@pytest.mark.parametrize(
    ("token", "brought", "status"),
    [("", "Bearer ", 404), ("bi-mat", "", 404), ("bi-mat", "Bearer sai", 404), ("bi-mat", "Bearer bi-mat", 200)],
)
def test_figures_are_hidden_without_the_token(settings, token, brought, status):
    settings.METRICS_TOKEN = token
    assert Client().get(reverse("metrics"), headers={"Authorization": brought}).status_code == status


def test_figures_are_in_prometheus_form(settings):
    settings.METRICS_TOKEN = "bi-mat"  # noqa: S105
    make(Job, name="x", label="Việc", asked_by="ai-do")
    lines = Client().get(reverse("metrics"), headers={"Authorization": "Bearer bi-mat"}).content.decode().splitlines()
    assert all(re.fullmatch(r'# (HELP|TYPE) cancu_\w+ .+|cancu_\w+(\{\w+="\w+"\})? [\d.e+-]+', line) for line in lines)
    assert 'cancu_jobs{state="waiting"} 1' in lines
