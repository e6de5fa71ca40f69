"""The life of a preparation, a batch and an issue slip."""

from django.utils.translation import gettext_lazy as _

from cancu.core.people import Role
from cancu.core.states import Move, State, States

HEADS = {Role.UNIT_HEAD, Role.DIRECTOR, Role.DEPUTY}


class ProductStates(States):
    research = State(_("Nghiên cứu"))
    trial = State(_("Sản xuất thử"), tone="warn")
    in_production = State(_("Đang sản xuất"), tone="ok")
    stopped = State(_("Ngừng sản xuất"), locks=True)
    try_out = Move(research, trial, _("Sản xuất thử"))
    launch = Move(trial, in_production, _("Đưa vào sản xuất"), by=HEADS, needs=("produced_from",))
    stop = Move(in_production, stopped, _("Ngừng sản xuất"), by=HEADS, needs=("produced_until", "reason"))


class BatchStates(States):
    planned = State(_("Kế hoạch"))
    made = State(_("Chờ kiểm nghiệm"), tone="warn")
    passed = State(_("Đạt, nhập kho"), locks=True, tone="ok")
    failed = State(_("Không đạt"), locks=True, tone="bad")
    used_up = State(_("Đã xuất hết"), locks=True)
    destroyed = State(_("Đã hủy"), locks=True, tone="bad")
    make = Move(planned, made, _("Ghi nhận sản xuất"), needs=("made_on", "kg"))
    accept = Move(made, passed, _("Kiểm nghiệm đạt"), not_by_enterer=True, needs=("tested_on",))
    reject = Move(made, failed, _("Kiểm nghiệm không đạt"), not_by_enterer=True, needs=("tested_on", "reason"))
    use_up = Move(passed, used_up, _("Xuất hết"))
    destroy = Move((passed, failed), destroyed, _("Hủy"), by=HEADS, needs=("reason",))


class IssueStates(States):
    drafted = State(_("Lập phiếu"))
    issued = State(_("Đã xuất"), locks=True, tone="ok")
    cancelled = State(_("Hủy phiếu"), locks=True, tone="bad")
    issue = Move(drafted, issued, _("Xuất kho"), by=HEADS, not_by_enterer=True, needs=("issued_on",))
    cancel = Move(drafted, cancelled, _("Hủy phiếu"), needs=("reason",))
