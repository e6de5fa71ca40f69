"""Figures of investment and training."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from cancu.indicators import Flow, Indicator, Ratio, Stock, Total

from .models import Money, Project, Training

KEPT_SINCE = date(2021, 1, 1)


class ProjectsInUse(Indicator):
    """Số dự án đầu tư đã đưa vào sử dụng tính đến ngày chốt số liệu. Dự án đã nghiệm thu nhưng chưa bàn giao sử dụng không tính."""

    label, unit = _("Dự án đưa vào sử dụng"), _("dự án")
    when = Stock("in_use_on")
    splits = ("fund",)
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Project.objects.used()


class ProjectsUnderWay(Indicator):
    """Số dự án đầu tư đang triển khai vào ngày chốt số liệu, tính từ ngày triển khai đến ngày đưa vào sử dụng. Dự án còn chuẩn bị hoặc đã dừng không tính."""

    label, unit = _("Dự án đang triển khai"), _("dự án")
    when = Stock("started_on", "in_use_on")
    splits = ("fund",)
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Project.objects.begun()


class ProjectsPutInUse(Indicator):
    """Số dự án đưa vào sử dụng trong kỳ, theo ngày bàn giao. Dự án đưa vào sử dụng từ trước kỳ không tính."""

    label, unit = _("Dự án đưa vào sử dụng trong kỳ"), _("dự án")
    when = Flow("in_use_on")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Project.objects.used()


class ProjectsInAll(Indicator):
    """Số dự án đầu tư đã triển khai tính đến ngày chốt số liệu, kể cả đã đưa vào sử dụng. Dự án còn chuẩn bị hoặc đã dừng không tính."""

    label, unit = _("Dự án đầu tư"), _("dự án")
    when = Stock("started_on")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Project.objects.begun()


class InvestmentTotal(Indicator):
    """Tổng mức đầu tư của các dự án đã triển khai tính đến ngày chốt, tính bằng triệu đồng. Dự án còn chuẩn bị hoặc đã dừng không tính."""

    label, unit = _("Tổng mức đầu tư"), _("triệu đồng")
    when = Stock("started_on")
    count = Total("total", per=1_000_000)
    kept_since = KEPT_SINCE
    decimals = 1

    def rows(self) -> Any:
        return Project.objects.begun()


class EquipmentInUse(Indicator):
    """Tổng số thiết bị của các dự án đã đưa vào sử dụng tính đến ngày chốt. Thiết bị của dự án đang triển khai không tính."""

    label, unit = _("Thiết bị đưa vào sử dụng"), _("thiết bị")
    when = Stock("in_use_on")
    count = Total("equipment")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Project.objects.used()


class Allocated(Indicator):
    """Tổng vốn giao cho các dự án trong kỳ, theo ngày giao, tính bằng triệu đồng. Giải ngân không tính."""

    label, unit = _("Vốn đầu tư được giao"), _("triệu đồng")
    when = Flow("day")
    count = Total("amount", per=1_000_000)
    splits = ("project",)
    kept_since = KEPT_SINCE
    decimals = 1

    def rows(self) -> Any:
        return Money.objects.filter(kind="allocation")


class Disbursed(Indicator):
    """Tổng vốn giải ngân trong kỳ, theo ngày giải ngân, tính bằng triệu đồng. Vốn giao chưa giải ngân không tính."""

    label, unit = _("Vốn đầu tư đã giải ngân"), _("triệu đồng")
    when = Flow("day")
    count = Total("amount", per=1_000_000)
    splits = ("project",)
    kept_since = KEPT_SINCE
    decimals = 1

    def rows(self) -> Any:
        return Money.objects.filter(kind="disbursement")


class DisbursedShare(Ratio):
    """Tỷ lệ vốn giải ngân trên vốn giao trong kỳ. Kỳ không giao vốn thì không có tỷ lệ."""

    label = _("Tỷ lệ giải ngân")
    part, whole = Disbursed, Allocated
    decimals = 1


class StaffTrained(Indicator):
    """Tổng số lượt người được cử đi đào tạo, tập huấn trong kỳ, theo ngày bắt đầu khóa. Một người đi hai khóa là hai lượt; bồi dưỡng không ghi số người không tính."""

    label, unit = _("Lượt người được cử đi đào tạo"), _("lượt người")
    when = Flow("started_on")
    count = Total("people")
    splits = ("title", "content", "unit")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Training.objects.gone()


class Courses(Indicator):
    """Số khóa đào tạo, tập huấn có người được cử đi trong kỳ. Khóa mới đề nghị không tính."""

    label, unit = _("Khóa đào tạo"), _("khóa")
    when = Flow("started_on")
    splits = ("content",)
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Training.objects.gone()


class StaffTrainedTesting(Indicator):
    """Tổng số lượt người được cử đi đào tạo về thử nghiệm, kiểm định trong kỳ. Khóa thuộc nhóm nội dung khác không tính."""

    label, unit = _("Lượt người đào tạo về thử nghiệm, kiểm định"), _("lượt người")
    when = Flow("started_on")
    count = Total("people")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Training.objects.gone().filter(content="testing")


class StaffTrainedBiotech(Indicator):
    """Tổng số lượt người được cử đi đào tạo về công nghệ sinh học trong kỳ. Khóa thuộc nhóm nội dung khác không tính."""

    label, unit = _("Lượt người đào tạo về công nghệ sinh học"), _("lượt người")
    when = Flow("started_on")
    count = Total("people")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Training.objects.gone().filter(content="biotech")


class StaffTrainedStartup(Indicator):
    """Tổng số lượt người được cử đi đào tạo về khởi nghiệp đổi mới sáng tạo trong kỳ. Khóa thuộc nhóm nội dung khác không tính."""

    label, unit = _("Lượt người đào tạo về khởi nghiệp đổi mới sáng tạo"), _("lượt người")
    when = Flow("started_on")
    count = Total("people")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Training.objects.gone().filter(content="startup")


class VerifiersTrained(Indicator):
    """Tổng số lượt kiểm định viên được cử đi đào tạo trong kỳ. Chức danh khác không tính."""

    label, unit = _("Lượt kiểm định viên được đào tạo"), _("lượt người")
    when = Flow("started_on")
    count = Total("people")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Training.objects.gone().filter(title="verifier")


class TestersTrained(Indicator):
    """Tổng số lượt thử nghiệm viên được cử đi đào tạo trong kỳ. Chức danh khác không tính."""

    label, unit = _("Lượt thử nghiệm viên được đào tạo"), _("lượt người")
    when = Flow("started_on")
    count = Total("people")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Training.objects.gone().filter(title="tester")


class TrainingCertificates(Indicator):
    """Tổng số chứng chỉ người được cử đi nhận được từ các khóa bắt đầu trong kỳ. Khóa chưa kết thúc không tính."""

    label, unit = _("Chứng chỉ đào tạo"), _("chứng chỉ")
    when = Flow("started_on")
    count = Total("certificates")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Training.objects.filter(state="finished")


class TrainingCosts(Indicator):
    """Tổng kinh phí cử đi đào tạo của các khóa bắt đầu trong kỳ, tính bằng triệu đồng. Khóa mới đề nghị không tính."""

    label, unit = _("Kinh phí đào tạo"), _("triệu đồng")
    when = Flow("started_on")
    count = Total("cost", per=1_000_000)
    kept_since = KEPT_SINCE
    decimals = 1

    def rows(self) -> Any:
        return Training.objects.gone()
