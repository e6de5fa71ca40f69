"""From clean text to drafts: numbers, laws by name, tails, nesting, relations."""

from __future__ import annotations

import re
from pathlib import Path

from vanban.citations.anchors import draft_of
from vanban.citations.citation import Draft
from vanban.citations.dates import read_date
from vanban.citations.extent import hard_end
from vanban.citations.issuers import issuer_after, issuer_at
from vanban.citations.laws import laws, short_numbers
from vanban.citations.relations import expire, read_relation
from vanban.citations.shortened import recall, sharing
from vanban.citations.titles import nest
from vanban.numbers import find_numbers

_ISSUED_ON = re.compile(
    r"(?:^|[\n.;:]|[ ](?:và|-|\+))[ ]{0,3}(?:[-+*] ?)?(?:[Vv]ào )?[Nn]gày[ ](?P<day>\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2} tháng \d{1,2} năm \d{4}),?[ ]"
    r"(?P<who>[^,;.\n]{3,90}?)[ ](?:đã |cũng |tiếp tục )?(?:ký |trình )?(?:ban hành|có|phê duyệt tại|ký)(?: và triển khai)?(?: các)?[ ]$"
)


_LIST_GAP = 40
_LIST_LINK = re.compile(
    r"[ )]{0,3}(?:[,;][ \n]{0,3}|\n{1,2}(?=[ ]?[-+*]))?[ ]?(?:[-+*] )?(?:(?:và|hoặc|cùng với)[ ])?"
    r"(?:(?:các|những|tại|theo)[ ])?"
)


def read_drafts(clean: str, data: Path | None) -> list[Draft]:
    """All citations of ``clean`` as drafts, in reading order, issuers from codes not yet supplied."""
    drafts: list[Draft] = []
    last: Draft | None = None
    for found in find_numbers(clean, data):
        draft = draft_of(clean, found, last, data)
        if draft is not None:
            drafts.extend(sharing(clean, draft, last.end if last else 0, data))
            _tail(clean, draft)
            drafts.append(draft)
            last = draft
    _share_backwards(clean, drafts)
    drafts = _merged(drafts, clean, data)
    nest(clean, drafts)
    last = None
    for index, draft in enumerate(drafts):
        floor = 0
        if last is not None:
            floor = last.end if draft.parent == index - 1 else min(last.title_end, draft.start)
        read_relation(clean, draft, floor)
        if draft.relation is None:
            _inherit(clean, last, draft)
        _issued_on(clean, draft)
        last = draft
    expire(clean, drafts)
    return drafts


def _merged(numbered: list[Draft], clean: str, data: Path | None) -> list[Draft]:
    """Numbered drafts with laws by name and bare numbers among them, where they do not overlap."""
    short = recall(clean, numbered, short_numbers(clean, data))
    others = laws(clean) + _with_tails(clean, short)
    if not others:
        return numbered
    taken = {draft.number_start for draft in numbered}
    numbered = sorted(numbered, key=lambda draft: (draft.start, draft.end))
    spans = [(draft.start, draft.end) for draft in numbered]
    kept: list[Draft] = []
    at = 0
    reach = -1
    for draft in sorted(others, key=lambda d: (d.start, -d.end)):
        while at < len(spans) and spans[at][1] <= draft.start:
            at += 1
        overlaps = at < len(spans) and spans[at][0] < draft.number_end
        if draft.uncertain and at and hard_end(clean, numbered[at - 1]) > draft.start:
            continue
        if overlaps or draft.number_start in taken or draft.start < reach:
            continue
        kept.append(draft)
        reach = max(reach, draft.end)
    return sorted(numbered + kept, key=lambda d: (d.start, -d.end))


def _with_tails(clean: str, drafts: list[Draft]) -> list[Draft]:
    for draft in drafts:
        _tail(clean, draft)
    return drafts


def _tail(clean: str, draft: Draft) -> None:
    """Date and issuer behind the number, in either order; ``end`` moves behind them."""
    dated = read_date(clean, draft.end)
    if dated:
        draft.date, draft.end = dated.date, dated.end
        if dated.reason:
            draft.reasons.append(dated.reason)
    named = issuer_after(clean, draft.end)
    if named:
        draft.issuer, draft.end = named
        if dated is None and (later := read_date(clean, draft.end, bare=False)):
            draft.date, draft.end = later.date, later.end
            if later.reason:
                draft.reasons.append(later.reason)


def _share_backwards(clean: str, drafts: list[Draft]) -> None:
    """“Nghị quyết số A và số B ngày … của HĐND tỉnh”: date and issuer belong to the whole list."""
    for index in range(len(drafts) - 1, 0, -1):
        draft, before = drafts[index], drafts[index - 1]
        if before.number is None or draft.number is None:
            continue
        if not draft.continued and not _lists(clean, before, draft):
            continue
        if before.issuer is None and draft.issuer and before.number.issuers == draft.number.issuers:
            before.issuer, before.from_context = draft.issuer, True
        years = {before.number.year, draft.number.year}
        if before.date is None and draft.date and set(before.reasons) <= {"letters shared"} and len(years) == 1:
            before.date, before.from_context = draft.date, True


def _lists(clean: str, before: Draft, draft: Draft) -> bool:
    """“Nghị quyết số 18-NQ/TW, Nghị quyết số 19-NQ/TW của Ban Chấp hành Trung ương”: two of one kind in one list,
    the first with nothing but its number."""
    return (
        before.end == before.number_end
        and before.type == draft.type
        and draft.date is None
        and draft.start - before.end < 8
        and _LIST_LINK.fullmatch(clean, before.end, draft.start) is not None
    )


def _inherit(clean: str, before: Draft | None, draft: Draft) -> None:
    """The cue before the first document of a list holds for the whole list, up to the end of the sentence."""
    if before is None or before.parent != draft.parent or draft.cue_end - before.title_end > _LIST_GAP:
        return
    if _LIST_LINK.fullmatch(clean, before.title_end, draft.cue_end):
        draft.relation, draft.direction = before.relation, before.direction


def _issued_on(clean: str, draft: Draft) -> None:
    """“Ngày 24/6/2024, UBND tỉnh đã ban hành Quyết định số …”: day and issuer stand before the citation."""
    if draft.date is not None or draft.by_name or draft.continued:
        return
    window = clean[max(0, draft.start - 150) : draft.start]
    if "gày " not in window:
        return
    found = _ISSUED_ON.search(window)
    if found is None:
        return
    dated = read_date(" ngày " + found.group("day"), 0)
    named = issuer_at(found.group("who"), 0)
    if dated and dated.date and (named or found.group("who").startswith(("Sở", "UBND", "Bộ", "Tỉnh ủy"))):
        draft.date, draft.from_context = dated.date, True
        draft.issuer = draft.issuer or (named[0] if named else None)
