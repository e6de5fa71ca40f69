"""Figures of traceability."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from cancu.indicators import Flow, Indicator, Ratio, Stock, Total

from .models import Participant, Product

KEPT_SINCE = date(2021, 1, 1)


class Participants(Indicator):
    """Số đơn vị tham gia hệ thống truy xuất nguồn gốc vào ngày chốt số liệu. Đơn vị đã rời hệ thống không tính."""

    label, unit = _("Đơn vị tham gia truy xuất nguồn gốc"), _("đơn vị")
    when = Stock("joined_on", "left_on")
    splits = ("platform",)
    basis = "02/2024/TT-BKHCN"
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Participant.objects.all()


class ParticipantsJoined(Indicator):
    """Số đơn vị tham gia hệ thống truy xuất nguồn gốc mới trong kỳ. Đơn vị tham gia từ trước không tính."""

    label, unit = _("Đơn vị mới tham gia"), _("đơn vị")
    when = Flow("joined_on")
    basis = "02/2024/TT-BKHCN"
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Participant.objects.all()


class ParticipantsLeft(Indicator):
    """Số đơn vị rời hệ thống truy xuất nguồn gốc trong kỳ. Đơn vị chỉ ngừng một sản phẩm không tính."""

    label, unit = _("Đơn vị rời hệ thống"), _("đơn vị")
    when = Flow("left_on")
    basis = "02/2024/TT-BKHCN"
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Participant.objects.all()


class Products(Indicator):
    """Số sản phẩm có dữ liệu truy xuất nguồn gốc vào ngày chốt số liệu. Sản phẩm mới khảo sát hoặc đã ngừng không tính."""

    label, unit = _("Sản phẩm có truy xuất nguồn gốc"), _("sản phẩm")
    when = Stock("first_data_on", "ended_on")
    splits = ("kind",)
    basis = "02/2024/TT-BKHCN"
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Product.objects.exclude(state="survey")


class ProductsNew(Indicator):
    """Số sản phẩm có dữ liệu truy xuất nguồn gốc lần đầu trong kỳ. Sản phẩm mới khảo sát không tính."""

    label, unit = _("Sản phẩm mới có truy xuất nguồn gốc"), _("sản phẩm")
    when = Flow("first_data_on")
    basis = "02/2024/TT-BKHCN"
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Product.objects.exclude(state="survey")


class Connections(Indicator):
    """Số sản phẩm đang kết nối Cổng truy xuất nguồn gốc quốc gia vào ngày chốt số liệu. Sản phẩm chưa kết nối hoặc đã ngừng không tính."""

    label, unit = _("Sản phẩm kết nối Cổng quốc gia"), _("sản phẩm")
    when = Stock("connected_on", "ended_on")
    splits = ("kind",)
    basis = "02/2024/TT-BKHCN"
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Product.objects.exclude(state="survey")


class ConnectionsNew(Indicator):
    """Số sản phẩm kết nối Cổng truy xuất nguồn gốc quốc gia trong kỳ. Kết nối từ trước không tính."""

    label, unit = _("Kết nối mới"), _("sản phẩm")
    when = Flow("connected_on")
    basis = "02/2024/TT-BKHCN"
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Product.objects.exclude(state="survey")


class ConnectedShare(Ratio):
    """Tỷ lệ sản phẩm kết nối Cổng quốc gia trên số sản phẩm có truy xuất nguồn gốc vào ngày chốt. Không có sản phẩm nào thì không có tỷ lệ."""

    label = _("Tỷ lệ sản phẩm kết nối Cổng quốc gia")
    part, whole = Connections, Products
    decimals = 1


class ProductsChecked(Indicator):
    """Số sản phẩm được kiểm tra dữ liệu theo tiêu chuẩn trong kỳ. Sản phẩm chưa có dữ liệu không tính."""

    label, unit = _("Sản phẩm được kiểm tra dữ liệu"), _("sản phẩm")
    when = Flow("checked_on")
    basis = "02/2024/TT-BKHCN"
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Product.objects.exclude(state="survey")


class SupportMoney(Indicator):
    """Tổng kinh phí hỗ trợ xây dựng truy xuất nguồn gốc cho đơn vị tham gia mới trong kỳ, tính bằng triệu đồng. Kinh phí đơn vị tự chi không tính."""

    label, unit = _("Kinh phí hỗ trợ truy xuất nguồn gốc"), _("triệu đồng")
    when = Flow("joined_on")
    count = Total("support", per=1_000_000)
    basis = "02/2024/TT-BKHCN"
    kept_since = KEPT_SINCE
    decimals = 1

    def rows(self) -> Any:
        return Participant.objects.all()
