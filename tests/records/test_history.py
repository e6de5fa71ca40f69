"""Every way of writing a record leaves a row of history: who, when, what, why."""


import pghistory
import pytest
from django.db import ProgrammingError, connection, transaction

from cancu.core.tests.rows import make, person
from cancu.lines.radiation.models import Licence

pytestmark = pytest.mark.django_db


@pytest.fixture
def licence():
    return make(Licence, number="1/GP", issued_on="2024-03-01", expires_on="2027-03-01", state="granted", confirmed_by=None)


def kept(licence):
    return [event.pgh_label for event in Licence.history.rel.related_model.objects.filter(pgh_obj_id=licence.pk).order_by("pgh_id")]


def by_save(licence):
    licence.fee = 5
    licence.save()


def by_update(licence):
    Licence.objects.filter(pk=licence.pk).update(fee=5)


def by_bulk_update(licence):
    licence.fee = 5
    Licence.objects.bulk_update([licence], ["fee"])


def by_raw_sql(licence):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE radiation_licence SET fee = 5 WHERE id = %s", [licence.pk])


@pytest.mark.parametrize("write", [by_save, by_update, by_bulk_update, by_raw_sql])
def test_every_way_of_changing_a_record_is_kept(licence, write):
    write(licence)
    assert kept(licence) == ["insert", "update"]
    assert [event.fee for event in licence.history.order_by("pgh_id")] == [0, 5]


def test_making_many_rows_at_once_is_kept(licence):
    row = Licence.objects.get()
    row.pk, row.number = None, "2/GP"
    (made,) = Licence.objects.bulk_create([row])
    assert kept(made) == ["insert"]


def test_a_deleted_record_keeps_its_history(licence):
    pk = licence.pk
    Licence.objects.filter(pk=pk).delete()
    licence.pk = pk
    assert kept(licence) == ["insert", "delete"]


def test_a_write_that_changes_nothing_is_not_kept(licence):
    licence.save()
    assert kept(licence) == ["insert"]


def test_history_says_who_and_why(licence):
    head = person("tr.dv", "DV", "unit_head")
    with pghistory.context(user=head.pk, reason="sửa phí"):
        licence.fee = 9
        licence.save()
    context = licence.history.get(fee=9).pgh_context
    assert (context.metadata["user"], context.metadata["reason"]) == (head.pk, "sửa phí")


def test_nobody_rewrites_history(licence):
    event = licence.history.get()
    with pytest.raises(ProgrammingError), transaction.atomic():
        type(event).objects.filter(pk=event.pk).update(fee=1)
    with pytest.raises(ProgrammingError), transaction.atomic():
        type(event).objects.filter(pk=event.pk).delete()


def test_confirming_and_sending_back_are_kept_with_the_reason(licence):
    head = person("tr.dv", "DV", "unit_head")
    licence.confirm(head)
    licence.send_back(head, "thiếu ngày cấp")
    events = list(licence.history.order_by("pgh_id"))
    assert [e.pgh_label for e in events] == ["insert", "update", "update"]
    assert events[2].pgh_context.metadata["reason"] == "thiếu ngày cấp"
