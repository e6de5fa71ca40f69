"""Rules between figures, as objects: a sum that must hold, a part no larger than its whole, two that are one.

::

    Check(Missions == CarriedOver + Approved, say=_("Nhiệm vụ triển khai phải bằng chuyển tiếp cộng phê duyệt mới."))
    AtMost(Sanctioned, Inspected, say=_("…"))
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from .declaration import INDICATORS, Indicator
from .figures import Figure, compute
from .windows import Window

CHECKS: list[Check] = []


Term = type[Indicator] | str  # a class, or the code of an indicator that lives in another line


@dataclass(frozen=True, eq=False, init=False)
class Sum:
    """One indicator, or several added, by their codes."""

    codes: tuple[str, ...]

    def __init__(self, *terms: Term | Sum) -> None:
        codes = [c for t in terms for c in (t.codes if isinstance(t, Sum) else (t if isinstance(t, str) else t.code,))]
        object.__setattr__(self, "codes", tuple(codes))

    def __add__(self, other: Term | Sum) -> Sum:
        return Sum(self, other)

    def __eq__(self, other: object) -> Any:
        return Relation(self, "=", Sum(other)) if isinstance(other, str | Sum | type) else NotImplemented

    __hash__ = object.__hash__

    def value(self, figures: Mapping[str, Figure]) -> Any:
        values = [figures[code].value for code in self.codes]
        return None if any(v is None for v in values) else sum(v for v in values if v is not None)

    def say(self, figures: Mapping[str, Figure]) -> str:
        return " + ".join(f"{INDICATORS[code].label} ({figures[code].value})" for code in self.codes)


@dataclass(frozen=True, eq=False)
class Relation:
    """``left`` and ``right`` compared: ``=``, ``≤`` or ``≥``."""

    left: Sum
    sign: str
    right: Sum

    def holds(self, figures: Mapping[str, Figure]) -> bool:
        """True also where a side is not recorded: nothing can be said then."""
        left, right = self.left.value(figures), self.right.value(figures)
        if left is None or right is None:
            return True
        return bool({"=": left == right, "≤": left <= right, "≥": left >= right}[self.sign])


@dataclass(frozen=True)
class Broken:
    """A check that does not hold, with the numbers, in words."""

    check: Check
    words: str
    codes: tuple[str, ...]


class Check:
    """A rule between figures of one window; declared in a ``checks.py``, found by itself.
    ``severity``: ``error`` stops an issuing, ``warning`` is shown."""

    def __init__(self, relation: Any, *, say: Any, severity: str = "error") -> None:
        if not isinstance(relation, Relation):
            raise TypeError("a Check is declared as A == B + C, or by AtMost, AtLeast, Same")
        self.relation, self.say, self.severity = relation, say, severity
        CHECKS.append(self)

    @property
    def codes(self) -> tuple[str, ...]:
        return (*self.relation.left.codes, *self.relation.right.codes)

    def broken(self, figures: Mapping[str, Figure]) -> Broken | None:
        """What is wrong, or None. ``figures`` holds all ``codes`` of one window."""
        if self.relation.holds(figures):
            return None
        words = _("%(say)s Hiện có: %(left)s, không %(sign)s %(right)s.") % {
            "say": self.say,
            "left": self.relation.left.say(figures),
            "sign": self.relation.sign,
            "right": self.relation.right.say(figures),
        }
        return Broken(self, words, self.codes)


def AtMost(part: Term | Sum, whole: Term | Sum, *, say: Any, severity: str = "error") -> Check:  # noqa: N802
    """A part never exceeds its whole."""
    return Check(Relation(Sum(part), "≤", Sum(whole)), say=say, severity=severity)


def AtLeast(more: Term | Sum, less: Term | Sum, *, say: Any, severity: str = "error") -> Check:  # noqa: N802
    """``more`` is never below ``less``."""
    return Check(Relation(Sum(more), "≥", Sum(less)), say=say, severity=severity)


def Same(one: Term | Sum, other: Term | Sum, *, say: Any, severity: str = "warning") -> Check:  # noqa: N802
    """Two indicators that readers take for one (30 and 29 classes) have one value, or the text says why not."""
    return Check(Relation(Sum(one), "=", Sum(other)), say=say, severity=severity)


def run(window: Window, *, confirmed: bool = False) -> list[Broken]:
    """Every declared check over one window; only what is broken comes back. A check that speaks of a line
    which is not installed is passed over."""
    known = [check for check in CHECKS if all(code in INDICATORS for code in check.codes)]
    codes = {code for check in known for code in check.codes}
    figures = {
        code: f
        for (code, _w), f in compute([INDICATORS[c] for c in sorted(codes)], [window], confirmed=confirmed).items()
    }
    return [broken for check in known if (broken := check.broken(figures))]
