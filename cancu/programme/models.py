"""Programmes of work, their tasks, and the proposals for the next one (domain notes A1; Quy chế làm việc)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Self

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cancu.core.calendar import today
from cancu.core.codes import CodeField
from cancu.core.dated import in_order
from cancu.core.people import User
from cancu.core.record import Record, RecordQuerySet, recorded
from cancu.core.scope import scope_of
from cancu.core.states import StateField
from cancu.core.units import Unit
from cancu.documents.models import Document

from .deadlines import deadline_of, is_overdue, last_day
from .standing import became
from .states import LEADERS, OPENERS, WORKERS, ProposalStates, TaskStates

#: States in which a task is over; all others wait for a result.
OVER = ("done", "carried", "withdrawn")


@recorded
class Programme(Record):
    """Chương trình công tác của một năm, do một văn bản ban hành."""

    known_by = "code"

    code = models.CharField(_("mã"), max_length=20, unique=True, help_text=_("Ví dụ CTCT-2024."))
    year = models.PositiveSmallIntegerField(_("năm"), help_text=_("Năm thực hiện."))
    name = models.CharField(_("tên"), max_length=250, help_text=_("Tên chương trình."))
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="programmes",
        verbose_name=_("văn bản ban hành"),
        help_text=_("Để trống khi còn là dự kiến."),
    )

    class Meta(Record.Meta):
        verbose_name = _("chương trình công tác")
        verbose_name_plural = _("chương trình công tác")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def open_for(cls, user: User, year: int, name: str, document: Document) -> Programme:
        """Open the programme of ``year``, kept by the unit that keeps its document. Raises PermissionDenied, ValidationError."""
        if OPENERS.isdisjoint(scope_of(user).units_by_role):
            raise PermissionDenied(_("Chỉ văn thư và lãnh đạo Sở lập chương trình công tác."))
        made = cls(
            code=f"CTCT-{year}",
            year=year,
            name=name,
            document=document,
            owner_unit=document.owner_unit,
            entered_by=user,
        )
        made.full_clean()
        made.save()
        return made

    def next_code(self) -> str:
        """2024-08 after 2024-07: the largest number among the year's codes, plus one."""
        codes = Task.objects.filter(code__startswith=f"{self.year}-").values_list("code", flat=True)
        return f"{self.year}-{max((int(tail) for code in codes if (tail := code.partition('-')[2]).isdigit()), default=0) + 1:02d}"


class TaskQuerySet(RecordQuerySet):
    def seen_by(self, user: User) -> Self:
        """Of the units that lead it and of those that support it."""
        scope = scope_of(user)
        if scope.sees_all:
            return self
        supports = Task.supporting.through.objects.filter(unit_id__in=scope.unit_ids)
        return self.filter(Q(owner_unit_id__in=scope.unit_ids) | Q(pk__in=supports.values("task_id")))

    def drafting(self) -> Self:
        """Nhiệm vụ soạn thảo văn bản để cấp trên ban hành."""
        return self.filter(kind="drafting")

    def done(self) -> Self:
        """Đã có kết quả."""
        return self.filter(state="done")


