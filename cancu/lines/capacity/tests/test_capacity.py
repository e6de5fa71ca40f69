"""An investment project and a training as the department lives them, and what the database refuses."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from cancu.core.people import Role
from cancu.core.tests.rows import make, person
from cancu.indicators import figure
from cancu.indicators.windows import year
from cancu.lines.capacity.models import Money, Project, Training
from cancu.lines.capacity.states import ProjectStates, TrainingStates

pytestmark = pytest.mark.django_db


@pytest.fixture
def director():
    return person("giamdoc", "SKHCN", Role.DIRECTOR)


@pytest.fixture
def specialist():
    return person("cv.vp", "VP")


def test_a_project_goes_from_preparation_to_use_and_is_counted_where_it_stands(director):
    project = make(Project, code="DA-1", owner_unit="VP")
    assert figure("capacity.projects_in_all", year(2024)).value == 0
    ProjectStates.move(project, "begin", director, decided_on=date(2024, 1, 5), started_on=date(2024, 2, 1))
    assert figure("capacity.projects_under_way", year(2024)).value == 1
    ProjectStates.move(project, "accept", director)
    ProjectStates.move(project, "put_in_use", director, in_use_on=date(2024, 10, 1))
    ProjectStates.move(project, "settle", director, settled_on=date(2025, 3, 1))
    assert figure("capacity.projects_put_in_use", year(2024)).value == 1
    assert figure("capacity.projects_in_use", year(2024)).value == 1


def test_a_project_does_not_begin_without_its_decision(director):
    with pytest.raises(ValidationError) as refused:
        ProjectStates.move(make(Project, code="DA-1", owner_unit="VP"), "begin", director)
    assert set(refused.value.message_dict) == {"decided_on", "started_on"}


def test_a_specialist_does_not_begin_or_stop_a_project(specialist):
    project = make(Project, code="DA-1", owner_unit="VP", decided_on="2024-01-05", started_on="2024-02-01")
    for move in ("begin", "stop"):
        with pytest.raises(PermissionDenied, match="vai trò"):
            ProjectStates.move(project, move, specialist, reason="Hết vốn")


def test_a_stopped_project_is_no_longer_counted_and_one_in_use_is_not_stopped(director):
    project = make(
        Project, code="DA-1", owner_unit="VP", state="under_way", decided_on="2024-01-05", started_on="2024-02-01"
    )
    ProjectStates.move(project, "stop", director, reason="Hết vốn")
    assert figure("capacity.projects_in_all", year(2024)).value == 0
    used = make(Project, code="DA-2", owner_unit="VP", state="in_use", in_use_on="2024-10-01")
    with pytest.raises(ValidationError, match="Đưa vào sử dụng"):
        ProjectStates.move(used, "stop", director, reason="Hết vốn")


def test_staff_count_once_they_have_been_sent(director, specialist):
    training = make(Training, code="ĐT-1", owner_unit="VP", started_on="2024-05-06", people=3)
    assert figure("capacity.staff_trained", year(2024)).value == 0
    with pytest.raises(PermissionDenied):
        TrainingStates.move(training, "send", specialist)
    TrainingStates.move(training, "send", director)
    assert figure("capacity.staff_trained", year(2024)).value == 3
    with pytest.raises(ValidationError) as refused:
        TrainingStates.move(training, "finish", specialist)
    assert set(refused.value.message_dict) == {"ended_on"}
    TrainingStates.move(training, "finish", specialist, ended_on=date(2024, 5, 10))


def test_a_course_not_finished_says_why(specialist):
    training = make(Training, code="ĐT-1", owner_unit="VP", state="sent")
    with pytest.raises(ValidationError) as refused:
        TrainingStates.move(training, "fail", specialist)
    assert set(refused.value.message_dict) == {"reason"}


@pytest.mark.parametrize(
    ("model", "values", "constraint"),
    [
        pytest.param(
            Project,
            {"decided_on": "2024-03-02", "started_on": "2024-03-01"},
            "capacity_project_started_after_decision",
            id="khởi công trước quyết định",
        ),
        pytest.param(
            Project,
            {"started_on": "2024-03-02", "in_use_on": "2024-03-01"},
            "capacity_project_used_after_start",
            id="sử dụng trước khởi công",
        ),
        pytest.param(
            Project,
            {"in_use_on": "2024-03-02", "settled_on": "2024-03-01"},
            "capacity_project_settled_after_use",
            id="quyết toán trước sử dụng",
        ),
        pytest.param(
            Project, {"state": "in_use"}, "capacity_project_in_use_has_day", id="đang sử dụng mà không có ngày"
        ),
        pytest.param(Money, {"amount": 0}, "capacity_money_not_nothing", id="giao 0 đồng"),
        pytest.param(
            Training,
            {"started_on": "2024-03-02", "ended_on": "2024-03-01"},
            "capacity_training_dates_in_order",
            id="bế giảng trước khai giảng",
        ),
        pytest.param(Training, {"people": 0}, "capacity_training_somebody_goes", id="cử không người nào"),
        pytest.param(
            Training,
            {"people": 2, "certificates": 3},
            "capacity_training_certificates_within_people",
            id="chứng chỉ nhiều hơn người",
        ),
    ],
)
def test_the_database_refuses(model, values, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make(model, **values)


@pytest.mark.parametrize(
    ("model", "field"), [(Project, "code"), (Project, "name"), (Money, "code"), (Training, "code")]
)
def test_one_name_names_one_thing(model, field):
    make(model, **{field: "01"})
    with pytest.raises(IntegrityError, match=field), transaction.atomic():
        make(model, **{field: "01"})
