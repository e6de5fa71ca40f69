"""What goes out: the drafts and where they lie; one document with its files, steps, number, signatures and sendings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from cancu.core.attachments import Attachment, attach
from cancu.core.calendar import today
from cancu.core.dated import valid_on
from cancu.core.people import Role
from cancu.core.scope import scope_of
from cancu.core.states import Move
from cancu.desk.asked import day_asked, number_asked
from cancu.desk.attempt import attempt
from cancu.desk.draft_form import units_of, uploaded
from cancu.desk.views import draft
from cancu.documents.exchange import liaison_waits, may_send, recall, send
from cancu.documents.models import Direction, Document, FoundSignature, Issuer, Opinion, Transfer
from cancu.documents.outgoing import OPEN, drafts, held, held_all, issue
from cancu.documents.signing import SignatureKind, sign
from cancu.documents.states import DocumentStates
from cancu.documents.transfers import keep_signatures
from cancu.documents.versions import READABLE

SHOWN = 60
#: Moves that ask other units: the page makes them with the form that names the units.
ASKED_BY_FORM = ("consult", "appraise")


def listing(request: HttpRequest) -> HttpResponse:
    """Drafts in the making with the unit that holds them, and what was sent lately."""
    sent = (
        Transfer.objects.filter(incoming=False)
        .seen_by(request.user)
        .select_related("document")
        .prefetch_related("statuses")
    )
    units = draft.unit_names()
    pages = Paginator(drafts(request.user), SHOWN).get_page(request.GET.get("trang"))
    steps = held_all(pages)
    found = [(one, units.get(one.owner_unit_id, one.owner_unit.code), steps[one.pk][-1:]) for one in pages]
    asked = Opinion.objects.asked_of(request.user).select_related("document__issuer", "entered_by")[:SHOWN]
    context = {
        "drafts": found,
        "pages": pages,
        "sent": sent[:SHOWN],
        "most": SHOWN,
        "asked": asked,
        "sends": may_send(request.user),
        "drafts_anew": bool(units_of(request.user)),
        "liaison": liaison_waits(request.user),
    }
    return render(request, "desk/outgoing.html", context)


def one(request: HttpRequest, pk: int) -> HttpResponse:
    document = draft.seen(request, pk)
    files = list(Attachment.objects.of(document).select_related("stored_by"))
    signatures: dict[int, list[FoundSignature]] = {}
    for found in FoundSignature.objects.filter(attachment__in=files):
        signatures.setdefault(found.attachment_id, []).append(found)
    moves, units = DocumentStates.open_moves(document, request.user), draft.unit_names()
    keys, issued = (
        {move.key for move in moves},
        document.direction == Direction.OUTGOING and document.state in ("issued", "recalled"),
    )
    steps, sends = held(document), issued and may_send(request.user)
    context = {
        "document": document,
        "unit": units.get(document.owner_unit_id, document.owner_unit.code),
        "files": _versions(files, signatures),
        "pdfs": [f for f in files if f.type == "application/pdf"]
        if signs(request) and document.state in ("submitted", "issued")
        else [],
        "moves": [m for m in moves if m.key not in ("issue", *ASKED_BY_FORM)],
        "asks": [m for m in moves if m.key in ASKED_BY_FORM] or _asks_again(request, document),
        "issues": "issue" in keys,
        "steps": steps,
        "open": document.state in OPEN,
        "talk": draft.talk_of(request, document, units),
        "units": [(key, name) for key, name in units.items() if key != document.owner_unit_id],
        "works": draft.works(request, document),
        "kinds": SignatureKind.choices,
        "today": today(),
        "sends": sends,
        "issued": issued,
        "agencies": Issuer.objects.filter(valid_on(today())).exclude(organ_id="")
        if sends and document.state == "issued"
        else (),
        "sent": document.transfers.filter(incoming=False).prefetch_related("statuses") if issued else (),
        "again": set(document.transfers.turned_down().values_list("pk", flat=True)) if sends else (),
    }
    return render(request, "desk/outgoing_one.html", context)


def _versions(files: list[Attachment], signatures: dict[int, list[FoundSignature]]) -> list[dict[str, Any]]:
    """Newest first; each with its number, its signatures, and whether words of a version before it can be compared."""
    made, words_before = [], False
    for number, file in enumerate(files, 1):
        has_words = file.type in READABLE
        made.append(
            {
                "number": number,
                "file": file,
                "signatures": signatures.get(file.pk, []),
                "older": number < len(files),
                "compares": has_words and words_before,
            }
        )
        words_before = words_before or has_words
    return made[::-1]


def _asks_again(request: HttpRequest, document: Document) -> list[Move]:
    """A draft that lies with other units may be shown to further ones."""
    move = next(
        (DocumentStates.moves[key] for key in ASKED_BY_FORM if DocumentStates.moves[key].target.key == document.state),
        None,
    )
    return [move] if move and scope_of(request.user).holds(move.by, document.owner_unit_id) else []


def signs(request: HttpRequest) -> bool:
    """Leaders sign, văn thư puts the seal on."""
    return not {Role.CLERK, Role.DEPUTY, Role.DIRECTOR}.isdisjoint(scope_of(request.user).units_by_role)


@require_POST
@sensitive_post_parameters("passphrase")
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """One step on the document: a file more, a question to other units, a move, its number, a signature, a sending, a recall."""
    document = draft.seen(request, pk)
    if act == "doc":
        return redirect("job", pk=draft.read_large(request, document).pk)
    acts: dict[str, Callable[[HttpRequest, Document], str]] = {
        "tep": draft.add_file,
        "hoi": draft.ask_units,
        "tra-loi": draft.answer_one,
        "rut": draft.withdraw,
        "noi": draft.say,
        "buoc": _move,
        "so": _number,
        "ky": _sign,
        "gui": _send,
        "lay-lai": _recall,
    }
    attempt(request, lambda: acts.get(act, _unknown)(request, document))
    return redirect("outgoing-one", pk=pk)


def _unknown(_request: HttpRequest, _document: Document) -> str:
    raise ValidationError(_("Không có bước này."))


def _move(request: HttpRequest, document: Document) -> str:
    key = request.POST.get("move", "")
    if key not in DocumentStates.moves:
        raise ValidationError(_("Không có bước này."))
    DocumentStates.move(document, key, request.user, request.POST.get("reason", ""))
    return _("Đã chuyển: %(state)s.") % {"state": document.get_state_display()}


def _number(request: HttpRequest, document: Document) -> str:
    day = day_asked(request.POST.get("day"))
    if day is None:
        raise ValidationError(_("Hãy ghi ngày ban hành."))
    issue(document, request.POST.get("symbol", "").strip(), day, request.user)
    return _("Đã ban hành, số %(number)s.") % {"number": document.number}


def _sign(request: HttpRequest, document: Document) -> str:
    """The key and its passphrase are used here and forgotten; only the signed file stays."""
    if not signs(request):
        raise PermissionDenied(_("Chỉ lãnh đạo ký và văn thư đóng dấu."))
    file = get_object_or_404(Attachment.objects.of(document), pk=number_asked(request.POST.get("file")))
    kind = request.POST.get("kind", "")
    if kind not in SignatureKind.values:
        raise ValidationError(_("Hãy chọn loại chữ ký."))
    picture = uploaded(request.FILES.get("picture"))[1] if "picture" in request.FILES else b""
    signed = sign(
        file.read(),
        uploaded(request.FILES.get("key"))[1],
        request.POST.get("passphrase", ""),
        kind,
        document.signer,
        picture,
        document.canonical,
    )
    keep_signatures(attach(document, file.name, signed, request.user, "pdf"))
    return _("Đã ký “%(name)s”; bản đã ký là tệp mới.") % {"name": file.name}


def _send(request: HttpRequest, document: Document) -> str:
    to = Issuer.objects.filter(valid_on(today()), pk__in=[number_asked(n) for n in request.POST.getlist("to")])
    files = Attachment.objects.of(document).filter(pk__in=[number_asked(n) for n in request.POST.getlist("files")])
    if not to:
        raise ValidationError(_("Hãy chọn ít nhất một nơi nhận."))
    return _("Đã xếp gửi tới %(count)d cơ quan.") % {"count": len(send(document, to, request.user, files))}


def _recall(request: HttpRequest, document: Document) -> str:
    return _("Đã yêu cầu %(count)d cơ quan trả lại.") % {
        "count": len(recall(document, request.user, request.POST.get("reason", "")))
    }
