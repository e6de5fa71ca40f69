"""A batch and an issue slip as the centre lives them, and what the database refuses."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from cancu.core.people import Role
from cancu.core.tests.rows import make, person
from cancu.indicators import figure
from cancu.indicators.windows import year
from cancu.lines.biotech.models import Batch, Issue, IssueLine, Product, Transfer
from cancu.lines.biotech.states import BatchStates, IssueStates

pytestmark = pytest.mark.django_db


@pytest.fixture
def head():
    return person("tr.ttnc", "TTNC", Role.UNIT_HEAD)


@pytest.fixture
def specialist():
    return person("cv.ttnc", "TTNC")


def test_preparations_count_as_supplied_when_the_slip_is_issued(head, specialist):
    issue = make(Issue, number="PX-1", owner_unit="TTNC", entered_by=specialist)
    make(IssueLine, issue=issue, batch=make(Batch, number="LÔ-1", kg="500"), kg="245.5")
    assert figure("biotech.tonnes_supplied", year(2024)).value == 0
    IssueStates.move(issue, "issue", head, issued_on=date(2024, 3, 12))
    assert float(figure("biotech.tonnes_supplied", year(2024)).value) == 0.2455


def test_who_writes_a_slip_does_not_issue_it(head):
    issue = make(Issue, number="PX-1", owner_unit="TTNC", entered_by=head)
    with pytest.raises(PermissionDenied, match="Người nhập"):
        IssueStates.move(issue, "issue", head, issued_on=date(2024, 3, 12))


def test_a_batch_is_not_accepted_without_a_test(specialist):
    batch = make(Batch, number="LÔ-1", owner_unit="TTNC", state="made")
    with pytest.raises(ValidationError) as refused:
        BatchStates.move(batch, "accept", specialist)
    assert set(refused.value.message_dict) == {"tested_on"}


def test_a_batch_gives_no_more_than_it_holds():
    batch = make(Batch, number="LÔ-1", kg="100")
    make(IssueLine, issue="PX-1", batch=batch, kg="60")
    line = make(IssueLine, issue="PX-2", batch=batch, kg="40")
    with pytest.raises(IntegrityError, match="Xuất quá khối lượng lô"), transaction.atomic():
        make(IssueLine, issue="PX-3", batch=batch, kg="0.01")
    line.kg = 41
    with pytest.raises(IntegrityError, match="Xuất quá khối lượng lô"), transaction.atomic():
        line.save()


@pytest.mark.parametrize(
    ("model", "values"),
    [
        pytest.param(Batch, {"kg": "0"}, id="lô không có khối lượng"),
        pytest.param(Batch, {"made_on": "2024-03-02", "expires_on": "2024-03-01"}, id="hết hạn trước khi sản xuất"),
        pytest.param(Batch, {"state": "passed"}, id="đạt mà chưa kiểm nghiệm"),
        pytest.param(Issue, {"state": "issued"}, id="đã xuất mà không có ngày"),
        pytest.param(Product, {"state": "in_production"}, id="đang sản xuất mà không có ngày bắt đầu"),
        pytest.param(
            Transfer, {"started_on": "2024-03-02", "handed_over_on": "2024-03-01"}, id="bàn giao trước khi bắt đầu"
        ),
    ],
)
def test_the_database_refuses(model, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        make(model, **values)


def test_a_household_receives_a_technology_once():
    make(Transfer, recipient="Hộ A", technology="composting")
    with pytest.raises(IntegrityError), transaction.atomic():
        make(Transfer, recipient="Hộ A", technology="composting")
