"""The way of a document into the book: a file is brought, read with care, checked by a person, registered.

Bytes wait outside the store until then. What cannot be read, or is a trap, is refused: the reason stays, the bytes go.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from cancu.core.attachments import Attachment, attach, file_name
from cancu.core.calendar import today
from cancu.core.codes import labels
from cancu.core.numbering import take
from cancu.core.people import User
from cancu.core.units import Unit, department_name

from .arrivals import Arrival, ArrivalState, FoundTask, body_of
from .cited import citations, relate, tasks
from .issuing import issuer_for
from .models import Direction, Document
from .outside import LARGEST, MiB, opened
from .prefill import prefilled, storable, symbol_of
from .transfers import keep_signatures

#: What the form of registration takes from the file, in its order.
PREFILLED = (
    "type",
    "number",
    "issued_on",
    "issuer",
    "title",
    "nature",
    "signer",
    "signer_position",
    "effective_on",
    "due_on",
    "recipients",
)

JUDGED = 1000  # papers that the share of kept values is counted on


def bring(data: bytes, name: str, user: User) -> Arrival:
    """Take one file in, to be read. Raises PermissionDenied for who keeps no book, ValidationError where the file is
    empty, too large, or waits already."""
    body = body_of(user)
    if not data:
        raise ValidationError(_("Tệp “%(name)s” rỗng. Hãy kiểm tra lại tệp gốc."), params={"name": file_name(name)})
    if len(data) > LARGEST:
        raise ValidationError(
            _("Tệp “%(name)s” lớn hơn %(limit)d MB nên không nhận. Hãy tách tệp hoặc bỏ bớt hình ảnh."),
            params={"name": file_name(name), "limit": LARGEST // MiB},
        )
    sha256 = hashlib.sha256(data).hexdigest()
    if Arrival.objects.filter(body=body, sha256=sha256, state__in=(ArrivalState.WAITING, ArrivalState.READ)).exists():
        raise ValidationError(_("Tệp “%(name)s” đang chờ vào sổ rồi."), params={"name": file_name(name)})
    with transaction.atomic():
        made = Arrival.objects.create(body=body, name=file_name(name), sha256=sha256, size=len(data), brought_by=user)
        made.waiting_path.parent.mkdir(parents=True, exist_ok=True)
        made.waiting_path.touch(mode=0o600)
        made.waiting_path.write_bytes(data)
    return made


def on_paper(user: User) -> Arrival:
    """An empty form for what arrives on paper: nothing to read."""
    return Arrival.objects.create(body=body_of(user), brought_by=user, state=ArrivalState.READ)


def read_one(arrival: Arrival) -> None:
    """Read a waiting file in vanban's guarded child, and keep what was found, or refuse it and let its bytes go."""
    from vanban.read import UnreadableFile
    from vanban.reading import analyse, text_of

    if arrival.state != ArrivalState.WAITING:
        return
    try:
        found = opened(arrival.bytes(), arrival.name)
        arrival.kind, tree = found.kind, found.tree
        if tree is None:
            raise UnreadableFile(
                say(
                    "PDF này là bản quét, không có lớp chữ. Hãy nhận dạng chữ (OCR) rồi đưa lại, hoặc nhập tay như văn bản giấy."
                )
            )
        reading = analyse(storable(text_of(tree)))
    except UnreadableFile as error:
        refuse(arrival, str(error))
        return
    except FileNotFoundError:
        refuse(arrival, say("Tệp chờ đọc không còn trên máy. Hãy đưa tệp vào lại."))
        return
    made = prefilled(tree, reading)
    number = made.fields.get("number", {}).get("value", "")
    arrival.text = made.text
    arrival.found = {
        "fields": made.fields,
        "citations": citations(reading, number),
        "tasks": tasks(reading, department()),
    }
    arrival.state = ArrivalState.READ
    _keep(arrival, "kind", "text", "found", "state")


def refuse(arrival: Arrival, reason: str) -> None:
    """Keep why; let the bytes go."""
    arrival.state, arrival.refusal, arrival.text, arrival.found = ArrivalState.REFUSED, reason, "", {}
    _keep(arrival, "state", "refusal", "text", "found")
    arrival.let_go()


def _keep(arrival: Arrival, *fields: str) -> None:
    """Write what was read, unless somebody dropped the file meanwhile."""
    Arrival.objects.filter(pk=arrival.pk, state=ArrivalState.WAITING).update(
        **{name: getattr(arrival, name) for name in fields}
    )


def drop(arrival: Arrival) -> None:
    """Take away what will not be registered: bytes and row. Raises ValidationError where it is registered."""
    if arrival.state == ArrivalState.REGISTERED:
        raise ValidationError(_("Văn bản này đã vào sổ."))
    arrival.let_go()
    arrival.delete()


def alike(arrival: Arrival, values: dict[str, Any]) -> list[Document]:
    """Documents that may be this one: the same file, or equal number and issuer's letters in the same year
    (Decree 30/2020, Annex VI: the system warns of a duplicate)."""
    stored = (
        Attachment.objects.filter(sha256=arrival.sha256, table__model="document").values_list("record_id", flat=True)
        if arrival.sha256
        else []
    )
    found = Document.objects.filter(pk__in=list(stored))
    if values.get("number"):
        found |= Document.objects.filter(canonical=values["number"], issued_on__year=values["issued_on"].year)
    return list(found.select_related("issuer").distinct()[:5])


