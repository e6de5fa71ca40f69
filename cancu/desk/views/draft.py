"""A draft as a workplace: its versions and what changed between them, what a careful reader finds in the newest, what
other units say of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cancu.core.attachments import Attachment, attach
from cancu.core.calendar import today
from cancu.core.dated import valid_on
from cancu.core.jobs import Job
from cancu.core.jobs import ask as ask_job
from cancu.core.scope import scope_of
from cancu.core.units import Unit, UnitName
from cancu.desk.asked import day_asked, number_asked
from cancu.desk.compared import compared
from cancu.desk.draft_form import DraftForm, units_of, uploaded
from cancu.desk.marked import Piece, pieces
from cancu.documents.models import Direction, Document, Opinion
from cancu.documents.opinions import DRAFTERS, OpinionKind, OpinionStates, answer, ask, remark, verdicts
from cancu.documents.outgoing import begin
from cancu.documents.outside import LARGEST, MiB
from cancu.documents.versions import READABLE, add_version, findings, known_words, open_paper

#: Findings shown on the page; a text with more has one fault many times.
MOST_FOUND = 60


def new(request: HttpRequest) -> HttpResponse:
    """A new draft; what the form leaves empty is read from the first version, where one is brought."""
    if not units_of(request.user):
        raise PermissionDenied(_("Bạn không làm việc ở đơn vị nào nên không lập được dự thảo."))
    form = DraftForm(request.user, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                made = begin(request.user, form.unit, **form.values)
                if form.brought:
                    add_version(made, *form.brought, request.user)
        except ValidationError as error:
            for message in error.messages:
                form.add_error(None, message)
        else:
            messages.success(request, _("Đã lập dự thảo."))
            return redirect("outgoing-one", pk=made.pk)
    return render(request, "desk/draft_new.html", {"form": form, "limit": LARGEST // MiB})


def seen(request: HttpRequest, pk: int) -> Document:
    """A document of the department's own that the reader may see."""
    own = Document.objects.seen_by(request.user).exclude(direction__in=(Direction.INCOMING, Direction.REFERENCE))
    return get_object_or_404(own.select_related("issuer", "owner_unit"), pk=pk)


def works(request: HttpRequest, document: Document) -> bool:
    return scope_of(request.user).holds(DRAFTERS, document.owner_unit_id)


@dataclass(frozen=True)
class Said:
    """One opinion as the page shows it: the unit by its name of today, its files, what the reader may do."""

    row: Opinion
    unit: str
    files: list[Attachment]
    answers: bool
    withdraws: bool

    @property
    def verdicts(self) -> list[tuple[str, Any]]:
        return verdicts(self.row.kind)


@dataclass
class Talk:
    """What was said of a draft: who was asked, who has answered, who is late; and the remarks."""

    asked: list[Said] = field(default_factory=list)
    remarks: list[Said] = field(default_factory=list)

    @property
    def answered(self) -> int:
        return sum(one.row.state == "given" for one in self.asked)

    @property
    def late(self) -> int:
        return sum(one.row.late for one in self.asked)

    @property
    def open(self) -> int:
        return sum(one.row.state != "withdrawn" for one in self.asked)


def talk_of(request: HttpRequest, document: Document, units: dict[int, str]) -> Talk:
    """Everything said of ``document``; two queries."""
    talk, rows = Talk(), list(document.opinions.select_related("owner_unit", "entered_by", "given_by", "document"))
    files: dict[int, list[Attachment]] = {}
    for file in (
        Attachment.objects.filter(
            table=ContentType.objects.get_for_model(Opinion), record_id__in=[row.pk for row in rows]
        )
        if rows
        else ()
    ):
        files.setdefault(file.record_id, []).append(file)
    for row in rows:
        moves = {move.key for move in OpinionStates.open_moves(row, request.user)}
        said = Said(
            row,
            units.get(row.owner_unit_id, row.owner_unit.code),
            files.get(row.pk, []),
            "give" in moves,
            "withdraw" in moves,
        )
        (talk.remarks if row.kind == OpinionKind.REMARK else talk.asked).append(said)
    return talk


def unit_names() -> dict[int, str]:
    """Unit → its name of today, the department's own parts in order of name."""
    return dict(
        UnitName.objects.filter(valid_on(today()), parent__isnull=False).order_by("name").values_list("unit_id", "name")
    )


def readable(document: Document) -> QuerySet[Attachment]:
    """The versions that hold words, oldest first."""
    return Attachment.objects.of(document).filter(type__in=READABLE)


def opinion(request: HttpRequest, pk: int) -> HttpResponse:
    """Where an opinion stands: on the page of its draft."""
    found = get_object_or_404(Opinion.objects.seen_by(request.user), pk=pk)
    return redirect(f"{reverse('outgoing-one', args=[found.document_id])}#y-kien")


