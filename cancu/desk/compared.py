"""What changed between two texts, paragraph by paragraph: new and gone ones whole, changed ones word by word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from cancu.reports.versions import differences

#: Words compared with words; beyond this a rewritten stretch is shown whole, old then new.
MOST_COMPARED = 4_000_000


@dataclass(frozen=True)
class Stretch:
    """Paragraphs in a row: ``kept`` says how many are the same; else ``pieces`` are (same | gone | added, words)."""

    kept: int = 0
    pieces: tuple[tuple[str, str], ...] = ()


def compared(before: str, after: str) -> Iterator[Stretch]:
    """The stretches of ``after`` against ``before``, in reading order. Spaces and empty lines do not count."""
    old, new = _paragraphs(before), _paragraphs(after)
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Stretch(b - a)
        elif tag == "replace" and (b - a) * (d - c) * 3600 < MOST_COMPARED:  # sixty words a paragraph
            yield Stretch(pieces=tuple(differences("\n".join(old[a:b]), "\n".join(new[c:d]))))
        else:
            gone, added = "\n".join(old[a:b]), "\n".join(new[c:d])
            yield Stretch(pieces=tuple((kind, words) for kind, words in (("gone", gone), ("added", added)) if words))


def _paragraphs(text: str) -> list[str]:
    return [line for words in text.splitlines() if (line := " ".join(words.split()))]
