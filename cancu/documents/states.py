"""The life of a document that the department drafts (domain notes A1), and what may become of it once issued."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from cancu.core.calendar import today
from cancu.core.dated import valid_on
from cancu.core.people import Membership, Role
from cancu.core.states import Move, State, States

HEADS = {Role.UNIT_HEAD, Role.DEPUTY, Role.DIRECTOR}
LEADERS = {Role.DEPUTY, Role.DIRECTOR}
OFFICE = {Role.CLERK, Role.DEPUTY, Role.DIRECTOR}


def keeper(record: Any) -> int:
    """The unit whose văn thư gives the number: the unit's own, else that of the office, for the whole department."""
    clerks = list(
        Membership.objects.filter(valid_on(today()), role=Role.CLERK)
        .order_by("unit_id")
        .values_list("unit_id", flat=True)
    )
    own: int = record.owner_unit_id
    return own if own in clerks or not clerks else clerks[0]


def unappraised(record: Any) -> Any:
    """Why a draft cannot go up yet: a unit was asked to appraise it and has not answered; nothing where all have."""
    waits = record.opinions.filter(kind="appraise", state="asked").select_related("owner_unit")
    names = ", ".join(one.owner_unit.name_on(today()) for one in waits)
    said = _("Chưa có kết quả thẩm định của %(units)s. Hãy chờ trả lời, hoặc bấm “Không cần nữa” ở ý kiến ấy.")
    return said % {"units": names} if names else None


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
    submit = Move(
        (drafting, consulting, appraising), submitted, _("Trình cấp có thẩm quyền"), by=LEADERS, guard=unappraised
    )
    send_back = Move(
        (consulting, appraising, submitted), drafting, _("Trả lại hoàn thiện"), by=HEADS, needs=("reason",)
    )
    issue = Move(
        (drafting, submitted),
        issued,
        _("Ghi nhận ban hành"),
        by=OFFICE,
        not_by_enterer=True,
        needs=("number", "issued_on"),
        over=keeper,
        guard=unappraised,
    )
    drop = Move(
        (drafting, consulting, appraising, submitted), dropped, _("Dừng soạn thảo"), by=LEADERS, needs=("reason",)
    )
    recall = Move(issued, recalled, _("Thu hồi"), by=LEADERS, needs=("reason",))
