"""Last year's report becomes this year's draft: the same words, this year's figures, and a list of what still speaks of last year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cancu.core.people import User
from cancu.documents.models import Document
from cancu.indicators import Window

from .body import without_nodes
from .compose import STARRED, default_lines, each_record, outline, refresh, words_of
from .models import Report, Section


@transaction.atomic
def roll_forward(report: Report, window: Window, user: User, answers: Document | None = None) -> Report:
    """Open a report of the same kind for ``window`` with the sections of ``report``: every live figure asks the new
    window, citations stay, typed words stay as they were (``stale`` lists those that speak of the old year).

    Raises ValidationError where the window does not lie after that of ``report``."""
    if window.end <= report.window_end:
        raise ValidationError(
            _("Kỳ mới phải sau kỳ của báo cáo cũ (đến hết %(day)s)."), params={"day": f"{report.window_end:%d/%m/%Y}"}
        )
    words = words_of(window)
    plan = {item["code"]: item for item in outline(report.kind)["sections"]}
    made = Report.objects.create(
        kind=report.kind,
        title=outline(report.kind)["title"].format(**words),
        answers=answers,
        rolled_from=report,
        owner_unit=report.owner_unit,
        entered_by=user,
        window_name=window.name,
        window_start=window.start,
        window_end=window.end,
    )
    Section.objects.bulk_create(
        Section(
            report=made,
            order=s.order,
            code=s.code,
            number=s.number,
            level=s.level,
            owner_unit=s.owner_unit,
            entered_by=user,
            body=carried(s.body, plan.get(s.code, {}).get("from", ()), words),
            state=_state(s, plan.get(s.code)),
            heading=plan[s.code]["heading"].format(**words) if s.code in plan else s.heading,
        )
        for s in report.sections.all()
    )
    refresh(made)
    return made


def _state(section: Section, item: dict[str, Any] | None) -> str:
    """A heading without sources of its own has nothing to write, as in a report composed anew."""
    return "drafted" if section.body or (item is not None and not item["from"]) else "empty"


def carried(body: str, sources: Iterable[str], words: dict[str, Any]) -> str:
    """The text with its lists of records (tasks under way, proposals) asked again for the new year. Where the new year
    has none yet the old lines stay, to be rewritten by a person."""
    fresh: dict[str, list[str]] = {}
    for written in (line for source in sources for line in default_lines(source, words)):
        match = next((m for m in STARRED.finditer(written) if m["kind"] == "record"), None)
        if match is not None:
            fresh.setdefault(match["register"], []).extend(each_record(written))
    for register, lines in fresh.items():
        if lines:
            body = _replaced(body, f"](record:{register}/", lines)
    return body


def _replaced(body: str, sign: str, fresh: list[str]) -> str:
    """The text with every line that bears the sign given up for the fresh lines, at the place of the first."""
    lines = body.split("\n")
    old = [n for n, line in enumerate(lines) if sign in line]
    at = old[0] if old else len(lines)
    return "\n".join([*lines[:at], *fresh, *(line for n, line in enumerate(lines) if n >= at and n not in old)])


def stale(section: Section) -> Iterator[tuple[int, int, str]]:
    """(start, end, words) of every year typed in a rolled text that is the old report's year or the one after it was
    written for: “năm 2024” in the report of 2025. Years inside live nodes and of the new window are none."""
    source = section.report.rolled_from
    if source is None:
        return
    shift = section.report.window_end.year - source.window_end.year
    old_years = {str(source.window_end.year + n) for n in range(shift)}
    for match in re.finditer(
        r"(?i)(?:năm|quý [IV]{1,3}[/ ]|tháng \d{1,2}[/ ]|NĂM)\s?((?:19|20)\d\d)", without_nodes(section.body)
    ):
        if match.group(1) in old_years:
            yield match.start(), match.end(), match.group()
