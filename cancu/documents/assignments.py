"""Leaders' instructions on an incoming document: to which unit and person, by when, seen, handed over, returned,
extended, and closed by the document that answers. Who did what and why is the record's own history.

An assignment is no Task: thousands a year say who settles a letter, and the work programme counts none of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Self

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cancu.core.calendar import now, today
from cancu.core.dated import in_order, valid_on
from cancu.core.people import Membership, Role, User
from cancu.core.record import Record, RecordQuerySet, recorded
from cancu.core.restdays import working_calendar
from cancu.core.scope import scope_of
from cancu.core.states import Move, State, StateField, States
from cancu.core.units import Unit
from vanban.workdays import add_workdays, count_workdays, next_workday

if TYPE_CHECKING:
    from .models import Document

#: Who gives assignments: leaders, and văn thư who writes down what a leader wrote on the paper.
GIVERS = frozenset({Role.DIRECTOR, Role.DEPUTY, Role.CLERK})
LEADERS = frozenset({Role.DIRECTOR, Role.DEPUTY})


class Part(models.TextChoices):
    LEAD = "lead", _("Chủ trì")
    SUPPORT = "support", _("Phối hợp")
    INFORM = "inform", _("Để biết")


class AssignmentStates(States):
    """Only who holds the assignment says “seen” and closes it; see ``Assignment.held_by``."""

    given = State(_("Chưa xem"), tone="warn")
    seen = State(_("Đã xem"))
    returned = State(_("Trả lại"), tone="bad")
    done = State(_("Đã giải quyết"), locks=True, tone="ok")
    revoked = State(_("Thu hồi"), locks=True)
    see = Move(given, seen, _("Đã xem"), by=frozenset(Role))
    give_back = Move((given, seen), returned, _("Trả lại"), by=frozenset(Role), needs=("reason",))
    finish = Move(
        (given, seen),
        done,
        _("Đã giải quyết"),
        by=frozenset(Role),
        needs=("response",),
        guard=lambda row: row.why_no_answer(),
    )
    revoke = Move(
        (given, seen, returned),
        revoked,
        _("Thu hồi"),
        by=GIVERS,
        needs=("reason",),
        over=lambda row: row.document.owner_unit_id,
    )

    @classmethod
    def open_moves(cls, record: Any, user: User) -> list[Move]:
        return [move for move in super().open_moves(record, user) if move.key == "revoke" or record.held_by(user)]

    @classmethod
    def _refuse(cls, record: Any, move: Move, user: User, reason: str) -> None:
        if move.key != "revoke" and not record.held_by(user):
            raise PermissionDenied(_("Chỉ người được giao, hoặc trưởng đơn vị được giao, làm bước này."))
        super()._refuse(record, move, user, reason)


class AssignmentQuerySet(RecordQuerySet):
    def seen_by(self, user: User) -> Self:
        """Of one's units, and those given to oneself by name."""
        scope = scope_of(user)
        return self if scope.sees_all else self.filter(Q(owner_unit_id__in=scope.unit_ids) | Q(person_id=user.pk))

    def open(self) -> Self:
        """Còn phải làm: chưa giải quyết, chưa thu hồi; việc để biết hết khi đã xem."""
        return self.filter(state__in=("given", "seen", "returned")).exclude(part=Part.INFORM, state="seen")

    def of(self, user: User) -> Self:
        """What waits for ``user``: given by name, or to a unit they lead and to nobody by name."""
        led = scope_of(user).units_by_role.get(Role.UNIT_HEAD, frozenset())
        return (
            self.open()
            .exclude(state="returned")
            .filter(Q(person_id=user.pk) | Q(person__isnull=True, owner_unit_id__in=led))
        )


