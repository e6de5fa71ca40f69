"""Open dossiers by the time left to their due day, which is computed, never stored."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cancu.core.people import User
from cancu.dossiers.models import Dossier
from cancu.indicators.charts import Chart

#: key → (words, tone), in the order of the picture.
STRETCHES: dict[str, tuple[Any, str]] = {
    "tren-5": (gettext_lazy("Còn trên 5 ngày"), ""),
    "2-5": (gettext_lazy("Còn 2–5 ngày"), ""),
    "1": (gettext_lazy("Đến hạn trong 1 ngày"), "warn"),
    "qua-han": (gettext_lazy("Quá hạn"), "bad"),
    "khong-han": (gettext_lazy("Không định hạn"), ""),
}


@dataclass(frozen=True)
class Open:
    """One open dossier with its due day and the days left (None where the law sets no term)."""

    dossier: Dossier
    due_on: dt.date | None
    left: int | None

    @property
    def stretch(self) -> str:
        if self.left is None:
            return "khong-han"
        return "qua-han" if self.left < 0 else "1" if self.left < 2 else "2-5" if self.left <= 5 else "tren-5"


def open_dossiers(user: User, day: dt.date) -> list[Open]:
    """The dossiers that were open on ``day``, nearest due day first. Two queries."""
    rows = Dossier.objects.seen_by(user).open().filter(received_on__lte=day, finished_on__isnull=True)
    found = []
    for dossier in rows.select_related("version", "owner_unit", *Dossier.label_related).prefetch_related("pauses"):
        due = dossier.due_on
        found.append(Open(dossier, due, (due - day).days if due else None))
    return sorted(found, key=lambda o: (o.due_on or dt.date.max, o.dossier.pk))


def chart(found: list[Open]) -> Chart:
    """How many in each stretch; that without a term only where there is one."""
    counts = {key: sum(o.stretch == key for o in found) for key in STRETCHES}
    keys = [key for key in STRETCHES if key != "khong-han" or counts[key]]
    words = tuple(str(STRETCHES[k][0]) for k in keys)
    return Chart(
        _("Hồ sơ đang giải quyết theo thời gian còn lại"),
        words,
        (("", tuple(counts[k] for k in keys)),),
        tones=tuple(STRETCHES[k][1] for k in keys),
    )
