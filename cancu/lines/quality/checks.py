"""What must hold between the figures of standards, measurement and quality."""

from django.utils.translation import gettext_lazy as _

from cancu.indicators import AtLeast, AtMost, Check

from .indicators import (
    Campaigns,
    CampaignsInteragency,
    ConformityDossiers,
    ConformityProducts,
    EstablishmentsVisited,
    InstrumentsExpired,
    InstrumentsInspected,
    Visits,
    VisitsReminded,
    VisitsTransferred,
    VisitsViolating,
)

products_for_each_dossier: Check = AtLeast(
    ConformityProducts, ConformityDossiers, say=_("Mỗi hồ sơ công bố hợp chuẩn phải có ít nhất một loại sản phẩm.")
)
visits_for_each_campaign: Check = AtLeast(Visits, Campaigns, say=_("Mỗi đợt kiểm tra phải có ít nhất một lượt cơ sở."))
establishments_within_visits: Check = AtMost(
    EstablishmentsVisited, Visits, say=_("Số cơ sở khác nhau không thể nhiều hơn số lượt kiểm tra.")
)
interagency_within_campaigns: Check = AtMost(
    CampaignsInteragency, Campaigns, say=_("Số đợt liên ngành không thể nhiều hơn số đợt kiểm tra.")
)
outcomes_within_violations: Check = AtMost(
    VisitsReminded + VisitsTransferred,
    VisitsViolating,
    say=_("Tổng lượt nhắc nhở, chuyển thanh tra và xử phạt không thể nhiều hơn số lượt có vi phạm."),
)
expired_within_inspected: Check = AtMost(
    InstrumentsExpired, InstrumentsInspected, say=_("Số phương tiện đo quá hạn không thể nhiều hơn số đã kiểm tra.")
)
