"""A task from its ground to its result, as the office of the department keeps it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from cancu.core.models import Unit
from cancu.core.people import Role
from cancu.core.reminders import due
from cancu.core.tests.rows import make, named, person
from cancu.documents.models import Document
from cancu.programme.deadlines import deadline_of, is_overdue
from cancu.programme.models import Programme, Proposal, Task
from cancu.programme.standing import GROUPS, Standing, standing
from cancu.programme.states import ProposalStates, TaskStates


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Quý II/2025", date(2025, 6, 30)),
        ("Quý IV/2024", date(2024, 12, 31)),
        ("Cả năm", date(2025, 12, 31)),
        ("tháng 6/2025", date(2025, 6, 30)),
        ("6 tháng đầu năm 2025", date(2025, 6, 30)),
        ("trước ngày 16/11/2024", date(2024, 11, 15)),
        ("Thường xuyên", None),
        ("", None),
    ],
)
def test_a_deadline_is_read_from_the_words_of_the_plan_of_2025(words, day):
    assert deadline_of(words, 2025) == day


@pytest.mark.parametrize(
    ("deadline", "day", "over"),
    [
        pytest.param("2024-11-15", "2024-11-15", False, id="ngày cuối của hạn vẫn còn hạn"),
        pytest.param("2024-11-15", "2024-11-16", True, id="sang hôm sau là quá"),
        pytest.param("2024-06-30", "2024-07-01", False, id="hạn Chủ nhật lùi tới thứ Hai"),
        pytest.param("2024-06-30", "2024-07-02", True, id="thứ Ba mới quá"),
        pytest.param("2024-02-09", "2024-02-15", False, id="hạn trong Tết lùi tới ngày làm việc đầu tiên"),
    ],
)
@pytest.mark.django_db
def test_a_deadline_is_over_only_by_the_working_calendar(deadline, day, over):
    assert is_overdue(date.fromisoformat(deadline), date.fromisoformat(day)) is over


@pytest.fixture
def ground(db):
    return make(Document, number="03-CTr/BCSĐ", issued_on="2024-01-02")


@pytest.fixture
def answer(db):
    return make(Document, number="2441/QĐ-UBND", issued_on="2024-10-08")


@pytest.fixture
def director(db):
    return person("giamdoc", "SKHCN", Role.DIRECTOR)


@pytest.fixture
def programme(ground):
    return make(Programme, code="CTCT-2024", year=2024, document=ground)


@pytest.fixture
def task(programme, ground):
    return make(
        Task,
        code="2024-07",
        programme=programme,
        ground=ground,
        assigned_on="2024-02-01",
        deadline_text="Quý IV/2024",
        owner_unit="QLCN",
    )


def test_a_new_task_gets_its_day_from_its_words(task):
    assert task.deadline_on == date(2024, 12, 31)


@pytest.mark.parametrize(
    ("day", "left"),
    [("2024-06-29", 2), ("2024-07-01", 0), ("2024-07-02", -1)],
    ids=["thứ Bảy", "thứ Hai, ngày cuối", "thứ Ba, đã quá"],
)
def test_reminders_count_a_deadline_on_sunday_to_monday(task, day, left):
    Task.objects.filter(pk=task.pk).update(deadline_on="2024-06-30")
    assert [one.left for one in due(date.fromisoformat(day)) if one.row == task] == [left]


def test_a_task_is_done_with_its_result_on_the_day_of_the_result(task, answer, director):
    with pytest.raises(ValidationError) as refused:
        TaskStates.move(task, "finish", director)
    assert set(refused.value.message_dict) == {"result"}
    TaskStates.move(task, "finish", director, result=answer)
    task.refresh_from_db()
    assert (task.state, task.closed_on) == ("done", date(2024, 10, 8))


def test_the_database_refuses_done_without_result_and_open_with_an_end(task):
    for values in (
        {"state": "done", "closed_on": date(2024, 10, 8)},
        {"closed_on": date(2024, 10, 8)},
        {"state": "withdrawn"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Task.objects.filter(pk=task.pk).update(**values)


def test_a_task_opened_again_has_no_end(task, answer, director):
    TaskStates.move(task, "finish", director, result=answer)
    TaskStates.move(task, "reopen", director, reason="Văn bản bị thu hồi")
    task.refresh_from_db()
    assert (task.state, task.closed_on) == ("under_way", None)


def test_who_entered_a_task_does_not_report_it_done(programme, ground, answer, director):
    own = make(Task, code="2024-01", programme=programme, ground=ground, entered_by=director)
    with pytest.raises(PermissionDenied, match="Người nhập"):
        TaskStates.move(own, "finish", director, result=answer)


class TestMovingADeadline:
    @pytest.fixture
    def letter(self):
        return make(Document, number="120/UBND-TH", issued_on="2024-12-20")

    def test_it_moves_with_a_document_and_a_reason_and_remembers_the_old_day(self, task, letter, director):
        change = task.move_deadline(director, date(2025, 3, 31), letter, "Chờ Luật mới")
        task.refresh_from_db()
        assert task.deadline_on == date(2025, 3, 31)
        assert (change.old, change.document, change.reason) == (date(2024, 12, 31), letter, "Chờ Luật mới")

    def test_a_withdrawn_deadline_leaves_none_and_is_never_overdue(self, task, letter, director):
        task.move_deadline(director, None, letter, "Không còn cần thiết")
        task.refresh_from_db()
        assert task.deadline_on is None and not task.overdue(date(2026, 1, 1))

    def test_only_leaders_move_it(self, task, letter):
        with pytest.raises(PermissionDenied, match="lãnh đạo"):
            task.move_deadline(person("cv.qlcn", "QLCN"), date(2025, 3, 31), letter, "Bận")

    @pytest.mark.parametrize(("new", "reason"), [(date(2024, 12, 31), "Như cũ"), (date(2025, 3, 31), "  ")])
    def test_same_day_or_no_reason_is_refused(self, task, letter, director, new, reason):
        with pytest.raises(ValidationError):
            task.move_deadline(director, new, letter, reason)

    def test_a_task_that_is_over_has_no_deadline_to_move(self, task, answer, letter, director):
        TaskStates.move(task, "finish", director, result=answer)
        with pytest.raises(ValidationError, match="đã kết thúc"):
            task.move_deadline(director, date(2025, 3, 31), letter, "Muộn")


@pytest.fixture
def draft(db):
    return make(Document, number="98/QĐ-UBND", issued_on="2024-10-08", state="drafting")


def test_a_draft_is_no_result(task, draft, director):
    with pytest.raises(ValidationError, match="chưa ban hành"):
        TaskStates.move(task, "finish", director, result=draft)


#: state, deadline, end → how the task stood on Friday 15/11/2024
STANDINGS = [
    pytest.param("waiting", "2024-12-31", None, "not_begun", id="chưa bắt đầu, chưa đến hạn"),
    pytest.param("under_way", "2024-11-15", None, "under_way", id="ngày cuối của hạn vẫn còn hạn"),
    pytest.param("under_way", "2024-11-14", None, "overdue", id="qua hạn một ngày"),
    pytest.param("under_way", "2024-11-09", None, "overdue", id="hạn thứ Bảy lùi tới thứ Hai 11/11, nay đã quá"),
    pytest.param("under_way", None, None, "under_way", id="không định hạn không bao giờ quá"),
    pytest.param("adjusting", "2024-12-31", None, "adjusting", id="xin điều chỉnh"),
    pytest.param("adjusting", "2024-11-01", None, "overdue", id="xin điều chỉnh khi đã quá hạn vẫn là quá hạn"),
    pytest.param("done", "2024-11-15", "2024-11-14", "early", id="xong trước hạn"),
    pytest.param("done", "2024-11-15", "2024-11-15", "on_time", id="xong đúng ngày cuối"),
    pytest.param("done", "2024-11-10", "2024-11-11", "on_time", id="hạn Chủ nhật, xong thứ Hai là đúng hạn"),
    pytest.param("done", "2024-11-14", "2024-11-15", "late", id="xong chậm một ngày"),
    pytest.param("done", None, "2024-11-14", "on_time", id="không định hạn, xong"),
    pytest.param("done", "2024-11-30", "2024-11-20", "under_way", id="xong sau ngày xem thì ngày ấy còn đang làm"),
    pytest.param("carried", "2024-12-31", "2024-11-14", "carried", id="chuyển năm sau"),
    pytest.param("withdrawn", "2024-12-31", "2024-11-14", "withdrawn", id="bãi bỏ"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "deadline", "closed", "stands"), STANDINGS)
def test_how_a_task_stands_on_a_day(state, deadline, closed, stands):
    day = lambda words: words and date.fromisoformat(words)  # noqa: E731
    assert standing(Task(state=state, deadline_on=day(deadline), closed_on=day(closed)), date(2024, 11, 15)) == stands


def test_each_standing_is_in_exactly_one_column_of_the_statistics():
    columns = [one for _label, members in GROUPS.values() for one in members]
    assert sorted(columns) == sorted(Standing) and len(columns) == 9


class TestProgress:
    @pytest.mark.parametrize(
        ("unit", "role", "may"),
        [
            ("QLCN", Role.SPECIALIST, True),
            ("QLKH", Role.SPECIALIST, True),
            ("KHTC", Role.SPECIALIST, False),
            ("SKHCN", Role.DEPUTY, True),
            ("QLCN", Role.ADMINISTRATOR, False),
        ],
    )
    def test_who_leads_or_supports_writes_it(self, task, unit, role, may):
        task.supporting.set([named(Unit, "QLKH")])
        user = person("ai", unit, role)
        if may:
            assert (task.write_progress(user, " Đã gửi lấy ý kiến ").author, task.progress.get().text) == (
                user,
                "Đã gửi lấy ý kiến",
            )
        else:
            with pytest.raises(PermissionDenied):
                task.write_progress(user, "Đã gửi")

    def test_who_supports_sees_the_task(self, task):
        seen = lambda: Task.objects.seen_by(person("cv.khac", "QLKH")).exists()  # noqa: E731
        assert not seen()
        task.supporting.set([named(Unit, "QLKH")])
        assert seen()

    def test_nothing_is_written_when_nothing_is_said_or_all_is_over(self, task, answer, director):
        with pytest.raises(ValidationError):
            task.write_progress(director, "  ")
        TaskStates.move(task, "finish", director, result=answer)
        with pytest.raises(ValidationError, match="đã kết thúc"):
            task.write_progress(director, "Muộn")


def test_a_change_that_is_asked_for_is_granted_with_its_document_or_refused_with_a_reason(task, director):
    letter = make(Document, number="120/UBND-TH", issued_on="2024-12-20")
    specialist = person("cv.qlcn", "QLCN")
    TaskStates.move(task, "ask_change", specialist, reason="Chờ Luật mới")
    with pytest.raises(PermissionDenied):
        TaskStates.move(task, "keep", specialist, reason="Thôi")
    TaskStates.move(task, "keep", director, reason="Đủ căn cứ để làm")
    assert (task.state, task.deadline_on) == ("under_way", date(2024, 12, 31))
    TaskStates.move(task, "ask_change", specialist, reason="Luật lùi hiệu lực")
    task.move_deadline(director, date(2025, 3, 31), letter, "Luật lùi hiệu lực")
    task.refresh_from_db()
    assert (task.state, task.deadline_on) == ("under_way", date(2025, 3, 31))


class TestProposals:
    @pytest.fixture
    def proposal(self, ground):
        directive = make(Document, number="38-CT/TW", issued_on="2024-07-30")
        return make(
            Proposal,
            code="2025-DX1",
            year=2025,
            order=1,
            kind="proposal",
            content="Kế hoạch thực hiện Chỉ thị 38",
            ground=directive,
            deadline_text="Quý II/2025",
            owner_unit="CCTDC",
        )

    @pytest.fixture
    def next_programme(self):
        return make(
            Programme, code="CTCT-2025", year=2025, document=make(Document, number="01-CTr/ĐU", issued_on="2025-03-10")
        )

    def test_an_accepted_proposal_is_a_task_of_next_years_programme(self, proposal, next_programme, director):
        task = proposal.accept(director, next_programme, "2025-01")
        proposal.refresh_from_db()
        assert (proposal.state, proposal.task) == ("accepted", task)
        assert (task.content, task.ground, task.deadline_text, task.deadline_on) == (
            proposal.content,
            proposal.ground,
            "Quý II/2025",
            date(2025, 6, 30),
        )
        assert (task.assigned_on, task.owner_unit.code, task.confirmed_by) == (date(2025, 3, 10), "CCTDC", director)

    def test_nothing_is_left_where_the_move_is_refused(self, proposal, next_programme):
        with pytest.raises(PermissionDenied):
            proposal.accept(person("cv.cctdc", "CCTDC"), next_programme, "2025-01")
        assert not Task.objects.filter(code="2025-01").exists()

    def test_a_programme_of_another_year_takes_nothing(self, proposal, programme, director):
        with pytest.raises(ValidationError, match="2025"):
            proposal.accept(director, programme, "2025-01")

    def test_a_proposal_is_not_accepted_without_becoming_a_task(self, proposal, director):
        with pytest.raises(ValidationError, match="nhiệm vụ"):
            ProposalStates.move(proposal, "accept", director)
