"""A draft becomes an issued, signed, sent document on the desk; each person gets what their role allows."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cancu.core.attachments import Attachment, attach
from cancu.core.calendar import today
from cancu.core.models import IssuedNumber, User
from cancu.core.people import Role
from cancu.core.tests.people import MOST_QUERIES, signed_in
from cancu.core.tests.rows import make, person
from cancu.documents.models import Document, FoundSignature, Issuer, Transfer
from cancu.documents.tests.authority import PASSPHRASE, Authority
from cancu.documents.tests.papers import letter, office
from vanban.write import write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, settings):
    settings.VAR, settings.EXCHANGE, settings.ORGAN_ID, settings.TRUST_ROOTS = (
        tmp_path,
        tmp_path / "exchange",
        "H50.13",
        tmp_path / "roots",
    )


@pytest.fixture
def draft():
    office()
    for username, unit, role in (
        ("cv.qlcn", "QLCN", Role.SPECIALIST),
        ("tr.qlcn", "QLCN", Role.UNIT_HEAD),
        ("cv.qlkh", "QLKH", Role.SPECIALIST),
        ("giamdoc", "SKHCN", Role.DIRECTOR),
        ("quantri", "SKHCN", Role.ADMINISTRATOR),
    ):
        person(username, unit, role)
    person("vanthu", "QLCN", Role.CLERK)
    Issuer.objects.filter(code="UBND-2025").update(organ_id="H50")
    return make(
        Document,
        number="",
        issued_on=None,
        state="drafting",
        direction="outgoing",
        type="report",
        title="Kết quả năm",
        issuer="BKHCN",
        owner_unit="QLCN",
        entered_by="cv.qlcn",
        signer="Nguyễn Văn Bình",
    )


def does(username, draft, act, **given):
    return signed_in(username).post(reverse("outgoing-act", args=[draft.pk, act]), given, follow=True).content.decode()


def test_each_person_gets_each_page_as_the_table_says(draft):
    table = {
        "outgoing": {"cv.qlcn": 200, "tr.qlcn": 200, "cv.qlkh": 200, "vanthu": 200, "giamdoc": 200, "quantri": 200},
        "outgoing-one": {"cv.qlcn": 200, "tr.qlcn": 200, "cv.qlkh": 404, "vanthu": 200, "giamdoc": 200, "quantri": 404},
    }
    assert {
        page: {
            who: signed_in(who).get(reverse(page, args=[draft.pk] if page == "outgoing-one" else [])).status_code
            for who in row
        }
        for page, row in table.items()
    } == table


@pytest.mark.parametrize("page", ["outgoing", "outgoing-one"])
def test_a_page_runs_few_queries(draft, page):
    for name in ("a.pdf", "b.pdf"):
        attach(draft, name, b"%PDF", User.objects.get(username="vanthu"), "pdf")
    client = signed_in("vanthu")
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse(page, args=[draft.pk] if page == "outgoing-one" else []))
    assert len([q for q in asked if "SAVEPOINT" not in q["sql"]]) <= MOST_QUERIES


def test_from_draft_over_submission_number_and_signature_to_the_agency(draft, settings):
    authority = Authority()
    authority.trusted_in(settings.TRUST_ROOTS)
    assert "Đã thêm phiên bản" in does(
        "cv.qlcn", draft, "tep", file=SimpleUploadedFile("bao-cao.pdf", write(letter(), "pdf"))
    )
    assert "Đã chuyển: Đang thẩm định" in does("tr.qlcn", draft, "buoc", move="appraise")
    assert "Đã chuyển: Đã trình" in does("giamdoc", draft, "buoc", move="submit")
    assert "Ký hiệu viết như" in does("vanthu", draft, "so", symbol="bc skhcn", day=today().isoformat())
    assert "số 01/BC-SKHCN" in does("vanthu", draft, "so", symbol="BC-SKHCN", day=today().isoformat())
    file = Attachment.objects.of(draft).get()
    page = does(
        "giamdoc",
        draft,
        "ky",
        file=file.pk,
        kind="leader",
        passphrase=PASSPHRASE,
        key=SimpleUploadedFile("k.p12", authority.key_of("Nguyễn Văn Bình")),
    )
    assert "chữ ký hợp lệ" in page
    signed = Attachment.objects.of(draft).last()
    assert FoundSignature.objects.get().attachment == signed
    assert "Đã xếp gửi tới 1 cơ quan" in does(
        "vanthu", draft, "gui", to=Issuer.objects.get(organ_id="H50").pk, files=signed.pk
    )
    assert Transfer.objects.get().files.get() == signed
    draft.refresh_from_db()
    assert (draft.state, draft.canonical, draft.direction) == ("issued", "01/BC-SKHCN", "outgoing")


@pytest.mark.parametrize(
    ("who", "act", "given", "words"),
    [
        ("cv.qlcn", "so", {"symbol": "BC-SKHCN", "day": "2024-11-15"}, "Người nhập hồ sơ không được tự"),
        ("vanthu", "so", {"symbol": "BC-SKHCN", "day": "2999-01-01"}, "sau hôm nay"),
        ("cv.qlcn", "buoc", {"move": "submit"}, "không giữ vai trò"),
        ("cv.qlcn", "ky", {"kind": "leader"}, "Chỉ lãnh đạo ký"),
        ("cv.qlcn", "gui", {"to": "1"}, "nơi nhận"),
        ("vanthu", "khac", {}, "Không có bước này"),
    ],
)
def test_a_step_that_is_not_allowed_says_why_and_takes_no_number(draft, who, act, given, words):
    assert words in does(who, draft, act, **given)
    assert not IssuedNumber.objects.exists()
    draft.refresh_from_db()
    assert draft.state == "drafting"


def test_a_wrong_passphrase_signs_nothing(draft):
    attach(draft, "a.pdf", write(letter(), "pdf"), User.objects.get(username="vanthu"), "pdf")
    page = does(
        "giamdoc",
        draft,
        "ky",
        file=Attachment.objects.get().pk,
        kind="leader",
        passphrase=PASSPHRASE[::-1],
        key=SimpleUploadedFile("k.p12", Authority().key_of("A")),
    )
    assert "Không mở được tệp khóa" in page
    assert Attachment.objects.count() == 1
