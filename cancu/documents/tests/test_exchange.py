"""A document goes to another agency and its statuses come back; what comes for us waits to be registered."""

from __future__ import annotations

import datetime as dt
from contextlib import closing

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from cancu.core.attachments import Attachment, attach
from cancu.core.people import Role
from cancu.core.tests.rows import make, person
from cancu.documents.arrivals import Arrival
from cancu.documents.exchange import answer_recall, one_pass, recall, send, send_again
from cancu.documents.jobs import exchange
from cancu.documents.models import Document, Issuer, Transfer
from cancu.documents.tests.papers import letter, office
from cancu.documents.transfers import FoundSignature, TransferStatus
from vanban.packet import Attachment as Enclosed
from vanban.packet import Business, Named, Organ, Packet, Status, StatusMessage
from vanban.read.packet import packet
from vanban.write import write
from vanban.write.edxml import edxml

pytestmark = pytest.mark.django_db
US, THEM = Organ("H50.13", "Sở Khoa học và Công nghệ"), Organ("H50", "UBND tỉnh Quảng Trị")
THEIRS = Named("H50", "4986", "UBND-NC", dt.date(2024, 11, 11), "H50,2024/11/11,4986/UBND-NC")


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, settings):
    settings.VAR, settings.EXCHANGE, settings.ORGAN_ID, settings.TRUST_ROOTS = (
        tmp_path,
        tmp_path / "exchange",
        "H50.13",
        tmp_path / "roots",
    )
    (tmp_path / "exchange" / "nhan").mkdir(parents=True)


@pytest.fixture
def clerk():
    clerk = office()["clerk"]
    Issuer.objects.filter(code="UBND-2025").update(organ_id="H50")
    return clerk


@pytest.fixture
def report(clerk):
    return make(
        Document,
        number="215/BC-SKHCN",
        issued_on="2024-11-15",
        direction="outgoing",
        type="report",
        title="Kết quả năm 2024",
        issuer="UBND",
        owner_unit="VP",
        recipients="Như trên; Lưu: VT",
    )


def to_us(**changes):
    given = {
        "sender": THEM,
        "to": (US,),
        "named": THEIRS,
        "subject": "báo cáo",
        "type_name": "Công văn",
        "files": (Enclosed("cong-van.docx", "", write(letter(), "docx")),),
        **changes,
    }
    return Packet(**given)


def came(settings, name, data):
    (settings.EXCHANGE / "nhan" / name).write_bytes(data if isinstance(data, bytes) else edxml(data))


def out(settings):
    return [
        packet(p.read_bytes())
        for p in sorted((settings.EXCHANGE / "gui").iterdir(), key=lambda p: p.stat().st_mtime_ns)
    ]


def test_a_sent_document_is_written_once_with_its_file_however_often_the_pass_runs(clerk, report, settings):
    file = attach(report, "bao-cao.pdf", write(letter(), "pdf"), clerk, "pdf")
    issuer = Issuer.objects.filter(organ_id="H50")
    send(report, issuer, clerk, [file])
    send(report, issuer, clerk, [file])
    for _again in range(2):
        list(one_pass(clerk))
    (sent,) = out(settings)
    assert (sent.to[0].id, sent.named.id, sent.subject, sent.places) == (
        "H50",
        "H50.13,2024/11/15,215/BC-SKHCN",
        "Kết quả năm 2024",
        ("Như trên", "Lưu: VT"),
    )
    assert sent.files[0].data == file.read()


def test_a_pass_killed_before_it_noted_what_it_wrote_writes_the_same_file_again(clerk, report, settings):
    send(report, Issuer.objects.filter(organ_id="H50"), clerk)
    list(one_pass(clerk))
    Transfer.objects.update(written_at=None)
    list(one_pass(clerk))
    assert len(out(settings)) == 1


def test_a_pass_leaves_the_work_to_one_that_runs_already(clerk, report, settings):
    send(report, Issuer.objects.filter(organ_id="H50"), clerk)
    with closing(connection.copy()) as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('documents.exchange'))")
        assert list(one_pass(clerk)) == []
        # Let go in words: a server notices a closed connection only some time after it was closed.
        cursor.execute("SELECT pg_advisory_unlock(hashtext('documents.exchange'))")
    assert len(list(one_pass(clerk))) == 1


@pytest.mark.parametrize(
    ("organ", "username", "sent"),
    [("H50.13", "vanthu", 1), ("", "vanthu", 0), ("H50.13", "khong-co-ai", 0), ("H50.13", "cv.khac", 0)],
)
def test_the_worker_makes_a_pass_where_the_department_is_set_up(clerk, report, settings, organ, username, sent):
    person("cv.khac", "QLCN", Role.SPECIALIST)
    send(report, Issuer.objects.filter(organ_id="H50"), clerk)
    settings.ORGAN_ID, settings.EXCHANGE_CLERK = organ, username
    exchange()
    assert Transfer.objects.exclude(written_at=None).count() == sent


