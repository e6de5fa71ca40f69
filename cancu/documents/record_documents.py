"""Documents that hang on records of any register: the decision, the minutes, the contract of a case."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Self

import pghistory
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cancu.core.codes import CodeField, labels
from cancu.core.history import recorded
from cancu.core.people import User
from cancu.core.scope import may_edit, works_on

MOST = 50


class RecordDocumentQuerySet(models.QuerySet):
    def of(self, record: models.Model) -> Self:
        """The documents of one record, oldest first."""
        rows = self.filter(table=ContentType.objects.get_for_model(record), record_id=record.pk)
        return rows.select_related("document__issuer").order_by("document__issued_on", "pk")


@recorded
class RecordDocument(models.Model):
    """Văn bản gắn với một hồ sơ của bất kỳ sổ nào: quyết định, biên bản, hợp đồng của hồ sơ ấy."""

    document = models.ForeignKey(
        "documents.Document",
        models.PROTECT,
        related_name="record_links",
        verbose_name=_("văn bản"),
        help_text=_("Văn bản gắn với hồ sơ."),
    )
    table = models.ForeignKey(
        ContentType, models.CASCADE, related_name="+", verbose_name=_("sổ"), help_text=_("Sổ của hồ sơ.")
    )
    record_id = models.BigIntegerField(_("hồ sơ"), help_text=_("Khóa của hồ sơ."))
    record = GenericForeignKey("table", "record_id")
    role = CodeField(
        "documents.record_role", verbose_name=_("vai trò"), help_text=_("Quyết định, biên bản, hợp đồng, kết quả…")
    )

    objects = RecordDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("văn bản của hồ sơ")
        verbose_name_plural = _("văn bản của hồ sơ")
        indexes = [models.Index(fields=["table", "record_id"], name="documents_of_record")]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "table", "record_id", "role"], name="documents_recorddocument_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.document} · {self.record}"


def hang(record: Any, document: Any, role: str, user: User) -> RecordDocument:
    """Hang ``document`` on ``record``; a confirmed record takes one as well, for it changes no figure. Raises
    PermissionDenied, or ValidationError where the role is none of the list or the document hangs there already."""
    if not works_on(user, record):
        raise PermissionDenied(_("Chỉ người làm việc ở đơn vị giữ hồ sơ được gắn văn bản."))
    if role not in labels("documents.record_role"):
        raise ValidationError(_("Hãy chọn vai trò của văn bản: quyết định, biên bản, hợp đồng…"))
    with pghistory.context(user=user.pk, action="hang_document"):
        made, new = RecordDocument.objects.get_or_create(
            document=document, table=ContentType.objects.get_for_model(record), record_id=record.pk, role=role
        )
    if not new:
        raise ValidationError(_("%(document)s đã gắn với hồ sơ này."), params={"document": document})
    return made


def take_down(link: RecordDocument, record: Any, user: User) -> None:
    """Undo ``hang`` while nobody has confirmed the record. Raises PermissionDenied."""
    if not may_edit(user, record):
        raise PermissionDenied(
            _("Chỉ người làm việc ở đơn vị giữ hồ sơ được gỡ văn bản, khi hồ sơ chưa được xác nhận.")
        )
    with pghistory.context(user=user.pk, action="take_down_document"):
        link.delete()


def records_of(document: Any, user: User) -> Iterator[tuple[str, Any]]:
    """(role in words, record) of the records that ``document`` hangs on and ``user`` sees; the first fifty. One query a table."""
    links = list(RecordDocument.objects.filter(document=document).select_related("table").order_by("pk")[:MOST])
    seen: dict[tuple[int, int], Any] = {}
    for table in {link.table for link in links}:
        model = table.model_class()
        keys = [link.record_id for link in links if link.table_id == table.pk]
        for record in model.objects.seen_by(user).filter(pk__in=keys).select_related(*model.label_related):
            seen[table.pk, record.pk] = record
    for link in links:
        if (record := seen.get((link.table_id, link.record_id))) is not None:
            yield link.get_role_display(), record
