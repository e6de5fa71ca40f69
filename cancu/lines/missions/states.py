"""The life of a mission, from proposal to application (domain notes A3), and of a proposal."""

from django.utils.translation import gettext_lazy as _

from cancu.core.people import Role
from cancu.core.states import Move, State, States

LEADERS = {Role.DIRECTOR, Role.DEPUTY}


class ProposalStates(States):
    received = State(_("Đã tiếp nhận"))
    chosen = State(_("Được chọn"), locks=True, tone="ok")
    refused = State(_("Không được chọn"), locks=True)
    choose = Move(received, chosen, _("Chọn vào danh mục"), by=LEADERS, not_by_enterer=True, needs=("decided_on",))
    refuse = Move(received, refused, _("Không chọn"), by=LEADERS, needs=("decided_on", "reason"))


class MissionStates(States):
    proposed = State(_("Đề xuất"))
    shortlisted = State(_("Trong danh mục"))
    selecting = State(_("Đang tuyển chọn, giao trực tiếp"))
    appraising = State(_("Đang thẩm định nội dung, kinh phí"), tone="warn")
    approved = State(_("Đã phê duyệt"), tone="ok")
    under_way = State(_("Đang thực hiện"), tone="ok")
    suspended = State(_("Tạm dừng"), tone="warn")
    extended = State(_("Gia hạn"), tone="warn")
    awaiting_acceptance = State(_("Hoàn thành, chờ nghiệm thu"), tone="warn")
    accepted = State(_("Nghiệm thu đạt"), tone="ok")
    failed = State(_("Nghiệm thu không đạt"), tone="bad")
    recognised = State(_("Đã công nhận kết quả"), locks=True, tone="ok")
    registered = State(_("Đã đăng ký kết quả"), locks=True, tone="ok")
    liquidated = State(_("Đã thanh lý"), locks=True)
    applied = State(_("Đã đưa vào ứng dụng"), locks=True, tone="ok")
    not_selected = State(_("Không được chọn"), locks=True)
    stopped = State(_("Đình chỉ"), locks=True, tone="bad")
    terminated = State(_("Chấm dứt"), locks=True, tone="bad")

    shortlist = Move(
        proposed, shortlisted, _("Đưa vào danh mục"), by=LEADERS, not_by_enterer=True, needs=("listed_on",)
    )
    select = Move(shortlisted, selecting, _("Tổ chức tuyển chọn"))
    appraise = Move((shortlisted, selecting), appraising, _("Thẩm định nội dung, kinh phí"))
    reject = Move(
        (proposed, shortlisted, selecting, appraising), not_selected, _("Không chọn"), by=LEADERS, needs=("reason",)
    )
    approve = Move(
        appraising, approved, _("Phê duyệt"), by=LEADERS, not_by_enterer=True, needs=("approved_on", "budget_state")
    )
    start = Move(approved, under_way, _("Ký hợp đồng, triển khai"), needs=("contract_number", "contract_on"))
    suspend = Move((under_way, extended), suspended, _("Tạm dừng"), by=LEADERS, needs=("reason",))
    resume = Move(suspended, under_way, _("Tiếp tục"), by=LEADERS)
    extend = Move((under_way, extended), extended, _("Gia hạn"), by=LEADERS, needs=("extended_to", "reason"))
    finish = Move((under_way, extended), awaiting_acceptance, _("Báo cáo hoàn thành"))
    accept = Move(awaiting_acceptance, accepted, _("Nghiệm thu đạt"), needs=("ended_on",))
    fail = Move(awaiting_acceptance, failed, _("Nghiệm thu không đạt"), needs=("ended_on", "reason"))
    recognise = Move(accepted, recognised, _("Công nhận kết quả"), by=LEADERS, not_by_enterer=True)
    register = Move(recognised, registered, _("Đăng ký kết quả"))
    liquidate = Move((registered, failed), liquidated, _("Thanh lý hợp đồng"))
    apply = Move((registered, liquidated), applied, _("Đưa vào ứng dụng"))
    stop = Move(
        (approved, under_way, suspended, extended), stopped, _("Đình chỉ"), by=LEADERS, needs=("ended_on", "reason")
    )
    terminate = Move(
        (approved, under_way, suspended, extended), terminated, _("Chấm dứt"), by=LEADERS, needs=("ended_on", "reason")
    )
