"""The life of a licence, a declared device and a response plan."""

from django.utils.translation import gettext_lazy as _

from cancu.core.people import Role
from cancu.core.states import Move, State, States

LEADERS = {Role.DIRECTOR, Role.DEPUTY}


class LicenceStates(States):
    draft = State(_("Soạn thảo"))
    granted = State(_("Đã cấp"), locks=True, tone="ok")
    revoked = State(_("Thu hồi"), locks=True, tone="bad")
    grant = Move(draft, granted, _("Cấp giấy phép"), by=LEADERS, not_by_enterer=True, needs=("number", "issued_on"))
    revoke = Move(granted, revoked, _("Thu hồi giấy phép"), by=LEADERS, needs=("reason",))


class DeviceStates(States):
    in_use = State(_("Đang dùng"), tone="ok")
    paused = State(_("Tạm dừng"), tone="warn")
    broken = State(_("Hỏng"), tone="warn")
    disposed = State(_("Thanh lý"), locks=True)
    pause = Move(in_use, paused, _("Tạm dừng"))
    resume = Move((paused, broken), in_use, _("Dùng lại"))
    report_broken = Move((in_use, paused), broken, _("Báo hỏng"))
    dispose = Move((in_use, paused, broken), disposed, _("Thanh lý"), needs=("reason",))


class PlanStates(States):
    drafting = State(_("Đang soạn"))
    submitted = State(_("Đã trình thẩm định"), tone="warn")
    approved = State(_("Đã phê duyệt"), locks=True, tone="ok")
    submit = Move(drafting, submitted, _("Trình thẩm định"), needs=("submitted_on",))
    return_ = Move(submitted, drafting, _("Trả lại hoàn thiện"), needs=("reason",))
    approve = Move(submitted, approved, _("Ghi nhận phê duyệt"), by=LEADERS, needs=("approved_on",))
