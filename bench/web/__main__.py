"""Pages of the largest register under load: ``python -m bench.web [--rows 1000000] [--owners 20000] [--seconds 6]``.

A laboratory of ``--rows`` verifications in a database of its own. Two servers, each started as ``cancu serve`` starts its
own (gunicorn, two workers of four threads): ours, and Django's admin on the same tables (``bench/web/urls.py``), asked in
turn, one signed-in director, whole HTML pages, with 1 and with 16 at once: first page, filtered page, search on an
owner's name, one record, a record created. Then our CSV of 100,000 rows, which the admin has not. Goals: list, filter and
search at least 8 times the admin's rate, one record at least 3 times, memory flat.

One record is asked of two admins: one tuned for large tables (``raw_id_fields``: related rows by their number), and the
stock one, whose form offers every instrument of the laboratory to choose from. The goal names the stock one; the ratio to
the tuned one says what the page itself costs.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from cancu import postgres

DATABASE = "cancu_bench_web"
GOALS = {"list": 8.0, "filter": 8.0, "search": 8.0, "detail": 3.0}
TOGETHER = (1, 16)
ALONE = "stock"  # sixteen of its forms at once, each a minute of drawing, would say nothing more


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rows", type=int, default=1_000_000, help="verifications")
    arguments.add_argument("--owners", type=int, default=20_000)
    arguments.add_argument("--seconds", type=float, default=6, help="of each measurement")
    arguments.add_argument("--rounds", type=int, default=3, help="how often ours and the admin take turns")
    arguments.add_argument("--only", nargs="+", help="some of: list filter search detail create")
    options = arguments.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.web.settings"
    postgres.ensure()
    import django

    django.setup()
    from bench.database import own_database

    with own_database(DATABASE):
        from bench.web.office import filled, pages_of_ours, pages_of_the_admin, pages_of_the_stock_admin

        cookie = filled(options.rows, options.owners)
        with (
            serving("cancu.wsgi:application", "cancu.settings") as ours,
            serving("cancu.wsgi:application", "bench.web.settings") as admin,
            serving("cancu.wsgi:application", "bench.web.settings") as stock,
        ):
            addresses = {
                "ours": (ours, pages_of_ours(options)),
                "admin": (admin, pages_of_the_admin(options)),
                "stock": (stock, pages_of_the_stock_admin(options)),
            }
            measured(addresses, cookie, options)
            told(ours, cookie)
            print(f"memory of ours after it: {memory(ours):.0f} MB")


@contextmanager
def serving(application: str, settings: str) -> Iterator[int]:
    """The application on a free port of this machine, ended with the block."""
    import signal
    import socket
    import subprocess

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = f"-m gunicorn {application} -b 127.0.0.1:{port} -k gthread -w 2 --threads 4".split()
    nothing = subprocess.DEVNULL
    server = subprocess.Popen([sys.executable, *words], env=_surroundings(settings), stdout=nothing, stderr=nothing)  # noqa: S603
    try:
        for _ in range(200):
            with socket.socket() as door:
                if door.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


def _surroundings(settings: str) -> dict[str, str]:
    from django.db import connection

    usual = connection.settings_dict
    url = f"postgresql:///{DATABASE}?host={usual['HOST']}&user={usual['USER']}"
    ours = {"DJANGO_SETTINGS_MODULE": settings, "DATABASE_URL": url, "CANCU_HOSTS": "127.0.0.1", "CANCU_LOG": "json"}
    return {**os.environ, **ours}


def memory(port: int) -> float:
    """Resident megabytes of the server at ``port``, its workers together."""
    found = 0.0
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/cmdline", "rb") as words, open(f"/proc/{pid}/statm") as pages:
                if f"127.0.0.1:{port}".encode() in words.read():
                    found += int(pages.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1_048_576
        except OSError:
            continue
    return found


def measured(addresses: dict[str, Any], cookie: str, options: argparse.Namespace) -> None:
    """Every action with 1 and 16 at once, the servers that have it in turn; medians of the rounds and their ratios."""
    for action in options.only or addresses["ours"][1]:
        having = {name: (port, pages[action]) for name, (port, pages) in addresses.items() if action in pages}
        for together in TOGETHER:
            if together > 1:
                having.pop(ALONE, None)
            taken, rates = in_turn(having, cookie, together, options)
            for name in having:
                said = f"{rates[name]:7.2f}/s p50 {_at(taken[name], 0.5):7.0f} p95 {_at(taken[name], 0.95):7.0f} ms"
                print(f"{action:<7} × {together:<3} {name:<5} {said}   n = {len(taken[name])}", flush=True)
            judged(action, rates)
        told = ", ".join(f"{name} {memory(port):.0f} MB" for name, (port, _page) in having.items())
        print(f"memory after it: {told}", flush=True)


def in_turn(having: dict[str, Any], cookie: str, together: int, options: argparse.Namespace) -> tuple[Any, Any]:
    """Seconds of every answer, and the median rate of the rounds, by server."""
    from bench.web.load import asked

    rates: dict[str, list[float]] = {name: [] for name in having}
    times: dict[str, list[float]] = {name: [] for name in having}
    for turn in range(options.rounds):
        for name, (port, page) in having.items():
            if not turn:  # what the first answers load is not measured
                asked(port, cookie, page, together, options.seconds / 4)
            taken, lasted = asked(port, cookie, page, together, options.seconds)
            rates[name].append(len(taken) / lasted)
            times[name] += taken
    return times, {name: statistics.median(found) for name, found in rates.items()}


def judged(action: str, rates: dict[str, float]) -> None:
    """Our rate over every other's, and the goal beside each."""
    for name in rates:
        if name == "ours":
            continue
        ratio, goal = rates["ours"] / rates[name], GOALS.get(action)
        verdict = f"(goal ≥ {goal:.0f}: {'met' if ratio >= goal else 'MISSED'})" if goal else ""
        print(f"        ours / {name} = {ratio:.1f} {verdict}", flush=True)


def _at(times: list[float], share: float) -> float:
    return sorted(times)[int(share * (len(times) - 1))] * 1000


def told(port: int, cookie: str) -> None:
    """Our CSV of the rows of five weeks, read to its end."""
    from bench.web.load import read_whole

    rates = []
    for _round in range(3):
        began = time.perf_counter()
        lines = read_whole(
            port, cookie, "/so/laboratory/verification/xuat/csv?performed_on_tu=2021-01-01&performed_on_den=2021-05-26"
        )
        rates.append(lines / (time.perf_counter() - began))
    print(f"csv: {lines:,} rows at {statistics.median(rates):,.0f} rows/s, n = 3")


if __name__ == "__main__":
    main()
