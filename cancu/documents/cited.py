"""The citations of a text as relations of its document, and the tasks that it gives."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from .models import Document, Relation, UnresolvedCitation, canonical
from .names import one_body
from .search import ENDING

if TYPE_CHECKING:
    from vanban.reading import Reading

#: What ``vanban`` calls a relation → the list of relations.
KINDS = {
    "căn cứ": "based_on",
    "thực hiện": "implements",
    "sửa đổi bổ sung": "amends",
    "thay thế": "replaces",
    "bãi bỏ": "repeals",
    "hướng dẫn": "details",
    "kèm theo": "promulgates",
    "dẫn chiếu": "refers",
    "đề nghị": "based_on",
}
_ORDER = re.compile(r"\b(?:giao|yêu cầu|đề nghị)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.;\n]+(?:[.;]|$)")
MOST_TASKS = 60


def citations(reading: Reading, own_number: str) -> list[dict[str, Any]]:
    """Each document cited once for each relation, in order: text, place, number, day, issuer, relation, article.
    What stands inside another citation's title is that document's ground, and only a reference of this one."""
    found: dict[tuple[str, str, str, str], dict[str, Any]] = {}
    for one in reading.citations:
        number = canonical(one.canonical) if one.canonical else ""
        if number and number == own_number:
            continue
        kind = "refers" if one.parent is not None else KINDS.get(one.relation or "", "refers")
        made = {
            "text": " ".join(one.text.split())[:500],
            "start": one.start,
            "end": one.end,
            "number": number,
            "day": one.date.isoformat() if one.date else "",
            "issuer": (one.issuer or "") if one.status != "inferred" else "",
            "type": one.type,
            "title": (one.title or "")[:500],
            "kind": kind,
            "inward": one.direction == "in" and kind in ENDING,
            "item": " ".join((one.provision or "").split())[:60],
        }
        found.setdefault((number or made["text"], made["day"], kind, made["item"]), made)
    return _without_weaker(list(found.values()))


def _without_weaker(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A later “dẫn chiếu”, and a later mention without a day, say nothing where the text already says more."""
    said = {(c["number"], c["day"]) for c in found if c["kind"] != "refers" and c["number"]}
    dated = {c["number"] for c in found if c["day"]}
    kept = []
    for one in found:
        weaker = one["kind"] == "refers" and (
            (one["number"], one["day"]) in said or (not one["day"] and one["number"] in {n for n, _d in said})
        )
        if not weaker and (one["day"] or one["number"] not in dated or one["kind"] != "refers"):
            kept.append(one)
    return kept


def matched(found: Iterable[dict[str, Any]]) -> list[tuple[dict[str, Any], Document | None, str]]:
    """Each citation with the one document it names, or why there is none. One query for all."""
    wanted = list(found)
    numbers = {c["number"] for c in wanted if c["number"]}
    laws = {c["title"] for c in wanted if not c["number"] and c["title"]}
    rows = list(Document.objects.filter(canonical__in=numbers).select_related("issuer"))
    rows += list(Document.objects.filter(type="law", title__in=laws).select_related("issuer")) if laws else []
    return [(one, *_one_of(one, rows)) for one in wanted]


def _one_of(one: dict[str, Any], rows: list[Document]) -> tuple[Document | None, str]:
    if one["number"]:
        fitting = [
            d
            for d in rows
            if d.canonical == one["number"]
            and (not one["day"] or str(d.issued_on) == one["day"])
            and one_body(one["issuer"], d.issuer.name)
        ]
    else:
        fitting = [
            d
            for d in rows
            if d.type == "law" and d.title == one["title"] and (not one["day"] or str(d.issued_on) == one["day"])
        ]
    if len(fitting) == 1:
        return fitting[0], ""
    return None, "Nhiều văn bản cùng số; chờ người chọn." if fitting else "Chưa có trong sổ."


def relate(document: Document, found: Iterable[dict[str, Any]]) -> tuple[int, int]:
    """Keep citations of ``document``: known ones as relations, others as waiting. Returns (related, waiting)."""
    related = waiting = 0
    for one, target, reason in matched(found):
        if target == document:
            continue
        if target is not None:
            source, target = (target, document) if one.get("inward") else (document, target)
            Relation.objects.get_or_create(source=source, target=target, kind=one["kind"], item=one["item"])
            related += 1
        else:
            UnresolvedCitation.objects.create(
                document=document,
                text=one["text"],
                canonical=one["number"],
                issued_on=one["day"] or None,
                issuer=one["issuer"][:200],
                kind="refers" if one.get("inward") else one["kind"],
                item=one["item"],
                reason=reason,
            )
            waiting += 1
    return related, waiting


def tasks(reading: Reading, department: str) -> list[dict[str, Any]]:
    """What the text asks for: each deadline with the words it binds, and each sentence that orders ``department``
    without a deadline. In order; the same words once."""
    found: list[dict[str, Any]] = []
    items = [(o["start"], o["number"]) for o in reading.to_json()["outline"] if o["number"]]
    for one in reading.deadlines:
        if one.subject.strip():
            found.append(
                {
                    "content": _sentence(one.subject),
                    "start": one.start,
                    "end": one.end,
                    "item": _item_at(items, one.start),
                    "deadline_text": " ".join(one.text.split()).strip("() ")[:120],
                    "deadline_on": one.due.isoformat() if one.due else "",
                }
            )
    taken = [(t["start"], t["end"]) for t in found]
    for sentence in _SENTENCE.finditer(reading.text):
        words, (start, end) = sentence.group(), sentence.span()
        order = _ORDER.search(words)
        if (
            order
            and department
            and department.lower() in words[order.start() :].lower()
            and not any(start <= a < end for a, _b in taken)
        ):
            found.append(
                {
                    "content": _sentence(words),
                    "start": start,
                    "end": end,
                    "item": _item_at(items, start),
                    "deadline_text": "",
                    "deadline_on": "",
                }
            )
    once = {t["content"]: t for t in sorted(found, key=lambda t: -t["start"])}
    return sorted(once.values(), key=lambda t: t["start"])[:MOST_TASKS]


def _sentence(words: str) -> str:
    return " ".join(words.split()).strip(" ,;-–+")[:2000]


def _item_at(items: list[tuple[int, str]], position: int) -> str:
    before = [number for start, number in items if start <= position]
    return before[-1].rstrip(".)")[:60] if before else ""
