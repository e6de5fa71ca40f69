"""A database for one measurement: made anew with all tables, dropped when it is over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def own_database(name: str) -> Iterator[None]:
    """Make the database ``name`` anew, with all tables, talk to it inside, and drop it afterwards."""
    from cancu.core.tables import bring_up_to_date

    usual = connection.settings_dict["NAME"]
    quoted = connection.ops.quote_name(name)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {quoted}")
        cursor.execute(f"CREATE DATABASE {quoted}")
    _talk_to(name)
    try:
        bring_up_to_date()
        yield
    finally:
        _talk_to(usual)
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {quoted} WITH (FORCE)")


def _talk_to(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
