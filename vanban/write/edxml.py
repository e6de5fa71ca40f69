"""Packet → edXML 2.0, strictly: every element has the prefix and place that QCVN 102:2016/BTTTT gives it.

The misspelt names (Bussiness…) are the standard's own. Equal packets give equal bytes. What an agency's receiver
would refuse is refused here, with the field that is wrong.
"""

from __future__ import annotations

import base64
import datetime as dt
import re

from lxml import etree

from vanban.packet import Attachment, Business, Named, Organ, Packet, Staff, StatusMessage
from vanban.translation import _
from vanban.write.words import clean

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
_ORGAN = re.compile(r"[A-Z0-9]+(\.[A-Z0-9]+)*", re.ASCII)
_LONGEST = {
    "OrganId": 35,
    "CodeNumber": 11,
    "CodeNotation": 30,
    "Subject": 500,
    "TypeName": 100,
    "OrganName": 200,
    "FullName": 50,
}
Element = etree._Element


class UnwritablePacket(ValueError):  # noqa: N818
    """The packet lacks something, or a field doesn't fit the standard; the words say which and how to mend it."""


def edxml(message: Packet | StatusMessage) -> bytes:
    """The packet or status message as a UTF-8 XML file. Raises ``UnwritablePacket``."""
    root = etree.Element(_name("edXML"), nsmap={"edXML": NAMESPACE})
    header = _under(_under(root, "edXMLEnvelope"), "edXMLHeader")
    if isinstance(message, StatusMessage):
        _status(header, message)
    else:
        _packet(header, message)
        _files(root, message.files)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def _packet(header: Element, packet: Packet) -> None:
    if not packet.to:
        raise UnwritablePacket(_("Gói tin chưa có nơi nhận. Hãy chọn ít nhất một cơ quan."))
    if not 0 <= packet.priority <= 3:
        raise UnwritablePacket(_("Độ khẩn phải từ 0 (thường) đến 3 (hỏa tốc)."))
    message = _under(header, "MessageHeader")
    for name, organ in (("From", packet.sender), *(("To", one) for one in packet.to)):
        _organ(_under(message, name), organ)
    _code(message, packet.named)
    info = _under(message, "PromulgationInfo")
    _say(info, "Place", packet.place)
    _say(info, "PromulgationDate", _day(packet.named.day))
    kind = _under(message, "DocumentType")
    _say(kind, "Type", packet.type)
    _required(kind, "TypeName", packet.type_name)
    _required(message, "Subject", packet.subject)
    _say(message, "Content", packet.content)
    signer = _under(message, "SignerInfo")
    for name, words in (("Competence", packet.authority), ("Position", packet.position), ("FullName", packet.signer)):
        _say(signer, name, words)
    _say(message, "DueDate", _day(packet.due_on))
    places = _under(message, "ToPlaces")
    for place in packet.places:
        _required(places, "Place", place)
    other = _under(message, "OtherInfo")
    _say(other, "Priority", str(packet.priority))
    _say(other, "PromulgationAmount", _count(packet.copies))
    _say(other, "PageAmount", _count(packet.pages))
    for answered in packet.answers:
        _named(_under(message, "ResponseFor"), answered)
    _required(message, "DocumentId", packet.named.id)
    _traces(_under(header, "TraceHeaderList"), packet)


def _status(header: Element, message: StatusMessage) -> None:
    status = _under(header, "Status")
    _named(_under(status, "ResponseFor"), message.about)
    _organ(_under(status, "From"), message.sender)
    _say(status, "StatusCode", message.status.value)
    _say(status, "Description", message.description)
    _say(status, "Timestamp", _moment(message.at))
    _staff(status, message.staff)


