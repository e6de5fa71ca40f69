"""The register of documents on the desk: tabs, sloppy search, validity as of a day, printed books, series of numbers."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cancu.core import codes
from cancu.core.calendar import replayed
from cancu.core.models import IssuedNumber, NumberSeries, UnitName
from cancu.core.numbering import reserve, take
from cancu.core.people import User
from cancu.core.tests.people import DAY, MOST_QUERIES, signed_in, staff
from cancu.core.tests.rows import make
from cancu.desk.books import SHELVES, DocumentList
from cancu.documents.models import Document, FoundTask, Issuer, Relation, UnresolvedCitation, Validity
from cancu.documents.search import plain_number
from cancu.programme.models import Programme, Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    for folder in ("documents", "programme"):
        codes.load(Path(__file__).parents[2] / folder / "codes.yaml")
    staff()
    make(
        UnitName,
        unit="QLCN",
        name="Phòng Quản lý công nghệ",
        short_name="QLCN",
        parent="SKHCN",
        valid_from="2003-01-01",
    )
    with replayed(DAY):
        yield signed_in("giamdoc")


@pytest.fixture
def letter(people):
    return make(
        Document,
        number="4986/UBND-NC",
        issued_on="2024-11-11",
        type="letter",
        title="về việc báo cáo kết quả",
        direction="incoming",
        owner_unit="QLCN",
        arrived_on="2024-11-12",
        arrival_number=1,
    )


@pytest.mark.parametrize(
    ("due", "on", "answered", "late"),
    [
        pytest.param("2024-11-15", "2024-11-15", None, False, id="ngày cuối"),
        pytest.param("2024-11-15", "2024-11-16", None, True, id="quá hạn"),
        pytest.param("2024-11-17", "2024-11-18", None, False, id="hạn Chủ nhật, còn cả thứ Hai"),
        pytest.param("2024-11-15", "2024-12-31", "2024-11-14", False, id="đã trả lời"),
        pytest.param("2024-11-15", "2024-11-16", "2024-11-20", True, id="trả lời sau ngày đang xem"),
        pytest.param(None, "2024-12-31", None, False, id="không có hạn"),
    ],
)
def test_a_letter_is_late_when_its_term_is_over_and_nothing_answered_it(people, letter, due, on, answered, late):
    Document.objects.filter(pk=letter.pk).update(due_on=due)
    if answered:
        answer = make(Document, number="215/BC-SKHCN", issued_on=answered, direction="outgoing")
        make(Relation, source=answer, target=letter, kind="answers")
    (shown,) = DocumentList(SHELVES["den"], User.objects.get(username="vanthu"), {"ngay": on}).items
    assert shown.late is late


def numbers(client, address):
    return [d.canonical for d in client.get(address).context["list"].items]


#: page → what each person gets.
ALL = {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 200, "vanthu": 200}
TABLE = {
    "shelf": {**ALL, "quantri": 200},
    "no shelf": {**dict.fromkeys(ALL, 404), "quantri": 404},
    "print": {**ALL, "quantri": 200},
    "pdf": {**ALL, "quantri": 200},
    "series": {**ALL, "quantri": 403},
    "one series": {**ALL, "quantri": 403},
    "outdated": {**ALL, "quantri": 200},
    "waiting": {**ALL, "quantri": 200},
    "issuers": {**ALL, "quantri": 403},
    "document": {**ALL, "cv.qlkh": 404, "quantri": 404},
    "graph": {**ALL, "cv.qlkh": 404, "quantri": 404},
}


def addresses(letter):
    take("BC-SKHCN", DAY, letter.entered_by, "thử")
    return {
        "shelf": reverse("books", args=["den"]),
        "no shelf": reverse("books", args=["khong-co"]),
        "print": reverse("book-print", args=["den"]),
        "pdf": reverse("book-print", args=["den"]) + "?dang=xlsx",
        "series": reverse("number-series"),
        "one series": reverse("one-series", args=[NumberSeries.objects.get().pk]),
        "outdated": reverse("outdated"),
        "waiting": reverse("waiting-citations"),
        "issuers": reverse("issuers"),
        "document": reverse("document", args=[letter.reference]),
        "graph": reverse("document-graph", args=[letter.pk]),
    }


def test_each_person_gets_each_page_as_the_table_says(letter):
    pages = addresses(letter)
    assert {
        name: {who: signed_in(who).get(pages[name]).status_code for who in row} for name, row in TABLE.items()
    } == TABLE


@pytest.mark.parametrize("name", [n for n in TABLE if n != "no shelf"])
def test_a_page_runs_few_queries(people, letter, name):
    for n in range(1, 15):
        cited = make(
            Document, number=f"{n}/QĐ-TTg", issued_on="2020-01-01", effective_on="2020-01-01", ended_on="2021-01-01"
        )
        make(Relation, source=letter, target=cited, kind="based_on")
        make(FoundTask, document=letter, content=f"việc {n}", state="proposed")
    Document.objects.filter(pk=letter.pk).update(effective_on="2024-11-11")
    page = addresses(letter)[name]
    ContentType.objects.get_for_model(Document)  # asked once in the life of a process
    with CaptureQueriesContext(connection) as asked:
        people.get(page)
    said = [q["sql"][:160] for q in asked if "SAVEPOINT" not in q["sql"]]
    assert len(said) <= MOST_QUERIES, "\n".join(said)


@pytest.mark.parametrize(
    ("number", "words", "found"),
    [
        ("4986/UBND-NC", "4986", True),
        ("4986/UBND-NC", "4986 ubnd nc", True),
        ("4986/UBND-NC", "4986-UBND/NC", True),
        ("4986/UBND-NC", "986", False),  # a number is compared from its beginning
        ("03-CTr/BCSĐ", "3-ctr/bcsd", True),
        ("03-CTr/BCSĐ", "003 CTR BCSD", True),
        ("163/2021/NQ-HĐND", "163/2021", True),
        ("163/2021/NQ-HĐND", "163 2021 nq hdnd", True),
        ("163/2021/NQ-HĐND", "nq-hdnd", True),
        ("60/2021/NĐ-CP", "60/2021/ND-CP", True),
        ("60/2021/NĐ-CP", "60 tự chủ", False),
        ("60/2021/NĐ-CP", "trich yeu", True),
    ],
)
def test_a_sloppy_number_finds_its_document(people, number, words, found):
    make(Document, number=number, issued_on="2024-01-02", title="Trích yếu của văn bản")
    assert numbers(people, reverse("books", args=["tat-ca"]) + f"?q={words}") == ([number] if found else [])


def test_a_plain_number_forgets_signs_marks_and_leading_zeros():
    assert {plain_number(w) for w in ("03-CTr/BCSĐ", "3 ctr bcsd", "3-CTR/BCSD", "003-Ctr/BCSđ")} == {"3ctrbcsd"}


@pytest.fixture
def laws(people):
    """A decree in force, one amended, one replaced, one in part repealed, one run out, one to come, one of unknown days."""

    def law(number, **values):
        return make(Document, number=number, **{"issued_on": "2018-01-01", "effective_on": "2018-02-01", **values})

    made = {name: law(f"{n}/2018/NĐ-CP") for n, name in enumerate(("in_force", "amended", "replaced", "partly"), 11)}
    law("15/2018/NĐ-CP", ended_on="2020-12-31")
    law("16/2018/NĐ-CP", effective_on="2030-01-01")
    law("17/2018/NĐ-CP", effective_on=None)
    new = law("20/2024/NĐ-CP", issued_on="2024-05-01", effective_on="2024-07-01")
    for name, kind, item in (("amended", "amends", ""), ("replaced", "replaces", ""), ("partly", "repeals", "Điều 5")):
        make(Relation, source=new, target=made[name], kind=kind, item=item)
    return made


AS_OF = {  # (filter, day): the numbers found
    ("in_force", "2024-06-30"): [11, 12, 13, 14],
    ("in_force", "2024-07-01"): [11, 12, 20],
    ("amended", "2024-06-30"): [],
    ("amended", "2024-07-01"): [12],
    ("replaced", "2024-07-01"): [13],
    ("ended", "2024-06-30"): [15],
    ("ended", "2024-07-01"): [13, 15],
    ("ended", "2020-12-31"): [],
    ("partly", "2024-07-01"): [14],
    ("not_yet", "2024-06-30"): [16, 20],
    ("not_yet", "2017-12-31"): [11, 12, 13, 14, 15, 16, 20],
    ("unknown", "2024-07-01"): [17],
}


@pytest.mark.parametrize(("worth", "day"), AS_OF)
def test_the_list_as_of_a_day(people, laws, worth, day):
    found = numbers(people, reverse("books", args=["tat-ca"]) + f"?hieu-luc={worth}&ngay={day}")
    assert sorted(int(n.partition("/")[0]) for n in found) == AS_OF[worth, day]


@pytest.mark.parametrize("day", ["2017-12-31", "2020-12-31", "2021-01-01", "2024-06-30", "2024-07-01"])
def test_list_badge_and_document_agree_on_the_worth_of_a_day(laws, day):
    on = dt.date.fromisoformat(day)
    for document in Document.objects.worth_on(on):
        assert document.worth == document.validity_on(on)
        assert Document.objects.held_on(on, document.worth).filter(pk=document.pk).exists()
        assert [w for w in Validity.values if Document.objects.held_on(on, w).filter(pk=document.pk).exists()] == [
            document.worth
        ]


def test_a_list_is_paged_by_key_without_losing_or_repeating_a_row(people):
    for n in range(1, 121):
        make(
            Document,
            number=f"{n}/UBND-NC",
            issued_on="2024-01-01",
            direction="incoming",
            arrived_on=None if n % 5 == 0 else f"2024-02-{n % 7 + 1:02d}",
        )
    seen, address = [], reverse("books", args=["den"])
    base = address
    while address:
        shown = people.get(address).context["list"]
        seen += [d.pk for d in shown.items]
        address = base + shown.next if shown.next else ""
    assert len(seen) == len(set(seen)) == 120


def test_documents_that_cite_one_are_listed(people, letter):
    law = make(Document, number="29/2013/QH13", issued_on="2013-06-18")
    make(Relation, source=letter, target=law, kind="based_on")
    assert numbers(people, reverse("books", args=["tat-ca"]) + f"?vien-dan={law.pk}") == ["4986/UBND-NC"]


def test_a_wrong_filter_value_is_passed_over(people, letter):
    assert numbers(
        people,
        reverse("books", args=["den"]) + "?loai=sao&hieu-luc=la&ngay=hom-qua&sau=abc~x&vien-dan=';drop&tu=2024-13-01",
    ) == ["4986/UBND-NC"]


@pytest.mark.parametrize(("form", "begins"), [("docx", b"PK"), ("pdf", b"%PDF"), ("xlsx", b"PK")])
def test_a_book_is_downloaded_for_a_period(people, letter, form, begins):
    answer = people.get(reverse("book-print", args=["den"]) + f"?tu=2024-01-01&den=2024-12-31&dang={form}")
    assert answer["Content-Disposition"] == f'attachment; filename="so-den-20240101-20241231.{form}"'
    assert answer.content.startswith(begins)


def test_a_void_number_is_listed_with_its_reason_and_nothing_is_missing(people, letter):
    clerk, user = signed_in("vanthu"), letter.entered_by
    take("BC-SKHCN", DAY, user, "báo cáo")
    held = reserve("BC-SKHCN", DAY, user, "dự thảo")
    take("BC-SKHCN", DAY, user, "báo cáo sau")
    clerk.post(reverse("void-number", args=[held.pk]), {"reason": "  "})
    assert IssuedNumber.objects.get(pk=held.pk).state == "reserved"
    clerk.post(reverse("void-number", args=[held.pk]), {"reason": "Không ban hành"})
    page = clerk.get(reverse("one-series", args=[held.series_id]))
    assert "Không ban hành" in page.content.decode()
    assert page.context["missing"] == 0
    assert [n.state for n in page.context["page"]] == ["used", "void", "used"]


def test_a_specialist_voids_no_number(people, letter):
    held = reserve("BC-SKHCN", DAY, letter.entered_by)
    assert signed_in("cv.qlcn").post(reverse("void-number", args=[held.pk]), {"reason": "x"}).status_code == 403


def test_a_task_that_was_read_enters_the_programme_once(people, letter):
    programme = make(Programme, code="CTCT-2024", year=2024)
    make(Task, code="2024-07", programme=programme, ground=letter)
    found = make(
        FoundTask,
        document=letter,
        content="báo cáo kết quả",
        deadline_text="trước ngày 20/11/2024",
        deadline_on="2024-11-19",
        item="2",
        state="proposed",
    )
    sent = {"act": "take", "programme": programme.pk, "unit": letter.owner_unit_id}
    for _time in range(2):
        people.post(reverse("found-task", args=[found.pk]), sent)
    task = Task.objects.get(content="báo cáo kết quả")
    assert (task.code, task.ground, task.ground_item, task.deadline_on, task.assigned_on) == (
        "2024-08",
        letter,
        "2",
        dt.date(2024, 11, 19),
        dt.date(2024, 11, 12),
    )
    found.refresh_from_db()
    assert found.state == "taken"


def test_a_task_that_was_read_is_passed_over(people, letter):
    found = make(FoundTask, document=letter, content="báo cáo kết quả", state="proposed")
    people.post(reverse("found-task", args=[found.pk]), {"act": "pass"})
    found.refresh_from_db()
    assert (found.state, Task.objects.count()) == ("dismissed", 0)
    with pytest.raises(ValidationError):
        found.settle("taken")


def test_who_only_works_in_the_unit_hands_out_nothing(people, letter):
    found = make(FoundTask, document=letter, content="báo cáo kết quả", state="proposed")
    programme = make(Programme, code="CTCT-2024", year=2024)
    signed_in("cv.qlcn").post(
        reverse("found-task", args=[found.pk]), {"act": "take", "programme": programme.pk, "unit": letter.owner_unit_id}
    )
    assert not Task.objects.exists()
    assert signed_in("cv.qlkh").post(reverse("found-task", args=[found.pk]), {"act": "pass"}).status_code == 404


def test_a_citation_that_waits_is_shown_counted_and_dismissed(people, letter):
    one = UnresolvedCitation.objects.create(
        document=letter,
        text="Chương trình số 03-CTr/BCSĐ",
        canonical="03-CTr/BCSĐ",
        issued_on="2024-01-02",
        reason="Chưa có trong sổ.",
    )
    assert [(r["canonical"], r["times"]) for r in people.get(reverse("waiting-citations")).context["page"]] == [
        ("03-CTr/BCSĐ", 1)
    ]
    assert signed_in("cv.qlcn").post(reverse("dismiss-citation", args=[one.pk])).status_code == 403
    people.post(reverse("dismiss-citation", args=[one.pk]))
    one.refresh_from_db()
    assert one.status == "dismissed"


def test_an_issuer_shows_who_took_over(people):
    new = make(Issuer, code="N", name="UBND tỉnh Quảng Trị", valid_from="2025-07-01")
    make(Issuer, code="O", name="UBND tỉnh Quảng Trị", valid_from="1989-07-01", valid_until="2025-06-30", successor=new)
    assert "UBND tỉnh Quảng Trị, từ 01/07/2025" in " ".join(people.get(reverse("issuers")).content.decode().split())


def test_the_picture_of_a_document_is_drawn_with_its_words(people):
    old, new = (
        make(Document, number="20-NQ/TW", issued_on="2012-11-01"),
        make(Document, number="69-KL/TW", issued_on="2024-01-11"),
    )
    make(Relation, source=new, target=old, kind="continues")
    page = people.get(reverse("document-graph", args=[new.pk])).content.decode()
    assert page.count('class="node') == 2
    assert "tiếp tục thực hiện" in page
    assert "style=" not in page
