"""The circle of the work programme: 2024's items in the report with their grounds, part III becomes the programme of 2025,
and the report of 2025 opens with its items and what became of each."""

from __future__ import annotations

import datetime as dt

import pytest

from cancu.commands.report import find_or_compose
from cancu.core.calendar import replayed
from cancu.core.models import User
from cancu.core.tests.rows import make
from cancu.documents.models import Document
from cancu.indicators.windows import year_to_date
from cancu.programme.models import Programme, Proposal, Task
from cancu.programme.standing import Standing, by_unit, standing
from cancu.programme.states import TaskStates
from cancu.reports.body import references, shown
from cancu.reports.findings import findings
from cancu.reports.models import Report

pytestmark = pytest.mark.django_db

UNTIL = dt.date(2024, 11, 15)
NEXT = dt.date(2025, 11, 14)


@pytest.fixture
def report(office: None) -> Report:
    return find_or_compose("annual", year_to_date(UNTIL))


def section(report: Report, code: str) -> str:
    return str(report.sections.get(code=code).body)


def lines(body: str) -> list[str]:
    return [line for line in body.splitlines() if line.startswith("- ")]


def user(name: str) -> User:
    return User.objects.get(username=name)


#: how each item of 2024 stood on 15/11/2024: its ground, the document it brought about, early or still under way
ITEMS_2024 = {
    "2024-01": ("03-CTr/BCSĐ", "141-KH/TU", Standing.EARLY),
    "2024-02": ("03-CTr/BCSĐ", "33/2024/NQ-HĐND", Standing.EARLY),
    "2024-03": ("03-CTr/BCSĐ", "36/2024/NQ-HĐND", Standing.EARLY),
    "2024-04": ("03-CTr/BCSĐ", "97/KH-UBND", Standing.EARLY),
    "2024-05": ("36/2024/NQ-HĐND", "1481/QĐ-UBND", Standing.EARLY),
    "2024-06": ("709/QĐ-TTg", "194/KH-UBND", Standing.EARLY),
    "2024-07": ("155/KH-UBND", "2441/QĐ-UBND", Standing.EARLY),
    "2024-08": ("97/KH-UBND", "", Standing.UNDER_WAY),
    "2024-09": ("4986/UBND-NC", "", Standing.UNDER_WAY),
}


@pytest.mark.parametrize("code", ITEMS_2024)
def test_every_item_of_2024_has_its_ground_and_its_end(office: None, code: str) -> None:
    task = Task.objects.select_related("ground", "result").get(code=code)
    assert (task.ground.number, task.result.number if task.result else "", standing(task, UNTIL)) == ITEMS_2024[code]


def test_seven_were_issued_and_one_draft_is_open(report: Report) -> None:
    said = dict(shown(section(report, "I.1")))
    assert (said["figure:documents.issued"], said["figure:programme.drafts_open"]) == ("07", "01")
    assert (said["figure:programme.tasks_done"], said["figure:programme.tasks"]) == ("07", "09")


#: the seven documents of 2024 and what each stands on, as the register relates them
ISSUED_2024 = {
    "141-KH/TU": {"69-KL/TW"},
    "33/2024/NQ-HĐND": set(),
    "36/2024/NQ-HĐND": {"163/2021/NQ-HĐND"},
    "97/KH-UBND": {"569/QĐ-TTg"},
    "1481/QĐ-UBND": {"163/2021/NQ-HĐND", "36/2024/NQ-HĐND"},
    "194/KH-UBND": {"709/QĐ-TTg", "141-KH/TU"},
    "2441/QĐ-UBND": set(),
}


def test_each_document_of_the_year_is_cited_in_full_with_what_it_stands_on(report: Report) -> None:
    told: dict[str, set[str]] = {}
    for line in lines(section(report, "I.1")):
        numbers = [r.partition(":")[2].partition("@")[0] for r in references(line) if r.startswith("document:")]
        if numbers:
            told.setdefault(numbers[0], set()).update(numbers[1:])
    assert told == ISSUED_2024


def test_the_report_opens_with_each_item_its_ground_and_what_became_of_it(report: Report) -> None:
    opening = section(report, "I")
    assert "Thực hiện [Chương trình số 03-CTr/BCSĐ ngày 02/01/2024" in opening
    told = {}
    for line in lines(opening):
        found = references(line)
        code = found[0].partition("/")[2].partition("?")[0]
        told[code] = [r.partition(":")[2].partition("@")[0] for r in found if r.startswith("document:")]
    assert told == {
        code: [ground, *([result] if result else [])] for code, (ground, result, _standing) in ITEMS_2024.items()
    }
    assert sum("hoàn thành trước hạn" in line for line in lines(opening)) == 7
    assert sum("đang thực hiện, hạn 31/12/2024" in line for line in lines(opening)) == 1