def changes(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """What one version changed against the one before it."""
    document = seen(request, pk)
    versions = list(readable(document))
    at = next((n for n, one in enumerate(versions) if one.pk == version), 0)
    if not at:
        raise Http404
    before, after = versions[at - 1], versions[at]
    old, new = known_words(before), known_words(after)
    context: dict[str, Any] = {"document": document, "before": before, "after": after, "unread": None if new else after}
    if old is None or new is None:
        context["unread"] = before if old is None else after
    else:
        context |= {
            "refusal": old.refusal or new.refusal,
            "scan": not (old.text and new.text),
            "stretches": list(compared(old.text, new.text)),
        }
    return render(request, "desk/draft_changes.html", context)


@dataclass
class Paragraph:
    """A paragraph with faults: its words with the faults marked, and each finding with the rule it rests on."""

    pieces: list[Piece]
    found: list[dict[str, Any]]


def checked(request: HttpRequest, pk: int) -> HttpResponse:
    """What ``vanban check`` finds in a version (``?tep=``; the newest by default): asked for by htmx once the page
    stands, or a page of its own."""
    document = seen(request, pk)
    wanted = number_asked(request.GET.get("tep"))
    version = readable(document).filter(pk=wanted).first() if wanted else readable(document).last()
    context: dict[str, Any] = {
        "document": document,
        "version": version,
        "most": MOST_FOUND,
        "works": works(request, document),
    }
    words = known_words(version) if version else None
    if words is not None:
        day = document.issued_on or today()
        found = findings(words, day, draft=not document.number) if words.text else []
        context |= {
            "words": words,
            "day": day,
            "count": len(found),
            "errors": sum(f.severity == "error" for f in found),
            "paragraphs": by_paragraph(words.text, found[:MOST_FOUND]),
        }
    return render(request, "desk/draft_findings.html" if request.htmx else "desk/draft_findings_page.html", context)


def by_paragraph(text: str, found: list[Any]) -> list[Paragraph]:
    """The findings under the paragraph they stand in, in the order of the text."""
    from vanban.checks import RULES

    made: dict[int, Paragraph] = {}
    spans: dict[int, list[tuple[int, int, str, str]]] = {}
    for one in found:
        begin = text.rfind("\n", 0, one.start) + 1
        paragraph = made.setdefault(begin, Paragraph([], []))
        paragraph.found.append({"is": one, "rule": RULES[one.code].text})
        spans.setdefault(begin, []).append((one.start - begin, one.end - begin, one.code, one.severity))
    for begin, paragraph in made.items():
        end = text.find("\n", begin)
        line = text[begin:] if end < 0 else text[begin:end]
        paragraph.pieces = pieces(
            line, [(a, min(b, len(line)), code, severity) for a, b, code, severity in spans[begin]]
        )
    return list(made.values())


def add_file(request: HttpRequest, document: Document) -> str:
    if not works(request, document):
        raise PermissionDenied(_("Chỉ người của đơn vị soạn thảo thêm được tệp."))
    name, data = uploaded(request.FILES.get("file"))
    return _("Đã thêm phiên bản “%(name)s”.") % {"name": add_version(document, name, data, request.user).name}


def read_large(request: HttpRequest, document: Document) -> Job:
    """Have a large version read by a job."""
    version = get_object_or_404(readable(document), pk=number_asked(request.POST.get("tep")))
    return ask_job("documents.version", request.user, _("Đọc “%(name)s”") % {"name": version.name}, version=version.pk)


def ask_units(request: HttpRequest, document: Document) -> str:
    units = list(Unit.objects.filter(pk__in=[number_asked(n) for n in request.POST.getlist("units")]))
    kind = request.POST.get("kind", "")
    if kind not in (OpinionKind.CONSULT, OpinionKind.APPRAISE):
        raise ValidationError(_("Không có bước này."))
    made = ask(
        document, units, kind, day_asked(request.POST.get("due")), request.POST.get("question", ""), request.user
    )
    return _("Đã gửi tới %(count)d đơn vị.") % {"count": len(made)}


def answer_one(request: HttpRequest, document: Document) -> str:
    opinion = get_object_or_404(document.opinions.all(), pk=number_asked(request.POST.get("opinion")))
    name, data = uploaded(request.FILES.get("file")) if "file" in request.FILES else ("", b"")
    kind = open_paper(data, name).kind if data else ""
    answer(opinion, request.user, request.POST.get("verdict", ""), request.POST.get("words", ""))
    if data:
        attach(opinion, name, data, request.user, kind)
    return _("Đã ghi ý kiến của đơn vị.")


def withdraw(request: HttpRequest, document: Document) -> str:
    opinion = get_object_or_404(document.opinions.all(), pk=number_asked(request.POST.get("opinion")))
    OpinionStates.move(opinion, "withdraw", request.user)
    return _("Đã rút yêu cầu cho ý kiến.")


def say(request: HttpRequest, document: Document) -> str:
    remark(document, request.user, request.POST.get("words", ""))
    return _("Đã ghi ý kiến.")
