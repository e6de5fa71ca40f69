"""edXML → Packet or StatusMessage, with tolerance: any namespace, any case, “Bussiness” or “Business”, SOAP envelopes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from lxml import etree

from vanban.packet import Business, Named, Organ, Packet, Staff, Status, StatusMessage, Trace
from vanban.read.edxml import attachments
from vanban.read.guard import LARGEST_FILE, UnreadableFile, xml
from vanban.translation import _

_NUMBERS = re.compile(r"\d+")
Element = etree._Element


def packet(data: bytes) -> Packet | StatusMessage:
    """What the message says. Raises ``UnreadableFile`` where it is no edXML message, carries a trap, or leaves out
    what an answer needs: who sent it, which document, which status."""
    if len(data) > LARGEST_FILE:
        raise UnreadableFile(_("Gói tin quá lớn nên không đọc. Hãy đề nghị nơi gửi tách tệp đính kèm."))
    root = xml(data)
    status = _deep(root, "Status")
    if status is not None and _deep(root, "MessageHeader") is None:
        return _status(status)
    message = _deep(root, "MessageHeader")
    if message is None:
        raise UnreadableFile(_("Tệp XML này không phải gói edXML (thiếu MessageHeader). Hãy kiểm tra tệp gốc."))
    return _packet(root, message)


def _packet(root: Element, message: Element) -> Packet:
    info, kind, signer, other = (
        _child(message, name) for name in ("PromulgationInfo", "DocumentType", "SignerInfo", "OtherInfo")
    )
    business = _deep(root, "Bussiness")
    sender = _organ(_child(message, "From"))
    answers = tuple(_named(one) for one in _children(message, "ResponseFor"))
    doing = _value(business, "BussinessDocType") or "0"
    return Packet(
        sender=_known(sender),
        to=tuple(_organ(to) for to in _children(message, "To")),
        named=Named(sender.id, *_code(message), _date(_value(info, "PromulgationDate")), _value(message, "DocumentId")),
        subject=_value(message, "Subject"),
        type_name=_value(kind, "TypeName"),
        type=_value(kind, "Type"),
        place=_value(info, "Place"),
        content=_value(message, "Content"),
        authority=_value(signer, "Competence"),
        position=_value(signer, "Position"),
        signer=_value(signer, "FullName"),
        due_on=_date(_value(message, "DueDate")),
        places=tuple(_text(p) for p in _children(_child(message, "ToPlaces"), "Place")),
        priority=min(_number(_value(other, "Priority")) or 0, 3),
        copies=_number(_value(other, "PromulgationAmount")),
        pages=_number(_value(other, "PageAmount")),
        answers=answers,
        traces=tuple(
            Trace(_value(t, "OrganId"), at)
            for t in _children(_deep(root, "TraceHeaderList"), "TraceHeader")
            if (at := _moment(_value(t, "Timestamp")))
        ),
        business=Business(doing) if doing in set(Business) else Business.NEW,
        reason=_value(business, "BussinessDocReason"),
        staff=_staff(business),
        paper=_value(business, "Paper") == "1",
        replaces=tuple(
            _value(one, "DocumentId") for one in _children(_child(business, "ReplacementInfoList"), "ReplacementInfo")
        ),
        files=tuple(attachments(root)),
    )


def _status(status: Element) -> StatusMessage:
    about, code = _child(status, "ResponseFor"), _value(status, "StatusCode").zfill(2)
    at = _moment(_value(status, "Timestamp"))
    if about is None or code not in set(Status) or at is None:
        raise UnreadableFile(
            _("Thông điệp trạng thái thiếu văn bản, thời điểm hoặc có mã “{code}” không có trong danh mục.").format(
                code=code
            )
        )
    return StatusMessage(
        _named(about),
        _known(_organ(_child(status, "From"))),
        Status(code),
        at,
        _value(status, "Description"),
        _staff(status),
    )


def _known(organ: Organ) -> Organ:
    if not organ.id:
        raise UnreadableFile(_("Gói tin không ghi mã định danh nơi gửi (From/OrganId). Hãy đề nghị nơi gửi ghi rõ."))
    return organ


def _organ(element: Element | None) -> Organ:
    names = ("OrganId", "OrganName", "OrganizationInCharge", "OrganAdd", "Email", "Telephone", "Fax", "Website")
    return Organ(*(_value(element, name) for name in names))


def _named(element: Element) -> Named:
    return Named(
        _value(element, "OrganId"),
        *_code(element),
        _date(_value(element, "PromulgationDate")),
        _value(element, "DocumentId"),
    )


def _code(element: Element) -> tuple[str, str]:
    """Number and symbol; some write both as one word in Code."""
    code = _child(element, "Code")
    if code is not None and len(code) == 0:
        number, _slash, symbol = _text(code).partition("/")
        return number, symbol
    return _value(code, "CodeNumber"), _value(code, "CodeNotation")


def _staff(element: Element | None) -> Staff:
    info = _child(element, "StaffInfo")
    return Staff(*(_value(info, name) for name in ("Department", "Staff", "Mobile", "Email")))


def _date(words: str) -> dt.date | None:
    moment = _moment(words)
    return moment.date() if moment else None


def _moment(words: str) -> dt.datetime | None:
    """A day with or without a time, year first."""
    numbers = [int(n) for n in _NUMBERS.findall(words)[:6] if len(n) <= 4]
    try:
        return dt.datetime(*numbers) if len(numbers) >= 3 else None  # type: ignore[arg-type]  # noqa: DTZ001 - messages say local time without a zone
    except ValueError:
        return None


def _number(words: str) -> int | None:
    return int(words) if words.isascii() and words.isdigit() and len(words) < 7 else None


def _same(element: Element, name: str) -> bool:
    if not isinstance(element.tag, str):
        return False
    return _spelt(etree.QName(element).localname) == _spelt(name)


def _spelt(name: str) -> str:
    return name.lower().replace("bussiness", "business")


def _deep(root: Element, name: str) -> Element | None:
    return next((e for e in root.iter() if _same(e, name)), None)


def _children(parent: Element | None, name: str) -> Iterator[Element]:
    return (e for e in parent if _same(e, name)) if parent is not None else iter(())


def _child(parent: Element | None, name: str) -> Element | None:
    return next(_children(parent, name), None)


def _text(element: Element | None) -> str:
    return "" if element is None else " ".join("".join(str(words) for words in element.itertext()).split())


def _value(parent: Element | None, name: str) -> str:
    return _text(_child(parent, name))
