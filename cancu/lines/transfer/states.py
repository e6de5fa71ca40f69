"""The life of a process, a training class and a transfer contract."""

from django.utils.translation import gettext_lazy as _

from cancu.core.people import Role
from cancu.core.states import Move, State, States

HEADS = {Role.UNIT_HEAD, Role.DIRECTOR, Role.DEPUTY}


class ProcessStates(States):
    maturing = State(_("Đang hoàn thiện"))
    assessed = State(_("Đã thẩm định nội bộ"), tone="warn")
    ready = State(_("Sẵn sàng chuyển giao"), locks=True, tone="ok")
    retired = State(_("Ngừng"), locks=True)
    assess = Move(maturing, assessed, _("Thẩm định nội bộ"), not_by_enterer=True)
    publish = Move(assessed, ready, _("Công bố sẵn sàng"), by=HEADS, not_by_enterer=True, needs=("ready_on",))
    retire = Move(ready, retired, _("Ngừng chuyển giao"), by=HEADS, needs=("retired_on", "reason"))


class ClassStates(States):
    planned = State(_("Kế hoạch"))
    announced = State(_("Đã thông báo"))
    running = State(_("Đang học"), tone="warn")
    held = State(_("Đã tổ chức"), locks=True, tone="ok")
    settled = State(_("Đã quyết toán"), locks=True, tone="ok")
    postponed = State(_("Hoãn"), tone="warn")
    cancelled = State(_("Hủy"), locks=True, tone="bad")
    announce = Move((planned, postponed), announced, _("Thông báo mở lớp"))
    open = Move(announced, running, _("Khai giảng"))
    close = Move(running, held, _("Kết thúc lớp"), needs=("ends_on", "learners"))
    settle = Move(held, settled, _("Quyết toán"), by=HEADS, not_by_enterer=True)
    postpone = Move((planned, announced), postponed, _("Hoãn"), needs=("reason",))
    cancel = Move((planned, announced, postponed), cancelled, _("Hủy"), by=HEADS, needs=("reason",))


class ContractStates(States):
    surveyed = State(_("Khảo sát"))
    signed = State(_("Đã ký"), tone="ok")
    installed = State(_("Đã lắp đặt, tập huấn"), tone="ok")
    accepted = State(_("Đã nghiệm thu"), locks=True, tone="ok")
    ended = State(_("Chấm dứt"), locks=True, tone="bad")
    sign = Move(surveyed, signed, _("Ký hợp đồng"), by=HEADS, needs=("signed_on",))
    install = Move(signed, installed, _("Lắp đặt, tập huấn"))
    accept = Move(installed, accepted, _("Nghiệm thu, bàn giao"), needs=("accepted_on",))
    end = Move((signed, installed), ended, _("Chấm dứt"), by=HEADS, needs=("reason",))
