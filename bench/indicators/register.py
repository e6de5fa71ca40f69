"""A laboratory of any size in a database of its own: the real tables, rows made by their number, loaded by COPY.

Triggers (history, field of the instrument) and foreign keys rest while loading; every constraint and index holds.
The years are 2021–2024, all alike; one act in twenty is not yet approved, revoked or unconfirmed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection, models

FIELDS = ("length", "mass", "volume", "pressure", "temperature", "chemistry", "electricity", "time")
MODES = ("initial", "periodic", "periodic", "periodic", "after_repair")
FIRST = dt.date(2021, 1, 1)
DAYS = [FIRST + dt.timedelta(n) for n in range(2300)]
SAID = [day.isoformat() for day in DAYS]
ACTED = 1461  # days of 2021–2024
NONE = r"\N"
BATCH = 20_000


def fill(acts: int, owners: int = 0) -> None:
    """``acts`` verifications, and the requests, instruments, samples and results that such a laboratory has; ``owners``
    of the instruments, one a hundred acts if 0."""
    from cancu.core.tests.rows import make
    from cancu.lines.laboratory.models import (
        Instrument,
        Request,
        Result,
        Sample,
        Standard,
        Test,
        Verification,
        VerifierCard,
    )

    base = make(Standard, field="mass", calibrated_on="2024-01-01", calibrated_until="2025-01-01", state="in_use")
    make(VerifierCard, field="mass", issued_on="2024-01-01", expires_on="2029-01-01")
    customers = _parties(owners or max(acts // 100, 1))
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for model, rows in (
            (Request, _requests(acts // 20, customers)),
            (Instrument, _instruments(max(acts // 3, 1), customers)),
            (Verification, _acts(acts, max(acts // 3, 1))),
            (Sample, _samples(acts // 20, customers)),
            (Test, _tests(acts // 10, max(acts // 20, 1))),
            (Result, _results(acts // 10)),
        ):
            _copy(cursor, model, rows, base)
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("VACUUM (ANALYZE)")


def _copy(cursor: Any, model: type[models.Model], rows: Iterable[dict[str, object]], base: Any) -> None:
    """COPY the rows; what a row does not say is the default of its field, its owner that of ``base``."""
    common = {
        "owner_unit_id": base.owner_unit_id,
        "entered_by_id": base.entered_by_id,
        "confirmed_by_id": base.confirmed_by_id,
        "entered_at": base.entered_at.isoformat(),
        "confirmed_at": base.confirmed_at.isoformat(),
    }
    fields = [f for f in model._meta.concrete_fields if f.attname != "id"]
    plain = {f.attname: common.get(f.attname, _default(f)) for f in fields}
    columns = ", ".join(connection.ops.quote_name(f.column) for f in fields)
    with cursor.copy(f"COPY {connection.ops.quote_name(model._meta.db_table)} (id, {columns}) FROM STDIN") as copy:
        lines: list[str] = []
        key = 1
        for key, row in enumerate(rows, 1):
            lines.append("\t".join(map(str, (key, *{**plain, **row}.values()))) + "\n")
            if len(lines) == BATCH:
                copy.write("".join(lines))
                lines.clear()
        copy.write("".join(lines))
    cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [model._meta.db_table, key])


def _default(field: Any) -> object:
    value = NONE if field.null else field.get_default()
    return int(value) if isinstance(value, bool) else value


def _parties(count: int) -> list[int]:
    from cancu.core.models import Party
    from cancu.core.tests.rows import named

    named(Party, "Khách hàng số 1")
    kind = Party.objects.values_list("kind", flat=True)[0]
    Party.objects.bulk_create(
        (Party(kind=kind, name=f"Khách hàng số {n}", folded=f"khach hang so {n}") for n in range(2, count + 1)),
        batch_size=5000,
    )
    return list(Party.objects.order_by("pk").values_list("pk", flat=True))


def _requests(count: int, customers: list[int]) -> Iterator[dict[str, object]]:
    for n in range(count):
        day = n * 7 % ACTED
        yield {
            "number": f"YC-{n}",
            "customer_id": customers[n % len(customers)],
            "site": "site" if n % 3 else "centre",
            "received_on": SAID[day],
            "due_on": SAID[day + 7],
            "returned_on": SAID[day + 3 + n % 6] if n % 10 else NONE,
            "fee": 100_000 + n % 900_000,
        }


def _instruments(count: int, customers: list[int]) -> Iterator[dict[str, object]]:
    for n in range(count):
        yield {
            "code": f"PTD-{n}",
            "kind": "weight",
            "field": FIELDS[n % 8],
            "serial": f"S{n}",
            "maker": "M",
            "user_id": customers[n % len(customers)],
        }


def _acts(count: int, instruments: int) -> Iterator[dict[str, object]]:
    for n in range(count):
        instrument, day, passed = n * 31 % instruments, n * 11 % ACTED, n % 25 != 0
        calibration = n % 9 == 0
        row: dict[str, object] = {
            "number": n,
            "instrument_id": instrument + 1,
            "act": "calibration" if calibration else "verification",
            "mode": "" if calibration else MODES[n % 5],
            "field": FIELDS[instrument % 8],
            "method": "ĐLVN 99",
            "performed_on": SAID[day],
            "passed": "t" if passed else "f",
            "certificate": n if passed else "",
            "state": "returned" if n % 4 else "approved",
            "valid_until": SAID[day + 365] if passed and not calibration else NONE,
        }
        if n % 20 == 7:
            row["state"] = "revoked" if n % 40 == 7 else "reviewed"
        elif n % 100 == 11:
            row["confirmed_by_id"] = row["confirmed_at"] = NONE
        yield row


def _samples(count: int, customers: list[int]) -> Iterator[dict[str, object]]:
    for n in range(count):
        day, done = n * 13 % ACTED, n % 12 != 0
        yield {
            "code": f"M-{n}",
            "kind": "water",
            "customer_id": customers[n * 3 % len(customers)],
            "received_on": SAID[day],
            "approved_on": SAID[day + 5] if done else NONE,
            "report_number": n if done else "",
            "state": "approved" if done else "testing",
        }


def _tests(count: int, samples: int) -> Iterator[dict[str, object]]:
    for n in range(count):
        yield {"code": f"T-{n}", "sample_id": n % samples + 1, "parameter": f"P{n // samples}", "method": "TCVN"}


def _results(count: int) -> Iterator[dict[str, object]]:
    for n in range(count):
        state = "approved" if n % 15 else "drafted"
        yield {
            "code": f"R-{n}",
            "test_id": n + 1,
            "value": n,
            "passed": "f" if n % 7 == 0 else "t",
            "tested_on": SAID[n * 17 % ACTED],
            "state": state,
        }
