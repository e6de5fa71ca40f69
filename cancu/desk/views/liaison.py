"""Exchange between agencies as văn thư sees it: what others want back, what could not be sent, what was refused; and the
door at which other agencies hand in their messages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from cancu.core.people import User
from cancu.desk.asked import number_asked
from cancu.desk.attempt import attempt
from cancu.documents.exchange import accept, answer_recall, may_send, send_again
from cancu.documents.folder import REFUSED
from cancu.documents.models import Transfer
from cancu.documents.outside import LARGEST, MiB
from cancu.documents.posting import bearer
from cancu.documents.transfers import folders

SHOWN = 60
#: A message is larger than the files in it: base64 takes four letters for three bytes.
LARGEST_MESSAGE = LARGEST * 4 // 3 + MiB


@dataclass(frozen=True)
class PutAside:
    """A packet of the folder that was not taken in, and why."""

    name: str
    why: str


def page(request: HttpRequest) -> HttpResponse:
    """What waits for văn thư: asked back, not sent, turned down by the other side, put aside in the folder."""
    _clerk_only(request)
    rows = Transfer.objects.select_related("document__issuer", "arrival__document__issuer").prefetch_related("statuses")
    turned_down = rows.turned_down()[:SHOWN]
    context = {
        "asked": rows.asked_back()[:SHOWN],
        "unsent": rows.unsent()[:SHOWN],
        "turned_down": turned_down,
        "again": {one.pk for one in turned_down},
        "aside": _put_aside(),
        "organ": settings.ORGAN_ID,
        "folder": settings.EXCHANGE,
        "addresses": len(settings.PEER_ADDRESSES),
    }
    return render(request, "desk/liaison.html", context)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree to give a document back, or refuse with a reason."""
    _clerk_only(request)
    asked = get_object_or_404(Transfer, pk=pk, incoming=True)
    agreed = request.POST.get("answer") == "agree"
    attempt(
        request,
        lambda: answer_recall(asked, request.user, agreed, request.POST.get("reason", "")),
        _("Đã trả lời; lượt gửi nhận tới sẽ báo cho nơi gửi."),
    )
    return redirect("liaison")


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send once more what the other agency refused; back to the page of the document where that was asked there."""
    _clerk_only(request)
    refused = get_object_or_404(Transfer.objects.select_related("document"), pk=pk, incoming=False)
    attempt(request, lambda: send_again(refused, request.user), _("Sẽ gửi lại trong lượt gửi nhận tới."))
    if request.POST.get("back") == "document":
        return redirect("outgoing-one", refused.document_id)
    return redirect("liaison")


@csrf_exempt
@login_not_required
@require_POST
def door(request: HttpRequest) -> JsonResponse:
    """One edXML message from an agency that knows its secret: 202 taken (or known already), 400 refused with the reason,
    401 unknown, 413 too large, 503 where nobody here keeps the book."""
    organ = bearer(request.headers.get("Authorization", ""))
    if not organ:
        return _no(401, _("Không có khóa, hoặc khóa không đúng. Hãy hỏi văn thư nơi nhận."))
    limit = _("Gói tin lớn hơn %(limit)d MB nên không nhận. Hãy tách tệp đính kèm.") % {"limit": LARGEST_MESSAGE // MiB}
    if number_asked(request.headers.get("Content-Length")) > LARGEST_MESSAGE:
        return _no(413, limit)
    clerk = User.objects.filter(username=settings.EXCHANGE_CLERK, is_active=True).first()
    if clerk is None or not may_send(clerk) or not settings.ORGAN_ID:
        return _no(503, _("Nơi nhận chưa đặt mã định danh hoặc văn thư nhận văn bản. Hãy gửi lại sau."))
    data = request.read(LARGEST_MESSAGE + 1)
    if len(data) > LARGEST_MESSAGE:
        return _no(413, limit)
    refusal = accept(data, f"{organ}.edxml", clerk, organ)
    return _no(400, refusal) if refusal else JsonResponse({"taken": _("Đã nhận.")}, status=202)


def _no(status: int, why: str) -> JsonResponse:
    return JsonResponse({"error": why}, status=status, json_dumps_params={"ensure_ascii": False})


def _put_aside() -> list[PutAside]:
    into = folders(Path(settings.EXCHANGE))[1] / REFUSED
    reasons = (
        sorted(into.glob("*.vi-sao.txt"), key=lambda path: path.stat().st_mtime, reverse=True)[:SHOWN]
        if into.is_dir()
        else []
    )
    return [
        PutAside(path.name.removesuffix(".vi-sao.txt"), path.read_text(encoding="utf-8", errors="replace")[:500])
        for path in reasons
    ]


def _clerk_only(request: HttpRequest) -> None:
    if not may_send(request.user):
        raise PermissionDenied(_("Chỉ văn thư gửi, nhận văn bản liên thông."))
