"""What must hold between the figures of inspection."""

from django.utils.translation import gettext_lazy as _

from cancu.indicators import AtLeast, AtMost, Check

from .indicators import (
    Establishments,
    EstablishmentsViolating,
    Inspections,
    InspectionsUnplanned,
    PeopleReceived,
    Petitions,
    PetitionsWithinAuthority,
    Receptions,
    Sanctioned,
    SanctionedByCheck,
    SanctionedInAll,
)

fined_within_inspected: Check = AtMost(
    Sanctioned, Establishments, say=_("Số cơ sở bị phạt qua thanh tra không thể nhiều hơn số cơ sở được thanh tra.")
)
fined_by_check_within_visits: Check = AtMost(
    SanctionedByCheck, "quality.visits", say=_("Số cơ sở bị phạt qua kiểm tra không thể nhiều hơn số lượt kiểm tra.")
)
establishments_for_each_inspection: Check = AtLeast(
    Establishments, Inspections, say=_("Mỗi cuộc thanh tra phải có ít nhất một cơ sở."), severity="warning"
)
violating_within_inspected: Check = AtMost(
    EstablishmentsViolating, Establishments, say=_("Số cơ sở có vi phạm không thể nhiều hơn số cơ sở được thanh tra.")
)
unplanned_within_inspections: Check = AtMost(
    InspectionsUnplanned, Inspections, say=_("Số cuộc đột xuất không thể nhiều hơn số cuộc thanh tra.")
)
sources_cover_all: Check = AtLeast(
    Sanctioned + SanctionedByCheck,
    SanctionedInAll,
    say=_("Có cơ sở bị phạt ngoài nguồn thanh tra và kiểm tra; đoạn báo cáo cần nói rõ."),
    severity="warning",
)
own_petitions_within_all: Check = AtMost(
    PetitionsWithinAuthority, Petitions, say=_("Số vụ việc thuộc thẩm quyền không thể nhiều hơn số vụ việc nhận.")
)
people_for_each_reception: Check = AtLeast(
    PeopleReceived, Receptions, say=_("Mỗi lượt tiếp công dân phải có ít nhất một người.")
)
