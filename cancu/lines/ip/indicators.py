"""Figures of intellectual property."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from cancu.indicators import Distinct, Flow, Indicator, Stock

from .models import Initiative, MarkCheck, Title

KEPT_SINCE = date(2014, 1, 1)
BASIS = "65/2023/NĐ-CP"


class _InForce(Indicator, abstract=True):
    when = Stock("granted_on", "expires_on")
    splits = ("uses_place_name", "place")
    basis = BASIS
    kept_since = KEPT_SINCE
    kind = ""

    def rows(self) -> Any:
        return Title.objects.granted().of(self.kind)


class GeographicalIndications(_InForce):
    """Số chỉ dẫn địa lý của tỉnh đang được bảo hộ vào ngày chốt số liệu. Hồ sơ đang chuẩn bị, đang thẩm định không tính."""

    label, unit = _("Chỉ dẫn địa lý được bảo hộ"), _("chỉ dẫn địa lý")
    kind = "geographical"


class CertificationMarks(_InForce):
    """Số nhãn hiệu chứng nhận còn hiệu lực vào ngày chốt số liệu. Đơn đang thẩm định, văn bằng hết hạn không tính."""

    label, unit = _("Nhãn hiệu chứng nhận được bảo hộ"), _("nhãn hiệu chứng nhận")
    kind = "certification"


class CollectiveMarks(_InForce):
    """Số nhãn hiệu tập thể còn hiệu lực vào ngày chốt số liệu. Đơn đang thẩm định, văn bằng hết hạn không tính."""

    label, unit = _("Nhãn hiệu tập thể được bảo hộ"), _("nhãn hiệu tập thể")
    kind = "collective"


class LocalTitles(Indicator):
    """Tổng số chỉ dẫn địa lý, nhãn hiệu chứng nhận, nhãn hiệu tập thể còn hiệu lực vào ngày chốt số liệu.
    Nhãn hiệu thông thường, sáng chế, kiểu dáng không tính."""

    label, unit = _("Văn bằng cho sản phẩm địa phương"), _("văn bằng")
    when = Stock("granted_on", "expires_on")
    splits = ("kind", "place")
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Title.objects.granted().filter(kind__in=("geographical", "certification", "collective"))


class GeographicalIndicationsNamed(Indicator):
    """Số chỉ dẫn địa lý mang dấu hiệu “Quảng Trị” đang được bảo hộ, theo sản phẩm ghi trong văn bằng (hạt tiêu, chè vằng).
    Chỉ dẫn địa lý mang dấu hiệu khác không tính."""

    label, unit = _("Chỉ dẫn địa lý “Quảng Trị”"), _("chỉ dẫn địa lý")
    when = Stock("granted_on", "expires_on")
    count = Distinct("product")
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Title.objects.granted().of("geographical").filter(sign="Quảng Trị")


class GeographicalPending(Indicator):
    """Số hồ sơ chỉ dẫn địa lý đang chuẩn bị hoặc đang thẩm định vào ngày chốt số liệu. Chỉ dẫn đã cấp hoặc bị từ chối không tính."""

    label, unit = _("Hồ sơ chỉ dẫn địa lý đang thực hiện"), _("hồ sơ")
    when = Stock("started_on", "pending_until")
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Title.objects.of("geographical")


class ApplicationsPending(Indicator):
    """Số đơn đã nộp, chưa được cấp hoặc từ chối vào ngày chốt số liệu, mọi loại. Hồ sơ chưa nộp đơn không tính."""

    label, unit = _("Đơn đang thẩm định"), _("đơn")
    when = Stock("filed_on", "pending_until")
    splits = ("kind",)
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Title.objects.all()


class ApplicationsFiled(Indicator):
    """Số đơn đăng ký sở hữu công nghiệp nộp trong kỳ, theo ngày nộp đơn. Hồ sơ chưa nộp không tính."""

    label, unit = _("Đơn nộp trong kỳ"), _("đơn")
    when = Flow("filed_on")
    splits = ("kind",)
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Title.objects.all()


class TitlesGranted(Indicator):
    """Số văn bằng bảo hộ được cấp trong kỳ, mọi loại, theo ngày cấp. Gia hạn không tính là cấp."""

    label, unit = _("Văn bằng được cấp trong kỳ"), _("văn bằng")
    when = Flow("granted_on")
    splits = ("kind",)
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Title.objects.granted()


class MarksChecked(Indicator):
    """Số nhãn hiệu, chỉ dẫn địa lý có địa danh khác nhau được kiểm tra trong kỳ. Một nhãn hiệu kiểm tra nhiều nơi chỉ đếm một."""

    label, unit = _("Nhãn hiệu có địa danh được kiểm tra"), _("nhãn hiệu")
    when = Flow("checked_on")
    count = Distinct("title")
    splits = ("finding",)
    basis = "155/KH-UBND"
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return MarkCheck.objects.filter(title__uses_place_name=True)


class InitiativesRecognised(Indicator):
    """Số sáng kiến được công nhận trong kỳ, theo ngày xét. Sáng kiến mới nộp hoặc không công nhận không tính."""

    label, unit = _("Sáng kiến được công nhận"), _("sáng kiến")
    when = Flow("decided_on")
    splits = ("level",)
    basis = "2441/QĐ-UBND"
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Initiative.objects.filter(state="recognised")
