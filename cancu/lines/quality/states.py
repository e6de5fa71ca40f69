"""The life of a quality dossier and of an inspection campaign."""

from django.utils.translation import gettext_lazy as _

from cancu.core.people import Role
from cancu.core.states import Move, State, States

HEADS = {Role.UNIT_HEAD, Role.DIRECTOR, Role.DEPUTY}


class DossierStates(States):
    received = State(_("Đã tiếp nhận"))
    supplementing = State(_("Chờ bổ sung"), tone="warn")
    accepted = State(_("Đã chấp nhận"), locks=True, tone="ok")
    refused = State(_("Từ chối"), locks=True, tone="bad")
    dropped = State(_("Hủy do không bổ sung"), locks=True, tone="bad")
    ask = Move(received, supplementing, _("Yêu cầu bổ sung"), needs=("reason",))
    resume = Move(supplementing, received, _("Đã bổ sung"))
    accept = Move(received, accepted, _("Chấp nhận"), by=HEADS, not_by_enterer=True, needs=("decided_on",))
    refuse = Move(received, refused, _("Từ chối"), by=HEADS, not_by_enterer=True, needs=("decided_on", "reason"))
    drop = Move(supplementing, dropped, _("Hủy hồ sơ"), by=HEADS, needs=("reason",))


class ImportStates(States):
    registered = State(_("Đã đăng ký"))
    passed = State(_("Thông báo đạt"), locks=True, tone="ok")
    failed = State(_("Thông báo không đạt"), locks=True, tone="bad")
    pass_ = Move(registered, passed, _("Ghi kết quả đạt"), by=HEADS, not_by_enterer=True, needs=("decided_on",))
    fail = Move(
        registered, failed, _("Ghi kết quả không đạt"), by=HEADS, not_by_enterer=True, needs=("decided_on", "reason")
    )


class CampaignStates(States):
    planned = State(_("Đã lên kế hoạch"))
    under_way = State(_("Đang kiểm tra"), tone="warn")
    finished = State(_("Đã kết thúc"), locks=True, tone="ok")
    start = Move(planned, under_way, _("Bắt đầu"), by=HEADS)
    finish = Move(under_way, finished, _("Kết thúc đợt"), by=HEADS, needs=("ended_on",))
