"""Exchange with other agencies: over a folder (``gui`` holds what we wrote, ``nhan`` what came for us), or over HTTP with
those whose address is known.

One pass takes in what came, works out which statuses are owed from where each document stands here, and sends what is not
yet sent. It may be killed anywhere and run again: a packet has one name and one row, a status is said once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from cancu.core.attachments import Attachment, attach
from cancu.core.calendar import now
from cancu.core.jobs import alone
from cancu.core.people import User
from vanban.packet import Attachment as Enclosed
from vanban.packet import Business, Named, Organ, Packet, Status, StatusMessage
from vanban.read.guard import LARGEST_FILE, UnreadableFile, kind
from vanban.read.packet import packet
from vanban.write.atomic import write_file
from vanban.write.edxml import UnwritablePacket, edxml

from .arrivals import Arrival, ArrivalState, books_of
from .arriving import bring, drop, read_one
from .folder import REFUSED, TAKEN, Outcome, moved
from .models import Direction, Document, Issuer
from .packets import check, id_of, message_of, packet_of
from .posting import post
from .transfers import BusinessKind, StatusCode, Transfer, TransferStatus, folders, keep_signatures


def may_send(user: User) -> bool:
    """Văn thư gửi và nhận (Decree 30/2020, Articles 16 and 20)."""
    return bool(books_of(user))


@transaction.atomic
def send(
    document: Document,
    to: Iterable[Issuer],
    user: User,
    files: Iterable[Attachment] = (),
    business: str = BusinessKind.NEW,
    reason: str = "",
) -> list[Transfer]:
    """Put an issued document in the queue for each agency; the next pass writes the packets. An agency that it was sent to
    already is passed over, unless that agency refused it. Raises PermissionDenied, or ValidationError saying what is missing."""
    if not may_send(user):
        raise PermissionDenied(_("Chỉ văn thư được gửi văn bản đi."))
    state = "recalled" if business == BusinessKind.RECALL else "issued"
    if document.direction != Direction.OUTGOING or document.state != state:
        raise ValidationError(_("Chỉ gửi văn bản đi đã ban hành, và chỉ yêu cầu lấy lại văn bản đã thu hồi."))
    made = []
    for issuer in to:
        if not issuer.organ_id:
            raise ValidationError(
                _("“%(name)s” chưa có mã định danh nên chưa gửi được. Hãy ghi mã ở danh mục cơ quan."),
                params={"name": issuer.name},
            )
        key = {"incoming": False, "refused": False, "organ": issuer.organ_id, "packet": id_of(document)}
        key["business"] = business
        told = {"organ_name": issuer.name, "number": document.canonical, "day": document.issued_on, "reason": reason}
        one, new = Transfer.objects.get_or_create(**key, defaults={**told, "document": document, "made_by": user})
        if new:
            one.files.set(files)
            check(one)
            made.append(one)
    return made


@transaction.atomic
def send_again(refused: Transfer, user: User) -> Transfer:
    """Send once more, with the same files, what the other agency refused. Raises PermissionDenied, or ValidationError where
    it was not refused or has gone again already."""
    to = Issuer(name=refused.organ_name, organ_id=refused.organ)
    made = (
        send(refused.document, [to], user, refused.files.all(), refused.business, refused.reason)
        if Transfer.objects.turned_down().filter(pk=refused.pk, refused=True).exists()
        else []
    )
    if not made:
        raise ValidationError(_("Lượt gửi này không bị từ chối, hoặc đã gửi lại."))
    return made[0]


@transaction.atomic
def recall(document: Document, user: User, reason: str) -> list[Transfer]:
    """Ask every agency that has the recalled document to give it back."""
    if not reason.strip():
        raise ValidationError({"reason": _("Hãy ghi lý do thu hồi.")})
    sent = Transfer.objects.filter(document=document, incoming=False, refused=False, business=BusinessKind.NEW)
    return send(
        document,
        [Issuer(name=one.organ_name, organ_id=one.organ) for one in sent],
        user,
        business=BusinessKind.RECALL,
        reason=reason,
    )


@transaction.atomic
def answer_recall(asked: Transfer, user: User, agreed: bool, reason: str = "") -> None:
    """The answer of this agency to another that wants its document back. A refusal needs its reason."""
    if not may_send(user):
        raise PermissionDenied(_("Chỉ văn thư trả lời yêu cầu lấy lại."))
    if not agreed and not reason.strip():
        raise ValidationError({"reason": _("Hãy ghi lý do từ chối lấy lại.")})
    if (
        asked.business != BusinessKind.RECALL
        or not asked.incoming
        or asked.statuses.filter(code__in=(StatusCode.RECALL_AGREED, StatusCode.RECALL_REFUSED)).exists()
    ):
        raise ValidationError(_("Yêu cầu lấy lại này đã được trả lời."))
    TransferStatus.objects.create(
        transfer=asked, code=StatusCode.RECALL_AGREED if agreed else StatusCode.RECALL_REFUSED, words=reason[:500]
    )


def one_pass(user: User) -> Iterator[Outcome]:
    """Take in, answer, send. A pass that another one overtakes does nothing: whoever began first ends it. Raises ValidationError
    where the department has no identifier, PermissionDenied for who is no văn thư."""
    if not settings.ORGAN_ID:
        raise ValidationError(_("Chưa đặt CANCU_ORGAN_ID (mã định danh của cơ quan, ví dụ H50.13)."))
    if not may_send(user):
        raise PermissionDenied(_("Chỉ văn thư chạy việc gửi nhận văn bản."))
    with alone("documents.exchange") as first:
        if first:
            yield from _pass(user)


def _pass(user: User) -> Iterator[Outcome]:
    out, into = folders(Path(settings.EXCHANGE))
    for path in sorted(p for p in into.iterdir() if p.is_file() and not p.is_symlink() and not p.name.startswith(".")):
        yield _take(path, user)
    over = TransferStatus.objects.filter(code__in=(StatusCode.REFUSED, StatusCode.DONE))
    for transfer in (
        Transfer.objects.filter(incoming=True)
        .exclude(statuses__in=over)
        .select_related("arrival__document")
        .prefetch_related("statuses")
    ):
        _owe(transfer)
    for transfer in Transfer.objects.filter(incoming=False, written_at=None).select_related("document").order_by("pk"):
        yield _sent(out, transfer, transfer, say("gửi %(what)s") % {"what": transfer})
    for status in (
        TransferStatus.objects.filter(transfer__incoming=True, written_at=None)
        .select_related("transfer")
        .order_by("pk")
    ):
        yield _sent(
            out, status.transfer, status, say("báo %(status)s: %(what)s") % {"status": status, "what": status.transfer}
        )


def _sent(out: Path, transfer: Transfer, what: Transfer | TransferStatus, words: str) -> Outcome:
    """Hand a packet or a status to the other agency, or to the folder where it has no address. What fails is tried
    again by the next pass; why stands with the transfer meanwhile."""
    is_status = isinstance(what, TransferStatus)
    address = settings.PEER_ADDRESSES.get(transfer.organ, "")
    problem = ""
    try:
        data = edxml(message_of(what) if is_status else packet_of(what))
        if address:
            post(address, settings.PEER_TOKENS.get(transfer.organ, ""), data)
        else:
            write_file(out / f"{transfer.organ}--{transfer.name}{f'-{what.code}' if is_status else ''}.edxml", data)
    except (OSError, UnwritablePacket) as error:
        problem = str(error)[:500]
    Transfer.objects.filter(pk=transfer.pk).update(problem=problem)
    if not problem:
        type(what).objects.filter(pk=what.pk).update(written_at=now())
    return Outcome(words, problem)


def enclosed(document: Document, arrival: Arrival, user: User) -> None:
    """Keep each file of a packet that was registered with its document, beside the packet, and check what is signed."""
    found = packet(arrival.bytes())
    for file in found.files if isinstance(found, Packet) else ():
        if file.data:
            keep_signatures(attach(document, file.name, file.data, user, _kind(file)))


def _kind(file: Enclosed) -> str:
    """What an enclosed file is; nothing for a spreadsheet or a picture, which are kept as they are."""
    try:
        return kind(file.data, file.name)
    except UnreadableFile:
        return ""


def liaison_waits(user: User) -> int:
    """How many transfers wait for văn thư: asked back and not answered, or not sent for some reason."""
    return (Transfer.objects.asked_back() | Transfer.objects.unsent()).distinct().count() if may_send(user) else 0


def accept(data: bytes, name: str, user: User, organ: str = "") -> str:
    """Take in one message, whole or not at all, as often as it comes; why it was refused, empty when it was taken.
    ``organ`` is who brought it, where that is known: nobody speaks for another agency."""
    try:
        with transaction.atomic():
            _received(data, name, user, organ)
    except UnreadableFile as error:
        return str(error)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _take(path: Path, user: User) -> Outcome:
    into = path.parent
    with path.open("rb") as file:
        refusal = accept(file.read(LARGEST_FILE + 1), path.name, user)
    there = moved(path, into / (REFUSED if refusal else TAKEN))
    if refusal:
        there.with_name(f"{there.name}.vi-sao.txt").write_text(f"{refusal}\n", encoding="utf-8")
    return Outcome(path.name, refusal)


def _received(data: bytes, name: str, user: User, organ: str) -> None:
    message = packet(data)
    if organ and message.sender.id != organ:
        raise ValidationError(
            _("Gói tin ghi nơi gửi là %(said)s, nhưng khóa là của %(organ)s."),
            params={"said": message.sender.id, "organ": organ},
        )
    if isinstance(message, StatusMessage):
        if message.status == Status.RECALL_ASKED:  # some ask by a status message instead of a packet
            _recalled(*_kept(message.sender, message.about, Business.RECALL, message.description, user))
        else:
            _noted(message)
        return
    if settings.ORGAN_ID not in {to.id for to in message.to}:
        raise ValidationError(_("Gói tin không gửi tới %(organ)s."), params={"organ": settings.ORGAN_ID})
    transfer, new = _kept(message.sender, message.named, message.business, message.reason, user)
    if message.business == Business.RECALL:
        _recalled(transfer, new)
    elif new:  # else sent twice, or taken before a crash
        transfer.arrival = bring(data, name, user)
        read_one(transfer.arrival)
        if transfer.arrival.state == ArrivalState.REFUSED:
            raise UnreadableFile(transfer.arrival.refusal)
        transfer.save(update_fields=["arrival"])


def _kept(sender: Organ, named: Named, business: Business, reason: str, user: User) -> tuple[Transfer, bool]:
    """The row of what came, and whether it is new."""
    key = named.id or f"{named.organ},{named.day or ''},{named.number}/{named.symbol}"
    return Transfer.objects.get_or_create(
        incoming=True,
        refused=False,
        organ=sender.id[:35],
        packet=key[:200],
        business=business.value,
        defaults={
            "organ_name": sender.name[:200],
            "number": f"{named.number}/{named.symbol}"[:60],
            "day": named.day,
            "reason": reason[:500],
            "made_by": user,
        },
    )


def _recalled(asked: Transfer, new: bool) -> None:
    """What nobody registered yet is given back at once; what is in the book waits for văn thư's answer."""
    if not new:
        return
    first = (
        Transfer.objects.filter(incoming=True, organ=asked.organ, packet=asked.packet)
        .exclude(pk=asked.pk)
        .select_related("arrival")
        .first()
    )
    if first is None:
        TransferStatus.objects.create(
            transfer=asked, code=StatusCode.RECALL_REFUSED, words=say("Không nhận được văn bản này.")
        )
        return
    asked.arrival = first.arrival
    if first.arrival is None or first.arrival.state != ArrivalState.REGISTERED:
        if first.arrival is not None:
            drop(first.arrival)
        asked.arrival = None
        TransferStatus.objects.create(transfer=asked, code=StatusCode.RECALL_AGREED)
    asked.save(update_fields=["arrival"])


