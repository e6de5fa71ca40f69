"""Figures of standards, measurement and quality."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from cancu.indicators import Distinct, Flow, Indicator, Ratio, Stock, Total

from .models import (
    AuthorisedUnit,
    Campaign,
    Declaration,
    Exemption,
    GoodsCheck,
    ImportRegistration,
    InstrumentCheck,
    ProductLine,
    Visit,
)

KEPT_SINCE = date(2021, 1, 1)


class ConformityDossiers(Indicator):
    """Số hồ sơ công bố hợp chuẩn tiếp nhận trong kỳ. Công bố hợp quy, hồ sơ bị từ chối hoặc hủy không tính."""

    label, unit = _("Hồ sơ công bố hợp chuẩn"), _("hồ sơ")
    when = Flow("received_on")
    splits = ("ground",)
    basis = "28/2012/TT-BKHCN"
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Declaration.objects.kept().filter(kind="standard")


class ConformityProducts(Indicator):
    """Số loại sản phẩm trong các hồ sơ công bố hợp chuẩn tiếp nhận trong kỳ; mỗi dòng sản phẩm của hồ sơ là một loại.
    Sản phẩm của hồ sơ hợp quy, hồ sơ bị từ chối hoặc hủy không tính."""

    label, unit = _("Loại sản phẩm công bố hợp chuẩn"), _("loại sản phẩm")
    when = Flow("declaration__received_on")
    basis = "28/2012/TT-BKHCN"
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return ProductLine.objects.filter(declaration__in=Declaration.objects.kept().filter(kind="standard"))


class RegulationDossiers(Indicator):
    """Số hồ sơ công bố hợp quy tiếp nhận trong kỳ. Công bố hợp chuẩn, hồ sơ bị từ chối hoặc hủy không tính."""

    label, unit = _("Hồ sơ công bố hợp quy"), _("hồ sơ")
    when = Flow("received_on")
    splits = ("ground",)
    basis = "28/2012/TT-BKHCN"
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Declaration.objects.kept().filter(kind="regulation")


class DeclarationsInForce(Indicator):
    """Số công bố hợp chuẩn, hợp quy đã được chấp nhận và còn hiệu lực vào ngày chốt số liệu. Hồ sơ đang xử lý không tính."""

    label, unit = _("Công bố còn hiệu lực"), _("hồ sơ")
    when = Stock("decided_on", "valid_until")
    splits = ("kind", "ground")
    basis = "28/2012/TT-BKHCN"
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Declaration.objects.filter(state="accepted")


class ExemptionDossiers(Indicator):
    """Số hồ sơ miễn kiểm tra nhà nước về chất lượng tiếp nhận trong kỳ. Hồ sơ bị từ chối hoặc hủy không tính."""

    label, unit = _("Hồ sơ miễn kiểm tra chất lượng"), _("hồ sơ")
    when = Flow("received_on")
    basis = "132/2008/NĐ-CP"
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Exemption.objects.kept()


class ExemptionsInForce(Indicator):
    """Số văn bản miễn kiểm tra chất lượng còn hiệu lực vào ngày chốt số liệu. Hồ sơ chưa được chấp nhận không tính."""

    label, unit = _("Miễn kiểm tra còn hiệu lực"), _("hồ sơ")
    when = Stock("exempt_from", "exempt_until")
    basis = "132/2008/NĐ-CP"
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Exemption.objects.filter(state="accepted")


class ImportDossiers(Indicator):
    """Số hồ sơ đăng ký kiểm tra nhà nước về chất lượng hàng hóa nhập khẩu tiếp nhận trong kỳ, mọi kết quả.
    Hồ sơ miễn kiểm tra không tính."""

    label, unit = _("Hồ sơ đăng ký kiểm tra hàng nhập khẩu"), _("hồ sơ")
    when = Flow("received_on")
    splits = ("state",)
    basis = "132/2008/NĐ-CP"
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return ImportRegistration.objects.all()


class ImportsFailed(Indicator):
    """Số lô hàng nhập khẩu có thông báo không đạt trong kỳ, theo ngày thông báo. Lô chưa có kết quả không tính."""

    label, unit = _("Lô hàng nhập khẩu không đạt"), _("lô hàng")
    when = Flow("decided_on")
    basis = "132/2008/NĐ-CP"
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return ImportRegistration.objects.filter(state="failed")


class AuthorisedUnits(Indicator):
    """Số đơn vị được ủy quyền có phương tiện đo do Chi cục quản lý, còn hiệu lực vào ngày chốt số liệu. Ủy quyền đã hết hạn không tính."""

    label, unit = _("Đơn vị được ủy quyền"), _("đơn vị")
    when = Stock("valid_from", "valid_until")
    count = Distinct("party")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return AuthorisedUnit.objects.all()


class InstrumentsManaged(Indicator):
    """Tổng số phương tiện đo của các đơn vị được ủy quyền còn hiệu lực, theo báo cáo gần nhất. Ủy quyền đã hết hạn không tính."""

    label, unit = _("Phương tiện đo của đơn vị được ủy quyền"), _("phương tiện đo")
    when = Stock("valid_from", "valid_until")
    count = Total("instruments")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return AuthorisedUnit.objects.all()


class Campaigns(Indicator):
    """Số đợt kiểm tra bắt đầu trong kỳ. Đợt còn ở kế hoạch, đợt do ngành khác chủ trì không tính."""

    label, unit = _("Đợt kiểm tra"), _("đợt")
    when = Flow("started_on")
    splits = ("kind", "interagency")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Campaign.objects.exclude(state="planned")


class CampaignsInteragency(Indicator):
    """Số đợt kiểm tra liên ngành do Chi cục chủ trì, bắt đầu trong kỳ. Đợt do ngành khác chủ trì không tính."""

    label, unit = _("Đợt kiểm tra liên ngành"), _("đợt")
    when = Flow("started_on")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Campaign.objects.exclude(state="planned").filter(interagency=True)


class Visits(Indicator):
    """Số lượt kiểm tra tại cơ sở, hộ kinh doanh trong kỳ, theo ngày lập biên bản.
    Một cơ sở kiểm tra hai lần đếm hai lượt."""

    label, unit = _("Lượt cơ sở, hộ kinh doanh được kiểm tra"), _("lượt cơ sở")
    when = Flow("visited_on")
    splits = ("campaign", "outcome")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Visit.objects.all()


class EstablishmentsVisited(Indicator):
    """Số cơ sở, hộ kinh doanh khác nhau được kiểm tra trong kỳ. Cơ sở kiểm tra nhiều lần chỉ đếm một."""

    label, unit = _("Cơ sở được kiểm tra"), _("cơ sở")
    when = Flow("visited_on")
    count = Distinct("establishment")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Visit.objects.all()


class VisitsViolating(Indicator):
    """Số lượt kiểm tra phát hiện vi phạm trong kỳ, mọi hình thức xử lý. Lượt không vi phạm không tính."""

    label, unit = _("Lượt kiểm tra có vi phạm"), _("lượt cơ sở")
    when = Flow("visited_on")
    splits = ("outcome",)
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Visit.objects.exclude(outcome="none")


class VisitsReminded(Indicator):
    """Số lượt kiểm tra xử lý bằng nhắc nhở trong kỳ. Lượt tạm dừng, chuyển thanh tra hoặc xử phạt không tính."""

    label, unit = _("Lượt nhắc nhở"), _("lượt cơ sở")
    when = Flow("visited_on")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Visit.objects.filter(outcome="reminded")


class VisitsTransferred(Indicator):
    """Số lượt kiểm tra chuyển thanh tra hoặc xử phạt trong kỳ. Lượt chỉ nhắc nhở, tạm dừng không tính."""

    label, unit = _("Lượt chuyển thanh tra, xử phạt"), _("lượt cơ sở")
    when = Flow("visited_on")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Visit.objects.filter(outcome__in=("transferred", "fined"))


class ViolationShare(Ratio):
    """Tỷ lệ lượt có vi phạm trên tổng số lượt kiểm tra trong kỳ. Kỳ không có lượt nào thì không có tỷ lệ."""

    label = _("Tỷ lệ lượt kiểm tra có vi phạm")
    part, whole = VisitsViolating, Visits
    decimals = 1


class ProductKindsInspected(Indicator):
    """Số loại hàng hóa khác nhau được kiểm tra trong kỳ. Một loại gặp ở nhiều cơ sở chỉ đếm một."""

    label, unit = _("Loại sản phẩm, hàng hóa được kiểm tra"), _("loại")
    when = Flow("visit__visited_on")
    count = Distinct("kind")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return GoodsCheck.objects.all()


class GoodsFailed(Indicator):
    """Số lần một loại hàng hóa ở một cơ sở bị kết luận không đạt trong kỳ. Hàng đạt không tính."""

    label, unit = _("Lần hàng hóa không đạt"), _("lần")
    when = Flow("visit__visited_on")
    splits = ("kind",)
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return GoodsCheck.objects.filter(passed=False)


class SamplesTaken(Indicator):
    """Tổng số mẫu hàng hóa lấy trong các lượt kiểm tra trong kỳ. Mẫu khách hàng gửi thử nghiệm không tính."""

    label, unit = _("Mẫu hàng hóa lấy kiểm tra"), _("mẫu")
    when = Flow("visit__visited_on")
    count = Total("samples")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return GoodsCheck.objects.all()


class InstrumentsInspected(Indicator):
    """Tổng số phương tiện đo được kiểm tra trong các lượt kiểm tra trong kỳ.
    Phương tiện đo kiểm định, hiệu chuẩn theo yêu cầu của khách hàng không tính."""

    label, unit = _("Phương tiện đo được kiểm tra"), _("phương tiện đo")
    when = Flow("visit__visited_on")
    count = Total("quantity")
    splits = ("kind",)
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return InstrumentCheck.objects.all()


class InstrumentsExpired(Indicator):
    """Tổng số phương tiện đo quá hạn kiểm định phát hiện trong các lượt kiểm tra trong kỳ. Phương tiện sai số vượt mức không tính ở đây."""

    label, unit = _("Phương tiện đo quá hạn kiểm định"), _("phương tiện đo")
    when = Flow("visit__visited_on")
    count = Total("expired")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return InstrumentCheck.objects.all()


class InstrumentsWrong(Indicator):
    """Tổng số phương tiện đo có sai số vượt mức cho phép phát hiện trong các lượt kiểm tra trong kỳ. Phương tiện quá hạn không tính ở đây."""

    label, unit = _("Phương tiện đo sai số vượt mức"), _("phương tiện đo")
    when = Flow("visit__visited_on")
    count = Total("wrong")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return InstrumentCheck.objects.all()
