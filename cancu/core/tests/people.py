"""People for tests of pages: two specialists of two units, a head, the director, an administrator, văn thư."""

from __future__ import annotations

import datetime as dt

from django.test import Client

from cancu.core.models import User
from cancu.core.people import Role
from cancu.core.tests.rows import person

MOST_QUERIES = 15
DAY = dt.date(2024, 11, 15)


def staff() -> None:
    for username, unit, role in (
        ("cv.qlcn", "QLCN", Role.SPECIALIST),
        ("tr.qlcn", "QLCN", Role.UNIT_HEAD),
        ("cv.qlkh", "QLKH", Role.SPECIALIST),
        ("giamdoc", "QLCN", Role.DIRECTOR),
        ("vanthu", "QLCN", Role.CLERK),
        ("quantri", "QLCN", Role.ADMINISTRATOR),
    ):
        person(username, unit, role)


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
    return client