@recorded
class Task(Record):
    """Nhiệm vụ được giao: một mục của chương trình công tác hoặc của một văn bản giao việc."""

    known_by = "code"
    label_related = ("ground",)

    code = models.CharField(_("mã"), max_length=20, unique=True, help_text=_("Ví dụ 2024-05."))
    programme = models.ForeignKey(
        Programme,
        models.PROTECT,
        related_name="tasks",
        verbose_name=_("chương trình"),
        help_text=_("Chương trình chứa nhiệm vụ."),
    )
    ground = models.ForeignKey(
        Document,
        models.PROTECT,
        related_name="tasks_ordered",
        verbose_name=_("văn bản giao việc"),
        help_text=_("Căn cứ của nhiệm vụ."),
    )
    ground_item = models.CharField(
        _("mục trong văn bản"), max_length=60, blank=True, help_text=_("Mục, điểm của văn bản giao việc.")
    )
    kind = CodeField(
        "programme.task_kind",
        verbose_name=_("loại việc"),
        help_text=_("Soạn thảo văn bản, báo cáo, tổ chức thực hiện…"),
    )
    content = models.TextField(_("nội dung"), help_text=_("Việc phải làm."))
    supporting = models.ManyToManyField(
        Unit,
        blank=True,
        related_name="+",
        verbose_name=_("đơn vị phối hợp"),
        help_text=_("Đơn vị chủ trì là đơn vị quản lý hồ sơ."),
    )
    product = models.CharField(_("sản phẩm"), max_length=200, blank=True, help_text=_("Sản phẩm dự kiến."))
    approving_level = CodeField(
        "programme.approving_level",
        verbose_name=_("cấp ban hành"),
        blank=True,
        help_text=_("Cấp có thẩm quyền ban hành sản phẩm."),
    )
    assigned_on = models.DateField(_("ngày giao"), help_text=_("Ngày văn bản giao việc đến Sở."))
    deadline_text = models.CharField(
        _("thời hạn ghi"), max_length=120, blank=True, help_text=_("Viết như văn bản: “Quý II/2025”, “Cả năm”.")
    )
    deadline_on = models.DateField(
        _("hạn"), null=True, blank=True, db_index=True, help_text=_("Ngày cuối cùng của thời hạn.")
    )
    closed_on = models.DateField(
        _("ngày kết thúc"), null=True, blank=True, editable=False, help_text=_("Ngày có kết quả, hoặc ngày rút.")
    )
    result = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks_answered",
        editable=False,
        verbose_name=_("văn bản kết quả"),
        help_text=_("Không có kết quả thì chưa hoàn thành."),
    )
    state = StateField(TaskStates)

    objects = TaskQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("nhiệm vụ được giao")
        verbose_name_plural = _("nhiệm vụ được giao")
        constraints = [
            *Record.Meta.constraints,
            in_order("assigned_on", "closed_on", "programme_task_closed_after_assigned"),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(result__isnull=False, closed_on__isnull=False),
                name="programme_task_done_has_result",
                violation_error_message=_("Nhiệm vụ chỉ hoàn thành khi có văn bản kết quả và ngày kết thúc."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=OVER, closed_on__isnull=False) | (~Q(state__in=OVER) & Q(closed_on__isnull=True)),
                name="programme_task_closed_when_over",
                violation_error_message=_(
                    "Nhiệm vụ hoàn thành, chuyển năm sau hoặc rút thì có ngày kết thúc; nhiệm vụ còn mở thì không."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}. {self.content}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new task's deadline is read from its words; a task that is over gets its day, one opened again loses it."""
        if self._state.adding and self.deadline_on is None:
            self.deadline_on = deadline_of(self.deadline_text, self.programme.year)
        if self.state not in OVER:
            self.closed_on = None
        elif self.closed_on is None:
            self.closed_on = (self.result.issued_on if self.state == "done" and self.result else None) or today()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "closed_on"}
        super().save(*args, **kwargs)

    def overdue(self, day: dt.date) -> bool:
        """Whether the deadline has passed on ``day`` without a result; a deadline on a rest day runs to the next working day."""
        return self.closed_on is None and self.deadline_on is not None and is_overdue(self.deadline_on, day)

    def move_deadline(self, user: User, new: dt.date | None, document: Document, reason: str) -> DeadlineChange:
        """Move the deadline to ``new`` (None withdraws it), on the ground of a document and for a reason; both are kept.
        Raises PermissionDenied for who is no leader, ValidationError where the task is over or nothing changes."""
        if not scope_of(user).holds(LEADERS, self.owner_unit_id):
            raise PermissionDenied(_("Chỉ lãnh đạo Sở được lùi hoặc rút thời hạn."))
        with transaction.atomic(), pghistory.context(user=user.pk, action="move_deadline", reason=reason):
            fresh = Task.objects.select_for_update(of=("self",)).get(pk=self.pk)
            if fresh.state in OVER:
                raise ValidationError(_("Nhiệm vụ đã kết thúc, không còn thời hạn để đổi."))
            if new == fresh.deadline_on or not reason.strip():
                raise ValidationError({"reason": _("Hãy chọn hạn khác hạn cũ và ghi lý do.")})
            change = DeadlineChange.objects.create(
                task=fresh, old=fresh.deadline_on, new=new, document=document, reason=reason
            )
            fresh.deadline_on = self.deadline_on = new
            if fresh.state == "adjusting":  # what was asked for is granted
                fresh.state = self.state = "under_way"
            fresh.save(update_fields=["deadline_on", "state"])
        return change

    @property
    def due_on(self) -> dt.date | None:
        """Ngày cuối thật của thời hạn: hạn rơi vào ngày nghỉ thì lùi tới ngày làm việc kế tiếp."""
        return last_day(self.deadline_on) if self.deadline_on else None

    @classmethod
    def open_deadlines(cls) -> Iterator[tuple[Task, dt.date]]:
        """Nhiệm vụ còn mở và ngày cuối của nó, để lịch ngày nghỉ tính lại."""
        rows = cls.objects.exclude(state__in=OVER).filter(deadline_on__isnull=False)
        yield from ((row, row.due_on) for row in rows if row.due_on)

    def write_progress(self, user: User, text: str) -> ProgressNote:
        """Keep what was done and what hinders, with its author and day. Raises PermissionDenied for who does not work in
        a unit of the task, ValidationError where nothing is said or the task is over."""
        scope = scope_of(user)
        units = [self.owner_unit_id, *self.supporting.values_list("pk", flat=True)]
        if not any(scope.holds(WORKERS, unit) for unit in units):
            raise PermissionDenied(_("Chỉ người của đơn vị chủ trì, phối hợp hoặc lãnh đạo ghi tiến độ."))
        if not text.strip():
            raise ValidationError({"text": _("Hãy ghi đã làm gì, vướng gì.")})
        if self.state in OVER:
            raise ValidationError(_("Nhiệm vụ đã kết thúc, không còn tiến độ để ghi."))
        return ProgressNote.objects.create(task=self, on=today(), author=user, text=text.strip())

    def became(self, day: dt.date) -> str:
        """Điều đã xảy ra với nhiệm vụ đến hết ``day``, viết cho báo cáo: “đang thực hiện, hạn 31/12/2024”."""
        return became(self, day)


