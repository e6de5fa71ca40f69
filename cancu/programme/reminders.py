"""What the work programme must not miss: tasks before their deadline, and the day after it."""

from cancu.core.people import Role
from cancu.core.reminders import Reminder

from .models import Task


class TaskDue(Reminder):
    """Nhiệm vụ được giao đến hạn."""

    model, date, days = Task, "deadline_on", (14, 7, 1, -1)
    to = {Role.SPECIALIST, Role.UNIT_HEAD, Role.DEPUTY, Role.DIRECTOR}
    while_state = ("waiting", "under_way", "adjusting")
