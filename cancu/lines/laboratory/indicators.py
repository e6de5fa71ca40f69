"""Figures of verification, calibration and testing."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from cancu.indicators import Distinct, Flow, Indicator, Ratio, Stock, Total

from .models import Request, Result, Sample, Standard, Verification, VerifierCard

KEPT_SINCE = date(2021, 1, 1)


class _Acts(Indicator, abstract=True):
    unit = _("phương tiện đo")
    when = Flow("performed_on")
    basis = "23/2013/TT-BKHCN"
    kept_since = KEPT_SINCE

    #: Fields and values that narrow the acts done.
    only: dict[str, Any] = {}

    def rows(self) -> Any:
        return Verification.objects.done().filter(**self.only)


class Instruments(_Acts):
    """Số lần kiểm định, hiệu chuẩn phương tiện đo đã phê duyệt, theo ngày thực hiện trong kỳ, đạt và không đạt.
    Một phương tiện đo hai lần được đếm hai; lần chưa phê duyệt hoặc đã hủy không tính."""

    label = _("Phương tiện đo được kiểm định, hiệu chuẩn")
    splits = ("field", "act", "mode", "passed")


class InstrumentsDistinct(_Acts):
    """Số phương tiện đo khác nhau được kiểm định, hiệu chuẩn trong kỳ.
    Một phương tiện đo nhiều lần chỉ đếm một; lần chưa phê duyệt hoặc đã hủy không tính."""

    label = _("Phương tiện đo khác nhau được kiểm định, hiệu chuẩn")
    count = Distinct("instrument")


class Verified(_Acts):
    """Số lần kiểm định đã phê duyệt trong kỳ, mọi chế độ, đạt và không đạt. Hiệu chuẩn không tính."""

    label = _("Lượt kiểm định")
    only = {"act": "verification"}


class Calibrated(_Acts):
    """Số lần hiệu chuẩn đã phê duyệt trong kỳ. Kiểm định không tính."""

    label = _("Lượt hiệu chuẩn")
    only = {"act": "calibration"}


class VerifiedInitially(_Acts):
    """Số lần kiểm định ban đầu đã phê duyệt trong kỳ. Định kỳ, sau sửa chữa và hiệu chuẩn không tính."""

    label = _("Kiểm định ban đầu")
    only = {"mode": "initial"}


class VerifiedPeriodically(_Acts):
    """Số lần kiểm định định kỳ đã phê duyệt trong kỳ. Ban đầu, sau sửa chữa và hiệu chuẩn không tính."""

    label = _("Kiểm định định kỳ")
    only = {"mode": "periodic"}


class VerifiedAfterRepair(_Acts):
    """Số lần kiểm định sau sửa chữa đã phê duyệt trong kỳ. Ban đầu, định kỳ và hiệu chuẩn không tính."""

    label = _("Kiểm định sau sửa chữa")
    only = {"mode": "after_repair"}


class Passed(_Acts):
    """Số lần kiểm định, hiệu chuẩn đã phê duyệt có kết luận đạt, tức số giấy chứng nhận đã cấp. Lần đã hủy không tính."""

    label = _("Phương tiện đo đạt yêu cầu")
    only = {"passed": True}


class Failed(_Acts):
    """Số lần kiểm định, hiệu chuẩn đã phê duyệt có kết luận không đạt. Lần chưa kết luận không tính."""

    label = _("Phương tiện đo không đạt")
    only = {"passed": False}


class PassedShare(Ratio):
    """Tỷ lệ lần kiểm định, hiệu chuẩn có kết luận đạt trên tổng số lần đã phê duyệt trong kỳ. Kỳ không có lần nào thì không có tỷ lệ."""

    label = _("Tỷ lệ phương tiện đo đạt")
    part, whole = Passed, Instruments
    decimals = 1


class InstrumentsLength(_Acts):
    """Số lần kiểm định, hiệu chuẩn đã phê duyệt trong kỳ ở lĩnh vực đo độ dài. Lần chưa phê duyệt hoặc đã hủy không tính."""

    label = _("Phương tiện đo lĩnh vực độ dài")
    only = {"field": "length"}


class InstrumentsMass(_Acts):
    """Số lần kiểm định, hiệu chuẩn đã phê duyệt trong kỳ ở lĩnh vực đo khối lượng. Lần chưa phê duyệt hoặc đã hủy không tính."""

    label = _("Phương tiện đo lĩnh vực khối lượng")
    only = {"field": "mass"}


class InstrumentsVolume(_Acts):
    """Số lần kiểm định, hiệu chuẩn đã phê duyệt trong kỳ ở lĩnh vực đo dung tích, lưu lượng. Lần chưa phê duyệt hoặc đã hủy không tính."""

    label = _("Phương tiện đo lĩnh vực dung tích, lưu lượng")
    only = {"field": "volume"}


class InstrumentsPressure(_Acts):
    """Số lần kiểm định, hiệu chuẩn đã phê duyệt trong kỳ ở lĩnh vực đo áp suất. Lần chưa phê duyệt hoặc đã hủy không tính."""

    label = _("Phương tiện đo lĩnh vực áp suất")
    only = {"field": "pressure"}


class InstrumentsTemperature(_Acts):
    """Số lần kiểm định, hiệu chuẩn đã phê duyệt trong kỳ ở lĩnh vực đo nhiệt độ. Lần chưa phê duyệt hoặc đã hủy không tính."""

    label = _("Phương tiện đo lĩnh vực nhiệt độ")
    only = {"field": "temperature"}


class InstrumentsChemistry(_Acts):
    """Số lần kiểm định, hiệu chuẩn đã phê duyệt trong kỳ ở lĩnh vực đo hóa lý. Lần chưa phê duyệt hoặc đã hủy không tính."""

    label = _("Phương tiện đo lĩnh vực hóa lý")
    only = {"field": "chemistry"}


class InstrumentsElectricity(_Acts):
    """Số lần kiểm định, hiệu chuẩn đã phê duyệt trong kỳ ở lĩnh vực đo điện, điện tử. Lần chưa phê duyệt hoặc đã hủy không tính."""

    label = _("Phương tiện đo lĩnh vực điện, điện tử")
    only = {"field": "electricity"}


class InstrumentsTime(_Acts):
    """Số lần kiểm định, hiệu chuẩn đã phê duyệt trong kỳ ở lĩnh vực đo thời gian, tần số, âm thanh. Lần chưa phê duyệt hoặc đã hủy không tính."""

    label = _("Phương tiện đo lĩnh vực thời gian, tần số, âm thanh")
    only = {"field": "time"}


class VerificationsExpiring(Indicator):
    """Số giấy chứng nhận kiểm định hết hiệu lực trong kỳ, tức số phương tiện đến hạn kiểm định lại. Giấy đã hủy không tính."""

    label, unit = _("Phương tiện đo đến hạn kiểm định lại"), _("phương tiện đo")
    when = Flow("valid_until")
    splits = ("field",)
    basis = "23/2013/TT-BKHCN"
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Verification.objects.done()


class Samples(Indicator):
    """Số mẫu thử nghiệm đã phê duyệt phiếu kết quả, theo ngày phê duyệt trong kỳ.
    Mẫu đang thử, bị từ chối hoặc chưa phê duyệt phiếu không tính."""

    label, unit = _("Mẫu thử nghiệm"), _("mẫu")
    when = Flow("approved_on")
    splits = ("kind",)
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Sample.objects.reported()


class SampleCustomers(Indicator):
    """Số khách hàng khác nhau có mẫu được phê duyệt phiếu kết quả trong kỳ. Khách chỉ kiểm định phương tiện đo không tính."""

    label, unit = _("Khách hàng thử nghiệm"), _("khách hàng")
    when = Flow("approved_on")
    count = Distinct("customer")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Sample.objects.reported()


class SamplesReceived(Indicator):
    """Số mẫu nhận trong kỳ, kể cả mẫu chưa có kết quả. Mẫu bị từ chối không tính."""

    label, unit = _("Mẫu đã nhận"), _("mẫu")
    when = Flow("received_on")
    splits = ("kind",)
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Sample.objects.exclude(state="refused")


class Tests(Indicator):
    """Số chỉ tiêu có kết quả thử nghiệm được phê duyệt, theo ngày thử trong kỳ. Bản kết quả đã bị thay thế không tính."""

    label, unit = _("Chỉ tiêu thử nghiệm"), _("chỉ tiêu")
    when = Flow("tested_on")
    splits = ("passed",)
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Result.objects.approved()


class TestsFailed(Indicator):
    """Số chỉ tiêu thử nghiệm không đạt mức giới hạn trong kỳ. Chỉ tiêu không có mức giới hạn không tính."""

    label, unit = _("Chỉ tiêu thử nghiệm không đạt"), _("chỉ tiêu")
    when = Flow("tested_on")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Result.objects.approved().filter(passed=False)


class Requests(Indicator):
    """Số yêu cầu dịch vụ nhận trong kỳ, theo ngày nhận phiếu. Một phiếu có thể gồm nhiều phương tiện và mẫu."""

    label, unit = _("Yêu cầu dịch vụ"), _("phiếu")
    when = Flow("received_on")
    splits = ("site",)
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Request.objects.all()


class Customers(Indicator):
    """Số khách hàng khác nhau có yêu cầu dịch vụ nhận trong kỳ. Một khách nhiều phiếu chỉ đếm một."""

    label, unit = _("Khách hàng"), _("khách hàng")
    when = Flow("received_on")
    count = Distinct("customer")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Request.objects.all()


class Fees(Indicator):
    """Tổng phí dịch vụ của các phiếu yêu cầu nhận trong kỳ, tính bằng triệu đồng. Phí chưa ghi trên phiếu không tính."""

    label, unit = _("Phí dịch vụ kiểm định, thử nghiệm"), _("triệu đồng")
    when = Flow("received_on")
    count = Total("fee", per=1_000_000)
    splits = ("site",)
    kept_since = KEPT_SINCE
    decimals = 1

    def rows(self) -> Any:
        return Request.objects.all()


class RequestsReturned(Indicator):
    """Số yêu cầu dịch vụ đã trả kết quả trong kỳ, theo ngày trả. Yêu cầu chưa trả không tính."""

    label, unit = _("Yêu cầu đã trả kết quả"), _("phiếu")
    when = Flow("returned_on")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Request.objects.all()


class RequestsReturnedOnTime(Indicator):
    """Số yêu cầu dịch vụ trả kết quả trong kỳ không muộn hơn ngày hẹn. Yêu cầu chưa trả không tính."""

    label, unit = _("Yêu cầu trả đúng hẹn"), _("phiếu")
    when = Flow("returned_on")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Request.objects.filter(returned_on__lte=F("due_on"))


class OnTimeShare(Ratio):
    """Tỷ lệ yêu cầu trả đúng hẹn trên số yêu cầu đã trả kết quả trong kỳ. Chưa trả phiếu nào thì không có tỷ lệ."""

    label = _("Tỷ lệ trả kết quả đúng hẹn")
    part, whole = RequestsReturnedOnTime, RequestsReturned
    decimals = 1


class Standards(Indicator):
    """Số thiết bị chuẩn còn hạn hiệu chuẩn vào ngày chốt số liệu. Chuẩn tạm dừng, thanh lý hoặc quá hạn không tính."""

    label, unit = _("Thiết bị chuẩn còn hạn"), _("thiết bị")
    when = Stock("calibrated_on", "calibrated_until")
    splits = ("field",)
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Standard.objects.filter(state="in_use")


class VerifierCards(Indicator):
    """Số thẻ kiểm định viên còn hiệu lực vào ngày chốt số liệu. Thẻ hết hạn không tính."""

    label, unit = _("Thẻ kiểm định viên còn hiệu lực"), _("thẻ")
    when = Stock("issued_on", "expires_on")
    splits = ("field",)
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return VerifierCard.objects.all()
