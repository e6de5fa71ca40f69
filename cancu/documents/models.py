"""Documents, who issues them, and the relations between them (domain notes A1; Decree 30/2020)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from cancu.core.codes import CodeField
from cancu.core.dated import in_order, year_of
from cancu.core.record import Record, recorded
from cancu.core.states import StateField
from cancu.core.units import Unit
from cancu.indicators.windows import say_date

from .arrivals import Arrival, FoundTask
from .assignments import Assignment
from .issuers import Issuer
from .names import one_body
from .opinions import Opinion
from .record_documents import RecordDocument
from .search import ENDING, DocumentQuerySet, Validity, canonical, sought
from .states import DocumentStates
from .transfers import FoundSignature, Transfer, TransferStatus


class Nature(models.TextChoices):
    NORMATIVE = "normative", _("Quy phạm pháp luật")
    INDIVIDUAL = "individual", _("Cá biệt")
    ADMINISTRATIVE = "administrative", _("Hành chính")
    PARTY = "party", _("Văn bản Đảng")


class Direction(models.TextChoices):
    INCOMING = "incoming", _("Đến")
    OUTGOING = "outgoing", _("Đi")
    INTERNAL = "internal", _("Nội bộ")
    REFERENCE = "reference", _("Tra cứu")


@recorded
class Document(Record):
    """Văn bản: công văn, kế hoạch, quyết định, nghị quyết… đến, đi, nội bộ hoặc được viện dẫn."""

    label_related = ("issuer",)
    known_by = "reference"

    type = CodeField("documents.type", verbose_name=_("tên loại"), help_text=_("Kế hoạch, Quyết định, Công văn…"))
    number = models.CharField(
        _("số, ký hiệu"), max_length=60, blank=True, help_text=_("Viết như trên văn bản; để trống khi còn là dự thảo.")
    )
    canonical = models.CharField(
        _("số chuẩn"), max_length=60, blank=True, editable=False, help_text=_("Số, ký hiệu viết chuẩn; máy tự ghi.")
    )
    issued_on = models.DateField(
        _("ngày ban hành"), null=True, blank=True, db_index=True, help_text=_("Ngày ghi trên văn bản.")
    )
    issuer = models.ForeignKey(
        Issuer,
        models.PROTECT,
        related_name="documents",
        verbose_name=_("cơ quan ban hành"),
        help_text=_("Cơ quan ban hành, theo tên vào ngày ban hành."),
    )
    title = models.TextField(_("trích yếu"), help_text=_("Trích yếu chính thức, không kèm tên loại."))
    nature = models.CharField(
        _("tính chất"),
        max_length=15,
        choices=Nature.choices,
        help_text=_("Quy phạm, cá biệt, hành chính hay văn bản Đảng."),
    )
    direction = models.CharField(
        _("chiều"),
        max_length=10,
        choices=Direction.choices,
        default=Direction.REFERENCE,
        help_text=_("Đến, đi, nội bộ, hoặc chỉ để tra cứu."),
    )
    drafted_by_department = models.BooleanField(
        _("Sở tham mưu"), default=False, help_text=_("Do Sở soạn thảo để cấp có thẩm quyền ban hành.")
    )
    signer = models.CharField(_("người ký"), max_length=120, blank=True, help_text=_("Họ tên người ký."))
    signer_position = models.CharField(
        _("chức vụ người ký"), max_length=120, blank=True, help_text=_("Chức vụ người ký.")
    )
    effective_on = models.DateField(_("ngày hiệu lực"), null=True, blank=True, help_text=_("Ngày bắt đầu có hiệu lực."))
    ended_on = models.DateField(
        _("còn hiệu lực đến hết ngày"), null=True, blank=True, help_text=_("Để trống nếu còn hiệu lực.")
    )
    field = CodeField(
        "documents.field", verbose_name=_("lĩnh vực"), blank=True, help_text=_("Lĩnh vực văn bản điều chỉnh.")
    )
    arrived_on = models.DateField(_("ngày đến"), null=True, blank=True, help_text=_("Ngày văn bản đến cơ quan."))
    arrival_number = models.PositiveIntegerField(
        _("số đến"), null=True, blank=True, help_text=_("Số thứ tự trong sổ đến của năm.")
    )
    due_on = models.DateField(
        _("hạn giải quyết"), null=True, blank=True, help_text=_("Ngày cuối phải giải quyết xong.")
    )
    forwarded_to = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="documents_received",
        verbose_name=_("đơn vị nhận"),
        help_text=_("Đơn vị nhận văn bản đến để giải quyết."),
    )
    forwarded_on = models.DateField(
        _("ngày chuyển"), null=True, blank=True, help_text=_("Ngày chuyển cho đơn vị nhận, hoặc ngày gửi đi.")
    )
    recipients = models.TextField(
        _("nơi nhận"), blank=True, help_text=_("Nơi nhận ghi trên văn bản, cách nhau bằng dấu chấm phẩy.")
    )
    kept_by = models.CharField(_("nơi lưu"), max_length=120, blank=True, help_text=_("Đơn vị hoặc người nhận bản lưu."))
    copies = models.PositiveSmallIntegerField(
        _("số bản"), null=True, blank=True, help_text=_("Số lượng bản phát hành.")
    )
    sought = models.TextField(
        _("chữ để tìm"), blank=True, editable=False, help_text=_("Số và trích yếu viết giản lược; máy tự ghi.")
    )
    source_url = models.URLField(_("nguồn"), blank=True, help_text=_("Địa chỉ bản gốc."))

    state = StateField(DocumentStates, default="issued")

    objects = DocumentQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("văn bản")
        verbose_name_plural = _("văn bản")
        ordering = ["-issued_on", "-pk"]
        indexes = [
            models.Index(fields=["canonical"], name="documents_canonical"),
            models.Index(F("issued_on").desc(nulls_last=True), F("id").desc(), name="documents_newest_first"),
            models.Index(F("arrived_on").desc(nulls_last=True), F("id").desc(), name="documents_arrived_first"),
            GinIndex(fields=["sought"], opclasses=["gin_trgm_ops"], name="documents_sought"),
        ]
        constraints = [
            *Record.Meta.constraints,
            in_order("effective_on", "ended_on", "documents_document_validity_in_order"),
            models.UniqueConstraint(
                fields=["issuer", "type", "canonical", "issued_on"],
                condition=~Q(canonical=""),
                name="documents_document_identity",
                violation_error_message=_("Văn bản này (cùng cơ quan, loại, số, ngày) đã có trong sổ."),
            ),
            models.UniqueConstraint(
                F("owner_unit"),
                year_of("arrived_on"),
                F("arrival_number"),
                name="documents_document_arrival_once",
                violation_error_message=_("Số đến này đã có trong sổ của năm."),
            ),
            models.CheckConstraint(
                condition=Q(number="") | Q(issued_on__isnull=False),
                name="documents_document_number_has_day",
                violation_error_message=_("Văn bản có số thì phải có ngày."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("issued", "recalled")) | (~Q(number="") & Q(issued_on__isnull=False)),
                name="documents_document_issued_has_number",
                violation_error_message=_(
                    "Văn bản đã ban hành phải có số và ngày; nếu còn là dự thảo, hãy chọn trạng thái soạn thảo."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.cite("short") if self.number else f"{self.get_type_display()} (dự thảo) {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Spell the number, and bind the citations that were waiting for this document."""
        self.spell()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "canonical", "sought"}
        with transaction.atomic():
            super().save(*args, **kwargs)
            if self.canonical:
                UnresolvedCitation.bind(self)

    def spell(self) -> None:
        """Write what follows from number and title: the canonical number, the words that searches compare."""
        self.canonical = canonical(self.number)
        self.sought = sought(self.canonical, self.title)

    def clean(self) -> None:
        """An issuer issues only while it exists under this name."""
        super().clean()
        day, issuer = self.issued_on, self.issuer if self.issuer_id else None
        if day and issuer and (day < issuer.valid_from or (issuer.valid_until and day > issuer.valid_until)):
            raise ValidationError(
                {
                    "issuer": _(
                        "Cơ quan này không mang tên ấy vào ngày ban hành; hãy chọn cơ quan trước hoặc sau khi đổi tên, hợp nhất."
                    )
                }
            )

    @property
    def reference(self) -> str:
        """How a live node names it: ``155/KH-UBND@2022-08-03``."""
        return f"{self.canonical}@{self.issued_on}" if self.canonical else ""

    def validity_on(self, day: dt.date) -> Validity:
        """What the document was worth on ``day``. It ends by its own last day, or the day before a document that
        replaces or repeals it takes effect; repealing an article only ends a part. Amending ends nothing."""
        if self.effective_on is None:
            return Validity.UNKNOWN
        if day < self.effective_on:
            return Validity.NOT_YET
        ended = self.ended_on is not None and self.ended_on < day
        parts = self.carries.filter(kind__in=ENDING, source__effective_on__lte=day).values_list("item", flat=True)
        if ended or "" in parts:
            return Validity.ENDED
        return Validity.PARTLY if parts else Validity.IN_FORCE

    def cite(self, form: str = "full") -> str:
        """The citation by Decree 30/2020, Annex I: ``full`` at first mention (type, number, date, issuer, title),
        ``dated`` (without title), ``short`` later (type, number), ``number`` alone. A law is named by type and
        name only. Raises ValueError for another form."""
        if form not in ("full", "dated", "short", "number"):
            raise ValueError(say("Không có cách viện dẫn “%(form)s”.") % {"form": form})
        if self.type == "law":
            return f"{self.get_type_display()} {self.title}"
        if form == "number":
            return self.canonical
        head = say("%(type)s số %(number)s") % {"type": self.get_type_display(), "number": self.canonical}
        if form == "short" or self.issued_on is None:
            return head
        dated = say("%(head)s ngày %(day)s của %(issuer)s") % {
            "head": head,
            "day": say_date(self.issued_on),
            "issuer": self.issuer.name,
        }
        return dated if form == "dated" or not self.title else f"{dated} {self.title}"


