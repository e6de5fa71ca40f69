"""What technology management must not miss."""

from cancu.core.reminders import Reminder

from .models import Appraisal


class AppraisalAnswered(Reminder):
    """Hồ sơ thẩm định, cho ý kiến công nghệ đến hạn trả lời."""

    model, date, days = Appraisal, "due_on", (7, 2, -1)
    while_state = ("received", "consulting", "drafting")
