"""Figures of international cooperation."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from cancu.indicators import Distinct, Flow, Indicator, Stock

from .models import Agreement, Delegation, DelegationPartner, InternationalEvent

KEPT_SINCE = date(2022, 1, 1)


class Delegations(Indicator):
    """Số đoàn công tác của Sở đi nước ngoài trong kỳ, theo ngày đi. Đoàn mới có chủ trương, đoàn hủy và đoàn vào không tính."""

    label, unit = _("Đoàn công tác nước ngoài"), _("đoàn")
    when = Flow("departs_on")
    splits = ("country", "funding", "field")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Delegation.objects.done().filter(direction="out")


class DelegationsReceived(Indicator):
    """Số đoàn nước ngoài Sở đón tiếp trong kỳ, theo ngày đến. Đoàn hủy và đoàn ra không tính."""

    label, unit = _("Đoàn nước ngoài đón tiếp"), _("đoàn")
    when = Flow("departs_on")
    splits = ("country", "field")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Delegation.objects.done().filter(direction="in")


class Partners(Indicator):
    """Số đối tác nước ngoài khác nhau các đoàn ra đã làm việc trong kỳ, theo ngày đi. Mô hình tham quan không có tên không tính."""

    label, unit = _("Đối tác nước ngoài đã làm việc"), _("đối tác")
    when = Flow("delegation__departs_on")
    count = Distinct("partner")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return DelegationPartner.objects.filter(delegation__direction="out", delegation__state__in=("done", "reported"))


class Events(Indicator):
    """Số sự kiện quốc tế Sở đã tham dự trong kỳ, theo ngày khai mạc. Sự kiện được mời mà không dự không tính."""

    label, unit = _("Sự kiện quốc tế tham dự"), _("sự kiện")
    when = Flow("starts_on")
    splits = ("country", "field")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return InternationalEvent.objects.filter(attended=True)


class AgreementsInForce(Indicator):
    """Số thỏa thuận, biên bản ghi nhớ còn hiệu lực vào ngày chốt số liệu. Thỏa thuận hết hạn không tính."""

    label, unit = _("Thỏa thuận quốc tế còn hiệu lực"), _("thỏa thuận")
    when = Stock("signed_on", "expires_on")
    splits = ("field",)
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Agreement.objects.all()
