"""The life of an appraisal and of an S&T enterprise certificate."""

from django.utils.translation import gettext_lazy as _

from cancu.core.people import Role
from cancu.core.states import Move, State, States

LEADERS = {Role.DIRECTOR, Role.DEPUTY}


class AppraisalStates(States):
    received = State(_("Đã nhận"))
    consulting = State(_("Đang xin ý kiến chuyên gia"), tone="warn")
    drafting = State(_("Đang dự thảo"), tone="warn")
    answered = State(_("Đã trả lời"), locks=True, tone="ok")
    returned = State(_("Trả lại"), locks=True)
    consult = Move(received, consulting, _("Xin ý kiến chuyên gia"))
    draft = Move((received, consulting), drafting, _("Dự thảo trả lời"))
    answer = Move(
        drafting, answered, _("Ký trả lời"), by=LEADERS, not_by_enterer=True, needs=("answered_on", "conclusion")
    )
    return_ = Move((received, consulting, drafting), returned, _("Trả lại"), needs=("reason",))


class CertificateStates(States):
    received = State(_("Đã tiếp nhận"))
    appraising = State(_("Đang thẩm định"), tone="warn")
    granted = State(_("Đã cấp"), locks=True, tone="ok")
    revoked = State(_("Thu hồi, hủy bỏ"), locks=True, tone="bad")
    refused = State(_("Từ chối"), locks=True)
    appraise = Move(received, appraising, _("Thẩm định"))
    grant = Move(
        appraising, granted, _("Cấp giấy chứng nhận"), by=LEADERS, not_by_enterer=True, needs=("number", "issued_on")
    )
    refuse = Move(appraising, refused, _("Từ chối"), by=LEADERS, needs=("reason",))
    revoke = Move(granted, revoked, _("Thu hồi"), by=LEADERS, needs=("valid_until", "reason"))
