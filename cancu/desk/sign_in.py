"""Who comes in, and by which steps: what allauth asks the house while it signs people in (docs/decisions/0022).

Its steps are its own: password → code of the second step, or the province's provider → code. Ours are the words, the one
count of failures (axes, in the database), who is known, and who must have a second step. Nobody signs up here.
"""

from __future__ import annotations

import base64
import hashlib
import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base.constants import AuthError
from axes.handlers.proxy import AxesProxyHandler
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cancu.core.people import Role, User
from cancu.core.scope import scope_of

log = logging.getLogger(__name__)

#: What is said after a step; other messages of allauth are not shown.
SAID = {
    "mfa/messages/totp_activated.txt": gettext_lazy("Đã bật xác thực hai lớp. Hãy cất các mã dự phòng dưới đây."),
    "mfa/messages/totp_deactivated.txt": gettext_lazy("Đã tắt xác thực hai lớp."),
}
WRONG_CODE = gettext_lazy("Mã không đúng hoặc đã hết hạn. Hãy gõ mã đang hiện trên điện thoại.")
TOO_OFTEN = gettext_lazy("Sai quá nhiều lần. Hãy chờ 15 phút rồi thử lại.")
#: Pages open to who must set up a second step and has not.
BEFORE_SECOND_STEP = frozenset({"mfa_activate_totp", "account_reauthenticate", "logout"})


class Accounts(DefaultAccountAdapter):
    """Passwords. The stock words are English and allauth has no Vietnamese ones, so those that can be met are said here."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "incorrect_password": gettext_lazy("Mật khẩu không đúng."),
        "username_password_mismatch": gettext_lazy("Tên đăng nhập hoặc mật khẩu không đúng."),
        "too_many_login_attempts": TOO_OFTEN,
        "rate_limited": TOO_OFTEN,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Nothing: axes counts wrong passwords, by name and machine, so that a stranger elsewhere locks nobody out."""

    def is_ajax(self, request: HttpRequest) -> bool:
        return False  # pages only

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The password alone: the code proves nothing about who sits at a desk where the telephone lies too."""
        known = user.is_authenticated and user.has_usable_password()
        return (
            [{"id": "reauthenticate", "description": _("Mật khẩu"), "url": reverse("account_reauthenticate")}]
            if known
            else []
        )

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *_args: Any, **_given: Any
    ) -> None:
        if message_template in SAID:
            messages.add_message(request, level, SAID[message_template])


class Codes(DefaultMFAAdapter):
    """The second step. Its secrets lie encrypted in the database, so that a copy of the database makes no codes."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": gettext_lazy("Vai trò của bạn bắt buộc xác thực hai lớp nên không tắt được."),
        "cannot_generate_recovery_codes": gettext_lazy("Hãy bật xác thực hai lớp trước."),
    }

    def get_totp_label(self, user: User) -> str:
        return user.get_username()

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Raises ValidationError when the house's secret key was changed without ``SECRET_KEY_FALLBACKS``."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            raise ValidationError(
                _("Khóa của máy chủ đã đổi nên mã cũ không còn dùng được. Hãy nhờ người quản trị gỡ xác thực hai lớp.")
            ) from None

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not must_have_second_step(authenticator.user)


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"cancu.second-step:{key}".encode()).digest())) for key in keys]
    )


class CodeForm(AuthenticateForm):
    """The code after the password. A wrong one counts like a wrong password: the same lock, the same line in the audit."""

    def clean_code(self) -> str:
        request, credentials = context.request, {"username": self.user.get_username()}
        if not AxesProxyHandler.is_allowed(request, credentials):
            request.axes_locked_out = True  # the page of the locked is shown instead
            raise ValidationError(TOO_OFTEN)
        try:
            return super().clean_code()
        except ValidationError:
            user_login_failed.send(sender=__name__, credentials=credentials, request=request)
            raise