def _noted(message: StatusMessage) -> None:
    """Keep a status with the sending that it tells of: one that was refused and sent again stands twice."""
    at = timezone.make_aware(message.at)
    sent = Transfer.objects.filter(incoming=False, organ=message.sender.id, packet=message.about.id).order_by("pk")
    kinds = (Status.RECALL_AGREED, Status.RECALL_REFUSED)
    asked = sent.filter(business=BusinessKind.RECALL) if message.status in kinds else sent.none()
    rows = list(asked or sent.exclude(business=BusinessKind.RECALL))
    if not rows:
        raise ValidationError(
            _("Thông điệp trạng thái nói về văn bản “%(id)s” mà Sở không gửi tới nơi ấy."),
            params={"id": message.about.id},
        )
    transfer = [row for row in rows if row is rows[0] or row.made_at.replace(microsecond=0) <= at][-1]
    kept = {"words": message.description[:500], "at": at}
    TransferStatus.objects.get_or_create(transfer=transfer, code=message.status.value, defaults=kept)
    _mark_refused(transfer, message.status.value)


def _mark_refused(transfer: Transfer, *codes: str) -> None:
    """Leave room for the same document to be sent once more."""
    if StatusCode.REFUSED in codes:
        Transfer.objects.filter(pk=transfer.pk).update(refused=True)