@recorded
class Relation(models.Model):
    """Văn bản này đứng trên, thực hiện, sửa đổi, thay thế… văn bản kia."""

    source = models.ForeignKey(
        Document, models.CASCADE, related_name="stands_on", verbose_name=_("văn bản"), help_text=_("Văn bản viện dẫn.")
    )
    target = models.ForeignKey(
        Document,
        models.PROTECT,
        related_name="carries",
        verbose_name=_("văn bản được viện dẫn"),
        help_text=_("Văn bản đứng dưới."),
    )
    kind = CodeField(
        "documents.relation", verbose_name=_("quan hệ"), help_text=_("Căn cứ, thực hiện, sửa đổi bổ sung, thay thế…")
    )
    item = models.CharField(_("điều, mục"), max_length=60, blank=True, help_text=_("Điều, khoản, mục được viện dẫn."))

    class Meta:
        verbose_name = _("quan hệ văn bản")
        verbose_name_plural = _("quan hệ văn bản")
        indexes = [
            models.Index(fields=["target", "source"], name="documents_relation_carries"),
            models.Index(
                fields=["target"],
                include=["source", "item"],
                condition=Q(kind__in=ENDING),
                name="documents_relation_ending",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "kind", "item"], name="documents_relation_once"),
            models.CheckConstraint(
                condition=~Q(source=models.F("target")),
                name="documents_relation_not_itself",
                violation_error_message=_("Văn bản không thể viện dẫn chính nó."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.get_kind_display()} {self.target}"


class CitationStatus(models.TextChoices):
    WAITING = "waiting", _("Chờ văn bản đích")
    BOUND = "bound", _("Đã gắn")
    DISMISSED = "dismissed", _("Bỏ qua")


class UnresolvedCitation(models.Model):
    """Viện dẫn chưa tìm thấy văn bản đích; chờ và được gắn khi văn bản đến."""

    document = models.ForeignKey(
        Document,
        models.CASCADE,
        related_name="unresolved",
        verbose_name=_("văn bản"),
        help_text=_("Văn bản chứa viện dẫn."),
    )
    text = models.CharField(_("nguyên văn"), max_length=500, help_text=_("Chữ trong văn bản."))
    canonical = models.CharField(
        _("số chuẩn"), max_length=60, blank=True, db_index=True, help_text=_("Số chuẩn đọc được.")
    )
    issued_on = models.DateField(
        _("ngày"), null=True, blank=True, help_text=_("Ngày đọc được; để trống thì chờ mọi ngày.")
    )
    issuer = models.CharField(
        _("cơ quan"),
        max_length=200,
        blank=True,
        help_text=_("Cơ quan ban hành như viện dẫn ghi; để trống thì cơ quan nào cũng được."),
    )
    kind = CodeField(
        "documents.relation", verbose_name=_("quan hệ"), default="refers", help_text=_("Quan hệ sẽ ghi khi gắn được.")
    )
    item = models.CharField(_("điều, mục"), max_length=60, blank=True, help_text=_("Điều, khoản, mục được viện dẫn."))
    reason = models.CharField(_("vì sao"), max_length=200, help_text=_("Chưa có trong sổ, hay trùng nhiều văn bản."))
    status = models.CharField(
        _("tình trạng"),
        max_length=10,
        choices=CitationStatus.choices,
        default=CitationStatus.WAITING,
        help_text=_("Chờ, đã gắn hoặc bỏ qua."),
    )
    bound_to = models.ForeignKey(
        Document,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("gắn với"),
        help_text=_("Văn bản đích đã tìm thấy."),
    )

    class Meta:
        verbose_name = _("viện dẫn chưa rõ")
        verbose_name_plural = _("viện dẫn chưa rõ")

    def __str__(self) -> str:
        return self.text

    @classmethod
    def bind(cls, target: Document) -> int:
        """Turn the citations that waited for ``target`` (same number; same day and issuer where they were read) into
        relations: 01/2024/QĐ-UBND of another province goes on waiting. A citation without a day is bound only where
        one document bears the number; a law cited by name, only where one bears the name. Returns how many."""

        def waited_for(same: Q, bearers: int) -> Q:
            return same & (
                Q(issued_on=target.issued_on) | Q(issued_on__isnull=True)
                if bearers == 1
                else Q(issued_on=target.issued_on)
            )

        same = waited_for(Q(canonical=target.canonical), Document.objects.filter(canonical=target.canonical).count())
        if target.type == "law":
            laws = Document.objects.filter(type="law", title=target.title).count()
            same |= waited_for(Q(canonical="", text__startswith=target.cite("short")), laws)
        named = cls.objects.filter(same, status=CitationStatus.WAITING).exclude(document=target)
        waiting = [one for one in named if one_body(one.issuer, target.issuer.name)]
        for one in waiting:
            Relation.objects.get_or_create(source_id=one.document_id, target=target, kind=one.kind, item=one.item)
        cls.objects.filter(pk__in=[one.pk for one in waiting]).update(status=CitationStatus.BOUND, bound_to=target)
        return len(waiting)


__all__ = [
    "Arrival",
    "Assignment",
    "CitationStatus",
    "Direction",
    "Document",
    "FoundSignature",
    "FoundTask",
    "Issuer",
    "Nature",
    "Opinion",
    "RecordDocument",
    "Relation",
    "Transfer",
    "TransferStatus",
    "UnresolvedCitation",
    "Validity",
    "canonical",
]
