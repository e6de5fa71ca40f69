"""The large registers of the laboratory, made by rule and without chance: every run gives the same rows.

2024 until 15 November: 10.036 acts and 1.929 samples; 2023 is of similar size, so that each figure has a previous year.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from cancu.lines.laboratory.cycles import valid_until
from vanban.workdays import is_workday

MODELS = ("request", "instrument", "verification", "sample", "test", "result")
Row = dict[str, str]
LAST_DAY = {2023: dt.date(2023, 12, 29), 2024: dt.date(2024, 11, 15)}
CHUNK = 12
CUSTOMERS = 240
MAKERS = ("Hãng A", "Hãng B", "Hãng C", "Hãng D")


@dataclass(frozen=True)
class Kind:
    """One kind of instrument: its field, method, standard, acts in the window of 2024, fee and usual mode."""

    key: str
    field: str
    method: str
    standard: str
    acts: int
    fee: int
    mode: str = "periodic"


KINDS = (
    Kind("electricity_meter", "electricity", "ĐLVN 07", "C-DIEN-01", 3420, 22_000, "initial"),
    Kind("water_meter", "volume", "ĐLVN 17", "C-DT-01", 1870, 25_000, "initial"),
    Kind("spring_scale", "mass", "ĐLVN 30", "C-KL-01", 1240, 40_000),
    Kind("platform_scale", "mass", "ĐLVN 14", "C-KL-01", 486, 120_000),
    Kind("analytical_balance", "mass", "ĐLVN 16", "C-KL-02", 168, 250_000),
    Kind("truck_scale", "mass", "ĐLVN 13", "C-KL-03", 42, 2_400_000),
    Kind("weight", "mass", "ĐLVN 99", "C-KL-02", 310, 30_000),
    Kind("fuel_dispenser", "volume", "ĐLVN 10", "C-DT-02", 612, 350_000),
    Kind("fuel_tank", "volume", "ĐLVN 28", "C-DT-02", 14, 1_800_000),
    Kind("pressure_gauge", "pressure", "ĐLVN 08", "C-AS-01", 588, 60_000),
    Kind("sphygmomanometer", "pressure", "ĐLVN 09", "C-AS-02", 412, 50_000),
    Kind("thermometer", "temperature", "ĐLVN 20", "C-ND-01", 96, 40_000),
    Kind("thermohygrometer", "temperature", "ĐLVN 138", "C-ND-01", 74, 180_000, ""),
    Kind("breath_alcohol", "chemistry", "ĐLVN 107", "C-HL-01", 38, 350_000),
    Kind("moisture_meter", "chemistry", "ĐLVN 27", "C-HL-02", 47, 200_000),
    Kind("ph_meter", "chemistry", "ĐLVN 31", "C-HL-02", 35, 250_000),
    Kind("electricity_meter_3p", "electricity", "ĐLVN 39", "C-DIEN-01", 262, 60_000, "initial"),
    Kind("ecg", "electricity", "ĐLVN 43", "C-DIEN-02", 88, 500_000),
    Kind("taximeter", "length", "ĐLVN 01", "C-DD-01", 154, 200_000),
    Kind("steel_tape", "length", "ĐLVN 35", "C-DD-02", 40, 35_000, "initial"),
    Kind("level", "length", "HC nội bộ", "C-DD-02", 12, 450_000),
    Kind("total_station", "length", "HC nội bộ", "C-DD-02", 9, 900_000),
    Kind("sound_level", "time", "ĐLVN 264", "C-TG-01", 11, 600_000),
    Kind("traffic_speed", "time", "ĐLVN 157", "C-TG-01", 8, 1_200_000),
)
#: Kind of sample → how many were reported in the window of 2024, and what is asked of it.
SAMPLES = {
    "water": (
        520,
        (
            ("pH", "TCVN 6492:2011", "", "6,0–8,5"),
            ("Độ đục", "TCVN 12402-1:2020", "NTU", "2"),
            ("Coliform tổng số", "TCVN 6187-1:2019", "CFU/100 mL", "3"),
        ),
    ),
    "food": (
        260,
        (
            ("Tổng số vi sinh vật hiếu khí", "TCVN 4884-1:2015", "CFU/g", ""),
            ("Escherichia coli", "TCVN 7924-2:2008", "CFU/g", "10"),
            ("Hàm lượng chì", "TCVN 8126:2009", "mg/kg", "0,3"),
        ),
    ),
    "feed": (
        120,
        (
            ("Độ ẩm", "TCVN 4326:2001", "%", "14"),
            ("Protein thô", "TCVN 4328-1:2007", "%", ""),
            ("Aflatoxin B1", "ELISA", "µg/kg", "20"),
        ),
    ),
    "fertiliser": (
        168,
        (
            ("Nitơ tổng số", "TCVN 5815:2018", "%", ""),
            ("Chất hữu cơ", "TCVN 9294:2012", "%", "15"),
            ("Độ ẩm", "TCVN 9297:2012", "%", "30"),
        ),
    ),
    "construction": (
        612,
        (
            ("Cường độ nén", "TCVN 3118:2022", "MPa", ""),
            ("Độ hút nước", "TCVN 6355-4:2009", "%", "12"),
            ("Kích thước", "TCVN 6355-1:2009", "mm", ""),
        ),
    ),
    "soil": (
        104,
        (
            ("Độ chặt", "TCVN 12790:2020", "%", ""),
            ("Giới hạn chảy", "TCVN 4197:2012", "%", ""),
            ("Thành phần hạt", "TCVN 4198:2014", "%", ""),
        ),
    ),
    "gold": (
        97,
        (
            ("Hàm lượng vàng", "TCVN 9875:2017", "%", ""),
            ("Khối lượng", "TCVN 7054:2014", "g", ""),
            ("Hàm lượng bạc", "TCVN 9875:2017", "%", ""),
        ),
    ),
    "fuel": (
        48,
        (
            ("Trị số octan", "TCVN 2703:2020", "RON", ""),
            ("Hàm lượng lưu huỳnh", "TCVN 7760:2020", "mg/kg", "50"),
            ("Khối lượng riêng", "TCVN 6594:2020", "kg/m³", ""),
        ),
    ),
}


@dataclass(frozen=True)
class Act:
    """One act before it is numbered: instrument ``index`` of its kind, on a day, in a chunk that is one request."""

    day: dt.date
    kind: Kind
    index: int
    chunk: str
    passed: bool
    mode: str
    state: str


def rows(model: str) -> Iterator[Row]:
    """The rows of one register, as a line of its CSV would say them."""
    return {
        "request": _requests,
        "instrument": _instruments,
        "verification": _verifications,
        "sample": _samples,
        "test": _tests,
        "result": _results,
    }[model]()


@lru_cache(maxsize=4)
def _workdays(first: dt.date, last: dt.date) -> tuple[dt.date, ...]:
    every = (first + dt.timedelta(n) for n in range((last - first).days + 1))
    return tuple(day for day in every if is_workday(day))


def _parts(year: int, whole: int) -> list[tuple[int, dt.date, dt.date]]:
    """How many of something happen in which stretch of the year, from the count of the window of 2024."""
    if year == 2024:
        return [(whole, dt.date(2024, 1, 2), LAST_DAY[2024])]
    return [
        (whole * 94 // 100, dt.date(2023, 1, 3), dt.date(2023, 11, 15)),
        (whole * 11 // 100, dt.date(2023, 11, 16), LAST_DAY[2023]),
    ]


@lru_cache(maxsize=2)
def _acts(year: int) -> tuple[Act, ...]:
    found: list[Act] = []
    for order, kind in enumerate(KINDS):
        # meters with a long cycle are new ones each year; the others come back every year
        offset = kind.acts if kind.mode == "initial" and year == 2023 else 0
        done = 0
        for count, first, last in _parts(year, kind.acts):
            days = _workdays(first, last)
            for n in range(count):
                number = (done + n) // CHUNK
                day = days[(number * 17 + order * 29) % len(days)]
                repaired = kind.mode == "periodic" and (done + n) % 97 == 1
                index = offset + (done + n) - (1 if repaired else 0)
                passed = repaired or (done + n) % 97 != 0
                mode = "after_repair" if repaired else kind.mode
                found.append(
                    Act(day, kind, index, f"{order}.{number}", passed, mode, "returned" if n % 5 else "approved")
                )
            done += count
        if year == 2024 and kind.acts > 400:
            found.extend(
                Act(LAST_DAY[2024], kind, n, f"{order}.0", True, kind.mode, state)
                for n, state in enumerate(("minuted", "reviewed", "revoked"))
            )
    return tuple(sorted(found, key=lambda a: (a.day, a.kind.key, a.chunk, a.index)))


def _customer(chunk: str) -> str:
    order, number = map(int, chunk.split("."))
    return f"Khách hàng đo lường số {(order * 31 + number * 7) % CUSTOMERS + 1}"


def _code(kind: Kind, index: int) -> str:
    return f"PTD-{KINDS.index(kind):02d}-{index + 1:05d}"


def _request(year: int, day: dt.date, chunk: str) -> str:
    order, number = chunk.split(".")
    return f"YC-{year}-{int(order):02d}{int(number):03d}-{day:%m%d}"


def _requests() -> Iterator[Row]:
    for year in (2023, 2024):
        groups: dict[tuple[dt.date, str], list[Act]] = {}
        for act in _acts(year):
            groups.setdefault((act.day, act.chunk), []).append(act)
        for number, ((day, chunk), acts) in enumerate(groups.items()):
            late = 4 if number % 29 == 0 else 0
            returned = day + dt.timedelta(5 + late)
            field = acts[0].kind.field
            yield {
                "number": _request(year, day, chunk),
                "customer": _customer(chunk),
                "site": "centre" if field in ("electricity", "temperature") else "site",
                "received_on": str(day),
                "due_on": str(day + dt.timedelta(7)),
                "returned_on": str(returned) if returned <= LAST_DAY[year] else "",
                "fee": str(sum(a.kind.fee for a in acts)),
            }
        for batch in range(0, _sample_count(year), 3):
            first = _sample(year, batch)
            received = dt.date.fromisoformat(first["received_on"])
            yield {
                "number": _sample_request(year, batch),
                "customer": first["customer"],
                "site": "centre",
                "received_on": str(received),
                "due_on": str(received + dt.timedelta(14)),
                "returned_on": first["approved_on"],
                "fee": str(180_000 * (1 + batch % 5)),
            }


def _instruments() -> Iterator[Row]:
    seen: dict[tuple[int, int], Act] = {}
    for year in (2023, 2024):
        for act in _acts(year):
            seen.setdefault((KINDS.index(act.kind), act.index), act)
    for (order, index), act in sorted(seen.items()):
        yield {
            "code": _code(act.kind, index),
            "kind": act.kind.key,
            "field": act.kind.field,
            "serial": f"{order:02d}{index + 1:06d}",
            "maker": MAKERS[index % len(MAKERS)],
            "model_name": f"M{order:02d}-{index % 7}",
            "country": "Việt Nam" if index % 3 else "Nhật Bản",
            "made_in_year": str(act.day.year if act.kind.mode == "initial" else 2012 + index % 11),
            "user": _customer(act.chunk),
        }


def _verifications() -> Iterator[Row]:
    for year in (2023, 2024):
        given = 0
        for number, act in enumerate(_acts(year), 1):
            papers = act.passed and act.state in ("approved", "returned", "revoked")
            given += papers
            verified = bool(act.mode)
            until = valid_until(act.kind.key, act.day) if papers and verified else None
            yield {
                "number": f"{year}-{number:06d}",
                "instrument": _code(act.kind, act.index),
                "request": _request(year, act.day, act.chunk),
                "act": "verification" if verified else "calibration",
                "mode": act.mode,
                "method": act.kind.method,
                "standard": act.kind.standard,
                "verifier": f"KĐV-{act.kind.field}-{1 + number % 2}",
                "performed_on": str(act.day),
                "passed": "có" if act.passed else "không",
                "stamp": f"QT{year % 100}{given:06d}" if papers and verified else "",
                "certificate": f"{given:05d}/{year % 100}" if papers else "",
                "valid_until": str(until) if until else "",
                "state": act.state,
            }


@lru_cache(maxsize=2)
def _sample_plan(year: int) -> tuple[tuple[str, dt.date, dt.date, str], ...]:
    """(kind, received, approved, state) of the samples of a year, in the order of receipt."""
    found = []
    for order, (kind, (whole, _tests_asked)) in enumerate(SAMPLES.items()):
        for count, first, last in _parts(year, whole):
            days = _workdays(first, last)
            for n in range(count):
                at = 4 + (n * 13 + order * 7) % (len(days) - 4) if len(days) > 8 else n % len(days)
                found.append((kind, days[max(0, at - 2 - n % 3)], days[at], "returned" if n % 4 else "approved"))
    if year == 2024:
        found += [("construction", dt.date(2024, 11, 14), LAST_DAY[2024], "testing")] * 17 + [
            ("food", dt.date(2024, 11, 6), LAST_DAY[2024], "refused")
        ] * 5
    return tuple(sorted(found, key=lambda s: (s[1], s[0], s[2])))


def _sample_count(year: int) -> int:
    return len(_sample_plan(year))


def _sample_request(year: int, index: int) -> str:
    return f"YM-{year}-{index // 3 + 1:04d}"


def _sample(year: int, index: int) -> Row:
    kind, received, approved, state = _sample_plan(year)[index]
    reported = state in ("approved", "returned")
    return {
        "code": f"M{year % 100}-{index + 1:04d}",
        "kind": kind,
        "customer": f"Khách hàng đo lường số {(index // 3 * 11) % CUSTOMERS + 1}",
        "request": _sample_request(year, index),
        "received_on": str(received),
        "amount": "3 viên" if kind == "construction" else "500 g",
        "condition": "Không đủ lượng" if state == "refused" else "Bình thường",
        "state": state,
        "report_number": f"{index + 1:04d}/PKQ" if reported else "",
        "approved_on": str(approved) if reported else "",
    }


def _samples() -> Iterator[Row]:
    for year in (2023, 2024):
        for index in range(_sample_count(year)):
            yield _sample(year, index)


def _asked(year: int) -> Iterator[tuple[Row, int, int, tuple[str, str, str, str]]]:
    """(sample, its index, number of the test, what is asked) of every test of a year."""
    for index in range(_sample_count(year)):
        sample = _sample(year, index)
        if sample["state"] != "refused":
            for number, asked in enumerate(SAMPLES[sample["kind"]][1][: 1 + index % 3], 1):
                yield sample, index, number, asked


def _tests() -> Iterator[Row]:
    for year in (2023, 2024):
        for sample, _index, number, (parameter, method, measured_in, limit) in _asked(year):
            yield {
                "code": f"{sample['code']}/{number}",
                "sample": sample["code"],
                "parameter": parameter,
                "method": method,
                "measured_in": measured_in,
                "limit": limit,
            }


def _results() -> Iterator[Row]:
    for year in (2023, 2024):
        for sample, index, number, (_parameter, _method, _in, limit) in _asked(year):
            if sample["approved_on"]:
                code = f"{sample['code']}/{number}"
                failed = bool(limit) and index % 41 == 0
                yield {
                    "code": f"{code}-1",
                    "test": code,
                    "version": "1",
                    "value": f"{5 + index * 7 % 23},{index % 10}",
                    "passed": ("không" if failed else "có") if limit else "",
                    "tester": f"Thử nghiệm viên số {1 + index % 6}",
                    "tested_on": sample["approved_on"],
                    "state": "approved",
                }
