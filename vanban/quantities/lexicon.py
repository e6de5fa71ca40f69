"""The words around figures (``data/units.yaml``): units, counted nouns, qualifiers, and what a number must not
stand behind. Looked up by first word and longest phrase, so that cost does not grow with the list."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_DATA = Path(__file__).parents[1] / "data" / "units.yaml"
MONEY = frozenset(("đồng", "USD", "EUR", "JPY"))
RATES = frozenset(("%", "‰", "điểm %", "lần"))
TIMES = frozenset(("giờ", "phút", "ngày", "ngày làm việc", "ngày công", "tuần", "tháng", "năm"))
WEAK = frozenset(("điểm", "lần", "m", "g", "đ", "yên", "yến", "sào", "km")) | TIMES


class Phrases:
    """A set of phrases with a value each, matched at a position, longest first."""

    def __init__(self, phrases: dict[str, str]) -> None:
        self._by_word: dict[str, list[tuple[str, str]]] = {}
        for phrase in sorted(phrases, key=len, reverse=True):
            self._by_word.setdefault(_first(phrase), []).append((phrase, phrases[phrase]))

    def at(self, low: str, position: int) -> tuple[str, str] | None:
        """(phrase, value) of the longest phrase at ``position`` that ends at a word's end."""
        for phrase, value in self._by_word.get(_first(low[position : position + 24]), ()):
            if (
                low.startswith(phrase, position)
                and not low[position + len(phrase) : position + len(phrase) + 1].isalnum()
            ):
                return phrase, value
        return None


def _first(text: str) -> str:
    """The first word, or the first character where it is no letter (“%”, “°c”)."""
    for index, letter in enumerate(text):
        if not letter.isalpha():
            return text[:index] or letter
    return text


@dataclass(frozen=True)
class Lexicon:
    measures: Phrases
    counters: Phrases
    never_single: frozenset[str]
    zero_nouns: frozenset[str]
    not_before: frozenset[str]
    may_govern: frozenset[str]
    cues: frozenset[str]
    qualifiers: dict[str, str]
    stops: frozenset[str]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    import yaml

    with open(_DATA, encoding="utf-8") as stream:
        data = yaml.load(stream, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    return Lexicon(
        measures=Phrases(data["measures"]),
        counters=Phrases({noun: noun for noun in data["counters"]}),
        never_single=frozenset(data["units_never_single"]),
        zero_nouns=frozenset(data["zero_nouns"]),
        not_before=frozenset(data["not_before"]),
        may_govern=frozenset(data["may_govern"]),
        cues=frozenset(data["cues"]),
        qualifiers=data["qualifiers"],
        stops=frozenset(data["stops"]),
    )
