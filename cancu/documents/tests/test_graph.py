"""The picture of relations: older above, two steps, never more than can be read, and only what one may see."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cancu.core import codes
from cancu.core.people import Role
from cancu.core.tests.rows import make, person
from cancu.documents.graph import FIRST, MOST_BESIDE, SECOND, picture
from cancu.documents.models import Document, Relation
from cancu.documents.standing import ended_by, stale

pytestmark = pytest.mark.django_db
DAY = date(2024, 11, 15)

CHAIN = {  # number: (day, what it stands on)
    "20-NQ/TW": ("2012-11-01", {}),
    "69-KL/TW": ("2024-01-11", {"20-NQ/TW": "continues"}),
    "141-KH/TU": ("2024-04-16", {"69-KL/TW": "implements"}),
    "709/QĐ-TTg": ("2024-07-23", {"69-KL/TW": "implements"}),
    "194/KH-UBND": ("2024-10-07", {"709/QĐ-TTg": "implements", "141-KH/TU": "implements"}),
}


@pytest.fixture
def director():
    codes.load(Path(__file__).parent.parent / "codes.yaml")
    return person("giamdoc", "SKHCN", Role.DIRECTOR)


def documents(table):
    made = {}
    for number, (on, stands) in table.items():
        made[number] = make(Document, number=number, issued_on=on, effective_on=on)
        for target, kind in stands.items():
            make(Relation, source=made[number], target=made[target], kind=kind)
    return made


def layers(found):
    return {node.document.canonical: node.layer for node in found.nodes}


def test_each_document_lies_below_what_it_stands_on(director):
    made = documents(CHAIN)
    assert layers(picture(made["141-KH/TU"], director, DAY)) == {
        "20-NQ/TW": 0,
        "69-KL/TW": 1,
        "141-KH/TU": 2,
        "709/QĐ-TTg": 2,
        "194/KH-UBND": 3,
    }


def test_the_picture_reaches_two_steps_and_no_further(director):
    made = documents(CHAIN)
    assert layers(picture(made["194/KH-UBND"], director, DAY)).keys() == {
        "194/KH-UBND",
        "141-KH/TU",
        "709/QĐ-TTg",
        "69-KL/TW",
    }


def test_no_two_documents_lie_on_each_other(director):
    made = documents(CHAIN)
    found = picture(made["69-KL/TW"], director, DAY)
    places = {(node.x, node.y) for node in found.nodes}
    assert len(places) == len(found.nodes)
    assert all(node.x >= 0 and node.x + 168 <= found.width and node.bottom <= found.height for node in found.nodes)


def test_what_is_left_out_is_counted(director):
    law = make(Document, number="29/2013/QH13", issued_on="2013-06-18")
    for n in range(1, 31):
        source = make(Document, number=f"{n}/KH-UBND", issued_on=f"2024-03-{n:02d}")
        make(Relation, source=source, target=law, kind="based_on")
    found = picture(law, director, DAY)
    assert len(found.nodes) == 1 + min(FIRST, MOST_BESIDE)
    assert found.centre.more == 30 - min(FIRST, MOST_BESIDE)


def test_documents_that_cite_each_other_are_drawn(director):
    a, b = (
        make(Document, number="1/BC-SKHCN", issued_on="2024-01-01"),
        make(Document, number="2/UBND-NC", issued_on="2024-01-02"),
    )
    make(Relation, source=a, target=b, kind="answers")
    make(Relation, source=b, target=a, kind="refers")
    found = picture(a, director, DAY)
    assert layers(found) == {"01/BC-SKHCN": 0, "02/UBND-NC": 1}
    assert [e.words for e in found.edges] == ["trả lời", "dẫn chiếu"]


def test_what_one_may_not_see_is_not_drawn():
    made = make(Document, number="1/KH-UBND", issued_on="2024-01-01", direction="reference")
    hidden = make(Document, number="2/UBND-NC", issued_on="2024-01-02", direction="incoming", owner_unit="VP")
    make(Relation, source=hidden, target=made, kind="implements")
    found = picture(made, person("cv.qlcn", "QLCN"), DAY)
    assert (layers(found), found.centre.more) == ({"01/KH-UBND": 0}, 1)


def test_the_picture_takes_few_queries_however_many_documents(director):
    law = make(Document, number="29/2013/QH13", issued_on="2013-06-18")
    for n in range(1, 20):
        source = make(Document, number=f"{n}/KH-UBND", issued_on="2024-03-01")
        make(Relation, source=source, target=law, kind="based_on")
        make(
            Relation,
            source=source,
            target=make(Document, number=f"{n}/QĐ-TTg", issued_on="2023-01-01"),
            kind="implements",
        )
    with CaptureQueriesContext(connection) as asked:
        found = picture(law, director, DAY)
    assert len(asked) <= 8
    assert len(found.nodes) > SECOND


@pytest.mark.parametrize(
    ("kind", "source", "day", "told"),
    [
        ("based_on", {}, "2025-07-01", True),
        ("based_on", {}, "2025-06-30", False),  # the new decree is not in force yet
        ("based_on", {"state": "drafting"}, "2025-07-01", False),
        ("based_on", {"ended_on": "2025-01-31"}, "2025-07-01", False),
        ("amends", {}, "2025-07-01", False),
        ("details", {}, "2025-07-01", True),
    ],
)
def test_who_still_cites_what_is_no_longer_in_force(director, kind, source, day, told):
    old = make(Document, number="61/2018/NĐ-CP", issued_on="2018-04-23", effective_on="2018-06-21")
    new = make(Document, number="118/2025/NĐ-CP", issued_on="2025-06-09", effective_on="2025-07-01")
    make(Relation, source=new, target=old, kind="replaces")
    citing = make(Document, number="5/QĐ-SKHCN", issued_on="2024-02-01", effective_on="2024-02-01", **source)
    row = make(Relation, source=citing, target=old, kind=kind)
    assert list(stale(director, date.fromisoformat(day))) == ([row] if told else [])
    if told:
        assert ended_by([old.pk], date.fromisoformat(day)) == {old.pk: [new]}
