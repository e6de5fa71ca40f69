"""Figures of radiation safety."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from cancu.indicators import Distinct, Flow, Indicator, Stock

from .models import Certificate, Device, Licence, ResponsePlan, Source

KEPT_SINCE = date(2021, 1, 1)


class FacilitiesLicensed(Indicator):
    """Số cơ sở khác nhau được cấp giấy phép tiến hành công việc bức xạ trong kỳ.
    Một cơ sở có hai giấy phép chỉ đếm một; giấy phép nháp hoặc đã thu hồi không tính."""

    label, unit = _("Cơ sở được cấp giấy phép bức xạ"), _("cơ sở")
    when = Flow("issued_on")
    count = Distinct("facility")
    splits = ("activity", "kind")
    basis = "142/2020/NĐ-CP"
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Licence.objects.granted()


class LicencesIssued(Indicator):
    """Số giấy phép tiến hành công việc bức xạ đã cấp trong kỳ, gồm cấp mới, gia hạn, sửa đổi, bổ sung, cấp lại.
    Giấy phép nháp hoặc đã thu hồi không tính."""

    label, unit = _("Giấy phép bức xạ đã cấp"), _("giấy phép")
    when = Flow("issued_on")
    splits = ("activity", "kind")
    basis = "142/2020/NĐ-CP"
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Licence.objects.granted()


class LicencesInForce(Indicator):
    """Số giấy phép bức xạ còn hiệu lực vào ngày chốt số liệu. Giấy phép hết hạn hoặc bị thu hồi không tính."""

    label, unit = _("Giấy phép bức xạ còn hiệu lực"), _("giấy phép")
    when = Stock("issued_on", "expires_on")
    splits = ("activity",)
    basis = "142/2020/NĐ-CP"
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Licence.objects.granted()


class WorkersCertified(Indicator):
    """Số học viên được đào tạo và cấp chứng chỉ nhân viên bức xạ trong kỳ.
    Người dự khóa học nhưng không được cấp chứng chỉ không tính."""

    label, unit = _("Người được cấp chứng chỉ nhân viên bức xạ"), _("học viên")
    when = Flow("issued_on")
    count = Distinct("holder")
    splits = ("role",)
    basis = "142/2020/NĐ-CP"
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Certificate.objects.all()


class Devices(Indicator):
    """Số thiết bị bức xạ đã khai báo, còn ở cơ sở vào ngày chốt số liệu. Thiết bị đã thanh lý không tính."""

    label, unit = _("Thiết bị bức xạ trên địa bàn"), _("thiết bị")
    when = Stock("declared_on", "disposed_on")
    splits = ("kind", "mobile")
    basis = "142/2020/NĐ-CP"
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Device.objects.all()


class Sources(Indicator):
    """Số nguồn phóng xạ còn ở cơ sở trên địa bàn vào ngày chốt số liệu. Nguồn đã chuyển đi không tính."""

    label, unit = _("Nguồn phóng xạ trên địa bàn"), _("nguồn")
    when = Stock("received_on", "removed_on")
    splits = ("category", "mobile")
    basis = "142/2020/NĐ-CP"
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Source.objects.all()


class PlansSubmitted(Indicator):
    """Số kế hoạch ứng phó sự cố cấp tỉnh đã trình thẩm định trong kỳ. Kế hoạch của cơ sở không tính."""

    label, unit = _("Kế hoạch ứng phó sự cố cấp tỉnh đã trình"), _("kế hoạch")
    when = Flow("submitted_on")
    basis = "142/2020/NĐ-CP"
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return ResponsePlan.objects.filter(level="province")