@recorded
class DeadlineChange(models.Model):
    """Lùi hạn hoặc rút hạn của một nhiệm vụ, có văn bản và lý do."""

    task = models.ForeignKey(
        Task,
        models.CASCADE,
        related_name="deadline_changes",
        verbose_name=_("nhiệm vụ"),
        help_text=_("Nhiệm vụ được lùi hạn."),
    )
    old = models.DateField(_("hạn cũ"), null=True, blank=True, help_text=_("Hạn trước khi đổi."))
    new = models.DateField(_("hạn mới"), null=True, blank=True, help_text=_("Để trống khi rút hạn."))
    document = models.ForeignKey(
        Document, models.PROTECT, related_name="+", verbose_name=_("văn bản"), help_text=_("Văn bản cho phép.")
    )
    reason = models.TextField(_("lý do"), help_text=_("Vì sao đổi hạn."))

    class Meta:
        verbose_name = _("điều chỉnh thời hạn")
        verbose_name_plural = _("điều chỉnh thời hạn")

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class ProgressNote(models.Model):
    """Ghi chú tiến độ của một nhiệm vụ, có người ghi và ngày."""

    task = models.ForeignKey(
        Task, models.CASCADE, related_name="progress", verbose_name=_("nhiệm vụ"), help_text=_("Nhiệm vụ.")
    )
    on = models.DateField(_("ngày"), help_text=_("Ngày ghi."))
    author = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("người ghi"), help_text=_("Người ghi tiến độ.")
    )
    text = models.TextField(_("nội dung"), help_text=_("Đã làm gì, vướng gì."))

    class Meta:
        verbose_name = _("ghi chú tiến độ")
        verbose_name_plural = _("ghi chú tiến độ")
        ordering = ["on"]

    def __str__(self) -> str:
        return self.text


