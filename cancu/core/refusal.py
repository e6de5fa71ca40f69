"""Why a step was refused, in words: every rule of the house refuses with one of two errors."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError

#: What a step raises when it may not be done: it left everything as it was.
REFUSALS = (ValidationError, PermissionDenied)


def reasons(error: BaseException) -> list[str]:
    """The sentences of a refusal, one or more; those of a form name no field."""
    return list(getattr(error, "messages", None) or [str(error)])
