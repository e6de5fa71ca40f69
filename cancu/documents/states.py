"""The life of a document that the department drafts (domain notes A1), and what may become of it once issued."""

from django.utils.translation import gettext_lazy as _

from cancu.core.people import Role
from cancu.core.states import Move, State, States

HEADS = {Role.UNIT_HEAD, Role.DEPUTY, Role.DIRECTOR}
LEADERS = {Role.DEPUTY, Role.DIRECTOR}
OFFICE = {Role.CLERK, Role.DEPUTY, Role.DIRECTOR}


class DocumentStates(States):
    drafting = State(_("Đang soạn thảo"))
    consulting = State(_("Đang lấy ý kiến"), tone="warn")
    appraising = State(_("Đang thẩm định"), tone="warn")
    submitted = State(_("Đã trình"), tone="warn")
    issued = State(_("Đã ban hành"), locks=True, tone="ok")
    dropped = State(_("Dừng soạn thảo"), locks=True, tone="bad")
    recalled = State(_("Đã thu hồi"), locks=True, tone="bad")
    consult = Move(drafting, consulting, _("Gửi lấy ý kiến"))
    appraise = Move((drafting, consulting), appraising, _("Gửi thẩm định"), by=HEADS)
    submit = Move((drafting, consulting, appraising), submitted, _("Trình cấp có thẩm quyền"), by=LEADERS)
    send_back = Move((consulting, appraising, submitted), drafting, _("Trả lại hoàn thiện"), by=HEADS, needs=("reason",))
    issue = Move((drafting, submitted), issued, _("Ghi nhận ban hành"), by=OFFICE, not_by_enterer=True, needs=("number", "issued_on"))
    drop = Move((drafting, consulting, appraising, submitted), dropped, _("Dừng soạn thảo"), by=LEADERS, needs=("reason",))
    recall = Move(issued, recalled, _("Thu hồi"), by=LEADERS, needs=("reason",))
