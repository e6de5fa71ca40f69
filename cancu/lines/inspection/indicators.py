"""Figures of inspection, sanctions and petitions."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from cancu.indicators import Distinct, Flow, Indicator, Ratio, Total

from .models import Case, Petition, Reception, Sanction, Subject

KEPT_SINCE = date(2021, 1, 1)


class Inspections(Indicator):
    """Số cuộc thanh tra chuyên ngành đã ban hành kết luận trong kỳ, theo ngày kết luận. Cuộc đang tiến hành, thanh tra hành chính và kiểm tra không tính."""

    label, unit = _("Cuộc thanh tra chuyên ngành"), _("cuộc")
    when = Flow("concluded_on")
    splits = ("field", "form")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Case.objects.concluded().inspections()


class InspectionsUnplanned(Indicator):
    """Số cuộc thanh tra chuyên ngành đột xuất đã ban hành kết luận trong kỳ. Cuộc theo kế hoạch không tính."""

    label, unit = _("Cuộc thanh tra đột xuất"), _("cuộc")
    when = Flow("concluded_on")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Case.objects.concluded().inspections().filter(form="unplanned")


class InspectionsStarted(Indicator):
    """Số cuộc thanh tra chuyên ngành công bố quyết định trong kỳ, kể cả chưa kết luận. Cuộc còn ở kế hoạch không tính."""

    label, unit = _("Cuộc thanh tra triển khai"), _("cuộc")
    when = Flow("started_on")
    splits = ("field",)
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Case.objects.inspections().exclude(state="planned")


class ChecksConcluded(Indicator):
    """Số cuộc kiểm tra của Thanh tra Sở đã kết luận trong kỳ. Thanh tra chuyên ngành, hành chính không tính."""

    label, unit = _("Cuộc kiểm tra đã kết luận"), _("cuộc")
    when = Flow("concluded_on")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Case.objects.concluded().filter(kind="check")


class Establishments(Indicator):
    """Số cơ sở khác nhau được thanh tra trong các cuộc thanh tra chuyên ngành kết luận trong kỳ. Cơ sở của cuộc chưa kết luận không tính."""

    label, unit = _("Cơ sở được thanh tra"), _("cơ sở")
    when = Flow("case__concluded_on")
    count = Distinct("party")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Subject.objects.filter(case__in=Case.objects.concluded().inspections())


class EstablishmentsViolating(Indicator):
    """Số cơ sở khác nhau có vi phạm trong các cuộc thanh tra chuyên ngành kết luận trong kỳ. Cơ sở không vi phạm không tính."""

    label, unit = _("Cơ sở được thanh tra có vi phạm"), _("cơ sở")
    when = Flow("case__concluded_on")
    count = Distinct("party")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Subject.objects.filter(case__in=Case.objects.concluded().inspections()).exclude(violation="")


class Sanctioned(Indicator):
    """Số cơ sở khác nhau bị phạt tiền qua thanh tra trong kỳ, theo ngày quyết định. Quyết định đã hủy, cảnh cáo và nguồn khác không tính."""

    label, unit = _("Cơ sở bị phạt tiền qua thanh tra"), _("cơ sở")
    when = Flow("decided_on")
    count = Distinct("party")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Sanction.objects.fines("inspection")


class Fines(Indicator):
    """Tổng tiền phạt qua thanh tra theo các quyết định ban hành trong kỳ, tính bằng đồng. Tiền thu hồi, quyết định đã hủy và nguồn khác không tính."""

    label, unit = _("Tiền phạt qua thanh tra"), _("đồng")
    when = Flow("decided_on")
    count = Total("amount")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Sanction.objects.fines("inspection")


class SanctionedByCheck(Indicator):
    """Số cơ sở khác nhau bị phạt tiền qua kiểm tra trong kỳ, theo ngày quyết định. Quyết định đã hủy, cảnh cáo và nguồn khác không tính."""

    label, unit = _("Cơ sở bị phạt tiền qua kiểm tra"), _("cơ sở")
    when = Flow("decided_on")
    count = Distinct("party")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Sanction.objects.fines("check")


class FinesByCheck(Indicator):
    """Tổng tiền phạt qua kiểm tra theo các quyết định ban hành trong kỳ, tính bằng đồng. Tiền thu hồi, quyết định đã hủy và nguồn khác không tính."""

    label, unit = _("Tiền phạt qua kiểm tra"), _("đồng")
    when = Flow("decided_on")
    count = Total("amount")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Sanction.objects.fines("check")


class SanctionedInAll(Indicator):
    """Số cơ sở khác nhau bị phạt tiền trong kỳ, qua thanh tra, kiểm tra hoặc do cơ quan khác chuyển đến. Quyết định đã hủy không tính."""

    label, unit = _("Cơ sở bị phạt tiền, mọi nguồn"), _("cơ sở")
    when = Flow("decided_on")
    count = Distinct("party")
    splits = ("source", "penalty")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Sanction.objects.filter(state__in=("decided", "executed"), amount__gt=0)


class FinesInAll(Indicator):
    """Tổng tiền phạt mọi nguồn theo các quyết định ban hành trong kỳ, tính bằng triệu đồng. Quyết định đã hủy không tính."""

    label, unit = _("Tiền phạt, mọi nguồn"), _("triệu đồng")
    when = Flow("decided_on")
    count = Total("amount", per=1_000_000)
    splits = ("source",)
    kept_since = KEPT_SINCE
    decimals = 1

    def rows(self) -> Any:
        return Sanction.objects.filter(state__in=("decided", "executed"), amount__gt=0)


class FinesPaid(Indicator):
    """Tổng tiền phạt đã nộp đủ trong kỳ, theo ngày nộp, tính bằng triệu đồng. Quyết định chưa thi hành không tính."""

    label, unit = _("Tiền phạt đã nộp"), _("triệu đồng")
    when = Flow("paid_on")
    count = Total("paid", per=1_000_000)
    kept_since = KEPT_SINCE
    decimals = 1

    def rows(self) -> Any:
        return Sanction.objects.filter(state="executed")


class Warnings(Indicator):
    """Số quyết định cảnh cáo ban hành trong kỳ. Quyết định phạt tiền không tính."""

    label, unit = _("Quyết định cảnh cáo"), _("quyết định")
    when = Flow("decided_on")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Sanction.objects.filter(state__in=("decided", "executed"), penalty="warning")


class Sanctions(Indicator):
    """Số quyết định xử phạt ban hành trong kỳ, mọi hình thức và nguồn. Quyết định đã hủy không tính."""

    label, unit = _("Quyết định xử phạt"), _("quyết định")
    when = Flow("decided_on")
    splits = ("source", "penalty")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Sanction.objects.filter(state__in=("decided", "executed"))


class SanctionsExecuted(Indicator):
    """Số quyết định xử phạt ban hành trong kỳ đã thi hành xong. Quyết định chưa thi hành hoặc đã hủy không tính."""

    label, unit = _("Quyết định xử phạt đã thi hành"), _("quyết định")
    when = Flow("decided_on")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Sanction.objects.filter(state="executed")


class ExecutionShare(Ratio):
    """Tỷ lệ quyết định xử phạt đã thi hành trên số quyết định ban hành trong kỳ. Kỳ không có quyết định nào thì không có tỷ lệ."""

    label = _("Tỷ lệ quyết định xử phạt đã thi hành")
    part, whole = SanctionsExecuted, Sanctions
    decimals = 1


class Receptions(Indicator):
    """Số lượt tiếp công dân trong kỳ, theo ngày tiếp. Sổ giữ liên tục: 0 nghĩa là không có lượt nào."""

    label, unit = _("Lượt tiếp công dân"), _("lượt")
    when = Flow("received_on")
    splits = ("by_leader", "crowd")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Reception.objects.all()


class PeopleReceived(Indicator):
    """Tổng số người đến trong các lượt tiếp công dân trong kỳ. Người gửi đơn mà không đến không tính."""

    label, unit = _("Người được tiếp"), _("người")
    when = Flow("received_on")
    count = Total("people")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Reception.objects.all()


class Petitions(Indicator):
    """Số vụ việc khiếu nại, tố cáo, kiến nghị, phản ánh nhận trong kỳ, kể cả không thuộc thẩm quyền. Sổ giữ liên tục: 0 nghĩa là không có vụ việc nào."""

    label, unit = _("Vụ việc khiếu nại, tố cáo, kiến nghị, phản ánh"), _("vụ việc")
    when = Flow("received_on")
    splits = ("kind", "within_authority", "state")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Petition.objects.all()


class PetitionsWithinAuthority(Indicator):
    """Số vụ việc nhận trong kỳ thuộc thẩm quyền giải quyết của Sở. Vụ việc phải chuyển cơ quan khác không tính."""

    label, unit = _("Vụ việc thuộc thẩm quyền"), _("vụ việc")
    when = Flow("received_on")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Petition.objects.filter(within_authority=True)


class PetitionsSettled(Indicator):
    """Số vụ việc đã giải quyết trong kỳ, theo ngày giải quyết. Vụ việc rút đơn hoặc chuyển cơ quan khác không tính."""

    label, unit = _("Vụ việc đã giải quyết"), _("vụ việc")
    when = Flow("settled_on")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Petition.objects.filter(state="settled")
