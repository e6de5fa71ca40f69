"""Searching inside one register: by the words search knows, within one's scope, by index at any size."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cancu.core.people import Role
from cancu.core.tests.rows import make, person
from cancu.desk import search_words
from cancu.desk.tests.test_pages import signed_in
from cancu.lines.laboratory.models import Instrument, Verification

pytestmark = pytest.mark.django_db
ADDRESS = "/so/laboratory/verification/"


@pytest.fixture
def laboratory():
    """Three measurements of two owners, by a laboratory that a specialist elsewhere does not see."""
    person("kd.ttkt", "TTKT", Role.LABORATORY)
    person("cv.qlcn", "QLCN", Role.SPECIALIST)
    scales = make(Instrument, code="PTD-1", field="mass", user="Công ty Xăng dầu Quảng Trị", owner_unit="TTKT")
    meter = make(Instrument, code="PTD-2", field="volume", user="Nhà máy nước Đông Hà", owner_unit="TTKT")
    return [
        make(
            Verification,
            number=f"2024-{n:04d}",
            instrument=one,
            performed_on=f"2024-03-{n:02d}",
            certificate=f"{n}/GCN",
            passed=True,
            mode="periodic",
            owner_unit="TTKT",
        )
        for n, one in enumerate((scales, meter, scales), 1)
    ]


def found(client, words):
    shown = client.get(ADDRESS, {"q": words}).context["list"]
    return sorted(row.number for row in shown.items), shown.count_words


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("xang dau", ["2024-0001", "2024-0003"]),
        ("Quảng Trị xăng", ["2024-0001", "2024-0003"]),
        ("nhà máy nước", ["2024-0002"]),
        ("2024-0002", ["2024-0002"]),
        ("3/GCN", ["2024-0003"]),
        ("không có ai", []),
        ("–", []),
    ],
)
def test_a_verification_is_found_by_its_owner_and_its_numbers_without_marks(laboratory, words, numbers):
    assert found(signed_in("kd.ttkt"), words) == (numbers, str(len(numbers)))


def test_a_row_just_entered_is_found_at_once(laboratory):
    assert found(signed_in("kd.ttkt"), "moi do")[0] == []
    make(
        Verification,
        number="2024-0009",
        instrument=make(Instrument, code="PTD-9", field="mass", user="Chợ mới đo", owner_unit="TTKT"),
        performed_on="2024-05-01",
        mode="periodic",
        owner_unit="TTKT",
    )
    assert found(signed_in("kd.ttkt"), "moi do")[0] == ["2024-0009"]


def test_search_never_leads_outside_ones_scope(laboratory):
    assert found(signed_in("cv.qlcn"), "xang dau") == ([], "0")


def test_words_that_many_rows_hold_are_met_by_walking_the_list_and_not_counted(laboratory, monkeypatch):
    monkeypatch.setattr(search_words, "MANY", 1)
    assert found(signed_in("kd.ttkt"), "xang dau") == (["2024-0001", "2024-0003"], "nhiều")


def test_a_search_asks_few_questions(laboratory):
    client = signed_in("kd.ttkt")
    found(client, "xang dau")
    with CaptureQueriesContext(connection) as asked:
        client.get(ADDRESS, {"q": "xang dau"})
    assert len(asked) <= 15