@recorded
class Proposal(Record):
    """Đề xuất cho năm sau: nhóm giải pháp (phần II) hoặc nhiệm vụ đưa vào chương trình (phần III)."""

    known_by = "code"
    label_related = ("ground",)

    code = models.CharField(_("mã"), max_length=20, unique=True, help_text=_("Ví dụ 2025-DX1."))
    year = models.PositiveSmallIntegerField(_("năm"), help_text=_("Năm thực hiện."))
    order = models.PositiveSmallIntegerField(_("thứ tự"), help_text=_("Thứ tự trong báo cáo."))
    kind = CodeField("programme.proposal_kind", verbose_name=_("loại"), help_text=_("Giải pháp hoặc nhiệm vụ đề xuất."))
    title = models.CharField(_("tên nhóm"), max_length=250, blank=True, help_text=_("Tên nhóm giải pháp."))
    content = models.TextField(_("nội dung"), help_text=_("Nội dung đề xuất."))
    ground = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("căn cứ"),
        help_text=_("Văn bản làm căn cứ."),
    )
    proposed_on = models.DateField(
        _("ngày đề xuất"), null=True, blank=True, help_text=_("Ngày báo cáo mang đề xuất; để trống khi chưa gửi.")
    )
    deadline_text = models.CharField(
        _("thời gian thực hiện"), max_length=60, blank=True, help_text=_("Quý II/2025, Cả năm…")
    )
    deadline_on = models.DateField(_("hạn"), null=True, blank=True, help_text=_("Ngày cuối cùng của thời hạn."))
    task = models.OneToOneField(
        Task,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="proposal",
        verbose_name=_("nhiệm vụ"),
        help_text=_("Nhiệm vụ hình thành khi được chấp thuận."),
    )
    state = StateField(ProposalStates)

    class Meta(Record.Meta):
        verbose_name = _("đề xuất năm sau")
        verbose_name_plural = _("đề xuất năm sau")
        ordering = ["year", "order"]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(fields=["year", "kind", "order"], name="programme_proposal_order_once"),
        ]

    def __str__(self) -> str:
        return self.content

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new proposal's deadline is read from its words."""
        if self._state.adding and self.deadline_on is None:
            self.deadline_on = deadline_of(self.deadline_text, self.year)
        super().save(*args, **kwargs)

    def accept(self, user: User, programme: Programme, code: str) -> Task:
        """The proposal becomes the task ``code`` of next year's programme: same words, ground, deadline and unit.
        Raises ValidationError where the programme is of another year or has no document, PermissionDenied as the move does."""
        if programme.year != self.year or programme.document is None:
            raise ValidationError(
                _("Đề xuất chỉ vào chương trình của năm %(year)d đã có văn bản ban hành."), params={"year": self.year}
            )
        with transaction.atomic():
            task = Task.objects.create(
                code=code,
                programme=programme,
                ground=self.ground or programme.document,
                kind="execution",
                content=self.content,
                assigned_on=programme.document.issued_on,
                deadline_text=self.deadline_text,
                deadline_on=self.deadline_on,
                owner_unit_id=self.owner_unit_id,
                entered_by_id=self.entered_by_id,
            )
            ProposalStates.move(self, "accept", user, task=task)
            task.confirm(user)  # what a leader takes in is an item of the programme from now on
        return task
