"""A record and its rows on one form: the slip of a delivery with its lines, written together or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse

from cancu.core import codes
from cancu.core.line import REGISTERS
from cancu.core.people import Role
from cancu.core.tests.rows import make, person
from cancu.desk.rows_form import rows_of
from cancu.desk.tests.test_pages import signed_in
from cancu.lines import biotech
from cancu.lines.biotech.models import Batch, Issue, IssueLine

pytestmark = pytest.mark.django_db
ISSUE = ("biotech", "issue")


@pytest.fixture
def store():
    """Two batches of 100 kg, and the clerk and head of the unit that keeps them."""
    codes.load(Path(biotech.__file__).parent / "codes.yaml")
    person("cv.ttnc", "TTNC", Role.SPECIALIST)
    person("tr.ttnc", "TTNC", Role.UNIT_HEAD)
    yield [
        make(
            Batch,
            number=f"L{n}",
            kg=100,
            made_on="2024-01-01",
            expires_on="2025-01-01",
            owner_unit="TTNC",
            entered_by="cv.ttnc",
            state="released",
        )
        for n in (1, 2)
    ]
    codes.forget()


def wrongs(answer):
    """What a refused page says is wrong."""
    context = answer.context or {}
    return (
        [context["form"].errors, *((rows.errors, rows.non_form_errors()) for rows in context["rows"])]
        if "form" in context
        else answer.status_code
    )


def slip(*lines, **changes):
    """What the browser sends: the slip, and each line as (batch, kg)."""
    form = signed_in("cv.ttnc").get(reverse("create-record", args=ISSUE)).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    sent |= {
        "number": "PX-01",
        "recipient_words": "",
        "recipient": str(make("core.Party", name="Hợp tác xã Kim Long").pk),
        "issued_on": "05/02/2024",
    }
    for name, field in form.fields.items():
        if field.required and not sent.get(name):
            sent[name] = next((key for key, _label in getattr(field, "choices", []) if key), "1")
    sent |= {"lines-TOTAL_FORMS": str(len(lines)), "lines-INITIAL_FORMS": "0"}
    for n, (batch, kg) in enumerate(lines):
        sent |= {
            f"lines-{n}-batch": str(batch.pk) if batch else "",
            f"lines-{n}-batch_words": "",
            f"lines-{n}-kg": kg,
            f"lines-{n}-unit_price": "0",
        }
    return {**sent, **changes}


def test_a_slip_and_its_lines_are_written_together_each_with_its_history(store):
    answer = signed_in("cv.ttnc").post(
        reverse("create-record", args=ISSUE), slip((store[0], "12,5"), (store[1], "7"), (None, ""))
    )
    assert answer.status_code == 302, wrongs(answer)
    issue = Issue.objects.get()
    lines = list(issue.lines.order_by("batch__number"))
    assert [(line.batch.number, line.kg) for line in lines] == [("L1", 12.5), ("L2", 7)]
    assert {(line.entered_by.username, line.owner_unit_id, line.confirmed_at) for line in lines} == {
        ("cv.ttnc", issue.owner_unit_id, None)
    }
    assert [line.history.get().pgh_label for line in lines] == ["insert", "insert"]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (((0, "0"),), "Khối lượng phải lớn hơn 0"),
        (((0, "7"), (0, "8")), "trùng"),
        (((0, "abc"),), "số"),
        (((None, "7"),), "bắt buộc"),
        (((0, "101"),), "Xuất quá khối lượng lô"),
    ],
)
def test_a_wrong_line_is_said_beside_it_and_nothing_is_written(store, lines, words):
    answer = signed_in("cv.ttnc").post(
        reverse("create-record", args=ISSUE), slip(*((None if b is None else store[b], kg) for b, kg in lines))
    )
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Issue.objects.exists() and not IssueLine.objects.exists()


def test_what_was_typed_in_the_lines_is_still_there_when_the_record_is_wrong(store):
    page = (
        signed_in("cv.ttnc")
        .post(reverse("create-record", args=ISSUE), slip((store[0], "12,5"), issued_on="31/02/2024"))
        .content.decode()
    )
    assert 'value="12,5"' in page and "không phải một ngày" in page


@pytest.fixture
def written(store):
    signed_in("cv.ttnc").post(reverse("create-record", args=ISSUE), slip((store[0], "12,5"), (store[1], "7")))
    return Issue.objects.get()


def changed(client, issue, **changes):
    page = client.get(reverse("change-record", args=[*ISSUE, issue.pk]))
    form = page.context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | {"mark": page.context["mark"]}
    for rows in page.context["rows"]:
        for one in (rows.management_form, *rows):
            sent |= {one.add_prefix(name): "" if (value := one[name].value()) is None else value for name in one.fields}
    return client.post(reverse("change-record", args=[*ISSUE, issue.pk]), {**sent, **changes})


def test_a_line_is_changed_another_taken_out_a_third_added(written, store):
    more = make(
        Batch, number="L3", kg=50, made_on="2024-01-01", expires_on="2025-01-01", owner_unit="TTNC", state="released"
    )
    answer = changed(
        signed_in("cv.ttnc"),
        written,
        **{"lines-0-kg": "20", "lines-1-DELETE": "on", "lines-2-batch": str(more.pk), "lines-2-kg": "3"},
    )
    assert answer.status_code == 302, wrongs(answer)
    assert sorted((line.batch.number, line.kg) for line in written.lines.all()) == [("L1", 20), ("L3", 3)]


def test_a_confirmed_line_stays_as_it_is(written):
    line = written.lines.get(batch__number="L1")
    line.confirm(person("tr.ttnc", "TTNC", Role.UNIT_HEAD))
    assert changed(signed_in("cv.ttnc"), written, **{"lines-0-kg": "99"}).status_code == 302
    line.refresh_from_db()
    assert line.kg == 12.5
    refused = changed(signed_in("cv.ttnc"), written, **{"lines-0-DELETE": "on"})
    assert "đã được xác nhận nên không bỏ ra được" in refused.content.decode()
    assert written.lines.count() == 2


def test_two_clerks_at_the_lines_of_one_slip_never_overwrite_each_other(written):
    one = signed_in("cv.ttnc")
    mark = one.get(reverse("change-record", args=[*ISSUE, written.pk])).context["mark"]
    assert changed(one, written, **{"lines-0-kg": "20"}).status_code == 302
    late = changed(one, written, mark=mark, **{"lines-0-kg": "30"})
    assert "Có người vừa sửa" in late.content.decode()
    assert written.lines.get(batch__number="L1").kg == 20


def test_a_picker_in_a_line_is_offered_rows(store):
    page = (
        signed_in("cv.ttnc")
        .get(reverse("offer", args=[*ISSUE, "lines-0-batch"]), {"lines-0-batch_words": "L2"})
        .content.decode()
    )
    assert "L2" in page and "L1" not in page


@pytest.mark.parametrize("code", [code for code, register in REGISTERS.items() if register.rows])
def test_every_register_that_declares_rows_shows_its_form_with_spare_ones(code):
    person("cv.ttnc", "TTNC", Role.SPECIALIST)
    register = REGISTERS[code]
    assert signed_in("cv.ttnc").get(reverse("create-record", args=code.split("."))).content.decode().count(
        'class="lines"'
    ) == len(register.rows)
    assert [len(one.forms) for one in rows_of(register, None, person("cv.ttnc", "TTNC", Role.SPECIALIST))] == [3] * len(
        register.rows
    )


def test_a_decimal_is_shown_again_as_it_was_typed(written):
    page = signed_in("cv.ttnc").get(reverse("change-record", args=[*ISSUE, written.pk])).content.decode()
    field = next(part for part in page.split("<input") if 'name="lines-0-kg"' in part)
    assert 'type="text"' in field and 'value="12,5' in field  # a field of numbers shows “12,5” as nothing
