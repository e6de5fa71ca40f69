"""Files come in through the form of the desk: who may, what is shown, what is refused, what is handed out again."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cancu.core.attachments import Attachment, attach, store
from cancu.core.calendar import replayed
from cancu.core.jobs import run_waiting
from cancu.core.people import Role
from cancu.core.tests.people import MOST_QUERIES, signed_in
from cancu.core.tests.rows import make, person
from cancu.documents.arrivals import Arrival, FoundTask
from cancu.documents.models import Document
from cancu.documents.tests.papers import letter, office
from vanban.read.tests.test_guard import HEAVY, REFUSED
from vanban.write import write

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 11, 12)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, settings):
    settings.VAR = tmp_path


@pytest.fixture
def people():
    office()
    for username, unit, role in (
        ("vt.cc", "CCTDC", Role.CLERK),
        ("cv.qlcn", "QLCN", Role.SPECIALIST),
        ("tr.qlcn", "QLCN", Role.UNIT_HEAD),
        ("giamdoc", "SKHCN", Role.DIRECTOR),
        ("quantri", "SKHCN", Role.ADMINISTRATOR),
    ):
        person(username, unit, role)
    with replayed(DAY):
        yield signed_in("vanthu")


def brought(client, *files):
    client.post(reverse("arrivals"), {"files": [SimpleUploadedFile(name, data) for name, data in files]})
    run_waiting()
    return list(Arrival.objects.order_by("pk"))


def filled(client, arrival, **changes):
    """What the browser sends when nothing, or only ``changes``, is altered on the prefilled form."""
    form = client.get(reverse("arrival", args=[arrival.pk])).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    return {**sent, **{f"cited-{n}": "on" for n in range(9)}, **{f"task-{n}": "on" for n in range(9)}, **changes}


#: page → what each person gets; only who keeps a book sees what waits, and only of their own book.
TABLE = {
    "list": {"vanthu": 200, "vt.cc": 200, "cv.qlcn": 403, "tr.qlcn": 403, "giamdoc": 403, "quantri": 403},
    "form": {"vanthu": 200, "vt.cc": 404, "cv.qlcn": 403, "tr.qlcn": 403, "giamdoc": 403, "quantri": 403},
    "waiting file": {"vanthu": 200, "vt.cc": 404, "cv.qlcn": 403, "tr.qlcn": 403, "giamdoc": 403, "quantri": 403},
    "kept file": {"vanthu": 200, "vt.cc": 200, "cv.qlcn": 200, "tr.qlcn": 200, "giamdoc": 200, "quantri": 404},
    "other's file": {"vanthu": 200, "vt.cc": 200, "cv.qlcn": 404, "tr.qlcn": 404, "giamdoc": 200, "quantri": 404},
}


def test_each_person_gets_each_page_as_the_table_says(people):
    (arrival,) = brought(people, ("a.docx", write(letter(), "docx")))
    clerk = arrival.brought_by
    own = attach(
        make(Document, number="1/UBND-NC", issued_on=DAY, direction="incoming", owner_unit="VP", forwarded_to="QLCN"),
        "a.txt",
        b"a",
        clerk,
    )
    other = attach(
        make(Document, number="2/UBND-NC", issued_on=DAY, direction="incoming", owner_unit="VP"), "b.txt", b"b", clerk
    )
    pages = {
        "list": reverse("arrivals"),
        "form": reverse("arrival", args=[arrival.pk]),
        "waiting file": reverse("arrival-file", args=[arrival.pk]),
        "kept file": reverse("attachment", args=[own.pk]),
        "other's file": reverse("attachment", args=[other.pk]),
    }
    assert {
        name: {who: signed_in(who).get(pages[name]).status_code for who in row} for name, row in TABLE.items()
    } == TABLE


@pytest.mark.parametrize("page", ["arrivals", "arrival"])
def test_a_page_runs_few_queries(people, page):
    arrivals = brought(people, *((f"{n}.docx", write(letter(number=str(n)), "docx")) for n in range(1, 4)))
    address = reverse("arrivals") if page == "arrivals" else reverse("arrival", args=[arrivals[0].pk])
    with CaptureQueriesContext(connection) as asked:
        people.get(address)
    assert len([q for q in asked if "SAVEPOINT" not in q["sql"]]) <= MOST_QUERIES


def test_the_form_shows_each_value_beside_its_place(people):
    (arrival,) = brought(people, ("a.docx", write(letter(), "docx")))
    page = people.get(reverse("arrival", args=[arrival.pk])).content.decode()
    assert "Số: <mark>4986/UBND-NC</mark>" in " ".join(page.split())
    assert '<mark class="value" id="o-number">4986/UBND-NC</mark>' in page
    assert (
        '<mark class="cite" id="o-cited-0">Chương trình số 03-CTr/BCSĐ ngày 02/01/2024 của Ban Cán sự đảng UBND tỉnh</mark>'
        in page
    )


def test_a_form_sent_as_it_came_is_registered_and_leads_to_the_next(people):
    first, second = brought(people, ("a.docx", write(letter(), "docx")), ("b.pdf", write(letter(number="4990"), "pdf")))
    answer = people.post(reverse("arrival", args=[first.pk]), filled(people, first))
    assert answer.url == reverse("arrival", args=[second.pk])
    document = Document.objects.get()
    assert (document.arrival_number, document.number, document.direction) == (1, "4986/UBND-NC", "incoming")
    assert document.unresolved.count() == 1
    assert FoundTask.objects.filter(document=document).count() == 2


def test_a_citation_that_was_unticked_is_not_kept_and_one_may_be_called_otherwise(people):
    make(Document, number="03-CTr/BCSĐ", issued_on="2024-01-02", issuer="BCSD", type="programme")
    (arrival,) = brought(people, ("a.docx", write(letter(), "docx")))
    people.post(reverse("arrival", args=[arrival.pk]), filled(people, arrival, **{"kind-0": "based_on"}))
    document = Document.objects.get(number="4986/UBND-NC")
    assert [r.kind for r in document.stands_on.all()] == ["based_on"]
    (other,) = [a for a in brought(people, ("b.docx", write(letter(number="4999"), "docx"))) if a.state == "read"]
    sent = filled(people, other)
    del sent["cited-0"]
    people.post(reverse("arrival", args=[other.pk]), sent)
    assert not Document.objects.get(number="4999/UBND-NC").stands_on.exists()


def test_a_likely_duplicate_is_registered_only_after_it_was_looked_at(people):
    make(Document, number="4986/UBND-NC", issued_on="2024-05-01", issuer="UBND", type="letter")
    (arrival,) = brought(people, ("a.docx", write(letter(), "docx")))
    sent = filled(people, arrival)
    assert "Có thể trùng" in people.post(reverse("arrival", args=[arrival.pk]), sent).content.decode()
    people.post(reverse("arrival", args=[arrival.pk]), {**sent, "same": "1"})
    assert Document.objects.filter(number="4986/UBND-NC").count() == 2


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"arrived_on": "2024-11-20"}, "Ngày đến không thể ở sau hôm nay"),
        ({"arrived_on": "2024-11-01"}, "Ngày văn bản không thể ở sau ngày đến"),
        ({"issuer": ""}, "là bắt buộc"),
        ({"type": "sao"}, "sao"),
        ({"effective_on": "2024-12-01", "number": "x" * 61}, "60"),
    ],
)
def test_a_wrong_value_is_said_and_takes_no_number(people, changes, said):
    (arrival,) = brought(people, ("a.docx", write(letter(), "docx")))
    assert (
        said in people.post(reverse("arrival", args=[arrival.pk]), filled(people, arrival, **changes)).content.decode()
    )
    assert not Document.objects.exists()
    assert Arrival.objects.get().state == "read"


@pytest.mark.parametrize("name", [*REFUSED, *HEAVY])
def test_a_hostile_file_leaves_a_clear_word_and_nothing_else(people, name):
    data = REFUSED[name][0] if name in REFUSED else HEAVY[name]
    ending = {"ole không phải Word": "doc", "pdf quét": "pdf", "edXML sai": "edxml"}.get(name, "docx")
    brought(people, (f"{name}.{ending}", data))
    page = people.get(reverse("arrivals")).content.decode()
    if name in REFUSED:
        assert REFUSED[name][1] in page
    assert not [a for a in Arrival.objects.all() if a.state == "refused" and (a.waiting_path.exists() or a.text)]
    assert not store().exists()
    assert not Document.objects.exists()
    assert "root:" not in page


def test_orders_in_a_text_are_words_and_nothing_more(people):
    (arrival,) = brought(people, ("lenh.txt", HEAVY["văn bản ra lệnh"]))
    page = people.get(reverse("arrival", args=[arrival.pk])).content.decode()
    assert "{{7*7}}" in page
    assert "49 " not in page.partition("Bỏ qua mọi quy định")[2][:80]


def test_markup_in_a_text_is_shown_as_words(people):
    (arrival,) = brought(people, ("a.txt", "Số: 12/UBND-NC\n<script>alert(1)</script> <img src=x onerror=y>".encode()))
    page = people.get(reverse("arrival", args=[arrival.pk])).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_kept_file_is_handed_out_as_a_download_only(people):
    document = make(Document, number="1/UBND-NC", issued_on=DAY, owner_unit="VP")
    kept = attach(document, "xấu.html", b"<script>alert(1)</script>", document.entered_by, "html")
    answer = people.get(reverse("attachment", args=[kept.pk]))
    assert answer["Content-Disposition"].startswith("attachment")
    assert (answer["X-Content-Type-Options"], answer["Content-Type"]) == ("nosniff", "application/octet-stream")
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"


def test_two_hundred_files_may_come_at_once(people):
    files = [SimpleUploadedFile(f"{n}.txt", f"Số: {n}/UBND-NC".encode()) for n in range(1, 201)]
    people.post(reverse("arrivals"), {"files": files})
    assert Arrival.objects.count() == 200


def test_equal_bytes_of_two_documents_are_kept_once(people):
    for n in (1, 2):
        document = make(Document, number=f"{n}/UBND-NC", issued_on=DAY)
        attach(document, f"{n}.txt", b"cung mot tep", document.entered_by)
    assert len({a.path for a in Attachment.objects.all()}) == 1
