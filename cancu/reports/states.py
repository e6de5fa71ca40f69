"""The life of a section and of a report."""

from django.utils.translation import gettext_lazy as _

from cancu.core.people import Role
from cancu.core.states import Move, State, States

HEADS = {Role.UNIT_HEAD, Role.DEPUTY, Role.DIRECTOR}
LEADERS = {Role.DEPUTY, Role.DIRECTOR}
WRITERS = {Role.SPECIALIST, Role.UNIT_HEAD, Role.INSPECTOR, Role.LABORATORY, Role.ONE_STOP, Role.CLERK}


def _office(section):  # type: ignore[no-untyped-def]
    return section.report.owner_unit_id


class SectionStates(States):
    empty = State(_("Trống"))
    drafted = State(_("Đang soạn"), tone="warn")
    confirmed = State(_("Đơn vị đã duyệt"), locks=True, tone="ok")
    taken = State(_("Văn phòng đã nhận"), locks=True, tone="ok")
    draft = Move((empty, drafted), drafted, _("Soạn"), by=WRITERS)
    confirm = Move(drafted, confirmed, _("Duyệt mục"), by=HEADS, not_by_enterer=True)
    send_back = Move((confirmed, taken), drafted, _("Trả lại"), by=HEADS, needs=("reason",))
    take = Move(confirmed, taken, _("Nhận vào báo cáo"), by=HEADS, over=_office)


class ReportStates(States):
    drafting = State(_("Đang soạn"), tone="warn")
    assembled = State(_("Đã tổng hợp"), tone="warn")
    signed = State(_("Đã ký"), locks=True, tone="ok")
    issued = State(_("Đã ban hành"), locks=True, tone="ok")
    assemble = Move(drafting, assembled, _("Tổng hợp, trình ký"), by=HEADS)
    send_back = Move((assembled, signed), drafting, _("Trả lại"), by=HEADS, needs=("reason",))
    sign = Move(assembled, signed, _("Ký"), by=LEADERS, not_by_enterer=True)
    issue = Move(signed, issued, _("Ban hành"), by={Role.CLERK} | LEADERS)
