"""The whole life of a report in one go, each step by someone who may: what the demo and the tests walk through."""

from __future__ import annotations

import datetime as dt

from cancu.core.calendar import replayed
from cancu.core.dated import valid_on
from cancu.core.people import Membership, Role, User
from cancu.core.units import Unit

from .freeze import confirm, take
from .issue import assemble, issue, sign
from .models import Report


def holder(role: str, unit: Unit | None, day: dt.date) -> User:
    """Someone who holds ``role`` (in ``unit``) on ``day``."""
    found = (
        Membership.objects.filter(valid_on(day), role=role, **({"unit": unit} if unit else {}))
        .select_related("user")
        .order_by("pk")
    )
    return found[0].user


def issue_whole(report: Report, on: dt.date) -> Report:
    """Every unit's head confirms, the office takes and assembles, a deputy signs, the văn thư issues.

    All of it as on the day ``on``: the Thanh tra Sở of 2024 confirms its section though it is no more in 2026.
    Steps already made are passed over, so that an interrupted life goes on where it stopped."""
    with replayed(on):
        return _issue_whole(report, on)


def _issue_whole(report: Report, on: dt.date) -> Report:
    office = holder(Role.UNIT_HEAD, report.owner_unit, on)
    for section in report.sections.select_related("owner_unit").exclude(state__in=("confirmed", "taken")):
        confirm(section, holder(Role.UNIT_HEAD, section.owner_unit, on))
    for section in report.sections.filter(state="confirmed"):
        take(section, office)
    if report.state == "drafting":
        assemble(report, office)
    if report.state == "assembled":
        sign(report, holder(Role.DEPUTY, None, on))
    return issue(report, holder(Role.CLERK, None, on), on)
