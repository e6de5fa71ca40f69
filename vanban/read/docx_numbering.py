"""Automatic numbers of Word paragraphs: “1.”, “a)”, “II.” are counted, not stored, so they are counted here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from vanban.read.docx_words import Element, W, style_of

_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_LARGEST = 32767  # what Word counts to


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: where it starts, the form of its numbers, the words around them."""

    start: int = 1
    form: str = "decimal"
    text: str = ""


@dataclass(slots=True)
class Numbering:
    """The lists of one file and how far each has counted."""

    lists: dict[str, dict[int, Level]] = field(default_factory=dict)
    shared: dict[str, str] = field(default_factory=dict)  # list → the definition that it counts with
    of_style: dict[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def mark(self, paragraph: Element) -> str:
        """The number that Word would print before the paragraph, and count it; empty for none."""
        number, depth = self._list_of(paragraph)
        levels = self.lists.get(number)
        if not levels or depth not in levels:
            return ""
        level = levels[depth]
        if level.form == "bullet":
            return "-"
        counts = self.counts.setdefault(self.shared.get(number, number), {})
        counts[depth] = min(counts.get(depth, level.start - 1) + 1, _LARGEST)
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        if level.form == "none":
            return ""
        return _PLACE.sub(lambda m: self._said(levels, counts, int(m[1]) - 1), level.text)

    def _said(self, levels: dict[int, Level], counts: dict[int, int], depth: int) -> str:
        level = levels.get(depth, Level())
        return spelled(counts.get(depth, level.start), level.form)

    def _list_of(self, paragraph: Element) -> tuple[str, int]:
        direct = paragraph.find(f"{W}pPr/{W}numPr")
        if direct is None:
            return self.of_style.get(style_of(paragraph), ("", 0))
        return _reference(direct)


def spelled(value: int, form: str) -> str:
    """A number in one of Word's forms.

    >>> spelled(4, "upperRoman"), spelled(27, "lowerLetter"), spelled(3, "decimalZero")
    ('IV', 'aa', '03')
    """
    if form in ("upperRoman", "lowerRoman"):
        words = ""
        for worth, sign in _ROMAN:
            words, value = words + sign * (value // worth), value % worth
        return words if form == "upperRoman" else words.lower()
    if form in ("upperLetter", "lowerLetter") and value > 0:
        letter = chr(ord("a") + (value - 1) % 26) * min((value - 1) // 26 + 1, 30)
        return letter.upper() if form == "upperLetter" else letter
    return f"{value:02d}" if form == "decimalZero" else str(value)


def numbering(root: Element | None, styles: Element | None) -> Numbering:
    """The lists that numbering.xml declares, and the styles that carry one."""
    made = Numbering()
    if root is not None:
        abstract = {a.get(f"{W}abstractNumId", ""): _levels(a) for a in root.iterchildren(f"{W}abstractNum")}
        for number in root.iterchildren(f"{W}num"):
            key, definition = number.get(f"{W}numId", ""), _value(number, "abstractNumId")
            made.lists[key] = abstract.get(definition, {}) | _overrides(number, abstract.get(definition, {}))
            restarts = number.find(f"{W}lvlOverride/{W}startOverride") is not None
            made.shared[key] = key if restarts else f"abstract {definition}"
    if styles is not None:
        for style in styles.iterchildren(f"{W}style"):
            carried = style.find(f"{W}pPr/{W}numPr")
            if carried is not None:
                made.of_style[style.get(f"{W}styleId", "")] = _reference(carried)
    return made


def _levels(definition: Element) -> dict[int, Level]:
    return {_number(level.get(f"{W}ilvl", "0")): _level(level) for level in definition.iterchildren(f"{W}lvl")}


def _level(level: Element) -> Level:
    return Level(_number(_value(level, "start") or "1"), _value(level, "numFmt") or "decimal", _value(level, "lvlText"))


def _overrides(number: Element, levels: dict[int, Level]) -> dict[int, Level]:
    out: dict[int, Level] = {}
    for override in number.iterchildren(f"{W}lvlOverride"):
        depth = _number(override.get(f"{W}ilvl", "0"))
        own, start = override.find(f"{W}lvl"), _value(override, "startOverride")
        base = _level(own) if own is not None else levels.get(depth, Level())
        out[depth] = Level(_number(start), base.form, base.text) if start else base
    return out


def _reference(carried: Element) -> tuple[str, int]:
    return _value(carried, "numId"), _number(_value(carried, "ilvl") or "0")


def _value(parent: Element, tag: str) -> str:
    found = parent.find(f"{W}{tag}")
    return "" if found is None else found.get(f"{W}val", "")


def _number(text: str) -> int:
    return min(int(text), _LARGEST) if text.isascii() and text.isdigit() and len(text) < 10 else 0
