"""A geographical indication on its way to protection, and what the database refuses."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from cancu.core.people import Role
from cancu.core.tests.rows import make, person
from cancu.indicators import figure
from cancu.indicators.windows import at_date, year
from cancu.lines.ip.models import Initiative, MarkCheck, Title
from cancu.lines.ip.states import TitleStates

pytestmark = pytest.mark.django_db


def test_the_third_geographical_indication_counts_from_the_day_of_its_certificate():
    writer, head = person("cv.qlcn", "QLCN"), person("tr.qlcn", "QLCN", Role.UNIT_HEAD)
    coffee = make(
        Title,
        name="Cà phê Khe Sanh",
        kind="geographical",
        owner_unit="QLCN",
        entered_by=writer,
        started_on="2023-06-01",
    )
    TitleStates.move(coffee, "file", writer, application="6-2025-00001", filed_on=date(2025, 2, 3))
    TitleStates.move(coffee, "accept_form", writer, form_accepted_on=date(2025, 4, 1))
    TitleStates.move(coffee, "examine", writer)
    TitleStates.move(coffee, "grant", head, number="00200", granted_on=date(2025, 12, 1))
    assert figure("ip.geographical_indications", year(2024)).value == 0
    assert figure("ip.geographical_pending", year(2024)).value == 1
    assert figure("ip.geographical_pending", at_date(date(2025, 11, 30))).value == 1
    assert figure("ip.geographical_pending", at_date(date(2025, 12, 1))).value == 0
    assert figure("ip.geographical_indications", at_date(date(2025, 12, 1))).value == 1


def test_a_renewed_mark_holds_on():
    head = person("tr.qlcn", "QLCN", Role.UNIT_HEAD)
    mark = make(
        Title,
        name="NHTT",
        kind="collective",
        owner_unit="QLCN",
        granted_on="2014-05-01",
        expires_on="2023-02-01",
        state="granted",
    )
    assert figure("ip.collective_marks", year(2024)).value == 0
    TitleStates.move(mark, "renew", head, renewed_on=date(2023, 1, 15), expires_on=date(2033, 2, 1))
    assert figure("ip.collective_marks", year(2024)).value == 1


@pytest.mark.parametrize(
    ("model", "values"),
    [
        pytest.param(Title, {"kind": "collective", "state": "granted"}, id="đã cấp mà không có ngày"),
        pytest.param(
            Title,
            {"kind": "collective", "state": "granted", "granted_on": "2024-01-01"},
            id="nhãn hiệu không có ngày hết hạn",
        ),
        pytest.param(
            Title, {"kind": "patent", "filed_on": "2024-01-02", "granted_on": "2024-01-01"}, id="cấp trước khi nộp đơn"
        ),
        pytest.param(
            Title,
            {"kind": "patent", "granted_on": "2024-01-02", "expires_on": "2024-01-01"},
            id="hết hạn trước khi cấp",
        ),
        pytest.param(Initiative, {"state": "recognised"}, id="công nhận mà không có ngày"),
    ],
)
def test_the_database_refuses(model, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        make(model, **values)


def test_two_titles_of_a_kind_never_share_a_number():
    make(Title, kind="collective", number="12345")
    make(Title, kind="certification", number="12345")
    with pytest.raises(IntegrityError), transaction.atomic():
        make(Title, kind="collective", number="12345")


def test_a_check_is_kept_once():
    make(MarkCheck, title="NHTT", establishment="Cơ sở 1", checked_on="2024-05-01")
    with pytest.raises(IntegrityError), transaction.atomic():
        make(MarkCheck, title="NHTT", establishment="Cơ sở 1", checked_on="2024-05-01")
