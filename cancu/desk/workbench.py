"""What the workbench shows of a report: its paper in parts, where each section stands, and what its reader may do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q
from django.utils.safestring import SafeString, mark_safe

from cancu.core.people import User
from cancu.core.scope import scope_of
from cancu.core.states import Move
from cancu.desk import paper
from cancu.reports.body import shown
from cancu.reports.models import Report, Section
from cancu.reports.render import document
from cancu.reports.states import HEADS, OPEN, WRITERS, ReportStates, SectionStates

#: Moves of a section that have a button; “soạn” is the editor itself.
BUTTONS = ("send", "confirm", "send_back", "take")


@dataclass
class Part:
    """One section on the paper: its words, whether its reader may write it, and the moves open to the reader."""

    section: Section
    words: SafeString
    may_write: bool
    moves: list[Move] = field(default_factory=list)


@dataclass
class Bench:
    """A report as one reader sees it. Whether its grounds have moved is asked after the page is there: it reads every register."""

    report: Report
    user: User

    def __post_init__(self) -> None:
        self.tree = document(self.report)
        self.sections = list(
            self.report.sections.select_related("owner_unit", "entered_by")
            .annotate(open_comments=Count("comments", filter=Q(comments__closed_at__isnull=True)))
            .order_by("order")
        )
        for section in self.sections:
            section.report = self.report
        words = paper.sections(self.tree, self.report)
        self.parts = [self._part(section, words[section.pk]) for section in self.sections]

    def _part(self, section: Section, words: str) -> Part:
        if self.report.state != "drafting":
            return Part(section, mark_safe(words), False)  # noqa: S308  every letter is escaped in ``paper``
        moves = [m for m in SectionStates.open_moves(section, self.user) if m.key in BUTTONS]
        return Part(section, mark_safe(words), may_write(section, self.user), moves)  # noqa: S308

    @property
    def opening(self) -> SafeString:
        return mark_safe(paper.opening(self.tree, self.report))  # noqa: S308

    @property
    def done(self) -> int:
        """Sections that their unit has confirmed."""
        return sum(s.state in ("confirmed", "taken") for s in self.sections)

    @property
    def grounded(self) -> int:
        return sum(1 for s in self.sections for reference, _words in shown(s.body) if reference.startswith("figure:"))

    @property
    def moves(self) -> list[Move]:
        return ReportStates.open_moves(self.report, self.user)

    @property
    def may_correct(self) -> bool:
        return self.report.state == "issued" and may_open(self.user, self.report.owner_unit_id)

    @property
    def may_roll(self) -> bool:
        return self.report.corrects_id is None and may_open(self.user, self.report.owner_unit_id)

    def part(self, pk: int) -> Part:
        return next(p for p in self.parts if p.section.pk == pk)


def may_write(section: Section, user: User) -> bool:
    """Whether ``user`` may write the section's text now."""
    return (
        section.report.state == "drafting"
        and section.state in OPEN
        and scope_of(user).holds(WRITERS, section.owner_unit_id)
    )


def may_decide(section: Any, user: User) -> bool:
    """Whether ``user`` may accept new figures in a confirmed section, or keep the old with a reason."""
    return section.report.state == "drafting" and scope_of(user).holds(HEADS, section.owner_unit_id)


def may_open(user: User, unit: int) -> bool:
    """Whether ``user`` may open a report that ``unit`` puts together."""
    return scope_of(user).holds(WRITERS | HEADS, unit)
