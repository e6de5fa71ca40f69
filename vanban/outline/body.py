"""The body: numbering of headings and list items, and their levels."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vanban.outline.lines import Line

_ROMAN = r"(?:(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3}))"
_FORMS = (
    (
        "part",
        re.compile(rf"^(?P<number>(?:PHẦN|Phần)\s+(?:thứ\s\w+|THỨ\s\w+|{_ROMAN}|\d{{1,2}}))\b[.:]?\s*(?P<rest>.*)$"),
    ),
    ("chapter", re.compile(rf"^(?P<number>(?:CHƯƠNG|Chương)\s+(?:{_ROMAN}|\d{{1,3}}))\b[.:]?\s*(?P<rest>.*)$")),
    ("section", re.compile(r"^(?P<number>(?:MỤC|Mục|TIỂU MỤC|Tiểu mục)\s+\d{1,2})\b[.:]?\s*(?P<rest>.*)$")),
    ("article", re.compile(r"^(?P<number>(?:ĐIỀU|Điều)\s+\d{1,3}[a-zđ]?\s?[.:])\s*(?P<rest>.*)$")),
    ("letter", re.compile(r"^(?P<number>[A-HK-U]\s?[.)])\s+(?P<rest>\S.*)$")),
    ("roman", re.compile(rf"^(?P<number>{_ROMAN}\s?[.)/-])\s*(?P<rest>\S.*)$")),
    ("decimal", re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2}){1,4}[.)]?)\s+(?P<rest>\S.*)$")),
    ("digit", re.compile(r"^(?P<number>\d{1,3}\s?[.)/-])\s*(?P<rest>[^\d\s].*)$")),
    ("point", re.compile(r"^(?P<number>[a-zđ]\d{0,2}\s?[.)])\s+(?P<rest>\S.*)$")),
    ("dash", re.compile(r"^(?P<number>[-–+•])\s*(?P<rest>\S.*)$")),
)
_ORDER = ("part", "chapter", "letter", "section", "roman", "article", "digit", "decimal", "point")
_SENTENCE = re.compile(r"[.;:,]$|\./\.$")
_LONGEST_TITLE = 330


@dataclass(frozen=True, slots=True)
class Entry:
    """A numbered line: form, number as written, words, level (0 for dashes), and whether it is a heading (a
    title of its own) or an item (a numbered sentence or paragraph)."""

    index: int
    form: str
    number: str
    words: str
    level: int
    heading: bool
    taken: int = 1  # lines used: a chapter's title stands on the next line


def entries(lines: list[Line], start: int, end: int) -> list[Entry]:
    """Numbered lines of the body with their levels.

    Levels follow the forms that the document uses, in the order Phần, Chương, A., Mục, I., Điều, 1., 1.1., a):
    a document without chapters begins at “I.”, one without those at “1.” or “Điều 1.”"""
    found = [entry for index in range(start, end) if (entry := _read(lines, index, end))]
    used = [form for form in _ORDER if form != "decimal" and any(entry.form == form for entry in found)]
    ranks = {form: rank + 1 for rank, form in enumerate(used)}
    if "digit" not in ranks:
        ranks["digit"] = len([form for form in used if _ORDER.index(form) < _ORDER.index("digit")]) + 1
    return [_levelled(entry, ranks) for entry in found]


def _levelled(entry: Entry, ranks: dict[str, int]) -> Entry:
    if entry.form == "decimal":
        level = ranks["digit"] + entry.number.rstrip(".)").count(".")
    else:
        level = ranks.get(entry.form, 0)
    return Entry(entry.index, entry.form, entry.number, entry.words, level, entry.heading, entry.taken)


def _read(lines: list[Line], index: int, end: int) -> Entry | None:
    line = lines[index]
    for form, pattern in _FORMS:
        match = pattern.match(line.text)
        if match is None:
            continue
        words, taken = match["rest"].strip(), 1
        if form in ("part", "chapter", "section") and not words:
            while taken < 4 and index + taken < end and _is_capital_title(lines[index + taken]):
                words, taken = f"{words} {lines[index + taken].text}".strip(), taken + 1
        heading = form != "dash" and _is_title(form, words, line)
        return Entry(index, form, match["number"].strip(), words, 0, heading, taken)
    return None


def _is_capital_title(line: Line) -> bool:
    return line.upper and not any(pattern.match(line.text) for _form, pattern in _FORMS[:4])


def _is_title(form: str, words: str, line: Line) -> bool:
    if form in ("part", "chapter", "section"):
        return True
    if line.bold or line.upper:
        return True
    return len(words) <= _LONGEST_TITLE and not _SENTENCE.search(words)
