"""A file arrives, is read with care, is checked by văn thư and stands in the book: whole or not at all."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cancu.core.attachments import Attachment, store
from cancu.core.calendar import replayed
from cancu.core.models import IssuedNumber
from cancu.core.tests.rows import make, person
from cancu.documents.arrivals import Arrival, FoundTask
from cancu.documents.arriving import bring, changed, drop, on_paper, read_one, register, share_unchanged
from cancu.documents.models import Document, Issuer, Relation, UnresolvedCitation
from cancu.documents.tests.papers import letter, office
from vanban.read.tests.files import old_word
from vanban.read.tests.test_guard import REFUSED
from vanban.read.tests.test_other_formats import _message as packet
from vanban.reading import text_of
from vanban.write import write

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 11, 12)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, settings):
    settings.VAR = tmp_path


@pytest.fixture
def clerk():
    with replayed(DAY):
        yield office()["clerk"]


def arrived(clerk, tree=None, kind="docx", name="") -> Arrival:
    data = old_word(text_of(tree or letter()).replace("\n", "\r")) if kind == "doc" else write(tree or letter(), kind)
    made = bring(data, name or f"cong-van.{kind}", clerk)
    read_one(made)
    return made


def values_of(arrival, **changes):
    """The fields of the form as they were prefilled."""
    read = {name: one["value"] for name, one in arrival.fields.items()}
    days = {name: dt.date.fromisoformat(read[name]) for name in ("issued_on", "effective_on", "due_on") if name in read}
    return {"arrived_on": DAY, "signer": "", "recipients": "", **read, **days, **changes}


@pytest.mark.parametrize("kind", ["docx", "pdf", "doc"])
@pytest.mark.parametrize(
    ("field", "value", "stands"),
    [
        ("type", "letter", ""),
        ("number", "4986/UBND-NC", "4986/UBND-NC"),
        ("issued_on", "2024-11-11", "ngày 11 tháng 11 năm 2024"),
        ("issuer", "UBND tỉnh Quảng Trị", "ỦY BAN NHÂN DÂN TỈNH QUẢNG TRỊ"),
        (
            "title",
            "báo cáo kết quả thực hiện Chương trình công tác năm 2024",
            "báo cáo kết quả thực hiện Chương trình công tác năm 2024",
        ),
        ("nature", "administrative", ""),
        ("signer", "Nguyễn Văn Bình", "Nguyễn Văn Bình"),
        ("signer_position", "Phó Chủ tịch", "PHÓ CHỦ TỊCH"),
        ("due_on", "2024-11-19", "trước ngày 20/11/2024"),
        ("effective_on", "2024-11-11", ""),
        ("recipients", "Như trên; Lưu: VT, NC", "Như trên"),
    ],
)
def test_each_field_is_read_and_its_place_is_known(clerk, kind, field, value, stands):
    arrival = arrived(clerk, kind=kind)
    found = arrival.fields[field]
    assert found["value"] == value
    assert arrival.text[found.get("start", 0) : found.get("end", 0)] == stands


def test_what_is_registered_has_number_file_relations_and_tasks(clerk, django_capture_on_commit_callbacks):
    make(Document, number="03-CTr/BCSĐ", issued_on="2024-01-02", issuer="BCSD", type="programme")
    arrival = arrived(clerk)
    with django_capture_on_commit_callbacks(execute=True):
        document = register(arrival, values_of(arrival), clerk)
    assert (document.arrival_number, document.reference, document.owner_unit.code, document.state) == (
        1,
        "4986/UBND-NC@2024-11-11",
        "VP",
        "issued",
    )
    assert [(r.kind, r.target.canonical) for r in document.stands_on.all()] == [("implements", "03-CTr/BCSĐ")]
    assert [(t.deadline_text, t.deadline_on) for t in FoundTask.objects.all()] == [
        ("trước ngày 20/11/2024", dt.date(2024, 11, 19)),
        ("", None),
    ]
    kept = Attachment.objects.of(document).get()
    assert kept.read() == write(letter(), "docx")
    assert not arrival.waiting_path.exists()


def test_an_unknown_citation_waits_and_is_bound_when_its_document_arrives(clerk):
    arrival = arrived(clerk)
    document = register(arrival, values_of(arrival), clerk)
    assert [u.canonical for u in UnresolvedCitation.objects.filter(status="waiting")] == ["03-CTr/BCSĐ"]
    later = make(Document, number="03-CTr/BCSD", issued_on="2024-01-02", issuer="BCSD", type="programme")
    assert Relation.objects.get(source=document).target == later


def test_the_same_number_of_another_province_goes_on_waiting(clerk):
    source = make(Document, number="5/BC-SKHCN", issued_on="2024-03-01")
    UnresolvedCitation.objects.create(
        document=source,
        text="Quyết định số 01/2024/QĐ-UBND",
        canonical="01/2024/QĐ-UBND",
        issued_on="2024-01-05",
        issuer="UBND tỉnh Quảng Ngãi",
        reason="x",
    )
    make(Document, number="01/2024/QĐ-UBND", issued_on="2024-01-05", issuer="UBND", type="decision")
    assert UnresolvedCitation.objects.get().status == "waiting"
    theirs = make(
        Issuer,
        code="QNG",
        name="UBND tỉnh Quảng Ngãi",
        symbol="UBND",
        level="province_committee",
        valid_from="1989-07-01",
    )
    found = make(Document, number="01/2024/QĐ-UBND", issued_on="2024-01-05", issuer=theirs, type="decision")
    assert UnresolvedCitation.objects.get().bound_to == found


@pytest.mark.parametrize(
    ("attached", "number", "due"),
    [
        ("cong-van.docx", "4986/UBND-NC", "2024-11-19"),
        ("anh.png", "215/BC-SKHCN", None),
    ],  # a signed file's own words come first
)
def test_an_edxml_packet_fills_the_form_from_its_file_or_its_message(clerk, attached, number, due):
    data = write(letter(), "docx") if attached.endswith("docx") else b"\x89PNG"
    arrival = bring(packet(attached, data), "goi.edxml", clerk)
    read_one(arrival)
    assert (arrival.kind, arrival.fields["number"]["value"]) == ("edxml", number)
    assert arrival.fields.get("due_on", {}).get("value") == due


def test_a_law_cited_by_name_is_bound_when_it_comes(clerk):
    source = make(Document, number="5/BC-SKHCN", issued_on="2024-03-01", type="report")
    UnresolvedCitation.objects.create(document=source, text="Luật Khoa học và Công nghệ", kind="based_on", reason="x")
    law = make(Document, number="29/2013/QH13", issued_on="2013-06-18", type="law", title="Khoa học và Công nghệ")
    assert Relation.objects.get(source=source).target == law


def test_arrival_numbers_run_on_in_a_year_and_begin_anew_in_the_next(clerk):
    numbers = []
    for n, on in enumerate((DAY, DAY, dt.date(2025, 1, 2))):
        arrival = arrived(clerk, letter(number=str(100 + n)))
        with replayed(on):
            numbers.append(register(arrival, values_of(arrival, arrived_on=on), clerk).arrival_number)
    assert numbers == [1, 2, 1]


def test_a_document_is_registered_once(clerk):
    first = arrived(clerk)
    register(first, values_of(first), clerk)
    again = bring(write(letter(), "pdf"), "lan-hai.pdf", clerk)
    read_one(again)
    with pytest.raises(ValidationError, match="đã có trong sổ"):
        register(again, values_of(again, title="khác"), clerk)
    assert IssuedNumber.objects.count() == 1, "the number that the second would have got was never taken"


def test_a_text_held_for_reference_becomes_the_arrival(clerk):
    known = make(
        Document, number="4986/UBND-NC", issued_on="2024-11-11", issuer="UBND", type="letter", direction="reference"
    )
    arrival = arrived(clerk)
    assert register(arrival, values_of(arrival), clerk) == known
    known.refresh_from_db()
    assert (known.direction, known.arrival_number) == ("incoming", 1)


def test_an_issuer_that_nobody_knows_yet_is_made_with_its_level(clerk):
    arrival = arrived(clerk, letter(issuer="ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI"))
    document = register(arrival, values_of(arrival), clerk)
    assert (document.issuer.name, document.issuer.level) == ("UBND tỉnh Quảng Ngãi", "province_committee")


def test_the_same_name_after_a_merger_is_another_issuer(clerk):
    with replayed(dt.date(2025, 8, 2)):
        arrival = arrived(clerk, letter(date=dt.date(2025, 8, 1)))
        assert register(arrival, values_of(arrival, arrived_on=dt.date(2025, 8, 2)), clerk).issuer.code == "UBND-2025"


def test_what_was_corrected_is_counted(clerk):
    arrival = arrived(clerk)
    values = values_of(arrival, title="báo cáo kết quả năm 2024")
    assert changed(arrival, values) == ["title"]
    register(arrival, values, clerk)
    assert share_unchanged() == (len(arrival.fields) - 1, len(arrival.fields))


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_with_its_reason_and_nothing_is_kept(clerk, name):
    data, reason = REFUSED[name]
    if not data:
        with pytest.raises(ValidationError, match=reason):
            bring(data, "tep", clerk)
    else:
        arrival = bring(data, "tep", clerk)
        read_one(arrival)
        assert (arrival.state, reason in arrival.refusal) == ("refused", True)
        assert not arrival.waiting_path.exists()
    assert not store().exists()
    assert not Document.objects.exists()


def test_the_same_file_does_not_wait_twice(clerk):
    bring(b"Van ban", "a.txt", clerk)
    with pytest.raises(ValidationError, match="đang chờ"):
        bring(b"Van ban", "b.txt", clerk)


def test_a_file_dropped_while_it_is_read_stays_away(clerk):
    arrival = bring(write(letter(), "docx"), "a.docx", clerk)
    also = Arrival.objects.get(pk=arrival.pk)
    data = arrival.bytes()
    drop(arrival)
    also.waiting_path.write_bytes(data)
    read_one(also)
    assert not Arrival.objects.exists()


def test_a_name_with_folders_is_kept_without_them(clerk):
    assert bring(b"Van ban", "../../etc/cron.d/x.txt", clerk).name == "x.txt"


def test_who_is_no_clerk_brings_nothing_in(clerk):
    with pytest.raises(PermissionDenied):
        bring(b"Van ban", "a.txt", person("cv.qlcn", "QLCN"))


def test_what_arrives_on_paper_is_typed_in(clerk):
    arrival = on_paper(clerk)
    document = register(
        arrival,
        {
            "type": "letter",
            "number": "12/STC-NS",
            "issued_on": DAY,
            "issuer": "Sở Tài chính tỉnh Quảng Trị",
            "title": "về dự toán",
            "nature": "administrative",
            "arrived_on": DAY,
        },
        clerk,
    )
    assert (document.arrival_number, Attachment.objects.count()) == (1, 0)


def test_what_will_not_be_registered_is_dropped_with_its_bytes(clerk):
    arrival = arrived(clerk)
    path = arrival.waiting_path
    assert path.exists()
    drop(arrival)
    assert (path.exists(), Arrival.objects.exists()) == (False, False)
