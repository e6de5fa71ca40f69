"""Deadlines as a calendar that phones and mail programmes subscribe to (RFC 5545).

One address a person, with a secret of 256 bits in it; only its SHA-256 is kept, so it is shown once, when it is made.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cancu.core.people import User

from .models import CalendarFeed

LINE = 75  # octets, RFC 5545 §3.1


@dataclass(frozen=True)
class Event:
    """A whole day in the calendar. ``uid`` stays the same as long as it is the same record's deadline."""

    uid: str
    on: dt.date
    title: str
    words: str = ""
    address: str = ""


def new_secret(user: User) -> str:
    """A new secret for the person's address; the one before no longer opens anything."""
    secret = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(user=user, defaults={"secret": _digest(secret)})
    return secret


def revoke(user: User) -> None:
    """No address opens the person's calendar any more."""
    CalendarFeed.objects.filter(user=user).delete()


def user_of(secret: str) -> User | None:
    """Whose calendar a secret opens; only of people who may still sign in."""
    feed = CalendarFeed.objects.filter(secret=_digest(secret), user__is_active=True).select_related("user").first()
    return feed.user if feed else None


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def calendar(events: Iterable[Event], name: str, made: dt.datetime) -> bytes:
    """The events as an iCalendar object. ``made`` stamps every event, with its zone."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Can Cu//Lich han//VI",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    for event in events:
        lines += _event(event, made.astimezone(dt.UTC))
    return "".join(f"{folded}\r\n" for line in [*lines, "END:VCALENDAR"] for folded in _fold(line)).encode()


def _event(event: Event, made: dt.datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(event.uid)}"
    yield f"DTSTAMP:{made:%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.on + dt.timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(event.title)}"
    if event.words:
        yield f"DESCRIPTION:{_text(event.words)}"
    if event.address:
        yield f"URL:{event.address}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(words: str) -> str:
    """Escaped as RFC 5545 §3.3.11 asks; control characters, which no calendar may carry, are dropped."""
    kept = "".join(c for c in words.replace("\r\n", "\n") if c >= " " or c == "\n")
    return kept.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _fold(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets, never inside a letter; each piece but the first begins with a space."""
    piece, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > LINE:
            yield piece
            piece, size = " ", 1
        piece, size = piece + letter, size + octets
    yield piece
