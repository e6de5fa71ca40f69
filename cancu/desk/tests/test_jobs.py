"""The page of a piece of long work: only who asked sees it, stops it, and is led to its result."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cancu.core.jobs import Job
from cancu.core.people import Role
from cancu.core.tests.rows import make, person
from cancu.desk.tests.test_pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def running():
    person("giamdoc", "VP", Role.DIRECTOR)
    asker = person("vanthu", "VP", Role.CLERK)
    return make(
        Job, name="x", label="Đọc 200 tệp", asked_by=asker, state="running", done=50, whole=200, words="tệp thứ 50"
    )


def test_who_asked_sees_how_far_it_is(running):
    page = signed_in("vanthu").get(reverse("job", args=[running.pk])).content.decode()
    assert "50/200" in page and 'value="25"' in page and "tệp thứ 50" in page


def test_nobody_else_sees_it_or_stops_it(running):
    other = signed_in("giamdoc")
    assert other.get(reverse("job", args=[running.pk])).status_code == 404
    assert other.post(reverse("stop-job", args=[running.pk])).status_code == 404
    running.refresh_from_db()
    assert not running.stop_asked


def test_it_is_stopped_by_a_button_not_by_a_link(running):
    asker = signed_in("vanthu")
    assert asker.get(reverse("stop-job", args=[running.pk])).status_code == 405
    asker.post(reverse("stop-job", args=[running.pk]))
    running.refresh_from_db()
    assert running.stop_asked


def test_the_page_goes_to_the_result_when_the_work_is_done(running):
    Job.objects.filter(pk=running.pk).update(
        state="done", ended_at="2024-11-15T08:00+07:00", leads_to="/so/documents/document/"
    )
    answer = signed_in("vanthu").get(reverse("job", args=[running.pk]), headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == "/so/documents/document/"
