"""Visits of the inspection campaigns with what they looked at, made by rule and without chance.

2024 until 15 November: 10 campaigns (campaign.csv), 1.668 visits, 68 kinds of goods, 651 instruments; 2023 is of similar size.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from vanban.workdays import is_workday

MODELS = ("visit", "goodscheck", "instrumentcheck")
Row = dict[str, str]
ESTABLISHMENTS = 640


@dataclass(frozen=True)
class Plan:
    """One campaign: when it went out, how many visits it made, which kinds of goods (numbers of the list) and
    how many instruments of which kind it looked at."""

    code: str
    first: dt.date
    last: dt.date
    visits: int
    kinds: range
    instruments: int = 0
    instrument: str = "scale"


PLANS = (
    Plan("KT-2023-01", dt.date(2023, 1, 4), dt.date(2023, 1, 18), 132, range(43, 61), 84),
    Plan("KT-2023-02", dt.date(2023, 2, 20), dt.date(2023, 3, 10), 148, range(21, 27), 96, "fuel_dispenser"),
    Plan("KT-2023-03", dt.date(2023, 3, 20), dt.date(2023, 4, 7), 176, range(1, 12)),
    Plan("KT-2023-04", dt.date(2023, 4, 17), dt.date(2023, 5, 12), 160, range(27, 29), 58, "gold_scale"),
    Plan("KT-2023-05", dt.date(2023, 5, 22), dt.date(2023, 6, 9), 214, range(12, 21)),
    Plan("KT-2023-06", dt.date(2023, 6, 19), dt.date(2023, 7, 14), 208, range(29, 41)),
    Plan("KT-2023-07", dt.date(2023, 8, 7), dt.date(2023, 8, 25), 172, range(61, 67), 214),
    Plan("KT-2023-08", dt.date(2023, 9, 11), dt.date(2023, 10, 6), 196, range(49, 61), 145),
    Plan("KT-2023-09", dt.date(2023, 11, 20), dt.date(2023, 12, 15), 124, range(1, 6), 40),
    Plan("KT-2024-01", dt.date(2024, 1, 8), dt.date(2024, 1, 26), 164, range(41, 58), 92),
    Plan("KT-2024-02", dt.date(2024, 2, 26), dt.date(2024, 3, 15), 156, range(21, 27), 104, "fuel_dispenser"),
    Plan("KT-2024-03", dt.date(2024, 3, 25), dt.date(2024, 4, 12), 182, range(1, 12)),
    Plan("KT-2024-04", dt.date(2024, 4, 22), dt.date(2024, 5, 10), 148, range(27, 29), 61, "gold_scale"),
    Plan("KT-2024-05", dt.date(2024, 5, 20), dt.date(2024, 6, 7), 210, range(12, 21)),
    Plan("KT-2024-06", dt.date(2024, 6, 17), dt.date(2024, 7, 5), 196, range(29, 41)),
    Plan("KT-2024-07", dt.date(2024, 7, 15), dt.date(2024, 8, 2), 168, range(58, 65), 222),
    Plan("KT-2024-08", dt.date(2024, 8, 19), dt.date(2024, 9, 6), 174, range(65, 69), 38, "taximeter"),
    Plan("KT-2024-09", dt.date(2024, 9, 16), dt.date(2024, 10, 11), 158, range(1, 6), 96),
    Plan("KT-2024-10", dt.date(2024, 10, 21), dt.date(2024, 11, 13), 112, range(41, 49), 38, "sphygmomanometer"),
)


@dataclass(frozen=True)
class Seen:
    """One visit: the campaign, its number in it, the day, the establishment and what came of it."""

    plan: Plan
    number: int
    day: dt.date
    establishment: int
    outcome: str

    @property
    def code(self) -> str:
        return f"{self.plan.code}/{self.number:03d}"


def rows(model: str) -> Iterator[Row]:
    """The rows of one register, as a line of its CSV would say them."""
    return {"visit": _visits, "goodscheck": _goods, "instrumentcheck": _instruments}[model]()


def _seen() -> Iterator[Seen]:
    for order, plan in enumerate(PLANS):
        days = [
            day for n in range((plan.last - plan.first).days + 1) if is_workday(day := plan.first + dt.timedelta(n))
        ]
        for n in range(plan.visits):
            outcome = "none"
            if n % 19 == 7:
                outcome = "reminded"
            elif n % 83 == 41:
                outcome = "suspended"
            if plan.code == "KT-2024-04" and n == 90:
                outcome = "fined"
            yield Seen(
                plan, n + 1, days[n * len(days) // plan.visits], (order * 67 + n * 3) % ESTABLISHMENTS + 1, outcome
            )


def _visits() -> Iterator[Row]:
    said = {
        "none": "",
        "reminded": "Nhãn hàng hóa ghi thiếu nội dung bắt buộc",
        "suspended": "Hàng hóa chưa công bố hợp quy",
        "fined": "Bán vàng trang sức có hàm lượng thấp hơn công bố",
    }
    for visit in _seen():
        yield {
            "number": visit.code,
            "campaign": visit.plan.code,
            "establishment": f"Cơ sở kinh doanh số {visit.establishment}",
            "visited_on": str(visit.day),
            "outcome": visit.outcome,
            "violation": said[visit.outcome],
        }


def _goods() -> Iterator[Row]:
    for visit in _seen():
        kinds = visit.plan.kinds
        for n in range(min(1 + visit.number % 2, len(kinds))):
            kind = kinds[(visit.number + n) % len(kinds)]
            bad = visit.outcome != "none" and n == 0
            yield {
                "code": f"{visit.code}.{n + 1}",
                "visit": visit.code,
                "kind": f"P{kind:03d}",
                "samples": str((visit.number % 7 == 0 and 2) or 0),
                "passed": "không" if bad else "có",
            }


def _instruments() -> Iterator[Row]:
    for visit in _seen():
        plan = visit.plan
        # the instruments of a campaign are spread evenly over its first two hundred visits
        places = min(plan.visits, 200)
        if visit.number <= places and plan.instruments:
            quantity = plan.instruments * visit.number // places - plan.instruments * (visit.number - 1) // places
            if quantity:
                expired = 1 if visit.number % 37 == 0 else 0
                yield {
                    "code": f"{visit.code}.M",
                    "visit": visit.code,
                    "kind": plan.instrument,
                    "quantity": str(quantity),
                    "expired": str(expired),
                    "wrong": str(1 if visit.number % 61 == 0 else 0),
                }
