"""What a person keeps on the desk for themselves."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cancu.core.calendar import now
from cancu.core.people import User


class Watch(models.Model):
    """One indicator that one person watches: shown on the person's home page and first on the page of indicators."""

    user = models.ForeignKey(User, models.CASCADE, related_name="watches", verbose_name=_("người theo dõi"), help_text=_("Người chọn theo dõi chỉ tiêu."))
    code = models.CharField(_("mã chỉ tiêu"), max_length=100, help_text=_("Ví dụ radiation.facilities_licensed."))
    since = models.DateTimeField(_("từ lúc"), default=now, help_text=_("Lúc bắt đầu theo dõi; chỉ tiêu theo dõi trước đứng trước."))

    class Meta:
        verbose_name = _("chỉ tiêu theo dõi")
        verbose_name_plural = _("chỉ tiêu theo dõi")
        ordering = ["since", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "code"], name="desk_watch_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.code}"
