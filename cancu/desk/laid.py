"""The files beside a record, and who may take one back."""

from __future__ import annotations

from typing import Any

from cancu.core.attachments import Attachment
from cancu.core.people import User
from cancu.documents.models import Document


def laid(user: User, record: Any) -> list[tuple[Attachment, bool]]:
    """(file, whether ``user`` may take it back) of ``record``, oldest first."""
    return [
        (file, takes_back(user, record, file)) for file in Attachment.objects.of(record).select_related("stored_by")
    ]


def takes_back(user: User, record: Any, file: Attachment) -> bool:
    """Who laid a file beside the wrong record takes it back while nobody has confirmed the record with it. The files of a
    document are what arrived, or versions of a draft: they stay."""
    return file.stored_by_id == user.pk and record.confirmed_at is None and not isinstance(record, Document)
