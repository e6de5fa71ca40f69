"""What a rule is: a function over one reading, whose docstring states the rule and its legal source."""

from __future__ import annotations

import datetime as dt
import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from vanban.checks.beside import Beside
from vanban.reading import Reading, analyse
from vanban.text import CleanText
from vanban.translation import _

Severity = Literal["error", "warning", "info"]
Regime = Literal["HC", "QPPL", "ĐẢNG"]

#: Decree 30/2020/NĐ-CP holds from this day; the form of older documents is not judged by it.
DECREE_30 = dt.date(2020, 3, 5)
#: Circular 01/2011/TT-BNV, which asked the same of the parts that the decree later took over, held from this day.
CIRCULAR_01 = dt.date(2011, 3, 5)


@dataclass(frozen=True)
class Finding:
    """One finding. ``start``…``end`` count characters of the text as given; ``fix`` is what to write there instead,
    where that is safe; ``cure`` says what to do in words."""

    code: str
    severity: Severity
    start: int
    end: int
    message: str
    cure: str = ""
    fix: str | None = None


@dataclass(frozen=True)
class Rule:
    """One rule: its code, severity, the regimes it speaks of and the day it holds from (of the document's date)."""

    code: str
    severity: Severity
    regimes: tuple[Regime, ...]
    since: dt.date | None
    run: Callable[[Subject], Iterator[Finding]]

    @property
    def text(self) -> str:
        """The docstring: rule, legal source, dates."""
        return inspect.cleandoc(self.run.__doc__ or "")

    def applies(self, subject: Subject) -> bool:
        day = subject.reading.document_date
        return subject.regime in self.regimes and (self.since is None or day is None or day >= self.since)


RULES: dict[str, Rule] = {}


def rule(
    code: str, severity: Severity, regimes: tuple[Regime, ...] = ("HC",), since: dt.date | None = None
) -> Callable[[Callable[[Subject], Iterator[Finding]]], Callable[[Subject], Iterator[Finding]]]:
    """Declare a rule. Refuses one without docstring, or a code that is taken."""

    def declare(run: Callable[[Subject], Iterator[Finding]]) -> Callable[[Subject], Iterator[Finding]]:
        if not run.__doc__:
            raise TypeError(f"{code}: a rule needs a docstring")
        if code in RULES:
            raise TypeError(f"{code}: declared twice")
        RULES[code] = Rule(code, severity, regimes, since, run)
        return run

    return declare


ALL: tuple[Regime, ...] = ("HC", "QPPL", "ĐẢNG")


@dataclass
class Subject:
    """The document under check: its text, its reading, and the facts that several rules share. ``from_tree``: the text
    was written out from a tree, which does not hold the nation's name."""

    text: str
    date: dt.date | None = None
    from_tree: bool = False
    beside: Beside = field(default_factory=Beside)
    reading: Reading = field(init=False)
    clean: CleanText = field(init=False)

    def __post_init__(self) -> None:
        self.reading = analyse(self.text, self.date)
        self.clean = CleanText(self.text)

    @cached_property
    def words(self) -> str:
        """The clean text: NFC, one kind of dash and space, broken paragraphs joined."""
        return self.clean.clean

    @cached_property
    def regime(self) -> Regime:
        """Which law judges the form: Party, normative or administrative; by the document's own number and head."""
        header = self.reading.structure.head.header
        if not self.is_whole:
            return "HC"
        code, head = f"{header.number}/{header.symbol}", self.words[:600]
        if "ĐẢNG CỘNG SẢN VIỆT NAM" in head or re.search(r"\d-[A-ZĐa-z]{2,4}/[A-ZĐ]", code):
            return "ĐẢNG"
        return (
            "QPPL" if re.search(r"\d/(19|20)\d\d/", code) or header.kind in ("LUẬT", "NGHỊ ĐỊNH", "THÔNG TƯ") else "HC"
        )

    @cached_property
    def body(self) -> tuple[int, int]:
        """First and last position of the body in the clean text."""
        found = self.reading.structure
        if not found.lines:
            return 0, 0
        start = found.lines[min(found.head.body, len(found.lines) - 1)].start
        end = found.lines[found.foot].start if found.foot < len(found.lines) else len(self.words)
        return start, end

    @cached_property
    def is_whole(self) -> bool:
        """A whole document (it has a head and a foot), not a fragment: form is judged only then."""
        head = self.reading.structure.head.header
        return bool(head.issuer and (head.kind or head.title)) and bool(self.reading.structure.signature.authority)

    def find(self, pattern: re.Pattern[str], body_only: bool = False) -> Iterator[re.Match[str]]:
        """Matches in the clean text (of the body)."""
        start, end = self.body if body_only else (0, len(self.words))
        return pattern.finditer(self.words, start, end)

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """A span of the clean text in the text as given."""
        return self.clean.raw_span(start, end)

    def at(self, code: str, start: int, end: int, message: str, cure: str = "", fix: str | None = None) -> Finding:
        """A finding at a span of the clean text."""
        first, last = self.raw(start, end)
        return Finding(code, RULES[code].severity, first, last, message, cure, fix)

    def on(self, code: str, start: int, end: int, message: str, cure: str = "", fix: str | None = None) -> Finding:
        """A finding at a span of the text as given."""
        return Finding(code, RULES[code].severity, start, end, message, cure, fix)

    @property
    def form_law(self) -> str:
        """The law of the form on the document's day."""
        day = self.reading.document_date
        return _("Thông tư 01/2011/TT-BNV") if day and day < DECREE_30 else _("Nghị định 30/2020/NĐ-CP")

    def at_line(self, code: str, index: int, message: str, cure: str = "") -> Finding:
        """A finding on one line of the structure."""
        lines = self.reading.structure.lines
        line = lines[min(index, len(lines) - 1)] if lines else None
        return (
            self.at(code, line.start, line.end, message, cure)
            if line
            else Finding(code, RULES[code].severity, 0, 0, message, cure)
        )


def short(words: str) -> str:
    """Words for a message, cut to a readable length."""
    plain = " ".join(words.split())
    return plain if len(plain) <= 60 else _("{start}…").format(start=plain[:58])
