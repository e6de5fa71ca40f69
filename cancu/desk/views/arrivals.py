"""What arrives: files dropped on a page, read in the background, checked on a prefilled form, registered."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F
from django.db.models.fields.json import KeyTextTransform
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cancu.core.codes import labels
from cancu.core.jobs import ask
from cancu.desk.arrival_form import RegisterForm
from cancu.desk.marked import pieces
from cancu.desk.views.files import download
from cancu.documents.arrivals import Arrival, ArrivalState, books_of
from cancu.documents.arriving import LARGEST, MiB, alike, bring, drop, on_paper, register, share_unchanged
from cancu.documents.cited import matched
from cancu.documents.models import Issuer

SHOWN = 200


def clerk_only(request: HttpRequest) -> None:
    if not books_of(request.user):
        raise PermissionDenied(_("Chỉ văn thư được vào sổ văn bản đến."))


def listing(request: HttpRequest) -> HttpResponse:
    """What waits; a POST brings files in and has them read."""
    clerk_only(request)
    if request.method == "POST":
        return _brought(request)
    waiting = Arrival.objects.seen_by(request.user).open().defer("text", "found")
    read_for = {f"read_{name}": KeyTextTransform("value", F(f"found__fields__{name}")) for name in ("number", "title")}
    kept, read = share_unchanged()
    context = {
        "arrivals": waiting.annotate(**read_for)[:SHOWN],
        "states": ArrivalState,
        "unread": waiting.filter(state=ArrivalState.WAITING).count(),
        "limit": LARGEST // MiB,
        "kept": kept,
        "read": read,
        "share": round(100 * kept / read) if read else None,
    }
    return render(request, "desk/arrivals.html", context)


def _brought(request: HttpRequest) -> HttpResponse:
    made = []
    for file in request.FILES.getlist("files"):
        try:
            made.append(bring(file.read(LARGEST + 1), file.name, request.user))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
    if not made:
        if not request.FILES:
            messages.error(request, _("Chưa chọn tệp nào."))
        return redirect("arrivals")
    return _read(request, [one.pk for one in made])


def _read(request: HttpRequest, keys: list[int]) -> HttpResponse:
    label = ngettext("Đọc %(count)d văn bản đến", "Đọc %(count)d văn bản đến", len(keys)) % {"count": len(keys)}
    return redirect("job", pk=ask("documents.read", request.user, label, arrivals=keys).pk)


@require_POST
def read_again(request: HttpRequest) -> HttpResponse:
    """Have the files read whose reading was stopped."""
    clerk_only(request)
    keys = list(
        Arrival.objects.seen_by(request.user)
        .filter(state=ArrivalState.WAITING)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    return _read(request, keys) if keys else redirect("arrivals")


@require_POST
def paper(request: HttpRequest) -> HttpResponse:
    clerk_only(request)
    return redirect("arrival", pk=on_paper(request.user).pk)


def one(request: HttpRequest, pk: int) -> HttpResponse:
    """The form; a POST registers and goes on to the next that waits."""
    clerk_only(request)
    arrival = get_object_or_404(Arrival.objects.seen_by(request.user).select_related("document__issuer"), pk=pk)
    if arrival.state == ArrivalState.REGISTERED:
        return redirect("document", reference=arrival.document.reference)
    if arrival.state != ArrivalState.READ:
        return redirect("arrivals")
    form = RegisterForm(arrival, request.POST or None)
    same = []
    if request.method == "POST" and form.is_valid():
        same = alike(arrival, form.cleaned_data)
        if not same or request.POST.get("same"):
            done = _registered(request, arrival, form)
            if done:
                return done
    return render(request, "desk/arrival.html", _context(arrival, form, same))


def _registered(request: HttpRequest, arrival: Arrival, form: RegisterForm) -> HttpResponse | None:
    found = arrival.found.get("citations", [])
    cited = {
        n: request.POST.get(f"kind-{n}", one["kind"]) for n, one in enumerate(found) if request.POST.get(f"cited-{n}")
    }
    given = [n for n in range(len(arrival.found.get("tasks", []))) if request.POST.get(f"task-{n}")]
    try:
        document = register(arrival, form.cleaned_data, request.user, cited, given)
    except ValidationError as error:
        for message in error.messages:
            form.add_error(None, message)
        return None
    messages.success(
        request,
        _("Đã vào sổ: số đến %(number)s, %(document)s.") % {"number": document.arrival_number, "document": document},
    )
    following = Arrival.objects.seen_by(request.user).filter(state=ArrivalState.READ).order_by("pk").first()
    return redirect("arrival", pk=following.pk) if following else redirect("document", reference=document.reference)


def _context(arrival: Arrival, form: RegisterForm, same: list[Any]) -> dict[str, Any]:
    cited = [
        {"n": n, "found": found, "target": target, "reason": reason}
        for n, (found, target, reason) in enumerate(matched(arrival.found.get("citations", [])))
    ]
    tasks = list(enumerate(arrival.found.get("tasks", [])))
    spans = [(f["start"], f["end"], name, "value") for name, f in arrival.fields.items() if "start" in f]
    spans += [(c["found"]["start"], c["found"]["end"], f"cited-{c['n']}", "cite") for c in cited]
    spans += [(t["start"], t["end"], f"task-{n}", "task") for n, t in tasks]
    return {
        "arrival": arrival,
        "form": form,
        "rows": form.rows(),
        "cited": cited,
        "tasks": tasks,
        "pieces": pieces(arrival.text, spans),
        "same": same,
        "kinds": labels("documents.relation").items(),
        "issuers": Issuer.objects.order_by("name").values_list("name", flat=True).distinct()[:500],
        "waiting": Arrival.objects.filter(body_id=arrival.body_id, state=ArrivalState.READ).count(),
    }


@require_POST
def dropped(request: HttpRequest, pk: int) -> HttpResponse:
    clerk_only(request)
    arrival = get_object_or_404(Arrival.objects.seen_by(request.user), pk=pk)
    try:
        drop(arrival)
        messages.success(request, _("Đã bỏ “%(name)s”; không có gì được vào sổ.") % {"name": arrival})
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("arrivals")


def waiting_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file that waits, for the clerk who checks it."""
    clerk_only(request)
    found = get_object_or_404(
        Arrival.objects.seen_by(request.user).filter(state=ArrivalState.READ).exclude(sha256=""), pk=pk
    )
    return download(found.waiting_path, found.name)
