"""Files beside a record: laid there by who works on it, read by who sees it, taken back while nobody confirmed it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cancu import documents
from cancu.core import codes
from cancu.core.attachments import Attachment
from cancu.core.people import Role, User
from cancu.core.tests.people import signed_in
from cancu.core.tests.rows import make, named, person
from cancu.documents.models import Document, RecordDocument
from cancu.documents.tests.papers import letter
from cancu.lines.radiation.models import Licence
from vanban.write import write

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def book(*more: str) -> bytes:
    """A workbook as far as its parts tell, and ``more`` parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name in ("[Content_Types].xml", "xl/workbook.xml", *more):
            package.writestr(name, "<x/>")
    return made.getvalue()


@pytest.fixture
def licence(tmp_path, settings):
    settings.VAR = tmp_path
    for username, unit, role in (
        ("cv.qlcn", "QLCN", Role.SPECIALIST),
        ("tr.qlcn", "QLCN", Role.UNIT_HEAD),
        ("cv.qlkh", "QLKH", Role.SPECIALIST),
        ("giamdoc", "DV", Role.DIRECTOR),
    ):
        person(username, unit, role)
    return make(
        Licence,
        number="1/GP",
        issued_on="2024-01-01",
        expires_on="2027-01-01",
        owner_unit="QLCN",
        entered_by="cv.qlcn",
        confirmed_by=None,
    )


def lay(username, record, *files):
    there = reverse("lay-file", args=["radiation", "licence", record.pk])
    return (
        signed_in(username)
        .post(there, {"files": [SimpleUploadedFile(name, data) for name, data in files]}, follow=True)
        .content.decode()
    )


def take_back(username, file):
    return signed_in(username).post(reverse("take-back-file", args=[file.pk]), follow=True)


@pytest.mark.parametrize(
    ("name", "data", "type_"),
    [
        ("giay-phep.pdf", lambda: write(letter(), "pdf"), "application/pdf"),
        ("to-trinh.docx", lambda: write(letter(), "docx"), "wordprocessingml.document"),
        ("anh.png", lambda: PNG, "image/png"),
        ("anh.JPG", lambda: b"\xff\xd8\xff\xe0" + b"\0" * 40, "image/jpeg"),
        ("quet.tiff", lambda: b"II*\0" + b"\0" * 40, "image/tiff"),
        ("bang.xlsx", book, "spreadsheetml.sheet"),
    ],
)
def test_what_offices_scan_and_write_is_kept_with_its_kind(licence, name, data, type_):
    brought = data()
    page = lay("cv.qlcn", licence, (name, brought))
    kept = Attachment.objects.of(licence).get()
    assert (kept.name, kept.read(), kept.stored_by.username) == (name, brought, "cv.qlcn")
    assert (
        kept.type.endswith(type_) and f"Đã kèm tệp “{name}”" in page and reverse("attachment", args=[kept.pk]) in page
    )


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("chay.exe", b"MZ\x90\0" + b"\0" * 900, "Chỉ nhận tệp"),
        ("anh.pdf", PNG, "không hợp với nội dung"),
        ("bang.xlsx", book("xl/vbaProject.bin"), "macro"),
        ("goi.zip", b"PK\x05\x06" + b"\0" * 18, "không phải văn bản"),
        ("trang.html", b"<html><script>alert(1)</script></html>", "Chỉ nhận tệp"),
        ("trong.pdf", b"", "rỗng"),
    ],
)
def test_anything_else_is_refused_in_words_and_not_kept(licence, name, data, words):
    assert words in lay("cv.qlcn", licence, (name, data)) and not Attachment.objects.exists()


def test_of_several_files_the_good_ones_are_kept(licence):
    page = lay("cv.qlcn", licence, ("anh.png", PNG), ("chay.exe", b"MZ" + b"\0" * 900))
    assert [file.name for file in Attachment.objects.of(licence)] == ["anh.png"] and "Chỉ nhận tệp" in page


@pytest.mark.parametrize(
    ("username", "kept"), [("cv.qlcn", True), ("tr.qlcn", True), ("giamdoc", False), ("cv.qlkh", False)]
)
def test_only_who_works_in_the_unit_of_the_record_lays_a_file(licence, username, kept):
    lay(username, licence, ("anh.png", PNG))
    assert Attachment.objects.exists() is kept


@pytest.mark.parametrize(("username", "status"), [("cv.qlcn", 200), ("giamdoc", 200), ("cv.qlkh", 404)])
def test_who_sees_the_record_reads_its_files(licence, username, status):
    lay("cv.qlcn", licence, ("anh.png", PNG))
    assert signed_in(username).get(reverse("attachment", args=[Attachment.objects.get().pk])).status_code == status


