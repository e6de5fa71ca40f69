"""The pages of the programme, of assignments and of the calendar: who gets which, what each step does, few queries."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cancu.core import restdays
from cancu.core.calendar import replayed
from cancu.core.models import Unit, UnitName, User
from cancu.core.restdays import MovedDeadline, RestDay
from cancu.core.tests.people import MOST_QUERIES, signed_in, staff
from cancu.core.tests.rows import make, named
from cancu.documents.assignments import Assignment
from cancu.documents.models import Document
from cancu.programme.models import Programme, Proposal, Task

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 6, 8)
DIRECTIVE = "Công văn số 100/VPCP-KGVX ngày 02/3/2026"


@pytest.fixture(autouse=True)
def june():
    restdays.forget()
    with replayed(MONDAY):
        yield
    restdays.forget()


@pytest.fixture
def office():
    """Twelve tasks of two units, one done, one overdue; a letter assigned to a specialist of QLKH; proposals for 2027."""
    staff()
    root = make(UnitName, unit="SKHCN", name="Sở Khoa học và Công nghệ", short_name="Sở", valid_from="2020-01-01")
    for code in ("QLCN", "QLKH"):
        make(UnitName, unit=code, name=f"Phòng {code}", short_name=code, parent=root.unit, valid_from="2020-01-01")
    ground = make(Document, number="03-CTr/ĐU", issued_on="2026-01-05", direction="incoming", owner_unit="QLCN")
    programme = make(Programme, code="CTCT-2026", year=2026, document=ground)
    for n in range(1, 13):
        make(
            Task,
            code=f"2026-{n:02d}",
            programme=programme,
            ground=ground,
            content=f"Nhiệm vụ số {n}",
            assigned_on="2026-02-01",
            deadline_on="2026-06-10" if n > 1 else "2026-05-04",
            owner_unit="QLCN" if n % 2 else "QLKH",
            supporting=["QLCN"],
        )
    answer = make(Document, number="12/BC-SKHCN", issued_on="2026-06-08", direction="outgoing", owner_unit="QLKH")
    Task.objects.filter(code="2026-02").update(state="done", result=answer, closed_on="2026-06-08")
    letter = make(
        Document,
        number="4986/UBND-NC",
        issued_on="2026-06-05",
        direction="incoming",
        owner_unit="QLCN",
        arrived_on="2026-06-08",
        arrival_number=7,
    )
    given = make(
        Assignment,
        document=letter,
        given_by="giamdoc",
        given_on=MONDAY,
        instruction="Tham mưu báo cáo",
        owner_unit="QLKH",
        person="cv.qlkh",
        days=3,
        entered_by="giamdoc",
    )
    for n in (1, 2):
        make(
            Proposal,
            code=f"2027-DX{n}",
            year=2027,
            order=n,
            kind="proposal",
            content=f"Đề xuất {n}",
            ground=ground,
            deadline_text="Quý II/2027",
            owner_unit="QLKH",
        )
    day = make(RestDay, date="2026-06-24", name="Nghỉ", document=DIRECTIVE)
    return {
        "task": Task.objects.get(code="2026-03"),
        "of_qlkh": Task.objects.get(code="2026-04"),
        "letter": letter,
        "given": given,
        "answer": answer,
        "day": day,
        "programme": programme,
    }


def addresses(made):
    return {
        "programme": reverse("programme"),
        "table": reverse("programme") + "?xem=bang",
        "timeline": reverse("programme") + "?xem=thoi-gian",
        "statistics": reverse("programme") + "?xem=thong-ke",
        "proposals": reverse("proposals"),
        "task": reverse("task", args=[made["task"].pk]),
        "task of another unit": reverse("task", args=[made["of_qlkh"].pk]),
        "my work": reverse("my-work"),
        "assignments": reverse("assignments", args=[made["letter"].pk]),
        "assignment": reverse("assignment", args=[made["given"].pk]),
        "rest days": reverse("rest-days"),
        "rest day": reverse("rest-day", args=[made["day"].pk]),
        "document": reverse("document", args=[made["letter"].reference]),
    }


#: page → what each person gets: 200 shown, 404 hidden
TABLE = {
    "programme": {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 200, "vanthu": 200, "quantri": 200},
    "table": {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 200, "vanthu": 200, "quantri": 200},
    "timeline": {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 200, "vanthu": 200, "quantri": 200},
    "statistics": {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 200, "vanthu": 200, "quantri": 200},
    "proposals": {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 200, "vanthu": 200, "quantri": 200},
    "task": {"cv.qlcn": 200, "cv.qlkh": 404, "giamdoc": 200, "vanthu": 200, "quantri": 404},
    "task of another unit": {
        "cv.qlcn": 200,
        "cv.qlkh": 200,
        "giamdoc": 200,
        "vanthu": 200,
        "quantri": 404,
    },  # QLCN supports it
    "my work": {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 200, "vanthu": 200, "quantri": 200},
    "assignments": {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 200, "vanthu": 200, "quantri": 404},
    "assignment": {"cv.qlcn": 404, "cv.qlkh": 200, "giamdoc": 200, "vanthu": 200, "quantri": 404},
    "rest days": {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 200, "vanthu": 200, "quantri": 200},
    "rest day": {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 200, "vanthu": 200, "quantri": 200},
    "document": {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 200, "vanthu": 200, "quantri": 404},  # QLKH is assigned
}


def test_each_person_gets_each_page_as_the_table_says(office):
    pages = addresses(office)
    assert {
        name: {who: signed_in(who).get(pages[name]).status_code for who in people} for name, people in TABLE.items()
    } == TABLE


@pytest.mark.parametrize("name", TABLE)
def test_a_page_runs_few_queries_and_carries_no_script_or_style(office, name):
    client = signed_in("giamdoc")
    with CaptureQueriesContext(connection) as asked:
        page = client.get(addresses(office)[name]).content.decode()
    table = [q["sql"] for q in asked if "SAVEPOINT" not in q["sql"]]
    assert len(table) <= MOST_QUERIES, "\n".join(s[:150] for s in table)
    assert "style=" not in page and "onclick" not in page


#: step (address, what is posted) → what each person gets: 302 done or explained on the page, 403 refused, 404 hidden
POSTS = {
    ("rest-days", ()): {"cv.qlkh": 403, "tr.qlcn": 403, "giamdoc": 200, "vanthu": 200, "quantri": 403},
    ("proposals", ()): {"cv.qlkh": 403, "tr.qlcn": 403, "giamdoc": 200, "vanthu": 200, "quantri": 403},
    ("assignments", ("letter",)): {"cv.qlkh": 403, "tr.qlcn": 403, "giamdoc": 200, "vanthu": 200, "quantri": 404},
    ("task-act", ("task", "khong-co")): {"cv.qlkh": 404, "tr.qlcn": 404, "giamdoc": 404, "vanthu": 404, "quantri": 404},
    ("task-act", ("task", "tien-do")): {"cv.qlkh": 404, "tr.qlcn": 302, "giamdoc": 302, "vanthu": 302, "quantri": 404},
    ("assignment-act", ("given", "da-xem")): {"cv.qlcn": 404, "cv.qlkh": 302, "giamdoc": 302, "quantri": 404},
    ("withdraw-rest-day", ("day",)): {"cv.qlkh": 403, "giamdoc": 302, "quantri": 403},
}


@pytest.mark.parametrize("step", POSTS, ids=lambda step: step[0])
def test_who_may_post_what(office, step):
    name, arguments = step
    address = reverse(name, args=[office[a].pk if a in office else a for a in arguments])
    assert {who: signed_in(who).post(address).status_code for who in POSTS[step]} == POSTS[step]


def test_who_sees_a_task_sees_its_ground_and_its_result(office):
    make(Document, number="77/QĐ-UBND", issued_on="2026-06-05", direction="incoming", owner_unit="QLCN")
    assert {
        ref: signed_in("cv.qlkh").get(reverse("document", args=[ref])).status_code
        for ref in ("03-CTr/ĐU@2026-01-05", "12/BC-SKHCN@2026-06-08", "77/QĐ-UBND@2026-06-05")
    } == {"03-CTr/ĐU@2026-01-05": 200, "12/BC-SKHCN@2026-06-08": 200, "77/QĐ-UBND@2026-06-05": 404}


class TestTheProgramme:
    def rows(self, who, asked):
        return {one["task"].code for one in signed_in(who).get(reverse("programme") + asked).context["tasks"]}

    @pytest.mark.parametrize(
        ("asked", "codes"),
        [
            ("?nhom=late", {"2026-01"}),
            ("?nhom=in-time", {"2026-02"}),
            ("?tinh_hinh=early", {"2026-02"}),
            ("?q=nhiem+vu+so+12", {"2026-12"}),
            ("?nhom=late&don_vi=QLKH", set()),
            ("?nhom=x%27;drop&nam=abc&xem=zzz&tinh_hinh=1", {f"2026-{n:02d}" for n in range(1, 13)}),
        ],
    )
    def test_it_is_narrowed_by_group_standing_unit_and_words(self, office, asked, codes):
        assert self.rows("giamdoc", asked) == codes

    def test_every_number_of_the_statistics_opens_exactly_its_rows(self, office):
        page = signed_in("giamdoc").get(reverse("programme") + "?xem=thong-ke")
        numbers = {(row["code"], key): n for row in page.context["rows"] for key, n in row["cells"]}
        assert numbers["QLCN", "late"] == 1 and numbers["QLKH", "in-time"] == 1 and sum(numbers.values()) == 12
        assert {
            cell: len(self.rows("giamdoc", f"?xem=bang&don_vi={cell[0]}&nhom={cell[1]}")) for cell in numbers
        } == numbers

    def test_a_task_is_done_on_its_page_only_with_an_issued_result(self, office):
        task, client = office["task"], signed_in("tr.qlcn")
        address = reverse("task-act", args=[task.pk, "ket-qua"])
        assert "Không thấy văn bản" in client.post(address, {"ket-qua-result": "99/QĐ-UBND"}).content.decode()
        make(Document, number="98/QĐ-UBND", issued_on="2026-06-08", state="drafting", owner_unit="QLCN")
        client.post(address, {"ket-qua-result": "98/QĐ-UBND"})
        task.refresh_from_db()
        assert task.state == "waiting"
        make(Document, number="97/QĐ-UBND", issued_on="2026-06-08", owner_unit="QLCN")
        client.post(address, {"ket-qua-result": "97/qđ-ubnd"})
        task.refresh_from_db()
        assert (task.state, task.result.number) == ("done", "97/QĐ-UBND")

    def test_progress_is_written_in_place_with_its_author(self, office):
        page = (
            signed_in("cv.qlcn")
            .post(
                reverse("task-act", args=[office["task"].pk, "tien-do"]), {"text": "Đã gửi lấy ý kiến <b>"}, follow=True
            )
            .content.decode()
        )
        assert "Đã gửi lấy ý kiến &lt;b&gt;" in page and "08/06/2026" in page

    def test_a_leader_moves_a_deadline_with_its_document_and_others_are_told_why_not(self, office):
        address = reverse("task-act", args=[office["task"].pk, "han"])
        values = {"han-new": "2026-09-30", "han-document": "4986/UBND-NC", "han-reason": "Chờ Luật mới"}
        signed_in("tr.qlcn").post(address, values)
        assert not office["task"].deadline_changes.exists()
        signed_in("giamdoc").post(address, values)
        change = office["task"].deadline_changes.get()
        assert (change.old, change.new, change.document.number) == (
            date(2026, 6, 10),
            date(2026, 9, 30),
            "4986/UBND-NC",
        )

    def test_asking_for_a_change_and_its_answer(self, office):
        task = office["task"]
        signed_in("cv.qlcn").post(reverse("task-act", args=[task.pk, "ask_change"]), {"reason": "Thiếu căn cứ"})
        assert Task.objects.get(pk=task.pk).state == "adjusting"
        signed_in("giamdoc").post(
            reverse("task-act", args=[task.pk, "han"]),
            {"han-document": "4986/UBND-NC", "han-reason": "Không còn cần thiết"},
        )
        fresh = Task.objects.get(pk=task.pk)
        assert (fresh.state, fresh.deadline_on) == ("under_way", None)


class TestProposals:
    def open_2027(self):
        make(Document, number="01-CTr/ĐU", issued_on="2027-01-04", direction="incoming", owner_unit="QLCN")
        signed_in("vanthu").post(
            reverse("proposals") + "?nam=2027", {"name": "Chương trình công tác năm 2027", "document": "01-CTr/ĐU"}
        )
        return Programme.objects.get(year=2027)

    def test_accepted_together_they_become_next_years_tasks_in_order(self, office):
        programme = self.open_2027()
        signed_in("giamdoc").post(
            reverse("accept-proposals", args=[2027]),
            {"programme": programme.pk, "proposal": list(Proposal.objects.values_list("pk", flat=True))},
        )
        assert list(Task.objects.filter(programme=programme).order_by("code").values_list("code", "content")) == [
            ("2027-01", "Đề xuất 1"),
            ("2027-02", "Đề xuất 2"),
        ]
        assert set(Proposal.objects.values_list("state", flat=True)) == {"accepted"}

    @pytest.mark.parametrize("who", ["cv.qlkh", "tr.qlcn", "vanthu"])
    def test_nobody_but_a_leader_accepts(self, office, who):
        programme = self.open_2027()
        signed_in(who).post(
            reverse("accept-proposals", args=[2027]),
            {"programme": programme.pk, "proposal": list(Proposal.objects.values_list("pk", flat=True))},
        )
        assert not programme.tasks.exists()


class TestAssignments:
    def give(self, office, **values):
        unit = named(Unit, "QLCN")
        letter = make(
            Document,
            number="5000/UBND-NC",
            issued_on="2026-06-05",
            direction="incoming",
            owner_unit="QLCN",
            arrived_on="2026-06-08",
            arrival_number=8,
        )
        posted = {
            "instruction": "Nghiên cứu, trả lời",
            "lead": f"{unit.pk}:{User.objects.get(username='cv.qlcn').pk}",
            "days": "5",
            **values,
        }
        return letter, signed_in("giamdoc").post(reverse("assignments", args=[letter.pk]), posted)

    def test_a_leader_gives_on_the_page(self, office):
        letter, answer = self.give(office)
        row = Assignment.objects.get(document=letter)
        assert (answer.status_code, row.person.username, row.due_on) == (302, "cv.qlcn", date(2026, 6, 15))

    @pytest.mark.parametrize(
        ("values", "says"),
        [
            ({"lead": ""}, "Hãy chọn nơi nhận"),
            ({"until": "2026-06-19"}, "không cả hai"),
            ({"instruction": ""}, "bắt buộc"),
            ({"lead": "9:9"}, "9:9"),
        ],
    )
    def test_what_is_wrong_is_said_beside_its_field(self, office, values, says):
        letter, answer = self.give(office, **values)
        assert (
            answer.status_code == 200
            and says in answer.content.decode()
            and not Assignment.objects.filter(document=letter).exists()
        )

    def test_from_seen_to_answered_in_ones_own_list(self, office):
        client, given = signed_in("cv.qlkh"), office["given"]
        assert "Tham mưu báo cáo" in client.get(reverse("my-work")).content.decode()
        client.post(reverse("assignment-act", args=[given.pk, "da-xem"]), {"then": "list"})
        client.post(reverse("assignment-act", args=[given.pk, "tra-loi"]), {"response": "12/BC-SKHCN"})
        given.refresh_from_db()
        assert (given.state, given.response, given.taken) == ("done", office["answer"], 0)
        assert "0 ngày làm việc" in client.get(reverse("my-work")).content.decode()

    def test_steps_and_reasons_are_told_in_order(self, office):
        given = office["given"]
        signed_in("giamdoc").post(
            reverse("assignment-act", args=[given.pk, "gia-han"]), {"until": "2026-06-19", "reason": "Chờ số liệu"}
        )
        signed_in("cv.qlkh").post(reverse("assignment-act", args=[given.pk, "tra-lai"]), {"reason": "Không đúng việc"})
        page = signed_in("giamdoc").get(reverse("assignment", args=[given.pk])).content.decode()
        page = " ".join(page.split())
        assert page.index("11/06/2026 → 19/06/2026: Chờ số liệu") < page.index("trả lại: Không đúng việc")


class TestTheCalendar:
    def test_what_is_announced_says_exactly_which_deadlines_moved(self, office):
        answer = signed_in("vanthu").post(
            reverse("rest-days"),
            {"name": "Nghỉ thêm", "kind": "rest", "date": "2026-06-10", "document": DIRECTIVE},
            follow=True,
        )
        page = answer.content.decode()
        assert (
            MovedDeadline.objects.filter(table="programme.task").count() == 10 and "11 thời hạn đổi theo" in page
        )  # 10 tasks still open, 1 assignment
        assert page.count("10/06/2026") >= 10 and "11/06/2026" in page and "Nhiệm vụ số 1<" not in page

    def test_who_sees_fewer_records_sees_fewer_moved_deadlines(self, office):
        signed_in("vanthu").post(
            reverse("rest-days"), {"name": "Nghỉ thêm", "kind": "rest", "date": "2026-06-10", "document": DIRECTIVE}
        )
        day = RestDay.objects.get(date="2026-06-10")
        page = signed_in("cv.qlkh").get(reverse("rest-day", args=[day.pk]))
        assert (len(page.context["moved"]), page.context["hidden"]) == (6, 5)

    @pytest.mark.parametrize(
        ("values", "days"),
        [
            ({"date": "2026-07-01", "until": "2026-07-05"}, ["2026-07-01", "2026-07-02", "2026-07-03"]),
            ({"date": "2026-07-03", "swapped_with": "2026-07-11"}, ["2026-07-03", "2026-07-11"]),
            ({"date": "2026-07-11", "kind": "worked", "swapped_with": "2026-07-10"}, ["2026-07-10", "2026-07-11"]),
        ],
    )
    def test_a_stretch_a_swap_and_a_worked_saturday(self, office, values, days):
        signed_in("vanthu").post(
            reverse("rest-days"), {"name": "Nghỉ", "kind": "rest", "document": DIRECTIVE, **values}
        )
        assert [
            str(d) for d in RestDay.objects.filter(date__month=7).order_by("date").values_list("date", flat=True)
        ] == days

    @pytest.mark.parametrize(
        ("values", "says"),
        [
            ({"date": "2026-06-24"}, "đã có trong lịch"),
            ({"date": "2026-07-04", "until": "2026-07-05"}, "nghỉ hằng tuần"),
            ({"date": "2026-07-05", "until": "2026-07-01"}, "từ ngày đầu"),
            ({"date": "2026-07-01", "kind": "worked"}, "thứ Bảy hoặc Chủ nhật"),
            ({"document": ""}, "bắt buộc"),
            ({"date": "hôm nay"}, "ngày"),
        ],
    )
    def test_what_cannot_be_is_said_and_not_written(self, office, values, says):
        answer = signed_in("vanthu").post(
            reverse("rest-days"),
            {"name": "Nghỉ", "kind": "rest", "date": "2026-07-01", "document": DIRECTIVE, **values},
        )
        assert answer.status_code == 200 and says in answer.content.decode() and RestDay.objects.count() == 1

    def test_a_withdrawn_day_gives_deadlines_back(self, office):
        signed_in("vanthu").post(
            reverse("rest-days"), {"name": "Nghỉ thêm", "kind": "rest", "date": "2026-06-10", "document": DIRECTIVE}
        )
        day = RestDay.objects.get(date="2026-06-10")
        signed_in("giamdoc").post(
            reverse("withdraw-rest-day", args=[day.pk]), {"document": "Công văn số 101/VPCP-KGVX"}
        )
        day.refresh_from_db()
        assert day.withdrawn_at and day.moved.count() == 22 and restdays.working_calendar().is_workday(day.date)
