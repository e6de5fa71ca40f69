"""A journey from plan to report, and what the database refuses."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from cancu.core.people import Role
from cancu.core.tests.rows import make, person
from cancu.indicators import figure
from cancu.indicators.windows import year
from cancu.lines.cooperation.models import Delegation, DelegationPartner
from cancu.lines.cooperation.states import DelegationStates

pytestmark = pytest.mark.django_db


def test_a_delegation_counts_once_it_has_travelled():
    writer, director = person("cv.vp", "VP"), person("giamdoc", "SKHCN", Role.DIRECTOR)
    delegation = make(Delegation, code="ĐR-1", owner_unit="VP", direction="out", departs_on="2024-05-06")
    DelegationStates.move(delegation, "decide", director)
    assert figure("cooperation.delegations", year(2024)).value == 0
    DelegationStates.move(delegation, "complete", writer, returns_on=date(2024, 5, 11))
    assert figure("cooperation.delegations", year(2024)).value == 1


@pytest.mark.parametrize("values", [{"members": 0}, {"departs_on": "2024-05-06", "returns_on": "2024-05-05"}])
def test_the_database_refuses(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        make(Delegation, **values)


def test_a_partner_is_in_a_delegation_once():
    make(DelegationPartner, delegation="ĐR-1", partner="Trường A")
    with pytest.raises(IntegrityError), transaction.atomic():
        make(DelegationPartner, delegation="ĐR-1", partner="Trường A")
