"""Who changed what in a section: its versions from the history, and the words that differ between two of them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from cancu.core.people import User

from .body import restate
from .models import Section

KEPT = 60
_WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Version:
    """One saved text of a section. ``changes``: (kind, words) against the version before; kind is same, added or gone."""

    number: int
    at: dt.datetime
    who: str
    action: str
    reason: str
    state: str
    changes: tuple[tuple[str, str], ...]


def versions(section: Section) -> list[Version]:
    """The newest versions first. A move without change of words (a confirmation) is a version without changes."""
    events = list(section.history.order_by("pgh_id").select_related("pgh_context")[:KEPT])
    people = {u.pk: str(u) for u in User.objects.filter(pk__in={_user(e) for e in events} - {None})}
    found, before = [], ""
    for event in events:
        data = event.pgh_context.metadata if event.pgh_context else {}
        changes = tuple(differences(plain(before), plain(event.body))) if event.body != before else ()
        found.append(
            Version(
                event.version,
                event.pgh_created_at,
                people.get(_user(event), ""),
                data.get("action", ""),
                data.get("reason", ""),
                event.state,
                changes,
            )
        )
        before = event.body
    return found[::-1]


def _user(event: object) -> int | None:
    context = event.pgh_context  # type: ignore[attr-defined]
    return context.metadata.get("user") if context else None


def plain(body: str) -> str:
    """The words as read: nodes by what they show."""
    return re.sub(r"\[([^\]\n]*)\]\([^)]*\)", r"\1", restate(body, lambda _reference, shown: shown))


def differences(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Words kept, added and gone, in reading order; long stretches of kept words are cut to their ends."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            words = old[a:b]
            yield "same", "".join(words if len(words) < 40 else [*words[:16], " … ", *words[-16:]])
        else:
            if b > a:
                yield "gone", "".join(old[a:b])
            if d > c:
                yield "added", "".join(new[c:d])


def body_of(section: Section, version: int) -> str | None:
    """The text of a version, as it was saved; None where the history does not hold it."""
    return section.history.filter(version=version).order_by("-pgh_id").values_list("body", flat=True).first()
