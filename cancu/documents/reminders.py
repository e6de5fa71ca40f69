"""What văn thư and leaders must not miss: letters given to be settled, before their last day and after it."""

from typing import Any

from cancu.core.people import Role
from cancu.core.reminders import Reminder

from .assignments import Assignment, Part
from .opinions import Opinion


class AssignmentDue(Reminder):
    """Văn bản được giao xử lý đến hạn."""

    model, date, days = Assignment, "due_on", (3, 1, -1, -3)
    to = {Role.SPECIALIST, Role.UNIT_HEAD, Role.DEPUTY, Role.DIRECTOR}
    later = {Role.DEPUTY: -1, Role.DIRECTOR: -3}
    while_state = ("given", "seen", "returned")

    def rows(self) -> Any:
        return Assignment.objects.exclude(part=Part.INFORM)


class OpinionDue(Reminder):
    """Dự thảo chờ đơn vị cho ý kiến đến hạn."""

    model, date, days = Opinion, "due_on", (2, 1, -1)
    to = {Role.SPECIALIST, Role.UNIT_HEAD}
    while_state = ("asked",)
