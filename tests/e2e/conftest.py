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
from django.db import connection, connections
from django.test.utils import override_settings
from pytest_django.live_server_helper import LiveServer

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
            item.add_marker(
                pytest.mark.django_db
            )  # without it no test database is made, and ``site`` would find the real one
            item.add_marker(missing)


class Databases:
    """The test database and its two copies. Copies are made by PostgreSQL, with nobody connected."""

    def __init__(self, name: str) -> None:
        assert name.startswith("test_")  # what follows drops databases
        self.name, self.empty, self.sample = name, f"{name}_empty", f"{name}_sample"

    def with_sample(self) -> Any:
        """Put the loaded sample in the test database; returns its issued report."""
        from cancu.reports.models import Report

        forget()
        if self._exists(self.sample):
            self.copy(self.sample, self.name)
        else:
            load_sample()
            self.copy(self.name, self.sample)
        return Report.objects.get(state="issued")

    def copy(self, source: str, target: str) -> None:
        self.drop(target)
        with self._beside() as cursor:
            self._leave(cursor, source)
            cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')

    def drop(self, name: str) -> None:
        with self._beside() as cursor:
            self._leave(cursor, name)
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')

    def _exists(self, name: str) -> bool:
        with self._beside() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            return cursor.fetchone() is not None

    def _leave(self, cursor: Any, name: str) -> None:
        connections.close_all()
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
            [name],
        )

    def _beside(self) -> Any:
        return connection._nodb_cursor()


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


@pytest.fixture(scope="session")
def databases(django_db_setup: None, django_db_blocker: Any) -> Iterator[Databases]:
    """Copies of the empty database and of the loaded one: loading takes a minute, copying a second."""
    with django_db_blocker.unblock():
        kept = Databases(connection.settings_dict["NAME"])
        kept.copy(kept.name, kept.empty)
    yield kept
    with django_db_blocker.unblock():
        kept.drop(kept.empty)
        kept.drop(kept.sample)


@pytest.fixture(scope="module")
def site(databases: Databases, django_db_blocker: Any) -> Iterator[Site]:
    """The sample of 2023 and 2024 with its report issued, served, with a worker for long work. What the tests of a
    file do stays until its end; then the database is empty again."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # eighty people signing in must not cost a minute
    with django_db_blocker.unblock(), override_settings(PASSWORD_HASHERS=hashers):
        report = databases.with_sample()
        server, over = LiveServer("localhost"), threading.Event()
        worker = threading.Thread(target=work_until, args=(over,), daemon=True)
        worker.start()
        try:
            yield Site(server.url, report)
        finally:
            over.set()
            worker.join(timeout=30)
            server.stop()
            databases.copy(databases.empty, databases.name)
            forget()


def load_sample() -> None:
    """The sample department with its report issued; everybody has the same password."""
    from django.contrib.auth.hashers import make_password

    from cancu.commands.report import find_or_compose
    from cancu.core.models import User
    from cancu.desk.search_index import read_waiting
    from cancu.indicators.windows import year_to_date
    from cancu.reports.life import issue_whole
    from samples.quang_tri.load import load

    load()
    read_waiting()
    User.objects.update(password=make_password(PASSWORD))
    issue_whole(find_or_compose("annual", year_to_date(UNTIL)), UNTIL)


def forget() -> None:
    from cancu.core import codes

    codes.forget()


def work_until(over: threading.Event) -> None:
    """What ``cancu work`` does, in a thread of the test."""
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
        connections.close_all()  # those of the tests, which are other than the fixtures' while playwright's loop runs
        made.close()
