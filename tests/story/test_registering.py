"""Sixty-four văn thư register arrivals and reserve outgoing numbers at once, and the power fails for a quarter of them
with a number in hand: every book runs on without gap or duplicate, and what was void says why."""

import datetime as dt
import os
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection
from django.urls import reverse

from cancu.core import numbering
from cancu.core.attachments import Attachment
from cancu.core.models import IssuedNumber, NumberSeries
from cancu.core.tests.people import signed_in
from cancu.documents.arrivals import Arrival
from cancu.documents.arriving import bring
from cancu.documents.models import Document
from cancu.documents.tests.papers import office

WRITERS, EACH, KILLED = 64, 3, 16
DAY = dt.date(2024, 11, 15)
WRITING = """
import os, sys, time, django
os.environ["DJANGO_SETTINGS_MODULE"] = "cancu.settings"
django.setup()
import datetime as dt
from django.conf import settings
from django.db import connections
from pathlib import Path
from cancu.core import numbering
from cancu.core.calendar import replayed
from cancu.core.models import User
from cancu.documents.arrivals import Arrival
from cancu.documents.arriving import register
connections["default"].settings_dict["NAME"] = sys.argv[1]
settings.VAR, each, keys, DAY = Path(sys.argv[2]), int(sys.argv[3]), [int(k) for k in sys.argv[4:]], dt.date(2024, 11, 15)
running = set()
for n in range(0, len(keys), each):
    pid = os.fork()
    if pid == 0:
        connections["default"].settings_dict["OPTIONS"]["application_name"] = str(os.getpid())
        clerk = User.objects.get(username="vanthu")
        with replayed(DAY):
            for key in keys[n : n + each]:
                arrival = Arrival.objects.get(pk=key)
                values = {"type": "letter", "number": f"{key}/UBND-NC", "issued_on": DAY, "issuer": "UBND tỉnh Quảng Trị", "title": "thử", "nature": "administrative", "arrived_on": DAY}
                register(arrival, values, clerk)
                held = numbering.reserve("BC-SKHCN", DAY, clerk, f"báo cáo {key}")
                time.sleep(0.02)
                numbering.void(held, "Không ban hành nữa") if key % 3 == 0 else numbering.use(held)
        os._exit(0)
    running.add(pid)
    print(pid, flush=True)
failed = 0
while running:
    pid, status = os.wait()
    failed += os.waitstatus_to_exitcode(status) not in (0, -9)
    running.discard(pid)
sys.exit(failed)
"""


def with_a_number_in_hand() -> int | None:
    """A process that has taken a number and not yet committed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.application_name FROM pg_stat_activity a JOIN pg_locks l USING (pid) WHERE a.datname = current_database()"
            " AND a.pid <> pg_backend_pid() AND l.relation = 'core_issuednumber'::regclass AND l.mode = 'RowExclusiveLock' AND a.application_name ~ '^[0-9]+$'"
        )
        row = cursor.fetchone()
    return int(row[0]) if row else None


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_numbers_taken_by_many_and_killed_halfway_have_no_gap(tmp_path, settings):
    settings.VAR = tmp_path
    clerk = office()["clerk"]
    arrivals = [bring(f"Số: {n}/UBND-NC".encode(), f"{n}.txt", clerk) for n in range(WRITERS * EACH)]
    Arrival.objects.update(state="read")
    writing = subprocess.Popen(
        [
            sys.executable,
            "-c",
            WRITING,
            connection.settings_dict["NAME"],
            str(tmp_path),
            str(EACH),
            *(str(a.pk) for a in arrivals),
        ],
        cwd=settings.ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    pids = {int(writing.stdout.readline()) for _n in range(WRITERS)}
    killed: set[int] = set()
    deadline = time.monotonic() + 120
    while len(killed) < KILLED and writing.poll() is None and time.monotonic() < deadline:
        pid = with_a_number_in_hand()
        if pid in pids - killed:
            os.kill(pid, signal.SIGKILL)
            killed.add(pid)
    assert writing.wait(timeout=300) == 0
    assert killed
    registered = sorted(Document.objects.filter(direction="incoming").values_list("arrival_number", flat=True))
    assert registered == list(range(1, len(registered) + 1))
    assert (WRITERS - len(killed)) * EACH <= len(registered) < WRITERS * EACH
    assert numbering.gaps("ĐẾN/VP", 2024) == numbering.gaps("BC-SKHCN", 2024) == []
    assert Attachment.objects.count() == len(registered), "each registered letter has its file"
    for left in Arrival.objects.exclude(state="registered"):
        assert left.bytes(), "what was not registered still waits with its file"
    void_numbers_are_listed()


def void_numbers_are_listed() -> None:
    series = NumberSeries.objects.get(symbol="BC-SKHCN")
    void = IssuedNumber.objects.filter(series=series, state="void")
    assert void.exists() and {n.reason for n in void} == {"Không ban hành nữa"}
    page = signed_in("vanthu").get(reverse("one-series", args=[series.pk]))
    assert page.context["missing"] == 0
    assert "Không ban hành nữa" in page.content.decode()
