"""What the database itself refuses of a measuring act."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from cancu.core import codes
from cancu.core.tests.rows import make
from cancu.lines.laboratory.models import Instrument, Verification

pytestmark = pytest.mark.django_db
ACT = {
    "number": "2024-1",
    "instrument": "A",
    "act": "verification",
    "mode": "periodic",
    "performed_on": dt.date(2024, 3, 5),
    "passed": True,
    "certificate": "1",
    "state": "approved",
}


@pytest.fixture(autouse=True)
def code_lists(db: None) -> Iterator[None]:
    codes.load(Path(__file__).parent.parent / "codes.yaml")
    yield
    codes.forget()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"passed": False}, "không đạt mà có giấy chứng nhận"),
        ({"certificate": ""}, "đã phê duyệt, đạt mà không có số giấy"),
        ({"mode": ""}, "kiểm định mà không có chế độ"),
        ({"act": "calibration"}, "hiệu chuẩn mà có chế độ"),
        ({"valid_until": dt.date(2024, 3, 4)}, "hết hiệu lực trước ngày thực hiện"),
    ],
)
def test_a_false_act_never_enters_the_register(change: dict[str, object], why: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make(Verification, **(ACT | change))
    assert not Verification.objects.exists(), why


def test_field_is_copied_from_the_instrument_whatever_is_written() -> None:
    make(Instrument, code="A", field="mass")
    make(Verification, **(ACT | {"field": "length"}))
    assert Verification.objects.get().field == "mass"


def test_a_certificate_number_is_used_once_a_year_and_again_next_year() -> None:
    make(Verification, **ACT)
    make(Verification, **(ACT | {"number": "2025-1", "performed_on": dt.date(2025, 3, 5)}))
    with pytest.raises(IntegrityError), transaction.atomic():
        make(Verification, **(ACT | {"number": "2024-2"}))