def test_who_laid_it_takes_it_back_and_the_history_keeps_that(licence):
    lay("cv.qlcn", licence, ("anh.png", PNG))
    file = Attachment.objects.get()
    take_back("tr.qlcn", file)
    assert Attachment.objects.exists()
    take_back("cv.qlcn", file)
    assert not Attachment.objects.exists()
    assert [event.pgh_label for event in Attachment.pgh_event_model.objects.order_by("pgh_id")] == ["insert", "delete"]


def test_a_file_of_a_confirmed_record_stays(licence):
    lay("cv.qlcn", licence, ("anh.png", PNG))
    licence.confirm(named(User, "tr.qlcn"))
    take_back("cv.qlcn", Attachment.objects.get())
    assert Attachment.objects.exists()


def test_a_confirmed_record_takes_a_file_that_comes_later(licence):
    licence.confirm(named(User, "tr.qlcn"))
    lay("cv.qlcn", licence, ("ban-quet.png", PNG))
    assert Attachment.objects.of(licence).count() == 1


def test_a_file_of_a_document_is_never_taken_back(licence):
    kept = make(
        Document,
        number="12/QĐ-SKHCN",
        issued_on="2024-02-01",
        owner_unit="QLCN",
        entered_by="cv.qlcn",
        confirmed_by=None,
    )
    signed_in("cv.qlcn").post(
        reverse("lay-file", args=["documents", "document", kept.pk]), {"files": SimpleUploadedFile("quet.png", PNG)}
    )
    take_back("cv.qlcn", Attachment.objects.get())
    assert Attachment.objects.exists()


def test_what_a_record_names_is_a_link_to_its_page(licence):
    page = signed_in("giamdoc").get(reverse("record", args=["radiation", "licence", licence.pk])).content.decode()
    assert f'<a href="{reverse("record", args=["radiation", "facility", licence.facility_id])}">' in page


# --- documents of a record ---


@pytest.fixture
def decision(licence):
    codes.load(Path(documents.__file__).parent / "codes.yaml")
    yield make(
        Document,
        number="12/QĐ-SKHCN",
        issued_on="2024-02-01",
        title="cấp phép",
        owner_unit="QLCN",
        state="issued",
        direction="outgoing",
    )
    codes.forget()


def hang(username, record, number="12/QĐ-SKHCN", role="decision"):
    return (
        signed_in(username)
        .post(
            reverse("hang-document", args=["radiation", "licence", record.pk]),
            {"number": number, "role": role},
            follow=True,
        )
        .content.decode()
    )


@pytest.mark.parametrize("number", ["12/QĐ-SKHCN", "12/qd-skhcn", "12 qd skhcn", "12/QĐ-SKHCN@2024-02-01"])
def test_a_document_hung_on_a_record_is_seen_from_both_sides(licence, decision, number):
    page = hang("cv.qlcn", licence, number)
    assert "Đã gắn" in page and reverse("document", args=[decision.reference]) in page
    other_side = signed_in("giamdoc").get(reverse("document", args=[decision.reference])).content.decode()
    assert (
        "Hồ sơ của văn bản này" in other_side
        and reverse("record", args=["radiation", "licence", licence.pk]) in other_side
    )


@pytest.mark.parametrize(
    ("username", "number", "role", "words"),
    [
        ("cv.qlcn", "99/QĐ-SKHCN", "decision", "Không thấy văn bản"),
        ("cv.qlcn", "12/QĐ-SKHCN", "gì đó", "Hãy chọn vai trò"),
        ("giamdoc", "12/QĐ-SKHCN", "decision", "Chỉ người làm việc ở đơn vị"),
    ],
)
def test_what_cannot_be_hung_is_refused_in_words(licence, decision, username, number, role, words):
    assert words in hang(username, licence, number, role) and not RecordDocument.objects.exists()


def test_a_document_hangs_once_in_one_role(licence, decision):
    hang("cv.qlcn", licence)
    assert "đã gắn với hồ sơ này" in hang("cv.qlcn", licence)
    hang("cv.qlcn", licence, role="result")
    assert sorted(RecordDocument.objects.values_list("role", flat=True)) == ["decision", "result"]


@pytest.mark.parametrize("confirmed", [False, True])
def test_a_document_is_taken_down_while_the_record_is_not_confirmed(licence, decision, confirmed):
    hang("cv.qlcn", licence)
    if confirmed:
        licence.confirm(named(User, "tr.qlcn"))
    link = RecordDocument.objects.get()
    signed_in("cv.qlcn").post(reverse("take-down-document", args=["radiation", "licence", licence.pk, link.pk]))
    assert RecordDocument.objects.exists() is confirmed


def test_who_may_not_see_a_record_does_not_meet_it_on_the_page_of_its_document(licence, decision):
    hang("cv.qlcn", licence)
    Document.objects.filter(pk=decision.pk).update(direction="reference")
    page = signed_in("cv.qlkh").get(reverse("document", args=[decision.reference])).content.decode()
    assert "Hồ sơ của văn bản này" not in page
