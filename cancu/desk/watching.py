"""The indicators that a person watches. Who has chosen none sees those of the house until the first choice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from cancu.core.people import User
from cancu.indicators import Figure, Indicator, Ratio, Window, compute
from cancu.indicators.breakdown import YEARS, windows_of
from cancu.indicators.charts import Chart
from cancu.indicators.declaration import INDICATORS

from .models import Watch

#: More indicators than these are shown over two years only: a page of all must not take seconds.
MANY = 60
#: What a new colleague sees first.
AT_FIRST = (
    "laboratory.instruments",
    "laboratory.samples",
    "missions.under_way",
    "ip.collective_marks",
    "transfer.classes_agriculture",
    "biotech.tonnes_supplied",
)


def watched(user: User) -> list[str]:
    """The codes that ``user`` watches, oldest choice first. One query."""
    chosen = [code for code in Watch.objects.filter(user=user).values_list("code", flat=True) if code in INDICATORS]
    return chosen or [code for code in AT_FIRST if code in INDICATORS]


@transaction.atomic
def toggle(user: User, code: str) -> bool:
    """Watch ``code``, or no longer; whether it is watched now. The first choice keeps those shown until then."""
    codes = watched(user)
    Watch.objects.bulk_create([Watch(user=user, code=c) for c in codes], ignore_conflicts=True)
    if code in codes:
        Watch.objects.filter(user=user, code=code).delete()
        return False
    Watch.objects.bulk_create([Watch(user=user, code=code)], ignore_conflicts=True)
    return True


@dataclass(frozen=True)
class Shown:
    """One indicator as a line or a tile shows it: now, the year before, the years until now, and what would be added
    if every record that waits for confirmation were confirmed (None where it was not asked)."""

    now: Figure
    before: Figure
    years: tuple[Figure, ...]
    if_confirmed: Figure | None = None

    @property
    def indicator(self) -> Indicator:
        return self.now.indicator

    @property
    def change(self) -> Any:
        """The difference to the year before, or None."""
        return None if self.now.value is None or self.before.value is None else self.now.value - self.before.value

    @property
    def percent(self) -> int | None:
        """The change in percent of the year before; None for shares (their change is in points) and from nothing."""
        if self.change is None or not self.before.value or isinstance(self.indicator, Ratio):
            return None
        return round(100 * self.change / self.before.value)

    @property
    def waiting(self) -> Any:
        """What unconfirmed records would add; 0 or None where nothing waits."""
        if self.if_confirmed is None or self.if_confirmed.value is None or self.now.value is None:
            return None
        return self.if_confirmed.value - self.now.value

    @property
    def unit_apart(self) -> str:
        """The unit where the label does not name it already: tonnes, but not “mẫu” of “Mẫu thử nghiệm”."""
        unit = str(self.indicator.unit)
        return "" if unit.lower() in str(self.indicator.label).lower() else unit

    @property
    def spark(self) -> Chart:
        return Chart(
            str(self.indicator.label),
            tuple(str(f.window.end.year) for f in self.years),
            (("", tuple(f.value for f in self.years)),),
            "spark",
        )


def shown(wanted: list[Indicator], window: Window, *, waiting: bool = False) -> list[Shown]:
    """Every wanted indicator over ``YEARS`` years in one statement, and one more with ``waiting``. More than ``MANY``
    are shown over two years."""
    windows = windows_of(window, YEARS if len(wanted) <= MANY else 2)
    found = compute(wanted, windows, confirmed=True)
    all_rows = compute(wanted, [window]) if waiting else {}
    return [
        Shown(
            found[i.code, window],
            found[i.code, window.previous()],
            tuple(found[i.code, w] for w in windows),
            all_rows.get((i.code, window)),
        )
        for i in wanted
    ]