@transaction.atomic
def register(
    arrival: Arrival,
    values: dict[str, Any],
    user: User,
    cited: dict[int, str] | None = None,
    given: Iterable[int] | None = None,
) -> Document:
    """Write an arrival into the book: number, document, file, relations and proposed tasks, all or nothing.

    ``values`` are the checked fields of the form; ``cited`` the citations that were kept, with the relation of each, and
    ``given`` the tasks (all by default). A text that was held for reference only becomes the arrival. Raises ValidationError."""
    arrival = Arrival.objects.select_for_update().get(pk=arrival.pk)
    if arrival.state != ArrivalState.READ:
        raise ValidationError(_("Văn bản này không còn chờ vào sổ."))
    document = _document(arrival, values, user)
    document.arrival_number = take(
        book_symbol(arrival.body), document.arrived_on, user, f"{values['number']} {values['title']}"
    )
    with pghistory.context(user=user.pk, action="register"):
        document.full_clean(exclude=["sought"])
        document.save()
    if arrival.sha256:
        _keep_file(arrival, document, user)
    found = arrival.found.get("citations", [])
    relate(
        document,
        found
        if cited is None
        else [{**found[n], "kind": kind} for n, kind in sorted(cited.items()) if kind in labels("documents.relation")],
    )
    for task in _kept(arrival.found.get("tasks", []), given):
        words = {name: task[name] for name in ("item", "content", "deadline_text")}
        FoundTask.objects.create(document=document, deadline_on=task["deadline_on"] or None, **words)
    arrival.state, arrival.document, arrival.changed = ArrivalState.REGISTERED, document, changed(arrival, values)
    arrival.text = ""  # the file itself is kept with the document
    arrival.found = {"fields": {name: {} for name in arrival.fields}}
    arrival.save(update_fields=["state", "document", "changed", "text", "found"])
    transaction.on_commit(arrival.let_go)
    return document


def _keep_file(arrival: Arrival, document: Document, user: User) -> None:
    keep_signatures(attach(document, arrival.name, arrival.bytes(), user, arrival.kind))
    if arrival.kind == "edxml":
        from .exchange import enclosed  # the exchange brings arrivals in

        enclosed(document, arrival, user)


def _document(arrival: Arrival, values: dict[str, Any], user: User) -> Document:
    number = values["number"]
    issuer = issuer_for(values["issuer"], values["issued_on"], symbol_of(number), values["nature"] == "party")
    same = Document.objects.filter(
        issuer=issuer, type=values["type"], canonical=number, issued_on=values["issued_on"]
    ).first()
    if same is not None and (same.arrival_number or same.direction != Direction.REFERENCE):
        raise ValidationError(
            _("Văn bản này đã có trong sổ: %(document)s, số đến %(number)s."),
            params={"document": same, "number": same.arrival_number or "—"},
        )
    document = same or Document(state="issued", entered_by=user)
    for name, value in values.items():
        if name != "issuer":
            setattr(document, name, value)
    document.issuer, document.direction, document.owner_unit = issuer, Direction.INCOMING, arrival.body
    if document.forwarded_to_id and not document.forwarded_on:
        document.forwarded_on = document.arrived_on
    return document


def _kept(found: list[Any], wanted: Iterable[int] | None) -> list[Any]:
    chosen = None if wanted is None else set(wanted)
    return [one for n, one in enumerate(found) if chosen is None or n in chosen]


def changed(arrival: Arrival, values: dict[str, Any]) -> list[str]:
    """The fields whose value the person changed from what had been read."""
    return [
        name for name, read in arrival.fields.items() if name in values and _said(values[name]) != _said(read["value"])
    ]


def _said(value: Any) -> str:
    return value.isoformat() if isinstance(value, dt.date) else " ".join(str(value or "").split())


def share_unchanged() -> tuple[int, int]:
    """(values kept as they were read, values read) over the last ``JUDGED`` papers registered from files."""
    kept = read = 0
    registered = Arrival.objects.filter(state=ArrivalState.REGISTERED).exclude(sha256="").order_by("-pk")
    for found, altered in registered.values_list("found", "changed")[:JUDGED]:
        read += len(found.get("fields", {}))
        kept += len(found.get("fields", {})) - len(altered or [])
    return kept, read


def book_symbol(body: Unit) -> str:
    """The series of arrival numbers of a body: one a year, by order of arrival (Decree 30/2020, Article 22)."""
    return f"ĐẾN/{body.code}"


def department() -> str:
    """The department as orders name it: “Sở Khoa học và Công nghệ”."""
    return department_name().partition(" tỉnh ")[0].partition(" thành phố ")[0]


def checked_days(values: dict[str, Any]) -> None:
    """An arrival is not before its document, nor after today. Raises ValidationError naming the field."""
    if values["arrived_on"] > today():
        raise ValidationError({"arrived_on": _("Ngày đến không thể ở sau hôm nay.")})
    if values["issued_on"] > values["arrived_on"]:
        raise ValidationError({"issued_on": _("Ngày văn bản không thể ở sau ngày đến.")})
