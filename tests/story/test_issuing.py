"""Thirty-two clerks press “Ban hành” at once, and the power fails for some of them in the middle.

Every signed report is tried by two processes, so that they meet both over the series of numbers and over one report.
The processes are forked from one that has everything imported; each writes real Word, PDF and HTML.
"""

import contextlib
import datetime as dt
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from cancu.core import codes, numbering
from cancu.core.models import IssuedNumber, User
from cancu.core.people import Role
from cancu.core.tests.rows import make, person
from cancu.documents.models import Document
from cancu.indicators.windows import year_to_date
from cancu.reports.freeze import confirm, take
from cancu.reports.issue import issue
from cancu.reports.models import Letterhead, Report, Section

CLERKS = 32
KILLED = 8
DAY = dt.date(2024, 11, 15)
FILES = {"bao-cao-2024.docx", "bao-cao-2024.pdf", "bao-cao-2024.html", "figures.json", "figures.csv"}
PRESSING = """
import os, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "cancu.settings"
django.setup()
import datetime as dt
from django.core.exceptions import ValidationError
from django.db import connections
from cancu.core.models import User
from cancu.reports.issue import issue
from cancu.reports.models import Report
import vanban.write.docx, vanban.write.html, vanban.write.pdf
connections["default"].settings_dict["NAME"] = sys.argv[1]
reports = [int(key) for key in sys.argv[2:]]
clerks = {}
for n, key in enumerate(reports):
    pid = os.fork()
    if pid == 0:
        connections["default"].settings_dict["OPTIONS"]["application_name"] = str(os.getpid())
        clerk = User.objects.get(username="vanthu")
        for mine in (key, reports[(n + 1) % len(reports)]):
            try:
                issue(Report.objects.get(pk=mine), clerk, dt.date(2024, 11, 15))
            except ValidationError:
                pass  # the other clerk was first
        os._exit(0)
    clerks[pid] = n
    print(pid, flush=True)
failed = 0
while clerks:
    pid, status = os.wait()
    failed += os.waitstatus_to_exitcode(status) not in (0, -9)
    del clerks[pid]
sys.exit(failed)
"""


def signed_reports(count: int) -> list[Report]:
    """Reports whose one section, with a live figure and its rows, is confirmed and taken; all signed."""
    codes.load(
        Path(settings.ROOT) / "cancu" / "documents" / "codes.yaml"
    )  # a report issued is a line of the outgoing book
    specialist, head = person("cv.vp", "VP"), person("tr.vp", "VP", Role.UNIT_HEAD)
    deputy = person("phogiamdoc", "SKHCN", Role.DEPUTY)
    person("vanthu", "VP", Role.CLERK)
    make(Letterhead, unit="SKHCN", symbol="SKHCN", valid_from="2020-01-01")
    make("radiation.Licence", state="granted", issued_on="2024-03-01", expires_on="2027-01-01")
    window = year_to_date(DAY)
    made = []
    for n in range(count):
        report = make(
            Report,
            kind="annual",
            title=f"Báo cáo thứ {n + 1}",
            owner_unit="VP",
            entered_by=specialist,
            window_name=window.name,
            window_start=window.start,
            window_end=window.end,
        )
        section = make(
            Section,
            report=report,
            order=1,
            code="I",
            number="I.",
            heading="KẾT QUẢ",
            owner_unit="VP",
            entered_by=specialist,
            state="drafted",
            body="Sở đã cấp phép cho [1](figure:radiation.facilities_licensed) cơ sở.",
        )
        take(confirm(section, head), head)
        Report.objects.filter(pk=report.pk).update(state="signed", signer=deputy)
        made.append(report)
    return made


def halfway() -> int | None:
    """The process that has taken a number and not yet committed: its report is half issued at this moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.application_name FROM pg_stat_activity a JOIN pg_locks l USING (pid) WHERE a.datname = current_database()"
            " AND a.pid <> pg_backend_pid() AND l.relation = 'core_issuednumber'::regclass AND l.mode = 'RowExclusiveLock'"
        )
        row = cursor.fetchone()
    return int(row[0]) if row else None


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_reports_issued_at_once_and_killed_halfway_are_whole_or_untouched():
    reports = signed_reports(CLERKS)
    keys = [str(report.pk) for report in reports]
    pressing = subprocess.Popen(
        [sys.executable, "-c", PRESSING, connection.settings_dict["NAME"], *keys],
        cwd=settings.ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    pids = [int(pressing.stdout.readline()) for _ in reports]
    killed: set[int] = set()
    deadline = time.monotonic() + 120
    while len(killed) < KILLED and pressing.poll() is None and time.monotonic() < deadline:
        busy = halfway()
        if busy and IssuedNumber.objects.count() > len(killed):  # some reports get through between two deaths
            waiting = next((pid for pid in reversed(pids) if pid != busy and pid not in killed), busy)
            for pid in {busy, waiting}:
                with contextlib.suppress(ProcessLookupError):  # it had just finished
                    os.kill(pid, signal.SIGKILL)
                killed.add(pid)
        time.sleep(0.005)
    assert pressing.wait(timeout=240) == 0

    after = list(Report.objects.order_by("number").prefetch_related("files"))
    issued, left = [r for r in after if r.state == "issued"], [r for r in after if r.state != "issued"]
    assert [r.number for r in issued] == list(range(1, len(issued) + 1))
    assert list(IssuedNumber.objects.values_list("number", "state")) == [(r.number, "used") for r in issued]
    assert numbering.gaps("BC-SKHCN", 2024) == []
    for report in issued:
        assert {f.name for f in report.files.all()} == FILES
        assert all(bytes(f.content) for f in report.files.all())
    assert [d.canonical for d in Document.objects.order_by("pk")] == [
        r.code for r in issued
    ]  # the outgoing book, line by line
    for report in left:
        assert (report.state, report.number, report.issued_on, report.files.count()) == ("signed", None, None, 0)
    survivors = [n for n, pid in enumerate(pids) if pid not in killed]
    reached = {reports[n].pk for n in survivors} | {reports[(n + 1) % CLERKS].pk for n in survivors}
    assert reached <= {r.pk for r in issued}
    assert len(killed) >= KILLED

    for n, report in enumerate(
        left, len(issued) + 1
    ):  # whoever fell left no lock: the rest is issued as if nothing happened
        assert issue(report, User.objects.get(username="vanthu"), DAY).number == n
