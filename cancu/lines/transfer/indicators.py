"""Figures of processes, training classes and transfer contracts."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from cancu.indicators import Distinct, Flow, Indicator, Ratio, Stock, Total

from .models import Contract, Process, TrainingClass

KEPT_SINCE = date(2021, 1, 1)
BASIS = "76/2018/NĐ-CP"
#: The unit whose own classes are reported apart (mục I.11).
CENTRE = "TTNC"


class Processes(Indicator):
    """Số quy trình công nghệ Sở đã làm chủ, công bố sẵn sàng chuyển giao và chưa ngừng vào ngày chốt số liệu.
    Quy trình đang hoàn thiện hoặc mới thẩm định nội bộ không tính."""

    label, unit = _("Quy trình công nghệ sẵn sàng chuyển giao"), _("quy trình")
    when = Stock("ready_on", "retired_on")
    splits = ("field",)
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Process.objects.published()


class ProcessesNew(Indicator):
    """Số quy trình công nghệ được công bố sẵn sàng chuyển giao trong kỳ. Quy trình công bố từ trước không tính."""

    label, unit = _("Quy trình công bố mới"), _("quy trình")
    when = Flow("ready_on")
    splits = ("field",)
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Process.objects.published()


class Classes(Indicator):
    """Số lớp tập huấn đã tổ chức trong kỳ, theo ngày khai giảng, của mọi đơn vị và mọi chủ đề.
    Lớp hoãn, hủy, đang học không tính; lớp mang nhiều chủ đề chỉ đếm một."""

    label, unit = _("Lớp tập huấn đã tổ chức"), _("lớp")
    when = Flow("starts_on")
    splits = ("programme", "owner_unit", "place")
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return TrainingClass.objects.held()


class _ClassesAbout(Indicator, abstract=True):
    unit = _("lớp")
    when = Flow("starts_on")
    splits = ("owner_unit", "place")
    basis = "324/QĐ-UBND"
    kept_since = KEPT_SINCE
    topic = ""

    def rows(self) -> Any:
        return TrainingClass.objects.held().about(self.topic)


class ClassesAquaculture(_ClassesAbout):
    """Số lớp tập huấn về ứng dụng chế phẩm vi sinh vật trong nuôi trồng thủy sản đã tổ chức trong kỳ.
    Lớp hoãn, hủy không tính; không cộng với lớp theo chủ đề khác."""

    label = _("Lớp tập huấn chế phẩm trong nuôi trồng thủy sản")
    topic = "aquaculture"


class ClassesWaste(_ClassesAbout):
    """Số lớp tập huấn về ứng dụng chế phẩm vi sinh trong xử lý rác thải sinh hoạt đã tổ chức trong kỳ.
    Lớp hoãn, hủy không tính; không cộng với lớp theo chủ đề khác."""

    label = _("Lớp tập huấn chế phẩm trong xử lý rác thải sinh hoạt")
    topic = "waste"


class ClassesFeed(_ClassesAbout):
    """Số lớp tập huấn về ứng dụng chế phẩm vi sinh vật trong thức ăn chăn nuôi đã tổ chức trong kỳ.
    Lớp hoãn, hủy không tính; không cộng với lớp theo chủ đề khác."""

    label = _("Lớp tập huấn chế phẩm trong thức ăn chăn nuôi")
    topic = "feed"


class ClassesAgriculture(_ClassesAbout):
    """Số lớp tập huấn chuyển giao tiến bộ kỹ thuật trong sản xuất nông nghiệp đã tổ chức trong kỳ, của mọi đơn vị thuộc Sở.
    Lớp hoãn, hủy không tính."""

    label = _("Lớp tập huấn tiến bộ kỹ thuật nông nghiệp (mọi đơn vị)")
    topic = "agriculture"
    basis = "1481/QĐ-UBND"


class ClassesAgricultureCentre(_ClassesAbout):
    """Số lớp tập huấn chuyển giao tiến bộ kỹ thuật trong sản xuất nông nghiệp do Trung tâm Nghiên cứu, Chuyển giao công nghệ
    và Đổi mới sáng tạo tổ chức trong kỳ. Lớp do đơn vị khác thuộc Sở tổ chức không tính."""

    label = _("Lớp tập huấn tiến bộ kỹ thuật nông nghiệp (Trung tâm)")
    topic = "agriculture"
    basis = "1481/QĐ-UBND"

    def rows(self) -> Any:
        return super().rows().filter(owner_unit__code=CENTRE)


class Learners(Indicator):
    """Số lượt học viên dự các lớp tập huấn đã tổ chức trong kỳ. Một người dự hai lớp tính hai lượt."""

    label, unit = _("Lượt học viên tập huấn"), _("lượt người")
    when = Flow("starts_on")
    count = Total("learners")
    splits = ("programme", "owner_unit")
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return TrainingClass.objects.held()


class LearnersWomen(Indicator):
    """Số lượt học viên nữ dự các lớp tập huấn đã tổ chức trong kỳ. Một người dự hai lớp tính hai lượt."""

    label, unit = _("Lượt học viên nữ"), _("lượt người")
    when = Flow("starts_on")
    count = Total("women")
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return TrainingClass.objects.held()


class LearnersMinority(Indicator):
    """Số lượt học viên là người dân tộc thiểu số dự các lớp đã tổ chức trong kỳ. Một người dự hai lớp tính hai lượt."""

    label, unit = _("Lượt học viên dân tộc thiểu số"), _("lượt người")
    when = Flow("starts_on")
    count = Total("minority")
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return TrainingClass.objects.held()


class WomenShare(Ratio):
    """Tỷ lệ lượt học viên nữ trong tổng số lượt học viên của các lớp đã tổ chức trong kỳ."""

    label = _("Tỷ lệ học viên nữ")
    part, whole = LearnersWomen, Learners
    decimals = 1


class Contracts(Indicator):
    """Số hợp đồng chuyển giao công nghệ ký trong kỳ. Đang khảo sát hoặc đã chấm dứt không tính."""

    label, unit = _("Hợp đồng chuyển giao công nghệ"), _("hợp đồng")
    when = Flow("signed_on")
    splits = ("form", "partner", "industry")
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Contract.objects.signed()


class ContractReceivers(Indicator):
    """Số tổ chức, cá nhân, hộ khác nhau nhận chuyển giao theo hợp đồng ký trong kỳ. Một bên nhận hai hợp đồng chỉ đếm một."""

    label, unit = _("Bên nhận chuyển giao"), _("đơn vị, hộ")
    when = Flow("signed_on")
    count = Distinct("receiver")
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Contract.objects.signed()


class ContractValue(Indicator):
    """Tổng giá trị hợp đồng chuyển giao công nghệ ký trong kỳ, đơn vị triệu đồng. Hợp đồng đã chấm dứt không tính."""

    label, unit = _("Giá trị hợp đồng chuyển giao"), _("triệu đồng")
    when = Flow("signed_on")
    count = Total("value", per=1_000_000)
    decimals = 1
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Contract.objects.signed()