def test_no_item_of_the_opening_is_a_finding(report: Report) -> None:
    assert [p.message for p in findings(report) if p.severity == "error" and p.code not in ("R1", "R2")] == []


def test_what_became_of_an_item_is_told_as_of_the_reports_day(report: Report) -> None:
    task = Task.objects.get(code="2024-08")
    assert task.became(UNTIL) == "đang thực hiện, hạn 31/12/2024"
    assert task.became(dt.date(2025, 1, 2)) == "quá hạn chưa xong"


@pytest.fixture
def programme_2025(office: None) -> Programme:
    """The Party's body of 2025 issues the programme; the director takes the four proposals in."""
    with replayed(dt.date(2025, 3, 12)):
        document = make(
            Document,
            number="01-CTr/ĐU",
            type="programme",
            nature="party",
            issued_on="2025-03-10",
            direction="incoming",
            issuer=Document.objects.get(number="03-CTr/BCSĐ").issuer,
            title="về Chương trình công tác năm 2025",
            owner_unit="VP",
            entered_by=user("vanthu"),
            confirmed_by=user("tr.vp"),
        )
        programme = Programme.open_for(user("vanthu"), 2025, "Chương trình công tác năm 2025", document)
        for proposal in Proposal.objects.filter(year=2025, kind="proposal").order_by("order"):
            proposal.accept(user("giamdoc"), programme, programme.next_code())
    return programme


def test_the_four_proposals_of_part_three_are_the_programme_of_2025(programme_2025: Programme) -> None:
    rows = programme_2025.tasks.order_by("code").values_list(
        "code", "ground__number", "deadline_text", "deadline_on", "proposal__code"
    )
    assert list(rows) == [
        ("2025-01", "38-CT/TW", "Quý II/2025", dt.date(2025, 6, 30), "2025-DX1"),
        ("2025-02", "38-CT/TW", "Quý II/2025", dt.date(2025, 6, 30), "2025-DX2"),
        ("2025-03", "71-CTr/TU", "Cả năm", dt.date(2025, 12, 31), "2025-DX3"),
        ("2025-04", "1048/QĐ-UBND", "Cả năm", dt.date(2025, 12, 31), "2025-DX4"),
    ]


@pytest.fixture
def report_2025(programme_2025: Programme) -> Report:
    """A year later: the first task was done late, the second's deadline was moved, the fourth withdrawn."""
    first, second, _third, fourth = programme_2025.tasks.order_by("code")
    with replayed(dt.date(2025, 7, 21)):
        plan = make(
            Document,
            number="205-KH/TU",
            type="plan",
            nature="party",
            issued_on="2025-07-15",
            direction="incoming",
            owner_unit="VP",
            issuer=first.ground.issuer,
            title="thực hiện Chỉ thị số 38-CT/TW",
            entered_by=user("vanthu"),
            confirmed_by=user("tr.vp"),
        )
        TaskStates.move(first, "finish", user("giamdoc"), result=plan)
        second.move_deadline(user("giamdoc"), dt.date(2025, 12, 15), plan, "Chờ Kế hoạch của Tỉnh ủy")
        TaskStates.move(fourth, "withdraw", user("giamdoc"), reason="Chuyển sang Đề án riêng")
    with replayed(NEXT):
        return find_or_compose("annual", year_to_date(NEXT))


def test_the_report_of_2025_opens_with_the_items_and_what_became_of_each(report_2025: Report) -> None:
    opening = section(report_2025, "I")
    assert "Thực hiện [Chương trình số 01-CTr/ĐU ngày 10/3/2025" in opening
    ends = {references(line)[0].partition("/")[2].partition("?")[0]: shown(line)[2][1] for line in lines(opening)}
    assert ends == {
        "2025-01": "hoàn thành chậm",
        "2025-02": "chưa đến hạn, hạn 15/12/2025",
        "2025-03": "chưa đến hạn, hạn 31/12/2025",
        "2025-04": "bãi bỏ",
    }
    assert "document:205-KH/TU@2025-07-15?form=dated" in references(opening)


def test_the_figures_of_2025_count_what_was_taken_in_and_what_2024_left_open(report_2025: Report) -> None:
    said = dict(shown(section(report_2025, "I.1")))
    assert (
        said["figure:programme.tasks_done"],
        said["figure:programme.tasks"],
        said["figure:programme.tasks_overdue"],
    ) == ("01", "05", "02")


def test_a_document_of_last_year_is_no_document_of_this(report_2025: Report) -> None:
    assert not [r for r in references(section(report_2025, "I.1")) if "2024" in r]


def test_the_statistics_by_unit_are_those_of_the_tasks(report_2025: Report) -> None:
    tasks = Task.objects.filter(programme__year=2025)
    counted = by_unit(tasks, NEXT)
    totals = {key: sum(c[key] for c in counted.values()) for key in ("in-time", "late", "open", "out")}
    assert totals == {"in-time": 0, "late": 1, "open": 2, "out": 1}
