"""Checks of a finished document: rules with a code, a legal source and an exact place; judged by the law of its day.

>>> [finding.code for finding in check("Chánh Tranh tra Sở đã ban hành quyết định.")]
['L2']
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection

from vanban.checks import citations, figures, form, language, page, periods, standing
from vanban.checks.beside import Beside
from vanban.checks.rule import RULES, Finding, Rule, Subject

__all__ = [
    "RULES",
    "Beside",
    "Finding",
    "Rule",
    "check",
    "citations",
    "figures",
    "fixed",
    "form",
    "language",
    "page",
    "periods",
    "standing",
    "suppressed",
]

_SUPPRESS = re.compile(
    r"<!--\s*vanban:\s*bỏ qua\s+(?P<codes>[A-Z]\d{1,2}(?:\s*,\s*[A-Z]\d{1,2})*)\s*:\s*(?P<reason>[^>\n]{3,200}?)\s*-->"
)


def check(
    text: str,
    date: dt.date | None = None,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
    from_tree: bool = False,
    beside: Beside | None = None,
) -> list[Finding]:
    """The findings of a text, in the order of their places. ``select`` and ``ignore`` hold codes or their first letters
    (“L”, “C4”). A comment ``<!-- vanban: bỏ qua L1: lý do -->`` silences those codes on its own paragraph; without a
    reason it silences nothing. ``from_tree``: the text was written out from a ``Document``. ``beside``: what
    the document is checked against besides itself."""
    subject = Subject(text, date, from_tree, beside or Beside())
    wanted = [
        r
        for r in RULES.values()
        if r.applies(subject) and _among(r.code, select, True) and not _among(r.code, ignore, False)
    ]
    found = [finding for r in wanted for finding in r.run(subject)]
    silenced = suppressed(text)
    kept = [f for f in found if not any(f.code in codes and start <= f.start <= end for start, end, codes in silenced)]
    return sorted(kept, key=lambda f: (f.start, f.end, f.code))


def _among(code: str, named: Collection[str], empty: bool) -> bool:
    return any(code == n or (len(n) == 1 and code.startswith(n)) for n in named) if named else empty


def suppressed(text: str) -> list[tuple[int, int, set[str]]]:
    """(start, end, codes) of every paragraph with a suppressing comment that gives a reason."""
    found = []
    for match in _SUPPRESS.finditer(text):
        start = text.rfind("\n\n", 0, match.start()) + 1
        end = text.find("\n\n", match.end())
        found.append((start, len(text) if end < 0 else end, {c.strip() for c in match.group("codes").split(",")}))
    return found


def fixed(text: str, findings: Collection[Finding]) -> str:
    """The text with every safe fix made; of two that overlap, the first."""
    out, at = [], 0
    for finding in sorted(findings, key=lambda f: f.start):
        if finding.fix is not None and finding.start >= at:
            out += [text[at : finding.start], finding.fix]
            at = finding.end
    return "".join(out) + text[at:]
