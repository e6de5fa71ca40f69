"""Figures of the register of documents."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from cancu.indicators import Flow, Indicator, Ratio

from .models import Document

KEPT_SINCE = date(2019, 1, 1)
#: The report regime of the province, which asks for what the department drafted.
BASIS = "41/2019/QĐ-UBND"


class Issued(Indicator):
    """Số văn bản do Sở tham mưu, soạn thảo, được cấp có thẩm quyền ban hành trong kỳ theo ngày ban hành.
    Dự thảo chưa ban hành và văn bản do Sở tự ban hành không tính."""

    label, unit = _("Văn bản tham mưu được ban hành"), _("văn bản")
    when = Flow("issued_on")
    splits = ("type", "issuer", "nature")
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Document.objects.issued().drafted_by_department()


class _IssuedBy(Indicator, abstract=True):
    unit = _("văn bản")
    when = Flow("issued_on")
    basis = BASIS
    kept_since = KEPT_SINCE
    level = ""

    def rows(self) -> Any:
        return Document.objects.issued().drafted_by_department().filter(issuer__level=self.level)


class IssuedByParty(_IssuedBy):
    """Số văn bản do Sở tham mưu, được Tỉnh ủy, Ban Thường vụ Tỉnh ủy ban hành trong kỳ. Dự thảo không tính."""

    label = _("Văn bản tham mưu Tỉnh ủy ban hành")
    level = "province_party"


class IssuedByCouncil(_IssuedBy):
    """Số nghị quyết do Sở tham mưu, được HĐND tỉnh ban hành trong kỳ. Dự thảo không tính."""

    label = _("Nghị quyết tham mưu HĐND tỉnh ban hành")
    level = "province_council"


class IssuedByCommittee(_IssuedBy):
    """Số văn bản do Sở tham mưu, được UBND tỉnh ban hành trong kỳ. Dự thảo không tính."""

    label = _("Văn bản tham mưu UBND tỉnh ban hành")
    level = "province_committee"


class IssuedNormative(Indicator):
    """Số văn bản quy phạm pháp luật do Sở tham mưu được ban hành trong kỳ. Văn bản cá biệt, văn bản Đảng không tính."""

    label, unit = _("Văn bản quy phạm pháp luật tham mưu ban hành"), _("văn bản")
    when = Flow("issued_on")
    splits = ("issuer",)
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Document.objects.issued().drafted_by_department().filter(nature="normative")


class NormativeShare(Ratio):
    """Tỷ lệ văn bản quy phạm pháp luật trong số văn bản do Sở tham mưu được ban hành trong kỳ."""

    label = _("Tỷ lệ văn bản quy phạm pháp luật")
    part, whole = IssuedNormative, Issued
    decimals = 1
