"""The life of a mission as the office lives it, and what the database itself refuses."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from cancu.core.people import Role
from cancu.core.tests.rows import make, person
from cancu.indicators import figure
from cancu.indicators.windows import year
from cancu.lines.missions.models import Council, CouncilMember, Milestone, Mission, Payment
from cancu.lines.missions.states import MissionStates

pytestmark = pytest.mark.django_db


@pytest.fixture
def director():
    return person("giamdoc", "SKHCN", Role.DIRECTOR)


@pytest.fixture
def specialist():
    return person("cv.qlkh", "QLKH")


def test_a_mission_goes_from_list_to_application_and_is_counted_on_the_way(director, specialist):
    mission = make(Mission, code="NV-1", owner_unit="QLKH", entered_by=specialist, budget_state=500_000_000)
    MissionStates.move(mission, "shortlist", director, listed_on=date(2024, 1, 10))
    MissionStates.move(mission, "appraise", specialist)
    assert figure("missions.shortlisted", year(2024)).value == 1
    MissionStates.move(mission, "approve", director, approved_on=date(2024, 5, 6))
    assert mission.listed_until == date(2024, 5, 5)
    assert figure("missions.shortlisted", year(2024)).value == 0
    assert figure("missions.approved", year(2024)).value == 1
    MissionStates.move(mission, "start", specialist, contract_number="01/2024/HĐ", contract_on=date(2024, 5, 20))
    MissionStates.move(mission, "finish", specialist)
    MissionStates.move(mission, "accept", specialist, ended_on=date(2025, 4, 1))
    for key, by in (("recognise", director), ("register", specialist), ("apply", specialist)):
        MissionStates.move(mission, key, by)
    assert mission.state == "applied"
    assert figure("missions.carried_over", year(2025)).value == 1
    assert figure("missions.under_way", year(2026)).value == 0


def test_who_enters_a_mission_does_not_approve_it(director):
    mission = make(Mission, code="NV-1", owner_unit="QLKH", entered_by=director, state="appraising", budget_state=1)
    with pytest.raises(PermissionDenied, match="Người nhập"):
        MissionStates.move(mission, "approve", director, approved_on=date(2024, 5, 6))


def test_a_specialist_does_not_approve(specialist):
    mission = make(Mission, code="NV-1", owner_unit="QLKH", state="appraising", budget_state=1)
    with pytest.raises(PermissionDenied, match="vai trò"):
        MissionStates.move(mission, "approve", specialist, approved_on=date(2024, 5, 6))


def test_stopping_needs_a_reason_and_the_last_day(director):
    mission = make(Mission, code="NV-1", owner_unit="QLKH", state="under_way", approved_on="2023-01-01")
    with pytest.raises(ValidationError) as refused:
        MissionStates.move(mission, "stop", director)
    assert set(refused.value.message_dict) == {"ended_on", "reason"}


def test_a_result_is_not_registered_before_it_is_recognised(specialist):
    mission = make(
        Mission, code="NV-1", owner_unit="QLKH", state="accepted", approved_on="2022-01-01", ended_on="2024-01-01"
    )
    with pytest.raises(ValidationError, match="Nghiệm thu đạt"):
        MissionStates.move(mission, "register", specialist)


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"approved_on": "2024-05-01", "ended_on": "2024-04-30"}, id="kết thúc trước khi phê duyệt"),
        pytest.param({"listed_on": "2024-05-02", "approved_on": "2024-05-01"}, id="phê duyệt trước khi vào danh mục"),
        pytest.param({"approved_on": "2024-05-01", "contract_on": "2024-04-01"}, id="ký hợp đồng trước phê duyệt"),
        pytest.param({"planned_end_on": "2024-05-01", "extended_to": "2024-04-01"}, id="gia hạn về trước"),
        pytest.param({"state": "under_way"}, id="đang thực hiện mà chưa có ngày phê duyệt"),
        pytest.param({"state": "accepted", "approved_on": "2022-01-01"}, id="nghiệm thu mà chưa có ngày kết thúc"),
    ],
)
def test_the_database_refuses_a_mission_out_of_order(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        make(Mission, code="NV-1", **values)


def test_one_code_one_mission():
    make(Mission, code="NV-1")
    with pytest.raises(IntegrityError), transaction.atomic():
        make(Mission, code="NV-1")


def test_a_mission_is_approved_once_and_an_acceptance_has_a_grade():
    make(Milestone, mission="NV-1", kind="approval")
    for values in ({"kind": "approval"}, {"kind": "acceptance", "grade": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make(Milestone, mission="NV-1", **values)


def test_a_council_has_one_chair_and_nobody_twice():
    council = make(Council, code="HĐ-1")
    make(CouncilMember, council=council, person="Chuyên gia số 01", role="chair")
    for values in ({"person": "Chuyên gia số 02", "role": "chair"}, {"person": "Chuyên gia số 01", "role": "member"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make(CouncilMember, council=council, **values)


def test_a_round_of_payment_is_kept_once_and_is_never_empty():
    make(Payment, mission="NV-1", round=1, source="province_budget", amount=10)
    for values in ({"round": 1, "amount": 10}, {"round": 2, "amount": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make(Payment, mission="NV-1", source="province_budget", **values)


def test_unconfirmed_missions_are_not_in_an_issued_report():
    make(Mission, code="NV-1", approved_on="2024-02-01")
    make(Mission, code="NV-2", approved_on="2024-02-01", confirmed_by=None)
    assert figure("missions.approved", year(2024)).value == 2
    assert figure("missions.approved", year(2024), confirmed=True).value == 1
