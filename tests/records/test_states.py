"""Moves between states: from where, by whom, not by whom, with what."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cancu.core.people import Role
from cancu.core.tests.rows import make, person
from cancu.lines.radiation.models import Licence
from cancu.lines.radiation.states import LicenceStates

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return make(
        Licence, number="1/GP", issued_on="2024-03-01", expires_on="2027-03-01", owner_unit="QLCN", state="draft"
    )


def test_a_leader_grants_a_draft(draft):
    LicenceStates.move(draft, "grant", person("giamdoc", "SO", Role.DIRECTOR))
    draft.refresh_from_db()
    assert draft.state == "granted"


@pytest.mark.parametrize("role", [Role.UNIT_HEAD, Role.SPECIALIST, Role.CLERK, Role.ADMINISTRATOR], ids=str)
def test_others_do_not_grant(draft, role):
    with pytest.raises(PermissionDenied):
        LicenceStates.move(draft, "grant", person("ai-do", "QLCN", role))


def test_who_entered_the_record_does_not_grant_it(draft):
    director = person("giamdoc", "SO", Role.DIRECTOR)
    draft.entered_by = director
    draft.save()
    with pytest.raises(PermissionDenied, match="Người nhập"):
        LicenceStates.move(draft, "grant", director)


def test_a_move_starts_only_from_its_own_state(draft):
    with pytest.raises(ValidationError, match="Soạn thảo"):
        LicenceStates.move(draft, "revoke", person("giamdoc", "SO", Role.DIRECTOR), reason="vi phạm")


def test_a_move_that_needs_a_reason_asks_for_it(draft):
    director = person("giamdoc", "SO", Role.DIRECTOR)
    LicenceStates.move(draft, "grant", director)
    with pytest.raises(ValidationError, match="Phải có"):
        LicenceStates.move(draft, "revoke", director)


def test_a_refused_move_changes_nothing(draft):
    with pytest.raises(PermissionDenied):
        LicenceStates.move(draft, "grant", person("cv", "QLCN", Role.SPECIALIST))
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_the_page_offers_only_moves_that_the_person_may_make(draft):
    director, specialist = person("giamdoc", "SO", Role.DIRECTOR), person("cv", "QLCN", Role.SPECIALIST)
    assert [m.key for m in LicenceStates.open_moves(draft, director)] == ["grant"]
    assert LicenceStates.open_moves(draft, specialist) == []


def test_fields_given_with_a_move_are_written_with_it(draft):
    LicenceStates.move(draft, "grant", person("giamdoc", "SO", Role.DIRECTOR), fee=7)
    draft.refresh_from_db()
    assert (draft.state, draft.fee) == ("granted", 7)
