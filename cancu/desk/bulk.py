"""One step on many rows of a register: each row is asked as if alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from cancu.core.jobs import Job, job
from cancu.core.line import REGISTERS, Register
from cancu.core.people import User
from cancu.core.refusal import REFUSALS, reasons
from cancu.core.scope import CONFIRM, scope_of
from cancu.core.states import states_of
from cancu.desk.lists import Listing

MOVE = "move:"
#: Rows of one job; how many of them are read at a time; how many refusals are told.
MOST, AT_ONCE, TOLD = 20_000, 200, 200


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
            with transaction.atomic():
                _do(row, act, user, reason)
            done += 1
        except REFUSALS as error:
            refused.append(f"{row}: {' '.join(reasons(error))}")
    return done, refused


@job("desk.bulk")
def done_to_all(job: Job, register: str, query: str, act: str, reason: str) -> str:
    """Do ``act`` to every row of a register that the filters of ``query`` let through and that can take the step, in one
    transaction: stopped halfway, nothing was done. Returns the list; refusals stand in the job."""
    declared, user = REGISTERS[register], job.asked_by
    if act not in bulk_acts(declared, user):
        raise PermissionDenied(_("Bạn không giữ vai trò được làm việc này với các dòng đã chọn."))
    listed = Listing(declared, user, QueryDict(query)).whole()
    keys = list(_that_can(listed, act).order_by("pk").values_list("pk", flat=True)[: MOST + 1])
    if len(keys) > MOST:
        raise ValidationError(_("Hơn %(most)d dòng khớp bộ lọc; hãy lọc hẹp lại.") % {"most": MOST})
    with transaction.atomic():
        done, refused = done_to_each(_each(declared.model, keys, job), act, user, reason)
        job.step(len(keys), len(keys))
    job.words = _("%(n)d hồ sơ") % {"n": done}
    more = [_("… và %(n)d hồ sơ khác không được.") % {"n": len(refused) - TOLD}] if len(refused) > TOLD else []
    job.error = "\n".join([*refused[:TOLD], *more])
    return _list_of(register, query)


def _list_of(register: str, query: str) -> str:
    """The address of the list; without its filters where a job has no room for them."""
    path = reverse("register", args=register.split("."))
    return whole if len(whole := f"{path}?{query}") <= Job._meta.get_field("leads_to").max_length else path


def _that_can(rows: models.QuerySet[Any], act: str) -> models.QuerySet[Any]:
    """The rows that stand where the step begins; the others are passed over in silence."""
    if act in ("confirm", "send-back"):
        return rows.filter(confirmed_at__isnull=act == "confirm")
    move = states_of(rows.model).moves[act.removeprefix(MOVE)]  # type: ignore[union-attr]
    return rows.filter(state__in=[state.key for state in move.sources])


def _each(model: Any, keys: list[int], job: Job) -> Iterator[Any]:
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        rows = model._base_manager.filter(pk__in=some).select_related(*model.label_related).order_by("pk")
        for done, row in enumerate(rows, start):
            job.step(done, len(keys), str(row))
            yield row


def _do(row: Any, act: str, user: User, reason: str) -> None:
    if act == "confirm":
        row.confirm(user)
    elif act == "send-back":
        row.send_back(user, reason)
    else:
        states_of(type(row)).move(row, act.removeprefix(MOVE), user, reason)  # type: ignore[union-attr]