@pytest.mark.parametrize("code", ["01", "02", "03", "04", "05", "06"])
def test_a_status_that_comes_back_stands_with_the_transfer_once(clerk, report, settings, code):
    (transfer,) = send(report, Issuer.objects.filter(organ_id="H50"), clerk)
    message = StatusMessage(
        Named("H50.13", "215", "BC-SKHCN", dt.date(2024, 11, 15), transfer.packet),
        THEM,
        Status(code),
        dt.datetime.fromisoformat("2024-11-15T09:00"),
        "lý do",
    )
    for name in ("a.edxml", "b.edxml"):
        came(settings, name, message)
    assert not [o.refusal for o in one_pass(clerk) if o.refusal]
    assert [(s.code, s.words) for s in TransferStatus.objects.all()] == [(code, "lý do")]


def test_what_was_refused_may_be_sent_again_and_its_statuses_go_to_the_new_sending(clerk, report, settings):
    (first,) = send(report, Issuer.objects.filter(organ_id="H50"), clerk)
    list(one_pass(clerk))
    named = Named("H50.13", "215", "BC-SKHCN", dt.date(2024, 11, 15), first.packet)
    made = timezone.localtime(first.made_at).replace(tzinfo=None)
    came(settings, "a.edxml", StatusMessage(named, THEM, Status.REFUSED, made, "thiếu phụ lục"))
    list(one_pass(clerk))
    again = send_again(Transfer.objects.get(), clerk)
    Transfer.objects.filter(pk=again.pk).update(made_at=first.made_at + dt.timedelta(hours=1))
    for name, hours, status in (("b.edxml", 0, Status.REFUSED), ("c.edxml", 2, Status.RECEIVED)):
        moment = made + dt.timedelta(hours=hours)
        came(settings, name, StatusMessage(named, THEM, status, moment, "thiếu phụ lục"))
    list(one_pass(clerk))
    assert [(t.refused, [s.code for s in t.statuses.all()]) for t in Transfer.objects.order_by("pk")] == [
        (True, ["02"]),
        (False, ["03"]),
    ]
    assert len([m for m in out(settings) if isinstance(m, Packet)]) == 2
    assert not Transfer.objects.turned_down().exists()
    with pytest.raises(ValidationError, match="không bị từ chối"):
        send_again(again, clerk)


def test_a_packet_that_was_refused_here_is_taken_in_when_it_is_sent_again(clerk, settings):
    from cancu.documents.arriving import drop

    came(settings, "a.edxml", to_us())
    list(one_pass(clerk))
    drop(Arrival.objects.get())
    list(one_pass(clerk))
    came(settings, "b.edxml", to_us())
    list(one_pass(clerk))
    assert [(t.refused, t.arrival is not None) for t in Transfer.objects.order_by("pk")] == [
        (True, False),
        (False, True),
    ]


def test_a_packet_waits_to_be_registered_and_its_statuses_follow_the_work(
    clerk, settings, django_capture_on_commit_callbacks
):
    from cancu.documents.arriving import register
    from cancu.documents.assignments import Assignment
    from cancu.documents.tests.test_arriving import values_of

    came(settings, "a.edxml", to_us())
    list(one_pass(clerk))
    came(settings, "a-again.edxml", to_us())
    list(one_pass(clerk))
    assert [(m.status, m.about.id) for m in out(settings)] == [(Status.ARRIVED, THEIRS.id)]
    arrival = Arrival.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        document = register(arrival, values_of(arrival, arrived_on=dt.date(2024, 11, 12)), clerk)
    list(one_pass(clerk))
    assert out(settings)[-1].status == Status.RECEIVED
    given = make(Assignment, document=document, owner_unit="QLCN", given_on="2024-11-12", given_by=clerk)
    list(one_pass(clerk))
    assert (out(settings)[-1].status, out(settings)[-1].description) == (Status.ASSIGNED, "Phòng Quản lý công nghệ")
    given.state = "seen"
    given.save()
    list(one_pass(clerk))
    assert out(settings)[-1].status == Status.WORKING
    given.state, given.response = (
        "done",
        make(Document, number="300/SKHCN-QLCN", issued_on="2024-11-14", direction="outgoing"),
    )
    given.save()
    list(one_pass(clerk))
    list(one_pass(clerk))
    assert [m.status for m in out(settings)] == ["01", "03", "04", "05", "06"]
    assert [a.name for a in Attachment.objects.of(document)] == ["a.edxml", "cong-van.docx"]


def test_the_signatures_of_an_enclosed_pdf_are_checked_when_it_is_registered(
    clerk, settings, django_capture_on_commit_callbacks
):
    from cancu.documents.arriving import register
    from cancu.documents.signing import sign
    from cancu.documents.tests.authority import PASSPHRASE, Authority
    from cancu.documents.tests.test_arriving import values_of

    authority = Authority()
    authority.trusted_in(settings.TRUST_ROOTS)
    signed = sign(write(letter(), "pdf"), authority.key_of("UBND tỉnh"), PASSPHRASE, "seal", "Nguyễn Văn Bình")
    came(settings, "a.edxml", to_us(files=(Enclosed("cong-van.pdf", "application/pdf", signed),)))
    list(one_pass(clerk))
    arrival = Arrival.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        register(arrival, values_of(arrival, arrived_on=dt.date(2024, 11, 12)), clerk)
    found = FoundSignature.objects.get()
    assert (found.signer, found.good, found.attachment.name) == ("UBND tỉnh", True, "cong-van.pdf")


