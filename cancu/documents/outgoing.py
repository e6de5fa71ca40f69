"""A document that the department drafts: where it stands and for how long, its number at the end."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cancu.core.calendar import today
from cancu.core.dated import valid_on
from cancu.core.numbering import take
from cancu.core.people import User
from cancu.core.restdays import working_calendar
from cancu.core.scope import scope_of
from cancu.core.units import Unit, department_name
from vanban.workdays import count_workdays

from .issuing import issuer_for
from .models import Direction, Document, Issuer
from .opinions import DRAFTERS
from .prefill import nature_of
from .search import DocumentQuerySet
from .states import DocumentStates

OPEN = ("drafting", "consulting", "appraising", "submitted")
_SYMBOL = re.compile(r"[A-ZĐ][\wĐ&-]*")


@dataclass(frozen=True, slots=True)
class Step:
    """One stretch in one state: from its first day to its last (None: still), and the working days after the first."""

    label: str
    since: dt.date
    until: dt.date | None
    days: int


@transaction.atomic
def begin(user: User, unit: Unit, **values: Any) -> Document:
    """A draft of the department's own, kept by ``unit``. ``values``: type, title, signer, signer_position, recipients,
    due_on. Raises PermissionDenied for who does not work there, ValidationError."""
    if not scope_of(user).holds(DRAFTERS, unit.pk):
        raise PermissionDenied(_("Chỉ người của đơn vị soạn thảo được lập dự thảo."))
    name = department_name()
    made = Document(
        state=DocumentStates.drafting.key,
        direction=Direction.OUTGOING,
        owner_unit=unit,
        entered_by=user,
        issuer=issuer_for(name, today(), own_symbol()),
        nature=nature_of("", values.get("type", "")),
        **values,
    )
    with pghistory.context(user=user.pk, action="draft"):
        made.full_clean(exclude=["sought"])
        made.save()
    return made


def own_symbol() -> str:
    """The letters of the department in its numbers, as it is known among issuers: SKHCN."""
    found = Issuer.objects.filter(valid_on(today()), name=department_name()).first()
    return found.symbol if found else ""


def drafts(user: User) -> DocumentQuerySet:
    """Văn bản Sở đang soạn mà người này được xem."""
    return (
        Document.objects.seen_by(user)
        .filter(state__in=OPEN)
        .exclude(direction=Direction.INCOMING)
        .select_related("issuer", "owner_unit")
        .order_by("pk")
    )


def held(document: Document) -> list[Step]:
    """Where the document lay and for how long, from its history, on the working calendar."""
    return held_all([document])[document.pk]


def held_all(documents: Iterable[Document]) -> dict[int, list[Step]]:
    """The same of many documents, in one query."""
    turns: dict[int, list[tuple[str, dt.date]]] = {one.pk: [] for one in documents}
    history = Document.history.rel.related_model.objects.filter(pgh_obj_id__in=turns)
    for pk, state, at in history.order_by("pgh_id").values_list("pgh_obj_id", "state", "pgh_created_at"):
        if not turns[pk] or turns[pk][-1][0] != state:
            turns[pk].append((state, timezone.localtime(at).date()))
    return {pk: _steps(found) for pk, found in turns.items()}


def _steps(turns: list[tuple[str, dt.date]]) -> list[Step]:
    calendar, ends = working_calendar(), [day for _state, day in turns[1:]]
    return [
        Step(
            str(DocumentStates.all[state].label),
            since,
            until,
            count_workdays(since, until or max(since, today()), calendar),
        )
        for (state, since), until in zip(turns, [*ends, None], strict=False)
    ]


@transaction.atomic
def issue(document: Document, symbol: str, day: dt.date, user: User) -> None:
    """Give the next number of the series ``symbol`` and the day, and issue: all or nothing, so no number is lost.
    Raises ValidationError or PermissionDenied as the move does."""
    if not _SYMBOL.fullmatch(symbol):
        raise ValidationError(
            {"symbol": _("Ký hiệu viết như “BC-SKHCN”, “SKHCN-QLCN”: chữ hoa, nối bằng dấu gạch, không có dấu cách.")}
        )
    if day > today():
        raise ValidationError({"issued_on": _("Ngày ban hành không thể ở sau hôm nay.")})
    number = take(symbol, day, user, f"{document.get_type_display()} {document.title}")
    said = f"{number:02d}/{symbol}"
    if Document.objects.filter(issuer=document.issuer, canonical=said, issued_on__year=day.year).exists():
        raise ValidationError(
            _("Số %(number)s đã có trong sổ của năm; dãy số này chưa theo kịp sổ. Hãy báo văn thư kiểm tra dãy số."),
            params={"number": said},
        )
    DocumentStates.move(document, "issue", user, number=said, issued_on=day, direction=Direction.OUTGOING)
    document.clean()
