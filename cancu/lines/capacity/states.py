"""The life of an investment project and of a training."""

from django.utils.translation import gettext_lazy as _

from cancu.core.people import Role
from cancu.core.states import Move, State, States

HEADS = {Role.UNIT_HEAD, Role.DIRECTOR, Role.DEPUTY}


class ProjectStates(States):
    preparing = State(_("Chuẩn bị đầu tư"))
    under_way = State(_("Đang triển khai"), tone="warn")
    accepted = State(_("Đã nghiệm thu"), tone="ok")
    in_use = State(_("Đưa vào sử dụng"), tone="ok")
    settled = State(_("Đã quyết toán"), locks=True, tone="ok")
    stopped = State(_("Dừng"), locks=True, tone="bad")
    begin = Move(preparing, under_way, _("Triển khai"), by=HEADS, needs=("decided_on", "started_on"))
    accept = Move(under_way, accepted, _("Nghiệm thu"), by=HEADS)
    put_in_use = Move(accepted, in_use, _("Đưa vào sử dụng"), by=HEADS, needs=("in_use_on",))
    settle = Move(in_use, settled, _("Quyết toán"), by=HEADS, needs=("settled_on",))
    stop = Move((preparing, under_way), stopped, _("Dừng dự án"), by=HEADS, needs=("reason",))


class TrainingStates(States):
    proposed = State(_("Đề nghị"))
    sent = State(_("Đã cử đi"), tone="warn")
    finished = State(_("Hoàn thành"), locks=True, tone="ok")
    unfinished = State(_("Không hoàn thành"), locks=True, tone="bad")
    send = Move(proposed, sent, _("Cử đi"), by=HEADS, needs=("started_on",))
    finish = Move(sent, finished, _("Hoàn thành"), needs=("ended_on",))
    fail = Move(sent, unfinished, _("Không hoàn thành"), needs=("reason",))
