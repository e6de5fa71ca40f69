"""Administrative places, before and after the mergers of 2025. A merged place is a new row; the old one ends."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .dated import Dated, in_order, never_overlapping


class PlaceLevel(models.TextChoices):
    PROVINCE = "province", _("Tỉnh, thành phố")
    DISTRICT = "district", _("Huyện, thị xã, thành phố thuộc tỉnh")
    COMMUNE = "commune", _("Xã, phường, thị trấn, đặc khu")
    COUNTRY = "country", _("Quốc gia, vùng lãnh thổ")


class Place(Dated):
    """An administrative unit in one shape and under one name. District level ends on 30/6/2025."""

    code = models.CharField(_("mã"), max_length=20, help_text=_("Mã đơn vị hành chính, hoặc mã nội bộ nếu chưa có."))
    name = models.CharField(_("tên"), max_length=120, help_text=_("Tên đầy đủ có cấp: “xã Kim Thạch”."))
    level = models.CharField(_("cấp"), max_length=10, choices=PlaceLevel.choices, help_text=_("Cấp hành chính."))
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("thuộc"),
        help_text=_("Đơn vị hành chính cấp trên."),
    )
    became = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="formed_from",
        verbose_name=_("nhập vào"),
        help_text=_("Đơn vị mới sau khi sắp xếp."),
    )
    basis = models.CharField(_("căn cứ"), max_length=200, blank=True, help_text=_("Nghị quyết thành lập hoặc sắp xếp."))
    verified = models.BooleanField(_("đã đối chiếu"), default=False, help_text=_("Đã đối chiếu với văn bản gốc."))

    class Meta(Dated.Meta):
        verbose_name = _("địa bàn")
        verbose_name_plural = _("địa bàn")
        ordering = ["level", "name"]
        constraints = [
            in_order("valid_from", "valid_until", "core_place_valid_in_order"),
            never_overlapping("code", name="core_place_one_shape_a_day"),
        ]

    def __str__(self) -> str:
        return self.name
