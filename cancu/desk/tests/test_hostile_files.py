"""Every form that takes a document refuses what is hostile, in words, and keeps nothing of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cancu.core.attachments import Attachment, store
from cancu.core.jobs import run_waiting
from cancu.core.people import Role
from cancu.core.tests.people import signed_in
from cancu.core.tests.rows import make, person
from cancu.documents.models import Document
from cancu.documents.opinions import Opinion
from cancu.documents.tests.papers import letter, office
from vanban.read.guard import MiB
from vanban.read.tests.files import package, zip_bomb
from vanban.read.tests.test_active import ACTION, MACROS, pdf_with
from vanban.write import write

pytestmark = pytest.mark.django_db
SECRET = "chữ không ai được đọc"  # noqa: S105 - no secret of anybody

#: What is brought → the file's name, its bytes, words of the refusal.
FILES = {
    "bom nén": ("bao-cao.docx", zip_bomb, "bom nén"),
    "thực thể ngoài": (
        "bao-cao.docx",
        lambda: package(
            {"word/document.xml": f'<!DOCTYPE a [<!ENTITY x SYSTEM "file://{Path("canary").absolute()}">]><a>&x;</a>'}
        ),
        "DTD",
    ),
    "docm có macro": ("bao-cao.docm", lambda: MACROS, "macro"),
    "macro dưới tên docx": ("bao-cao.docx", lambda: MACROS, "macro"),
    "PDF có JavaScript": ("bao-cao.pdf", lambda: pdf_with(ACTION), "JavaScript"),
    "chương trình dưới tên docx": (
        "bao-cao.docx",
        lambda: b"MZ\x90\x00" + b"\0" * 900,
        "Chỉ nhận tệp Word|không phải là văn bản",
    ),
    "PDF dưới tên docx": ("bao-cao.docx", lambda: write(letter(), "pdf"), "không hợp với nội dung"),
    "cụt": ("bao-cao.docx", lambda: write(letter(), "docx")[:4000], "hỏng"),
    "51 MB": ("bao-cao.pdf", lambda: b"%PDF-1.7" + b"x" * 51 * MiB, "lớn hơn 50 MB"),
    "rỗng": ("bao-cao.docx", lambda: b"", "rỗng"),
}


@pytest.fixture
def draft(tmp_path, settings):
    settings.VAR = tmp_path / "var"
    (tmp_path / "canary").write_text(SECRET, encoding="utf-8")
    office()
    for username, unit, role in (("cv.qlcn", "QLCN", Role.SPECIALIST), ("tr.vp", "VP", Role.UNIT_HEAD)):
        person(username, unit, role)
    return make(
        Document,
        number="",
        issued_on=None,
        state="consulting",
        direction="outgoing",
        type="report",
        title="Kết quả năm",
        issuer="BKHCN",
        owner_unit="QLCN",
        entered_by="cv.qlcn",
    )


def version(draft, file):
    return signed_in("cv.qlcn").post(reverse("outgoing-act", args=[draft.pk, "tep"]), {"file": file}, follow=True)


def first_version(draft, file):
    return signed_in("cv.qlcn").post(
        reverse("new-draft"),
        {"file": file, "type": "report", "title": "Khác", "owner": draft.owner_unit_id},
        follow=True,
    )


def opinion(draft, file):
    asked = make(Opinion, document=draft, owner_unit="VP", entered_by="cv.qlcn", confirmed_by=None)
    return signed_in("tr.vp").post(
        reverse("outgoing-act", args=[draft.pk, "tra-loi"]),
        {"opinion": asked.pk, "verdict": "agree", "file": file},
        follow=True,
    )


def beside(draft, file):
    return signed_in("cv.qlcn").post(
        reverse("lay-file", args=["documents", "document", draft.pk]), {"files": file}, follow=True
    )


def arrival(_draft, file):
    client = signed_in("vanthu")
    refused = client.post(reverse("arrivals"), {"files": file}, follow=True)
    run_waiting()
    refused.content += client.get(reverse("arrivals")).content
    return refused


@pytest.mark.parametrize("form", [version, first_version, opinion, beside, arrival], ids=lambda form: form.__name__)
@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused_in_words_and_nothing_of_it_is_kept(draft, settings, name, form, monkeypatch):
    import re

    monkeypatch.chdir(settings.VAR.parent)
    called, data, words = FILES[name]
    page = form(draft, SimpleUploadedFile(called, data())).content.decode()
    assert re.search(words, page)
    assert SECRET not in page
    assert not store().exists()
    assert not list(settings.VAR.rglob("*.json")) and not list((settings.VAR / "arriving").glob("*"))
    assert not Attachment.objects.exists()
    assert list(Document.objects.filter(type="report")) == [draft]
    assert not Opinion.objects.filter(state="given").exists()


@pytest.mark.parametrize("form", [version, first_version, opinion, beside], ids=lambda form: form.__name__)
def test_a_good_file_is_kept(draft, form):
    form(draft, SimpleUploadedFile("bao-cao.docx", write(letter(), "docx")))
    assert Attachment.objects.get().name == "bao-cao.docx"
