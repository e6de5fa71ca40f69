"""Units of the department. A unit is one thing for ever; its names and parents hold for a time."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from .calendar import today
from .dated import Dated, never_overlapping, valid_on
from .history import recorded


@recorded
class Unit(models.Model):
    """A unit (phòng, chi cục, trung tâm) known by a code that never changes, such as “QLCN”."""

    code = models.CharField(_("mã đơn vị"), max_length=20, unique=True, help_text=_("Mã không đổi khi đơn vị đổi tên."))
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("đơn vị kế thừa"),
        help_text=_("Đơn vị nhận hồ sơ, việc dở dang khi đơn vị này giải thể."),
    )

    class Meta:
        verbose_name = _("đơn vị")
        verbose_name_plural = _("đơn vị")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code

    def name_on(self, day: dt.date) -> str:
        """The official name on ``day``; the code where no name is recorded for that day."""
        name = self.names.filter(valid_on(day)).first()
        return name.name if name else self.code


@recorded
class UnitName(Dated):
    """Name and parent of a unit over a time. The root unit (the department) has no parent."""

    unit = models.ForeignKey(
        Unit, models.CASCADE, related_name="names", verbose_name=_("đơn vị"), help_text=_("Đơn vị mang tên này.")
    )
    name = models.CharField(_("tên đầy đủ"), max_length=200, help_text=_("Tên theo quyết định thành lập hoặc đổi tên."))
    short_name = models.CharField(_("tên gọn"), max_length=60, help_text=_("Tên hiện trên danh sách hẹp."))
    parent = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="child_names",
        verbose_name=_("trực thuộc"),
        help_text=_("Đơn vị cấp trên trực tiếp; để trống nếu là Sở."),
    )

    class Meta(Dated.Meta):
        verbose_name = _("tên đơn vị")
        verbose_name_plural = _("tên đơn vị")
        ordering = ["unit", "valid_from"]
        constraints = [*Dated.Meta.constraints, never_overlapping("unit", name="core_unitname_one_name_a_day")]

    def __str__(self) -> str:
        return self.name


def department_name(day: dt.date | None = None) -> str:
    """The department's official name on ``day`` (today if None), else its latest; "" where no root unit is recorded."""
    return UnitTree(day or today()).department


class UnitTree:
    """Which unit stood below which on ``day``: read once, in one query, asked as often as need be. ``department`` is the
    official name of the root unit on that day, else its latest; "" where no root unit is recorded.

    A unit abolished before ``day`` (it had names, none holds any more) belongs to its successor: what it left
    unconfirmed is seen and confirmed there."""

    def __init__(self, day: dt.date) -> None:
        self._below: dict[int | None, list[int]] = {}
        columns = ("unit_id", "parent_id", "valid_from", "valid_until", "unit__successor_id", "name")
        known = list(UnitName.objects.order_by("valid_from").values_list(*columns))
        alive = {unit for unit, _parent, _first, last, _next, _name in known if last is None or last >= day}
        roots = [
            (first <= day and (last is None or last >= day), first, name)
            for _unit, parent, first, last, _next, name in known
            if parent is None
        ]
        self.department: str = max(roots, default=(False, day, ""))[2]
        for unit, parent, first, last, successor, _name in known:
            if first <= day and (last is None or last >= day):
                self._below.setdefault(parent, []).append(unit)
            elif successor and unit not in alive:
                self._below.setdefault(successor, []).append(unit)

    def with_children(self, unit_id: int) -> set[int]:
        """The unit and every unit below it."""
        found: set[int] = set()
        waiting = [unit_id]
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting.extend(self._below.get(one, ()))
        return found
