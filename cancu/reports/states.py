"""The life of a section and of a report."""

from django.utils.translation import gettext_lazy as _

from cancu.core.people import Role
from cancu.core.states import Move, State, States

HEADS = {Role.UNIT_HEAD, Role.DEPUTY, Role.DIRECTOR}
LEADERS = {Role.DEPUTY, Role.DIRECTOR}
WRITERS = {Role.SPECIALIST, Role.UNIT_HEAD, Role.INSPECTOR, Role.LABORATORY, Role.ONE_STOP, Role.CLERK}
#: States in which the text of a section may still be written.
OPEN = ("empty", "drafted", "sent")


def _office(section):  # type: ignore[no-untyped-def]
    return section.report.owner_unit_id


def _closed(section):  # type: ignore[no-untyped-def]
    """A section moves only while its report is being drafted: what was assembled, signed or issued stays as it is."""
    if section.report.state != "drafting":
        return _("Báo cáo không còn ở bước soạn; văn phòng trả lại báo cáo trước, hoặc lập đính chính nếu đã ban hành.")
    return ""


class SectionStates(States):
    empty = State(_("Trống"))
    drafted = State(_("Đang soạn"), tone="warn")
    sent = State(_("Chờ duyệt"), tone="warn")
    confirmed = State(_("Đơn vị đã duyệt"), locks=True, tone="ok")
    taken = State(_("Văn phòng đã nhận"), locks=True, tone="ok")
    draft = Move((empty, drafted, sent), drafted, _("Soạn"), by=WRITERS, guard=_closed)
    send = Move(drafted, sent, _("Trình duyệt"), by=WRITERS, guard=_closed)
    confirm = Move((drafted, sent), confirmed, _("Duyệt mục"), by=HEADS, not_by_enterer=True, guard=_closed)
    send_back = Move((sent, confirmed, taken), drafted, _("Trả lại"), by=HEADS, needs=("reason",), guard=_closed)
    take = Move(confirmed, taken, _("Nhận vào báo cáo"), by=HEADS, over=_office, guard=_closed)


class ReportStates(States):
    drafting = State(_("Đang soạn"), tone="warn")
    assembled = State(_("Đã tổng hợp"), tone="warn")
    signed = State(_("Đã ký"), locks=True, tone="ok")
    issued = State(_("Đã ban hành"), locks=True, tone="ok")
    assemble = Move(drafting, assembled, _("Tổng hợp, trình ký"), by=HEADS)
    send_back = Move((assembled, signed), drafting, _("Trả lại"), by=HEADS, needs=("reason",))
    sign = Move(assembled, signed, _("Ký"), by=LEADERS, not_by_enterer=True)
    issue = Move(signed, issued, _("Ban hành"), by={Role.CLERK} | LEADERS)
