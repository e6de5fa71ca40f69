"""A class, a process and a contract as the centre lives them, and what the database refuses."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from cancu.core.people import Role
from cancu.core.tests.rows import make, person
from cancu.indicators import checks, figure
from cancu.indicators.windows import year
from cancu.lines.transfer.checks import classes_of_two_scopes
from cancu.lines.transfer.models import ClassTopic, Contract, Process, TrainingClass
from cancu.lines.transfer.states import ClassStates, ProcessStates

pytestmark = pytest.mark.django_db


@pytest.fixture
def head():
    return person("tr.ttnc", "TTNC", Role.UNIT_HEAD)


@pytest.fixture
def specialist():
    return person("cv.ttnc", "TTNC")


def test_a_class_counts_only_once_it_has_been_held(specialist):
    lesson = make(TrainingClass, code="L-1", owner_unit="TTNC", starts_on="2024-03-01", learners=35)
    ClassStates.move(lesson, "announce", specialist)
    ClassStates.move(lesson, "open", specialist)
    assert figure("transfer.classes", year(2024)).value == 0
    ClassStates.move(lesson, "close", specialist, ends_on=date(2024, 3, 2))
    assert figure("transfer.classes", year(2024)).value == 1


def test_a_class_without_learners_is_not_closed(specialist):
    lesson = make(TrainingClass, code="L-1", owner_unit="TTNC", state="running")
    with pytest.raises(ValidationError) as refused:
        ClassStates.move(lesson, "close", specialist, ends_on=date(2024, 3, 2))
    assert set(refused.value.message_dict) == {"learners"}


def test_cancelling_is_for_heads_and_needs_a_reason(specialist, head):
    lesson = make(TrainingClass, code="L-1", owner_unit="TTNC")
    with pytest.raises(PermissionDenied):
        ClassStates.move(lesson, "cancel", specialist, reason="Mưa lũ")
    with pytest.raises(ValidationError):
        ClassStates.move(lesson, "cancel", head)
    ClassStates.move(lesson, "cancel", head, reason="Mưa lũ")


def test_two_scopes_of_agriculture_classes_are_told_apart_with_the_reason():
    for code, unit in (("L-1", "TTNC"), ("L-2", "QLKH")):
        make(TrainingClass, code=code, owner_unit=unit, state="held", starts_on="2024-03-01")
        make(ClassTopic, training_class=code, topic="agriculture")
    broken = [b for b in checks.run(year(2024)) if b.check is classes_of_two_scopes]
    assert len(broken) == 1
    assert broken[0].check.severity == "warning"
    assert "khác phạm vi" in broken[0].words
    assert "(2)" in broken[0].words and "(1)" in broken[0].words


def test_a_retired_process_leaves_the_catalogue_but_stays_in_older_reports(head):
    process = make(Process, code="QT-1", owner_unit="TTNC", state="ready", ready_on="2020-05-01")
    ProcessStates.move(process, "retire", head, retired_on=date(2024, 6, 30), reason="Đã có quy trình tốt hơn")
    assert figure("transfer.processes", year(2023)).value == 1
    assert figure("transfer.processes", year(2024)).value == 0


@pytest.mark.parametrize(
    ("model", "values"),
    [
        pytest.param(
            TrainingClass, {"starts_on": "2024-03-02", "ends_on": "2024-03-01"}, id="bế giảng trước khai giảng"
        ),
        pytest.param(TrainingClass, {"learners": 10, "women": 11}, id="nữ nhiều hơn học viên"),
        pytest.param(TrainingClass, {"learners": 10, "minority": 11}, id="dân tộc thiểu số nhiều hơn học viên"),
        pytest.param(Process, {"readiness": 10}, id="mức sẵn sàng 10"),
        pytest.param(Process, {"state": "ready"}, id="sẵn sàng mà không có ngày"),
        pytest.param(Process, {"mastered_on": "2024-03-02", "ready_on": "2024-03-01"}, id="công bố trước khi làm chủ"),
        pytest.param(Contract, {"receiver": "B", "state": "signed"}, id="đã ký mà không có ngày"),
        pytest.param(Contract, {"giver": "A", "receiver": "A"}, id="tự chuyển giao cho mình"),
    ],
)
def test_the_database_refuses(model, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        make(model, **values)


def test_a_class_carries_a_topic_once():
    make(ClassTopic, training_class="L-1", topic="feed")
    with pytest.raises(IntegrityError), transaction.atomic():
        make(ClassTopic, training_class="L-1", topic="feed")
