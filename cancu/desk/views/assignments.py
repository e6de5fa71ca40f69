"""Work given on incoming documents: the box beside a document, one assignment with its steps, each person's list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cancu.core.calendar import today
from cancu.core.dated import valid_on
from cancu.core.people import User
from cancu.core.scope import scope_of
from cancu.core.units import Unit, UnitName
from cancu.desk.attempt import attempt
from cancu.desk.document_field import answer_to, document_named, recent
from cancu.desk.forms import DayField
from cancu.documents.assignments import (
    GIVERS,
    LEADERS,
    Assignment,
    AssignmentStates,
    Part,
    extend,
    finish,
    give,
    hand_over,
    may_give,
    people_of,
)
from cancu.documents.models import Document, Opinion
from cancu.programme.models import OVER, Task

SHOWN = 60
#: What the history keeps as an action → what the page says was done.
STEPS = {
    "give": gettext_lazy("giao"),
    "see": gettext_lazy("đã xem"),
    "hand_over": gettext_lazy("chuyển"),
    "give_back": gettext_lazy("trả lại"),
    "extend": gettext_lazy("gia hạn"),
    "finish": gettext_lazy("giải quyết xong"),
    "revoke": gettext_lazy("thu hồi"),
    "announce": gettext_lazy("tính lại hạn theo lịch nghỉ"),
    "withdraw": gettext_lazy("tính lại hạn theo lịch nghỉ"),
}


def places() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every unit with its people, as choices “unit:” (the whole unit) and “unit:person”."""
    names = list(
        UnitName.objects.filter(valid_on(today()), parent__isnull=False).order_by("name").values_list("unit_id", "name")
    )
    people: dict[int, dict[int, str]] = {}
    for held in people_of([pk for pk, _name in names], today()):
        people.setdefault(held.unit_id, {})[held.user_id] = f"{held.user} ({held.get_role_display()})"
    return [
        (
            name,
            [
                (f"{pk}:", _("cả đơn vị: %(unit)s") % {"unit": name}),
                *((f"{pk}:{user}", said) for user, said in people.get(pk, {}).items()),
            ],
        )
        for pk, name in names
    ]


def place_of(words: str) -> tuple[Unit, User | None]:
    """“12:5” → the unit and the person; “12:” → the unit. The form has checked that it was offered."""
    unit, _colon, person = words.partition(":")
    return Unit.objects.get(pk=unit), User.objects.get(pk=person) if person else None


class GiveForm(forms.Form):
    """A leader's instruction: who leads, who supports, who is told, and by when."""

    instruction = forms.CharField(label=gettext_lazy("Ý kiến chỉ đạo"), widget=forms.Textarea({"rows": 3}))
    lead = forms.ChoiceField(label=gettext_lazy("Chủ trì"), required=False)
    support = forms.MultipleChoiceField(
        label=gettext_lazy("Phối hợp"), required=False, widget=forms.CheckboxSelectMultiple
    )
    inform = forms.MultipleChoiceField(
        label=gettext_lazy("Để biết"), required=False, widget=forms.CheckboxSelectMultiple
    )
    days = forms.IntegerField(label=gettext_lazy("Số ngày làm việc"), required=False, min_value=1, max_value=365)
    until = DayField(label=gettext_lazy("hoặc đến ngày"), required=False)

    def __init__(self, *given: Any, **values: Any) -> None:
        super().__init__(*given, **values)
        choices = places()
        self.fields["lead"].choices = [("", "—"), *choices]
        for name in ("support", "inform"):
            self.fields[name].choices = choices

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not any(given.get(name) for name in ("lead", "support", "inform")):
            self.add_error("lead", _("Hãy chọn nơi nhận."))
        if given.get("days") and given.get("until"):
            self.add_error("until", _("Ghi hạn bằng số ngày làm việc hoặc bằng ngày, không cả hai."))
        return given

    def places(self) -> list[tuple[str, Unit, User | None]]:
        given = self.cleaned_data
        chosen = [(Part.LEAD, one) for one in [given["lead"]] if one]
        chosen += [
            (part, one) for part, name in ((Part.SUPPORT, "support"), (Part.INFORM, "inform")) for one in given[name]
        ]
        return [(part, *place_of(one)) for part, one in chosen]


def of_document(request: HttpRequest, pk: int) -> HttpResponse:
    """The box of a document's page; opened by itself it is a page. A POST gives the document to be settled."""
    document = get_object_or_404(Document.objects.seen_by(request.user).select_related("issuer"), pk=pk)
    gives = may_give(request.user, document)
    if request.method == "POST" and not gives:
        raise PermissionDenied(_("Chỉ lãnh đạo Sở và văn thư giao xử lý văn bản đến."))
    form = GiveForm(request.POST or None) if gives and (request.method == "POST" or not request.htmx) else None
    if form is not None and request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = give(
                request.user,
                document,
                form.places(),
                instruction=given["instruction"],
                days=given["days"],
                until=given["until"],
            )
            messages.success(request, _("Đã giao %(n)d nơi.") % {"n": len(made)})
            return redirect("document", reference=document.reference)
        except ValidationError as error:
            form.add_error(None, error.messages)
    rows = (
        Assignment.objects.seen_by(request.user)
        .filter(document=document)
        .select_related("owner_unit", "person", "given_by", "response")
    )
    context = {"document": document, "rows": rows.order_by("pk"), "gives": gives, "form": form, "today": today()}
    return render(request, "desk/assignments_box.html" if request.htmx else "desk/assignments.html", context)


