"""The sample department, loaded once a file; each story undoes what it did."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction


@pytest.fixture(scope="module")
def department(django_db_setup: None, django_db_blocker) -> Iterator[None]:  # type: ignore[no-untyped-def]
    """The whole sample of 2023 and 2024, rolled back after the last story of the file."""
    from cancu.core import codes
    from samples.quang_tri.load import load

    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
        codes.forget()
        load()
        yield
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)
        codes.forget()


@pytest.fixture
def office(department: None, db: None) -> None:
    """One story in the loaded department; what it does is undone."""
