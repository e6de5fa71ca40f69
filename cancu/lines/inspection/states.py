"""The life of an inspection, a sanction and a petition."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from cancu.core.people import Role
from cancu.core.states import Move, State, States

HEADS = {Role.UNIT_HEAD, Role.DIRECTOR, Role.DEPUTY}
STAFF = {Role.INSPECTOR, Role.SPECIALIST, Role.UNIT_HEAD}


def _no_subject(case: Any) -> Any:
    return None if case.subjects.exists() else _("Cuộc này chưa ghi cơ sở nào được thanh tra, kiểm tra.")


class CaseStates(States):
    planned = State(_("Theo kế hoạch"))
    under_way = State(_("Đang tiến hành"), tone="warn")
    closed = State(_("Kết thúc trực tiếp"), tone="warn")
    concluded = State(_("Đã kết luận"), locks=True, tone="ok")
    carried_out = State(_("Đã thực hiện kết luận"), locks=True, tone="ok")
    start = Move(planned, under_way, _("Công bố quyết định"), by=STAFF, needs=("decision_number",))
    close = Move(under_way, closed, _("Kết thúc trực tiếp"), by=STAFF, needs=("ended_on",))
    conclude = Move(
        closed,
        concluded,
        _("Ban hành kết luận"),
        by=HEADS,
        not_by_enterer=True,
        needs=("conclusion_number", "concluded_on"),
        guard=_no_subject,
    )
    carry_out = Move(concluded, carried_out, _("Ghi nhận đã thực hiện kết luận"), by=HEADS)


class SanctionStates(States):
    drafted = State(_("Dự thảo"))
    decided = State(_("Đã ban hành"), locks=True, tone="warn")
    executed = State(_("Đã thi hành"), locks=True, tone="ok")
    cancelled = State(_("Hủy bỏ"), locks=True, tone="bad")
    decide = Move(
        drafted, decided, _("Ban hành quyết định"), by=HEADS, not_by_enterer=True, needs=("number", "decided_on")
    )
    execute = Move(decided, executed, _("Ghi nhận thi hành"), by=STAFF, needs=("paid_on",))
    cancel = Move((decided, executed), cancelled, _("Hủy bỏ quyết định"), by=HEADS, needs=("reason",))


class PetitionStates(States):
    received = State(_("Tiếp nhận"))
    accepted = State(_("Thụ lý"))
    verifying = State(_("Đang xác minh"), tone="warn")
    settled = State(_("Đã giải quyết"), locks=True, tone="ok")
    withdrawn = State(_("Rút đơn, hòa giải"), locks=True)
    forwarded = State(_("Chuyển cơ quan khác"), locks=True)
    accept = Move(received, accepted, _("Thụ lý"), by=HEADS)
    forward = Move(received, forwarded, _("Chuyển đơn"), by=HEADS, needs=("reason",))
    verify = Move(accepted, verifying, _("Xác minh"), by=STAFF)
    settle = Move(verifying, settled, _("Giải quyết"), by=HEADS, not_by_enterer=True, needs=("settled_on",))
    withdraw = Move((received, accepted, verifying), withdrawn, _("Rút đơn"), by=STAFF, needs=("reason",))
