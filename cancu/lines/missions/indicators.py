"""Figures of S&T missions."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from cancu.indicators import Distinct, Flow, Indicator, Overlap, Ratio, Stock, Total

from .models import Milestone, Mission, Payment, Proposal

KEPT_SINCE = date(2021, 1, 1)
BASIS = "08/2014/NĐ-CP"
SPLITS = ("level", "field", "kind", "objective", "leader__female")


class UnderWay(Indicator):
    """Số nhiệm vụ KH&CN các cấp triển khai trong kỳ: khoảng từ ngày phê duyệt đến ngày cuối cùng thực hiện giao với kỳ.
    Nhiệm vụ trong danh mục chưa phê duyệt và nhiệm vụ kết thúc trước kỳ không tính."""

    label, unit = _("Nhiệm vụ KH&CN triển khai trong kỳ"), _("nhiệm vụ")
    when = Overlap("approved_on", "ended_on")
    splits = SPLITS
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Mission.objects.approved()


class CarriedOver(Indicator):
    """Số nhiệm vụ chuyển tiếp: phê duyệt trước ngày đầu kỳ và còn thực hiện trong kỳ. Nhiệm vụ phê duyệt trong kỳ không tính."""

    label, unit = _("Nhiệm vụ chuyển tiếp từ các năm trước"), _("nhiệm vụ")
    when = Overlap("approved_on", "ended_on", begun="before")
    splits = SPLITS
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Mission.objects.approved()


class Approved(Indicator):
    """Số nhiệm vụ có quyết định phê duyệt thực hiện trong kỳ, theo ngày phê duyệt. Nhiệm vụ mới vào danh mục không tính."""

    label, unit = _("Nhiệm vụ phê duyệt mới trong kỳ"), _("nhiệm vụ")
    when = Flow("approved_on")
    splits = SPLITS
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Mission.objects.approved()


class Shortlisted(Indicator):
    """Số nhiệm vụ đã có trong danh mục được phê duyệt, đang tuyển chọn hoặc thẩm định vào ngày chốt số liệu.
    Nhiệm vụ đã phê duyệt thực hiện hoặc không được chọn không tính."""

    label, unit = _("Nhiệm vụ trong danh mục, đang thẩm định"), _("nhiệm vụ")
    when = Stock("listed_on", "listed_until")
    splits = ("level", "field", "state")
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Mission.objects.listed()


class _UnderWayAt(Indicator, abstract=True):
    unit = _("nhiệm vụ")
    when = Overlap("approved_on", "ended_on")
    basis = BASIS
    kept_since = KEPT_SINCE
    level = ""

    def rows(self) -> Any:
        return Mission.objects.approved().filter(level=self.level)


class NationalLevel(_UnderWayAt):
    """Số nhiệm vụ cấp quốc gia triển khai trên địa bàn trong kỳ. Nhiệm vụ cấp bộ không tính."""

    label = _("Nhiệm vụ cấp quốc gia triển khai")
    level = "national"


class MinistryLevel(_UnderWayAt):
    """Số nhiệm vụ cấp bộ (gồm nông thôn miền núi ủy quyền địa phương) triển khai trong kỳ. Nhiệm vụ cấp quốc gia không tính."""

    label = _("Nhiệm vụ cấp bộ triển khai")
    level = "ministry"


class ProvinceLevel(_UnderWayAt):
    """Số nhiệm vụ cấp tỉnh triển khai trong kỳ. Nhiệm vụ cấp cơ sở không tính."""

    label = _("Nhiệm vụ cấp tỉnh triển khai")
    level = "province"


class GrassrootsLevel(_UnderWayAt):
    """Số nhiệm vụ cấp cơ sở triển khai trong kỳ. Sáng kiến của cơ quan, đơn vị không tính."""

    label = _("Nhiệm vụ cấp cơ sở triển khai")
    level = "grassroots"


class InAgriculture(Indicator):
    """Số nhiệm vụ lĩnh vực khoa học nông nghiệp triển khai trong kỳ. Mỗi nhiệm vụ thuộc một lĩnh vực chính."""

    label, unit = _("Nhiệm vụ lĩnh vực nông nghiệp"), _("nhiệm vụ")
    when = Overlap("approved_on", "ended_on")
    splits = ("level",)
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Mission.objects.approved().filter(field="agriculture")


class InBiotech(Indicator):
    """Số nhiệm vụ công nghệ sinh học triển khai trong kỳ. Nhiệm vụ chỉ dùng chế phẩm có sẵn không tính."""

    label, unit = _("Nhiệm vụ công nghệ sinh học"), _("nhiệm vụ")
    when = Overlap("approved_on", "ended_on")
    splits = ("level", "field")
    basis = "36-NQ/TW"
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Mission.objects.approved().filter(biotech=True)


class FemaleLed(Indicator):
    """Số nhiệm vụ triển khai trong kỳ có chủ nhiệm là nữ. Thành viên nữ không phải chủ nhiệm không tính."""

    label, unit = _("Nhiệm vụ do nữ chủ nhiệm"), _("nhiệm vụ")
    when = Overlap("approved_on", "ended_on")
    splits = ("level", "field")
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Mission.objects.approved().filter(leader__female=True)


class FemaleLedShare(Ratio):
    """Tỷ lệ nhiệm vụ do nữ chủ nhiệm trong số nhiệm vụ triển khai trong kỳ."""

    label = _("Tỷ lệ nhiệm vụ do nữ chủ nhiệm")
    part, whole = FemaleLed, UnderWay
    decimals = 1


class Accepted(Indicator):
    """Số nhiệm vụ được nghiệm thu chính thức đạt yêu cầu trong kỳ. Nghiệm thu cơ sở và nghiệm thu không đạt không tính."""

    label, unit = _("Nhiệm vụ nghiệm thu đạt"), _("nhiệm vụ")
    when = Flow("happened_on")
    count = Distinct("mission")
    splits = ("grade", "mission__level")
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Milestone.objects.filter(kind="acceptance").exclude(grade="fail")


class ResultsRegistered(Indicator):
    """Số nhiệm vụ được cấp giấy chứng nhận đăng ký kết quả trong kỳ. Kết quả mới nghiệm thu chưa đăng ký không tính."""

    label, unit = _("Nhiệm vụ đăng ký kết quả"), _("nhiệm vụ")
    when = Flow("happened_on")
    count = Distinct("mission")
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Milestone.objects.filter(kind="registration")


class HandedOver(Indicator):
    """Số nhiệm vụ có kết quả bàn giao, đưa vào ứng dụng trong kỳ. Báo cáo ứng dụng hằng năm sau đó không tính lại."""

    label, unit = _("Nhiệm vụ đưa vào ứng dụng"), _("nhiệm vụ")
    when = Flow("happened_on")
    count = Distinct("mission")
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Milestone.objects.filter(kind="handover")


class Proposals(Indicator):
    """Số phiếu đề xuất nhiệm vụ Sở nhận trong kỳ, theo ngày nhận. Phiếu gửi lại có số mới tính là một phiếu."""

    label, unit = _("Đề xuất nhiệm vụ đã nhận"), _("đề xuất")
    when = Flow("received_on")
    splits = ("plan_year", "state")
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Proposal.objects.all()


class MoneyGranted(Indicator):
    """Kinh phí ngân sách đã cấp cho nhiệm vụ trong kỳ, theo ngày cấp, đơn vị triệu đồng. Nguồn ngoài ngân sách không tính."""

    label, unit = _("Kinh phí ngân sách đã cấp cho nhiệm vụ"), _("triệu đồng")
    when = Flow("paid_on")
    count = Total("amount", per=1_000_000)
    decimals = 1
    splits = ("source", "mission__level")
    basis = "33/2024/NQ-HĐND"
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Payment.objects.exclude(source="other")
