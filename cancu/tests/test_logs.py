"""What is written down of a request and of a job; and what never is."""

import json
import logging

import pytest
from django.test import Client
from django.urls import reverse

from cancu import logs
from cancu.core.jobs import JOBS, Job, run_job
from cancu.core.models import User
from cancu.core.people import Role
from cancu.core.tests.people import signed_in
from cancu.core.tests.rows import make, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines():
    """The lines that the house writes, as a collector reads them: made at the moment of the event."""
    written: list[dict] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(json.loads(logs.JsonFormatter().format(record)))

    kept = Kept()
    logging.getLogger().addHandler(kept)
    yield written
    logging.getLogger().removeHandler(kept)


def test_a_request_is_one_line_that_says_who_what_and_how_long(lines):
    person("cv.qlcn", "QLCN", Role.SPECIALIST)
    answer = signed_in("cv.qlcn").get(reverse("search") + "?q=Nguyễn Văn An")
    line = lines[-1]
    assert [line[name] for name in ("level", "logger", "method", "path", "status")] == [
        "INFO",
        "cancu.request",
        "GET",
        "/tim/",
        200,
    ]
    assert line["user"] == User.objects.get(username="cv.qlcn").pk and isinstance(line["ms"], int)
    assert answer["X-Request-ID"] == line["request"] and line["time"].endswith("+00:00")


def test_nothing_after_the_question_mark_and_nothing_typed_is_written(lines):
    Client().get(reverse("search") + "?q=so-can-cuoc-079")
    Client().post(reverse("account_login"), {"login": "mat-khau-go-nham", "password": "rat-bi-mat"})
    said = json.dumps(lines, ensure_ascii=False)
    assert len(lines) == 2 and not [word for word in ("so-can-cuoc", "mat-khau-go-nham", "rat-bi-mat") if word in said]


def test_the_secret_address_of_a_calendar_is_not_written(lines):
    person("cv.qlcn", "QLCN", Role.SPECIALIST)
    Client().get(reverse("calendar", args=["mot-dia-chi-bi-mat"]))
    assert lines[-1]["path"] == "/lich-han/….ics" and "bi-mat" not in json.dumps(lines)


@pytest.mark.parametrize(("given", "kept"), [("tu-may-truoc-42", True), ('x" y\n', False), ("a" * 65, False)])
def test_the_number_of_a_request_comes_from_the_door_before_ours_when_it_is_a_plain_word(given, kept):
    assert (Client().get(reverse("health"), headers={"X-Request-ID": given})["X-Request-ID"] == given) is kept


def test_an_error_says_where_but_no_values_of_rows(lines, monkeypatch):
    def broken(*_words):
        raise RuntimeError("duplicate key value\nDETAIL: Key (số căn cước)=(079) already exists.")

    monkeypatch.setattr("cancu.desk.views.health.queue_age", broken)
    Client(raise_request_exception=False).get(reverse("health"))
    error, request = lines[-2:]
    assert error["error"] == "RuntimeError: duplicate key value" and any("health.py" in step for step in error["trace"])
    assert (
        error["request"] == request["request"]
        and request["level"] == "ERROR"
        and "căn cước" not in json.dumps(lines, ensure_ascii=False)
    )


@pytest.mark.parametrize(("breaks", "state"), [(False, "done"), (True, "failed")])
def test_a_job_has_its_line_and_what_it_writes_carries_its_number(lines, monkeypatch, breaks, state):
    def work(job):
        logging.getLogger("cancu.thu").warning("đang làm")
        if breaks:
            raise RuntimeError("hỏng")

    monkeypatch.setitem(JOBS, "thu", work)
    job = make(Job, name="thu", label="Việc", asked_by="cv.qlcn")
    try:
        run_job(job=job.pk)
    except RuntimeError:
        assert breaks
    assert {(line["job"], line["user"]) for line in lines} == {(job.pk, job.asked_by_id)}
    assert lines[-1]["state"] == state


@pytest.mark.parametrize(
    ("asked", "debug", "text"), [("", "", False), ("json", "1", False), ("", "1", True), ("text", "", True)]
)
def test_people_at_a_terminal_may_have_plain_lines(monkeypatch, asked, debug, text):
    monkeypatch.setenv("CANCU_LOG", asked)
    monkeypatch.setenv("CANCU_DEBUG", debug)
    assert ("format" in logs.settings()["formatters"]["line"]) is text
