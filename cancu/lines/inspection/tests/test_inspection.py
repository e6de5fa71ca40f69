"""A case, a sanction and a petition as the inspectors live them, and what the database refuses."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from cancu.core.people import Role
from cancu.core.tests.rows import make, person
from cancu.indicators import figure
from cancu.indicators.windows import year
from cancu.lines.inspection.models import Case, Petition, Reception, Sanction, Subject
from cancu.lines.inspection.states import CaseStates, PetitionStates, SanctionStates

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief():
    return person("chanhthanhtra", "TTRA", Role.UNIT_HEAD)


@pytest.fixture
def inspector():
    return person("ttv", "TTRA", Role.INSPECTOR)


def case(**values):
    return make(
        Case, **{"code": "TT-1", "owner_unit": "TTRA", "kind": "specialised", "started_on": "2024-03-01", **values}
    )


def sanction(**values):
    return make(
        Sanction,
        **{
            "number": "05/QĐ-XPHC",
            "owner_unit": "TTRA",
            "source": "check",
            "penalty": "fine",
            "amount": 5_000_000,
            "minuted_on": "2024-03-01",
            **values,
        },
    )


def test_a_case_counts_once_its_conclusion_is_issued(chief, inspector):
    one = case(entered_by=inspector)
    CaseStates.move(one, "start", inspector, decision_number="10/QĐ-TTr")
    CaseStates.move(one, "close", inspector, ended_on=date(2024, 3, 8))
    make(Subject, case=one, party="Cơ sở số 1")
    assert figure("inspection.inspections", year(2024)).value == 0
    CaseStates.move(one, "conclude", chief, conclusion_number="02/KL-TTr", concluded_on=date(2024, 3, 20))
    assert figure("inspection.inspections", year(2024)).value == 1
    CaseStates.move(one, "carry_out", chief)
    assert figure("inspection.inspections", year(2024)).value == 1


def test_a_case_does_not_start_without_its_decision(inspector):
    with pytest.raises(ValidationError) as refused:
        CaseStates.move(case(), "start", inspector)
    assert set(refused.value.message_dict) == {"decision_number"}


def test_a_case_that_looked_at_nobody_is_not_concluded(chief):
    with pytest.raises(ValidationError, match="chưa ghi cơ sở nào"):
        CaseStates.move(
            case(state="closed", ended_on="2024-03-08"),
            "conclude",
            chief,
            conclusion_number="02/KL-TTr",
            concluded_on=date(2024, 3, 20),
        )


def test_an_inspector_does_not_conclude_and_nobody_concludes_what_he_entered(chief, inspector):
    given = {"conclusion_number": "02/KL-TTr", "concluded_on": date(2024, 3, 20)}
    with pytest.raises(PermissionDenied, match="vai trò"):
        CaseStates.move(case(state="closed", ended_on="2024-03-08"), "conclude", inspector, **given)
    with pytest.raises(PermissionDenied, match="Người nhập"):
        CaseStates.move(
            case(code="TT-2", state="closed", ended_on="2024-03-08", entered_by=chief), "conclude", chief, **given
        )


def test_a_fine_counts_when_decided_and_no_longer_when_cancelled(chief, inspector):
    fine = sanction(entered_by=inspector)
    assert figure("inspection.fines_by_check", year(2024)).value == 0
    SanctionStates.move(fine, "decide", chief, decided_on=date(2024, 3, 5))
    assert figure("inspection.fines_by_check", year(2024)).value == 5_000_000
    SanctionStates.move(fine, "execute", inspector, paid_on=date(2024, 3, 9), paid=5_000_000)
    SanctionStates.move(fine, "cancel", chief, reason="Sai thẩm quyền")
    assert figure("inspection.fines_by_check", year(2024)).value == 0


def test_a_sanction_is_not_executed_before_money_came(inspector):
    with pytest.raises(ValidationError) as refused:
        SanctionStates.move(sanction(state="decided", decided_on="2024-03-05"), "execute", inspector)
    assert set(refused.value.message_dict) == {"paid_on"}


def test_who_drafted_a_sanction_does_not_decide_it(chief):
    with pytest.raises(PermissionDenied, match="Người nhập"):
        SanctionStates.move(sanction(entered_by=chief), "decide", chief, decided_on=date(2024, 3, 5))


def test_a_petition_is_settled_after_it_was_verified(chief, inspector):
    petition = make(Petition, code="Đ-1", owner_unit="TTRA", received_on="2024-03-01")
    with pytest.raises(ValidationError, match="Tiếp nhận"):
        PetitionStates.move(petition, "settle", chief, settled_on=date(2024, 3, 20))
    PetitionStates.move(petition, "accept", chief)
    PetitionStates.move(petition, "verify", inspector)
    PetitionStates.move(petition, "settle", chief, settled_on=date(2024, 3, 20))
    assert figure("inspection.petitions_settled", year(2024)).value == 1


def test_a_petition_of_another_body_is_forwarded_with_a_reason(chief):
    petition = make(Petition, code="Đ-1", owner_unit="TTRA", received_on="2024-03-01")
    with pytest.raises(ValidationError):
        PetitionStates.move(petition, "forward", chief)
    PetitionStates.move(petition, "forward", chief, reason="Thuộc thẩm quyền UBND huyện")


@pytest.mark.parametrize(
    ("model", "values", "constraint"),
    [
        pytest.param(
            Case,
            {"started_on": "2024-03-02", "ended_on": "2024-03-01"},
            "inspection_case_ended_after_start",
            id="kết thúc trước khi bắt đầu",
        ),
        pytest.param(
            Case,
            {"ended_on": "2024-03-02", "concluded_on": "2024-03-01"},
            "inspection_case_concluded_after_end",
            id="kết luận trước khi kết thúc",
        ),
        pytest.param(Case, {"state": "concluded"}, "inspection_case_concluded_has_day", id="kết luận mà không có ngày"),
        pytest.param(
            Sanction,
            {"source": "check", "minuted_on": "2024-03-02", "decided_on": "2024-03-01"},
            "inspection_sanction_decided_after_minute",
            id="phạt trước biên bản",
        ),
        pytest.param(
            Sanction,
            {"source": "check", "minuted_on": "2024-01-01", "decided_on": "2024-03-02", "paid_on": "2024-03-01"},
            "inspection_sanction_paid_after_decision",
            id="nộp trước quyết định",
        ),
        pytest.param(
            Sanction,
            {"source": "check", "penalty": "fine", "amount": 5, "recovered": 2, "paid": 8},
            "inspection_sanction_paid_within_amount",
            id="nộp nhiều hơn bị phạt",
        ),
        pytest.param(
            Sanction,
            {"source": "check", "penalty": "warning", "amount": 5},
            "inspection_sanction_warning_without_money",
            id="cảnh cáo mà có tiền",
        ),
        pytest.param(
            Sanction,
            {"source": "inspection"},
            "inspection_sanction_names_its_case",
            id="phạt từ thanh tra mà không có cuộc",
        ),
        pytest.param(Reception, {"people": 0}, "inspection_reception_somebody_came", id="tiếp không người nào"),
        pytest.param(
            Petition,
            {"received_on": "2024-03-02", "settled_on": "2024-03-01"},
            "inspection_petition_settled_after_receipt",
            id="giải quyết trước khi nhận",
        ),
    ],
)
def test_the_database_refuses(model, values, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make(model, **values)


def test_numbers_of_sanctions_and_conclusions_are_used_once_a_year():
    sanction(decided_on="2024-03-05")
    sanction(minuted_on="2025-03-01", decided_on="2025-03-05")
    with pytest.raises(IntegrityError, match="inspection_sanction_number_once_a_year"), transaction.atomic():
        sanction(decided_on="2024-12-31")
    case(conclusion_number="02/KL-TTr", concluded_on="2024-03-20")
    case(code="TT-2", conclusion_number="02/KL-TTr", concluded_on="2025-03-20")
    with pytest.raises(IntegrityError, match="inspection_conclusion_once_a_year"), transaction.atomic():
        case(code="TT-3", conclusion_number="02/KL-TTr", concluded_on="2024-12-31")


def test_an_establishment_is_once_in_a_case():
    make(Subject, case="TT-1", party="Cơ sở số 1")
    make(Subject, case="TT-2", party="Cơ sở số 1")
    with pytest.raises(IntegrityError, match="inspection_subject_once_a_case"), transaction.atomic():
        make(Subject, case="TT-1", party="Cơ sở số 1")
