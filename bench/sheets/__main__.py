"""Excel into a register: ``python -m bench.sheets [--rows 100000] [--peer-rows 3000] [--runs 3]``.

One .xlsx of radiation devices (nine columns; a facility by its code, code lists, days, numbers), one row in a hundred
wrong. Ours: read in the bounded child, tried in full, then written with its history. The floor: calamine and one COPY of
the raw cells into a table without constraints, history or checks. The floor of the register: the same, but the good rows
go to the register itself, with its keys, indexes, constraints and history, as a script written for this one file would
bring them (no trial, no list of what is wrong, no way back). The peer: django-import-export, dry run and import of the
good rows, on fewer rows because it goes row by row. Each in a process of its own; rows a second are medians, memory is the
largest resident set of that process (its children beside it). Goal: at least a third of the floor's rate, ten times the
peer's; the floor of the register says how much of the way to the first is the register's own.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cancu import postgres

DATABASE = "cancu_bench_sheets"
ONE_IN = 100  # rows that are wrong


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rows", type=int, default=100_000)
    arguments.add_argument("--peer-rows", type=int, default=3_000)
    arguments.add_argument("--runs", type=int, default=3)
    arguments.add_argument("--one", help=argparse.SUPPRESS)
    arguments.add_argument("--file", help=argparse.SUPPRESS)
    options = arguments.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cancu.settings")
    postgres.ensure()
    import django

    django.setup()
    if options.one:
        one(options.one, Path(options.file))
        return
    from bench.database import own_database

    with own_database(DATABASE), tempfile.TemporaryDirectory() as folder:
        prepare()
        big, small = Path(folder) / "lon.xlsx", Path(folder) / "nho.xlsx"
        book(big, options.rows)
        book(small, options.peer_rows)
        told = {
            name: measured(name, file, rows, options.runs)
            for name, file, rows in (
                ("floor", big, options.rows),
                ("floor of the register", big, options.rows),
                ("ours", big, options.rows),
                ("django-import-export", small, options.peer_rows),
            )
        }
    ours, floor, peer = (told[name] for name in ("ours", "floor", "django-import-export"))
    print(f"ours / floor = {ours / floor:.2f} (goal ≥ 0.33: {'met' if ours / floor >= 1 / 3 else 'MISSED'})")
    print(f"ours / floor of the register = {ours / told['floor of the register']:.2f} (no goal)")
    print(f"ours / django-import-export = {ours / peer:.1f} (goal ≥ 10: {'met' if ours / peer >= 10 else 'MISSED'})")


def measured(name: str, file: Path, rows: int, runs: int) -> float:
    """Print and return the median of rows a second; every run in a fresh process."""
    rates, memory, told = [], 0, {}
    for _run in range(runs):
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "bench.sheets", "--one", name, "--file", str(file)],
            capture_output=True,
            text=True,
            check=True,
        )
        told = json.loads(done.stdout.splitlines()[-1])
        rates.append(rows / told["seconds"])
        memory = max(memory, told["megabytes"])
    rate = statistics.median(rates)
    print(
        f"{name:<22} {rate:10,.0f} rows/s   {memory:5.0f} MB   n = {runs}   {rows:,} rows, {told['bad']} refused, {told['written']} written"
    )
    return rate


def prepare() -> None:
    """A unit, its clerk, two hundred facilities, the codes of the line."""
    from django.apps import apps

    from cancu.core import codes
    from cancu.core.models import Party
    from cancu.core.people import Role
    from cancu.core.tests.rows import make, person

    codes.load(Path(apps.get_app_config("radiation").path) / "codes.yaml")
    person("cv.qlcn", "QLCN", Role.SPECIALIST)
    for n in range(200):
        make("radiation.Facility", code=f"CSBX-{n:03d}", party=make(Party, name=f"Cơ sở số {n}"), owner_unit="QLCN")


def book(path: Path, rows: int) -> None:
    import xlsxwriter

    from bench.sheets.contestants import HEADINGS
    from cancu.core import codes

    kinds = list(codes.labels("radiation.device_kind").values())
    made = xlsxwriter.Workbook(path, {"constant_memory": True})
    page = made.add_worksheet()
    page.write_row(0, 0, HEADINGS)
    for n in range(rows):
        day = "31/02/2024" if n % ONE_IN == ONE_IN - 1 else f"{n % 28 + 1:02d}/{n % 12 + 1:02d}/2024"
        page.write_row(
            n + 1,
            0,
            (
                f"CSBX-{n % 200:03d}",
                kinds[n % len(kinds)],
                "Hãng sản xuất",
                f"M{n % 50}",
                f"SR-{n:07d}",
                2000 + n % 24,
                100 + n % 50,
                "có" if n % 7 == 0 else "không",
                day,
            ),
        )
    made.close()


def one(name: str, file: Path) -> None:
    """One contestant, once: its time, memory and what it did, as JSON."""
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = DATABASE
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE radiation_device CASCADE")
        cursor.execute("DROP TABLE IF EXISTS bench_floor")
    from bench.sheets.contestants import CONTESTANTS

    work = CONTESTANTS[name]
    data = file.read_bytes()
    start = time.perf_counter()
    bad, written = work(data)
    seconds = time.perf_counter() - start
    largest = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(json.dumps({"seconds": seconds, "megabytes": largest / 1024, "bad": bad, "written": written}))


if __name__ == "__main__":
    main()
