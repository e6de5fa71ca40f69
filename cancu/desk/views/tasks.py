"""One task of the programme: its ground and deadline, progress, what moved it, and the result that closes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cancu.core.calendar import today
from cancu.core.people import User
from cancu.core.restdays import MovedDeadline
from cancu.core.scope import may_confirm, scope_of
from cancu.desk.attempt import attempt
from cancu.desk.document_field import DocumentField, answer_to, recent
from cancu.desk.forms import DayField
from cancu.programme.models import OVER, Task
from cancu.programme.standing import standing
from cancu.programme.states import LEADERS, WORKERS, TaskStates
from cancu.reports.models import EvidenceRow, Section


class DeadlineForm(forms.Form):
    """A deadline moved, or withdrawn when no new day is given, on the ground of a document."""

    new = DayField(label=gettext_lazy("Hạn mới"), required=False, help_text=gettext_lazy("Để trống để rút thời hạn."))
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=500)

    def __init__(self, user: User, *given: Any, **values: Any) -> None:
        super().__init__(*given, prefix="han", **values)
        self.fields["document"] = DocumentField(user, label=gettext_lazy("Văn bản cho phép"))
        self.order_fields(["new", "document", "reason"])


class ResultForm(forms.Form):
    """The document that the task was to bring about."""

    def __init__(self, user: User, *given: Any, **values: Any) -> None:
        super().__init__(*given, prefix="ket-qua", **values)
        self.fields["result"] = DocumentField(
            user, label=gettext_lazy("Văn bản kết quả"), help_text=gettext_lazy("Văn bản đã ban hành, có trong sổ.")
        )


def one(request: HttpRequest, pk: int) -> HttpResponse:
    return _shown(request, _seen(request, pk), {})


def _shown(request: HttpRequest, task: Task, forms_given: dict[str, forms.Form]) -> HttpResponse:
    user, day = request.user, today()
    moves = TaskStates.open_moves(task, user)
    finishes = any(move.key == "finish" for move in moves)
    moves_deadline = task.state not in OVER and scope_of(user).holds(LEADERS, task.owner_unit_id)
    supporting = list(task.supporting.all())
    context = {
        "task": task,
        "standing": standing(task, day),
        "supporting": supporting,
        "today": day,
        "progress": task.progress.select_related("author").order_by("-on", "-pk"),
        "changes": task.deadline_changes.select_related("document__issuer").order_by("pk"),
        "shifted": MovedDeadline.objects.filter(table="programme.task", record=task.pk)
        .select_related("rest_day")
        .order_by("-at"),
        "moves": [move for move in moves if move.key != "finish"],
        "deadline_form": forms_given.get("han") or (DeadlineForm(user) if moves_deadline else None),
        "result_form": forms_given.get("ket-qua")
        or (ResultForm(user, initial={"result": answer_to(task.ground, user)}) if finishes else None),
        "writes": task.state not in OVER
        and any(scope_of(user).holds(WORKERS, unit) for unit in (task.owner_unit_id, *(u.pk for u in supporting))),
        "recent": recent(user) if moves_deadline or finishes else [],
        "may_confirm": task.confirmed_at is None and may_confirm(user, task),
        "used_in": Section.objects.filter(
            frozen__rows__in=EvidenceRow.objects.filter(table="programme.task", record=task.pk)
        )
        .select_related("report")
        .distinct()
        .order_by("-report", "order")[:10],
    }
    return render(request, "desk/task.html", context)


@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """One step: a note of progress, a moved deadline, the result, or a move of the task's states."""
    task, user = _seen(request, pk), request.user
    form: forms.Form | None = (
        {"han": DeadlineForm, "ket-qua": ResultForm}[act](user, request.POST) if act in ("han", "ket-qua") else None
    )
    if form is not None and not form.is_valid():
        return _shown(request, task, {act: form})
    given = form.cleaned_data if form is not None else {}
    acts: dict[str, Callable[[], Any]] = {
        "tien-do": lambda: task.write_progress(user, request.POST.get("text", "")),
        "han": lambda: task.move_deadline(user, given["new"], given["document"], given["reason"]),
        "ket-qua": lambda: TaskStates.move(task, "finish", user, result=given["result"]),
        **{
            key: (lambda k=key: TaskStates.move(task, k, user, request.POST.get("reason", "")))
            for key in TaskStates.moves
            if key != "finish"
        },
    }
    if act not in acts:
        raise Http404
    attempt(request, acts[act], _("Đã ghi."))
    return redirect("task", pk=pk)


def _seen(request: HttpRequest, pk: int) -> Task:
    rows = Task.objects.seen_by(request.user).select_related(
        "ground__issuer", "result__issuer", "owner_unit", "programme", "entered_by", "confirmed_by", "proposal"
    )
    found: Task = get_object_or_404(rows, pk=pk)
    return found
