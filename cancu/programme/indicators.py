"""Figures of the work programme."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from cancu.indicators import Flow, Indicator, Overlap, Ratio, Stock

from .models import Proposal, Task

KEPT_SINCE = date(2023, 1, 1)
BASIS = "41/2019/QĐ-UBND"


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
    splits = ("kind", "approving_level", "state")
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Task.objects.exclude(state="withdrawn")


class TasksDone(Indicator):
    """Số nhiệm vụ hoàn thành trong kỳ theo ngày có văn bản kết quả. Nhiệm vụ rút khỏi chương trình không tính."""

    label, unit = _("Nhiệm vụ hoàn thành"), _("nhiệm vụ")
    when = Flow("closed_on")
    splits = ("kind", "approving_level")
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Task.objects.done()


class TasksDoneShare(Ratio):
    """Tỷ lệ nhiệm vụ hoàn thành trong số nhiệm vụ của chương trình có thời gian thực hiện trong kỳ."""

    label = _("Tỷ lệ nhiệm vụ hoàn thành")
    part, whole = TasksDone, Tasks
    decimals = 1


class Proposals(Indicator):
    """Số nhiệm vụ Sở đề xuất đưa vào chương trình năm sau, theo ngày lập hạn trong năm của kỳ kế tiếp.
    Nhóm giải pháp không tính."""

    label, unit = _("Nhiệm vụ đề xuất"), _("nhiệm vụ")
    when = Flow("deadline_on")
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Proposal.objects.filter(kind="proposal")