def _owe(transfer: Transfer) -> None:
    said = {one.code for one in transfer.statuses.all()}
    rows = [
        TransferStatus(transfer=transfer, code=code, words=words[:500])
        for code, words in _standing(transfer)
        if code not in said
    ]
    TransferStatus.objects.bulk_create(rows, ignore_conflicts=True)
    _mark_refused(transfer, *(row.code for row in rows))


def _standing(transfer: Transfer) -> Iterator[tuple[str, str]]:
    """The statuses that the other agency should know of, in order."""
    if transfer.business == BusinessKind.RECALL:
        return
    yield StatusCode.ARRIVED, ""
    arrival = transfer.arrival
    if arrival is None:
        yield StatusCode.REFUSED, say("Văn thư nơi nhận không vào sổ.")
    elif arrival.state == ArrivalState.REFUSED:
        yield StatusCode.REFUSED, arrival.refusal
    elif arrival.document is not None:
        yield StatusCode.RECEIVED, say("Số đến %(number)s") % {"number": arrival.document.arrival_number}
        given = list(arrival.document.assignments.exclude(state="revoked").select_related("owner_unit"))
        if given:
            yield StatusCode.ASSIGNED, ", ".join(sorted({one.owner_unit.name_on(one.given_on) for one in given}))
        if any(one.seen_at for one in given):
            yield StatusCode.WORKING, ""
        if any(one.part == "lead" and one.state == "done" for one in given):
            yield StatusCode.DONE, ""
