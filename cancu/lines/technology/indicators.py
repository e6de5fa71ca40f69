"""Figures of technology management."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from cancu.indicators import Distinct, Flow, Indicator, Stock, Total

from .models import Appraisal, Assessment, Certificate, Fund, FundYear, Link

KEPT_SINCE = date(2021, 1, 1)
BASIS = "76/2018/NĐ-CP"


class ProjectsAppraised(Indicator):
    """Số dự án đầu tư khác nhau được Sở thẩm định hoặc cho ý kiến về công nghệ trong kỳ, theo ngày trả lời.
    Một dự án có hai hồ sơ chỉ đếm một; hồ sơ chưa trả lời, xác định công nghệ lạc hậu không tính."""

    label, unit = _("Dự án được thẩm định, cho ý kiến công nghệ"), _("dự án")
    when = Flow("answered_on")
    count = Distinct("project")
    splits = ("kind", "project__sector", "project__industry")
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Appraisal.objects.answered()


class Appraisals(Indicator):
    """Số hồ sơ thẩm định công nghệ, thẩm định cơ sở khoa học đã trả lời trong kỳ. Văn bản chỉ cho ý kiến không tính."""

    label, unit = _("Hồ sơ thẩm định công nghệ"), _("hồ sơ")
    when = Flow("answered_on")
    splits = ("kind", "conclusion")
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Appraisal.objects.answered().filter(kind__in=("scientific", "technology"))


class Opinions(Indicator):
    """Số văn bản cho ý kiến về công nghệ đã trả lời trong kỳ. Hồ sơ thẩm định không tính."""

    label, unit = _("Văn bản cho ý kiến công nghệ"), _("văn bản")
    when = Flow("answered_on")
    splits = ("conclusion",)
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Appraisal.objects.answered().filter(kind="opinion")


class Enterprises(Indicator):
    """Số doanh nghiệp có giấy chứng nhận doanh nghiệp KH&CN còn hiệu lực vào ngày chốt số liệu. Giấy bị thu hồi không tính."""

    label, unit = _("Doanh nghiệp KH&CN"), _("doanh nghiệp")
    when = Stock("issued_on", "valid_until")
    count = Distinct("enterprise")
    splits = ("formation",)
    basis = "13/2019/NĐ-CP"
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Certificate.objects.filter(state__in=("granted", "revoked"))


class Funds(Indicator):
    """Số quỹ phát triển KH&CN của doanh nghiệp đang hoạt động vào ngày chốt số liệu. Quỹ đã đóng không tính."""

    label, unit = _("Quỹ KH&CN của doanh nghiệp"), _("quỹ")
    when = Stock("founded_on", "closed_on")
    basis = "1048/QĐ-UBND"
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Fund.objects.all()


class FundMoney(Indicator):
    """Tổng số tiền doanh nghiệp trích lập quỹ theo các báo cáo Sở nhận trong kỳ, đơn vị triệu đồng. Số đã chi không trừ."""

    label, unit = _("Tiền trích lập quỹ KH&CN"), _("triệu đồng")
    when = Flow("reported_on")
    count = Total("put_in", per=1_000_000)
    splits = ("year",)
    basis = "1048/QĐ-UBND"
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return FundYear.objects.all()


class Connections(Indicator):
    """Số nhu cầu, nguồn cung công nghệ được kết nối trong kỳ, theo ngày kết nối. Nhu cầu mới ghi nhận không tính."""

    label, unit = _("Lượt kết nối cung - cầu công nghệ"), _("lượt")
    when = Flow("connected_on")
    splits = ("kind",)
    basis = "1048/QĐ-UBND"
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Link.objects.all()


class EnterprisesAssessed(Indicator):
    """Số doanh nghiệp khác nhau được đánh giá trình độ, năng lực công nghệ trong kỳ. Doanh nghiệp đánh giá hai lần chỉ đếm một."""

    label, unit = _("Doanh nghiệp được đánh giá trình độ công nghệ"), _("doanh nghiệp")
    when = Flow("assessed_on")
    count = Distinct("enterprise")
    basis = "1048/QĐ-UBND"
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Assessment.objects.all()
