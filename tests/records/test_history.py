"""Every way of writing a record leaves a row of history: who, when, what, why."""

import pghistory
import pytest
from django.db import ProgrammingError, connection, transaction

from cancu.core.tests.rows import make, person
from cancu.lines.radiation.models import Licence

pytestmark = pytest.mark.django_db


@pytest.fixture
def licence():
    return make(
        Licence, number="1/GP", issued_on="2024-03-01", expires_on="2027-03-01", state="granted", confirmed_by=None
    )


def kept(licence):
    return [
        event.pgh_label
        for event in Licence.history.rel.related_model.objects.filter(pgh_obj_id=licence.pk).order_by("pgh_id")
    ]


def like(licence, number, **more):
    """Another licence not written yet."""
    values = {f.attname: getattr(licence, f.attname) for f in Licence._meta.concrete_fields if not f.primary_key}
    return Licence(**values | {"number": number} | more)


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


def by_copy(rows):
    """Straight into the register by COPY, as no code of ours does: the triggers are the table's, not the way's."""
    fields = [f for f in Licence._meta.concrete_fields if not f.primary_key]
    names = ", ".join(f.column for f in fields)
    with connection.cursor() as cursor, cursor.copy(f"COPY radiation_licence ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([getattr(row, f.attname) for f in fields])
    return Licence.objects.filter(number__in=[row.number for row in rows])


def by_bulk_create(rows):
    return Licence.objects.bulk_create(rows)


@pytest.mark.parametrize("write", [by_copy, by_bulk_create])
def test_many_rows_written_at_once_each_keep_who_and_why(licence, write):
    clerk = person("cv.dv", "DV")
    with pghistory.context(user=clerk.pk, reason="nhập sổ cũ"):
        Licence.objects.filter(pk=licence.pk).update(
            fee=1
        )  # COPY carries no context of its own: that of its transaction
        made = list(write([like(licence, f"{n}/GP") for n in range(2, 30)]))
    assert len(made) == 28
    for row in made:
        event = row.history.get()
        assert (event.pgh_label, event.number, event.pgh_context.metadata) == (
            "insert",
            row.number,
            {"user": clerk.pk, "reason": "nhập sổ cũ"},
        )


def test_many_rows_changed_and_deleted_at_once_each_keep_who_and_why_and_those_that_did_not_change_nothing(licence):
    Licence.objects.bulk_create([like(licence, f"{n}/GP", fee=n % 2) for n in range(2, 12)])
    clerk = person("cv.dv", "DV")
    keys = set(Licence.objects.filter(fee=1).values_list("pk", flat=True))
    with pghistory.context(user=clerk.pk, reason="bỏ phí"):
        Licence.objects.update(fee=0)
    events = Licence.history.rel.related_model.objects
    assert {
        e.pgh_obj_id: (e.fee, e.pgh_context.metadata["reason"]) for e in events.filter(pgh_label="update")
    } == dict.fromkeys(keys, (0, "bỏ phí"))
    with pghistory.context(user=clerk.pk, reason="xóa sổ thử"):
        Licence.objects.all().delete()
    assert {e.pgh_context.metadata["reason"] for e in events.filter(pgh_label="delete")} == {"xóa sổ thử"}
    assert events.filter(pgh_label="delete").count() == 11


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
