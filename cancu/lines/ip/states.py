"""The life of an IP title and of an initiative."""

from django.utils.translation import gettext_lazy as _

from cancu.core.people import Role
from cancu.core.states import Move, State, States

LEADERS = {Role.DIRECTOR, Role.DEPUTY}


class TitleStates(States):
    preparing = State(_("Chuẩn bị"))
    filed = State(_("Đã nộp đơn"), tone="warn")
    valid_form = State(_("Hợp lệ hình thức"), tone="warn")
    examined = State(_("Đang thẩm định nội dung"), tone="warn")
    granted = State(_("Đã cấp văn bằng"), locks=True, tone="ok")
    renewed = State(_("Đã gia hạn"), locks=True, tone="ok")
    expired = State(_("Hết hiệu lực"), locks=True)
    cancelled = State(_("Hủy bỏ"), locks=True, tone="bad")
    refused = State(_("Từ chối, rút đơn"), locks=True, tone="bad")
    file = Move(preparing, filed, _("Nộp đơn"), needs=("application", "filed_on"))
    accept_form = Move(filed, valid_form, _("Chấp nhận hợp lệ"), needs=("form_accepted_on",))
    examine = Move(valid_form, examined, _("Thẩm định nội dung"))
    grant = Move(
        (valid_form, examined), granted, _("Ghi nhận cấp văn bằng"), not_by_enterer=True, needs=("number", "granted_on")
    )
    renew = Move((granted, renewed), renewed, _("Ghi nhận gia hạn"), needs=("renewed_on", "expires_on"))
    expire = Move((granted, renewed), expired, _("Ghi nhận hết hiệu lực"), needs=("expires_on",))
    cancel = Move((granted, renewed), cancelled, _("Ghi nhận hủy bỏ"), by=LEADERS, needs=("expires_on", "reason"))
    refuse = Move(
        (preparing, filed, valid_form, examined), refused, _("Từ chối, rút đơn"), needs=("pending_until", "reason")
    )


class InitiativeStates(States):
    submitted = State(_("Đã nộp"))
    recognised = State(_("Được công nhận"), locks=True, tone="ok")
    refused = State(_("Không công nhận"), locks=True)
    recognise = Move(submitted, recognised, _("Công nhận"), by=LEADERS, not_by_enterer=True, needs=("decided_on",))
    refuse = Move(submitted, refused, _("Không công nhận"), by=LEADERS, needs=("decided_on", "reason"))
