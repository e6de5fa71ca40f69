"""Pages of the largest register under load: ``python -m bench.web [--rows 1000000] [--owners 20000] [--seconds 6]``.

A laboratory of ``--rows`` verifications in a database of its own. Two servers, each started as ``cancu serve`` starts its
own (gunicorn, two workers of four threads): ours, and Django's admin on the same tables (``bench/web/urls.py``), asked in
turn, one signed-in director, whole HTML pages, with 1 and with 16 at once: first page, filtered page, search on an
owner's name, one record, a record created. Then our CSV of 100,000 rows, which the admin has not. Goals: list, filter and
search at least 8 times the admin's rate, one record at least 3 times, memory flat.
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


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rows", type=int, default=1_000_000, help="verifications")
    arguments.add_argument("--owners", type=int, default=20_000)
    arguments.add_argument("--seconds", type=float, default=6, help="of each measurement")
    arguments.add_argument("--rounds", type=int, default=3, help="how often ours and the admin take turns")
    options = arguments.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.web.settings"
    postgres.ensure()
    import django

    django.setup()
    from bench.database import own_database

    with own_database(DATABASE):
        from bench.web.office import filled, pages_of_ours, pages_of_the_admin

        cookie = filled(options.rows, options.owners)
        with (
            serving("cancu.wsgi:application", "cancu.settings") as ours,
            serving("cancu.wsgi:application", "bench.web.settings") as admin,
        ):
            addresses = {"ours": (ours, pages_of_ours(options)), "admin": (admin, pages_of_the_admin(options))}
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
    """Every action with 1 and 16 at once, the two servers in turn; medians of the rounds and their ratio."""
    from bench.web.load import asked

    for action in next(iter(addresses.values()))[1]:
        for together in TOGETHER:
            rates: dict[str, list[float]] = {name: [] for name in addresses}
            times: dict[str, list[float]] = {name: [] for name in addresses}
            for turn in range(options.rounds):
                for name, (port, pages) in addresses.items():
                    if not turn:
                        asked(
                            port, cookie, pages[action], together, options.seconds / 4
                        )  # what the first answers load is not measured
                    taken, lasted = asked(port, cookie, pages[action], together, options.seconds)
                    rates[name].append(len(taken) / lasted)
                    times[name] += taken
            ratio = statistics.median(rates["ours"]) / statistics.median(rates["admin"])
            goal = GOALS.get(action)
            verdict = f"(goal ≥ {goal:.0f}: {'met' if ratio >= goal else 'MISSED'})" if goal else ""
            said = "   ".join(
                f"{name} {statistics.median(rates[name]):7.1f}/s p50 {_at(times[name], 0.5):6.0f} p95 {_at(times[name], 0.95):6.0f} ms"
                for name in addresses
            )
            print(f"{action:<7} × {together:<3} {said}   ours / admin = {ratio:5.1f} {verdict}", flush=True)
        print(
            "memory after it: "
            + ", ".join(f"{name} {memory(port):.0f} MB" for name, (port, _pages) in addresses.items()),
            flush=True,
        )


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