def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One assignment: the instruction, who holds it, each step with its reason, and what this person may do now."""
    row = _seen(request, pk)
    moves = {move.key: move for move in AssignmentStates.open_moves(row, request.user)}
    gives = scope_of(request.user).holds(GIVERS, row.document.owner_unit_id)
    context = {
        "row": row,
        "moves": moves,
        "late": row.late(today()),
        "today": today(),
        "hands_over": row.is_open and (gives or row.held_by(request.user)),
        "places": _reachable(row, gives),
        "extends": row.is_open and scope_of(request.user).holds(LEADERS, row.owner_unit_id),
        "closes": "finish" in moves and row.part == Part.LEAD,
        "steps": _steps(row),
        "answer": answer_to(row.document, request.user) if "finish" in moves else "",
        "recent": recent(request.user) if "finish" in moves else [],
    }
    return render(request, "desk/assignment.html", context)


def _reachable(row: Assignment, gives: bool) -> list[tuple[str, list[tuple[str, str]]]]:
    return [place for place in places() if gives or place[1][0][0] == f"{row.owner_unit_id}:"] if row.is_open else []


def _steps(row: Assignment) -> list[dict[str, Any]]:
    """The history as the office tells it: who did what when and why, and the last day where it changed."""
    events = list(row.history.order_by("pgh_id").select_related("pgh_context"))
    names = {
        u.pk: str(u) for u in User.objects.filter(pk__in={_who(e) for e in events} | {e.person_id for e in events})
    }
    units = dict(Unit.objects.filter(pk__in={e.owner_unit_id for e in events}).values_list("pk", "code"))
    told, before = [], None
    for event in events:
        kept = event.pgh_context.metadata if event.pgh_context else {}
        told.append(
            {
                "at": event.pgh_created_at,
                "who": names.get(_who(event), ""),
                "what": STEPS.get(kept.get("action"), _("ghi")),
                "reason": kept.get("reason", ""),
                "to": names.get(event.person_id) or units.get(event.owner_unit_id, "")
                if kept.get("action") in ("give", "hand_over")
                else "",
                "due": event.due_on if before is None or before.due_on != event.due_on else None,
                "was": before.due_on if before else None,
            }
        )
        before = event
    return told


def _who(event: Any) -> int | None:
    return event.pgh_context.metadata.get("user") if event.pgh_context else None


@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """One step on an assignment; what is missing or not allowed is said on its page."""
    row = _seen(request, pk)
    acts: dict[str, Callable[[], Any]] = {
        "da-xem": lambda: AssignmentStates.move(row, "see", request.user),
        "tra-lai": lambda: AssignmentStates.move(row, "give_back", request.user, request.POST.get("reason", "")),
        "thu-hoi": lambda: AssignmentStates.move(row, "revoke", request.user, request.POST.get("reason", "")),
        "chuyen": lambda: _handed_over(request, row),
        "gia-han": lambda: extend(
            row, request.user, _day(request.POST.get("until", "")), request.POST.get("reason", "")
        ),
        "tra-loi": lambda: finish(row, request.user, document_named(request.POST.get("response", ""), request.user)),
    }
    if act not in acts:
        raise Http404
    attempt(request, acts[act], _("Đã ghi."))
    if not Assignment.objects.seen_by(request.user).filter(pk=pk).exists():  # handed to another unit
        return redirect("my-work")
    return redirect(
        "my-work" if request.POST.get("then") == "list" else "assignment",
        **({} if request.POST.get("then") == "list" else {"pk": pk}),
    )


def _handed_over(request: HttpRequest, row: Assignment) -> None:
    offered = {key for _name, choices in places() for key, _said in choices}
    to = request.POST.get("to", "")
    if to not in offered:
        raise ValidationError(_("Hãy chọn nơi nhận."))
    hand_over(row, request.user, *place_of(to), request.POST.get("reason", ""))


def _day(words: str) -> Any:
    try:
        return DayField().clean(words)
    except ValidationError:
        raise ValidationError(_("Hãy ghi hạn mới là một ngày.")) from None


def _seen(request: HttpRequest, pk: int) -> Assignment:
    rows = Assignment.objects.seen_by(request.user).select_related(
        "document__issuer", "owner_unit", "person", "given_by", "response"
    )
    found: Assignment = get_object_or_404(rows, pk=pk)
    return found


def mine(request: HttpRequest) -> HttpResponse:
    """“Việc của tôi”: what waits for me, my units' tasks by deadline, what I gave or must give again, what I closed."""
    user, day = request.user, today()
    seen = Assignment.objects.seen_by(user).select_related("document", "owner_unit", "person", "given_by", "response")
    waiting = seen.filter(pk__in=Assignment.objects.of(user).values("pk")).order_by("due_on", "pk")[:SHOWN]
    gave = seen.open().filter(given_by=user) | (
        seen.filter(state="returned") if not GIVERS.isdisjoint(scope_of(user).units_by_role) else seen.none()
    )
    closed = seen.filter(state="done", person=user).order_by("-closed_on", "-pk")[:10]
    tasks = (
        Task.objects.seen_by(user)
        .exclude(state__in=OVER)
        .filter(owner_unit_id__in=scope_of(user).unit_ids)
        .select_related("ground", "owner_unit")
        .order_by("deadline_on", "code")[:SHOWN]
    )
    context = {
        "today": day,
        "waiting": [{"row": row, "late": row.late(day)} for row in waiting],
        "gave": [{"row": row, "late": row.late(day)} for row in gave.order_by("due_on", "pk")[:SHOWN]],
        "closed": closed,
        "opinions": Opinion.objects.asked_of(user).select_related("document", "entered_by")[:SHOWN],
        "tasks": [{"task": task, "late": task.overdue(day)} for task in tasks],
    }
    return render(request, "desk/my_work.html", context)
