"""The life of a product in traceability."""

from django.utils.translation import gettext_lazy as _

from cancu.core.people import Role
from cancu.core.states import Move, State, States

HEADS = {Role.UNIT_HEAD, Role.DIRECTOR, Role.DEPUTY}


class ProductStates(States):
    survey = State(_("Khảo sát"))
    data = State(_("Có dữ liệu"), tone="ok")
    checked = State(_("Đã kiểm tra theo TCVN"), tone="ok")
    connected = State(_("Đã kết nối Cổng quốc gia"), tone="ok")
    ended = State(_("Ngừng"), locks=True, tone="bad")
    fill = Move(survey, data, _("Ghi nhận dữ liệu đầu tiên"), needs=("first_data_on", "trace_code"))
    check = Move(data, checked, _("Kiểm tra theo TCVN"), needs=("checked_on",))
    connect = Move(checked, connected, _("Kết nối"), by=HEADS, needs=("connected_on",))
    end = Move((data, checked, connected), ended, _("Ngừng"), needs=("ended_on", "reason"))
