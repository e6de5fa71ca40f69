"""Two people edited one text: paragraph by paragraph, what only one of them touched is taken from that one."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

Lines = list[str]


def merge(base: str, mine: str, theirs: str) -> str | None:
    """Both edits of ``base`` in one text, or None where the two touched the same paragraph in different ways.

    A paragraph that one side changed or deleted and the other left alone is as the first side has it; the same change
    on both sides counts once. Insertions at one place by both are a conflict, for only a person knows their order."""
    found = parts(base, mine, theirs)
    return None if any(isinstance(part, Crossing) for part in found) else joined(found, [])


@dataclass(frozen=True)
class Crossing:
    """One place that two people changed in different ways: both texts as they stand, without the lines around."""

    mine: str
    theirs: str


def parts(base: str, mine: str, theirs: str) -> list[list[str] | Crossing]:
    """The merged text in order: lines that are settled, and the places where a person must choose."""
    old, one, two = base.split("\n"), mine.split("\n"), theirs.split("\n")
    out: list[list[str] | Crossing] = []
    at = left = right = 0
    for start, end, in_one, in_two in _common(old, one, two):
        ours, others = one[left:in_one], two[right:in_two]
        chosen = _chosen(old[at:start], ours, others)
        out.append(Crossing("\n".join(ours), "\n".join(others)) if chosen is None else chosen)
        out.append(old[start:end])
        at, left, right = end, in_one + end - start, in_two + end - start
    return out


def joined(found: list[list[str] | Crossing], choices: list[str]) -> str:
    """The text of some parts, each crossing settled by the next of ``choices``: mine, theirs, or both (mine first)."""
    lines: list[str] = []
    wanted = iter(choices)
    for part in found:
        if isinstance(part, Crossing):
            choice = next(wanted, "both")
            lines += [text for name, text in (("mine", part.mine), ("theirs", part.theirs)) if choice in (name, "both")]
        else:
            lines += part
    return "\n".join(lines)


def _chosen(old: Lines, mine: Lines, theirs: Lines) -> Lines | None:
    """What stands between two stretches that all three texts share."""
    if mine == theirs or theirs == old:
        return mine
    return theirs if mine == old else None


def _common(old: Lines, one: Lines, two: Lines) -> list[tuple[int, int, int, int]]:
    """Stretches of ``old`` that both others kept: (start, end, start in one, start in two); the end of all texts last."""
    found: list[tuple[int, int, int, int]] = []
    in_two = {}
    for block in SequenceMatcher(None, old, two, autojunk=False).get_matching_blocks():
        in_two.update({block.a + n: block.b + n for n in range(block.size)})
    for block in SequenceMatcher(None, old, one, autojunk=False).get_matching_blocks():
        for n in range(block.size):
            line, mine = block.a + n, block.b + n
            if line not in in_two:
                continue
            if (
                found
                and found[-1][1] == line
                and found[-1][2] + line - found[-1][0] == mine
                and found[-1][3] + line - found[-1][0] == in_two[line]
            ):
                found[-1] = (found[-1][0], line + 1, found[-1][2], found[-1][3])
            else:
                found.append((line, line + 1, mine, in_two[line]))
    return [*found, (len(old), len(old), len(one), len(two))]
