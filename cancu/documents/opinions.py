"""What people say of a draft: opinions asked of other units with a deadline, appraisals, and remarks that nobody asked
for. One row is one unit's word; who said what and when is its history.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cancu.core.calendar import now, today
from cancu.core.dated import in_order
from cancu.core.people import Role, User
from cancu.core.record import Record, RecordQuerySet, recorded
from cancu.core.restdays import working_calendar
from cancu.core.scope import scope_of
from cancu.core.states import Move, State, StateField, States
from cancu.core.units import Unit
from vanban.workdays import count_workdays

from .states import HEADS, DocumentStates

if TYPE_CHECKING:
    from .models import Document

#: Who speaks for a unit that was asked; văn thư for the office, which checks the form.
SPEAKERS = frozenset({*HEADS, Role.CLERK})
#: Who works on a draft of their unit.
DRAFTERS = frozenset({Role.SPECIALIST, *SPEAKERS})


class OpinionKind(models.TextChoices):
    CONSULT = "consult", _("Lấy ý kiến")
    APPRAISE = "appraise", _("Thẩm định")
    REMARK = "remark", _("Trao đổi")


class Verdict(models.TextChoices):
    AGREE = "agree", _("Đồng ý")
    OTHER = "other", _("Ý kiến khác")


def verdicts(kind: str) -> list[tuple[str, Any]]:
    """The verdicts in the words of an opinion, or of an appraisal."""
    return (
        [(Verdict.AGREE.value, _("Đạt")), (Verdict.OTHER.value, _("Phải hoàn thiện"))]
        if kind == OpinionKind.APPRAISE
        else list(Verdict.choices)
    )


class OpinionStates(States):
    asked = State(_("Chờ trả lời"), tone="warn")
    given = State(_("Đã trả lời"), locks=True, tone="ok")
    withdrawn = State(_("Không cần nữa"), locks=True)
    give = Move(asked, given, _("Trả lời"), by=SPEAKERS, needs=("verdict",), guard=lambda row: row.why_not_enough())
    withdraw = Move(asked, withdrawn, _("Không cần nữa"), by=DRAFTERS, over=lambda row: row.document.owner_unit_id)


class OpinionQuerySet(RecordQuerySet):
    def seen_by(self, user: User) -> Self:
        """Of the units that were asked, and of the unit that drafts."""
        scope = scope_of(user)
        return (
            self
            if scope.sees_all
            else self.filter(Q(owner_unit_id__in=scope.unit_ids) | Q(document__owner_unit_id__in=scope.unit_ids))
        )

    def asked_of(self, user: User) -> Self:
        """Chờ người này trả lời thay đơn vị mình, việc gấp trước."""
        units = frozenset().union(*(held for role, held in scope_of(user).units_by_role.items() if role in SPEAKERS))
        return self.filter(state="asked", owner_unit_id__in=units).order_by("due_on", "pk")


@recorded
class Opinion(Record):
    """Ý kiến của một đơn vị về một dự thảo: được hỏi có hạn, thẩm định, hoặc trao đổi không ai hỏi."""

    label_related = ("document", "owner_unit")
    known_by = "pk"

    document = models.ForeignKey(
        "documents.Document",
        models.CASCADE,
        related_name="opinions",
        verbose_name=_("dự thảo"),
        help_text=_("Văn bản đang soạn."),
    )
    kind = models.CharField(
        _("việc"),
        max_length=8,
        choices=OpinionKind.choices,
        default=OpinionKind.CONSULT,
        help_text=_("Lấy ý kiến, thẩm định, hay trao đổi không ai hỏi."),
    )
    question = models.TextField(_("hỏi về"), blank=True, help_text=_("Điều cần đơn vị cho ý kiến."))
    asked_on = models.DateField(
        _("ngày hỏi"), default=today, help_text=_("Ngày gửi lấy ý kiến; không tính vào thời hạn.")
    )
    due_on = models.DateField(_("hạn"), null=True, blank=True, db_index=True, help_text=_("Ngày cuối phải trả lời."))
    verdict = models.CharField(
        _("kết luận"), max_length=5, choices=Verdict.choices, blank=True, help_text=_("Đồng ý, hay có ý kiến khác.")
    )
    words = models.TextField(_("ý kiến"), blank=True, help_text=_("Lời của đơn vị; ý kiến khác thì phải nêu rõ."))
    given_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("người trả lời"),
        help_text=_("Người trả lời thay đơn vị."),
    )
    given_at = models.DateTimeField(_("lúc trả lời"), null=True, blank=True, help_text=_("Thời điểm trả lời."))
    state = StateField(OpinionStates)

    objects = OpinionQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("ý kiến về dự thảo")
        verbose_name_plural = _("ý kiến về dự thảo")
        ordering = ["pk"]
        constraints = [
            *Record.Meta.constraints,
            in_order("asked_on", "due_on", "documents_opinion_due_after_asked"),
            models.CheckConstraint(
                condition=~Q(state="given") | Q(given_by__isnull=False, given_at__isnull=False),
                name="documents_opinion_given_by_someone",
                violation_error_message=_("Ý kiến đã cho thì có người và thời điểm."),
            ),
            models.UniqueConstraint(
                fields=["document", "owner_unit", "kind"],
                condition=Q(state="asked"),
                name="documents_opinion_asked_once",
                violation_error_message=_("Đơn vị này đang được hỏi về dự thảo ấy."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.document}"

    def why_not_enough(self) -> Any:
        """Why the answer says too little; nothing where it says enough."""
        if self.verdict == Verdict.OTHER and not self.words.strip():
            return _("Có ý kiến khác thì phải ghi rõ ý kiến.")
        return None

    @property
    def conclusion(self) -> Any:
        """The verdict in the words of its kind."""
        return dict(verdicts(self.kind)).get(self.verdict, "")

    @property
    def late(self) -> bool:
        """Chưa trả lời mà đã quá hạn."""
        return self.state == "asked" and self.due_on is not None and self.due_on < today()

    @property
    def taken(self) -> int | None:
        """Số ngày làm việc từ ngày hỏi đến ngày trả lời; None khi chưa trả lời."""
        return count_workdays(self.asked_on, self.given_at.date(), working_calendar()) if self.given_at else None


@transaction.atomic
def ask(
    document: Document, units: Iterable[Unit], kind: str, due_on: dt.date | None, question: str, user: User
) -> list[Opinion]:
    """Ask each unit for its opinion, or to appraise; the draft moves to that step where it is not there yet. All or
    nothing. Raises PermissionDenied, ValidationError."""
    move = DocumentStates.moves[kind]
    if document.state != move.target.key:
        DocumentStates.move(document, kind, user)
    elif not scope_of(user).holds(move.by, document.owner_unit_id):
        raise PermissionDenied(_("Chỉ người của đơn vị soạn thảo được hỏi ý kiến."))
    if due_on is None or due_on < today():
        raise ValidationError({"due_on": _("Hãy ghi hạn trả lời, từ hôm nay trở đi.")})
    made = []
    with pghistory.context(user=user.pk, action="ask"):
        for unit in units:
            if unit.pk == document.owner_unit_id:
                raise ValidationError({"units": _("Đơn vị soạn thảo không tự cho ý kiến về dự thảo của mình.")})
            row = Opinion(
                document=document, owner_unit=unit, kind=kind, question=question.strip(), due_on=due_on, entered_by=user
            )
            row.full_clean()
            row.save()
            made.append(row)
    if not made:
        raise ValidationError({"units": _("Hãy chọn ít nhất một đơn vị.")})
    return made


def answer(opinion: Opinion, user: User, verdict: str, words: str) -> None:
    """The unit's word. Raises PermissionDenied for who does not speak for it, ValidationError where it says too little."""
    if verdict not in Verdict.values:
        raise ValidationError({"verdict": _("Hãy chọn kết luận.")})
    OpinionStates.move(opinion, "give", user, verdict=verdict, words=words.strip(), given_by=user, given_at=now())


def remark(document: Document, user: User, words: str) -> Opinion:
    """Something said of the draft that nobody asked for, by whoever sees it. Raises ValidationError, PermissionDenied."""
    from .outgoing import OPEN

    if not words.strip():
        raise ValidationError({"words": _("Hãy ghi ý kiến.")})
    if document.state not in OPEN:
        raise ValidationError(_("Văn bản không còn là dự thảo."))
    units = scope_of(user).unit_ids
    if not units:
        raise PermissionDenied(_("Bạn không thuộc đơn vị nào."))
    with pghistory.context(user=user.pk, action="remark"):
        unit = document.owner_unit_id if document.owner_unit_id in units else min(units)
        return Opinion.objects.create(
            document=document,
            owner_unit_id=unit,
            kind=OpinionKind.REMARK,
            words=words.strip()[:4000],
            state="given",
            given_by=user,
            given_at=now(),
            entered_by=user,
        )
