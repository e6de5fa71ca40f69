"""Figures of the work programme."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cancu.indicators import Flow, Indicator, Overlap, Ratio, Stock, Window

from .deadlines import last_due
from .models import Proposal, Task

KEPT_SINCE = date(2023, 1, 1)
BASIS = "41/2019/QĐ-UBND"


@dataclass(frozen=True, init=False)
class PastDeadline(Stock):
    """Rows whose deadline is over on the window's last day, by the working calendar, and that were open then."""

    def condition(self, window: Window) -> Q:
        return super().condition(window) & Q(**{f"{self.start}__lte": last_due(window.end)})


class DraftsOpen(Indicator):
    """Số nhiệm vụ soạn thảo văn bản còn mở vào ngày chốt số liệu: đã giao, chưa ban hành, chưa rút.
    Nhiệm vụ báo cáo và tổ chức thực hiện không tính."""

    label, unit = _("Dự thảo đang soạn"), _("dự thảo")
    when = Stock("assigned_on", "closed_on", closing=True)
    splits = ("approving_level",)
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Task.objects.drafting()


class Tasks(Indicator):
    """Số nhiệm vụ của chương trình công tác có thời gian thực hiện trong kỳ, gồm cả chuyển từ năm trước sang.
    Đề xuất chưa được chấp thuận không tính."""

    label, unit = _("Nhiệm vụ trong chương trình công tác"), _("nhiệm vụ")
    when = Overlap("assigned_on", "closed_on")
    splits = ("kind", "approving_level", "owner_unit", "state")
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Task.objects.exclude(state="withdrawn")


class TasksDone(Indicator):
    """Số nhiệm vụ hoàn thành trong kỳ theo ngày có văn bản kết quả. Nhiệm vụ rút khỏi chương trình không tính."""

    label, unit = _("Nhiệm vụ hoàn thành"), _("nhiệm vụ")
    when = Flow("closed_on")
    splits = ("kind", "approving_level", "owner_unit")
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Task.objects.done()


class TasksDoneShare(Ratio):
    """Tỷ lệ nhiệm vụ hoàn thành trong số nhiệm vụ của chương trình có thời gian thực hiện trong kỳ."""

    label = _("Tỷ lệ nhiệm vụ hoàn thành")
    part, whole = TasksDone, Tasks
    decimals = 1


class TasksOverdue(Indicator):
    """Số nhiệm vụ quá hạn chưa xong vào ngày chốt số liệu; hạn rơi vào ngày nghỉ thì lùi tới ngày làm việc kế tiếp.
    Nhiệm vụ hoàn thành chậm, nhiệm vụ không định hạn không tính."""

    label, unit = _("Nhiệm vụ quá hạn chưa xong"), _("nhiệm vụ")
    when = PastDeadline("deadline_on", "closed_on", closing=True)
    splits = ("kind", "owner_unit")
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Task.objects.all()


class Proposals(Indicator):
    """Số nhiệm vụ Sở đề xuất trong kỳ đưa vào chương trình năm sau, theo ngày đề xuất.
    Nhóm giải pháp, đề xuất chưa gửi không tính."""

    label, unit = _("Nhiệm vụ đề xuất"), _("nhiệm vụ")
    when = Flow("proposed_on")
    splits = ("state",)
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Proposal.objects.filter(kind="proposal")
