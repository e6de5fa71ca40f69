"""A report rolled forward: lists of records are those of the new year, years of the old one are named."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from cancu.core.people import User
from cancu.core.tests.rows import make, named
from cancu.core.units import Unit
from cancu.indicators.windows import year_to_date
from cancu.programme.models import Proposal
from cancu.reports.forward import carried, roll_forward, stale
from cancu.reports.models import Report, Section

pytestmark = pytest.mark.django_db
OLD = "Mở đầu.\n\n1. [Việc cũ một](record:programme.proposal/C1?show=content)\n1. [Việc cũ hai](record:programme.proposal/C2?show=content)\n\nĐoạn cuối do người soạn viết."


def proposal(year: int, code: str, order: int = 1) -> Proposal:
    return make(
        Proposal, kind="proposal", year=year, order=order, code=code, title=f"Tên {code}", content=f"Nội dung {code}"
    )


@pytest.fixture
def report():
    made = make(
        Report,
        kind="annual",
        title="Báo cáo 2024",
        window_name="year_to_date",
        window_start="2024-01-01",
        window_end="2024-11-15",
        owner_unit="VP",
        entered_by="cv.vp",
    )
    make(
        Section,
        report=made,
        order=1,
        code="III",
        number="III.",
        level=1,
        heading="ĐỀ XUẤT NĂM 2025",
        owner_unit="VP",
        entered_by="cv.vp",
        state="drafted",
        body=OLD,
    )
    return made


def test_the_new_years_proposals_take_the_place_of_the_old_and_prose_stays(report):
    proposal(2026, "M1"), proposal(2026, "M2", 2), proposal(2025, "C1")
    rolled = roll_forward(report, year_to_date(dt.date(2025, 11, 15)), named(User, "cv.vp"))
    body = rolled.sections.get().body
    lines = body.split("\n")
    assert lines[0] == "Mở đầu."
    assert lines[-1] == "Đoạn cuối do người soạn viết."
    assert [("M1" in line, "M2" in line) for line in lines if "record:" in line] == [(True, False), (False, True)]
    assert rolled.sections.get().heading.endswith("NĂM 2026")


def test_where_the_new_year_has_none_yet_the_old_lines_stay(report):
    assert carried(OLD, ["programme/proposals.md"], {"year": 2025, "next_year": 2026}) == OLD


def test_years_of_the_old_report_are_found_and_those_of_the_new_are_not(report):
    rolled = roll_forward(report, year_to_date(dt.date(2025, 11, 15)), named(User, "cv.vp"))
    section = rolled.sections.select_related("report__rolled_from").get()
    section.body = "Năm 2024 so với năm 2023; kế hoạch năm 2025 ([năm 2024](document:1/KH@2024-01-01))."
    assert [words for _s, _e, words in stale(section)] == ["Năm 2024"]


def test_a_report_does_not_roll_backwards(report):
    with pytest.raises(ValidationError, match="sau kỳ của báo cáo cũ"):
        roll_forward(report, year_to_date(dt.date(2024, 10, 31)), named(User, "cv.vp"))
    assert Unit.objects.filter(code="VP").exists()
    assert Report.objects.count() == 1
