"""A text with the places that were read in it marked, and the words around one of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

BEFORE, AFTER = 24, 48
LONGEST = 60_000


@dataclass(frozen=True)
class Piece:
    """A stretch of text: plain, or marked with the name of what was read there and its kind (value, cite, task)."""

    text: str
    name: str = ""
    kind: str = ""


def pieces(text: str, spans: Iterable[tuple[int, int, str, str]]) -> list[Piece]:
    """The text cut at ``spans`` (start, end, name, kind). Where two overlap, the one that begins first is marked."""
    out, at = [], 0
    for start, end, name, kind in sorted(spans):
        if start < at or end <= start or start >= LONGEST:
            continue
        out += [Piece(text[at:start]), Piece(text[start:end], name, kind)]
        at = end
    out.append(Piece(text[at : max(at, LONGEST)] + ("…" if len(text) > max(at, LONGEST) else "")))
    return [piece for piece in out if piece.text]


def around(text: str, start: int, end: int) -> tuple[str, str, str]:
    """(before, the words, after) on one line."""

    def line(words: str) -> str:
        return " ".join(words.split())

    before, after = text[max(0, start - BEFORE) : start], text[end : end + AFTER]
    return line(before.rpartition("\n")[2]), line(text[start:end])[:160], line(after.partition("\n")[0])