@recorded
class Assignment(Record):
    """Giao xử lý văn bản đến: ý kiến chỉ đạo, đơn vị và người nhận, hạn, văn bản trả lời."""

    label_related = ("document",)
    known_by = "pk"

    document = models.ForeignKey(
        "documents.Document",
        models.PROTECT,
        related_name="assignments",
        verbose_name=_("văn bản đến"),
        help_text=_("Văn bản được giao xử lý."),
    )
    given_by = models.ForeignKey(
        User,
        models.PROTECT,
        related_name="+",
        verbose_name=_("người giao"),
        help_text=_("Lãnh đạo cho ý kiến chỉ đạo."),
    )
    given_on = models.DateField(_("ngày giao"), default=today, help_text=_("Ngày giao; không tính vào thời hạn."))
    instruction = models.TextField(_("ý kiến chỉ đạo"), help_text=_("Việc phải làm, như lãnh đạo ghi."))
    part = models.CharField(
        _("vai"),
        max_length=7,
        choices=Part.choices,
        default=Part.LEAD,
        help_text=_("Chủ trì phải có văn bản trả lời; phối hợp xong cùng đơn vị chủ trì; để biết chỉ cần xem."),
    )
    person = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assignments",
        verbose_name=_("người nhận"),
        help_text=_("Để trống khi giao cho đơn vị; trưởng đơn vị chuyển tiếp."),
    )
    days = models.PositiveSmallIntegerField(
        _("số ngày làm việc"), null=True, blank=True, help_text=_("Thời hạn tính bằng ngày làm việc, kể từ ngày giao.")
    )
    until = models.DateField(
        _("đến ngày"),
        null=True,
        blank=True,
        help_text=_("Thời hạn ghi bằng ngày, nếu không ghi bằng số ngày làm việc."),
    )
    due_on = models.DateField(
        _("hạn"),
        null=True,
        blank=True,
        editable=False,
        db_index=True,
        help_text=_("Ngày cuối theo lịch làm việc; máy tính lại mỗi khi lịch ngày nghỉ đổi."),
    )
    seen_at = models.DateTimeField(
        _("lúc xem"), null=True, blank=True, editable=False, help_text=_("Lúc người nhận bấm “Đã xem”.")
    )
    response = models.ForeignKey(
        "documents.Document",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="answered_assignments",
        verbose_name=_("văn bản trả lời"),
        help_text=_("Văn bản khép lại việc được giao."),
    )
    closed_on = models.DateField(
        _("ngày xong"), null=True, blank=True, help_text=_("Ngày của văn bản trả lời, hoặc ngày thu hồi.")
    )
    state = StateField(AssignmentStates)

    objects = AssignmentQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("việc giao theo văn bản")
        verbose_name_plural = _("việc giao theo văn bản")
        ordering = ["due_on", "pk"]
        constraints = [
            *Record.Meta.constraints,
            in_order("given_on", "closed_on", "documents_assignment_closed_after_given"),
            models.CheckConstraint(
                condition=Q(days__isnull=True) | Q(until__isnull=True),
                name="documents_assignment_one_term",
                violation_error_message=_("Ghi hạn bằng số ngày làm việc hoặc bằng ngày, không cả hai."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=("done", "revoked"), closed_on__isnull=False)
                | (~Q(state__in=("done", "revoked")) & Q(closed_on__isnull=True)),
                name="documents_assignment_over_has_day",
                violation_error_message=_("Việc đã xong hoặc thu hồi thì có ngày; việc còn mở thì không."),
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(response__isnull=False),
                name="documents_assignment_done_has_answer",
                violation_error_message=_("Việc chỉ xong khi có văn bản trả lời."),
            ),
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(part="lead", state__in=("given", "seen", "returned", "done")),
                name="documents_assignment_one_lead",
                violation_error_message=_(
                    "Văn bản này đã có đơn vị chủ trì; hãy chuyển giao hoặc thu hồi việc đã giao."
                ),
            ),
            models.UniqueConstraint(
                fields=["document", "owner_unit", "person"],
                condition=Q(state__in=("given", "seen", "returned")),
                nulls_distinct=False,
                name="documents_assignment_once",
                violation_error_message=_("Đơn vị, người này đang giữ việc của văn bản ấy."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}: {self.instruction}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The last day follows from the term and the calendar; what is seen gets its moment, what is over its day."""
        self.due_on = self.last_day()
        if self.state == "seen" and self.seen_at is None:
            self.seen_at = now()
        if self.state not in ("done", "revoked"):
            self.closed_on = None
        elif self.closed_on is None:
            answered = self.response.issued_on if self.state == "done" and self.response else None
            self.closed_on = max(answered or today(), self.given_on)
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "due_on", "closed_on", "seen_at"}
        super().save(*args, **kwargs)

    def last_day(self) -> dt.date | None:
        """Ngày cuối: số ngày làm việc sau ngày giao, hoặc ngày đã ghi, lùi tới ngày làm việc nếu rơi vào ngày nghỉ."""
        calendar = working_calendar()
        if self.days is not None:
            return next_workday(add_workdays(self.given_on, self.days, calendar), calendar)
        return next_workday(self.until, calendar) if self.until else None

    @classmethod
    def open_deadlines(cls) -> Iterator[tuple[Assignment, dt.date]]:
        """Việc còn mở và hạn của nó, để lịch ngày nghỉ tính lại."""
        yield from ((row, due) for row in cls.objects.open() if (due := row.last_day()))

    @classmethod
    def follow_calendar(cls) -> None:
        """Ghi lại hạn của các việc còn mở theo lịch hiện tại."""
        for row in cls.objects.open():
            if row.due_on != row.last_day():
                row.save(update_fields=["due_on"])

    @property
    def is_open(self) -> bool:
        return self.state in ("given", "seen", "returned") and not (self.part == Part.INFORM and self.state == "seen")

    @property
    def taken(self) -> int | None:
        """Số ngày làm việc từ ngày giao đến ngày có văn bản trả lời; None khi chưa xong."""
        return (
            count_workdays(self.given_on, self.closed_on, working_calendar())
            if self.state == "done" and self.closed_on
            else None
        )

    def late(self, day: dt.date) -> bool:
        """Quá hạn vào ngày ``day``, hoặc đã xong sau hạn."""
        return self.due_on is not None and self.state != "revoked" and (self.closed_on or day) > self.due_on

    def held_by(self, user: User) -> bool:
        """Whether ``user`` acts on it: the person named, or the head of its unit."""
        return self.person_id == user.pk or self.owner_unit_id in scope_of(user).units_by_role.get(
            Role.UNIT_HEAD, frozenset()
        )

    def why_no_answer(self) -> Any:
        """Why the answer does not close it; nothing where it does."""
        if self.part != Part.LEAD:
            return _("Việc phối hợp, để biết xong cùng đơn vị chủ trì; chỉ đơn vị chủ trì ghi văn bản trả lời.")
        if self.response and self.response.state != "issued":
            return _("Văn bản trả lời chưa ban hành.")
        if self.response and self.response.issued_on and self.response.issued_on < self.given_on:
            return _("Văn bản trả lời có ngày trước ngày giao việc.")
        return None


def may_give(user: User, document: Document) -> bool:
    """Whether ``user`` gives assignments on ``document``: a leader, or văn thư of the unit that keeps it."""
    return document.direction == "incoming" and scope_of(user).holds(GIVERS, document.owner_unit_id)


def give(
    user: User, document: Document, places: Iterable[tuple[str, Unit, User | None]], **values: Any
) -> list[Assignment]:
    """Give ``document`` to each (part, unit, person); ``values``: instruction, days or until, given_by. All or nothing.
    The leading unit becomes the document's receiver in the book. Raises PermissionDenied, ValidationError."""
    if not may_give(user, document):
        raise PermissionDenied(_("Chỉ lãnh đạo Sở và văn thư giao xử lý văn bản đến."))
    made = []
    with transaction.atomic(), pghistory.context(user=user.pk, action="give", reason=values.get("instruction", "")):
        for part, unit, person in places:
            _works_in(person, unit)
            row = Assignment(
                document=document,
                part=part,
                owner_unit=unit,
                person=person,
                entered_by=user,
                **{"given_by": user, **values},
            )
            row.full_clean()
            row.save()
            made.append(row)
            if part == Part.LEAD:
                document.forwarded_to, document.forwarded_on = unit, row.given_on
                document.save(update_fields=["forwarded_to", "forwarded_on"])
    return made


def hand_over(row: Assignment, user: User, unit: Unit, person: User | None, reason: str) -> None:
    """Hand an open assignment to another person or unit, with a reason: its head within the unit, a leader anywhere.
    It waits to be seen again; its term runs on. Raises PermissionDenied, ValidationError."""
    leads = scope_of(user).holds(GIVERS, row.document.owner_unit_id)
    if not leads and not (row.held_by(user) and unit == row.owner_unit):
        raise PermissionDenied(
            _("Trưởng đơn vị chuyển việc trong đơn vị; chuyển sang đơn vị khác do lãnh đạo Sở hoặc văn thư.")
        )
    _reasoned(reason)
    _works_in(person, unit)
    with transaction.atomic(), pghistory.context(user=user.pk, action="hand_over", reason=reason):
        fresh = _locked(row)
        if (fresh.owner_unit_id, fresh.person_id) == (
            unit.pk,
            person.pk if person else None,
        ) and fresh.state != "returned":
            raise ValidationError(_("Việc đang ở đúng nơi này; hãy chọn người hoặc đơn vị khác."))
        fresh.owner_unit, fresh.person, fresh.seen_at, fresh.state = unit, person, None, AssignmentStates.initial()
        fresh.full_clean()
        fresh.save()
        if fresh.part == Part.LEAD and fresh.document.forwarded_to_id != unit.pk:
            fresh.document.forwarded_to = unit
            fresh.document.save(update_fields=["forwarded_to"])
    row.refresh_from_db()


def extend(row: Assignment, user: User, until: dt.date, reason: str) -> None:
    """Give a later last day, for a reason; the old one stays in the history. Leaders alone. Raises PermissionDenied,
    ValidationError."""
    if not scope_of(user).holds(LEADERS, row.owner_unit_id):
        raise PermissionDenied(_("Chỉ lãnh đạo Sở được gia hạn."))
    _reasoned(reason)
    with transaction.atomic(), pghistory.context(user=user.pk, action="extend", reason=reason):
        fresh = _locked(row)
        if fresh.due_on is not None and until <= fresh.due_on:
            raise ValidationError({"until": _("Hạn mới phải sau hạn cũ.")})
        fresh.days, fresh.until = None, until
        fresh.save()
    row.refresh_from_db()


def finish(row: Assignment, user: User, response: Document) -> None:
    """The answer closes the assignment of the leading unit, and with it those of the supporting ones; the book learns
    the answer's number. Raises PermissionDenied, ValidationError."""
    from .models import Relation

    with transaction.atomic():
        AssignmentStates.move(row, "finish", user, response=response)
        Relation.objects.get_or_create(source=response, target=row.document, kind="answers", item="")
        with pghistory.context(user=user.pk, action="finish"):
            for other in Assignment.objects.filter(document=row.document, part=Part.SUPPORT).open():
                other.state, other.response = "done", response
                other.save(update_fields=["state", "response"])


def people_of(units: Iterable[int], day: dt.date) -> list[Membership]:
    """Who holds a role in the units on ``day``, to be given work; administrators are not."""
    held = Membership.objects.filter(valid_on(day), unit_id__in=units, user__is_active=True).exclude(
        role=Role.ADMINISTRATOR
    )
    return list(held.select_related("user", "unit").order_by("unit__code", "user__full_name", "user__username"))


def _works_in(person: User | None, unit: Unit) -> None:
    if person is not None and not any(held.user_id == person.pk for held in people_of([unit.pk], today())):
        raise ValidationError({"person": _("%(person)s không làm việc ở %(unit)s.") % {"person": person, "unit": unit}})


def _reasoned(reason: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": _("Hãy ghi lý do.")})


def _locked(row: Assignment) -> Assignment:
    fresh = Assignment.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if not fresh.is_open:
        raise ValidationError(_("Việc này đã xong hoặc đã thu hồi."))
    return fresh
