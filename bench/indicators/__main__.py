"""What declared indicators cost beside SQL by hand: ``python -m bench.indicators [--rows 1000000 | --large] [--runs 7]``.

All indicators of the laboratory, for 01/01–15/11/2024 and the same days of 2023, on one database of its own: as
``cancu.indicators.compute`` asks them, and as one statement written by hand (``by_hand.sql``). The two alternate,
after one run each to warm the cache; their numbers are compared first. Goal: ratio of medians ≤ 1.3. A tenth
of the rows is measured before: cost is linear in rows when ten times the rows take at most about ten times the time.
At small sizes what is left is the fixed cost of building the statement, some tens of milliseconds of Python.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import statistics
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from cancu import postgres

GOAL = 1.3
BY_HAND = Path(__file__).parent / "by_hand.sql"
UNTIL = dt.date(2024, 11, 15)
Numbers = dict[str, tuple[Decimal | None, ...]]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rows", type=int, default=1_000_000, help="verifications")
    arguments.add_argument("--large", action="store_true", help="10,000,000 verifications")
    arguments.add_argument("--runs", type=int, default=7)
    options = arguments.parse_args()
    rows = 10_000_000 if options.large else options.rows
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cancu.settings")
    postgres.ensure()
    import django

    django.setup()
    tenth, tenth_by_hand = measured(rows // 10, options.runs)
    whole, whole_by_hand = measured(rows, options.runs)
    ratio = whole / whole_by_hand
    print(f"ratio at {rows:,}: {ratio:.2f} (goal ≤ {GOAL}: {'met' if ratio <= GOAL else 'MISSED'})")
    print(f"ten times the rows: compute {whole / tenth:.1f} × the time, by hand {whole_by_hand / tenth_by_hand:.1f} ×")


def measured(rows: int, runs: int) -> tuple[float, float]:
    """Print and return both medians in seconds at this size: (compute, by hand)."""
    from bench.database import own_database

    from .register import fill

    with own_database("cancu_bench"):
        began = time.perf_counter()
        fill(rows)
        print(f"{rows:,} verifications (loaded in {time.perf_counter() - began:.0f} s)")
        declared, by_hand = alternating(runs)
    print(
        f"  compute {declared * 1000:8.1f} ms   by hand {by_hand * 1000:8.1f} ms   n = {runs}   ratio {declared / by_hand:.2f}"
    )
    return declared, by_hand


def alternating(runs: int) -> tuple[float, float]:
    """Medians in seconds of (compute, by hand), each run after the other so that a busy machine is shared fairly."""
    ways: tuple[Callable[[], Numbers], Callable[[], Numbers]] = (by_compute, by_sql)
    ours, theirs = by_compute(), by_sql()
    if ours != theirs:
        raise SystemExit(
            f"the numbers differ: { {c: (ours.get(c), theirs.get(c)) for c in ours.keys() | theirs.keys() if ours.get(c) != theirs.get(c)} }"
        )
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs):
        for way, taken in zip(ways, times, strict=True):
            start = time.perf_counter()
            way()
            taken.append(time.perf_counter() - start)
    return statistics.median(times[0]), statistics.median(times[1])


def by_compute() -> Numbers:
    """Every indicator of the laboratory: name → (this window, the year before)."""
    from cancu.indicators import compute
    from cancu.indicators.declaration import indicators
    from cancu.indicators.windows import year_to_date

    window = year_to_date(UNTIL)
    windows = (window, window.previous())
    wanted = indicators("laboratory")
    found = compute(wanted, windows, confirmed=True)
    return {
        i.code.partition(".")[2]: tuple(None if (v := found[i.code, w].value) is None else Decimal(v) for w in windows)
        for i in wanted
    }


def by_sql() -> Numbers:
    """The same, by one statement."""
    from django.db import connection

    from cancu.indicators.windows import year_to_date

    window = year_to_date(UNTIL)
    before = window.previous()
    with connection.cursor() as cursor:
        cursor.execute(
            BY_HAND.read_text(encoding="utf-8"),
            {"start": window.start, "end": window.end, "start_before": before.start, "end_before": before.end},
        )
        names = [column.name for column in cursor.description][1:]
        answers = {row[0]: row[1:] for row in cursor.fetchall()}
    return {
        name: tuple(None if v is None else Decimal(v) for v in pair)
        for name, pair in zip(names, zip(answers["now"], answers["before"], strict=True), strict=True)
    }


if __name__ == "__main__":
    main()
