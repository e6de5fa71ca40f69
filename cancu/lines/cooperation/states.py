"""The life of a delegation."""

from django.utils.translation import gettext_lazy as _

from cancu.core.people import Role
from cancu.core.states import Move, State, States

LEADERS = {Role.DIRECTOR, Role.DEPUTY}


class DelegationStates(States):
    planned = State(_("Chủ trương"))
    decided = State(_("Đã có quyết định"))
    done = State(_("Đã thực hiện"), tone="ok")
    reported = State(_("Đã báo cáo kết quả"), locks=True, tone="ok")
    cancelled = State(_("Hủy"), locks=True, tone="bad")
    decide = Move(planned, decided, _("Ghi nhận quyết định"), by=LEADERS, not_by_enterer=True)
    complete = Move(decided, done, _("Hoàn thành chuyến công tác"), needs=("returns_on",))
    report = Move(done, reported, _("Báo cáo kết quả"), needs=("reported_on",))
    cancel = Move((planned, decided), cancelled, _("Hủy"), by=LEADERS, needs=("reason",))
