"""Outgoing numbers have no gap and no duplicate, under any concurrency or crash."""

import datetime as dt
import os
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from cancu.core import numbering
from cancu.core.models import IssuedNumber, User

DAY = dt.date(2024, 11, 15)
WORKER = """
import os, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "cancu.settings"
django.setup()
from django.db import connections
connections["default"].settings_dict["NAME"] = sys.argv[1]
import datetime as dt
from cancu.core import numbering
from cancu.core.models import User
user = User.objects.get(username="vanthu")
for _ in range(40):
    numbering.take("BC-THU", dt.date(2024, 11, 15), user)
"""


@pytest.fixture
def clerk(db):
    return User.objects.create(username="vanthu", full_name="Văn thư")


def test_numbers_run_from_one_and_start_again_each_year(clerk):
    assert [numbering.take("BC-SKHCN", DAY, clerk) for _ in range(3)] == [1, 2, 3]
    assert numbering.take("BC-SKHCN", DAY.replace(year=2025), clerk) == 1
    assert numbering.take("KH-SKHCN", DAY, clerk) == 1


def test_a_number_taken_in_work_that_fails_was_never_taken(clerk):
    with pytest.raises(RuntimeError), transaction.atomic():
        numbering.take("BC-SKHCN", DAY, clerk)
        raise RuntimeError
    assert numbering.take("BC-SKHCN", DAY, clerk) == 1


def test_a_void_number_is_listed_with_its_reason_and_never_used_again(clerk):
    number = numbering.reserve("BC-SKHCN", DAY, clerk)
    numbering.void(number, "Văn bản không ban hành")
    assert numbering.take("BC-SKHCN", DAY, clerk) == 2
    assert IssuedNumber.objects.get(number=1).reason == "Văn bản không ban hành"
    with pytest.raises(ValidationError):
        numbering.use(number)


def test_a_number_is_not_voided_without_a_reason(clerk):
    with pytest.raises(ValidationError, match="lý do"):
        numbering.void(numbering.reserve("BC-SKHCN", DAY, clerk), " ")


@pytest.mark.django_db(transaction=True)
def test_many_processes_some_of_them_killed_leave_no_gap_and_no_duplicate():
    User.objects.create(username="vanthu", full_name="Văn thư")
    name = connection.settings_dict["NAME"]
    workers = [subprocess.Popen([sys.executable, "-c", WORKER, name], cwd=settings.ROOT) for _ in range(8)]
    deadline = time.monotonic() + 60
    while IssuedNumber.objects.count() < 10 and time.monotonic() < deadline:
        time.sleep(0.02)
    for worker in workers[:3]:
        os.kill(worker.pid, signal.SIGKILL)
    for worker in workers:
        worker.wait(timeout=120)
    numbers = list(IssuedNumber.objects.values_list("number", flat=True))
    assert len(numbers) >= 5 * 40
    assert sorted(numbers) == list(range(1, len(numbers) + 1))
    assert set(IssuedNumber.objects.values_list("state", flat=True)) == {"used"}
