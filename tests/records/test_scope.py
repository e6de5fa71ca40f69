"""Who sees, edits and confirms which record: a table of roles and units, as the office would draw it."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from cancu.core.calendar import replayed
from cancu.core.models import Membership, Unit, UnitName, User
from cancu.core.people import Role
from cancu.core.scope import may_confirm, may_edit, scope_of
from cancu.core.tests.rows import make, named, person
from cancu.lines.radiation.models import Licence

pytestmark = pytest.mark.django_db

#: role held in unit QLCN → sees its record, sees another unit's, edits its unconfirmed record, confirms it
TABLE = {
    Role.DIRECTOR: (True, True, False, True),
    Role.DEPUTY: (True, True, False, True),
    Role.UNIT_HEAD: (True, False, True, True),
    Role.SPECIALIST: (True, False, True, False),
    Role.CLERK: (True, True, True, False),
    Role.ONE_STOP: (True, True, True, False),
    Role.INSPECTOR: (True, False, True, False),
    Role.LABORATORY: (True, False, True, False),
    Role.ADMINISTRATOR: (False, False, False, False),
}


@pytest.fixture
def licences():
    own = make(
        Licence, number="1/GP", issued_on="2024-03-01", expires_on="2027-03-01", owner_unit="QLCN", confirmed_by=None
    )
    other = make(
        Licence, number="2/GP", issued_on="2024-03-01", expires_on="2027-03-01", owner_unit="QLKH", confirmed_by=None
    )
    return own, other


@pytest.mark.parametrize("role", TABLE, ids=str)
def test_a_role_reaches_as_far_as_the_table_says(licences, role):
    own, other = licences
    user = person("ai-do", "QLCN", role)
    seen = set(Licence.objects.seen_by(user))
    assert (own in seen, other in seen, may_edit(user, own), may_confirm(user, own)) == TABLE[role]


def test_nobody_confirms_what_they_entered(licences):
    own, _other = licences
    head = person("tr.qlcn", "QLCN", Role.UNIT_HEAD)
    own.entered_by = head
    own.save()
    with pytest.raises(PermissionDenied):
        own.confirm(head)


def test_the_database_too_refuses_an_enterer_who_confirms(licences):
    own, _other = licences
    with pytest.raises(IntegrityError), transaction.atomic():
        Licence.objects.filter(pk=own.pk).update(confirmed_by=own.entered_by_id, confirmed_at="2024-03-02T00:00Z")


def test_a_confirmed_record_is_not_edited_and_not_confirmed_twice(licences):
    own, _other = licences
    head = person("tr.qlcn", "QLCN", Role.UNIT_HEAD)
    own.confirm(head)
    assert not may_edit(head, own)
    with pytest.raises(ValidationError):
        own.confirm(head)


def test_what_nobody_confirmed_is_not_sent_back(licences):
    own, _other = licences
    with pytest.raises(ValidationError, match="chưa được xác nhận"):
        own.send_back(person("tr.qlcn", "QLCN", Role.UNIT_HEAD), "sai số")


def test_sending_back_needs_a_reason(licences):
    own, _other = licences
    head = person("tr.qlcn", "QLCN", Role.UNIT_HEAD)
    own.confirm(head)
    with pytest.raises(ValidationError, match="lý do"):
        own.send_back(head, "  ")


def test_a_role_reaches_the_units_below_unless_told_otherwise(licences):
    own, _other = licences
    make(UnitName, unit="QLCN", name="Phòng QLCN", short_name="QLCN", parent="KHOI", valid_from="2020-01-01")
    above = person("tr.khoi", "KHOI", Role.UNIT_HEAD)
    assert own in Licence.objects.seen_by(above)
    Membership.objects.update(with_children=False)
    assert own not in Licence.objects.seen_by(User.objects.get(pk=above.pk))


def test_a_role_holds_from_its_first_day_to_its_last(licences):
    own, _other = licences
    person("cv.qlcn", "QLCN", Role.SPECIALIST)
    Membership.objects.update(valid_until=dt.date(2025, 6, 30))
    with replayed(dt.date(2025, 6, 30)):
        assert own in Licence.objects.seen_by(User.objects.get(username="cv.qlcn"))
    with replayed(dt.date(2025, 7, 1)):
        assert own not in Licence.objects.seen_by(User.objects.get(username="cv.qlcn"))


def test_someone_switched_off_sees_nothing(licences):
    user = person("cu", "QLCN", Role.DIRECTOR)
    user.is_active = False
    assert not Licence.objects.seen_by(user).exists()


def test_being_superuser_gives_nothing(licences):
    user = named(User, "goc")
    user.is_superuser = True
    assert not scope_of(user).sees_all
    assert not Licence.objects.seen_by(user).exists()


def test_the_head_of_the_successor_confirms_what_an_abolished_unit_left(licences):
    own, _other = licences
    make(UnitName, unit="QLCN", name="Phòng QLCN", short_name="QLCN", valid_from="2020-01-01", valid_until="2025-06-30")
    Unit.objects.filter(code="QLCN").update(successor=named(Unit, "CDS"))
    head = person("tr.cds", "CDS", Role.UNIT_HEAD)
    answers = {}
    for day in (dt.date(2025, 6, 30), dt.date(2025, 7, 1)):
        with replayed(day):
            fresh = User.objects.get(pk=head.pk)
            answers[day.month] = (own in Licence.objects.seen_by(fresh), may_confirm(fresh, own))
    assert answers == {6: (False, False), 7: (True, True)}
