"""Reports: the list, a new one, the workbench, the ground of one word, the files."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from cancu.core.line import register_of
from cancu.core.scope import scope_of
from cancu.core.units import Unit
from cancu.desk.asked import number_asked
from cancu.desk.report_forms import NewReport
from cancu.desk.workbench import Bench, may_decide, may_open, may_write
from cancu.indicators import Figure, compute
from cancu.reports import nodes
from cancu.reports.compose import compose, kinds, outline
from cancu.reports.findings import findings
from cancu.reports.forward import roll_forward
from cancu.reports.freeze import drift, drifts
from cancu.reports.issue import files
from cancu.reports.models import Comment, FrozenNode, Report, Section

KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html",
    "json": "application/json",
    "csv": "text/csv",
}
ROWS_SHOWN = 8


def allowed(request: HttpRequest) -> None:
    """Any who hold a role may read reports; an administrator has no say over content."""
    scope = scope_of(request.user)
    if not scope.sees_all and not scope.unit_ids:
        raise PermissionDenied(_("Bạn chưa giữ vai trò nào ở đơn vị nên chưa xem được báo cáo."))


def readable(request: HttpRequest, pk: int) -> Report:
    """A report that the reader may see."""
    allowed(request)
    return get_object_or_404(
        Report.objects.select_related(
            "answers__issuer", "corrects", "rolled_from", "signer", "owner_unit", "entered_by"
        ),
        pk=pk,
    )


def listing(request: HttpRequest) -> HttpResponse:
    done = Count("sections", filter=Q(sections__state__in=("confirmed", "taken")))
    reports = Report.objects.select_related("signer", "owner_unit", "corrects").annotate(
        whole=Count("sections"), done=done
    )
    return render(request, "desk/reports.html", {"reports": reports, "may_open": bool(opened_by(request))})


def opened_by(request: HttpRequest) -> list[str]:
    """The kinds of report that the reader may open: those whose office is theirs."""
    offices = {kind: outline(kind)["office"] for kind in kinds()}
    units = dict(Unit.objects.filter(code__in=offices.values()).values_list("code", "pk"))
    return [kind for kind, code in offices.items() if code in units and may_open(request.user, units[code])]


def new(request: HttpRequest) -> HttpResponse:
    """Open a report: its kind, window and data date; or roll an older one forward (``?tu=``)."""
    allowed(request)
    mine = opened_by(request)
    if not mine:
        raise PermissionDenied(_("Chỉ đơn vị tổng hợp báo cáo hoặc lãnh đạo Sở được lập báo cáo mới."))
    source = (
        get_object_or_404(Report, pk=number_asked(request.GET["tu"]), kind__in=mine) if request.GET.get("tu") else None
    )
    form = NewReport(request.POST or None, kinds=mine, source=source, user=request.user)
    if request.method == "POST" and form.is_valid():
        window, answers = form.window(), form.cleaned_data["answers"]
        if source is not None:
            return redirect("report", pk=roll_forward(source, window, request.user, answers).pk)
        return redirect("report", pk=compose(form.cleaned_data["kind"], window, request.user, answers).pk)
    return render(request, "desk/report_new.html", {"form": form, "source": source})


def workbench(request: HttpRequest, pk: int) -> HttpResponse:
    report = readable(request, pk)
    stem = f"bao-cao-{report.window_end.year}"
    names = [
        (f"{stem}.docx", _("Word")),
        (f"{stem}.pdf", _("PDF")),
        (f"{stem}.html", _("HTML")),
        ("figures.csv", _("Phụ lục số liệu")),
    ]
    return render(
        request, "desk/workbench.html", {"report": report, "bench": Bench(report, request.user), "files": names}
    )


def asked_before(request: HttpRequest, pk: int) -> HttpResponse:
    """The findings of a report, asked after the page is there: they read every register. Of an issued report, what has
    moved since."""
    report = readable(request, pk)
    template = "desk/findings.html" if request.htmx else "desk/findings_page.html"
    if report.state == "issued":
        return render(
            request, template, {"report": report, "drifts": drifts(list(report.sections.select_related("report")))}
        )
    sections = {s.pk: s for s in report.sections.all()}
    for section in sections.values():
        section.report = report
    problems = findings(report)
    waiting = [p for p in problems if p.code in ("R1", "R2")]
    found = [
        {
            "is": p,
            "version": sections[p.section].version if p.section else 0,
            "may_write": p.section in sections and may_write(sections[p.section], request.user),
            "may_decide": p.section in sections and may_decide(sections[p.section], request.user),
        }
        for p in problems
        if p not in waiting
    ]
    return render(
        request,
        template,
        {"report": report, "found": found, "waiting": waiting, "errors": sum(p.severity == "error" for p in problems)},
    )


def ground(request: HttpRequest, pk: int) -> HttpResponse:
    """The ground of one word of a report, as a panel: definition, window, previous value, rows, what was said of it."""
    report = readable(request, pk)
    reference = request.GET.get("ref", "")
    if reference.partition(":")[0] not in ("figure", "document", "record", "chart"):
        raise Http404
    found = nodes.resolve([reference], nodes.Context(report.window))[reference]
    frozen = (
        FrozenNode.objects.filter(section__report=report, reference=reference)
        .select_related("section__report", "section__owner_unit", "kept_for__author")
        .first()
    )
    section = (
        frozen.section if frozen else Section.objects.filter(report=report, body__contains=f"]({reference})").first()
    )
    context: dict[str, Any] = {
        "report": report,
        "reference": reference,
        "ground": found,
        "frozen": frozen,
        "section": section,
    }
    if isinstance(found.thing, Figure):
        context |= figure_context(request, found.thing)
        context["drift"] = drift(frozen, found.thing) if frozen and frozen.code else None
        context["may_decide"] = frozen is not None and may_decide(frozen.section, request.user)
    context["comments"] = Comment.objects.filter(section__report=report, reference=reference).select_related(
        "author", "closed_by"
    )
    if section is not None:
        section.report = report
        context["may_write"] = may_write(section, request.user)
    return render(request, "desk/ground.html" if request.htmx else "desk/ground_page.html", context)


def figure_context(request: HttpRequest, figure: Figure) -> dict[str, Any]:
    """What a panel or page says of one figure: the year before, and the rows its reader may open."""
    before = figure.window.previous()
    previous = compute([figure.indicator], [before], confirmed=True)[figure.code, before]
    change = figure.value - previous.value if figure.value is not None and previous.value is not None else None
    rows = figure.rows()
    context: dict[str, Any] = {"figure": figure, "previous": previous, "change": change}
    if rows is None:
        return context
    seen = rows.seen_by(request.user)
    count, all_rows = seen.count(), rows.count()
    order = figure.indicator.when.fields[0] if figure.whole is None else figure.whole.indicator.when.fields[0]
    return {
        **context,
        "rows": seen.select_related(*rows.model.label_related).order_by(f"-{order}")[:ROWS_SHOWN],
        "row_date": order,
        "row_count": count,
        "hidden": all_rows - count,
        "register": register_of(rows.model),
        "table": rows.model._meta.verbose_name,
    }


def download(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    content = files(readable(request, pk)).get(name)
    if content is None:
        raise Http404(_("Báo cáo không có tệp này."))
    answer = HttpResponse(content, content_type=KINDS[name.rpartition(".")[2]])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
