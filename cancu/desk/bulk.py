"""One step on many rows of a register: each row is asked as if alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from cancu.core.line import Register
from cancu.core.people import User
from cancu.core.refusal import REFUSALS, reasons
from cancu.core.scope import CONFIRM, scope_of
from cancu.core.states import states_of

MOVE = "move:"


def bulk_acts(register: type[Register], user: User) -> dict[str, str]:
    """The steps that ``user`` may take on many rows at once, by key: confirm, send back, and the moves of its states."""
    roles = set(scope_of(user).units_by_role)
    found = {} if CONFIRM.isdisjoint(roles) else {"confirm": _("Xác nhận"), "send-back": _("Trả lại để sửa")}
    states = states_of(register.model)
    moves = states.moves.values() if states else ()
    return found | {f"{MOVE}{move.key}": str(move.label) for move in moves if not roles.isdisjoint(move.by)}


def done_to_each(rows: Iterable[Any], act: str, user: User, reason: str) -> tuple[int, list[str]]:
    """Do ``act``, one of ``bulk_acts``, to every row: (how many were done, each refused one with why). A refused row stays
    as it was and stops no other."""
    done, refused = 0, []
    for row in rows:
        try:
            _do(row, act, user, reason)
            done += 1
        except REFUSALS as error:
            refused.append(f"{row}: {' '.join(reasons(error))}")
    return done, refused


def _do(row: Any, act: str, user: User, reason: str) -> None:
    if act == "confirm":
        row.confirm(user)
    elif act == "send-back":
        row.send_back(user, reason)
    else:
        states_of(type(row)).move(row, act.removeprefix(MOVE), user, reason)  # type: ignore[union-attr]
