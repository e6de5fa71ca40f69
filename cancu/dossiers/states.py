"""The ten states a dossier exchanges with the National Public Service Portal (domain notes G)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cancu.core.people import Role
from cancu.core.states import Move, State, States

DESK = {Role.ONE_STOP, Role.CLERK}
SOLVERS = {Role.ONE_STOP, Role.SPECIALIST, Role.UNIT_HEAD}
HEADS = {Role.UNIT_HEAD, Role.DEPUTY, Role.DIRECTOR}


#: States in which a dossier is over; a stopped one (“Dừng xử lý”) only waits, as the portal counts it.
OVER = ("solved", "returned", "withdrawn")


class DossierStates(States):
    new = State(_("Mới đăng ký"))
    received = State(_("Được tiếp nhận"))
    refused = State(_("Không được tiếp nhận"), locks=True, tone="bad")
    solving = State(_("Đang xử lý"), tone="warn")
    supplement = State(_("Yêu cầu bổ sung giấy tờ"), tone="warn")
    payment = State(_("Yêu cầu thực hiện nghĩa vụ tài chính"), tone="warn")
    withdrawn = State(_("Công dân yêu cầu rút hồ sơ"), locks=True)
    stopped = State(_("Dừng xử lý"), tone="bad")
    solved = State(_("Đã xử lý xong"), locks=True, tone="ok")
    returned = State(_("Đã trả kết quả"), locks=True, tone="ok")
    receive = Move(new, received, _("Tiếp nhận"), by=DESK)
    refuse = Move(new, refused, _("Từ chối tiếp nhận"), by=DESK, needs=("reason",))
    solve = Move((received, supplement, payment, stopped), solving, _("Xử lý"), by=SOLVERS)
    ask_papers = Move(solving, supplement, _("Yêu cầu bổ sung"), by=SOLVERS, needs=("reason",))
    ask_payment = Move(solving, payment, _("Yêu cầu nộp phí"), by=SOLVERS)
    withdraw = Move(
        (received, solving, supplement, payment, stopped), withdrawn, _("Rút hồ sơ"), by=DESK, needs=("reason",)
    )
    stop = Move((solving, supplement, payment), stopped, _("Dừng xử lý"), by=HEADS, needs=("reason",))
    finish = Move(solving, solved, _("Xử lý xong"), by=HEADS, not_by_enterer=True)
    give = Move(solved, returned, _("Trả kết quả"), by=DESK)

    @classmethod
    def move(cls, record: Any, key: str, user: Any, reason: str = "", **fields: Any) -> None:
        """As every move; besides, the state goes into the log of the portal and the clock stops or starts."""
        with transaction.atomic():
            super().move(record, key, user, reason, **fields)
            record.log(reason)
