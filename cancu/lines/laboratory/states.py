"""The life of a measuring act, a sample, a result, and of the standards that both rest on."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from cancu.core.people import Role
from cancu.core.states import Move, State, States

STAFF = {Role.LABORATORY, Role.SPECIALIST, Role.UNIT_HEAD}
HEADS = {Role.UNIT_HEAD, Role.DIRECTOR, Role.DEPUTY}


def _act_incomplete(act: Any) -> Any:
    if act.passed is None:
        return _("Chưa ghi kết luận đạt hay không đạt.")
    if act.passed and not act.certificate:
        return _("Kết luận đạt thì phải có số giấy chứng nhận trước khi phê duyệt.")
    return None


def _sample_unfinished(sample: Any) -> Any:
    if not sample.tests.exists():
        return _("Mẫu chưa có chỉ tiêu thử nghiệm nào.")
    if sample.tests.exclude(results__state="approved").exists():
        return _("Còn chỉ tiêu chưa có kết quả được phê duyệt.")
    return None


class ActStates(States):
    scheduled = State(_("Đã lên lịch"))
    measuring = State(_("Đang đo"))
    minuted = State(_("Có biên bản"))
    reviewed = State(_("Đã soát xét"), tone="warn")
    approved = State(_("Đã phê duyệt"), locks=True, tone="ok")
    returned = State(_("Đã trả"), locks=True, tone="ok")
    revoked = State(_("Đã hủy"), locks=True, tone="bad")
    start = Move(scheduled, measuring, _("Bắt đầu đo"), by=STAFF)
    minute = Move(measuring, minuted, _("Lập biên bản"), by=STAFF, needs=("performed_on",))
    review = Move(minuted, reviewed, _("Soát xét"), by=HEADS, not_by_enterer=True)
    return_ = Move(reviewed, minuted, _("Trả lại biên bản"), by=HEADS, needs=("reason",))
    approve = Move(reviewed, approved, _("Phê duyệt"), by=HEADS, not_by_enterer=True, guard=_act_incomplete)
    hand_over = Move(approved, returned, _("Trả khách hàng"), by=STAFF)
    revoke = Move((approved, returned), revoked, _("Hủy kết quả"), by=HEADS, needs=("reason",))


class SampleStates(States):
    received = State(_("Tiếp nhận"))
    coded = State(_("Đã mã hóa"))
    testing = State(_("Đang thử"))
    reviewed = State(_("Đã soát xét"), tone="warn")
    approved = State(_("Đã phê duyệt phiếu"), locks=True, tone="ok")
    returned = State(_("Đã trả"), locks=True, tone="ok")
    refused = State(_("Từ chối"), locks=True, tone="bad")
    encode = Move(received, coded, _("Mã hóa mẫu"), by=STAFF)
    refuse = Move((received, coded), refused, _("Từ chối mẫu"), by=STAFF, needs=("reason",))
    start = Move(coded, testing, _("Bắt đầu thử"), by=STAFF)
    review = Move(testing, reviewed, _("Soát xét phiếu"), by=HEADS, not_by_enterer=True, guard=_sample_unfinished)
    test_again = Move(reviewed, testing, _("Thử lại"), by=HEADS, needs=("reason",))
    approve = Move(
        reviewed, approved, _("Phê duyệt phiếu"), by=HEADS, not_by_enterer=True, needs=("report_number", "approved_on")
    )
    hand_over = Move(approved, returned, _("Trả kết quả"), by=STAFF)


class ResultStates(States):
    drafted = State(_("Có kết quả"))
    reviewed = State(_("Đã soát xét"), tone="warn")
    approved = State(_("Đã phê duyệt"), locks=True, tone="ok")
    superseded = State(_("Đã bị thay thế"), locks=True)
    review = Move(drafted, reviewed, _("Soát xét"), by=HEADS, not_by_enterer=True)
    return_ = Move(reviewed, drafted, _("Trả lại"), by=HEADS, needs=("reason",))
    approve = Move(reviewed, approved, _("Phê duyệt"), by=HEADS, not_by_enterer=True)
    supersede = Move(approved, superseded, _("Thay bằng bản sửa"), by=HEADS, needs=("reason",))


class StandardStates(States):
    in_use = State(_("Đang dùng"), tone="ok")
    paused = State(_("Tạm dừng"), tone="warn")
    retired = State(_("Thanh lý"), locks=True)
    pause = Move(in_use, paused, _("Tạm dừng"), by=STAFF, needs=("reason",))
    resume = Move(paused, in_use, _("Dùng lại"), by=HEADS)
    retire = Move((in_use, paused), retired, _("Thanh lý"), by=HEADS, needs=("reason",))
