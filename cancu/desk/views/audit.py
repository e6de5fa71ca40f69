"""What was done with the desk: readings of personal data, sign-ins, roles given and ended. Leaders of the department
see all of it; an administrator sees sign-ins and roles, for neither shows content."""

from __future__ import annotations

from typing import Any

from axes.models import AccessFailureLog, AccessLog
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cancu.core.line import REGISTERS
from cancu.core.people import Membership, Role, User
from cancu.core.reading import Reading
from cancu.core.scope import scope_of
from cancu.desk.asked import number_asked
from cancu.desk.forms import DayField
from cancu.desk.models import SecondStep

ON_A_PAGE = 100
#: kind → its words, table, the field of the moment, of the person's sign-in name
KINDS: dict[str, tuple[Any, Any, str, str]] = {
    "doc": (gettext_lazy("Đọc dữ liệu cá nhân"), Reading, "at", "reader__username"),
    "vao": (gettext_lazy("Đăng nhập"), AccessLog, "attempt_time", "username"),
    "hong": (gettext_lazy("Đăng nhập hỏng"), AccessFailureLog, "attempt_time", "username"),
    "hai-lop": (
        gettext_lazy("Xác thực hai lớp"),
        SecondStep.history.rel.related_model,
        "pgh_created_at",
        "user__username",
    ),
    "vai-tro": (
        gettext_lazy("Cấp, kết thúc vai trò"),
        Membership.history.rel.related_model,
        "pgh_created_at",
        "user__username",
    ),
}
WITHOUT_CONTENT = ("vao", "hong", "hai-lop", "vai-tro")


def kinds_for(user: User) -> list[str]:
    """The kinds of use that the reader may look into; none for who inspects nothing."""
    held = scope_of(user).units_by_role
    if Role.DIRECTOR in held or Role.DEPUTY in held:
        return list(KINDS)
    return list(WITHOUT_CONTENT) if Role.ADMINISTRATOR in held else []


def page(request: HttpRequest) -> HttpResponse:
    """One kind of use, newest first, narrowed by person, days and register; ``sau`` continues after a row."""
    allowed = kinds_for(request.user)
    if not allowed:
        raise PermissionDenied(_("Chỉ lãnh đạo Sở và người quản trị hệ thống được xem nhật ký sử dụng."))
    kind = request.GET.get("loai") or allowed[0]
    if kind not in allowed:
        raise PermissionDenied(_("Loại nhật ký này không thuộc quyền xem của bạn."))
    rows = list(narrowed(kind, request)[: ON_A_PAGE + 1])
    more = request.GET.copy()
    if len(rows) > ON_A_PAGE:
        rows = rows[:ON_A_PAGE]
        more["sau"] = rows[-1].pk
    context = {
        "kind": kind,
        "kinds": [(key, KINDS[key][0]) for key in allowed],
        "more": more.urlencode() if "sau" in more and more["sau"] != request.GET.get("sau") else "",
        "rows": with_actors(rows) if kind in ("hai-lop", "vai-tro") else rows,
        "asked": request.GET,
        "registers": {
            label: r.model._meta.verbose_name for label, r in sorted(REGISTERS.items()) if r.model.personal_fields
        },
    }
    return render(request, "desk/audit.html", context)


def narrowed(kind: str, request: HttpRequest) -> QuerySet:
    """The rows of ``kind`` that the address asks for; a value that means nothing is passed over."""
    _words, table, moment, person = KINDS[kind]
    rows = table.objects.order_by("-pk")
    given = request.GET
    if given.get("nguoi"):
        rows = rows.filter(**{person: given["nguoi"].strip()})
    for name, test in (("tu", "date__gte"), ("den", "date__lte")):
        try:
            day = DayField(required=False).clean(given.get(name, ""))
        except ValidationError:
            day = None
        rows = rows.filter(**{f"{moment}__{test}": day}) if day else rows
    if given.get("so") and kind == "doc":
        rows = rows.filter(table=given["so"])
    if before := number_asked(given.get("sau")):
        rows = rows.filter(pk__lt=before)
    if kind == "doc":
        return rows.select_related("reader")
    shown = {"vai-tro": ("pgh_context", "user", "unit"), "hai-lop": ("pgh_context", "user")}
    return rows.select_related(*shown[kind]) if kind in shown else rows


def with_actors(events: Any) -> list[Any]:
    """The events, each with ``actor``: who did it, as far as a person did. One query."""
    rows = list(events)
    keys = {row.pgh_context.metadata.get("user") for row in rows if row.pgh_context}
    known = User.objects.in_bulk([key for key in keys if key])
    for row in rows:
        row.actor = known.get(row.pgh_context.metadata.get("user")) if row.pgh_context else None
    return rows
