"""What must hold between the figures of radiation safety."""

from django.utils.translation import gettext_lazy as _

from cancu.indicators import AtMost, Check

from .indicators import FacilitiesLicensed, LicencesIssued

facilities_within_licences: Check = AtMost(
    FacilitiesLicensed, LicencesIssued, say=_("Số cơ sở được cấp phép không thể nhiều hơn số giấy phép đã cấp.")
)
