"""What goes out: the drafts and where they lie; one document with its files, steps, number, signatures and sendings."""

from __future__ import annotations

from collections.abc import Callable

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
from cancu.core.units import UnitName
from cancu.desk.asked import day_asked, number_asked
from cancu.desk.attempt import attempt
from cancu.documents.exchange import may_send, recall, send
from cancu.documents.models import Direction, Document, FoundSignature, Issuer, Transfer
from cancu.documents.outgoing import drafts, held, held_all, issue
from cancu.documents.signing import SignatureKind, sign
from cancu.documents.states import DocumentStates
from cancu.documents.transfers import keep_signatures

LARGEST = 50 * 1024 * 1024
SHOWN = 60


def listing(request: HttpRequest) -> HttpResponse:
    """Drafts in the making with the unit that holds them, and what was sent lately."""
    sent = Transfer.objects.filter(incoming=False).seen_by(request.user).select_related("document").prefetch_related("statuses")
    units = dict(UnitName.objects.filter(valid_on(today())).values_list("unit_id", "name"))
    pages = Paginator(drafts(request.user), SHOWN).get_page(request.GET.get("trang"))
    steps = held_all(pages)
    found = [(one, units.get(one.owner_unit_id, one.owner_unit.code), steps[one.pk][-1:]) for one in pages]
    return render(request, "desk/outgoing.html", {"drafts": found, "pages": pages, "sent": sent[:SHOWN], "most": SHOWN})


def one(request: HttpRequest, pk: int) -> HttpResponse:
    document = _seen(request, pk)
    files = list(Attachment.objects.of(document))
    signatures: dict[int, list[FoundSignature]] = {}
    for found in FoundSignature.objects.filter(attachment__in=files):
        signatures.setdefault(found.attachment_id, []).append(found)
    moves = [m for m in DocumentStates.open_moves(document, request.user) if m.key != "issue"]
    context = {
        "document": document, "files": [(f, signatures.get(f.pk, [])) for f in files], "pdfs": [f for f in files if f.type == "application/pdf"],
        "moves": moves, "steps": held(document), "issues": any(m.key == "issue" for m in DocumentStates.open_moves(document, request.user)),
        "works": _works(request, document), "kinds": SignatureKind.choices, "today": today(),
        "sends": may_send(request.user) and document.direction == Direction.OUTGOING,
        "agencies": Issuer.objects.filter(valid_on(today())).exclude(organ_id=""),
        "sent": document.transfers.filter(incoming=False).prefetch_related("statuses"),
    }
    return render(request, "desk/outgoing_one.html", context)


@require_POST
@sensitive_post_parameters("passphrase")
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """One step on the document: a file more, a move, its number, a signature, a sending, a recall."""
    document = _seen(request, pk)
    acts: dict[str, Callable[[HttpRequest, Document], str]] = {"tep": _file, "buoc": _move, "so": _number, "ky": _sign, "gui": _send, "lay-lai": _recall}
    attempt(request, lambda: acts.get(act, _unknown)(request, document))
    return redirect("outgoing-one", pk=pk)


def _unknown(_request: HttpRequest, _document: Document) -> str:
    raise ValidationError(_("Không có bước này."))


def _file(request: HttpRequest, document: Document) -> str:
    from vanban.read.guard import kind

    if not _works(request, document):
        raise PermissionDenied(_("Chỉ người của đơn vị soạn thảo thêm được tệp."))
    name, data = _upload(request, "file")
    keep_signatures(attach(document, name, data, request.user, kind(data, name)))
    return _("Đã thêm phiên bản “%(name)s”.") % {"name": name}


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
    roles = {Role.CLERK, Role.DEPUTY, Role.DIRECTOR}
    if roles.isdisjoint(scope_of(request.user).units_by_role):
        raise PermissionDenied(_("Chỉ lãnh đạo ký và văn thư đóng dấu."))
    file = get_object_or_404(Attachment.objects.of(document), pk=number_asked(request.POST.get("file")))
    kind = request.POST.get("kind", "")
    if kind not in SignatureKind.values:
        raise ValidationError(_("Hãy chọn loại chữ ký."))
    picture = _upload(request, "picture")[1] if "picture" in request.FILES else b""
    signed = sign(file.read(), _upload(request, "key")[1], request.POST.get("passphrase", ""), kind, document.signer, picture, document.canonical)
    keep_signatures(attach(document, file.name, signed, request.user, "pdf"))
    return _("Đã ký “%(name)s”; bản đã ký là tệp mới.") % {"name": file.name}


def _send(request: HttpRequest, document: Document) -> str:
    to = Issuer.objects.filter(valid_on(today()), pk__in=[number_asked(n) for n in request.POST.getlist("to")])
    files = Attachment.objects.of(document).filter(pk__in=[number_asked(n) for n in request.POST.getlist("files")])
    if not to:
        raise ValidationError(_("Hãy chọn ít nhất một nơi nhận."))
    return _("Đã xếp gửi tới %(count)d cơ quan.") % {"count": len(send(document, to, request.user, files))}


def _recall(request: HttpRequest, document: Document) -> str:
    return _("Đã yêu cầu %(count)d cơ quan trả lại.") % {"count": len(recall(document, request.user, request.POST.get("reason", "")))}


def _upload(request: HttpRequest, field: str) -> tuple[str, bytes]:
    given = request.FILES.get(field)
    if given is None or not given.size:
        raise ValidationError(_("Hãy chọn tệp."))
    if given.size > LARGEST:
        raise ValidationError(_("Tệp lớn hơn 50 MB nên không nhận."))
    return given.name, given.read()


def _seen(request: HttpRequest, pk: int) -> Document:
    return get_object_or_404(Document.objects.seen_by(request.user).exclude(direction__in=(Direction.INCOMING, Direction.REFERENCE)).select_related("issuer", "owner_unit"), pk=pk)


def _works(request: HttpRequest, document: Document) -> bool:
    return scope_of(request.user).holds({Role.SPECIALIST, Role.UNIT_HEAD, Role.CLERK, Role.DEPUTY, Role.DIRECTOR}, document.owner_unit_id)
