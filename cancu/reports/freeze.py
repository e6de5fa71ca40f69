"""Confirming keeps the rows behind each node; afterwards drift is judged on those rows, not on the value."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cancu.core.calendar import now
from cancu.core.people import User
from cancu.core.scope import scope_of
from cancu.indicators import Figure
from cancu.indicators import evidence as behind
from cancu.indicators.evidence import Key

from . import nodes
from .body import restate, shown
from .models import Comment, EvidenceRow, FrozenNode, Section
from .states import HEADS, SectionStates


@transaction.atomic
def confirm(section: Section, user: User) -> Section:
    """The unit's head confirms a section: words are filled in, and the rows behind each node are kept.

    Raises ValidationError while a node has an error, PermissionDenied for who may not."""
    section = Section.objects.select_for_update(of=("self",)).select_related("report").get(pk=section.pk)
    grounds = nodes.resolve((r for r, _s in shown(section.body)), nodes.Context(section.report.window))
    errors = [
        p.message
        for r, words in shown(section.body)
        for p in nodes.problems(r, words, grounds[r])
        if p.severity == "error"
    ]
    if errors:
        raise ValidationError(errors)
    body = restate(section.body, lambda r, words: nodes.say(r, words, grounds[r]))
    SectionStates.move(section, "confirm", user, body=body, confirmed_at=now())
    _keep(section, grounds)
    return section


def send_back(section: Section, user: User, reason: str) -> None:
    """Return a confirmed section to its author; what was frozen is let go (the history keeps that it was)."""
    with transaction.atomic():
        SectionStates.move(section, "send_back", user, reason, confirmed_at=None)
        section.frozen.all().delete()


@transaction.atomic
def accept(section: Section, user: User, reason: str) -> Section:
    """Take the figures of today into a confirmed section: it is returned with the reason and confirmed again at once.
    Only who may do both may do this. Raises PermissionDenied or ValidationError, and then nothing is changed."""
    send_back(section, user, reason)
    section.refresh_from_db()
    return confirm(section, user)


@transaction.atomic
def keep(node: FrozenNode, user: User, reason: str) -> Comment:
    """Keep a confirmed figure though its rows have moved: the reason is a comment on it, and the change is no error
    any more. Another change will be one again. Raises PermissionDenied, or ValidationError without a reason."""
    if not scope_of(user).holds(HEADS, node.section.owner_unit_id):
        raise PermissionDenied(_("Chỉ trưởng đơn vị hoặc lãnh đạo Sở được quyết định giữ số đã duyệt."))
    if not reason.strip():
        raise ValidationError(_("Hãy ghi lý do giữ số đã duyệt."))
    moved = next((d for d in drifts([node.section]) if d.node.reference == node.reference), None)
    if moved is None:
        raise ValidationError(_("Căn cứ của số này không còn khác; hãy tải lại trang."))
    said = Comment.objects.create(
        section=node.section,
        reference=node.reference,
        author=user,
        text=reason.strip(),
        closed_by=user,
        closed_at=now(),
    )
    node.section.frozen.filter(reference=node.reference).update(kept_for=said, kept_against=moved.mark)
    return said


def take(section: Section, user: User) -> None:
    """The office takes a confirmed section into the report."""
    SectionStates.move(section, "take", user)


def _keep(section: Section, grounds: dict[str, nodes.Ground]) -> None:
    section.frozen.all().delete()
    frozen = FrozenNode.objects.bulk_create(
        _node(section, order, reference, words, grounds[reference])
        for order, (reference, words) in enumerate(shown(section.body), 1)
    )
    kept: dict[str, list[behind.Row]] = {}
    rows = []
    for node in frozen:
        if node.reference not in kept:
            kept[node.reference] = _rows(grounds[node.reference].thing)
        rows.extend(
            EvidenceRow(
                node=node, side=row.key[0], table=row.key[1], record=row.key[2], label=row.label[:500], facts=row.facts
            )
            for row in kept[node.reference]
        )
    EvidenceRow.objects.bulk_create(rows, batch_size=5000)


def _rows(thing: object) -> list[behind.Row]:
    if isinstance(thing, Figure):
        return behind.rows(thing)
    key = ("rows", thing._meta.label_lower, thing.pk)  # type: ignore[attr-defined]
    return [behind.Row(key, str(thing), {})]


def _node(section: Section, order: int, reference: str, words: str, ground: nodes.Ground) -> FrozenNode:
    node = FrozenNode(section=section, order=order, reference=reference, shown=words)
    figure = ground.thing
    if isinstance(figure, Figure):
        node.code, node.value, node.unit, node.rule = figure.code, figure.value, str(figure.indicator.unit), figure.rule
        node.window_start, node.window_end = figure.window.start, figure.window.end
        if figure.part is not None and figure.whole is not None:
            node.part, node.whole = figure.part.value, figure.whole.value
    return node


@dataclass(frozen=True)
class Change:
    """A row that is still there, with a fact that is no longer what it was."""

    label: str
    fact: str
    old: str
    new: str


@dataclass
class Drift:
    """How the rows behind a frozen figure differ today. The frozen value itself never changes."""

    node: FrozenNode
    value: Decimal | None
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)

    @property
    def mark(self) -> str:
        """The same for the same change, another for any other: what a person saw who kept the figure as it was."""
        return hashlib.sha256(repr((self.value, self.added, self.removed, self.changed)).encode()).hexdigest()

    @property
    def kept(self) -> bool:
        """Whether somebody looked at this very change and kept the figure, with a reason."""
        return bool(self.node.kept_for_id) and self.node.kept_against == self.mark

    def say(self) -> str:
        """“15 → 15, +1 −1: thêm …; bớt …; đổi …”, naming at most three rows of each kind."""
        parts = [
            _("%(old)s → %(new)s, +%(plus)d −%(minus)d, sửa %(changed)d")
            % {
                "old": self.node.shown,
                "new": "—" if self.value is None else f"{self.value:f}",
                "plus": len(self.added),
                "minus": len(self.removed),
                "changed": len(self.changed),
            }
        ]
        if self.added:
            parts.append(_("thêm: %(rows)s") % {"rows": _few(self.added)})
        if self.removed:
            parts.append(_("bớt: %(rows)s") % {"rows": _few(self.removed)})
        if self.changed:
            parts.append(
                _("sửa: %(rows)s")
                % {"rows": _few([f"{c.label} ({c.fact}: {c.old or '—'} → {c.new or '—'})" for c in self.changed])}
            )
        return "; ".join(parts)


def _few(labels: list[str]) -> str:
    more = len(labels) - 3
    return ", ".join(labels[:3]) + (_(" và %(n)d dòng nữa") % {"n": more} if more > 0 else "")


@dataclass(frozen=True)
class _Kept:
    """An evidence row as it was kept; read as plain values, for there are tens of thousands."""

    label: str
    facts: dict[str, str]


def drift(node: FrozenNode, figure: Figure, then: dict[Key, _Kept] | None = None) -> Drift:
    """Compare the rows kept with the rows of ``figure`` (the same question asked now)."""
    then = _kept([node]).get(node.pk, {}) if then is None else then
    today = behind.facts(figure)
    found = Drift(node, None if figure.value is None else Decimal(figure.value))
    added = today.keys() - then.keys()
    found.added = sorted(behind.labels(figure, added).values()) if added else []
    found.removed = sorted(then[key].label for key in then.keys() - today.keys())
    for key in then.keys() & today.keys():
        if then[key].facts != today[key]:
            found.changed.extend(_changes(then[key], today[key], figure, key))
    return found


def _kept(frozen: list[FrozenNode]) -> dict[int, dict[Key, _Kept]]:
    """Node → key → row kept, for many nodes in one query."""
    found: dict[int, dict[Key, _Kept]] = {}
    rows = EvidenceRow.objects.filter(node__in=frozen).values_list(
        "node_id", "side", "table", "record", "label", "facts"
    )
    for node, side, table, record, label, facts in rows.iterator(chunk_size=5000):
        found.setdefault(node, {})[side, table, record] = _Kept(label, facts)
    return found


def _changes(then: _Kept, today: dict[str, str], figure: Figure, key: Key) -> list[Change]:
    model = next(one.rows().model for side, one in behind.sides(figure) if side == key[0])
    return [
        Change(then.label, _field_name(model, name), then.facts.get(name, ""), value)
        for name, value in today.items()
        if then.facts.get(name, "") != value
    ]


def _field_name(model: type, path: str) -> str:
    try:
        return str(model._meta.get_field(path).verbose_name)  # type: ignore[attr-defined]
    except Exception:
        return path


def drifts(sections: list[Section]) -> list[Drift]:
    """The drift of every frozen figure of some sections of one report; only what moved comes back."""
    frozen = list(
        FrozenNode.objects.filter(section__in=sections)
        .exclude(code="")
        .select_related("section__report", "kept_for__author")
    )
    if not frozen:
        return []
    grounds = nodes.resolve((n.reference for n in frozen), nodes.Context(sections[0].report.window))
    kept = _kept(frozen)
    found = []
    for node in frozen:
        ground = grounds[node.reference].thing
        if isinstance(ground, Figure) and (moved := drift(node, ground, kept.get(node.pk, {}))):
            found.append(moved)
    return found
