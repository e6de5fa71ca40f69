"""What radiation safety must not miss (Nghị định 142/2020/NĐ-CP)."""

from typing import Any

from cancu.core.reminders import Reminder

from .models import Licence


class LicenceExpires(Reminder):
    """Giấy phép tiến hành công việc bức xạ hết hạn."""

    model, date, days = Licence, "expires_on", (60, 30, 7)
    while_state = ("granted",)

    def rows(self) -> Any:
        return Licence.objects.exclude(renewals__state="granted")
