"""Dossiers of 2023 and 2024, made deterministically; applicants are invented and say so."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from cancu.dossiers.clock import RULE, due_on, verdict
from vanban.workdays import add_workdays, is_workday

MODELS = ("dossier", "pause", "stateentry")
CLOSE = dt.date(2024, 11, 15)
#: How many dossiers are received in each stretch of days, and whether they are still open at the close.
PLAN = (
    (dt.date(2023, 1, 3), dt.date(2023, 12, 15), 391, False),
    (dt.date(2024, 1, 2), dt.date(2024, 11, 1), 412, False),
    (dt.date(2024, 11, 11), CLOSE, 31, True),
)


def rows(model: str) -> Iterator[dict[str, str]]:
    """CSV-like rows of one model; the same every time."""
    for number, row in enumerate(_dossiers(), 1):
        if model == "dossier":
            yield row
        elif model == "pause" and _asked_papers(number):
            waited = add_workdays(dt.date.fromisoformat(row["received_on"]), 1).isoformat()
            yield {"dossier": row["code"], "first_on": waited, "last_on": waited, "reason": "Chờ bổ sung giấy tờ"}
        elif model == "stateentry":
            yield from (
                {"dossier": row["code"], "state": state, "at": at} for state, at in _log(row, _asked_papers(number))
            )


def _asked_papers(number: int) -> bool:
    """One dossier in forty waits a day for papers."""
    return number % 40 == 7


def _log(row: dict[str, str], asked_papers: bool) -> Iterator[tuple[str, str]]:
    """The states that one dossier went through, as the portal is told."""
    received = dt.date.fromisoformat(row["received_on"])
    yield "received", f"{received}T08:30:00+07:00"
    yield "solving", f"{received}T14:00:00+07:00"
    if asked_papers:
        yield "supplement", f"{add_workdays(received, 1)}T09:00:00+07:00"
        yield "solving", f"{add_workdays(received, 2)}T08:00:00+07:00"
    if "finished_on" in row:
        yield "solved", f"{row['finished_on']}T15:00:00+07:00"
        yield "returned", f"{row['returned_on']}T16:00:00+07:00"


def _dossiers() -> Iterator[dict[str, str]]:
    versions = _versions()
    in_day: dict[dt.date, int] = {}
    number = 0
    for first, last, count, still_open in PLAN:
        days = [d for n in range((last - first).days + 1) if is_workday(d := first + dt.timedelta(days=n))]
        for n in range(count):
            number += 1
            received = days[n * len(days) // count]
            in_day[received] = in_day.get(received, 0) + 1
            version = versions[(number * 7) % len(versions)]
            yield _row(version, received, in_day[received], number, still_open)


def _versions() -> list[dict[str, str]]:
    """Procedures with a term of five days or more, as the catalogue file lists them, newest version last."""
    path = Path(__file__).with_name("procedureversion.csv")
    with path.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    return [
        v
        for v in found
        if v["amount"] and (int(v["amount"]) >= 5 or v["unit"] == "month") and v["code"].endswith("/2024")
    ]


def _row(version: dict[str, str], received: dt.date, in_day: int, number: int, still_open: bool) -> dict[str, str]:
    cut = version["shortened_to"] and received >= dt.date(2024, 5, 2)
    code = version["code"] if received >= dt.date(2024, 4, 1) else version["code"].replace("/2024", "/2022")
    row = {
        "code": f"000.00.14.H50-{received:%y%m%d}-{in_day:04d}",
        "version": code,
        "applicant": f"{'Doanh nghiệp' if (number % 80 + 1) % 3 else 'Người'} nộp hồ sơ số {number % 80 + 1}",
        "channel": ("online", "online", "counter", "online", "post")[number % 5],
        "received_on": received.isoformat(),
    }
    if still_open:
        return {**row, "state": "solving"}
    finished = add_workdays(received, 2 + number % 2)
    waited = add_workdays(received, 1)
    pauses = [(waited, waited)] if _asked_papers(number) else []
    due = due_on(received, int(version["shortened_to"] if cut else version["amount"]), version["unit"], pauses)  # type: ignore[arg-type]
    return {
        **row,
        "state": "returned",
        "finished_on": finished.isoformat(),
        "returned_on": finished.isoformat(),
        "verdict": verdict(finished, due),
        "verdict_rule": RULE,
    }
