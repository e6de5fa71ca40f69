"""Messages of other agencies at the door, ours at theirs; what waits for văn thư."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cancu.core.people import Role, User
from cancu.core.tests.people import signed_in
from cancu.core.tests.rows import make, person
from cancu.desk.views import liaison
from cancu.documents.arrivals import Arrival
from cancu.documents.exchange import liaison_waits, one_pass, send
from cancu.documents.models import Document, Issuer, Transfer
from cancu.documents.posting import Unsent, post
from cancu.documents.tests.papers import office
from cancu.documents.tests.test_exchange import THEIRS, THEM, to_us
from cancu.documents.transfers import TransferStatus
from vanban.packet import Attachment, Business, Organ, Status, StatusMessage
from vanban.read.tests.files import zip_bomb
from vanban.read.tests.test_active import ACTION, MACROS, pdf_with
from vanban.write.edxml import edxml

pytestmark = pytest.mark.django_db
SECRET = "khóa chung với UBND tỉnh"  # noqa: S105


@pytest.fixture(autouse=True)
def clerk(tmp_path, settings):
    settings.VAR, settings.EXCHANGE, settings.ORGAN_ID = tmp_path, tmp_path / "exchange", "H50.13"
    settings.PEER_TOKENS, settings.PEER_ADDRESSES = {"H50": SECRET, "H51": "khóa khác"}, {}
    clerk = office()["clerk"]
    Issuer.objects.filter(code="UBND-2025").update(organ_id="H50")
    return clerk


def bring(data: bytes, secret: str = SECRET, **headers: Any) -> Any:
    return Client(enforce_csrf_checks=True).post(
        reverse("exchange-door"),
        data,
        content_type="application/xml",
        headers={"Authorization": f"Bearer {secret}"},
        **headers,
    )


def nothing_kept(settings) -> bool:
    return not (
        Transfer.objects.exists()
        or Arrival.objects.exists()
        or list((settings.VAR / "arriving").glob("*"))
        or (settings.VAR / "files").exists()
    )


def test_a_packet_is_taken_as_often_as_it_comes_and_waits_to_be_registered():
    answers = [bring(edxml(to_us())) for _again in range(3)]
    assert [(a.status_code, a.json()) for a in answers] == [(202, {"taken": "Đã nhận."})] * 3
    assert Arrival.objects.get().fields["number"]["value"] == "4986/UBND-NC"
    assert Transfer.objects.count() == 1


def test_a_status_comes_by_the_same_door(clerk):
    report = make(
        Document,
        number="215/BC-SKHCN",
        issued_on="2024-11-15",
        direction="outgoing",
        type="report",
        title="Kết quả",
        issuer="UBND",
        owner_unit="VP",
    )
    (sent,) = send(report, Issuer.objects.filter(organ_id="H50"), clerk)
    message = StatusMessage(
        THEIRS.__class__("H50.13", "215", "BC-SKHCN", dt.date(2024, 11, 15), sent.packet),
        THEM,
        Status.RECEIVED,
        dt.datetime.fromisoformat("2024-11-15T09:00"),
        "Số đến 7",
    )
    assert [bring(edxml(message)).status_code for _again in range(2)] == [202, 202]
    assert [(s.code, s.words) for s in TransferStatus.objects.all()] == [("03", "Số đến 7")]


HOSTILE = {
    "rỗng": (lambda: b"", "hỏng|rỗng"),
    "không phải XML": (lambda: b"abc", "hỏng"),
    "thực thể ngoài": (
        lambda: b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><MessageHeader>&x;</MessageHeader>',
        "DTD",
    ),
    "không gửi tới Sở": (lambda: edxml(to_us(to=(Organ("H99"),))), "không gửi tới H50.13"),
    "mạo danh": (lambda: edxml(to_us(sender=Organ("H51", "Sở khác"))), "nơi gửi là H51, nhưng khóa là của H50"),
    "bom nén đính kèm": (lambda: edxml(to_us(files=(Attachment("a.docx", "application/zip", zip_bomb()),))), "bom nén"),
    "macro đính kèm": (lambda: edxml(to_us(files=(Attachment("a.docx", "application/zip", MACROS),))), "macro"),
    "mã trong PDF đính kèm": (
        lambda: edxml(to_us(files=(Attachment("a.pdf", "application/pdf", pdf_with(ACTION)),))),
        "JavaScript",
    ),
    "trạng thái của văn bản không gửi": (
        lambda: edxml(StatusMessage(THEIRS, THEM, Status.DONE, dt.datetime.fromisoformat("2024-11-15T09:00"))),
        "không gửi tới nơi ấy",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_packet_is_refused_in_words_and_nothing_is_kept(settings, name):
    import re

    data, words = HOSTILE[name]
    answer = bring(data())
    assert answer.status_code == 400
    assert re.search(words, answer.json()["error"])
    assert nothing_kept(settings)


@pytest.mark.parametrize("secret", ["", "sai", SECRET[:-1], SECRET + "x"])
def test_who_brings_no_secret_is_unknown(settings, secret):
    answer = bring(edxml(to_us()), secret)
    assert (answer.status_code, "khóa không đúng" in answer.json()["error"]) == (401, True)
    assert nothing_kept(settings)


def test_an_empty_secret_in_the_settings_opens_no_door(settings):
    settings.PEER_TOKENS = {"H50": ""}
    assert bring(edxml(to_us()), "").status_code == 401


def test_a_message_over_the_limit_is_not_read(settings, monkeypatch):
    monkeypatch.setattr(liaison, "LARGEST_MESSAGE", 100)
    assert bring(edxml(to_us())).status_code == 413
    assert nothing_kept(settings)


def test_without_a_clerk_or_an_identifier_the_sender_is_told_to_come_again(settings):
    settings.EXCHANGE_CLERK = "khong-co"
    assert bring(edxml(to_us())).status_code == 503
    settings.EXCHANGE_CLERK, settings.ORGAN_ID = "vanthu", ""
    assert bring(edxml(to_us())).status_code == 503


def test_only_a_post_knocks():
    assert Client().get(reverse("exchange-door")).status_code == 405


class Other(BaseHTTPRequestHandler):
    """The other agency's door: keeps what came, answers as told."""

    def do_POST(self) -> None:
        self.server.came.append((self.headers["Authorization"], self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.server.says)
        if self.server.says == 302:
            self.send_header("Location", "/khac")
        self.end_headers()
        self.wfile.write('{"error": "Sổ đang khóa."}'.encode())

    def log_message(self, *_given: Any) -> None:
        pass


@pytest.fixture
def other(settings, monkeypatch) -> Iterator[Any]:
    monkeypatch.setenv("NO_PROXY", "*")
    server = HTTPServer(("127.0.0.1", 0), Other)
    server.came, server.says = [], 202
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.PEER_ADDRESSES = {"H50": f"http://127.0.0.1:{server.server_port}/lien-thong/"}
    settings.PEER_TOKENS = {"H50": "khoa-chung"}
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def sent(clerk):
    report = make(
        Document,
        number="215/BC-SKHCN",
        issued_on="2024-11-15",
        direction="outgoing",
        type="report",
        title="Kết quả",
        issuer="UBND",
        owner_unit="VP",
    )
    return send(report, Issuer.objects.filter(organ_id="H50"), clerk)[0]


def test_a_packet_goes_to_the_address_once_with_the_secret(clerk, sent, other):
    for _again in range(2):
        assert [o.refusal for o in one_pass(clerk) if o.refusal] == []
    ((header, data),) = other.came
    assert header == "Bearer khoa-chung" and b"215" in data
    sent.refresh_from_db()
    assert sent.written_at is not None


@pytest.mark.parametrize(
    ("says", "words"),
    [(400, "Nơi nhận từ chối (400): Sổ đang khóa."), (500, "(500)"), (302, "(302)"), (0, "Không nối được")],
)
def test_what_was_not_taken_waits_with_its_reason_and_goes_later(clerk, sent, other, settings, says, words):
    right = settings.PEER_ADDRESSES
    other.says = says or 202
    if not says:
        settings.PEER_ADDRESSES = {"H50": "http://127.0.0.1:1/"}
    (outcome,) = one_pass(clerk)
    assert words in outcome.refusal
    page = signed_in("vanthu").get(reverse("liaison")).content.decode()
    assert words in page and liaison_waits(clerk) == 1
    assert '<span class="badge bad">1</span>' in signed_in("vanthu").get(reverse("outgoing")).content.decode()
    other.says, settings.PEER_ADDRESSES = 202, right
    list(one_pass(clerk))
    sent.refresh_from_db()
    assert (sent.problem, bool(sent.written_at), liaison_waits(clerk)) == ("", True, 0)


def test_an_address_of_another_kind_is_never_opened(tmp_path):
    (tmp_path / "a").write_text("x")
    with pytest.raises(Unsent, match="phải bắt đầu bằng https"):
        post(f"file://{tmp_path}/a", "", b"x")


def test_only_the_clerk_sees_what_waits(clerk):
    person("cv.qlcn", "QLCN", Role.SPECIALIST)
    assert signed_in("cv.qlcn").get(reverse("liaison")).status_code == 403
    assert liaison_waits(User.objects.get(username="cv.qlcn")) == 0


@pytest.mark.parametrize(
    ("answer", "reason", "code"), [("agree", "", "15"), ("refuse", "đã giải quyết xong", "16"), ("refuse", " ", None)]
)
def test_the_clerk_agrees_or_refuses_with_a_reason(clerk, answer, reason, code):
    asked = make(
        Transfer,
        incoming=True,
        organ="H50",
        organ_name="UBND tỉnh",
        packet="x",
        number="9/UBND",
        business=Business.RECALL.value,
        reason="nhầm",
        made_by=clerk,
    )
    page = (
        signed_in("vanthu")
        .post(reverse("answer-recall", args=[asked.pk]), {"answer": answer, "reason": reason}, follow=True)
        .content.decode()
    )
    assert ("Đã trả lời" if code else "Hãy ghi lý do từ chối") in page
    assert [s.code for s in asked.statuses.all()] == ([code] if code else [])
    assert liaison_waits(clerk) == (0 if code else 1)


def test_what_the_other_side_turned_down_and_what_was_put_aside_is_listed(clerk, sent, settings):
    TransferStatus.objects.create(transfer=sent, code="02", words="không thuộc thẩm quyền")
    Transfer.objects.filter(pk=sent.pk).update(refused=True)
    (settings.EXCHANGE / "nhan").mkdir(parents=True)
    (settings.EXCHANGE / "nhan" / "hong.edxml").write_bytes(b"abc")
    list(one_pass(clerk))
    page = signed_in("vanthu").get(reverse("liaison")).content.decode()
    assert "không thuộc thẩm quyền" in page and "hong.edxml" in page and "bị hỏng" in page


def test_what_was_refused_goes_again_by_one_press(clerk, sent):
    TransferStatus.objects.create(transfer=sent, code="02", words="thiếu phụ lục")
    Transfer.objects.filter(pk=sent.pk).update(refused=True)
    client = signed_in("vanthu")
    assert "Gửi lại" in client.get(reverse("liaison")).content.decode()
    page = client.post(reverse("send-again", args=[sent.pk]), follow=True).content.decode()
    assert "Sẽ gửi lại" in page and "thiếu phụ lục" not in page
    assert Transfer.objects.filter(packet=sent.packet, refused=False).count() == 1


def test_what_was_refused_goes_again_from_the_page_of_its_document(clerk, sent):
    TransferStatus.objects.create(transfer=sent, code="02", words="thiếu phụ lục")
    Transfer.objects.filter(pk=sent.pk).update(refused=True)
    client, page = signed_in("vanthu"), reverse("outgoing-one", args=[sent.document_id])
    assert "Gửi lại" in client.get(page).content.decode()
    answer = client.post(reverse("send-again", args=[sent.pk]), {"back": "document"}, follow=True)
    words = answer.content.decode()
    assert answer.redirect_chain == [(page, 302)] and "Sẽ gửi lại" in words
    assert "thiếu phụ lục" in words and "Gửi lại</button>" not in words


def test_a_wrong_pair_in_the_environment_is_passed_over(monkeypatch):
    from cancu.settings import pairs

    monkeypatch.setenv("X", "H50=https://a.vn/?x=1, H51=b,thiếu")
    assert pairs("X") == {"H50": "https://a.vn/?x=1", "H51": "b"}
