"""What the work programme must not miss: tasks before their deadline to who works on them, late ones up the line."""

import datetime as dt

from cancu.core.people import Role
from cancu.core.reminders import Reminder

from .deadlines import last_day
from .models import Task


class TaskDue(Reminder):
    """Nhiệm vụ được giao đến hạn."""

    model, date, days = Task, "deadline_on", (14, 7, 1, -1, -3)
    to = {Role.SPECIALIST, Role.UNIT_HEAD, Role.DEPUTY, Role.DIRECTOR}
    later = {Role.DEPUTY: -1, Role.DIRECTOR: -3}
    while_state = ("waiting", "under_way", "adjusting")

    def ends(self, on: dt.date) -> dt.date:
        """A deadline on a rest day runs to the next working day."""
        return last_day(on)
