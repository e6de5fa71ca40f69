"""Dates of records that nobody may miss, as lines declare them in ``reminders.py``, and the log of what was said.

::

    class LicenceExpires(Reminder):
        \"\"\"Giấy phép tiến hành công việc bức xạ hết hạn.\"\"\"
        model, date, days = Licence, "expires_on", (60, 30, 7)
        to = {Role.SPECIALIST, Role.UNIT_HEAD}
        while_state = ("granted",)
        def rows(self): return Licence.objects.exclude(renewals__state="granted")   # renewed: no more

A record is said once for each step of ``days`` (60 days before, 30, 7; −1 is the day after), to each person who holds
one of the roles in its unit. It is no longer said when its state changes, its date moves, or ``rows`` leaves it out.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from .calendar import now
from .dated import valid_on
from .line import folder_of
from .people import Membership, Role, User
from .units import UnitTree

WEEK = 7
REMINDERS: dict[str, Reminder] = {}


class Reminder:
    """A declaration; see the module's text. ``date`` names a field; ``days`` are steps before it, largest first."""

    code: ClassVar[str]
    model: ClassVar[type[Any]]
    date: ClassVar[str]
    days: ClassVar[tuple[int, ...]] = (60, 30, 7)
    to: ClassVar[frozenset[str] | set[str]] = frozenset({Role.SPECIALIST, Role.UNIT_HEAD})
    #: Up the line: a role named here hears only from this step on (−1: once it is late).
    later: ClassVar[dict[str, int]] = {}
    while_state: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        if not cls.__doc__:
            raise TypeError(f"{cls.__module__}.{cls.__name__}: a reminder needs a docstring")
        cls.code = f"{folder_of(cls.__module__)}.{cls.model._meta.model_name}.{cls.date}"
        REMINDERS[cls.code] = cls()

    def rows(self) -> Any:
        """The rows whose date counts, before state and days; a line leaves out what was renewed."""
        return self.model._default_manager.all()

    def between(self, first: dt.date, last: dt.date) -> Any:
        """The rows whose date lies between two days, both included, and whose state still asks for it."""
        found = self.rows().filter(**{f"{self.date}__gte": first, f"{self.date}__lte": last})
        return found.filter(state__in=self.while_state) if self.while_state else found

    def ends(self, on: dt.date) -> dt.date:
        """The day to count from: ``on`` itself, unless the date is a deadline that runs past rest days."""
        return on

    def step(self, left: int) -> int | None:
        """The step reached with ``left`` days to go (negative: past), or None while there is time."""
        return min((step for step in self.days if left <= step), default=None)

    def told(self, step: int) -> list[str]:
        """The roles that hear of a record at ``step``."""
        return [role for role in self.to if step <= self.later.get(role, step)]

    @property
    def words(self) -> str:
        """The docstring's first line, in Vietnamese."""
        return (type(self).__doc__ or "").strip().splitlines()[0].rstrip(".")


@dataclass(frozen=True)
class Due:
    """One record whose date has come near: which reminder, which record, its date, the days left, the step reached."""

    reminder: Reminder
    row: Any
    on: dt.date
    left: int
    step: int


def due(day: dt.date) -> list[Due]:
    """Every record that has reached a step on ``day``, nearest date first. One query a reminder. A step after the date
    that was missed is made good for a week; what passed long ago is not news any more."""
    found = []
    for reminder in REMINDERS.values():
        far, last = max(reminder.days), min(reminder.days)
        past = last - WEEK if last < 0 else 0
        rows = reminder.between(day + dt.timedelta(days=past), day + dt.timedelta(days=far)).select_related(
            *reminder.model.label_related
        )
        for row in rows:
            on = reminder.ends(getattr(row, reminder.date))
            left = (on - day).days
            step = reminder.step(left)
            if step is not None:
                found.append(Due(reminder, row, on, left, step))
    return sorted(found, key=lambda d: (d.on, d.reminder.code, d.row.pk))


@dataclass(frozen=True)
class Near:
    """How many records of one reminder come near, and the nearest date."""

    reminder: Reminder
    count: int
    first: dt.date


def near(user: User, day: dt.date) -> list[Near]:
    """The reminders that have something from ``day`` to their first step, among what ``user`` may see. One statement."""
    passes = [
        reminder.between(day, day + dt.timedelta(days=max(reminder.days)))
        .seen_by(user)
        .order_by()
        .values(reminder_code=models.Value(code))
        .annotate(count=models.Count("pk"), first=models.Min(reminder.date))
        for code, reminder in REMINDERS.items()
    ]
    if not passes:
        return []
    rows = passes[0].union(*passes[1:], all=True)
    return sorted(
        (Near(REMINDERS[r["reminder_code"]], r["count"], r["first"]) for r in rows if r["count"]), key=lambda n: n.first
    )


def recipients(day: dt.date) -> dict[tuple[str, int], list[User]]:
    """(role, unit) → the people who hold the role over the unit on ``day``; a role reaches the units below."""
    found: dict[tuple[str, int], list[User]] = {}
    tree = UnitTree(day)
    for held in Membership.objects.filter(valid_on(day), user__is_active=True).select_related("user"):
        for unit in tree.with_children(held.unit_id) if held.with_children else (held.unit_id,):
            found.setdefault((held.role, unit), []).append(held.user)
    return found


class Notice(models.Model):
    """One daily letter to one person. ``sent_at`` is empty between its writing and the mail server's answer."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="notices", verbose_name=_("người nhận"), help_text=_("Người được nhắc.")
    )
    day = models.DateField(_("ngày"), help_text=_("Ngày của thư; mỗi người mỗi ngày một thư."))
    address = models.EmailField(_("địa chỉ"), help_text=_("Nơi thư được gửi tới."))
    subject = models.CharField(_("tiêu đề"), max_length=250, help_text=_("Tiêu đề thư."))
    body = models.TextField(_("nội dung"), help_text=_("Nội dung đã gửi."))
    made_at = models.DateTimeField(_("lúc viết"), default=now, help_text=_("Lúc thư được viết."))
    sent_at = models.DateTimeField(
        _("lúc gửi"), null=True, blank=True, help_text=_("Lúc máy chủ thư nhận; trống nếu chưa rõ.")
    )

    class Meta:
        verbose_name = _("thư nhắc")
        verbose_name_plural = _("thư nhắc")
        ordering = ["-day", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="core_notice_once_a_day")]

    def __str__(self) -> str:
        return f"{self.user} · {self.day}"


class Said(models.Model):
    """One record said in one letter: never twice to the same person for the same date and step."""

    notice = models.ForeignKey(
        Notice, models.CASCADE, related_name="said", verbose_name=_("thư"), help_text=_("Thư đã nhắc.")
    )
    user = models.ForeignKey(
        User, models.CASCADE, related_name="+", verbose_name=_("người nhận"), help_text=_("Người được nhắc.")
    )
    reminder = models.CharField(_("loại nhắc"), max_length=120, help_text=_("Ví dụ radiation.licence.expires_on."))
    record = models.BigIntegerField(_("hồ sơ"), help_text=_("Khóa của hồ sơ."))
    on = models.DateField(_("hạn"), help_text=_("Hạn của hồ sơ lúc nhắc."))
    step = models.SmallIntegerField(_("mốc"), help_text=_("Số ngày trước hạn."))

    class Meta:
        verbose_name = _("lần nhắc")
        verbose_name_plural = _("lần nhắc")
        constraints = [
            models.UniqueConstraint(fields=["user", "reminder", "record", "on", "step"], name="core_said_once")
        ]

    def __str__(self) -> str:
        return f"{self.reminder} {self.record} · {self.on}"
