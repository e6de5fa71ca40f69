"""A draft is shown to other units for their opinion: who is asked sees it and answers in time or late; others do not."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cancu.core.attachments import Attachment, attach
from cancu.core.calendar import today
from cancu.core.jobs import run_waiting
from cancu.core.models import Unit, UnitName, User
from cancu.core.people import Role
from cancu.core.tests.people import MOST_QUERIES, signed_in
from cancu.core.tests.rows import make, person
from cancu.documents.models import Document, FoundSignature
from cancu.documents.opinions import Opinion, ask, remark
from cancu.documents.tests.papers import letter, office, paragraph
from cancu.documents.tests.test_exchange import to_us
from cancu.documents.versions import add_version
from vanban.document import Document as Tree
from vanban.write import write
from vanban.write.edxml import edxml

pytestmark = pytest.mark.django_db
WEEK = dt.timedelta(days=7)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, settings):
    settings.VAR, settings.EXCHANGE, settings.TRUST_ROOTS = tmp_path, tmp_path / "exchange", tmp_path / "roots"


@pytest.fixture
def draft():
    office()
    make(
        UnitName, unit="QLKH", name="Phòng Quản lý khoa học", short_name="QLKH", parent="SKHCN", valid_from="2003-01-01"
    )
    for username, unit, role in (
        ("cv.qlcn", "QLCN", Role.SPECIALIST),
        ("tr.qlcn", "QLCN", Role.UNIT_HEAD),
        ("cv.qlkh", "QLKH", Role.SPECIALIST),
        ("tr.qlkh", "QLKH", Role.UNIT_HEAD),
        ("tr.vp", "VP", Role.UNIT_HEAD),
        ("giamdoc", "SKHCN", Role.DIRECTOR),
    ):
        person(username, unit, role)
    return make(
        Document,
        number="",
        issued_on=None,
        state="drafting",
        direction="outgoing",
        type="plan",
        title="Kế hoạch năm",
        issuer="BKHCN",
        owner_unit="QLCN",
        entered_by="cv.qlcn",
        confirmed_by=None,
    )


def user(name):
    return User.objects.get(username=name)


def unit(code):
    return Unit.objects.get(code=code)


def does(username, draft, act, **given):
    return signed_in(username).post(reverse("outgoing-act", args=[draft.pk, act]), given, follow=True).content.decode()


def page_of(username, draft):
    return signed_in(username).get(reverse("outgoing-one", args=[draft.pk]))


def asks(draft, *codes, kind="consult", by="cv.qlcn", due=None):
    return ask(draft, [unit(code) for code in codes], kind, due or today() + WEEK, "Danh sách cơ sở", user(by))


def paper(words):
    whole = letter()
    return write(
        Tree(whole.header, (), (), (paragraph(words), *whole.blocks), whole.signature, whole.recipients), "docx"
    )


def test_a_unit_that_is_asked_sees_the_draft_answers_and_the_page_says_so(draft):
    assert page_of("cv.qlkh", draft).status_code == 404
    assert "Đã gửi tới 2 đơn vị" in does(
        "cv.qlcn",
        draft,
        "hoi",
        kind="consult",
        units=[unit("QLKH").pk, unit("VP").pk],
        due=f"{today() + dt.timedelta(days=1):%d/%m/%Y}",
        question="Danh sách cơ sở",
    )
    draft.refresh_from_db()
    assert draft.state == "consulting"
    for page in ("outgoing", "my-work", "reminders"):
        assert "Kế hoạch năm" in signed_in("tr.qlkh").get(reverse(page)).content.decode()
    assert 'class="badge warn">1<' in signed_in("tr.qlkh").get(reverse("home")).content.decode()
    assert (
        signed_in("tr.qlkh")
        .get(reverse("opinion", args=[Opinion.objects.first().pk]))
        .url.startswith(f"/van-ban-di/{draft.pk}/")
    )
    assert 'name="verdict"' not in page_of("cv.qlkh", draft).content.decode(), (
        "a specialist reads; the head speaks for the unit"
    )
    opinion = Opinion.objects.get(owner_unit=unit("QLKH"))
    said = does(
        "tr.qlkh",
        draft,
        "tra-loi",
        opinion=opinion.pk,
        verdict="other",
        words="Bổ sung hai bệnh viện",
        file=SimpleUploadedFile("gop-y.docx", paper("góp ý")),
    )
    assert "Đã ghi ý kiến của đơn vị" in said and "Bổ sung hai bệnh viện" in said and "1/2 đơn vị đã trả lời" in said
    file = Attachment.objects.of(opinion).get()
    assert signed_in("cv.qlcn").get(reverse("attachment", args=[file.pk])).status_code == 200
    assert "đã trả lời" in page_of("cv.qlcn", draft).content.decode()


def test_who_is_late_is_said(draft):
    (opinion,) = asks(draft, "QLKH")
    Opinion.objects.filter(pk=opinion.pk).update(asked_on=today() - WEEK, due_on=today() - dt.timedelta(days=1))
    assert "1 quá hạn" in page_of("giamdoc", draft).content.decode()
    does("tr.qlkh", draft, "tra-loi", opinion=opinion.pk, verdict="agree")
    assert "quá hạn" not in page_of("giamdoc", draft).content.decode()


@pytest.mark.parametrize(
    ("who", "given", "words"),
    [
        ("tr.qlkh", {"verdict": ""}, "Hãy chọn kết luận"),
        ("tr.qlkh", {"verdict": "other", "words": " "}, "phải ghi rõ ý kiến"),
        ("tr.vp", {"verdict": "agree"}, "không giữ vai trò"),
        ("cv.qlkh", {"verdict": "agree"}, "không giữ vai trò"),
    ],
)
def test_an_answer_that_says_too_little_or_comes_from_elsewhere_is_refused(draft, who, given, words):
    opinion, _other = asks(draft, "QLKH", "VP")
    assert words in does(who, draft, "tra-loi", opinion=opinion.pk, **given)
    opinion.refresh_from_db()
    assert (opinion.state, opinion.verdict) == ("asked", "")


@pytest.mark.parametrize(
    ("who", "given", "words"),
    [
        ("cv.qlcn", {"units": ["QLKH"], "due": ""}, "Hãy ghi hạn trả lời"),
        ("cv.qlcn", {"units": ["QLKH"], "due": "01/01/2020"}, "từ hôm nay trở đi"),
        ("cv.qlcn", {"units": [], "due": "01/01/2099"}, "ít nhất một đơn vị"),
        ("cv.qlcn", {"units": ["QLCN"], "due": "01/01/2099"}, "không tự cho ý kiến"),
        ("cv.qlcn", {"units": ["VP"], "due": "01/01/2099", "kind": "appraise"}, "không giữ vai trò"),
        ("cv.qlcn", {"units": ["VP"], "due": "01/01/2099", "kind": "remark"}, "Không có bước này"),
    ],
)
def test_a_question_that_cannot_be_asked_says_why_and_moves_nothing(draft, who, given, words):
    assert words in does(
        who, draft, "hoi", **{"kind": "consult", **given, "units": [unit(code).pk for code in given["units"]]}
    )
    draft.refresh_from_db()
    assert draft.state == "drafting" and not Opinion.objects.exists()


def test_further_units_are_asked_once_each_and_a_question_is_withdrawn(draft):
    (first,) = asks(draft, "QLKH")
    with pytest.raises(ValidationError, match="đang được hỏi"):
        asks(draft, "VP", "QLKH")
    assert Opinion.objects.count() == 1, "all or nothing"
    with pytest.raises(PermissionDenied):
        asks(draft, "VP", by="tr.qlkh")
    assert "Đã rút yêu cầu" in does("cv.qlcn", draft, "rut", opinion=first.pk)
    assert page_of("tr.qlkh", draft).status_code == 404, "what was withdrawn shows nothing any more"


def test_an_appraisal_speaks_its_own_words(draft):
    (appraisal,) = asks(draft, "VP", kind="appraise", by="tr.qlcn")
    draft.refresh_from_db()
    assert draft.state == "appraising"
    page = does("vanthu", draft, "tra-loi", opinion=appraisal.pk, verdict="other", words="Thiếu nơi nhận")
    assert "Phải hoàn thiện" in page and "Thiếu nơi nhận" in page


@pytest.mark.parametrize("end", ["answered", "withdrawn"])
def test_a_draft_goes_up_only_when_its_appraisal_is_answered_or_not_needed(draft, end):
    (appraisal,) = asks(draft, "VP", kind="appraise", by="tr.qlcn")
    page = does("giamdoc", draft, "buoc", move="submit")
    assert "Chưa có kết quả thẩm định của Văn phòng" in page and "Không cần nữa" in page
    if end == "answered":
        does("vanthu", draft, "tra-loi", opinion=appraisal.pk, verdict="agree", words="")
    else:
        does("cv.qlcn", draft, "rut", opinion=appraisal.pk)
    does("giamdoc", draft, "buoc", move="submit")
    draft.refresh_from_db()
    assert draft.state == "submitted"


def test_remarks_stand_beside_and_end_with_the_draft(draft):
    assert "Đã ghi ý kiến" in does("giamdoc", draft, "noi", words="Xem lại <b>mục 2</b>")
    assert "Xem lại &lt;b&gt;mục 2&lt;/b&gt;" in page_of("cv.qlcn", draft).content.decode()
    assert "Hãy ghi ý kiến" in does("cv.qlcn", draft, "noi", words=" ")
    Document.objects.filter(pk=draft.pk).update(state="dropped")
    draft.refresh_from_db()
    with pytest.raises(ValidationError, match="không còn là dự thảo"):
        remark(draft, user("giamdoc"), "muộn")


def test_the_newest_version_is_checked_and_compared_with_the_one_before(draft):
    for words in ("Số 15 cơ sở ngiên cứu.", "Số 16 cơ sở nghiên cứu."):
        add_version(draft, "ke-hoach.docx", paper(words), user("cv.qlcn"))
    first, second = Attachment.objects.of(draft)
    client = signed_in("tr.qlcn")
    found = client.get(reverse("draft-findings", args=[draft.pk]), {"tep": first.pk}).content.decode()
    assert '<mark class="error">ngiên</mark>' in found and "Quy tắc" in found and "L1" in found
    assert "ngiên" not in client.get(reverse("draft-findings", args=[draft.pk])).content.decode()
    changes = client.get(reverse("draft-changes", args=[draft.pk, second.pk])).content.decode()
    assert "<del>15</del><ins>16</ins>" in changes and "đoạn giữ nguyên" in changes
    assert client.get(reverse("draft-changes", args=[draft.pk, first.pk])).status_code == 404


def test_a_citation_that_ended_is_found_against_the_register(draft):
    make(
        Document,
        number="97/KH-UBND",
        issued_on="2024-05-06",
        type="plan",
        issuer="UBND",
        direction="incoming",
        effective_on="2024-05-06",
        ended_on="2024-12-31",
    )
    add_version(
        draft,
        "a.docx",
        paper("Thực hiện Kế hoạch số 97/KH-UBND ngày 06/5/2024 của UBND tỉnh Quảng Trị."),
        user("cv.qlcn"),
    )
    assert (
        "97/KH-UBND hết hiệu lực sau ngày 31/12/2024"
        in signed_in("cv.qlcn").get(reverse("draft-findings", args=[draft.pk])).content.decode()
    )


def test_a_large_version_is_read_by_a_job(draft, monkeypatch):
    from cancu.documents import versions

    attach(draft, "a.docx", paper("ngiên cứu"), user("cv.qlcn"), "docx")  # brought before versions were read
    monkeypatch.setattr(versions, "AT_ONCE", 10)
    assert "chế độ nền" in signed_in("cv.qlcn").get(reverse("draft-findings", args=[draft.pk])).content.decode()
    does("cv.qlcn", draft, "doc", tep=Attachment.objects.of(draft).get().pk)
    run_waiting()
    assert (
        '<mark class="error">ngiên</mark>'
        in signed_in("cv.qlcn").get(reverse("draft-findings", args=[draft.pk])).content.decode()
    )


@pytest.mark.parametrize("who", ["cv.qlcn", "tr.qlkh", "vanthu", "giamdoc"])
def test_the_workplace_runs_few_queries_however_much_was_said(draft, who):
    for words in ("Một.", "Hai."):
        attach(draft, "a.docx", paper(words), user("cv.qlcn"), "docx")
    for opinion in asks(draft, "QLKH", "VP"):
        attach(opinion, "b.docx", b"PK", user("cv.qlcn"), "docx")
    for _n in range(5):
        remark(draft, user("giamdoc"), "ý kiến")
    client = signed_in(who)
    with CaptureQueriesContext(connection) as made:
        assert client.get(reverse("outgoing-one", args=[draft.pk])).status_code == 200
    assert len([q for q in made if "SAVEPOINT" not in q["sql"]]) <= MOST_QUERIES


def test_a_new_draft_is_filled_from_its_first_version(draft):
    client = signed_in("cv.qlcn")
    file = SimpleUploadedFile(
        "ke-hoach.docx",
        write(
            letter(kind="KẾ HOẠCH", title="kiểm tra an toàn bức xạ", number="", symbol="KH-SKHCN", date=None), "docx"
        ),
    )
    client.post(reverse("new-draft"), {"file": file, "owner": unit("QLCN").pk})
    made = Document.objects.get(title="kiểm tra an toàn bức xạ")
    assert (made.state, made.direction, made.type, made.signer, made.owner_unit.code) == (
        "drafting",
        "outgoing",
        "plan",
        "Nguyễn Văn Bình",
        "QLCN",
    )
    assert made.issuer.name == "Sở Khoa học và Công nghệ tỉnh Quảng Trị"
    assert Attachment.objects.of(made).count() == 1
    assert (
        "Hãy ghi, hoặc đưa tệp có ghi" in client.post(reverse("new-draft"), {"owner": unit("QLCN").pk}).content.decode()
    )


@pytest.mark.parametrize(("trusted", "words"), [(True, "chữ ký hợp lệ"), (False, "chứng thư số chưa được Sở tin cậy")])
def test_the_page_of_a_received_document_says_who_signed_and_whether_all_is_well(draft, settings, trusted, words):
    from cancu.documents.arriving import bring, read_one, register
    from cancu.documents.signing import sign
    from cancu.documents.tests.authority import PASSPHRASE, Authority
    from cancu.documents.tests.test_arriving import values_of
    from vanban.packet import Attachment as Enclosed

    authority = Authority()
    (authority if trusted else Authority("CA khác")).trusted_in(settings.TRUST_ROOTS)
    pdf = sign(write(letter(), "pdf"), authority.key_of("UBND tỉnh Quảng Trị"), PASSPHRASE, "seal", "Nguyễn Văn Bình")
    arrival = bring(
        edxml(to_us(files=(Enclosed("cong-van.pdf", "application/pdf", pdf),))), "goi.edxml", user("vanthu")
    )
    read_one(arrival)
    document = register(arrival, values_of(arrival, arrived_on=dt.date(2024, 11, 12)), user("vanthu"))
    page = signed_in("vanthu").get(reverse("document", args=[document.reference])).content.decode()
    page = " ".join(page.split())
    assert FoundSignature.objects.get().signer == "UBND tỉnh Quảng Trị"
    assert words in page and "<b>UBND tỉnh Quảng Trị</b> ký lúc" in page and "Nội dung nguyên vẹn từ lúc ký." in page