def machine_of(request: HttpRequest) -> str | None:
    """The address of the machine that asks, behind ``CANCU_PROXIES`` servers of ours: what anybody else writes into
    X-Forwarded-For is not believed. None where there is no machine (a command)."""
    try:
        return get_adapter().get_client_ip(request)
    except PermissionDenied:
        return None


def must_have_second_step(user: User) -> bool:
    """Whether a role that ``user`` holds today is one of ``CANCU_TOTP_ROLES``."""
    return bool(settings.TOTP_ROLES) and not scope_of(user).units_by_role.keys().isdisjoint(settings.TOTP_ROLES)


class SecondStepMiddleware:
    """Who must have a second step and has none sees the page that sets it up, and nothing else."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response
        unknown = set(settings.TOTP_ROLES) - set(Role.values)
        if unknown:
            raise ImproperlyConfigured(
                f"CANCU_TOTP_ROLES: không có vai trò {', '.join(sorted(unknown))}; có {', '.join(Role.values)}"
            )

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *_arguments: Any) -> HttpResponse | None:
        if not settings.TOTP_ROLES or not getattr(view, "login_required", True) or not request.user.is_authenticated:
            return None
        here = request.resolver_match.url_name
        if (
            here in BEFORE_SECOND_STEP
            or is_mfa_enabled(request.user, [Authenticator.Type.TOTP])
            or not must_have_second_step(request.user)
        ):
            return None
        messages.warning(request, _("Vai trò của bạn bắt buộc xác thực hai lớp: hãy bật trước khi làm việc."))
        return redirect("mfa_activate_totp")


class Province(DefaultSocialAccountAdapter):
    """The province's provider. It says who someone is; whether they may come in is read from our register of people at
    each sign-in, so no link between accounts is kept that could grow old."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        claims, told = (sociallogin.account.extra_data.get(part, {}) for part in ("id_token", "userinfo"))
        one_person = bool(claims.get("sub")) and claims["sub"] == told.get("sub")  # OpenID Connect Core 5.3.2
        user = person_told(told) if one_person and sociallogin.state.get("process") == "login" else None
        if user is None:
            named = str(told.get("email") or sociallogin.account.uid)[:150]
            user_login_failed.send(sender=__name__, credentials={"username": named}, request=request)
            raise ImmediateHttpResponse(
                refused(
                    request,
                    _(
                        "Tài khoản %(name)s chưa có trong danh sách người dùng của Sở, hoặc đã khóa. Hãy nhờ người quản trị cấp tài khoản có đúng địa chỉ thư này."
                    )
                    % {"name": named},
                )
            )
        sociallogin.user = user

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        if error == AuthError.CANCELLED:
            words = _("Bạn đã dừng việc đăng nhập.")
        else:
            log.warning("province sign-in failed: %s", type(exception).__name__ if exception else error)
            words = _(
                "Không đăng nhập được qua cổng của tỉnh: lượt đăng nhập đã hết hạn hoặc cổng không trả lời. Hãy thử lại, hoặc dùng mật khẩu."
            )
        raise ImmediateHttpResponse(refused(request, words))


def person_told(claims: dict[str, Any]) -> User | None:
    """The one active person that the provider's words mean; None for nobody or more than one. By e-mail only when the
    provider verified it; by user name only where ``CANCU_OIDC_MATCH`` says that both houses give the same names."""
    people = User.objects.filter(is_active=True)
    if settings.OIDC_MATCH == "username":
        return people.filter(username=claims.get("preferred_username") or "").first()
    if claims.get("email_verified") is not True or not claims.get("email"):
        return None
    found = list(people.filter(email__iexact=claims["email"])[:2])
    return found[0] if len(found) == 1 else None


def refused(request: HttpRequest, words: str) -> HttpResponse:
    """The page that says why a sign-in ended, with the way back."""
    return render(request, "desk/refused.html", {"words": words}, status=403)
