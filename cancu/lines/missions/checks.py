"""What must hold between the figures of missions."""

from django.utils.translation import gettext_lazy as _

from cancu.indicators import AtMost, Check

from .indicators import (
    Accepted,
    Approved,
    CarriedOver,
    FemaleLed,
    GrassrootsLevel,
    InAgriculture,
    InBiotech,
    MinistryLevel,
    NationalLevel,
    ProvinceLevel,
    UnderWay,
)

under_way_adds_up: Check = Check(
    UnderWay == CarriedOver + Approved, say=_("Nhiệm vụ triển khai phải bằng chuyển tiếp cộng phê duyệt mới.")
)
levels_add_up: Check = Check(
    UnderWay == NationalLevel + MinistryLevel + ProvinceLevel + GrassrootsLevel,
    say=_("Nhiệm vụ triển khai phải bằng tổng theo bốn cấp quản lý."),
)
female_within_all: Check = AtMost(
    FemaleLed, UnderWay, say=_("Nhiệm vụ do nữ chủ nhiệm không thể nhiều hơn tổng số nhiệm vụ.")
)
biotech_within_all: Check = AtMost(
    InBiotech, UnderWay, say=_("Nhiệm vụ công nghệ sinh học không thể nhiều hơn tổng số nhiệm vụ.")
)
agriculture_within_all: Check = AtMost(
    InAgriculture, UnderWay, say=_("Nhiệm vụ nông nghiệp không thể nhiều hơn tổng số nhiệm vụ.")
)
accepted_within_all: Check = AtMost(
    Accepted, UnderWay, say=_("Nhiệm vụ nghiệm thu trong kỳ không thể nhiều hơn nhiệm vụ triển khai trong kỳ.")
)
