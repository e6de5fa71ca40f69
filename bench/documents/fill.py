"""A register of any size: documents of all kinds over ten years, relations to older ones, a few laws that very many cite."""

from __future__ import annotations

import datetime as dt
import random

from django.db import connection

from cancu.core.models import Membership, Unit, UnitName, User
from cancu.documents.models import Document, Issuer, Relation

BATCH = 5000
TYPES = ("letter", "letter", "letter", "plan", "decision", "report", "announcement", "resolution", "decree", "circular")
CODES = {
    "letter": "UBND-NC",
    "plan": "KH-UBND",
    "decision": "QĐ-UBND",
    "report": "BC-SKHCN",
    "announcement": "TB-UBND",
    "resolution": "NQ-HĐND",
    "decree": "NĐ-CP",
    "circular": "TT-BKHCN",
}
DIRECTIONS = ("incoming", "incoming", "incoming", "outgoing", "outgoing", "internal", "reference")
SUBJECTS = (
    "công nghệ sinh học",
    "an toàn bức xạ",
    "tiêu chuẩn đo lường",
    "sở hữu trí tuệ",
    "đổi mới sáng tạo",
    "ngân sách sự nghiệp",
    "chuyển đổi số",
    "thanh tra, kiểm tra",
)
KINDS = ("based_on", "based_on", "based_on", "implements", "implements", "refers", "refers", "details")
FIRST_DAY, DAYS = dt.date(2015, 1, 1), 3650


def fill(documents: int, relations: int) -> User:
    """Make the rows; returns a specialist who sees one unit's documents. The same numbers give the same register."""
    rows = random.Random(30)  # noqa: S311
    unit, other = Unit.objects.create(code="VP"), Unit.objects.create(code="QLCN")
    for one in (unit, other):
        UnitName.objects.create(unit=one, name=one.code, short_name=one.code, valid_from=FIRST_DAY)
    user = User.objects.create(username="cv.qlcn", full_name="Chuyên viên")
    Membership.objects.create(user=user, unit=other, role="specialist", valid_from=FIRST_DAY)
    issuers = [
        Issuer.objects.create(
            code=f"CQ{n}", name=f"Cơ quan số {n}", symbol="CQ", level="province_body", valid_from=FIRST_DAY
        )
        for n in range(40)
    ]
    made = [_document(n, documents, rows, issuers, (unit, other), user) for n in range(documents)]
    for start in range(0, documents, BATCH):
        Document.objects.bulk_create(made[start : start + BATCH])
    keys = list(Document.objects.order_by("pk").values_list("pk", flat=True))
    pairs = {_pair(keys, rows) for _n in range(relations)}
    while len(pairs) < relations:
        pairs.add(_pair(keys, rows))
    ordered = sorted(pairs)
    for start in range(0, relations, BATCH):
        Relation.objects.bulk_create(
            [Relation(source_id=a, target_id=b, kind=k) for a, b, k in ordered[start : start + BATCH]]
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return user


def _document(
    n: int, whole: int, rows: random.Random, issuers: list[Issuer], units: tuple[Unit, Unit], user: User
) -> Document:
    kind, on = TYPES[rows.randrange(len(TYPES))], FIRST_DAY + dt.timedelta(days=n * DAYS // whole)
    year = f"/{on.year}" if kind in ("decree", "circular", "resolution") else ""
    direction = DIRECTIONS[rows.randrange(len(DIRECTIONS))]
    made = Document(
        type=kind,
        number=f"{n + 1}{year}/{CODES[kind]}",
        issued_on=on,
        issuer=issuers[rows.randrange(len(issuers))],
        title=f"về {SUBJECTS[n % len(SUBJECTS)]} năm {on.year}, việc số {n}",
        nature="administrative",
        direction=direction,
        effective_on=on + dt.timedelta(days=rows.choice((0, 0, 45))),
        ended_on=on + dt.timedelta(days=900) if n % 9 == 0 else None,
        arrived_on=on + dt.timedelta(days=1) if direction == "incoming" else None,
        state="issued",
        owner_unit=units[n % 4 == 0],
        entered_by=user,
    )
    made.spell()
    return made


def _pair(keys: list[int], rows: random.Random) -> tuple[int, int, str]:
    """A document and an older one: often a law that all cite, else one of the years before; two in a hundred end it."""
    source = rows.randrange(60, len(keys))
    target = rows.randrange(50) if rows.random() < 0.2 else max(50, source - 1 - int(rows.expovariate(1 / 4000)))
    roll = rows.random()
    kind = (
        "replaces" if roll < 0.02 and target >= 50 else "amends" if roll < 0.05 else KINDS[rows.randrange(len(KINDS))]
    )
    return keys[source], keys[min(target, source - 1)], kind
