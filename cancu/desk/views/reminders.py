"""What comes near, the log of letters, and the person's own calendar address."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cancu.core.calendar import now, today
from cancu.core.people import User
from cancu.core.reminders import REMINDERS, Notice, near
from cancu.desk import feed
from cancu.desk.digest import address_of
from cancu.desk.models import CalendarFeed
from cancu.desk.navigation import desk_window
from cancu.programme.models import Task

ROWS_SHOWN, LETTERS_SHOWN = 100, 10
#: How far back and ahead a calendar reads.
BEHIND, AHEAD = dt.timedelta(days=30), dt.timedelta(days=400)
EVENTS_A_REMINDER = 300


def page(request: HttpRequest) -> HttpResponse:
    """All that comes near by reminder; the rows of the one chosen (``loai``)."""
    assigned = Task.objects.seen_by(request.user).order_by("-assigned_on").values_list("assigned_on", flat=True).first()
    day = desk_window(request, assigned).end
    found = near(request.user, day)
    asked = request.GET.get("loai", found[0].reminder.code if found else "")
    reminder = REMINDERS.get(asked)
    rows = []
    if reminder is not None:
        seen = reminder.between(day, day + dt.timedelta(days=max(reminder.days))).seen_by(request.user)
        for row in seen.select_related("owner_unit", *reminder.model.label_related).order_by(reminder.date)[
            :ROWS_SHOWN
        ]:
            on = getattr(row, reminder.date)
            rows.append({"row": row, "on": on, "left": (on - day).days})
    context = {
        "near": found,
        "asked": asked,
        "reminder": reminder,
        "rows": rows,
        "day": day,
        "letters": Notice.objects.filter(user=request.user)[:LETTERS_SHOWN],
        "feed": CalendarFeed.objects.filter(user=request.user).first(),
        "address": request.session.pop("calendar_address", ""),
    }
    return render(request, "desk/reminders.html", context)


@require_POST
def address(request: HttpRequest) -> HttpResponse:
    """Make the person's calendar address (the old one ends), or end it."""
    if request.POST.get("bo"):
        feed.revoke(request.user)
        messages.success(request, _("Đã thu hồi địa chỉ lịch; lịch cũ không đọc được nữa."))
    else:
        request.session["calendar_address"] = settings.CANCU_URL.rstrip("/") + reverse(
            "calendar", args=[feed.new_secret(request.user)]
        )
    return redirect(reverse("reminders") + "#lich")


@login_not_required
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar itself: read by programmes that cannot sign in, so the address is the key."""
    user = feed.user_of(secret)
    if user is None:
        raise Http404
    answer = HttpResponse(
        feed.calendar(events(user, today()), _("Hạn việc · Căn Cứ"), now()), content_type="text/calendar; charset=utf-8"
    )
    answer["Cache-Control"] = "private, no-store"
    return answer


def events(user: User, day: dt.date) -> list[feed.Event]:
    """The deadlines that the person may see, from a month ago to a year ahead, nearest first."""
    site = settings.CANCU_URL.rstrip("/")
    found = []
    for code, reminder in REMINDERS.items():
        rows = (
            reminder.between(day - BEHIND, day + AHEAD)
            .seen_by(user)
            .select_related(*reminder.model.label_related)
            .order_by(reminder.date)
        )
        for row in rows[:EVENTS_A_REMINDER]:
            link = address_of(row)
            found.append(
                feed.Event(
                    f"{code}.{row.pk}@cancu",
                    getattr(row, reminder.date),
                    str(row)[:200],
                    reminder.words,
                    site + link if link else "",
                )
            )
    return sorted(found, key=lambda e: (e.on, e.uid))
