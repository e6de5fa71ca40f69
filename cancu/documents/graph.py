"""The picture of what a document stands on and what stands on it: two steps, older above, with as many as can be read.

Which documents: the newest of each side, ``FIRST`` next to the document and ``SECOND`` next to each of those; what is
left out is counted. Where: a document lies below every older one that it stands on.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet

from cancu.core.codes import labels
from cancu.core.people import User

from .models import Document, Relation
from .search import ENDING

FIRST, SECOND = 8, 3
#: Millimetres do not matter here: units of the picture.
WIDTH, HEIGHT, GAP, STEP, MARGIN = 168, 46, 18, 104, 12
MOST_BESIDE = 6
UPDATED = ("amends", "corrects")


@dataclass
class Node:
    document: Document
    layer: int = 0
    x: int = 0
    y: int = 0
    more: int = 0
    """Documents next to this one that the picture leaves out."""

    @property
    def middle(self) -> int:
        return self.x + WIDTH // 2

    @property
    def bottom(self) -> int:
        return self.y + HEIGHT


@dataclass
class Edge:
    """``source`` stands on ``target``; the words of all their relations."""

    source: Node
    target: Node
    kinds: list[str]

    @property
    def words(self) -> str:
        known = labels("documents.relation")
        return ", ".join(known.get(kind, kind) for kind in self.kinds)

    @property
    def tone(self) -> str:
        return (
            "ends"
            if any(k in ENDING for k in self.kinds)
            else "updates"
            if any(k in UPDATED for k in self.kinds)
            else ""
        )

    @property
    def path(self) -> str:
        """A curve from the lower edge of the upper document to the upper edge of the lower one."""
        upper, lower = sorted((self.source, self.target), key=lambda node: (node.y, node.x))
        if upper.y == lower.y:
            middle = upper.y - 14
            return (
                f"M{upper.middle} {upper.y} C{upper.middle} {middle} {lower.middle} {middle} {lower.middle} {lower.y}"
            )
        bend = (upper.bottom + lower.y) // 2
        return f"M{upper.middle} {upper.bottom} C{upper.middle} {bend} {lower.middle} {bend} {lower.middle} {lower.y}"

    @property
    def label_x(self) -> int:
        return (self.source.middle + self.target.middle) // 2

    @property
    def label_y(self) -> int:
        upper, lower = sorted((self.source, self.target), key=lambda node: node.y)
        return upper.y - 12 if upper.y == lower.y else (upper.bottom + lower.y) // 2 + 3


@dataclass
class Picture:
    """Nodes with their places, edges, and the size of the whole."""

    centre: Node
    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    width: int = 0
    height: int = 0


def picture(document: Document, user: User, day: dt.date) -> Picture:
    """The picture around ``document`` of what ``user`` may see, with what each was worth on ``day``. Six queries."""
    pairs, near = reached(document.pk, user)
    counts = _counts([document.pk, *near])
    keys = {pk for pair in pairs for pk in pair} | {document.pk}
    rows = Document.objects.filter(pk__in=keys).select_related("issuer").worth_on(day)
    nodes = {row.pk: Node(row) for row in rows}
    edges = _edges(nodes, keys)
    made = Picture(nodes[document.pk], list(nodes.values()), edges)
    _layers(made)
    _thin(made, near)
    shown = Counter(pk for e in made.edges for pk in (e.source.document.pk, e.target.document.pk))
    for node in made.nodes:
        node.more = max(0, counts.get(node.document.pk, 0) - shown[node.document.pk])
    _place(made)
    return made


def reached(pk: int, user: User) -> tuple[set[tuple[int, int]], set[int]]:
    """The relations (source, target) that two steps from a document reach, and the documents of the first step."""
    pairs = _pairs([pk], user, FIRST)
    near = {one for pair in pairs for one in pair} - {pk}
    if near:
        pairs |= _pairs(sorted(near), user, SECOND)
    return pairs, near


def _pairs(keys: list[int], user: User, most: int) -> set[tuple[int, int]]:
    """(source, target) next to each of ``keys``, at most ``most`` on each side, the newest."""
    seen = Document.objects.seen_by(user)
    parts: list[QuerySet[Any]] = []
    for pk in keys:
        up, down = Relation.objects.filter(source_id=pk), Relation.objects.filter(target_id=pk)
        if seen.query.where:
            up, down = up.filter(target__in=seen), down.filter(source__in=seen)
        parts += [
            up.order_by("-target_id").values_list("source_id", "target_id")[:most],
            down.order_by("-source_id").values_list("source_id", "target_id")[:most],
        ]
    return set(parts[0].union(*parts[1:]))


def _counts(keys: list[int]) -> dict[int, int]:
    """How many documents lie next to each."""
    counts: Counter[int] = Counter()
    for side, other in (("source_id", "target"), ("target_id", "source")):
        counts.update(
            dict(
                Relation.objects.filter(**{f"{side}__in": keys})
                .values_list(side)
                .annotate(n=Count(other, distinct=True))
                .order_by()
            )
        )
    return dict(counts)


def _edges(nodes: dict[int, Node], keys: Iterable[int]) -> list[Edge]:
    """Every relation among the documents shown, also those met twice."""
    kinds: dict[tuple[int, int], list[str]] = {}
    for source, target, kind in (
        Relation.objects.filter(source_id__in=keys, target_id__in=keys)
        .order_by("pk")
        .values_list("source_id", "target_id", "kind")
    ):
        known = kinds.setdefault((source, target), [])
        if kind not in known:
            known.append(kind)
    return [Edge(nodes[source], nodes[target], found) for (source, target), found in kinds.items()]


def _age(node: Node) -> tuple[dt.date, int]:
    return node.document.issued_on or dt.date.max, node.document.pk


def _layers(made: Picture) -> None:
    """A document lies one below the lowest of the older ones that it touches; so no edge of the old lies below the new."""
    beside: dict[int, list[Node]] = {}
    for edge in made.edges:
        older, newer = sorted((edge.source, edge.target), key=_age)
        beside.setdefault(newer.document.pk, []).append(older)
    for node in sorted(made.nodes, key=_age):
        node.layer = 1 + max((older.layer for older in beside.get(node.document.pk, [])), default=-1)


def _thin(made: Picture, near: set[int]) -> None:
    """At most ``MOST_BESIDE`` on a layer: the document itself, then its neighbours, then the newest."""
    centre = made.centre.document.pk
    kept: list[Node] = []
    for layer in {node.layer for node in made.nodes}:
        row = sorted(
            (n for n in made.nodes if n.layer == layer),
            key=lambda n: (n.document.pk != centre, n.document.pk not in near, -_age(n)[0].toordinal()),
        )
        kept += row[:MOST_BESIDE]
    held = {node.document.pk for node in kept}
    made.nodes = kept
    made.edges = [e for e in made.edges if e.source.document.pk in held and e.target.document.pk in held]


def _place(made: Picture) -> None:
    """Layers from the top, each centred, its documents under the middle of what they touch above."""
    layers = sorted({node.layer for node in made.nodes})
    widest = max(sum(1 for n in made.nodes if n.layer == layer) for layer in layers)
    made.width = 2 * MARGIN + widest * WIDTH + (widest - 1) * GAP
    made.height = 2 * MARGIN + (len(layers) - 1) * STEP + HEIGHT + 14
    above: dict[int, list[Node]] = {}
    for edge in made.edges:
        upper, lower = sorted((edge.source, edge.target), key=lambda node: node.layer)
        above.setdefault(lower.document.pk, []).append(upper)
    for number, layer in enumerate(layers):
        row = sorted(
            (n for n in made.nodes if n.layer == layer),
            key=lambda n: (_mean(above.get(n.document.pk, []), made.width), _age(n)),
        )
        left = (made.width - len(row) * WIDTH - (len(row) - 1) * GAP) // 2
        for place, node in enumerate(row):
            node.x, node.y = left + place * (WIDTH + GAP), MARGIN + 12 + number * STEP


def _mean(nodes: list[Node], width: int) -> float:
    return sum(n.middle for n in nodes) / len(nodes) if nodes else width / 2
