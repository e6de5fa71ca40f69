"""How long a verification holds: the dated table of cycles in ``cycles.yaml`` (Thông tư 23/2013/TT-BKHCN and its amendments)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from vanban.workdays import add_months


@dataclass(frozen=True)
class Cycle:
    """One row of the table. ``months`` None: verified once, before first use. ``verified``: compared with the text."""

    months: int | None
    valid_from: dt.date
    valid_until: dt.date | None = None
    basis: str = ""
    verified: bool = False


@lru_cache(maxsize=1)
def cycles() -> dict[str, tuple[Cycle, ...]]:
    """Kind of instrument → its cycles in order of time."""
    table = yaml.safe_load(Path(__file__).with_name("cycles.yaml").read_text("utf-8"))
    return {kind: tuple(Cycle(**row) for row in rows) for kind, rows in table.items()}


def cycle(kind: str, day: dt.date) -> Cycle | None:
    """The cycle of a kind of instrument on ``day``; None where the table has no row for it."""
    found = (
        c for c in cycles().get(kind, ()) if c.valid_from <= day and (c.valid_until is None or day <= c.valid_until)
    )
    return next(found, None)


def valid_until(kind: str, performed_on: dt.date) -> dt.date | None:
    """The last day of validity of a verification done on ``performed_on`` under the rule of that day.

    None: no limit (verified once only) or no row in the table. 31/8 + 6 months is the last day of February."""
    rule = cycle(kind, performed_on)
    if rule is None or rule.months is None:
        return None
    return add_months(performed_on, rule.months)
