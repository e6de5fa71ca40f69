"""Files kept with a record: the bytes lie once under their SHA-256, a row says whose they are and what they are called.

Bytes are written whole or not at all, and are never run, shown or converted here: a page hands them out as a
download to whoever may see the record.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from .calendar import now
from .history import recorded
from .people import User

#: Content as ``vanban`` tells it → media type; anything else is bytes.
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "doc": "application/msword",
    "pdf": "application/pdf",
    "edxml": "application/xml",
    "html": "text/html",
    "md": "text/markdown",
    "txt": "text/plain",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jpg": "image/jpeg",
    "png": "image/png",
    "tif": "image/tiff",
}
ANY = "application/octet-stream"
LONGEST_NAME = 200


class AttachmentQuerySet(models.QuerySet):
    def of(self, record: models.Model) -> Self:
        """The files of one record, oldest first."""
        return self.filter(table=ContentType.objects.get_for_model(record), record_id=record.pk).order_by("pk")


@recorded
class Attachment(models.Model):
    """One file of one record of any register."""

    table = models.ForeignKey(
        ContentType, models.CASCADE, related_name="+", verbose_name=_("sổ"), help_text=_("Sổ của hồ sơ.")
    )
    record_id = models.BigIntegerField(_("hồ sơ"), help_text=_("Khóa của hồ sơ."))
    record = GenericForeignKey("table", "record_id")
    sha256 = models.CharField(_("mã nội dung"), max_length=64, db_index=True, help_text=_("SHA-256 của nội dung tệp."))
    name = models.CharField(_("tên tệp"), max_length=LONGEST_NAME, help_text=_("Tên khi nhận tệp."))
    size = models.BigIntegerField(_("cỡ"), help_text=_("Số byte."))
    type = models.CharField(
        _("dạng tệp"), max_length=100, default=ANY, help_text=_("Dạng theo nội dung, không theo tên tệp.")
    )
    stored_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("người đưa vào"), help_text=_("Người đưa tệp vào.")
    )
    stored_at = models.DateTimeField(_("lúc đưa vào"), default=now, help_text=_("Thời điểm đưa tệp vào."))

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("tệp kèm")
        verbose_name_plural = _("tệp kèm")
        indexes = [models.Index(fields=["table", "record_id"], name="core_attachment_record")]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        return path_of(self.sha256)

    def read(self) -> bytes:
        """The bytes. Raises OSError where the store lost them, ValueError where they are no longer the same."""
        data = self.path.read_bytes()
        if hashlib.sha256(data).hexdigest() != self.sha256:
            raise ValueError(self.sha256)
        return data


def attach(record: models.Model, name: str, data: bytes, user: User, kind: str = "") -> Attachment:
    """Keep ``data`` with a saved ``record``. ``kind`` is what ``vanban`` found the content to be (docx, pdf …)."""
    return Attachment.objects.create(
        table=ContentType.objects.get_for_model(record),
        record_id=record.pk,
        sha256=keep(data),
        name=file_name(name),
        size=len(data),
        type=TYPES.get(kind, ANY),
        stored_by=user,
    )


def keep(data: bytes) -> str:
    """Write the bytes into the store and return their SHA-256; the same bytes are kept once."""
    sha256 = hashlib.sha256(data).hexdigest()
    path = path_of(sha256)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:  # readable by its owner only
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(file.name, path)
    return sha256


def path_of(sha256: str) -> Path:
    """Where the bytes of that hash lie: ``files/ab/ab12…``."""
    return store() / sha256[:2] / sha256


def store() -> Path:
    return Path(settings.VAR) / "files"


def file_name(given: Any) -> str:
    """A name without folders and control characters, short enough to keep, its ending kept."""
    words = "".join(c for c in str(given).replace("\\", "/").rpartition("/")[2] if c.isprintable()).strip(" .")
    ending = Path(words).suffix
    return (
        words if 0 < len(words) <= LONGEST_NAME else (words[: LONGEST_NAME - len(ending)] + ending if words else "tep")
    )
