"""Pages of the administrator, the audit of use, and everybody's own account."""

from __future__ import annotations

import datetime as dt
from typing import Any

from axes.models import AccessAttempt, AccessLog
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from cancu.core.models import Membership, Reading, User
from cancu.core.people import Role
from cancu.core.scope import scope_of
from cancu.desk.administration import KEPT, Kept, form_of, new_password, require_administrator, written

AUDITORS = frozenset({Role.DIRECTOR, Role.ADMINISTRATOR})
SHOWN = 100


def kept_or_404(slug: str) -> Kept:
    if slug not in KEPT:
        raise Http404
    return KEPT[slug]


def table(request: HttpRequest, slug: str = "nguoi-dung") -> HttpResponse:
    require_administrator(request.user)
    kept = kept_or_404(slug)
    words = request.GET.get("q", "")
    return render(request, "desk/administration.html", {"kept": kept, "tables": KEPT.values(), "rows": kept.rows(words), "words": words, "columns": [kept.model._meta.get_field(n) for n in kept.columns]})


def row(request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """A new row, or one to change, with what was changed before."""
    require_administrator(request.user)
    kept = kept_or_404(slug)
    instance = get_object_or_404(kept.model, pk=pk) if pk else None
    form = form_of(kept)(request.POST or None, instance=instance)
    if request.method == "POST" and form.is_valid():
        made, password = written(form, request.user, request.POST.get("reason", ""))
        if password:
            messages.success(request, _("Mật khẩu lần đầu của %(user)s: %(password)s. Mật khẩu chỉ hiện một lần; người dùng tự đổi ở trang Tài khoản.") % {"user": made, "password": password})
        messages.success(request, _("Đã ghi."))
        return redirect("administration", slug=slug)
    history = instance.history.order_by("-pgh_id").select_related("pgh_context")[:20] if instance is not None and hasattr(instance, "history") else []
    people = {u.pk: str(u) for u in User.objects.filter(pk__in={e.pgh_context.metadata.get("user") for e in history if e.pgh_context} - {None})}
    told = [{"at": e.pgh_created_at, "label": e.pgh_label, "who": people.get(e.pgh_context.metadata.get("user"), "") if e.pgh_context else "", "reason": e.pgh_context.metadata.get("reason", "") if e.pgh_context else ""} for e in history]
    return render(request, "desk/administration_row.html", {"kept": kept, "tables": KEPT.values(), "form": form, "row": instance, "history": told}, status=422 if form.errors else 200)


@require_POST
def reset_password(request: HttpRequest, pk: int) -> HttpResponse:
    require_administrator(request.user)
    user = get_object_or_404(User, pk=pk)
    password = new_password(user)
    user.save(update_fields=["password"])
    messages.success(request, _("Mật khẩu mới của %(user)s: %(password)s. Mật khẩu chỉ hiện một lần.") % {"user": user, "password": password})
    return redirect("administration-row", slug="nguoi-dung", pk=pk)


def audit(request: HttpRequest) -> HttpResponse:
    """Who read personal data, who signed in or failed to, who was given which role; for the director and the administrator."""
    if AUDITORS.isdisjoint(scope_of(request.user).units_by_role):
        raise PermissionDenied(_("Nhật ký sử dụng dành cho Giám đốc và người quản trị hệ thống."))
    who, day, before = request.GET.get("nguoi", "").strip(), _day(request.GET.get("ngay", "")), request.GET.get("truoc", "")
    readings = Reading.objects.select_related("reader").order_by("-pk")
    signed, failed = AccessLog.objects.order_by("-pk"), AccessAttempt.objects.order_by("-pk")
    grants = Membership.history.rel.related_model.objects.select_related("pgh_context").order_by("-pgh_id") if hasattr(Membership, "history") else []
    if who:
        readings, signed, failed = readings.filter(reader__username=who), signed.filter(username=who), failed.filter(username=who)
        grants = grants.filter(user__username=who)
    if day:
        readings, signed, failed, grants = readings.filter(at__date=day), signed.filter(attempt_time__date=day), failed.filter(attempt_time__date=day), grants.filter(pgh_created_at__date=day)
    if before.isdigit():
        readings = readings.filter(pk__lt=int(before))
    shown = list(readings[: SHOWN + 1])
    context: dict[str, Any] = {"who": who, "day": request.GET.get("ngay", ""), "readings": shown[:SHOWN], "next": shown[SHOWN - 1].pk if len(shown) > SHOWN else "", "signed": signed[:SHOWN], "failed": failed[:SHOWN],
                               "grants": _grants(list(grants[:SHOWN]))}
    return render(request, "desk/audit.html", context)


def _day(words: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(words)
    except ValueError:
        return None


def _grants(events: list[Any]) -> list[dict[str, Any]]:
    """Rows of the history of roles, people by name."""
    people = {u.pk: str(u) for u in User.objects.filter(pk__in={e.user_id for e in events} | {e.pgh_context.metadata.get("user") for e in events if e.pgh_context} - {None})}
    roles = dict(Role.choices)
    return [{"at": e.pgh_created_at, "label": e.pgh_label, "user": people.get(e.user_id, ""), "role": roles.get(e.role, e.role), "from": e.valid_from, "until": e.valid_until,
             "by": people.get(e.pgh_context.metadata.get("user"), "") if e.pgh_context else ""} for e in events]


@sensitive_post_parameters()
def account(request: HttpRequest) -> HttpResponse:
    """One's name, roles with their days, and one's password."""
    form = PasswordChangeForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        update_session_auth_hash(request, form.save())
        messages.success(request, _("Đã đổi mật khẩu."))
        return redirect("account")
    roles = Membership.objects.filter(user=request.user).select_related("unit").order_by("-valid_from")
    return render(request, "desk/account.html", {"form": form, "roles": roles, "is_auditor": not AUDITORS.isdisjoint(scope_of(request.user).units_by_role), "is_administrator": Role.ADMINISTRATOR in scope_of(request.user).units_by_role}, status=422 if form.errors else 200)
