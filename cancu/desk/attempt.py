"""A step asked for by a page: done, and the page says so; or refused, and the page says why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from cancu.core.refusal import REFUSALS, reasons

#: Reasons told at once; a report may refuse for a hundred.
TOLD = 4


def attempt(request: HttpRequest, step: Callable[[], Any], done: str = "") -> bool:
    """Do ``step`` and say ``done``, or what the step returned where ``done`` is empty; or say why not. Whether it was done."""
    try:
        said = step()
    except REFUSALS as error:
        found = reasons(error)
        more = _(" … và %(n)d điều nữa.") % {"n": len(found) - TOLD} if len(found) > TOLD else ""
        messages.error(request, " ".join(found[:TOLD]) + more)
        return False
    messages.success(request, done or said)
    return True
