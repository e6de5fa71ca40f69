"""An instruction on an incoming document, from the leader's pen to the answer that closes it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from cancu.core import restdays
from cancu.core.calendar import replayed
from cancu.core.models import Unit
from cancu.core.people import Role
from cancu.core.restdays import RestDay, announce
from cancu.core.tests.rows import make, named, person
from cancu.documents.assignments import Assignment, AssignmentStates, Part, extend, finish, give, hand_over
from cancu.documents.models import Document, Relation

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 6, 8)


@pytest.fixture(autouse=True)
def june():
    restdays.forget()
    with replayed(MONDAY):
        yield
    restdays.forget()


@pytest.fixture
def people():
    rows = (
        ("giamdoc", "SKHCN", Role.DIRECTOR),
        ("vanthu", "VP", Role.CLERK),
        ("tr.qlkh", "QLKH", Role.UNIT_HEAD),
        ("cv.qlkh", "QLKH", Role.SPECIALIST),
        ("cv2.qlkh", "QLKH", Role.SPECIALIST),
        ("tr.qlcn", "QLCN", Role.UNIT_HEAD),
        ("cv.qlcn", "QLCN", Role.SPECIALIST),
        ("quantri", "SKHCN", Role.ADMINISTRATOR),
    )
    return {name: person(name, unit, role) for name, unit, role in rows}


@pytest.fixture
def letter():
    return make(
        Document,
        number="4986/UBND-NC",
        issued_on="2026-06-05",
        direction="incoming",
        owner_unit="VP",
        arrived_on="2026-06-08",
        arrival_number=12,
    )


@pytest.fixture
def answer():
    return make(Document, number="12/BC-SKHCN", issued_on="2026-06-11", direction="outgoing", owner_unit="QLKH")


def unit(code):
    return named(Unit, code)


def given(people, letter, part=Part.LEAD, to="QLKH", person=None, by="giamdoc", **values):
    values = {"instruction": "Tham mưu trả lời", "days": 5, **values}
    return give(people[by], letter, [(part, unit(to), people[person] if person else None)], **values)[0]


@pytest.mark.parametrize(
    ("values", "due"),
    [
        pytest.param({"days": 5}, "2026-06-15", id="năm ngày làm việc từ thứ Hai là thứ Hai sau"),
        pytest.param({"days": None, "until": date(2026, 6, 12)}, "2026-06-12", id="đến ngày thứ Sáu"),
        pytest.param({"days": None, "until": date(2026, 6, 13)}, "2026-06-15", id="hạn thứ Bảy lùi sang thứ Hai"),
        pytest.param({"days": None}, None, id="không ghi hạn"),
    ],
)
def test_the_last_day_follows_from_the_term_and_the_calendar(people, letter, values, due):
    assert given(people, letter, **values).due_on == (due and date.fromisoformat(due))


def test_a_holiday_announced_later_moves_the_last_day(people, letter):
    row = given(people, letter)
    moved = announce(people["vanthu"], [RestDay(date=date(2026, 6, 10), name="Nghỉ", document="Công văn số 9/VPCP")])
    row.refresh_from_db()
    assert (row.due_on, [(m.table, m.old, m.new) for m in moved]) == (
        date(2026, 6, 16),
        [("documents.assignment", date(2026, 6, 15), date(2026, 6, 16))],
    )


def test_the_leading_unit_becomes_the_receiver_in_the_book(people, letter):
    given(people, letter)
    letter.refresh_from_db()
    assert (letter.forwarded_to.code, letter.forwarded_on) == ("QLKH", MONDAY)


#: who → part of the document they hold → do they see the document and the assignment?
SEEN = [
    ("giamdoc", True),
    ("vanthu", True),
    ("tr.qlkh", True),
    ("cv.qlkh", True),
    ("cv.qlcn", False),
    ("tr.qlcn", False),
    ("quantri", False),
]


@pytest.mark.parametrize(("who", "sees"), SEEN)
def test_who_is_assigned_sees_the_document(people, letter, who, sees):
    given(people, letter, part=Part.SUPPORT)
    for rows in (Document.objects, Assignment.objects):
        assert rows.seen_by(people[who]).exists() is sees, rows.model


def test_a_revoked_assignment_hides_the_document_again(people, letter):
    row = given(people, letter, part=Part.SUPPORT, to="QLCN")
    AssignmentStates.move(row, "revoke", people["giamdoc"], reason="Giao nhầm")
    assert not Document.objects.seen_by(people["cv.qlcn"]).exists()


#: who may give work on an incoming letter
@pytest.mark.parametrize(
    ("who", "may"), [("giamdoc", True), ("vanthu", True), ("tr.qlkh", False), ("cv.qlkh", False), ("quantri", False)]
)
def test_who_gives(people, letter, who, may):
    if may:
        assert given(people, letter, by=who).given_by == people[who]
    else:
        with pytest.raises(PermissionDenied):
            given(people, letter, by=who)
        assert not Assignment.objects.exists()


@pytest.mark.parametrize(
    ("places", "says"),
    [
        ([("lead", "QLKH", None), ("lead", "QLCN", None)], "đã có đơn vị chủ trì"),
        ([("lead", "QLKH", "cv.qlcn")], "không làm việc ở"),
        ([("lead", "QLKH", None), ("support", "QLKH", None)], "đang giữ việc"),
    ],
)
def test_nothing_is_given_where_one_place_is_wrong(people, letter, places, says):
    with pytest.raises(ValidationError, match=says):
        give(
            people["giamdoc"],
            letter,
            [(p, unit(u), people[who] if who else None) for p, u, who in places],
            instruction="Làm",
            days=3,
        )
    assert not Assignment.objects.exists()


def test_an_outgoing_document_is_not_assigned(people, answer):
    with pytest.raises(PermissionDenied):
        given(people, answer)


#: move → who may make it on work given to cv.qlkh by name
MOVES = {
    "see": {"cv.qlkh": True, "tr.qlkh": True, "cv2.qlkh": False, "giamdoc": False, "vanthu": False, "cv.qlcn": False},
    "give_back": {
        "cv.qlkh": True,
        "tr.qlkh": True,
        "cv2.qlkh": False,
        "giamdoc": False,
        "vanthu": False,
        "cv.qlcn": False,
    },
    "finish": {
        "cv.qlkh": True,
        "tr.qlkh": True,
        "cv2.qlkh": False,
        "giamdoc": False,
        "vanthu": False,
        "cv.qlcn": False,
    },
    "revoke": {
        "cv.qlkh": False,
        "tr.qlkh": False,
        "cv2.qlkh": False,
        "giamdoc": True,
        "vanthu": True,
        "cv.qlcn": False,
    },
}


@pytest.mark.parametrize("move", MOVES)
def test_who_makes_each_move(people, letter, answer, move):
    row = given(people, letter, person="cv.qlkh")
    assert {
        who: move in {m.key for m in AssignmentStates.open_moves(row, people[who])} for who in MOVES[move]
    } == MOVES[move]
    for who, may in MOVES[move].items():
        if not may:
            with pytest.raises(PermissionDenied):
                AssignmentStates.move(
                    row, move, people[who], reason="Thử", **({"response": answer} if move == "finish" else {})
                )


def test_seen_keeps_the_moment(people, letter):
    row = given(people, letter, person="cv.qlkh")
    AssignmentStates.move(row, "see", people["cv.qlkh"])
    row.refresh_from_db()
    assert row.state == "seen" and row.seen_at.date() == MONDAY


@pytest.mark.parametrize(("part", "waits"), [("lead", True), ("support", True), ("inform", False)])
def test_what_is_for_information_is_over_when_seen(people, letter, part, waits):
    row = given(people, letter, part=part, person="cv.qlkh")
    assert list(Assignment.objects.of(people["cv.qlkh"])) == [row]
    AssignmentStates.move(row, "see", people["cv.qlkh"])
    assert Assignment.objects.of(people["cv.qlkh"]).exists() is waits


def test_work_given_to_a_unit_waits_for_its_head_until_handed_to_somebody(people, letter):
    row = given(people, letter)
    waits = lambda: {who for who in people if Assignment.objects.of(people[who]).exists()}  # noqa: E731
    assert waits() == {"tr.qlkh"}
    hand_over(row, people["tr.qlkh"], unit("QLKH"), people["cv.qlkh"], "Đúng việc của chị")
    assert waits() == {"cv.qlkh"}


#: who hands over, to which unit → may they?
@pytest.mark.parametrize(
    ("who", "to", "may"),
    [
        ("tr.qlkh", "QLKH", True),
        ("cv.qlkh", "QLKH", True),
        ("tr.qlkh", "QLCN", False),
        ("cv2.qlkh", "QLKH", False),
        ("giamdoc", "QLCN", True),
        ("vanthu", "QLCN", True),
        ("tr.qlcn", "QLCN", False),
    ],
)
def test_who_hands_over_and_how_far(people, letter, who, to, may):
    row = given(people, letter, person="cv.qlkh")
    to_whom = people["cv2.qlkh"] if to == "QLKH" else people["cv.qlcn"]
    if may:
        hand_over(row, people[who], unit(to), to_whom, "Đúng chuyên môn")
        assert (row.owner_unit.code, row.person, row.state, row.due_on) == (to, to_whom, "given", date(2026, 6, 15))
    else:
        with pytest.raises(PermissionDenied):
            hand_over(row, people[who], unit(to), to_whom, "Đúng chuyên môn")


def test_returned_work_waits_for_who_gave_it_and_is_given_again(people, letter):
    row = given(people, letter, person="cv.qlkh")
    with pytest.raises(ValidationError):
        AssignmentStates.move(row, "give_back", people["cv.qlkh"])
    AssignmentStates.move(row, "give_back", people["cv.qlkh"], reason="Không thuộc phòng")
    assert not Assignment.objects.of(people["cv.qlkh"]).exists() and Assignment.objects.open().exists()
    hand_over(row, people["giamdoc"], unit("QLCN"), None, "Chuyển phòng đúng việc")
    letter.refresh_from_db()
    assert (row.state, letter.forwarded_to.code) == ("given", "QLCN")


@pytest.mark.parametrize(
    ("who", "until", "reason", "refused"),
    [
        ("giamdoc", "2026-06-19", "Chờ số liệu", None),
        ("tr.qlkh", "2026-06-19", "Chờ", PermissionDenied),
        ("vanthu", "2026-06-19", "Chờ", PermissionDenied),
        ("giamdoc", "2026-06-15", "Như cũ", ValidationError),
        ("giamdoc", "2026-06-19", " ", ValidationError),
    ],
)
def test_leaders_extend_with_a_reason_to_a_later_day(people, letter, who, until, reason, refused):
    row = given(people, letter)
    if refused:
        with pytest.raises(refused):
            extend(row, people[who], date.fromisoformat(until), reason)
    else:
        extend(row, people[who], date.fromisoformat(until), reason)
    assert row.due_on == date(2026, 6, 15 if refused else 19)


def test_the_answer_closes_the_work_of_all_and_the_time_taken_is_known(people, letter, answer):
    lead = given(people, letter, person="cv.qlkh")
    support, inform = (
        given(people, letter, part=Part.SUPPORT, to="QLCN"),
        given(people, letter, part=Part.INFORM, to="TTKT"),
    )
    finish(lead, people["cv.qlkh"], answer)
    rows = {row.part: (row.state, row.closed_on) for row in Assignment.objects.all()}
    assert rows == {
        "lead": ("done", date(2026, 6, 11)),
        "support": ("done", date(2026, 6, 11)),
        "inform": ("given", None),
    }
    lead.refresh_from_db()
    assert (lead.taken, lead.late(MONDAY), inform.taken, support.part) == (3, False, None, "support")
    assert Relation.objects.filter(source=answer, target=letter, kind="answers").count() == 1


@pytest.mark.parametrize(
    ("part", "state", "day", "says"),
    [
        ("lead", "drafting", "2026-06-11", "chưa ban hành"),
        ("lead", "issued", "2026-06-05", "trước ngày giao"),
        ("support", "issued", "2026-06-11", "đơn vị chủ trì"),
    ],
)
def test_what_is_no_answer_closes_nothing(people, letter, part, state, day, says):
    row = given(people, letter, part=part, person="cv.qlkh")
    with pytest.raises(ValidationError, match=says):
        finish(row, people["cv.qlkh"], make(Document, number="13/BC-SKHCN", issued_on=day, state=state))
    assert not Relation.objects.exists()


@pytest.mark.parametrize(
    "values", [{"state": "done", "closed_on": MONDAY}, {"closed_on": MONDAY}, {"state": "revoked"}, {"until": MONDAY}]
)
def test_the_database_refuses_what_cannot_be(people, letter, values):
    row = given(people, letter)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.filter(pk=row.pk).update(**values)


def test_the_history_tells_every_step_with_its_reason(people, letter, answer):
    row = given(people, letter)
    hand_over(row, people["tr.qlkh"], unit("QLKH"), people["cv.qlkh"], "Đúng việc")
    extend(row, people["giamdoc"], date(2026, 6, 19), "Chờ số liệu")
    finish(row, people["cv.qlkh"], answer)
    told = [
        (e.pgh_context.metadata["action"], e.pgh_context.metadata["reason"])
        for e in row.history.order_by("pgh_id").select_related("pgh_context")
    ]
    assert told == [("give", "Tham mưu trả lời"), ("hand_over", "Đúng việc"), ("extend", "Chờ số liệu"), ("finish", "")]