def _traces(under: Element, packet: Packet) -> None:
    for trace in packet.traces:
        one = _under(under, "TraceHeader")
        _organ_id(one, trace.organ)
        _say(one, "Timestamp", _moment(trace.at))
    business = _under(under, "Bussiness")
    _say(business, "BussinessDocType", packet.business.value)
    if packet.business != Business.NEW and not packet.reason.strip():
        raise UnwritablePacket(_("Thu hồi, cập nhật, thay thế văn bản phải ghi lý do (BussinessDocReason)."))
    _say(business, "BussinessDocReason", packet.reason)
    _say(business, "Paper", "1" if packet.paper else "0")
    _staff(business, packet.staff)
    if packet.replaces:
        replaced = _under(business, "ReplacementInfoList")
        for id in packet.replaces:
            _required(_under(replaced, "ReplacementInfo"), "DocumentId", id)


def _files(root: Element, files: tuple[Attachment, ...]) -> None:
    manifest = _under(_under(root.find(_name("edXMLEnvelope")), "edXMLBody"), "edXMLManifest")
    manifest.set("version", "1.0")
    encoded = _under(root, "AttachmentEncoded")
    for number, file in enumerate(files, 1):
        reference, attachment = _under(manifest, "Reference"), _under(encoded, "Attachment")
        for element, prefix in ((reference, "cid:"), (attachment, "")):
            _say(element, "ContentId", f"{prefix}file-{number}")
            _say(element, "ContentType", file.kind)
            _required(element, "AttachmentName", file.name)
        _say(attachment, "ContentTransferEncoded", base64.b64encode(file.data).decode("ascii"))


def _organ(under: Element, organ: Organ) -> None:
    _organ_id(under, organ.id)
    for name, words in (
        ("OrganizationInCharge", organ.in_charge),
        ("OrganName", organ.name),
        ("OrganAdd", organ.address),
        ("Email", organ.email),
        ("Telephone", organ.telephone),
        ("Fax", organ.fax),
        ("Website", organ.website),
    ):
        _say(under, name, words)


def _organ_id(under: Element, organ: str) -> None:
    if not _ORGAN.fullmatch(organ):
        raise UnwritablePacket(
            _(
                "Mã định danh “{organ}” không đúng: viết các nhóm chữ hoa, chữ số cách nhau bằng dấu chấm, ví dụ H50.13."
            ).format(organ=organ)
        )
    _say(under, "OrganId", organ)


def _named(under: Element, named: Named) -> None:
    _organ_id(under, named.organ)
    _code(under, named)
    _say(under, "PromulgationDate", _day(named.day))
    _say(under, "DocumentId", named.id)


def _code(under: Element, named: Named) -> None:
    code = _under(under, "Code")
    _required(code, "CodeNumber", named.number)
    _required(code, "CodeNotation", named.symbol)
    if named.day is None:
        raise UnwritablePacket(_("Văn bản chưa có ngày ban hành nên chưa gửi được."))


def _staff(under: Element, staff: Staff) -> None:
    made = _under(under, "StaffInfo")
    for name, words in (
        ("Department", staff.department),
        ("Staff", staff.name),
        ("Mobile", staff.mobile),
        ("Email", staff.email),
    ):
        _say(made, name, words)


def _required(under: Element, name: str, words: str) -> None:
    if not words.strip():
        raise UnwritablePacket(_("Gói tin thiếu {name}. Hãy ghi trước khi gửi.").format(name=name))
    _say(under, name, words)


def _say(under: Element, name: str, words: str) -> None:
    """Add the element where there are words; an empty optional element is left out."""
    if len(words) > _LONGEST.get(name, len(words)):
        raise UnwritablePacket(
            _("{name} dài quá {limit} ký tự mà quy chuẩn cho phép. Hãy viết gọn lại.").format(
                name=name, limit=_LONGEST[name]
            )
        )
    if words:
        _under(under, name).text = clean(words)


def _under(parent: Element | None, name: str) -> Element:
    assert parent is not None
    return etree.SubElement(parent, _name(name))


def _name(local: str) -> str:
    return f"{{{NAMESPACE}}}{local}"


def _day(day: dt.date | None) -> str:
    return f"{day.year:04d}/{day.month:02d}/{day.day:02d}" if day else ""


def _moment(at: dt.datetime) -> str:
    return f"{_day(at.date())} {at.hour:02d}:{at.minute:02d}:{at.second:02d}"


def _count(number: int | None) -> str:
    return "" if number is None else str(number)
