"""Who issues documents: one row for each name a body has borne, with what came after it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from cancu.core.codes import CodeField
from cancu.core.dated import Dated, in_order
from cancu.indicators.windows import say_date


class Issuer(Dated):
    """A body that issues documents, under one name. After a merger or a renaming a successor takes its place:
    UBND tỉnh Quảng Trị before and after 01/7/2025 are two issuers."""

    code = models.CharField(_("mã"), max_length=40, unique=True, help_text=_("Mã nội bộ, ví dụ UBND-QT-1989."))
    name = models.CharField(_("tên"), max_length=200, help_text=_("Tên dùng khi viện dẫn: “UBND tỉnh Quảng Trị”."))
    level = CodeField("documents.issuer_level", verbose_name=_("cấp"), help_text=_("Trung ương, tỉnh, Đảng, sở…"))
    symbol = models.CharField(_("chữ viết tắt"), max_length=30, help_text=_("Chữ trong số, ký hiệu: UBND, HĐND, TW…"))
    successor = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("cơ quan kế tục"),
        help_text=_("Cơ quan nhận nhiệm vụ khi cơ quan này kết thúc."),
    )

    organ_id = models.CharField(
        _("mã định danh"),
        max_length=35,
        blank=True,
        help_text=_("Mã định danh theo Quyết định 20/2020/QĐ-TTg, ví dụ H50; để gửi văn bản điện tử."),
    )

    class Meta(Dated.Meta):
        verbose_name = _("cơ quan ban hành")
        verbose_name_plural = _("cơ quan ban hành")
        ordering = ["name"]
        constraints = [in_order("valid_from", "valid_until", "documents_issuer_valid_in_order")]

    known_by = "code"

    def __str__(self) -> str:
        """The name; of a body that has ended, with its last day, since its successor may bear the same name."""
        return (
            say("%(name)s (đến %(day)s)") % {"name": self.name, "day": say_date(self.valid_until)}
            if self.valid_until
            else self.name
        )
