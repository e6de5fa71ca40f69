"""An event, a contest, a support and a PII value as the office lives them, and what the database refuses."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from cancu.core.people import Role
from cancu.core.tests.rows import make, person
from cancu.indicators import figure
from cancu.indicators.windows import year
from cancu.lines.innovation.models import Contest, Entry, Event, PiiValue, Startup
from cancu.lines.innovation.states import ContestStates, EntryStates, EventStates, SupportStates, ValueStates

pytestmark = pytest.mark.django_db


@pytest.fixture
def head():
    return person("tr.qlcn", "QLCN", Role.UNIT_HEAD)


@pytest.fixture
def specialist():
    return person("cv.qlcn", "QLCN")


def test_an_event_counts_once_it_was_held_on_a_day(specialist):
    event = make(Event, code="SK-1", owner_unit="QLCN", kind="workshop")
    with pytest.raises(ValidationError) as refused:
        EventStates.move(event, "hold", specialist)
    assert set(refused.value.message_dict) == {"held_on"}
    assert figure("innovation.workshops", year(2024)).value == 0
    EventStates.move(event, "hold", specialist, held_on=date(2024, 6, 1))
    assert figure("innovation.workshops", year(2024)).value == 1


def test_cancelling_an_event_is_for_heads_and_says_why(head, specialist):
    event = make(Event, code="SK-1", owner_unit="QLCN")
    with pytest.raises(PermissionDenied, match="vai trò"):
        EventStates.move(event, "cancel", specialist, reason="Bão")
    with pytest.raises(ValidationError):
        EventStates.move(event, "cancel", head)
    EventStates.move(event, "cancel", head, reason="Bão")


def test_a_contest_is_launched_screened_judged_and_awarded_in_that_order(head, specialist):
    contest = make(Contest, code="CT-1", owner_unit="QLCN")
    with pytest.raises(ValidationError, match="Soạn thể lệ"):
        ContestStates.move(contest, "award", head, awarded_on=date(2024, 10, 1))
    ContestStates.move(contest, "launch", head, launched_on=date(2024, 3, 1))
    ContestStates.move(contest, "screen", specialist)
    ContestStates.move(contest, "finish", specialist)
    assert figure("innovation.contests_awarded", year(2024)).value == 0
    ContestStates.move(contest, "award", head, awarded_on=date(2024, 10, 1))
    assert figure("innovation.contests_awarded", year(2024)).value == 1


def test_an_entry_is_received_by_all_and_counted_when_valid(specialist):
    good, bad = (
        make(Entry, code=f"B-{n}", name=f"Dự án {n}", contest="CT-1", owner_unit="QLCN", received_on="2024-05-01")
        for n in (1, 2)
    )
    EntryStates.move(good, "accept", specialist)
    with pytest.raises(ValidationError) as refused:
        EntryStates.move(bad, "refuse", specialist)
    assert set(refused.value.message_dict) == {"reason"}
    EntryStates.move(bad, "refuse", specialist, reason="Nộp muộn")
    assert figure("innovation.entries_received", year(2024)).value == 2
    assert figure("innovation.entries", year(2024)).value == 1


def test_who_proposed_a_support_does_not_decide_it(head):
    startup = make(Startup, code="HT-1", owner_unit="QLCN", entered_by=head)
    with pytest.raises(PermissionDenied, match="Người nhập"):
        SupportStates.move(startup, "decide", head, decided_on=date(2024, 5, 1))


def test_a_decided_support_counts_and_a_refused_one_does_not(head):
    decided, refused = (make(Startup, code=f"HT-{n}", owner_unit="QLCN", proposed_on="2024-02-01") for n in (1, 2))
    SupportStates.move(decided, "decide", head, decided_on=date(2024, 5, 1))
    SupportStates.move(refused, "refuse", head, reason="Không đủ hồ sơ")
    assert figure("innovation.startups_supported", year(2024)).value == 1


def test_a_pii_value_is_assigned_evidenced_verified_and_sent(head, specialist):
    value = make(PiiValue, code="PII-1", owner_unit="QLCN", entered_by=specialist, year=2024, data_year=2023)
    with pytest.raises(ValidationError) as refused:
        ValueStates.move(value, "assign", head)
    assert set(refused.value.message_dict) == {"provider"}
    ValueStates.move(value, "assign", head, provider="Sở Tài chính")
    with pytest.raises(ValidationError, match="minh chứng"):
        ValueStates.move(value, "submit", specialist, submitted_on=date(2024, 7, 1))
    ValueStates.move(value, "submit", specialist, submitted_on=date(2024, 7, 1), evidence="Báo cáo số 5")
    assert figure("innovation.pii_submitted", year(2024)).value == 1
    ValueStates.move(value, "return_", head, reason="Thiếu trang 2")
    ValueStates.move(value, "submit", specialist, submitted_on=date(2024, 7, 8))
    ValueStates.move(value, "verify", head)
    ValueStates.move(value, "send", head)
    assert figure("innovation.pii_sent", year(2024)).value == 1


def test_who_entered_a_pii_value_does_not_verify_it(head):
    value = make(PiiValue, code="PII-1", owner_unit="QLCN", entered_by=head, state="submitted")
    with pytest.raises(PermissionDenied, match="Người nhập"):
        ValueStates.move(value, "verify", head)


@pytest.mark.parametrize(
    ("model", "values", "constraint"),
    [
        pytest.param(Event, {"state": "held"}, "innovation_event_held_has_day", id="đã tổ chức mà không có ngày"),
        pytest.param(
            Contest,
            {"launched_on": "2024-03-02", "closes_on": "2024-03-01"},
            "innovation_contest_closes_after_launch",
            id="đóng trước phát động",
        ),
        pytest.param(
            Contest,
            {"launched_on": "2024-03-02", "awarded_on": "2024-03-01"},
            "innovation_contest_awarded_after_launch",
            id="trao giải trước phát động",
        ),
        pytest.param(
            Contest, {"state": "launched"}, "innovation_contest_launched_has_day", id="phát động mà không có ngày"
        ),
        pytest.param(Entry, {"score": "100.5"}, "innovation_entry_score_0_to_100", id="điểm trên 100"),
        pytest.param(Entry, {"award": "first"}, "innovation_entry_award_of_valid", id="bài chưa hợp lệ được giải"),
        pytest.param(
            Startup,
            {"proposed_on": "2024-03-02", "decided_on": "2024-03-01"},
            "innovation_startup_decided_after_proposal",
            id="quyết định trước đề nghị",
        ),
        pytest.param(
            PiiValue,
            {"year": 2023, "data_year": 2024},
            "innovation_pii_data_not_after_year",
            id="dữ liệu sau năm của bộ chỉ số",
        ),
    ],
)
def test_the_database_refuses(model, values, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make(model, **values)


@pytest.mark.parametrize(
    ("model", "values", "other", "constraint"),
    [
        (Entry, {"contest": "CT-1", "name": "Trà thảo mộc"}, {"contest": "CT-2"}, "innovation_entry_once_a_contest"),
        (
            PiiValue,
            {"year": 2024, "data_year": 2023, "indicator": "1.1.1"},
            {"year": 2025},
            "innovation_pii_once_a_year",
        ),
    ],
)
def test_the_same_thing_is_not_entered_twice(model, values, other, constraint):
    make(model, **values)
    make(model, **{**values, **other})
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make(model, **values)
