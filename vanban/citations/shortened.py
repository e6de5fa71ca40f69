"""Numbers written short because another one says the rest: “số 12, 13/QĐ-UBND”, “Nghị quyết 57” for 57-NQ/TW."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

from vanban.citations.anchors import type_word_before
from vanban.citations.citation import Draft
from vanban.citations.issuers import issuer_after
from vanban.numbers import Number

_ENDS_LIST = frozenset(",;à&")
_LIST = re.compile(r"(?<![\w/.,-])(?:\d{1,5}[a-zđ]?(?:[ ]?[,;&][ ]?(?:và[ ])?|[ ]và[ ])){1,12}$")
_MEMBER = re.compile(r"(\d{1,5})([a-zđ]?)")
_SO = re.compile(r"(?<!\w)(?:số|Số|SỐ)[: ]{1,3}$")
_NAMED = re.compile(r"gọi (?:tắt )?là[ “\"]{1,2}$")
_REACH = 90


def sharing(clean: str, draft: Draft, floor: int, data: Path | None) -> list[Draft]:
    """The numbers before ``draft`` that share its letters, in reading order; ``draft`` becomes the last of the
    list. Empty where none stand there: nothing but “số” or a type word makes a row of digits such a list."""
    start = draft.number_start
    if draft.number is None or clean[start - 1 : start] != " " or clean[start - 2 : start - 1] not in _ENDS_LIST:
        return []
    found = _LIST.search(clean, max(floor, start - _REACH), start)
    if found is None:
        return []
    at = found.start()
    so = _SO.search(clean, max(floor, at - 8), at)
    first = so.start() if so else at
    word = type_word_before(clean, first, data)
    if word is None and so is None:
        return []
    kind, first = (word[0], word[1]) if word and word[1] >= floor else (draft.type, first)
    shared = [_member(clean, member, draft.number, kind) for member in _MEMBER.finditer(clean, at, start)]
    shared[0].start, shared[0].continued = first, False
    shared[0].cue_end = first
    draft.start = draft.cue_end = start
    draft.type, draft.continued = kind, True
    for each in (*shared, draft):
        each.type_stated = word is not None
    return shared


def _member(clean: str, member: re.Match[str], number: Number, kind: str) -> Draft:
    draft = Draft(member.start(), member.start(), member.end(), kind)
    letters = re.sub(r"^\d+[a-zđ]?", "", number.written)
    draft.number = replace(
        number, written=member.group() + letters, sequence=int(member.group(1)), letter=member.group(2)
    )
    draft.continued = draft.short = True
    draft.reasons.append("letters shared")
    return draft


def recall(clean: str, numbered: list[Draft], short: list[Draft]) -> list[Draft]:
    """``short`` with the numbers that the text gives in full elsewhere. Those that have neither “số” nor year
    (“Nghị quyết 57”) are left out where the text does not and names no issuer behind them, as is a name that is
    being given (“gọi tắt là Nghị quyết 57”)."""
    full: dict[tuple[str, int], set[Number]] = defaultdict(set)
    for draft in numbered:
        if draft.number is not None:
            full[draft.type, draft.number.sequence].add(draft.number)
    kept: list[Draft] = []
    for draft in short:
        if draft.needs_full and _NAMED.search(clean, max(0, draft.start - 16), draft.start):
            continue
        digits, _, year = draft.unresolved.partition("/")
        fits = [
            number
            for number in full.get((draft.type, int(digits)) if digits.isdigit() else ("", 0), ())
            if not number.letter and (not year or number.year == int(year))
        ]
        if len({number.canonical for number in fits}) == 1:
            draft.number, draft.unresolved, draft.short = (
                replace(fits[0], written=draft.unresolved, repairs=()),
                "",
                True,
            )
            draft.reasons.append("said before")
        elif draft.needs_full and issuer_after(clean, draft.end) is None:
            continue
        kept.append(draft)
    return kept
