"""edXML packages (QCVN 102:2016/BTTTT) → Document: the metadata of the message give the header.

Read with tolerance: names are matched without namespace and case, and the older SOAP envelope is accepted. Attachments are listed; the first that is itself a
readable document gives the body.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import re
from contextlib import suppress
from dataclasses import replace

from lxml import etree

from vanban.document import Document, Header, Paragraph, Signature, Text, joined
from vanban.packet import Attachment
from vanban.read.guard import LARGEST_FILE, Package, ScannedFile, UnreadableFile, xml
from vanban.translation import _

_DATE = re.compile(r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})")
_READABLE = (".docx", ".doc", ".pdf", ".html", ".htm", ".txt")
Element = etree._Element


def edxml(data: bytes) -> Document:
    """The document that the message carries: body from its first readable attachment, header, signer and
    recipients from the message where the body doesn't say them. A message without a readable attachment (a scan has no words)
    gives its subject and the list of what is attached."""
    root, members = _opened(data)
    if root.find(".//{*}MessageHeader") is None and _first(root, "Subject") is None:
        raise UnreadableFile(_("Tệp XML này không phải gói edXML (thiếu MessageHeader). Hãy kiểm tra tệp gốc."))
    message = _message(root)
    files = list(attachments(root)) + members
    for file in files:
        if file.name.lower().endswith(_READABLE) and file.data:
            with suppress(ScannedFile):  # the message says what the picture shows
                return _merged(message, _read(file))
    listed = tuple(Paragraph(joined((Text(file.name or file.kind),)), "-") for file in files)
    return replace(message, blocks=message.blocks + listed)


def enclosed(data: bytes) -> list[Attachment]:
    """Every file that the message carries, inside it or beside it in its zip."""
    root, members = _opened(data)
    return [*attachments(root), *members]


def attachments(root: Element) -> list[Attachment]:
    """Every attachment of the message, decoded; one that is not base64 comes without data."""
    out: list[Attachment] = []
    names = {
        _value(r, "ContentId").removeprefix("cid:"): _value(r, "AttachmentName") for r in _every(root, "Reference")
    }
    for element in _every(root, "Attachment"):
        key = _value(element, "ContentId").removeprefix("cid:")
        words = _value(element, "ContentTransferEncoded")
        try:
            data = base64.b64decode("".join(words.split()), validate=True)
        except (binascii.Error, ValueError):
            data = b""
        out.append(
            Attachment(_value(element, "AttachmentName") or names.get(key, ""), _value(element, "ContentType"), data)
        )
    known = {a.name for a in out}
    out += [Attachment(name, "", b"") for name in names.values() if name and name not in known]
    return out


def _opened(data: bytes) -> tuple[Element, list[Attachment]]:
    """The message, and the files that lie beside it when the package is a zip."""
    if not data.startswith(b"PK"):
        return xml(data), []
    package = Package(data)
    messages = [n for n in package.names if n.lower().endswith((".edxml", "edxml.xml", ".xml"))]
    rest = [
        Attachment(n, "", package.read(n)) for n in package.names if n not in messages and n.lower().endswith(_READABLE)
    ]
    return xml(package.read(messages[0])), rest


def _read(file: Attachment) -> Document:
    from vanban.read import read

    if len(file.data) > LARGEST_FILE:
        raise UnreadableFile(_("Tệp đính kèm quá lớn nên không đọc."))
    return read(file.data, file.name)


def _message(root: Element) -> Document:
    code = _first(root, "Code")
    info = _first(root, "PromulgationInfo")
    kind = _first(root, "DocumentType")
    signer = _first(root, "SignerInfo")
    sender = _first(root, "From")
    notation = _value(code, "CodeNotation")
    header = Header(
        issuer=_value(sender, "OrganName").upper(),
        parent=_value(sender, "OrganizationInCharge").upper(),
        number=_value(code, "CodeNumber"),
        symbol=notation,
        place=_value(info, "Place"),
        date=_date(_value(info, "PromulgationDate")),
        kind=_kind(_value(kind, "TypeName")),
        title=_text(_first(root, "Subject")),
    )
    authority = " ".join(w for w in (_value(signer, "Competence"), _value(signer, "Position")) if w)
    places = tuple(_text(p) for parent in _every(root, "ToPlaces") for p in _every(parent, "Place"))
    addressees = tuple(name for to in _every(root, "To") if (name := _value(to, "OrganName")))
    content = _text(_first(root, "Content"))
    body = (Paragraph(joined((Text(content),))),) if content else ()
    signature = Signature((authority.upper(),) if authority else (), _value(signer, "FullName"))
    return Document(header, addressees, (), body, signature, places)


def _merged(message: Document, body: Document) -> Document:
    """The attachment's tree, gaps filled from the message (a signed file's own words come first)."""
    own, told = body.header, message.header
    filled = {
        name: getattr(own, name) or getattr(told, name)
        for name in ("parent", "issuer", "number", "symbol", "place", "date", "title")
    }
    kind = own.kind or ("" if own.title else told.kind)
    return replace(
        body,
        header=Header(kind=kind, **filled),
        addressees=body.addressees or message.addressees,
        recipients=body.recipients or message.recipients,
        signature=body.signature if body.signature.name else message.signature,
    )


def _kind(name: str) -> str:
    return "" if name.strip().lower() == "công văn" else name.strip().upper()


def _date(words: str) -> dt.date | None:
    found = _DATE.search(words)
    try:
        return dt.date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _every(root: Element | None, name: str) -> list[Element]:
    if root is None:
        return []
    return [e for e in root.iter() if isinstance(e.tag, str) and etree.QName(e).localname.lower() == name.lower()]


def _first(root: Element | None, name: str) -> Element | None:
    return next(iter(_every(root, name)), None)


def _text(element: Element | None) -> str:
    return "" if element is None else " ".join("".join(str(words) for words in element.itertext()).split())


def _value(element: Element | None, name: str) -> str:
    """The words of the first child of that name."""
    return _text(_first(element, name))
