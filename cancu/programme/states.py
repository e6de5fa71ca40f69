"""The life of a task and of a proposal (domain notes A1)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cancu.core.people import Role
from cancu.core.states import Move, State, States

HEADS = {Role.UNIT_HEAD, Role.DEPUTY, Role.DIRECTOR}
WORKERS = {
    Role.SPECIALIST,
    Role.UNIT_HEAD,
    Role.INSPECTOR,
    Role.LABORATORY,
    Role.ONE_STOP,
    Role.CLERK,
    Role.DEPUTY,
    Role.DIRECTOR,
}
#: Who opens a year's programme once its document has arrived.
OPENERS = {Role.CLERK, Role.DEPUTY, Role.DIRECTOR}
LEADERS = {Role.DEPUTY, Role.DIRECTOR}


def _without_issue(task: Any) -> Any:
    """A draft is no result yet."""
    return None if task.result.state == "issued" else _("Văn bản kết quả chưa ban hành.")


class TaskStates(States):
    waiting = State(_("Chưa bắt đầu"))
    under_way = State(_("Đang thực hiện"), tone="warn")
    adjusting = State(_("Xin điều chỉnh"), tone="warn")
    done = State(_("Hoàn thành"), locks=True, tone="ok")
    carried = State(_("Chuyển năm sau"), locks=True)
    withdrawn = State(_("Xin rút, bãi bỏ"), locks=True, tone="bad")
    begin = Move(waiting, under_way, _("Bắt đầu"))
    finish = Move(
        (waiting, under_way, adjusting),
        done,
        _("Báo hoàn thành"),
        by=HEADS,
        not_by_enterer=True,
        needs=("result",),
        guard=_without_issue,
    )
    reopen = Move(done, under_way, _("Mở lại"), by=LEADERS, needs=("reason",))
    ask_change = Move((waiting, under_way), adjusting, _("Xin điều chỉnh"), needs=("reason",))
    keep = Move(adjusting, under_way, _("Không điều chỉnh"), by=LEADERS, needs=("reason",))
    carry = Move((waiting, under_way, adjusting), carried, _("Chuyển năm sau"), by=LEADERS, needs=("reason",))
    withdraw = Move(
        (waiting, under_way, adjusting), withdrawn, _("Rút khỏi chương trình"), by=LEADERS, needs=("reason",)
    )


def _without_task(proposal: Any) -> Any:
    """A proposed task is accepted by becoming one; a solution (part II) needs none."""
    if proposal.kind == "proposal" and proposal.task_id is None:
        return _("Hãy đưa đề xuất vào chương trình năm sau: nó được chấp thuận khi đã thành nhiệm vụ.")
    return None


class ProposalStates(States):
    proposed = State(_("Đề xuất"), tone="warn")
    accepted = State(_("Được chấp thuận"), locks=True, tone="ok")
    declined = State(_("Không chấp thuận"), locks=True)
    accept = Move(proposed, accepted, _("Chấp thuận"), by=LEADERS, not_by_enterer=True, guard=_without_task)
    decline = Move(proposed, declined, _("Không chấp thuận"), by=LEADERS, needs=("reason",))
