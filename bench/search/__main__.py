"""What a search costs on a full department: ``python -m bench.search [--rows 1000000] [--runs 15]``.

A laboratory of ``--rows`` verifications (with its instruments, requests, samples, results) and 2,000 documents in a
database of its own; every table is read into the search table; then each query runs ``--runs`` times as the palette
asks it (scope, ranking, groups). Goal: every median under 100 ms. Beside it, what the triggers add to an import:
100,000 rows written by one statement, with the triggers on and off, alternating.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from typing import Any

from cancu import postgres

GOAL_MS = 100
QUERIES = (
    "742/QĐ-UBND",
    "742 qd ubnd",
    "888777",
    "0888777",
    "ho so",
    "ke hoach phat trien",
    "kh",
    "phuong tien do",
    "mau thu nghiem",
    "khach hang 12",
    "giay phep buc xa da cap",
    "khong co gi ca",
    "qyet dinh phat trien",
)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rows", type=int, default=1_000_000, help="verifications")
    arguments.add_argument("--runs", type=int, default=15)
    options = arguments.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cancu.settings")
    postgres.ensure()
    import django

    django.setup()
    from bench.database import own_database

    with own_database("cancu_bench_search"):
        user = filled(options.rows)
        worst = measured(user, options.runs)
        triggers(5)
    print(f"slowest median {worst:.0f} ms (goal < {GOAL_MS} ms: {'met' if worst < GOAL_MS else 'MISSED'})")


def filled(rows: int) -> Any:
    """The laboratory, the documents, the search table; a director who sees all."""
    from django.db import connection

    from bench.indicators.register import fill
    from cancu.core.people import Role
    from cancu.core.tests.rows import make, person
    from cancu.desk.search_index import rebuild
    from cancu.documents.models import Document

    fill(rows)
    user = person("giamdoc", "DV", Role.DIRECTOR)
    one = make(Document, type="decision", number="1/QĐ-UBND", issued_on="2023-01-01", title="về việc phát triển")
    kinds = (("decision", "QĐ-UBND"), ("plan", "KH-UBND"))
    Document.objects.bulk_create(
        Document(
            type=kind,
            number=f"{n}/{symbol}",
            canonical=f"{n}/{symbol}",
            issued_on="2023-05-19",
            issuer=one.issuer,
            owner_unit=one.owner_unit,
            entered_by=one.entered_by,
            title=f"về việc phát triển khoa học và công nghệ số {n}",
            nature=one.nature,
        )
        for n in range(2, 1002)
        for kind, symbol in kinds
    )
    began = time.perf_counter()
    count = sum(n for _name, n in rebuild())
    taken = time.perf_counter() - began
    print(f"{count:,} rows read into the search table in {taken:.0f} s ({count / taken:,.0f} rows/s)")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) desk_searchrow")
        cursor.execute("SELECT pg_total_relation_size('desk_searchrow') / 1048576")
        print(f"search table with its indexes: {cursor.fetchone()[0]} MB")
    return user


def measured(user: Any, runs: int) -> float:
    """Print each query's median and 95th percentile; the slowest median in milliseconds."""
    from cancu.desk.search import search

    worst = 0.0
    for words in QUERIES:
        times = []
        found = search(user, words)
        for _ in range(runs):
            began = time.perf_counter()
            search(user, words)
            times.append((time.perf_counter() - began) * 1000)
        median = statistics.median(times)
        worst = max(worst, median)
        print(
            f"  {words:<28} {median:6.1f} ms   p95 {sorted(times)[int(0.95 * (runs - 1))]:6.1f} ms   n = {runs}   {sum(len(a) for _g, a in found)} answers"
        )
    return worst


def triggers(runs: int) -> None:
    """What the search triggers add to one statement that writes 100,000 parties (a table without history triggers)."""
    from django.db import connection

    written = (
        "INSERT INTO core_party (kind, name, folded, tax_code, sector, address, phone, email, invented) "
        "SELECT 'organisation', 'Đo ' || n, 'do ' || n, '', '', '', '', '', true FROM generate_series(1, 100000) n"
    )
    times: dict[str, list[float]] = {"ENABLE": [], "DISABLE": []}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'core_party'::regclass AND tgname LIKE 'pgtrigger_search%'"
        )
        names = [connection.ops.quote_name(name) for (name,) in cursor.fetchall()]
        for _ in range(runs):
            for how, taken in times.items():
                for name in names:
                    cursor.execute(f"ALTER TABLE core_party {how} TRIGGER {name}")
                began = time.perf_counter()
                cursor.execute(written)
                taken.append((time.perf_counter() - began) * 1000)
                cursor.execute("DELETE FROM core_party WHERE name LIKE 'Đo %'")
    on, off = (statistics.median(times[how]) for how in ("ENABLE", "DISABLE"))
    print(
        f"one INSERT of 100,000 rows: {off:.0f} ms without the search triggers, {on:.0f} ms with them ({on / off:.2f} ×), n = {runs}, alternating"
    )


if __name__ == "__main__":
    main()
