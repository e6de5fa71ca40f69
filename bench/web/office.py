"""The department under load: a laboratory, its director signed in, and the addresses that are asked of each server."""

from __future__ import annotations

import argparse
import itertools
import random
from urllib.parse import quote, urlencode

from .load import Page

REGISTER, ADMIN = "/so/laboratory/verification/", "/admin/laboratory/verification/"
STOCK = "/stock/laboratory/verification/"
#: Numbers of new records never meet: each page takes its own from here.
_new = itertools.count(10_000_000)


def filled(rows: int, owners: int) -> str:
    """The laboratory, read into the search table; the cookies of a director who may do everything on both servers."""
    from pathlib import Path

    from django.apps import apps
    from django.db import connection
    from django.test import Client

    from bench.indicators.register import fill
    from cancu.core import codes
    from cancu.core.people import Role
    from cancu.core.tests.rows import person
    from cancu.desk.search_index import rebuild

    codes.load(Path(apps.get_app_config("laboratory").path) / "codes.yaml")
    fill(rows, owners)
    user = person("giamdoc", "DV", Role.DIRECTOR)
    person("giamdoc", "DV", Role.LABORATORY)
    type(user).objects.filter(pk=user.pk).update(is_staff=True, is_superuser=True)  # only Django's admin asks
    for _table in rebuild():
        pass
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return f"sessionid={client.cookies['sessionid'].value}; csrftoken={'a' * 32}"


def _owner(number: int, owners: int) -> str:
    return f"Khách hàng số {random.Random(number).randrange(1, owners)}"  # noqa: S311 (which page, not a secret)


def pages_of_ours(options: argparse.Namespace) -> dict[str, Page]:
    first = _first()
    return {
        "list": lambda n: ("GET", REGISTER, ""),
        "filter": lambda n: ("GET", f"{REGISTER}?field=mass&act=verification", ""),
        "search": lambda n: ("GET", f"{REGISTER}?q={quote(_owner(n, options.owners))}", ""),
        "detail": lambda n: ("GET", f"{REGISTER}{1 + n * 7919 % options.rows}/", ""),
        "create": lambda n: ("POST", f"{REGISTER}moi/", urlencode({**first, "number": str(next(_new)), "still": "1"})),
    }


def pages_of_the_admin(options: argparse.Namespace) -> dict[str, Page]:
    first = _first() | {
        "entered_by": "1",
        "entered_at_0": "2024-01-01",
        "entered_at_1": "00:00",
        "performed_on": "2024-01-15",
        "state": "drafted",
    }
    return {
        "list": lambda n: ("GET", ADMIN, ""),
        "filter": lambda n: ("GET", f"{ADMIN}?field__exact=mass&act__exact=verification", ""),
        "search": lambda n: ("GET", f"{ADMIN}?q={quote(_owner(n, options.owners))}", ""),
        "detail": lambda n: ("GET", f"{ADMIN}{1 + n * 7919 % options.rows}/change/", ""),
        "create": lambda n: ("POST", f"{ADMIN}add/", urlencode({**first, "number": str(next(_new))})),
    }


def pages_of_the_stock_admin(options: argparse.Namespace) -> dict[str, Page]:
    """Its list, filters and search are the other admin's; its form is not."""
    return {"detail": lambda n: ("GET", f"{STOCK}{1 + n * 7919 % options.rows}/change/", "")}


def _first() -> dict[str, str]:
    from cancu.lines.laboratory.models import Verification

    one = Verification.objects.order_by("pk")[0]
    return {
        "instrument": str(one.instrument_id),
        "owner_unit": str(one.owner_unit_id),
        "act": "verification",
        "mode": "periodic",
        "method": one.method,
        "performed_on": "15/01/2024",
    }
