"""Files beside a record: laid there by who works on it, read by who sees it, taken back while nobody confirmed it."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cancu.core.attachments import Attachment
from cancu.core.people import Role, User
from cancu.core.tests.people import signed_in
from cancu.core.tests.rows import make, named, person
from cancu.documents.models import Document
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
    for username, unit, role in (("cv.qlcn", "QLCN", Role.SPECIALIST), ("tr.qlcn", "QLCN", Role.UNIT_HEAD), ("cv.qlkh", "QLKH", Role.SPECIALIST), ("giamdoc", "DV", Role.DIRECTOR)):
        person(username, unit, role)
    return make(Licence, number="1/GP", issued_on="2024-01-01", expires_on="2027-01-01", owner_unit="QLCN", entered_by="cv.qlcn", confirmed_by=None)


def lay(username, record, *files):
    there = reverse("lay-file", args=["radiation", "licence", record.pk])
    return signed_in(username).post(there, {"files": [SimpleUploadedFile(name, data) for name, data in files]}, follow=True).content.decode()


def take_back(username, file):
    return signed_in(username).post(reverse("take-back-file", args=[file.pk]), follow=True)


@pytest.mark.parametrize(("name", "data", "type_"), [
    ("giay-phep.pdf", lambda: write(letter(), "pdf"), "application/pdf"), ("to-trinh.docx", lambda: write(letter(), "docx"), "wordprocessingml.document"),
    ("anh.png", lambda: PNG, "image/png"), ("anh.JPG", lambda: b"\xff\xd8\xff\xe0" + b"\0" * 40, "image/jpeg"), ("quet.tiff", lambda: b"II*\0" + b"\0" * 40, "image/tiff"),
    ("bang.xlsx", book, "spreadsheetml.sheet"),
])
def test_what_offices_scan_and_write_is_kept_with_its_kind(licence, name, data, type_):
    brought = data()
    page = lay("cv.qlcn", licence, (name, brought))
    kept = Attachment.objects.of(licence).get()
    assert (kept.name, kept.read(), kept.stored_by.username) == (name, brought, "cv.qlcn")
    assert kept.type.endswith(type_) and f"Đã kèm tệp “{name}”" in page and reverse("attachment", args=[kept.pk]) in page


@pytest.mark.parametrize(("name", "data", "words"), [
    ("chay.exe", b"MZ\x90\0" + b"\0" * 900, "Chỉ nhận tệp"), ("anh.pdf", PNG, "không hợp với nội dung"), ("bang.xlsx", book("xl/vbaProject.bin"), "macro"),
    ("goi.zip", b"PK\x05\x06" + b"\0" * 18, "không phải văn bản"), ("trang.html", b"<html><script>alert(1)</script></html>", "Chỉ nhận tệp"), ("trong.pdf", b"", "rỗng"),
])
def test_anything_else_is_refused_in_words_and_not_kept(licence, name, data, words):
    assert words in lay("cv.qlcn", licence, (name, data)) and not Attachment.objects.exists()


def test_of_several_files_the_good_ones_are_kept(licence):
    page = lay("cv.qlcn", licence, ("anh.png", PNG), ("chay.exe", b"MZ" + b"\0" * 900))
    assert [file.name for file in Attachment.objects.of(licence)] == ["anh.png"] and "Chỉ nhận tệp" in page


@pytest.mark.parametrize(("username", "kept"), [("cv.qlcn", True), ("tr.qlcn", True), ("giamdoc", False), ("cv.qlkh", False)])
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
    kept = make(Document, number="12/QĐ-SKHCN", issued_on="2024-02-01", owner_unit="QLCN", entered_by="cv.qlcn", confirmed_by=None)
    signed_in("cv.qlcn").post(reverse("lay-file", args=["documents", "document", kept.pk]), {"files": SimpleUploadedFile("quet.png", PNG)})
    take_back("cv.qlcn", Attachment.objects.get())
    assert Attachment.objects.exists()


def test_what_a_record_names_is_a_link_to_its_page(licence):
    page = signed_in("giamdoc").get(reverse("record", args=["radiation", "licence", licence.pk])).content.decode()
    assert f'<a href="{reverse("record", args=["radiation", "facility", licence.facility_id])}">' in page
