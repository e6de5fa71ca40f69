"""What international cooperation must not miss."""

from cancu.core.reminders import Reminder

from .models import Agreement, Delegation


class AgreementEnds(Reminder):
    """Thỏa thuận hợp tác hết hiệu lực."""

    model, date, days = Agreement, "expires_on", (90, 30)


class DelegationReports(Reminder):
    """Đoàn công tác nước ngoài đến hạn báo cáo kết quả."""

    model, date, days = Delegation, "report_due_on", (7, 1, -1)
    while_state = ("decided", "done")
