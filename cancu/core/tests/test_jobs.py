"""Long work: what is asked is done once, stops when asked, and leaves nothing half done."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from cancu.core import jobs
from cancu.core.jobs import Job, ask, job, run_job, run_waiting
from cancu.core.models import Party
from cancu.core.people import Role
from cancu.core.tests.rows import make, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return person("vanthu", "VP", Role.CLERK)


@pytest.fixture
def known():
    """Jobs of these tests, forgotten afterwards."""
    before = dict(jobs.JOBS)
    yield
    jobs.JOBS.clear()
    jobs.JOBS.update(before)


@job("test.parties")
def parties(job: Job, how_many: int) -> str:
    with transaction.atomic():
        for n in range(how_many):
            make(Party, name=f"Cơ sở số {n}")
            job.step(n + 1, how_many, "ghi cơ sở")
    return "/so/core/party/"


@job("test.refused")
def refused(job: Job) -> None:
    with transaction.atomic():
        make(Party, name="Không được ghi")
        raise ValidationError("Cột “Số” không có giá trị.")


@job("test.broken")
def broken(job: Job) -> None:
    raise ZeroDivisionError


def test_a_job_is_done_once_and_leads_to_its_result(clerk):
    asked = ask("test.parties", clerk, "Ghi ba cơ sở", how_many=3)
    assert asked.state == "waiting"
    assert run_waiting() == 1
    assert run_waiting() == 0
    run_job(job=asked.pk)  # the queue may call twice
    asked.refresh_from_db()
    assert (asked.state, asked.done, asked.whole, asked.percent, asked.leads_to) == (
        "done",
        3,
        3,
        100,
        "/so/core/party/",
    )
    assert Party.objects.count() == 3


def test_a_refusal_is_told_in_its_own_words_and_undone(clerk):
    asked = ask("test.refused", clerk, "Bị từ chối")
    run_waiting()
    asked.refresh_from_db()
    assert (asked.state, asked.error) == ("failed", "Cột “Số” không có giá trị.")
    assert not Party.objects.exists()


def test_an_unforeseen_error_is_told_without_its_insides(clerk):
    asked = ask("test.broken", clerk, "Hỏng")
    with pytest.raises(ZeroDivisionError):
        run_waiting()
    asked.refresh_from_db()
    assert asked.state == "failed"
    assert "Zero" not in asked.error


def test_a_job_that_has_not_begun_never_begins_once_stopped(clerk):
    asked = ask("test.parties", clerk, "Ghi", how_many=1)
    asked.ask_to_stop()
    run_waiting()
    asked.refresh_from_db()
    assert (asked.state, Party.objects.count()) == ("stopped", 0)


@pytest.mark.django_db(transaction=True)
def test_a_running_job_stops_at_its_next_step_and_undoes_its_work():
    clerk = person("vanthu", "VP", Role.CLERK)
    asked = ask("test.parties", clerk, "Ghi", how_many=5)
    Job.objects.filter(pk=asked.pk).update(stop_asked=True)
    run_waiting()
    asked.refresh_from_db()
    assert (asked.state, Party.objects.count()) == ("stopped", 0)


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_while_the_work_is_still_open(known):
    clerk, seen = person("vanthu", "VP", Role.CLERK), []

    @job("test.watched")
    def watched(job: Job) -> None:
        with transaction.atomic():
            make(Party, name="Chưa xong")
            job.step(2, 2, "bước hai")
            line = job._beside()
            with line.cursor() as cursor:
                cursor.execute(
                    "SELECT done, words, (SELECT count(*) FROM core_party) FROM core_job WHERE id = %s", [job.pk]
                )
                seen.append(cursor.fetchone())

    ask("test.watched", clerk, "Ghi")
    run_waiting()
    assert seen == [(2, "bước hai", 0)]


@pytest.mark.django_db(transaction=True)
def test_the_worker_does_what_the_queue_holds():
    from procrastinate.contrib.django import app

    clerk = person("vanthu", "VP", Role.CLERK)
    asked = ask("test.parties", clerk, "Ghi hai cơ sở", how_many=2)
    with app.replace_connector(app.connector.get_worker_connector()) as worker:
        worker.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
    asked.refresh_from_db()
    assert (asked.state, Party.objects.count()) == ("done", 2)
