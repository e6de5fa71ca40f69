"""Files and documents beside a record of any register: laid there, taken back, handed out."""

from __future__ import annotations

from typing import Any

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cancu.core.attachments import Attachment, attach
from cancu.core.line import register_of
from cancu.core.reading import log_reading
from cancu.core.scope import works_on
from cancu.desk.attempt import attempt
from cancu.desk.document_field import document_named
from cancu.desk.draft_form import uploaded
from cancu.desk.laid import takes_back
from cancu.desk.views.registers import register_or_404, seen
from cancu.documents.beside import kind_beside
from cancu.documents.models import RecordDocument
from cancu.documents.record_documents import hang, take_down
from vanban.read.guard import UnreadableFile


@require_POST
def lay(request: HttpRequest, folder: str, model: str, pk: int) -> HttpResponse:
    """Keep the files chosen beside the record; each is taken or refused alone. A file changes no figure, so a confirmed
    record takes one as well."""
    found = seen(request, register_or_404(folder, model), pk)
    for file in request.FILES.getlist("files") or [None]:
        attempt(request, lambda file=file: _laid(request, found, file))
    return redirect("record", folder=folder, model=model, pk=pk)


def _laid(request: HttpRequest, record: Any, file: Any) -> str:
    if not works_on(request.user, record):
        raise PermissionDenied(_("Chỉ người làm việc ở đơn vị giữ hồ sơ được kèm tệp."))
    name, data = uploaded(file)
    try:
        kind = kind_beside(data, name)
    except UnreadableFile as error:
        raise ValidationError(str(error)) from error
    return _("Đã kèm tệp “%(name)s”.") % {"name": attach(record, name, data, request.user, kind)}


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away a file that was laid beside the wrong record."""
    file, record = _file(request, pk)
    attempt(request, lambda: _taken_back(request, file, record))
    register = register_of(type(record))
    return (
        redirect("record", folder=register.folder, model=record._meta.model_name, pk=record.pk)
        if register
        else redirect("home")
    )


def _taken_back(request: HttpRequest, file: Attachment, record: Any) -> str:
    if not takes_back(request.user, record, file):
        raise PermissionDenied(
            _("Chỉ người đã kèm tệp được gỡ, khi hồ sơ chưa được xác nhận; tệp của văn bản thì không gỡ.")
        )
    with pghistory.context(user=request.user.pk, action="take_back_file"):
        file.delete()
    return _("Đã gỡ tệp “%(name)s” khỏi hồ sơ.") % {"name": file}


@require_POST
def hang_document(request: HttpRequest, folder: str, model: str, pk: int) -> HttpResponse:
    """Hang the document whose number was typed on the record."""
    found = seen(request, register_or_404(folder, model), pk)

    def hung() -> str:
        link = hang(
            found,
            document_named(request.POST.get("number", ""), request.user),
            request.POST.get("role", ""),
            request.user,
        )
        return _("Đã gắn %(document)s.") % {"document": link.document}

    attempt(request, hung)
    return redirect("record", folder=folder, model=model, pk=pk)


@require_POST
def take_down_document(request: HttpRequest, folder: str, model: str, pk: int, link: int) -> HttpResponse:
    found = seen(request, register_or_404(folder, model), pk)
    hung = get_object_or_404(RecordDocument.objects.of(found), pk=link)
    attempt(
        request,
        lambda: take_down(hung, found, request.user),
        _("Đã gỡ %(document)s khỏi hồ sơ.") % {"document": hung.document},
    )
    return redirect("record", folder=folder, model=model, pk=pk)


def attachment(request: HttpRequest, pk: int) -> HttpResponse:
    """A file kept with a record, to whoever may see the record: always a download, never shown in the page."""
    file, record = _file(request, pk)
    if getattr(record, "personal_fields", ()):
        log_reading(request.user, record)
    return download(file.path, file.name)


def _file(request: HttpRequest, pk: int) -> tuple[Attachment, Any]:
    file = get_object_or_404(Attachment.objects.select_related("table"), pk=pk)
    return file, get_object_or_404(file.table.model_class().objects.seen_by(request.user), pk=file.record_id)


def download(path: Any, name: str) -> HttpResponse:
    """A stranger's file as bytes: nothing opens it on the way."""
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="application/octet-stream")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
