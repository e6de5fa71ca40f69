"""A worker killed by the machine in the middle of writing a sheet leaves nothing, and the sheet is written afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from urllib.parse import quote, urlsplit

import pytest
from django.db import connection, transaction

from cancu.core import codes
from cancu.core.jobs import Job, ask
from cancu.core.line import REGISTERS
from cancu.core.models import Party, Sheet, Unit
from cancu.core.people import Role
from cancu.core.sheets.run import bring
from cancu.core.sheets.workbook import Brought
from cancu.core.tests.rows import make, person
from cancu.desk.models import SearchRow, SearchWaiting

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
Device = REGISTERS["radiation.device"].model
ROWS, ONE_BAD_IN = 2_000, 100
PATIENCE = 60  # seconds that a slow machine is given


@pytest.fixture
def clerk():
    import pathlib

    from django.apps import apps

    codes.load(pathlib.Path(apps.get_app_config("radiation").path) / "codes.yaml")
    made = person("cv.qlcn", "QLCN", Role.SPECIALIST)
    make("radiation.Facility", code="CS-1", party=make(Party, name="Phòng khám Đông Hà"), owner_unit="QLCN")
    yield made
    codes.forget()


def book() -> Brought:
    kind = next(iter(codes.labels("radiation.device_kind").values()))
    day = {True: "31/02/2024", False: "05/02/2024"}
    return Brought.of(
        [
            ["Cơ sở", "Loại thiết bị", "Số seri", "Ngày khai báo"],
            *(["CS-1", kind, f"SR-{n}", day[n % ONE_BAD_IN == 0]] for n in range(ROWS)),
        ]
    )


def worker() -> subprocess.Popen[bytes]:
    """``cancu work --once`` as the office runs it, on the database of this test."""
    own, given = connection.settings_dict, os.environ.get("DATABASE_URL")
    url = (
        urlsplit(given)._replace(path=f"/{own['NAME']}").geturl()
        if given
        else f"postgresql://{own['USER']}@/{own['NAME']}?host={quote(own['HOST'])}"
    )
    return subprocess.Popen([sys.executable, "-m", "cancu", "work", "--once"], env={**os.environ, "DATABASE_URL": url})


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "the other process never came so far"
        time.sleep(0.05)


def asked(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.fetchone()[0])


def do(name: str, clerk: object, sheet: Sheet) -> Job:
    found = ask(name, clerk, "x", sheet=sheet.pk)
    assert worker().wait(PATIENCE) == 0
    found.refresh_from_db()
    return found


def killed_while_it_writes(clerk: object, sheet: Sheet) -> Job:
    """The rows are in the register and in its history, and wait to be noted for search: there the worker is held, and killed."""
    found = ask("sheets.write", clerk, "x", sheet=sheet.pk)
    held = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'desk_searchwaiting'::regclass"
    writing = (
        "SELECT count(*) FROM pg_locks WHERE relation = 'radiation_device'::regclass AND mode = 'RowExclusiveLock'"
    )
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE desk_searchwaiting IN SHARE MODE")
        one = worker()
        until(lambda: bool(asked(held) and asked(writing)))
        one.send_signal(signal.SIGKILL)
        assert one.wait(PATIENCE) == -signal.SIGKILL
    until(lambda: not asked(writing))  # the server notices that nobody is there
    return found


def test_a_worker_killed_while_it_writes_leaves_nothing_and_the_next_one_writes_every_good_row(clerk):
    sheet = bring(REGISTERS["radiation.device"], "thiết bị.xlsx", book(), clerk, Unit.objects.get(code="QLCN"))
    assert do("sheets.try", clerk, sheet).state == "done"
    found = killed_while_it_writes(clerk, sheet)

    events = Device.history.rel.related_model.objects
    found.refresh_from_db()
    sheet.refresh_from_db()
    assert (Device.objects.count(), events.count()) == (0, 0)
    assert not SearchRow.objects.filter(source="radiation.device").exists()
    assert not SearchWaiting.objects.filter(source="radiation.device").exists()
    assert (sheet.state, sheet.written, found.state) == ("tried", {}, "running")

    with connection.cursor() as cursor:  # an hour goes by: the queue knows a dead worker by its silence
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 hour'")
    assert worker().wait(PATIENCE) == 0
    found.refresh_from_db()
    good = ROWS - ROWS // ONE_BAD_IN
    assert (
        found.state,
        Device.objects.count(),
        events.filter(pgh_label="insert", pgh_context__metadata__sheet=sheet.pk).count(),
    ) == ("done", good, good)
