"""The calendar of rest days: the year's days with their documents, a form for what is newly announced, what it moved."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms
from django.apps import apps
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cancu.core.calendar import today
from cancu.core.people import User
from cancu.core.restdays import (
    DayKind,
    MovedDeadline,
    RestDay,
    announce,
    may_keep,
    withdraw,
    working_calendar,
)
from cancu.desk.asked import number_asked
from cancu.desk.forms import DayField
from cancu.documents.models import Document

LONGEST = 31
_NUMBER = re.compile(r"\bsố\s+(?P<number>[^\s,;]+)")
_ONE_DAY = dt.timedelta(days=1)


class DayForm(forms.Form):
    """What the Government announces: a stretch of rest days, a rest day swapped with a worked Saturday, or the latter."""

    name = forms.CharField(label=gettext_lazy("Tên"), max_length=150)
    kind = forms.ChoiceField(label=gettext_lazy("Loại"), choices=DayKind.choices)
    date = DayField(label=gettext_lazy("Ngày"))
    until = DayField(
        label=gettext_lazy("Đến hết ngày"), required=False, help_text=gettext_lazy("Để trống nếu chỉ một ngày.")
    )
    swapped_with = DayField(
        label=gettext_lazy("Hoán đổi với ngày"),
        required=False,
        help_text=gettext_lazy("Ngày kia của cặp hoán đổi, cũng được ghi vào lịch."),
    )
    document = forms.CharField(
        label=gettext_lazy("Văn bản"),
        max_length=300,
        help_text=gettext_lazy("Ví dụ: Công văn số 12729/VPCP-KGVX ngày 25/12/2025 của Văn phòng Chính phủ."),
    )
    verified = forms.BooleanField(label=gettext_lazy("Đã đối chiếu với bản gốc"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last, other = given.get("date"), given.get("until"), given.get("swapped_with")
        if first and last and not first <= last <= first + LONGEST * _ONE_DAY:
            self.add_error("until", _("Ngày cuối phải từ ngày đầu trở đi, trong %(n)d ngày.") % {"n": LONGEST})
        if last and other:
            self.add_error("swapped_with", _("Một lần chỉ hoán đổi một ngày; hãy ghi từng cặp."))
        return given

    def days(self) -> list[RestDay]:
        """The rows to write: Saturdays and Sundays inside a stretch are rest days already."""
        given = self.cleaned_data
        shared = {"name": given["name"], "document": given["document"], "verified": given["verified"]}
        first, other = given["date"], given["swapped_with"]
        stretch = [first + n * _ONE_DAY for n in range(((given["until"] or first) - first).days + 1)]
        made = [
            RestDay(date=day, kind=given["kind"], swapped_with=other, **shared)
            for day in stretch
            if len(stretch) == 1 or day.weekday() < 5
        ]
        if other:
            worked = given["kind"] == DayKind.REST
            made.append(
                RestDay(date=other, kind=DayKind.WORKED if worked else DayKind.REST, swapped_with=first, **shared)
            )
        return made


def page(request: HttpRequest) -> HttpResponse:
    """The days of one year; a POST by whoever keeps the calendar writes newly announced days."""
    keeps = may_keep(request.user)
    if request.method == "POST" and not keeps:
        raise PermissionDenied(_("Chỉ văn thư và lãnh đạo Sở được ghi lịch ngày nghỉ."))
    form = DayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = _announced(request, form)
        if done:
            return done
    calendar = working_calendar()
    years = range(calendar.valid_from.year, calendar.valid_until.year + 1)
    asked = number_asked(request.GET.get("nam"))
    year = asked if asked in years else min(max(today().year, years[0]), years[-1])
    rows = {row.date: row for row in RestDay.objects.filter(date__year=year, withdrawn_at=None)}
    days = [
        {"day": special, "row": rows.get(day)} for day, special in sorted(calendar.days.items()) if day.year == year
    ]
    changed = (
        RestDay.objects.filter(entered_by__isnull=False)
        .select_related("entered_by")
        .order_by("-entered_at", "-pk")[:10]
    )
    context = {
        "form": form,
        "keeps": keeps,
        "year": year,
        "years": years,
        "days": days,
        "changed": changed,
        "documents": _documents([d["day"].document for d in days], request.user),
        "withdrawn": RestDay.objects.filter(date__year=year, withdrawn_at__isnull=False),
    }
    return render(request, "desk/restdays.html", context)


def _announced(request: HttpRequest, form: DayForm) -> HttpResponse | None:
    try:
        days = form.days()
        if not days:
            raise ValidationError({"date": _("Khoảng này chỉ có ngày nghỉ hằng tuần.")})
        moved = announce(request.user, days)
    except ValidationError as error:
        form.add_error(
            None,
            [message for messages_ in error.message_dict.values() for message in messages_]
            if hasattr(error, "error_dict")
            else error,
        )
        return None
    messages.success(
        request,
        _("Đã ghi %(days)d ngày vào lịch; %(moved)d thời hạn đổi theo.") % {"days": len(days), "moved": len(moved)},
    )
    return redirect("rest-day", pk=days[0].pk)


def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One day of the register: its document, its history, and exactly which deadlines it moved, from and to."""
    day = get_object_or_404(RestDay.objects.select_related("entered_by"), pk=pk)
    moved, hidden = _seen(list(day.moved.all()), request.user)
    context = {
        "day": day,
        "moved": moved,
        "hidden": hidden,
        "keeps": may_keep(request.user),
        "history": day.history.order_by("-pgh_id").select_related("pgh_context")[:20],
    }
    return render(request, "desk/restday.html", context)


@require_POST
def taken_back(request: HttpRequest, pk: int) -> HttpResponse:
    day = get_object_or_404(RestDay, pk=pk)
    try:
        moved = withdraw(request.user, day, request.POST.get("document", ""))
        messages.success(request, _("Đã rút ngày này khỏi lịch; %(moved)d thời hạn đổi theo.") % {"moved": len(moved)})
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("rest-day", pk=pk)


def _seen(moved: list[MovedDeadline], user: User) -> tuple[list[dict[str, Any]], int]:
    """The moved deadlines with their records, as far as ``user`` may see them, and how many are left out."""
    keys: dict[str, set[int]] = {}
    for one in moved:
        keys.setdefault(one.table, set()).add(one.record)
    rows = {}
    for table, pks in keys.items():
        model = apps.get_model(table)
        rows.update(
            {
                (table, row.pk): row
                for row in model.objects.seen_by(user)
                .filter(pk__in=pks)
                .select_related("owner_unit", *model.label_related)
            }
        )
    shown = [{"moved": one, "row": rows[one.table, one.record]} for one in moved if (one.table, one.record) in rows]
    return shown, len(moved) - len(shown)


def _documents(grounds: list[str], user: User) -> dict[str, str]:
    """Words of a ground → the reference of the document in the register that they name, where it is there."""
    numbers = {words: match["number"] for words in grounds if (match := _NUMBER.search(words))}
    found = Document.objects.seen_by(user).by_references(set(numbers.values())) if numbers else {}
    return {words: found[number].reference for words, number in numbers.items() if number in found}
