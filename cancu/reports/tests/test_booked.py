"""An issued report is a line of the outgoing book and answers the document that asked for it."""

from __future__ import annotations

import datetime as dt

import pytest

from cancu.core.attachments import Attachment
from cancu.core.people import Role
from cancu.core.tests.rows import make, person
from cancu.documents.assignments import Assignment, finish, give
from cancu.documents.books import BOOKS, lines, rows_of
from cancu.documents.models import Document, Relation
from cancu.documents.tests.papers import office
from cancu.indicators.windows import year_to_date
from cancu.reports.booked import booked
from cancu.reports.issue import issue
from cancu.reports.models import Letterhead, Report

pytestmark = pytest.mark.django_db
DAY, YEAR = dt.date(2024, 11, 15), (dt.date(2024, 1, 1), dt.date(2024, 12, 31))


@pytest.fixture
def clerk():
    make(Letterhead, unit="SKHCN", symbol="SKHCN", valid_from="2020-01-01")
    return office()["clerk"]


@pytest.fixture
def asked(clerk):
    return make(
        Document,
        number="4986/UBND-NC",
        issued_on="2024-11-11",
        issuer="UBND",
        type="letter",
        title="về việc báo cáo",
        direction="incoming",
        owner_unit="VP",
        arrived_on="2024-11-12",
        arrival_number=7,
        due_on="2024-11-15",
    )


def signed(asked=None, **values) -> Report:
    window = year_to_date(DAY)
    return make(
        Report,
        **{
            "kind": "annual",
            "title": "Kết quả năm 2024",
            "owner_unit": "VP",
            "window_name": window.name,
            "window_start": window.start,
            "window_end": window.end,
            "state": "signed",
            "signer": person("phogiamdoc", "SKHCN", Role.DEPUTY),
            "answers": asked,
            **values,
        },
    )


def test_each_issued_report_is_a_line_of_the_outgoing_book_with_its_files(clerk, asked):
    for title, document in (("Kết quả năm 2024", asked), ("Kết quả quý IV", None)):
        issue(signed(document, title=title), clerk, DAY)
    found = lines(BOOKS["di"], rows_of(BOOKS["di"], clerk, *YEAR))
    assert [line[:3] for line in found] == [
        ["01/BC-SKHCN", "15/11/2024", "Báo cáo Kết quả năm 2024"],
        ["02/BC-SKHCN", "15/11/2024", "Báo cáo Kết quả quý IV"],
    ]
    assert found[0][4].startswith("UBND tỉnh Quảng Trị; ") and "Như trên" not in found[0][4]
    report = Report.objects.get(number=1)
    assert [(a.name, a.read()) for a in Attachment.objects.of(booked(report))] == [
        (n, bytes(report.files.get(name=n).content)) for n in ("bao-cao-2024.docx", "bao-cao-2024.pdf")
    ]


def test_the_book_of_settling_knows_the_report_as_the_answer_and_the_report_closes_the_work(clerk, asked):
    head = person("tr.vp", "VP", Role.UNIT_HEAD)
    (given,) = give(clerk, asked, [("lead", head.memberships.get().unit, None)], instruction="Tổng hợp báo cáo", days=3)
    Assignment.objects.filter(pk=given.pk).update(given_on="2024-11-12")
    made = booked(issue(signed(asked), clerk, DAY))
    (row,) = lines(BOOKS["theo-doi"], rows_of(BOOKS["theo-doi"], clerk, *YEAR))
    assert row[4:6] == ["Đã trả lời", "01/BC-SKHCN"]
    given.refresh_from_db()
    finish(given, head, made)
    given.refresh_from_db()
    assert (given.state, given.taken) == ("done", 3)


def test_a_correction_points_to_the_line_of_what_it_corrects(clerk):
    first = issue(signed(), clerk, DAY)
    second = issue(signed(corrects=first, title="Đính chính"), clerk, DAY)
    assert Relation.objects.filter(source=booked(second), target=booked(first), kind="corrects").exists()
