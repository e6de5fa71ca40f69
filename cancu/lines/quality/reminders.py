"""What standards and quality must not miss."""

from cancu.core.reminders import Reminder

from .models import AuthorisedUnit


class AuthorisationEnds(Reminder):
    """Ủy quyền kiểm định, quản lý phương tiện đo hết hạn."""

    model, date, days = AuthorisedUnit, "valid_until", (60, 30)
