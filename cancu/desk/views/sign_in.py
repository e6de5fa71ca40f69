"""The doors: password, the province's provider, and back from it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.views import LoginView
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from requests import RequestException

from cancu.desk.sign_in import log, refused


def province() -> str:
    """What the province's provider calls itself; empty when none is set up."""
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    return str(apps[0]["name"]) if apps else ""


class SignIn(LoginView):
    """The page of user name and password; the button of the province where there is one."""

    template_name = "desk/login.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"province": province()}


def reached(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A provider that does not answer, or not as OpenID Connect says, is a refusal and no error of ours."""

    @wraps(view)
    def asked(request: HttpRequest, provider_id: str) -> HttpResponse:
        try:
            return view(request, provider_id)
        except (RequestException, KeyError, ValueError) as error:
            log.warning("the province's provider does not answer as it should: %s", type(error).__name__)
            return refused(request, _("Cổng đăng nhập của tỉnh không trả lời. Hãy thử lại sau, hoặc dùng mật khẩu."))

    return asked


begin = require_POST(reached(openid_connect.login))  # by a button of ours, never by a link that others send
back = reached(openid_connect.callback)
