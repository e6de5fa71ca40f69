"""What intellectual property must not miss: titles that must be renewed."""

from cancu.core.reminders import Reminder

from .models import Title


class TitleExpires(Reminder):
    """Văn bằng sở hữu trí tuệ hết hiệu lực, phải gia hạn."""

    model, date, days = Title, "expires_on", (180, 60, 30)
    while_state = ("granted", "renewed")
