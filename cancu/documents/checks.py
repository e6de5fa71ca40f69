"""What must hold between the figures of the register of documents."""

from django.utils.translation import gettext_lazy as _

from cancu.indicators import Check

from .indicators import Issued, IssuedByCommittee, IssuedByCouncil, IssuedByParty

issuers_add_up: Check = Check(
    Issued == IssuedByParty + IssuedByCouncil + IssuedByCommittee,
    say=_("Văn bản tham mưu phải bằng tổng theo cơ quan ban hành: Tỉnh ủy, HĐND, UBND tỉnh."),
)
