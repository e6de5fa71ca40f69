"""Who brings the same file into the register: each takes its bytes and returns (rows refused, rows written)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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


_REGISTER_COLUMNS = (
    *("facility_id", "kind", "maker", "model_name", "serial"),
    *("made_in_year", "kilovolts", "mobile", "declared_on"),
)


def register_floor(data: bytes) -> tuple[int, int]:
    """What a script for this one file does: rows whose day is none are left out, facilities and kinds looked up in a dictionary,
    one COPY into the register, which judges them by its own keys and constraints and keeps its history."""
    import io
    from datetime import date

    import python_calamine
    from django.db import connection, transaction

    from cancu.core.calendar import now
    from cancu.lines.radiation.models import Device

    same, kinds, facilities = _same_in_every_row(now())
    table = Device._meta.db_table
    rows = python_calamine.load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python()[1:]
    names = ", ".join((*_REGISTER_COLUMNS, *same))
    bad = 0
    with transaction.atomic(), connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for facility, kind, maker, model, serial, year, kilovolts, mobile, day in rows:
            try:
                declared = date(int(day[6:]), int(day[3:5]), int(day[:2]))
            except ValueError:
                bad += 1
                continue
            told = (facilities[facility], kinds[kind], maker, model, serial, int(year), int(kilovolts), mobile == "có")
            copy.write_row((*told, declared, *same.values()))
    return bad, Device.objects.count()


def _same_in_every_row(at: Any) -> tuple[dict[str, Any], dict[str, str], dict[str, int]]:
    """What the file has no column for; label → key of the kinds; code → key of the facilities."""
    from cancu.core import codes
    from cancu.core.models import Unit, User
    from cancu.lines.radiation.models import Device, Facility

    clerk, unit = User.objects.get(username="cv.qlcn"), Unit.objects.get(code="QLCN")
    same = {"owner_unit_id": unit.pk, "entered_by_id": clerk.pk, "entered_at": at, "note": "", "state": Device().state}
    kinds = {label: key for key, label in codes.labels("radiation.device_kind").items()}
    return same, kinds, dict(Facility.objects.values_list("code", "pk"))


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


CONTESTANTS: dict[str, Callable[[bytes], tuple[int, int]]] = {
    "floor": floor,
    "floor of the register": register_floor,
    "ours": ours,
    "django-import-export": peer,
}
