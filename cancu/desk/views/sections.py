"""One section of a report: written in place, cured by one click, talked about, and how it came to be what it is."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cancu.core.calendar import now
from cancu.core.refusal import REFUSALS, reasons
from cancu.desk.attempt import attempt
from cancu.desk.inserting import insertions
from cancu.desk.workbench import Bench, may_write
from cancu.reports import nodes
from cancu.reports.body import references, shown
from cancu.reports.compose import Crossed, spoken, write
from cancu.reports.merge import Crossing, joined, parts
from cancu.reports.models import Comment, Report, Section
from cancu.reports.versions import body_of, versions

from .reports import readable


def of_report(request: HttpRequest, pk: int, section: int) -> Section:
    """A section of a report that the reader may see; its report is the very object that was read."""
    report = readable(request, pk)
    found = get_object_or_404(report.sections.select_related("owner_unit", "entered_by"), pk=section)
    found.report = report
    return found


def to_section(pk: int, section: int) -> HttpResponse:
    """Back to the section on its paper."""
    return redirect(f"{reverse('report', args=[pk])}#muc-{section}")


def one(request: HttpRequest, pk: int, section: int) -> HttpResponse:
    """The section as it stands on the paper."""
    return standing(request, of_report(request, pk, section))


def standing(request: HttpRequest, section: Section, said: str = "") -> HttpResponse:
    bench = Bench(section.report, request.user)
    context = {"report": section.report, "bench": bench, "part": bench.part(section.pk), "said": said, "swapped": True}
    return render(request, "desk/section.html", context)


def edit(request: HttpRequest, pk: int, section: int) -> HttpResponse:
    """The section as a text to write in; posted, the text is kept, merged, or shown beside the other's."""
    found = of_report(request, pk, section)
    if not may_write(found, request.user):
        raise PermissionDenied(
            _("Bạn không soạn mục này: mục của %(unit)s, đang ở bước “%(state)s”.")
            % {"unit": found.owner_unit, "state": found.get_state_display()}
        )
    if request.method != "POST":
        return editor(request, found, found.body, found.version)
    body, version = _text(request), _version(request, found)
    choices = [value for key, value in sorted(request.POST.items()) if key.startswith("choice-")]
    if choices and _version(request, found, "against") == found.version:
        body, version = joined(_parts(found, body, version), choices), found.version
    try:
        saved = write(found, body, request.user, version)
    except Crossed as crossed:
        return _crossed(request, found, crossed, body, version)
    except REFUSALS as error:
        return editor(request, found, body, version, " ".join(reasons(error)))
    merged = saved.version > version + 1
    said = _("Đã lưu và gộp với phần người khác vừa sửa.") if merged else _("Đã lưu lần %(n)d.") % {"n": saved.version}
    if not request.htmx:
        messages.success(request, said)
        return to_section(pk, section)
    found.report = Report.objects.select_related("answers__issuer", "corrects", "signer").get(pk=pk)
    return standing(request, found, said)


def _text(request: HttpRequest) -> str:
    """The text as posted: forms write the end of a line as two letters."""
    return request.POST.get("body", "").replace("\r\n", "\n").replace("\0", "")


def _version(request: HttpRequest, section: Section, name: str = "version") -> int:
    given = request.POST.get(name, "")
    return int(given) if given.isdigit() and len(given) < 9 else section.version


def _parts(section: Section, mine: str, version: int) -> list[list[str] | Crossing]:
    return parts(*spoken(section.report, body_of(section, version) or "", mine, section.body))


def editor(
    request: HttpRequest, section: Section, body: str, version: int, problem: str = "", parts: Any = None
) -> HttpResponse:
    context = {
        "report": section.report,
        "section": section,
        "body": body,
        "version": version,
        "problem": problem,
        "crossings": [part for part in parts or () if isinstance(part, Crossing)],
    }
    template = "desk/section_edit.html" if request.htmx else "desk/section_edit_page.html"
    return render(request, template, context)


