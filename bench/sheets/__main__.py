"""Excel into a register: ``python -m bench.sheets [--rows 100000] [--peer-rows 3000] [--runs 3]``.

One .xlsx of radiation devices (nine columns; a facility by its code, code lists, days, numbers), one row in a hundred
wrong. Ours: read in the bounded child, tried in full, then written with its history. The floor: calamine and one COPY of
the raw cells into a table without constraints, history or checks. The peer: django-import-export, dry run and import of
the good rows, on fewer rows because it goes row by row. Each in a process of its own; rows a second are medians, memory
is the largest resident set of that process (its children beside it). Goal: at least a third of the floor's rate, ten
times the peer's.
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
from typing import Any

from cancu import postgres

HEADINGS = (
    "Cơ sở",
    "Loại thiết bị",
    "Hãng",
    "Kiểu máy",
    "Số seri",
    "Năm sản xuất",
    "Điện áp tối đa (kV)",
    "Di động",
    "Ngày khai báo",
)
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
                ("ours", big, options.rows),
                ("django-import-export", small, options.peer_rows),
            )
        }
    ours, floor, peer = (told[name] for name in ("ours", "floor", "django-import-export"))
    print(f"ours / floor = {ours / floor:.2f} (goal ≥ 0.33: {'met' if ours / floor >= 1 / 3 else 'MISSED'})")
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
    work = {"floor": floor, "ours": ours, "django-import-export": peer}[name]
    data = file.read_bytes()
    start = time.perf_counter()
    bad, written = work(data)
    seconds = time.perf_counter() - start
    largest = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(json.dumps({"seconds": seconds, "megabytes": largest / 1024, "bad": bad, "written": written}))


def floor(data: bytes) -> tuple[int, int]:
    import io

    import python_calamine
    from django.db import connection

    rows = python_calamine.load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python()[1:]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_floor (" + ", ".join(f"c{n} text" for n in range(len(HEADINGS))) + ")")
        with cursor.copy("COPY bench_floor FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    return 0, len(rows)


def ours(data: bytes) -> tuple[int, int]:
    from cancu.core.jobs import Job
    from cancu.core.line import REGISTERS
    from cancu.core.models import Unit, User
    from cancu.core.sheets import run
    from cancu.core.sheets.workbook import cells_of

    clerk, unit = User.objects.get(username="cv.qlcn"), Unit.objects.get(code="QLCN")
    sheet = run.bring(REGISTERS["radiation.device"], "lon.xlsx", cells_of(data, "lon.xlsx"), clerk, unit)
    task = Job.objects.create(name="sheets.try", label="bench", asked_by=clerk)
    run.try_out(task, sheet.pk)
    run.write(task, sheet.pk)
    task.hang_up()
    sheet.refresh_from_db()
    return sheet.found["bad"], len(sheet.written["created"])


def peer(data: bytes) -> tuple[int, int]:
    """django-import-export as its users set it up: a dry run, then the import of the good rows."""
    import io

    import python_calamine
    import tablib

    from cancu.lines.radiation.models import Device

    devices = _peer_resource()
    rows = python_calamine.load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    table = tablib.Dataset(*[[int(c) if isinstance(c, float) else c for c in row] for row in rows[1:]], headers=rows[0])
    tried = devices().import_data(table, dry_run=True)
    bad = {row.number for row in (*tried.error_rows, *tried.invalid_rows)}
    good = tablib.Dataset(*[row for n, row in enumerate(table, 1) if n not in bad], headers=rows[0])
    devices().import_data(good, dry_run=False)
    return len(bad), Device.objects.count()


_PEER_FIELDS = ("facility", "kind", "maker", "model_name", "serial", "made_in_year", "kilovolts", "declared_on")


def _peer_resource() -> Any:
    """The peer's declaration of the same columns: widgets for the facility and the day."""
    from typing import ClassVar

    from import_export import fields, resources
    from import_export.widgets import DateWidget, ForeignKeyWidget

    from cancu.core import codes
    from cancu.core.models import Unit, User
    from cancu.lines.radiation.models import Device, Facility

    clerk, unit = User.objects.get(username="cv.qlcn"), Unit.objects.get(code="QLCN")
    kinds = {label: key for key, label in codes.labels("radiation.device_kind").items()}

    class Devices(resources.ModelResource):
        facility = fields.Field("facility", "Cơ sở", ForeignKeyWidget(Facility, "code"))
        kind = fields.Field("kind", "Loại thiết bị")
        maker = fields.Field("maker", "Hãng")
        model_name = fields.Field("model_name", "Kiểu máy")
        serial = fields.Field("serial", "Số seri")
        made_in_year = fields.Field("made_in_year", "Năm sản xuất")
        kilovolts = fields.Field("kilovolts", "Điện áp tối đa (kV)")
        declared_on = fields.Field("declared_on", "Ngày khai báo", DateWidget("%d/%m/%Y"))

        class Meta:
            model = Device
            import_id_fields = ("serial",)
            fields: ClassVar[Any] = _PEER_FIELDS
            use_transactions = True

        def before_save_instance(self, instance: Any, row: Any, **_more: Any) -> None:
            instance.owner_unit, instance.entered_by = unit, clerk
            instance.kind = kinds.get(instance.kind, instance.kind)

    return Devices


if __name__ == "__main__":
    main()
