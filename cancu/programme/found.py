"""A task that was read in a document becomes a task of a programme."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cancu.core.calendar import today
from cancu.core.people import Role, User
from cancu.core.scope import scope_of
from cancu.core.units import Unit
from cancu.documents.models import FoundTask

from .models import Programme, Task

#: Who hands out the work that a document orders: văn thư, the office's head, leaders.
HAND_OUT = frozenset({Role.CLERK, Role.UNIT_HEAD, Role.DEPUTY, Role.DIRECTOR})


def may_hand_out(user: User, found: FoundTask) -> bool:
    """Whether ``user`` may take the task up or pass it over: a role over the unit that keeps the document."""
    return scope_of(user).holds(HAND_OUT, found.document.owner_unit_id)


def take_up(found: FoundTask, programme: Programme, unit: Unit, user: User) -> Task:
    """The task enters ``programme`` for ``unit``, in its own words, with the document as its ground. Once.

    Raises PermissionDenied, or ValidationError where it was taken up or passed over already."""
    if not may_hand_out(user, found):
        raise PermissionDenied(
            _("Chỉ văn thư, trưởng đơn vị giữ văn bản hoặc lãnh đạo được nhận nhiệm vụ vào chương trình.")
        )
    document = found.document
    with transaction.atomic():
        Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)  # two must not get one code
        task = Task(
            code=programme.next_code(),
            programme=programme,
            ground=document,
            ground_item=found.item,
            kind="execution",
            content=found.content,
            assigned_on=document.arrived_on or document.issued_on or today(),
            deadline_text=found.deadline_text,
            deadline_on=found.deadline_on,
            owner_unit=unit,
            entered_by=user,
        )
        task.full_clean()
        task.save()
        found.settle("taken")
    return task


def pass_over(found: FoundTask, user: User) -> None:
    """What was read is no task for the department. Raises PermissionDenied or ValidationError."""
    if not may_hand_out(user, found):
        raise PermissionDenied(_("Chỉ văn thư, trưởng đơn vị giữ văn bản hoặc lãnh đạo được bỏ qua."))
    found.settle("dismissed")
