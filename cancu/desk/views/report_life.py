"""The life of a report and of its sections from the page: each step by whom it is for, refused otherwise with words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cancu.core.calendar import today
from cancu.desk.attempt import attempt
from cancu.desk.workbench import BUTTONS, may_open
from cancu.reports import freeze, issue
from cancu.reports.models import FrozenNode, Report
from cancu.reports.states import ReportStates, SectionStates

from .reports import readable
from .sections import of_report, to_section


@require_POST
def move_section(request: HttpRequest, pk: int, section: int, move: str) -> HttpResponse:
    """Send, confirm, return with a reason, take."""
    found = of_report(request, pk, section)
    reason = request.POST.get("reason", "")
    ways: dict[str, Callable[[], Any]] = {
        "send": lambda: SectionStates.move(found, "send", request.user),
        "confirm": lambda: freeze.confirm(found, request.user),
        "send_back": lambda: freeze.send_back(found, request.user, reason),
        "take": lambda: freeze.take(found, request.user),
    }
    if move not in BUTTONS:
        raise Http404
    words = {
        "send": _("Đã trình trưởng đơn vị duyệt."),
        "confirm": _("Đã duyệt mục; căn cứ của từng số liệu được chốt."),
        "send_back": _("Đã trả lại mục để sửa."),
        "take": _("Văn phòng đã nhận mục vào báo cáo."),
    }
    attempt(request, ways[move], words[move])
    return to_section(pk, section)


@require_POST
def move_report(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """Assemble, return with a reason, sign, issue with a number of the series."""
    report = readable(request, pk)
    reason = request.POST.get("reason", "")
    ways: dict[str, Callable[[], Any]] = {
        "assemble": lambda: issue.assemble(report, request.user),
        "send_back": lambda: ReportStates.move(report, "send_back", request.user, reason),
        "sign": lambda: issue.sign(report, request.user),
        "issue": lambda: issue.issue(report, request.user, _day(request)),
    }
    if move not in ways:
        raise Http404
    words = {
        "assemble": _("Đã tổng hợp và trình ký."),
        "send_back": _("Đã trả lại báo cáo để sửa."),
        "sign": _("Đã ký."),
        "issue": _("Đã cấp số và ban hành; các tệp được giữ nguyên từ nay."),
    }
    attempt(request, ways[move], words[move])
    return redirect("report", pk=pk)


def _day(request: HttpRequest) -> dt.date:
    """The day printed on the report: today, or the day written. Raises ValidationError for no day."""
    written = request.POST.get("on", "").strip()
    if not written:
        return today()
    try:
        return dt.datetime.strptime(written, "%d/%m/%Y").date()  # noqa: DTZ007
    except ValueError as error:
        raise ValidationError(
            _("Ngày ban hành “%(day)s” không đúng dạng 31/12/2024.") % {"day": written[:20]}
        ) from error


@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Open an errata report with the sections of an issued one whose rows have moved."""
    report = readable(request, pk)
    if not may_open(request.user, report.owner_unit_id):
        raise PermissionDenied(_("Chỉ đơn vị tổng hợp báo cáo hoặc lãnh đạo Sở được lập đính chính."))
    made: list[Report] = []
    attempt(
        request,
        lambda: made.append(issue.correct(report, request.user)),
        _("Đã lập báo cáo đính chính với các mục có căn cứ thay đổi."),
    )
    return redirect("report", pk=made[0].pk if made else pk)


@require_POST
def accept(request: HttpRequest, pk: int, section: int) -> HttpResponse:
    """Take today's figures into a confirmed section whose rows have moved."""
    found = of_report(request, pk, section)
    reason = _("Căn cứ đã đổi, nhận số mới")
    attempt(
        request,
        lambda: freeze.accept(found, request.user, reason),
        _("Đã nhận số mới và duyệt lại mục %(code)s.") % {"code": found.code},
    )
    return to_section(pk, section)


@require_POST
def keep(request: HttpRequest, pk: int, section: int) -> HttpResponse:
    """Keep a confirmed figure whose rows have moved, with the reason."""
    found = of_report(request, pk, section)
    if SectionStates.all[found.state].locks is False or found.report.state != "drafting":
        messages.error(request, _("Chỉ giữ số khi mục đã duyệt và báo cáo chưa trình ký."))
        return to_section(pk, section)
    nodes = (
        FrozenNode.objects.filter(section=found, reference=request.POST.get("ref", ""))
        .select_related("section__report")
        .order_by("order")
    )
    node = get_object_or_404(nodes[:1])
    attempt(
        request,
        lambda: freeze.keep(node, request.user, request.POST.get("reason", "")),
        _("Đã giữ số đã duyệt, kèm lý do."),
    )
    return to_section(pk, section)
