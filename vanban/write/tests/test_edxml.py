"""edXML packets: what is written is read back whole, strictly written, read with tolerance; traps are refused."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.packet import Attachment, Business, Named, Organ, Packet, Staff, Status, StatusMessage, Trace
from vanban.read import read
from vanban.read.guard import UnreadableFile
from vanban.read.packet import packet
from vanban.write.edxml import NAMESPACE, UnwritablePacket, edxml

WORDS = st.text("aăâđêôơưẢỆỜ bcgh1<>&\"'/-", max_size=40).map(lambda s: " ".join(s.split()))
SAID = WORDS.filter(bool)
IDS = st.from_regex(r"[A-Z][0-9]{2}(\.[0-9A-Z]{2}){0,3}", fullmatch=True)
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1))
MOMENTS = st.builds(dt.datetime.combine, DAYS, st.times().map(lambda t: t.replace(microsecond=0)))
ORGANS = st.builds(Organ, IDS, *[WORDS] * 7)
NAMED = st.builds(
    Named, IDS, st.integers(1, 99999).map(str), st.sampled_from(["BC-SKHCN", "KH-UBND", "QĐ-SKHCN"]), DAYS, SAID
)
STAFF = st.builds(Staff, *[WORDS] * 4)
FILES = st.builds(Attachment, SAID, WORDS, st.binary(max_size=60))


def few(of: st.SearchStrategy[Any], least: int = 0) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, min_size=least, max_size=3).map(tuple)


@st.composite
def packets(draw: st.DrawFn) -> Packet:
    made = draw(
        st.builds(
            Packet,
            sender=ORGANS,
            to=few(ORGANS, 1),
            named=NAMED,
            subject=SAID,
            type_name=SAID,
            place=WORDS,
            type=WORDS,
            content=WORDS,
            authority=WORDS,
            position=WORDS,
            signer=WORDS,
            due_on=st.none() | DAYS,
            places=few(SAID),
            priority=st.integers(0, 3),
            copies=st.none() | st.integers(0, 999),
            pages=st.none() | st.integers(0, 999),
            answers=few(NAMED),
            traces=few(st.builds(Trace, IDS, MOMENTS)),
            business=st.sampled_from(Business),
            reason=SAID,
            staff=STAFF,
            paper=st.booleans(),
            replaces=few(SAID),
            files=few(FILES),
        )
    )
    return dataclasses.replace(made, named=dataclasses.replace(made.named, organ=made.sender.id))


@given(packets())
def test_a_packet_is_read_back_as_it_was_written(one: Packet) -> None:
    assert packet(edxml(one)) == one


@given(st.builds(StatusMessage, NAMED, ORGANS, st.sampled_from(Status), MOMENTS, WORDS, STAFF))
def test_a_status_message_is_read_back_as_it_was_written(one: StatusMessage) -> None:
    assert packet(edxml(one)) == one


def letter(**changes: Any) -> Packet:
    sender = Organ("H50.13", "Sở Khoa học và Công nghệ")
    return dataclasses.replace(
        Packet(
            sender,
            (Organ("H50", "UBND tỉnh Quảng Trị"),),
            Named("H50.13", "215", "BC-SKHCN", dt.date(2024, 11, 15), "H50.13,2024/11/15,215/BC-SKHCN"),
            "Kết quả năm 2024",
            "Báo cáo",
            traces=(Trace("H50.13", dt.datetime.fromisoformat("2024-11-15T08:30")),),
            reason="gửi lại",
            answers=(Named("H50", "4986", "UBND-NC", dt.date(2024, 11, 11), "x"),),
        ),
        **changes,
    )


def test_every_element_carries_the_prefix_that_receivers_ask_for() -> None:
    written = edxml(letter(files=(Attachment("a.pdf", "application/pdf", b"%PDF"),))).decode()
    assert (
        f'<edXML:edXML xmlns:edXML="{NAMESPACE}"><edXML:edXMLEnvelope><edXML:edXMLHeader><edXML:MessageHeader><edXML:From>'
        in written
    )
    assert (
        '<edXML:edXMLBody><edXML:edXMLManifest version="1.0"><edXML:Reference><edXML:ContentId>cid:file-1</edXML:ContentId>'
        in written
    )
    assert written.endswith(
        "</edXML:edXMLEnvelope><edXML:AttachmentEncoded><edXML:Attachment><edXML:ContentId>file-1</edXML:ContentId><edXML:ContentType>application/pdf</edXML:ContentType>"
        "<edXML:AttachmentName>a.pdf</edXML:AttachmentName><edXML:ContentTransferEncoded>JVBERg==</edXML:ContentTransferEncoded></edXML:Attachment></edXML:AttachmentEncoded></edXML:edXML>"
    )
    assert "<edXML:Bussiness><edXML:BussinessDocType>0" in written


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (NAMESPACE, "http://schemas.xmlsoap.org/soap/envelope/"),
        ("Bussiness", "Business"),
        ("edXML:", "x:"),
        ("MessageHeader", "messageheader"),
        ("2024/11/15", "2024-11-15"),
    ],
)
def test_packets_of_other_makers_are_read(before: str, after: str) -> None:
    written = (
        edxml(letter())
        .decode()
        .replace("xmlns:edXML", "xmlns:x" if after == "x:" else "xmlns:edXML")
        .replace(before, after)
    )
    expected = letter()
    if "-11-" in after:
        expected = letter(
            named=dataclasses.replace(expected.named, id=expected.named.id.replace("2024/11/15", "2024-11-15"))
        )
    assert packet(written.encode()) == expected


def test_a_written_packet_is_a_document_to_the_reader() -> None:
    made = read(edxml(letter()))
    assert (made.header.code, made.header.kind, made.header.title) == ("215/BC-SKHCN", "BÁO CÁO", "Kết quả năm 2024")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"to": ()}, "nơi nhận"),
        ({"subject": " "}, "Subject"),
        ({"subject": "a" * 501}, "500"),
        ({"priority": 4}, "Độ khẩn"),
        ({"sender": Organ("sở")}, "Mã định danh"),
        ({"business": Business.RECALL, "reason": ""}, "lý do"),
        ({"named": Named("H50.13", "", "BC", dt.date(2024, 1, 1), "x")}, "CodeNumber"),
        ({"named": Named("H50.13", "1", "BC", None, "x")}, "ngày ban hành"),
    ],
)
def test_what_a_receiver_would_refuse_is_not_written(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(UnwritablePacket, match=words):
        edxml(letter(**changes))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<a/>",
        b"khong phai xml",
        b"<Status><StatusCode>99</StatusCode></Status>",
        edxml(letter()).replace(b"<edXML:OrganId>H50.13</edXML:OrganId>", b"", 1),
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><MessageHeader>&x;</MessageHeader>',
    ],
)
def test_hostile_and_broken_packets_are_refused_with_a_reason(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"\w"):
        packet(data)
