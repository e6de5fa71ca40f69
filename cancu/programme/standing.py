"""How a task stands on a day: the nine words of the work programme, told from its state, its deadline and its end."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from cancu.indicators.windows import say_date

if TYPE_CHECKING:
    from .models import Task


class Standing(models.TextChoices):
    NOT_BEGUN = "not_begun", _("Chưa đến hạn")
    UNDER_WAY = "under_way", _("Đang thực hiện")
    EARLY = "early", _("Hoàn thành trước hạn")
    ON_TIME = "on_time", _("Hoàn thành đúng hạn")
    LATE = "late", _("Hoàn thành chậm")
    OVERDUE = "overdue", _("Quá hạn chưa xong")
    CARRIED = "carried", _("Chuyển năm sau")
    ADJUSTING = "adjusting", _("Xin điều chỉnh")
    WITHDRAWN = "withdrawn", _("Bãi bỏ")

    @property
    def tone(self) -> str:
        return {"early": "ok", "on_time": "ok", "late": "warn", "overdue": "bad", "adjusting": "warn"}.get(
            self.value, ""
        )


#: The columns of the statistics by unit, each with the standings that it adds up; together they are all nine.
GROUPS: dict[str, tuple[Any, tuple[Standing, ...]]] = {
    "in-time": (_("Xong trong hạn"), (Standing.EARLY, Standing.ON_TIME)),
    "late": (_("Chậm, quá hạn"), (Standing.LATE, Standing.OVERDUE)),
    "open": (_("Còn mở, trong hạn"), (Standing.NOT_BEGUN, Standing.UNDER_WAY, Standing.ADJUSTING)),
    "out": (_("Chuyển năm, bãi bỏ"), (Standing.CARRIED, Standing.WITHDRAWN)),
}


def standing(task: Task, day: dt.date) -> Standing:
    """How ``task`` stood on ``day``; what ended later was still open. A task without a deadline is never late; done, it
    counts as on time."""
    due = task.due_on
    if task.closed_on is not None and task.closed_on <= day:
        if task.state != "done":
            return Standing(task.state)
        if due is None or task.closed_on == due:
            return Standing.ON_TIME
        return Standing.EARLY if task.closed_on < due else Standing.LATE
    if due is not None and due < day:
        return Standing.OVERDUE
    return {"waiting": Standing.NOT_BEGUN, "adjusting": Standing.ADJUSTING}.get(task.state, Standing.UNDER_WAY)


def group_of(found: Standing) -> str:
    return next(key for key, (_label, members) in GROUPS.items() if found in members)


def by_unit(tasks: Iterable[Task], day: dt.date) -> dict[int, Counter[str]]:
    """Unit → group → how many tasks it leads; a task that is supported is counted for its leading unit alone."""
    found: dict[int, Counter[str]] = {}
    for task in tasks:
        found.setdefault(task.owner_unit_id, Counter())[group_of(standing(task, day))] += 1
    return found


def became(task: Task, day: dt.date) -> str:
    """What had become of a task by ``day``, for a sentence of a report: “hoàn thành trước hạn”, “đang thực hiện, hạn
    31/12/2024”."""
    found = standing(task, day)
    words = str(found.label)[:1].lower() + str(found.label)[1:]
    if task.due_on and group_of(found) == "open":
        return say("%(standing)s, hạn %(day)s") % {"standing": words, "day": say_date(task.due_on)}
    return words