def test_a_document_dropped_by_the_clerk_is_told_as_refused(clerk, settings):
    from cancu.documents.arriving import drop

    came(settings, "a.edxml", to_us())
    list(one_pass(clerk))
    drop(Arrival.objects.get())
    list(one_pass(clerk))
    assert [m.status for m in out(settings)] == [Status.ARRIVED, Status.REFUSED]


@pytest.mark.parametrize("ask", ["packet", "status"])
def test_what_is_asked_back_before_it_is_registered_is_given_back(clerk, settings, ask):
    came(settings, "a.edxml", to_us())
    list(one_pass(clerk))
    moment = dt.datetime.fromisoformat("2024-11-12T08:00")
    came(
        settings,
        "b.edxml",
        to_us(business=Business.RECALL, reason="nhầm", files=())
        if ask == "packet"
        else StatusMessage(THEIRS, THEM, Status.RECALL_ASKED, moment, "nhầm"),
    )
    list(one_pass(clerk))
    assert not Arrival.objects.exists()
    assert Status.RECALL_AGREED in [m.status for m in out(settings)]


def test_what_is_registered_is_given_back_only_when_the_clerk_agrees(
    clerk, settings, django_capture_on_commit_callbacks
):
    from cancu.documents.arriving import register
    from cancu.documents.tests.test_arriving import values_of

    came(settings, "a.edxml", to_us())
    list(one_pass(clerk))
    arrival = Arrival.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        register(arrival, values_of(arrival, arrived_on=dt.date(2024, 11, 12)), clerk)
    came(settings, "b.edxml", to_us(business=Business.RECALL, reason="nhầm", files=()))
    list(one_pass(clerk))
    asked = Transfer.objects.get(business="1")
    with pytest.raises(ValidationError, match="lý do"):
        answer_recall(asked, clerk, agreed=False)
    answer_recall(asked, clerk, agreed=False, reason="đã giải quyết xong")
    list(one_pass(clerk))
    assert [(m.status, m.description) for m in out(settings)][-1] == (Status.RECALL_REFUSED, "đã giải quyết xong")
    with pytest.raises(ValidationError, match="đã được trả lời"):
        answer_recall(asked, clerk, agreed=True)


def test_our_recalled_document_is_asked_back_and_the_answer_stands_with_the_request(clerk, report, settings):
    send(report, Issuer.objects.filter(organ_id="H50"), clerk)
    Document.objects.filter(pk=report.pk).update(state="recalled")
    report.refresh_from_db()
    (asked,) = recall(report, clerk, "sai số liệu")
    list(one_pass(clerk))
    assert [(p.business, p.reason) for p in out(settings)] == [("0", ""), ("1", "sai số liệu")]
    came(
        settings,
        "a.edxml",
        StatusMessage(
            Named("H50.13", "215", "BC-SKHCN", dt.date(2024, 11, 15), asked.packet),
            THEM,
            Status.RECALL_AGREED,
            dt.datetime.fromisoformat("2024-11-15T09:00"),
        ),
    )
    list(one_pass(clerk))
    assert [s.code for s in asked.statuses.all()] == ["15"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "hỏng"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><MessageHeader>&x;</MessageHeader>', r"\w"),
        (edxml(to_us(to=(Organ("H99"),))), "không gửi tới H50.13"),
        (
            edxml(StatusMessage(THEIRS, THEM, Status.DONE, dt.datetime.fromisoformat("2024-11-15T09:00"))),
            "không gửi tới nơi ấy",
        ),
    ],
)
def test_a_broken_hostile_or_foreign_packet_is_put_aside_with_its_reason_and_leaves_nothing(
    clerk, settings, data, words
):
    import re

    came(settings, "x.edxml", data)
    (outcome,) = one_pass(clerk)
    aside = settings.EXCHANGE / "nhan" / "tu-choi"
    assert re.search(words, outcome.refusal)
    assert (aside / "x.edxml.vi-sao.txt").read_text(encoding="utf-8").strip() == outcome.refusal
    assert not Transfer.objects.exists() and not Arrival.objects.exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"direction": "incoming"}, "văn bản đi"),
        ({"state": "drafting", "number": ""}, "đã ban hành"),
        ({"title": ""}, "Subject"),
    ],
)
def test_what_cannot_be_sent_says_why(clerk, report, change, words):
    Document.objects.filter(pk=report.pk).update(**change)
    report.refresh_from_db()
    with pytest.raises(ValidationError, match=words):
        send(report, Issuer.objects.filter(organ_id="H50"), clerk)
    assert not Transfer.objects.exists()


def test_only_the_clerk_sends_and_only_to_agencies_with_an_identifier(clerk, report):
    with pytest.raises(PermissionDenied):
        send(report, Issuer.objects.filter(organ_id="H50"), person("cv.qlcn", "QLCN", Role.SPECIALIST))
    with pytest.raises(ValidationError, match="chưa có mã định danh"):
        send(report, Issuer.objects.filter(code="TTG"), clerk)
