"""Sending one message to another agency's address, and knowing who brings one to ours: a secret shared with each."""

from __future__ import annotations

import hmac
import json
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.utils.translation import gettext as _

SECONDS = 60
_LONGEST_ANSWER = 4000


class Unsent(OSError):  # noqa: N818
    """The other side did not take the message; the words say why."""


class _NoRedirect(HTTPRedirectHandler):
    """An address that sends us elsewhere is wrong: the secret goes nowhere but where it was meant."""

    def redirect_request(self, *_given: Any) -> None:
        return None


def post(address: str, token: str, data: bytes) -> None:
    """Send a message. Raises Unsent: no answer, or a refusal in the other side's words."""
    if not address.startswith(("https://", "http://")):
        raise Unsent(_("Địa chỉ “%(address)s” phải bắt đầu bằng https:// hoặc http://.") % {"address": address})
    request = Request(  # noqa: S310
        address,
        data,
        {"Authorization": f"Bearer {token}", "Content-Type": "application/xml; charset=utf-8"},
        method="POST",
    )
    try:
        with build_opener(_NoRedirect).open(request, timeout=SECONDS) as answer:
            answer.read(_LONGEST_ANSWER)
    except HTTPError as error:
        raise Unsent(_("Nơi nhận từ chối (%(code)d): %(why)s") % {"code": error.code, "why": _said(error)}) from error
    except (OSError, HTTPException, ValueError) as error:
        raise Unsent(_("Không nối được tới %(address)s: %(why)s") % {"address": address, "why": error}) from error


def _said(error: HTTPError) -> str:
    try:
        return str(json.loads(error.read(_LONGEST_ANSWER))["error"])
    except (OSError, HTTPException, ValueError, KeyError, TypeError):
        return str(error.reason)


def bearer(header: str) -> str:
    """The agency whose secret ``Authorization`` brings; empty for nobody's. Every secret is compared, in constant time."""
    organs = [
        organ
        for organ, token in settings.PEER_TOKENS.items()
        if token and hmac.compare_digest(header.encode(), f"Bearer {token}".encode())
    ]
    return organs[0] if organs else ""
