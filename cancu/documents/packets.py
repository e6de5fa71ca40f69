"""A sending, or a status of one, as the edXML message that goes to the other agency."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cancu.core.attachments import TYPES
from vanban.packet import Attachment as Enclosed
from vanban.packet import Business, Named, Organ, Packet, Status, StatusMessage, Trace
from vanban.write.edxml import UnwritablePacket, edxml

from .arriving import department
from .models import Document
from .transfers import BusinessKind, Transfer, TransferStatus


def check(transfer: Transfer) -> None:
    """Write the packet once for nothing, so that what is missing is said to who sends, not to who runs the pass."""
    if not settings.ORGAN_ID:
        raise ValidationError(_("Chưa đặt CANCU_ORGAN_ID (mã định danh của cơ quan, ví dụ H50.13)."))
    try:
        edxml(packet_of(transfer))
    except UnwritablePacket as error:
        raise ValidationError(str(error)) from error


def packet_of(transfer: Transfer) -> Packet:
    """The document with its files; a request to have it back goes without them."""
    document = transfer.document
    files = (
        ()
        if transfer.business == BusinessKind.RECALL
        else tuple(Enclosed(f.name, f.type or TYPES["txt"], f.read()) for f in transfer.files.order_by("pk"))
    )
    return Packet(
        _us(),
        (Organ(transfer.organ, transfer.organ_name),),
        _named(transfer, settings.ORGAN_ID),
        document.title[:500],
        document.get_type_display(),
        signer=document.signer[:50],
        position=document.signer_position,
        due_on=document.due_on,
        copies=document.copies,
        places=tuple(p.strip() for p in document.recipients.replace("\n", ";").split(";") if p.strip()),
        traces=(Trace(settings.ORGAN_ID, _local(transfer.made_at)),),
        business=Business(transfer.business),
        reason=transfer.reason,
        files=files,
    )


def message_of(status: TransferStatus) -> StatusMessage:
    """Where the document of another agency stands here."""
    return StatusMessage(
        _named(status.transfer, status.transfer.organ), _us(), Status(status.code), _local(status.at), status.words
    )


def _named(transfer: Transfer, organ: str) -> Named:
    number, _slash, symbol = transfer.number.partition("/")
    return Named(organ, number, symbol, transfer.day, transfer.packet)


def _us() -> Organ:
    return Organ(settings.ORGAN_ID, department())


def id_of(document: Document) -> str:
    """The name of an issued document among agencies: whose, of which day, which number."""
    return f"{settings.ORGAN_ID},{document.issued_on:%Y/%m/%d},{document.canonical}"


def _local(moment: dt.datetime) -> dt.datetime:
    return timezone.localtime(moment).replace(tzinfo=None, microsecond=0)
