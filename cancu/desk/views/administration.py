"""Pages of the administrator, and everybody's own account."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from cancu.core.models import Membership, User
from cancu.core.people import Role
from cancu.core.scope import scope_of
from cancu.desk.administration import (
    KEPT,
    Kept,
    allowed,
    form_of,
    new_password,
    require_administrator,
    written,
)
from cancu.desk.sign_in import must_have_second_step
from cancu.desk.views.audit import kinds_for


def kept_or_404(slug: str) -> Kept:
    if slug not in KEPT:
        raise Http404
    return KEPT[slug]


def table(request: HttpRequest, slug: str = "nguoi-dung") -> HttpResponse:
    require_administrator(request.user)
    kept = kept_or_404(slug)
    words = request.GET.get("q", "")
    return render(
        request,
        "desk/administration.html",
        {
            "kept": kept,
            "tables": KEPT.values(),
            "rows": kept.rows(words),
            "words": words,
            "columns": [kept.model._meta.get_field(n) for n in kept.columns],
        },
    )


def row(request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """A new row, or one to change, with what was changed before."""
    require_administrator(request.user)
    kept = kept_or_404(slug)
    instance = get_object_or_404(kept.model, pk=pk) if pk else None
    form = form_of(kept)(request.POST or None, instance=instance)
    if request.method == "POST" and form.is_valid() and allowed(form, request.user):
        made, password = written(form, request.user, request.POST.get("reason", ""))
        if password:
            messages.success(
                request,
                _(
                    "Mật khẩu lần đầu của %(user)s: %(password)s. Mật khẩu chỉ hiện một lần; người dùng tự đổi ở trang Tài khoản."
                )
                % {"user": made, "password": password},
            )
        messages.success(request, _("Đã ghi."))
        return redirect("administration", slug=slug)
    second_step = isinstance(instance, User) and is_mfa_enabled(instance)
    context = {
        "kept": kept,
        "tables": KEPT.values(),
        "form": form,
        "row": instance,
        "second_step": second_step,
        "history": _history(instance),
    }
    return render(request, "desk/administration_row.html", context, status=422 if form.errors else 200)


def _history(instance: Any) -> list[dict[str, Any]]:
    """The newest changes of a row: when, what, who, why."""
    if instance is None or not hasattr(instance, "history"):
        return []
    events = [
        (event, event.pgh_context.metadata if event.pgh_context else {})
        for event in instance.history.order_by("-pgh_id").select_related("pgh_context")[:20]
    ]
    people = User.objects.in_bulk({why.get("user") for _event, why in events} - {None})
    return [
        {
            "at": event.pgh_created_at,
            "label": event.pgh_label,
            "who": str(people.get(why.get("user"), "")),
            "reason": why.get("reason", ""),
        }
        for event, why in events
    ]


@require_POST
def reset_password(request: HttpRequest, pk: int) -> HttpResponse:
    require_administrator(request.user)
    user = get_object_or_404(User, pk=pk)
    password = new_password(user)
    user.save(update_fields=["password"])
    messages.success(
        request,
        _("Mật khẩu mới của %(user)s: %(password)s. Mật khẩu chỉ hiện một lần.") % {"user": user, "password": password},
    )
    return redirect("administration-row", slug="nguoi-dung", pk=pk)


@require_POST
def remove_second_step(request: HttpRequest, pk: int) -> HttpResponse:
    """For who lost the telephone and the spare codes. Nobody removes their own here: that takes their password."""
    require_administrator(request.user)
    user = get_object_or_404(User, pk=pk)
    if user == request.user:
        messages.error(request, _("Hãy tắt xác thực hai lớp của mình ở trang Tài khoản."))
    elif Authenticator.objects.filter(user=user).delete()[0]:
        messages.success(
            request,
            _("Đã gỡ xác thực hai lớp của %(user)s; người ấy đăng nhập bằng mật khẩu rồi bật lại.") % {"user": user},
        )
    else:
        messages.error(request, _("%(user)s chưa bật xác thực hai lớp.") % {"user": user})
    return redirect("administration-row", slug="nguoi-dung", pk=pk)


@sensitive_post_parameters()
def account(request: HttpRequest) -> HttpResponse:
    """One's name, roles with their days, one's password and second step."""
    form = PasswordChangeForm(request.user, request.POST or None)
    form.fields["old_password"].widget.attrs.pop("autofocus", None)  # most who come here change no password
    if request.method == "POST" and form.is_valid():
        update_session_auth_hash(request, form.save())
        messages.success(request, _("Đã đổi mật khẩu."))
        return redirect("account")
    roles = Membership.objects.filter(user=request.user).select_related("unit").order_by("-valid_from")
    second_step = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP).first()
    return render(
        request,
        "desk/account.html",
        {
            "form": form,
            "second_step": second_step,
            "second_step_is_duty": must_have_second_step(request.user),
            "roles": roles,
            "is_auditor": bool(kinds_for(request.user)),
            "is_administrator": Role.ADMINISTRATOR in scope_of(request.user).units_by_role,
        },
        status=422 if form.errors else 200,
    )
