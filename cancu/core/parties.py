"""Those outside the department: organisations, establishments, households and persons. Lines link through them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .places import Place


class PartyKind(models.TextChoices):
    ORGANISATION = "organisation", _("Cơ quan, tổ chức")
    ENTERPRISE = "enterprise", _("Doanh nghiệp, hợp tác xã")
    ESTABLISHMENT = "establishment", _("Cơ sở")
    HOUSEHOLD = "household", _("Hộ gia đình, hộ kinh doanh")
    PERSON = "person", _("Cá nhân")


class Party(models.Model):
    """One organisation, establishment, household or person. Phone, e-mail and identity of persons are personal data."""

    kind = models.CharField(
        _("loại"),
        max_length=15,
        choices=PartyKind.choices,
        help_text=_("Tổ chức, doanh nghiệp, cơ sở, hộ hay cá nhân."),
    )
    name = models.CharField(_("tên"), max_length=250, help_text=_("Tên theo giấy tờ pháp lý."))
    folded = models.CharField(
        _("tên không dấu"),
        max_length=250,
        editable=False,
        db_index=True,
        default="",
        help_text=_("Tên bỏ dấu để tìm kiếm; máy tự ghi."),
    )
    tax_code = models.CharField(
        _("mã số thuế"), max_length=14, blank=True, help_text=_("Mã số doanh nghiệp hoặc mã số thuế.")
    )
    sector = models.CharField(
        _("khu vực kinh tế"), max_length=20, blank=True, help_text=_("state, private hoặc foreign.")
    )
    place = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("địa bàn"),
        help_text=_("Xã, phường nơi đặt trụ sở hoặc cư trú."),
    )
    address = models.CharField(_("địa chỉ"), max_length=250, blank=True, help_text=_("Số nhà, đường, thôn."))
    phone = models.CharField(_("điện thoại"), max_length=30, blank=True, help_text=_("Dữ liệu cá nhân nếu là cá nhân."))
    email = models.EmailField(_("thư điện tử"), blank=True, help_text=_("Dữ liệu cá nhân nếu là cá nhân."))
    female = models.BooleanField(_("nữ"), null=True, blank=True, help_text=_("Chỉ ghi với cá nhân."))
    invented = models.BooleanField(
        _("dữ liệu mẫu"), default=False, help_text=_("Tên đặt ra cho bộ dữ liệu mẫu, không phải cơ sở thật.")
    )

    class Meta:
        verbose_name = _("tổ chức, cá nhân")
        verbose_name_plural = _("tổ chức, cá nhân")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["tax_code"], condition=~Q(tax_code=""), name="core_party_tax_code_once"),
            models.CheckConstraint(
                condition=Q(kind="person") | Q(female__isnull=True), name="core_party_only_persons_have_sex"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        from .folding import folded

        self.folded = folded(self.name)
        super().save(*args, **kwargs)
