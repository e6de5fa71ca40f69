"""Reports: the list, the workbench, the ground of one word, the files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cancu.core.line import register_of
from cancu.core.scope import scope_of
from cancu.indicators import Figure, compute
from cancu.reports import nodes
from cancu.reports.body import shown
from cancu.reports.findings import findings
from cancu.reports.freeze import confirm, drifts
from cancu.reports.issue import files
from cancu.reports.models import Report
from cancu.reports.render import document

KINDS = {"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "pdf": "application/pdf", "html": "text/html", "json": "application/json", "csv": "text/csv"}
ROWS_SHOWN = 8


def readable(request: HttpRequest, pk: int) -> Report:
    """A report that the reader may see: any who hold a role; an administrator has no say over content."""
    scope = scope_of(request.user)
    if not scope.sees_all and not scope.unit_ids:
        raise PermissionDenied(_("Bạn chưa giữ vai trò nào ở đơn vị nên chưa xem được báo cáo."))
    return get_object_or_404(Report.objects.select_related("answers__issuer", "corrects", "signer", "owner_unit"), pk=pk)


def listing(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/reports.html", {"reports": Report.objects.select_related("signer", "owner_unit", "corrects")})


def workbench(request: HttpRequest, pk: int) -> HttpResponse:
    report = readable(request, pk)
    sections = list(report.sections.select_related("owner_unit", "report"))
    moved = drifts([s for s in sections if s.confirmed_at])
    context = {
        "report": report, "sections": sections, "tree": document(report),
        "moved": {d.node.reference for d in moved}, "drifts": moved,
        "grounded": sum(1 for s in sections for r, _w in shown(s.body) if r.startswith("figure:")),
        "files": [f"bao-cao-{report.window_end.year}.{kind}" for kind in ("docx", "pdf", "html")] + ["figures.json", "figures.csv"],
    }
    return render(request, "desk/workbench.html", context)


def asked_before(request: HttpRequest, pk: int) -> HttpResponse:
    """The findings of a report, asked after the page is there: they read every register."""
    report = readable(request, pk)
    return render(request, "desk/findings.html", {"report": report, "problems": findings(report)})


def ground(request: HttpRequest, pk: int) -> HttpResponse:
    """The ground of one word of a report, as a panel: definition, window, previous value, rows."""
    report = readable(request, pk)
    reference = request.GET.get("ref", "")
    if reference.partition(":")[0] not in ("figure", "document", "record"):
        raise Http404
    found = nodes.resolve([reference], nodes.Context(report.window))[reference]
    frozen = next(iter(report_node(report, reference)), None)
    context: dict[str, Any] = {"report": report, "reference": reference, "ground": found, "frozen": frozen}
    if isinstance(found.thing, Figure):
        context |= figure_context(request, found.thing)
        context["drift"] = next((d for d in drifts([frozen.section]) if d.node.reference == reference), None) if frozen else None
    template = "desk/ground.html" if request.htmx else "desk/ground_page.html"
    return render(request, template, context)


def report_node(report: Report, reference: str) -> Any:
    from cancu.reports.models import FrozenNode

    return FrozenNode.objects.filter(section__report=report, reference=reference).select_related("section__report")[:1]


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
        **context, "rows": seen.select_related(*rows.model.label_related).order_by(f"-{order}")[:ROWS_SHOWN], "row_date": order,
        "row_count": count, "hidden": all_rows - count, "register": register_of(rows.model), "table": rows.model._meta.verbose_name,
    }


def download(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    content = files(readable(request, pk)).get(name)
    if content is None:
        raise Http404(_("Báo cáo không có tệp này."))
    answer = HttpResponse(content, content_type=KINDS[name.rpartition(".")[2]])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_POST
def confirm_section(request: HttpRequest, pk: int, section: int) -> HttpResponse:
    report = readable(request, pk)
    try:
        confirm(get_object_or_404(report.sections, pk=section), request.user)
        messages.success(request, _("Đã duyệt mục; căn cứ của từng số liệu được chốt."))
    except (ValidationError, PermissionDenied) as error:
        messages.error(request, " ".join(getattr(error, "messages", [str(error)])))
    return redirect("report", pk=pk)
