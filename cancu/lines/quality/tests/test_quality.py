"""A dossier of quality and a campaign as the sub-department lives them, and what the database refuses."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from cancu.core.people import Role
from cancu.core.tests.rows import make, person
from cancu.indicators import figure
from cancu.indicators.windows import year
from cancu.lines.quality.models import (
    AuthorisedUnit,
    Campaign,
    Declaration,
    Exemption,
    GoodsCheck,
    ImportRegistration,
    InstrumentCheck,
    ProductLine,
    Visit,
)
from cancu.lines.quality.states import CampaignStates, DossierStates, ImportStates

pytestmark = pytest.mark.django_db


@pytest.fixture
def head():
    return person("tr.cctdc", "CCTDC", Role.UNIT_HEAD)


@pytest.fixture
def specialist():
    return person("cv.cctdc", "CCTDC")


def declared(**values):
    return make(
        Declaration,
        **{"number": "12/TB", "owner_unit": "CCTDC", "received_on": "2024-03-01", "kind": "standard", **values},
    )


def test_a_dossier_is_supplemented_and_accepted_by_the_head(head, specialist):
    dossier = declared(entered_by=specialist)
    DossierStates.move(dossier, "ask", specialist, reason="Thiếu kết quả thử nghiệm")
    DossierStates.move(dossier, "resume", specialist)
    with pytest.raises(PermissionDenied, match="vai trò"):
        DossierStates.move(dossier, "accept", person("cv2.cctdc", "CCTDC"), decided_on=date(2024, 3, 5))
    DossierStates.move(dossier, "accept", head, decided_on=date(2024, 3, 5))
    assert dossier.state == "accepted"


def test_asking_for_papers_says_which(specialist):
    with pytest.raises(ValidationError) as refused:
        DossierStates.move(declared(), "ask", specialist)
    assert set(refused.value.message_dict) == {"reason"}


@pytest.mark.parametrize("move", ["accept", "refuse"])
def test_who_received_a_dossier_does_not_decide_it(head, move):
    with pytest.raises(PermissionDenied, match="Người nhập"):
        DossierStates.move(declared(entered_by=head), move, head, decided_on=date(2024, 3, 5), reason="Không đạt")


def test_a_refused_dossier_leaves_the_count_and_a_waiting_one_stays(head, specialist):
    refused, waiting = declared(), declared(number="13/TB")
    DossierStates.move(refused, "refuse", head, decided_on=date(2024, 3, 5), reason="Không thuộc phạm vi")
    DossierStates.move(waiting, "ask", specialist, reason="Thiếu mẫu")
    assert figure("quality.conformity_dossiers", year(2024)).value == 1
    DossierStates.move(waiting, "drop", head, reason="Quá hạn bổ sung")
    assert figure("quality.conformity_dossiers", year(2024)).value == 0


def test_an_import_that_fails_needs_its_day_and_reason(head):
    goods = make(ImportRegistration, number="01/NK", owner_unit="CCTDC", received_on="2024-03-01")
    with pytest.raises(ValidationError) as refused:
        ImportStates.move(goods, "fail", head)
    assert set(refused.value.message_dict) == {"decided_on", "reason"}
    ImportStates.move(goods, "fail", head, decided_on=date(2024, 3, 4), reason="Sai nhãn")
    assert figure("quality.imports_failed", year(2024)).value == 1


def test_a_campaign_ends_on_a_day(head, specialist):
    campaign = make(Campaign, code="Đ-1", owner_unit="CCTDC", started_on="2024-03-01")
    with pytest.raises(PermissionDenied):
        CampaignStates.move(campaign, "start", specialist)
    CampaignStates.move(campaign, "start", head)
    with pytest.raises(ValidationError) as refused:
        CampaignStates.move(campaign, "finish", head)
    assert set(refused.value.message_dict) == {"ended_on"}
    CampaignStates.move(campaign, "finish", head, ended_on=date(2024, 3, 8))


def test_a_head_of_another_unit_does_not_accept():
    with pytest.raises(PermissionDenied, match="vai trò"):
        DossierStates.move(declared(), "accept", person("tr.qlkh", "QLKH", Role.UNIT_HEAD), decided_on=date(2024, 3, 5))


@pytest.mark.parametrize(
    ("model", "values", "constraint"),
    [
        pytest.param(
            Declaration,
            {"received_on": "2024-03-02", "decided_on": "2024-03-01"},
            "quality_declaration_decided_after_receipt",
            id="quyết định trước khi nhận",
        ),
        pytest.param(
            Declaration,
            {"received_on": "2024-01-01", "decided_on": "2024-03-02", "valid_until": "2024-03-01"},
            "quality_declaration_valid_after_decision",
            id="hết hiệu lực trước quyết định",
        ),
        pytest.param(
            ImportRegistration,
            {"received_on": "2024-03-02", "decided_on": "2024-03-01"},
            "quality_import_decided_after_receipt",
            id="thông báo trước đăng ký",
        ),
        pytest.param(
            Exemption,
            {"received_on": "2024-03-02", "decided_on": "2024-03-01"},
            "quality_exemption_decided_after_receipt",
            id="miễn trước khi nhận",
        ),
        pytest.param(
            Exemption,
            {"exempt_from": "2024-03-02", "exempt_until": "2024-03-01"},
            "quality_exemption_dates_in_order",
            id="hết miễn trước khi miễn",
        ),
        pytest.param(
            Campaign,
            {"started_on": "2024-03-02", "ended_on": "2024-03-01"},
            "quality_campaign_dates_in_order",
            id="đợt kết thúc trước khi bắt đầu",
        ),
        pytest.param(
            Campaign,
            {"partners": "Công an tỉnh"},
            "quality_campaign_partners_of_interagency",
            id="có cơ quan phối hợp mà không liên ngành",
        ),
        pytest.param(
            InstrumentCheck, {"quantity": 0}, "quality_instruments_at_least_one", id="không có phương tiện nào"
        ),
        pytest.param(
            InstrumentCheck,
            {"quantity": 3, "expired": 4},
            "quality_instruments_parts_within_whole",
            id="quá hạn nhiều hơn tổng",
        ),
        pytest.param(
            InstrumentCheck,
            {"quantity": 3, "wrong": 4},
            "quality_instruments_parts_within_whole",
            id="sai số nhiều hơn tổng",
        ),
        pytest.param(
            AuthorisedUnit,
            {"valid_from": "2024-03-02", "valid_until": "2024-03-01"},
            "quality_authorised_dates_in_order",
            id="hết ủy quyền trước khi có",
        ),
    ],
)
def test_the_database_refuses(model, values, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make(model, **values)


@pytest.mark.parametrize(
    ("model", "constraint"),
    [
        (Declaration, "quality_declaration_number_once_a_year"),
        (ImportRegistration, "quality_import_number_once_a_year"),
        (Exemption, "quality_exemption_number_once_a_year"),
    ],
)
def test_a_register_number_is_used_once_in_a_year_and_again_in_the_next(model, constraint):
    make(model, number="01", received_on="2024-01-02")
    make(model, number="01", received_on="2025-01-02")
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make(model, number="01", received_on="2024-12-31")


@pytest.mark.parametrize(
    ("model", "values", "constraint"),
    [
        (
            Visit,
            {"campaign": "Đ-1", "establishment": "Cửa hàng số 1", "visited_on": "2024-03-01"},
            "quality_visit_once_a_day",
        ),
        (GoodsCheck, {"visit": "L-1", "kind": "P001"}, "quality_goods_once_a_visit"),
        (ProductLine, {"declaration": "12/TB", "name": "Gạch", "model_name": "G2"}, "quality_product_once_a_dossier"),
    ],
)
def test_the_same_thing_is_not_entered_twice(model, values, constraint):
    make(model, **values)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make(model, **values)


def test_two_authorisations_of_one_unit_never_hold_on_the_same_day():
    make(AuthorisedUnit, code="UQ-1", party="Công ty số 1", valid_from="2023-01-01", valid_until="2023-12-31")
    make(AuthorisedUnit, code="UQ-2", party="Công ty số 1", valid_from="2024-01-01")
    make(AuthorisedUnit, code="UQ-3", party="Công ty số 2", valid_from="2023-06-01")
    with pytest.raises(IntegrityError, match="quality_authorised_once_a_day"), transaction.atomic():
        make(AuthorisedUnit, code="UQ-4", party="Công ty số 1", valid_from="2023-12-31", valid_until="2023-12-31")
