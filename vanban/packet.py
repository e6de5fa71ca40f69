"""An official document as it travels between agencies: the edXML packet, and the status message that answers it.

Both are values, free of XML: ``vanban.read.edxml.packet`` makes them, ``vanban.write.edxml`` writes them. Legal source:
QCVN 102:2016/BTTTT with its amendment 1:2022; Decision 28/2018/QĐ-TTg for the statuses, as agencies have built them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels in the packet. ``kind`` is its media type."""

    name: str
    kind: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Organ:
    """An agency: its identifier by Decision 20/2020/QĐ-TTg (“H50.13”; the older 13 characters are read too) and name."""

    id: str
    name: str = ""
    in_charge: str = ""
    address: str = ""
    email: str = ""
    telephone: str = ""
    fax: str = ""
    website: str = ""


class Business(StrEnum):
    """What the packet does with the document: BussinessDocType."""

    NEW = "0"
    RECALL = "1"
    UPDATE = "2"
    REPLACE = "3"


class Status(StrEnum):
    """What became of a packet at the other agency. Codes that the sources at hand name; no other is written."""

    ARRIVED = "01"
    REFUSED = "02"
    RECEIVED = "03"
    ASSIGNED = "04"
    WORKING = "05"
    DONE = "06"
    RECALL_ASKED = "13"
    RECALL_AGREED = "15"
    RECALL_REFUSED = "16"


@dataclass(frozen=True, slots=True)
class Named:
    """A document named across agencies: issuer's identifier, number, symbol, day, and the packet's own name."""

    organ: str
    number: str
    symbol: str
    day: dt.date | None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """One agency that the packet went through, and when (local time, whole seconds)."""

    organ: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Staff:
    """Who to ask about the packet at the agency that wrote it."""

    department: str = ""
    name: str = ""
    mobile: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Packet:
    """One document on its way. ``type_name`` is the Vietnamese name of the type (“Báo cáo”); ``priority`` 0 to 3 from
    thường to hỏa tốc; ``paper`` whether a paper copy follows; ``replaces`` the ids of the documents it takes the place of."""

    sender: Organ
    to: tuple[Organ, ...]
    named: Named
    subject: str
    type_name: str
    place: str = ""
    type: str = "2"
    content: str = ""
    authority: str = ""
    position: str = ""
    signer: str = ""
    due_on: dt.date | None = None
    places: tuple[str, ...] = ()
    priority: int = 0
    copies: int | None = None
    pages: int | None = None
    answers: tuple[Named, ...] = ()
    traces: tuple[Trace, ...] = ()
    business: Business = Business.NEW
    reason: str = ""
    staff: Staff = field(default_factory=Staff)
    paper: bool = False
    replaces: tuple[str, ...] = ()
    files: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class StatusMessage:
    """What the agency ``sender`` did with the document ``about``, at ``at`` (local time, whole seconds)."""

    about: Named
    sender: Organ
    status: Status
    at: dt.datetime
    description: str = ""
    staff: Staff = field(default_factory=Staff)
