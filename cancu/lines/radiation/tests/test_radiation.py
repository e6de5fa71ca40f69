"""A licence, a device and a plan as the office lives them, and what the database refuses."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from cancu.core.people import Role
from cancu.core.tests.rows import make, person
from cancu.indicators import figure
from cancu.indicators.windows import year
from cancu.lines.radiation.models import Certificate, Device, Facility, Licence, ResponsePlan, Source
from cancu.lines.radiation.states import DeviceStates, LicenceStates, PlanStates

pytestmark = pytest.mark.django_db


@pytest.fixture
def director():
    return person("giamdoc", "SKHCN", Role.DIRECTOR)


@pytest.fixture
def specialist():
    return person("cv.qlcn", "QLCN")


def draft(**values):
    return make(
        Licence,
        **{
            "number": "31/GP-SKHCN",
            "owner_unit": "QLCN",
            "issued_on": "2024-03-01",
            "expires_on": "2027-02-28",
            **values,
        },
    )


def test_a_licence_counts_once_a_leader_has_granted_it(director, specialist):
    licence = draft(entered_by=specialist)
    assert figure("radiation.licences_issued", year(2024)).value == 0
    LicenceStates.move(licence, "grant", director)
    assert figure("radiation.licences_issued", year(2024)).value == 1


@pytest.mark.parametrize("role", [Role.SPECIALIST, Role.UNIT_HEAD, Role.CLERK])
def test_only_leaders_of_the_department_grant_licences(role):
    with pytest.raises(PermissionDenied, match="vai trò"):
        LicenceStates.move(draft(), "grant", person("ai-do", "QLCN", role))


def test_a_leader_does_not_grant_what_he_entered(director):
    with pytest.raises(PermissionDenied, match="Người nhập"):
        LicenceStates.move(draft(entered_by=director), "grant", director)


def test_revoking_needs_a_reason_and_takes_the_licence_out_of_force(director):
    licence = draft(state="granted")
    with pytest.raises(ValidationError) as refused:
        LicenceStates.move(licence, "revoke", director)
    assert set(refused.value.message_dict) == {"reason"}
    assert figure("radiation.licences_in_force", year(2024)).value == 1
    LicenceStates.move(licence, "revoke", director, reason="Cơ sở đã ngừng hoạt động")
    assert figure("radiation.licences_in_force", year(2024)).value == 0


def test_a_draft_is_not_revoked(director):
    with pytest.raises(ValidationError, match="Soạn thảo"):
        LicenceStates.move(draft(), "revoke", director, reason="Sai")


def test_a_broken_device_goes_back_to_use_and_a_disposed_one_never(specialist):
    device = make(Device, serial="X-1", owner_unit="QLCN")
    for move in ("report_broken", "resume", "pause"):
        DeviceStates.move(device, move, specialist)
    DeviceStates.move(device, "dispose", specialist, reason="Hết niên hạn", disposed_on=date(2024, 5, 31))
    with pytest.raises(ValidationError, match="Thanh lý"):
        DeviceStates.move(device, "resume", specialist)


def test_a_device_of_another_unit_is_not_disposed():
    device = make(Device, serial="X-1", owner_unit="QLCN")
    with pytest.raises(PermissionDenied):
        DeviceStates.move(device, "dispose", person("cv.qlkh", "QLKH"), reason="Hỏng")


def test_a_plan_is_submitted_returned_submitted_again_and_approved_by_a_leader(director, specialist):
    plan = make(ResponsePlan, name="Kế hoạch ứng phó cấp tỉnh", owner_unit="QLCN", drafted_on="2024-01-02")
    with pytest.raises(ValidationError) as refused:
        PlanStates.move(plan, "submit", specialist)
    assert set(refused.value.message_dict) == {"submitted_on"}
    PlanStates.move(plan, "submit", specialist, submitted_on=date(2024, 4, 1))
    PlanStates.move(plan, "return_", specialist, reason="Thiếu sơ đồ")
    PlanStates.move(plan, "submit", specialist, submitted_on=date(2024, 6, 1))
    with pytest.raises(PermissionDenied):
        PlanStates.move(plan, "approve", specialist, approved_on=date(2024, 7, 1))
    PlanStates.move(plan, "approve", director, approved_on=date(2024, 7, 1))
    assert figure("radiation.plans_submitted", year(2024)).value == 1


@pytest.mark.parametrize(
    ("model", "values", "constraint"),
    [
        pytest.param(
            Licence,
            {"issued_on": "2024-03-02", "expires_on": "2024-03-01"},
            "radiation_licence_dates_in_order",
            id="giấy phép hết hạn trước khi cấp",
        ),
        pytest.param(
            Device,
            {"declared_on": "2024-03-02", "disposed_on": "2024-03-01"},
            "radiation_device_dates_in_order",
            id="thanh lý trước khai báo",
        ),
        pytest.param(
            Source,
            {"received_on": "2024-03-02", "removed_on": "2024-03-01"},
            "radiation_source_dates_in_order",
            id="chuyển nguồn trước khi nhận",
        ),
        pytest.param(Source, {"category": 0}, "radiation_source_category_1_to_5", id="nhóm nguồn 0"),
        pytest.param(Source, {"category": 6}, "radiation_source_category_1_to_5", id="nhóm nguồn 6"),
        pytest.param(
            ResponsePlan,
            {"drafted_on": "2024-03-02", "submitted_on": "2024-03-01"},
            "radiation_plan_submitted_after_draft",
            id="trình trước khi soạn",
        ),
        pytest.param(
            ResponsePlan,
            {"drafted_on": "2024-01-01", "submitted_on": "2024-03-02", "approved_on": "2024-03-01"},
            "radiation_plan_approved_after_submission",
            id="phê duyệt trước khi trình",
        ),
        pytest.param(
            Facility,
            {"entered_by": "tr.qlcn", "confirmed_by": "tr.qlcn"},
            "radiation_facility_enterer_not_confirmer",
            id="tự xác nhận",
        ),
    ],
)
def test_the_database_refuses(model, values, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make(model, **values)


def test_a_licence_number_is_used_once_in_a_year_and_again_in_the_next():
    draft()
    draft(issued_on="2025-03-01", expires_on="2028-02-28")
    with pytest.raises(IntegrityError, match="radiation_licence_number_once_a_year"), transaction.atomic():
        draft(issued_on="2024-12-31")


@pytest.mark.parametrize(
    ("model", "field"), [(Device, "serial"), (Source, "serial"), (Certificate, "number"), (Facility, "code")]
)
def test_one_number_names_one_thing(model, field):
    make(model, **{field: "01"})
    with pytest.raises(IntegrityError, match=field), transaction.atomic():
        make(model, **{field: "01"})
