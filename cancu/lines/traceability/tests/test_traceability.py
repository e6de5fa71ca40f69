"""A product from survey to connection as the office lives it, and what the database refuses."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from cancu.core.people import Role
from cancu.core.tests.rows import make, person
from cancu.indicators import figure
from cancu.indicators.windows import year
from cancu.lines.traceability.models import Participant, Product
from cancu.lines.traceability.states import ProductStates

pytestmark = pytest.mark.django_db


@pytest.fixture
def head():
    return person("tr.cctdc", "CCTDC", Role.UNIT_HEAD)


@pytest.fixture
def specialist():
    return person("cv.cctdc", "CCTDC")


def counted(on: int) -> tuple[int, int]:
    return tuple(figure(f"traceability.{name}", year(on)).value for name in ("products", "connections"))


def test_a_product_goes_from_survey_to_connection_and_is_counted_on_the_way(head, specialist):
    product = make(Product, code="SP-1", owner_unit="CCTDC")
    assert counted(2024) == (0, 0)
    ProductStates.move(product, "fill", specialist, first_data_on=date(2024, 3, 1), trace_code="TX-001")
    assert counted(2024) == (1, 0)
    ProductStates.move(product, "check", specialist, checked_on=date(2024, 4, 1))
    ProductStates.move(product, "connect", head, connected_on=date(2024, 5, 1))
    assert counted(2024) == (1, 1)
    ProductStates.move(product, "end", specialist, reason="Ngừng sản xuất", ended_on=date(2025, 2, 1))
    assert counted(2024) == (1, 1)
    assert counted(2025) == (0, 0)


def test_first_data_need_their_day_and_a_trace_code(specialist):
    with pytest.raises(ValidationError) as refused:
        ProductStates.move(make(Product, code="SP-1", owner_unit="CCTDC"), "fill", specialist)
    assert set(refused.value.message_dict) == {"first_data_on", "trace_code"}


def test_a_product_is_not_connected_before_it_was_checked(head):
    product = make(Product, code="SP-1", owner_unit="CCTDC", state="data", first_data_on="2024-03-01")
    with pytest.raises(ValidationError, match="Có dữ liệu"):
        ProductStates.move(product, "connect", head, connected_on=date(2024, 5, 1))


def test_a_specialist_does_not_connect_to_the_national_portal(specialist):
    product = make(Product, code="SP-1", owner_unit="CCTDC", state="checked", first_data_on="2024-03-01")
    with pytest.raises(PermissionDenied, match="vai trò"):
        ProductStates.move(product, "connect", specialist, connected_on=date(2024, 5, 1))


def test_a_specialist_of_another_unit_does_not_touch_a_product():
    with pytest.raises(PermissionDenied):
        ProductStates.move(
            make(Product, code="SP-1", owner_unit="CCTDC"),
            "fill",
            person("cv.qlkh", "QLKH"),
            first_data_on=date(2024, 3, 1),
            trace_code="TX-001",
        )


def test_an_ended_product_stays_ended(specialist):
    product = make(
        Product, code="SP-1", owner_unit="CCTDC", state="ended", first_data_on="2024-03-01", ended_on="2024-06-01"
    )
    with pytest.raises(ValidationError, match="Ngừng"):
        ProductStates.move(product, "check", specialist, checked_on=date(2024, 7, 1))


@pytest.mark.parametrize(
    ("model", "values", "constraint"),
    [
        pytest.param(
            Participant,
            {"joined_on": "2024-03-02", "left_on": "2024-03-01"},
            "traceability_participant_dates_in_order",
            id="rời trước khi tham gia",
        ),
        pytest.param(
            Product,
            {"first_data_on": "2024-03-02", "connected_on": "2024-03-01"},
            "traceability_product_connected_after_data",
            id="kết nối trước khi có dữ liệu",
        ),
        pytest.param(
            Product,
            {"first_data_on": "2024-03-02", "ended_on": "2024-03-01"},
            "traceability_product_ended_after_data",
            id="ngừng trước khi có dữ liệu",
        ),
        pytest.param(
            Product,
            {"connected_on": "2024-03-01"},
            "traceability_product_connected_has_data",
            id="kết nối mà chưa có dữ liệu",
        ),
    ],
)
def test_the_database_refuses(model, values, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make(model, **values)


def test_a_trace_code_names_one_product_and_products_without_one_may_be_many():
    make(Product, code="SP-1", trace_code="TX-001")
    make(Product, code="SP-2")
    make(Product, code="SP-3")
    with pytest.raises(IntegrityError, match="traceability_product_trace_code_once"), transaction.atomic():
        make(Product, code="SP-4", trace_code="TX-001")


def test_a_party_takes_part_once_at_a_time_and_may_come_back():
    make(Participant, code="ĐV-1", party="Hợp tác xã số 1", joined_on="2022-01-01", left_on="2022-12-31")
    make(Participant, code="ĐV-2", party="Hợp tác xã số 1", joined_on="2023-01-01")
    with pytest.raises(IntegrityError, match="traceability_participant_once_a_day"), transaction.atomic():
        make(Participant, code="ĐV-3", party="Hợp tác xã số 1", joined_on="2022-12-31", left_on="2022-12-31")
    assert figure("traceability.participants", year(2023)).value == 1
