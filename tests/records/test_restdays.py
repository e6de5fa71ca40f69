"""The calendar as the office keeps it: the shipped list, what the department adds, what moves when it does."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from cancu.core import restdays
from cancu.core.people import Role
from cancu.core.restdays import MovedDeadline, RestDay, announce, seed, withdraw, working_calendar
from cancu.core.tests.rows import make, person
from cancu.documents.models import Document
from cancu.dossiers.models import Dossier, ProcedureVersion
from cancu.programme.models import Programme, Task
from vanban.workdays import office_calendar

pytestmark = pytest.mark.django_db
DIRECTIVE = "Công văn số 100/VPCP-KGVX ngày 02/3/2026"


@pytest.fixture(autouse=True)
def fresh_calendar():
    restdays.forget()
    yield
    restdays.forget()


@pytest.fixture
def clerk():
    return person("vanthu", "VP", Role.CLERK)


def holiday(day, name="Ngày nghỉ mới", **values):
    return RestDay(date=date.fromisoformat(day), name=name, document=DIRECTIVE, **values)


def swap(rest, worked):
    return [
        holiday(rest, swapped_with=date.fromisoformat(worked)),
        holiday(worked, "Làm bù", kind="worked", swapped_with=date.fromisoformat(rest)),
    ]


def test_without_rows_the_shipped_list_holds():
    assert working_calendar().days == office_calendar().days


def test_seeding_writes_the_shipped_list_once_with_its_documents():
    assert seed() == len(office_calendar().days)
    assert seed() == 0
    assert RestDay.objects.get(date="2026-01-10").document.startswith("Công văn số 12729/VPCP-KGVX")
    assert working_calendar().days == office_calendar().days


@pytest.mark.parametrize(
    ("days", "asked", "works"),
    [
        pytest.param([holiday("2026-06-10")], "2026-06-10", False, id="ngày nghỉ mới"),
        pytest.param(swap("2026-06-12", "2026-06-20"), "2026-06-12", False, id="thứ Sáu nghỉ hoán đổi"),
        pytest.param(swap("2026-06-12", "2026-06-20"), "2026-06-20", True, id="thứ Bảy làm bù"),
        pytest.param([holiday("2026-06-10")], "2026-06-11", True, id="hôm sau vẫn làm"),
        pytest.param([holiday("2028-01-03")], "2028-06-12", True, id="năm chưa có trong danh sách đi kèm"),
    ],
)
def test_the_departments_own_days_win(clerk, days, asked, works):
    announce(
        clerk,
        [RestDay(**{f: getattr(d, f) for f in ("date", "kind", "name", "document", "swapped_with")}) for d in days],
    )
    assert working_calendar().is_workday(date.fromisoformat(asked)) is works


def test_a_shipped_day_that_is_withdrawn_is_worked_and_stays_written(clerk):
    seed()
    row = RestDay.objects.get(date="2026-08-31")
    withdraw(clerk, row, "Công văn số 200/VPCP-KGVX")
    assert working_calendar().is_workday(date(2026, 8, 31))
    row.refresh_from_db()
    assert (row.withdrawn_by, seed()) == ("Công văn số 200/VPCP-KGVX", 0)


@pytest.mark.parametrize(
    ("day", "field"),
    [
        (holiday("2026-06-10", kind="worked"), "date"),
        (holiday("2018-06-10"), "date"),
        (holiday("2026-06-10", swapped_with=date(2026, 6, 10)), "swapped_with"),
        (RestDay(date=date(2026, 6, 10), name="Nghỉ", document=""), "document"),
    ],
)
def test_a_day_that_cannot_be_is_refused_and_nothing_is_written(clerk, day, field):
    with pytest.raises(ValidationError) as refused:
        announce(clerk, [day])
    assert field in refused.value.message_dict and not RestDay.objects.exists()
    assert working_calendar().is_workday(date(2026, 6, 10))


def test_a_day_stands_once_while_it_holds(clerk):
    announce(clerk, [holiday("2026-06-10")])
    with pytest.raises(ValidationError, match="đã có trong lịch"):
        announce(clerk, [holiday("2026-06-10")])
    with pytest.raises(IntegrityError), transaction.atomic():
        RestDay.objects.create(date=date(2026, 6, 10), name="Nữa", document="x")


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.CLERK, True),
        (Role.DIRECTOR, True),
        (Role.DEPUTY, True),
        (Role.UNIT_HEAD, False),
        (Role.SPECIALIST, False),
        (Role.ADMINISTRATOR, False),
    ],
)
def test_who_writes_in_the_calendar(role, may):
    user = person("ai", "VP", role)
    assert restdays.may_keep(user) is may
    if not may:
        with pytest.raises(PermissionDenied):
            announce(user, [holiday("2026-06-10")])
        with pytest.raises(PermissionDenied):
            withdraw(user, make(RestDay, date="2026-06-10"), "x")


class TestMovedDeadlines:
    @pytest.fixture
    def work(self):
        """One task due on Wednesday 10/6/2026, one on Thursday, a dossier of five working days received on 05/6."""
        ground = make(Document, number="03-CTr/ĐU", issued_on="2026-01-05")
        programme = make(Programme, code="CTCT-2026", year=2026, document=ground)
        task = make(
            Task, code="2026-01", programme=programme, ground=ground, assigned_on="2026-02-01", deadline_on="2026-06-10"
        )
        other = make(
            Task, code="2026-02", programme=programme, ground=ground, assigned_on="2026-02-01", deadline_on="2026-06-11"
        )
        version = make(ProcedureVersion, code="TT1-2020", amount=5, unit="workday", valid_from="2020-01-01")
        dossier = make(
            Dossier, code="000.00.14.H50-260605-0001", version=version, received_on="2026-06-05", state="solving"
        )
        return {"task": task, "other": other, "dossier": dossier}

    def moved(self, rows):
        return {(row.table, row.record): (row.old.isoformat(), row.new.isoformat()) for row in rows}

    def test_exactly_the_deadlines_that_follow_move_from_one_day_to_another(self, clerk, work):
        found = announce(clerk, [holiday("2026-06-10")])
        assert self.moved(found) == {
            ("programme.task", work["task"].pk): ("2026-06-10", "2026-06-11"),
            ("dossiers.dossier", work["dossier"].pk): ("2026-06-12", "2026-06-15"),
        }
        assert self.moved(MovedDeadline.objects.all()) == self.moved(found)
        assert not work["task"].overdue(date(2026, 6, 11)) and work["task"].overdue(date(2026, 6, 12))

    def test_a_holiday_that_touches_nothing_moves_nothing(self, clerk, work):
        assert announce(clerk, [holiday("2026-07-15")]) == []

    def test_a_swapped_saturday_that_is_worked_moves_no_deadline_beyond_it(self, clerk, work):
        found = announce(clerk, swap("2026-06-12", "2026-06-13"))
        assert self.moved(found) == {("dossiers.dossier", work["dossier"].pk): ("2026-06-12", "2026-06-13")}

    def test_a_withdrawn_day_gives_the_old_deadline_back(self, clerk, work):
        day = holiday("2026-06-10")
        announce(clerk, [day])
        found = withdraw(clerk, day, "Công văn số 101/VPCP-KGVX")
        assert self.moved(found)["programme.task", work["task"].pk] == ("2026-06-11", "2026-06-10")

    def test_what_is_over_does_not_move(self, clerk, work):
        Task.objects.filter(pk=work["task"].pk).update(state="withdrawn", closed_on="2026-05-01")
        Dossier.objects.filter(pk=work["dossier"].pk).update(state="solved", finished_on="2026-06-09")
        assert announce(clerk, [holiday("2026-06-10")]) == []

    def test_the_history_tells_who_changed_the_calendar_and_on_what_ground(self, clerk, work):
        day = holiday("2026-06-10")
        announce(clerk, [day])
        event = day.history.get()
        assert event.pgh_context.metadata == {"user": clerk.pk, "action": "announce", "reason": DIRECTIVE}
