"""The sample department on a running server, once a file, and a real browser."""

from __future__ import annotations

import datetime as dt
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = "/usr/bin/chromium"
PASSWORD = "mat-khau-thu"  # noqa: S105
UNTIL = dt.date(2024, 11, 15)
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder needs the browser; tests of a file share its department, so they stay on one worker."""
    missing = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="cần trình duyệt chromium của Debian")
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.django_db)  # without it no test database is made, and ``site`` would find the real one
            item.add_marker(missing)


@dataclass
class Site:
    """The running department: its address, and the report of 2024 as issued."""

    url: str
    report: Any

    def sign_in(self, page: Any, username: str) -> None:
        """Sign ``username`` in on a page of the browser, as people do."""
        page.goto(self.url + "/dang-nhap/")
        page.fill("input[name=login], #id_username", username)
        page.fill("input[type=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_selector("h1:has-text('Bàn làm việc')")


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[Site]:
    """The sample of 2023 and 2024 with its report issued, served, with a worker for long work. What the tests of a
    file do stays until its end; then every table is emptied."""
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import override_settings
    from pytest_django.live_server_helper import LiveServer

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # eighty people signing in must not cost a minute
    with django_db_blocker.unblock(), override_settings(PASSWORD_HASHERS=hashers):
        assert connection.settings_dict["NAME"].startswith("test_")  # what follows empties every table
        report = loaded()
        server, over = LiveServer("localhost"), threading.Event()
        worker = threading.Thread(target=work_until, args=(over,), daemon=True)
        worker.start()
        try:
            yield Site(server.url, report)
        finally:
            over.set()
            worker.join(timeout=30)
            server.stop()
            with connection.cursor() as cursor:  # the server's threads keep theirs open for a minute
                cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
            call_command("flush", interactive=False, verbosity=0)
            forget()


def loaded() -> Any:
    from django.contrib.auth.hashers import make_password

    from cancu.commands.report import find_or_compose
    from cancu.core.models import User
    from cancu.indicators.windows import year_to_date
    from cancu.reports.life import issue_whole
    from samples.quang_tri.load import load

    forget()
    load()
    User.objects.update(password=make_password(PASSWORD))
    return issue_whole(find_or_compose("annual", year_to_date(UNTIL)), UNTIL)


def forget() -> None:
    from cancu.core import codes

    codes.forget()


def work_until(over: threading.Event) -> None:
    """What ``cancu work`` does, in a thread of the test."""
    from django.db import connections

    from cancu.core.jobs import run_waiting

    while not over.wait(0.3):
        run_waiting()
    connections.close_all()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    from playwright.sync_api import sync_playwright

    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=quiet)
        yield made
        made.close()
