"""Figures of microbial preparations and their use."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from cancu.indicators import Distinct, Flow, Indicator, Ratio, Stock, Total

from .models import Batch, Issue, IssueLine, Product, Transfer

KEPT_SINCE = date(2021, 2, 5)
BASIS = "324/QĐ-UBND"


class Products(Indicator):
    """Số loại chế phẩm vi sinh vật đang sản xuất vào ngày chốt số liệu. Chế phẩm nghiên cứu, sản xuất thử, đã ngừng không tính."""

    label, unit = _("Chế phẩm vi sinh đang sản xuất"), _("loại chế phẩm")
    when = Stock("produced_from", "produced_until")
    splits = ("use", "form")
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Product.objects.filter(state__in=("in_production", "stopped"))


class Households(Indicator):
    """Số hộ khác nhau nhận bàn giao công nghệ xử lý môi trường chăn nuôi trong kỳ. Tổ chức, hợp tác xã và hộ chưa bàn giao không tính."""

    label, unit = _("Hộ nhận công nghệ xử lý môi trường chăn nuôi"), _("hộ")
    when = Flow("handed_over_on")
    count = Distinct("recipient")
    splits = ("place",)
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Transfer.objects.filter(technology="livestock_environment", recipient__kind="household")


class HouseholdPlaces(Indicator):
    """Số xã, phường khác nhau có hộ nhận bàn giao công nghệ xử lý môi trường chăn nuôi trong kỳ. Hộ chưa ghi địa bàn không tính."""

    label, unit = _("Xã có hộ nhận công nghệ xử lý môi trường chăn nuôi"), _("xã")
    when = Flow("handed_over_on")
    count = Distinct("place")
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Transfer.objects.filter(technology="livestock_environment", recipient__kind="household")


class TonnesSupplied(Indicator):
    """Khối lượng chế phẩm đã xuất theo Đề án của Quyết định 324/QĐ-UBND trong kỳ, theo ngày xuất, kg chia 1.000.
    Phiếu mới lập hoặc đã hủy, hàng bán và thử nghiệm ngoài đề án không tính."""

    label, unit = _("Chế phẩm cung cấp theo đề án"), _("tấn")
    when = Flow("issue__issued_on")
    count = Total("kg", per=1000)
    splits = ("batch__product", "issue__place")
    decimals = 1
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return IssueLine.objects.of_scheme()


class TonnesSuppliedOutside(Indicator):
    """Khối lượng chế phẩm đã xuất ngoài Đề án của Quyết định 324/QĐ-UBND trong kỳ, kg chia 1.000. Phiếu mới lập hoặc đã hủy không tính."""

    label, unit = _("Chế phẩm xuất ngoài đề án"), _("tấn")
    when = Flow("issue__issued_on")
    count = Total("kg", per=1000)
    splits = ("batch__product", "issue__kind")
    decimals = 1
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return IssueLine.objects.issued().exclude(issue__programme="scheme_324")


class TonnesProduced(Indicator):
    """Khối lượng các lô chế phẩm sản xuất đạt trong kỳ, theo ngày sản xuất, kg chia 1.000. Lô không đạt, chờ kiểm nghiệm không tính."""

    label, unit = _("Chế phẩm sản xuất đạt"), _("tấn")
    when = Flow("made_on")
    count = Total("kg", per=1000)
    splits = ("product",)
    decimals = 1
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Batch.objects.passed()


class Recipients(Indicator):
    """Số tổ chức, hộ, cá nhân khác nhau nhận chế phẩm theo đề án trong kỳ. Một bên nhận nhiều lần chỉ đếm một."""

    label, unit = _("Bên nhận chế phẩm theo đề án"), _("đơn vị, hộ")
    when = Flow("issued_on")
    count = Distinct("recipient")
    splits = ("place",)
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Issue.objects.filter(state="issued", programme="scheme_324")


class PlacesSupplied(Indicator):
    """Số xã, phường khác nhau được cấp chế phẩm theo đề án trong kỳ. Phiếu không ghi địa bàn không tính."""

    label, unit = _("Xã, phường được cấp chế phẩm"), _("xã, phường")
    when = Flow("issued_on")
    count = Distinct("place")
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Issue.objects.filter(state="issued", programme="scheme_324")


class BatchesTested(Indicator):
    """Số lô chế phẩm sản xuất trong kỳ đã có kết quả kiểm nghiệm. Lô chờ kết quả không tính."""

    label, unit = _("Lô đã kiểm nghiệm"), _("lô")
    when = Flow("made_on")
    splits = ("product",)
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Batch.objects.tested()


class BatchesPassed(Indicator):
    """Số lô chế phẩm sản xuất trong kỳ kiểm nghiệm đạt. Lô không đạt, lô đã hủy không tính."""

    label, unit = _("Lô kiểm nghiệm đạt"), _("lô")
    when = Flow("made_on")
    splits = ("product",)
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Batch.objects.passed()


class BatchesPassedShare(Ratio):
    """Tỷ lệ lô kiểm nghiệm đạt trong số lô sản xuất trong kỳ đã kiểm nghiệm."""

    label = _("Tỷ lệ lô đạt")
    part, whole = BatchesPassed, BatchesTested
    decimals = 1