def _crossed(request: HttpRequest, section: Section, crossed: Crossed, body: str, version: int) -> HttpResponse:
    """Both texts side by side; what only one of the two touched is settled already."""
    section.refresh_from_db(fields=["body", "version", "entered_by"])
    return editor(request, section, body, version, " ".join(crossed.messages), _parts(section, body, version))


@require_POST
def cure(request: HttpRequest, pk: int, section: int) -> HttpResponse:
    """Write an offered text in place of the words at fault; refused where the text has moved since."""
    found = of_report(request, pk, section)
    attempt(request, lambda: _cured(request, found), _("Đã sửa mục %(code)s.") % {"code": found.code})
    return to_section(pk, section)


def _cured(request: HttpRequest, section: Section) -> None:
    start, end = request.POST.get("start", ""), request.POST.get("end", "")
    if not (start.isdecimal() and end.isdecimal()) or _version(request, section) != section.version:
        raise ValidationError(_("Mục vừa được sửa; hãy kiểm tra lại rồi chữa."))
    write(
        section,
        section.body[: int(start)] + request.POST.get("text", "") + section.body[int(end) :],
        request.user,
        section.version,
    )


def insert(request: HttpRequest, pk: int) -> HttpResponse:
    """What fits the words typed after “/” or “[[”, as a list to choose from."""
    report = readable(request, pk)
    return render(
        request, "desk/insertions.html", {"found": insertions(request.user, report.window, request.GET.get("q", ""))}
    )


def words(request: HttpRequest, pk: int) -> JsonResponse:
    """What a live word would show, and what would be wrong with it: asked when its way of speaking is changed."""
    report = readable(request, pk)
    reference, before = request.GET.get("ref", ""), request.GET.get("chu", "")
    if references(f"[]({reference})") != [reference]:
        return JsonResponse({"words": before, "label": "", "problems": [_("Tham chiếu không đúng dạng.")]})
    found = nodes.resolve([reference], nodes.Context(report.window))[reference]
    said = nodes.say(reference, before, found)
    label = str(getattr(getattr(found.thing, "indicator", None), "label", found.thing or reference))
    return JsonResponse(
        {"words": said, "label": label, "problems": [p.message for p in nodes.problems(reference, said, found)]}
    )


def side(request: HttpRequest, pk: int, section: int) -> HttpResponse:
    """Beside the paper: what is said of the section, and its versions with the words that changed."""
    return talk(request, of_report(request, pk, section))


def talk(request: HttpRequest, section: Section) -> HttpResponse:
    context = {
        "report": section.report,
        "section": section,
        "versions": versions(section),
        "said_of": dict(shown(section.body)),
        "comments": section.comments.select_related("author", "closed_by"),
        "may_write": may_write(section, request.user),
    }
    return render(request, "desk/section_side.html" if request.htmx else "desk/section_side_page.html", context)


@require_POST
def comment(request: HttpRequest, pk: int, section: int) -> HttpResponse:
    """Say something about the section, or about one live word of it. Anyone who reads the report may."""
    found = of_report(request, pk, section)
    text, reference = request.POST.get("text", "").strip()[:4000], request.POST.get("ref", "")[:450]
    if text and (not reference or reference in references(found.body)):
        Comment.objects.create(section=found, author=request.user, text=text, reference=reference)
    else:
        messages.error(request, _("Ý kiến còn trống, hoặc số liệu được nói đến không còn trong mục."))
    return talk(request, found) if request.htmx else redirect("section-side", pk=pk, section=section)


@require_POST
def close_comment(request: HttpRequest, pk: int, section: int, comment: int) -> HttpResponse:
    """Close an open comment, or open a closed one again: its author, or who writes the section."""
    found = of_report(request, pk, section)
    said = get_object_or_404(found.comments, pk=comment)
    if said.author_id != request.user.pk and not may_write(found, request.user):
        raise PermissionDenied(_("Chỉ người viết ý kiến hoặc người soạn mục được khép lại."))
    said.closed_by, said.closed_at = (None, None) if said.closed_at else (request.user, now())
    said.save(update_fields=["closed_by", "closed_at"])
    return talk(request, found) if request.htmx else redirect("section-side", pk=pk, section=section)
