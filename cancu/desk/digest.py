"""The daily letter: to each person what has newly come near in their units, once for each step, with a log of it."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cancu.core.calendar import now, today
from cancu.core.jobs import every
from cancu.core.line import register_of
from cancu.core.people import User
from cancu.core.reminders import Due, Notice, Said, due, recipients

_log = logging.getLogger(__name__)


@every("30 6 * * *")
def each_morning() -> None:
    """The worker's turn at half past six."""
    send(today())


def send(day: dt.date) -> list[Notice]:
    """Write and send the letters of ``day``; those sent. Who has no address gets none and reads the page of reminders. Run again on the same day it sends nothing: one letter a
    person and day. A letter that the mail server refuses is not kept, so the
    next run tries again; the others still go."""
    sent = []
    for user, new in unsaid(day):
        notice = _write(user, day, new) if user.email else None
        if notice is None:
            continue
        try:
            EmailMessage(notice.subject, notice.body, settings.DEFAULT_FROM_EMAIL, [notice.address]).send()
        except OSError as error:
            notice.delete()
            _log.warning("%s: %s", notice.address, error)
            continue
        notice.sent_at = now()
        notice.save(update_fields=["sent_at"])
        sent.append(notice)
    return sent


def unsaid(day: dt.date) -> list[tuple[User, list[Due]]]:
    """Each person with what has come near and was never said to them, those without an address too."""
    people, found = recipients(day), due(day)
    persons: dict[int, User] = {}
    theirs: dict[int, dict[tuple[str, int], Due]] = {}
    for one in found:
        for role in one.reminder.told(one.step):
            for user in people.get((role, one.row.owner_unit_id), ()):
                persons[user.pk] = user
                theirs.setdefault(user.pk, {})[one.reminder.code, one.row.pk] = one
    said = set(
        Said.objects.filter(user__in=persons, on__gte=min((d.on for d in found), default=day)).values_list(
            "user_id", "reminder", "record", "on", "step"
        )
    )
    return [
        (persons[pk], new)
        for pk in sorted(persons, key=lambda k: persons[k].username)
        if (new := [d for d in theirs[pk].values() if (pk, d.reminder.code, d.row.pk, d.on, d.step) not in said])
    ]


def _write(user: User, day: dt.date, new: list[Due]) -> Notice | None:
    """The letter with the log of what it says, in one transaction; None where the person already has today's."""
    count = len(new)
    subject = ngettext("Căn Cứ nhắc %(n)d việc ngày %(day)s", "Căn Cứ nhắc %(n)d việc ngày %(day)s", count) % {
        "n": count,
        "day": day.strftime("%d/%m/%Y"),
    }
    body = render_to_string(
        "desk/digest.txt",
        {
            "user": user,
            "day": day,
            "groups": _grouped(new),
            "address": settings.CANCU_URL.rstrip("/") + reverse("reminders"),
        },
    )
    try:
        with transaction.atomic():
            notice = Notice.objects.create(user=user, day=day, address=user.email, subject=subject, body=body)
            Said.objects.bulk_create(
                Said(notice=notice, user=user, reminder=d.reminder.code, record=d.row.pk, on=d.on, step=d.step)
                for d in new
            )
    except IntegrityError:
        return None
    return notice


def _grouped(new: Iterable[Due]) -> list[tuple[str, list[tuple[str, str, str]]]]:
    groups: dict[str, list[tuple[str, str, str]]] = {}
    for one in new:
        groups.setdefault(one.reminder.words, []).append(
            (said_left(one.left, one.on), str(one.row), settings.CANCU_URL.rstrip("/") + address_of(one.row))
        )
    return list(groups.items())


def said_left(left: int, on: dt.date) -> str:
    """“còn 7 ngày (22/11/2024)”, “hôm nay”, “quá 2 ngày”."""
    day = on.strftime("%d/%m/%Y")
    if left == 0:
        return _("hôm nay (%(day)s)") % {"day": day}
    if left < 0:
        return _("quá %(n)d ngày (%(day)s)") % {"n": -left, "day": day}
    return _("còn %(n)d ngày (%(day)s)") % {"n": left, "day": day}


def address_of(row: object) -> str:
    """The page of a record; empty where its table has no register."""
    register = register_of(type(row))
    return reverse("record", args=[register.folder, type(row)._meta.model_name, row.pk]) if register else ""  # type: ignore[attr-defined]
