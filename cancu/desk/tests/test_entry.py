"""Entering records on forms: as a clerk types, what is refused and why, and who may."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cancu.core import codes
from cancu.core.models import Party
from cancu.core.people import Role
from cancu.core.tests.rows import make, person
from cancu.desk.forms import DayField
from cancu.desk.tests.test_pages import MOST_QUERIES, signed_in
from cancu.lines.radiation.models import Device, Facility, Licence

pytestmark = pytest.mark.django_db
LICENCE = ["radiation", "licence"]


@pytest.fixture
def office():
    """A facility of QLCN, people of two units, and the code lists of the line."""
    from cancu.lines import radiation

    codes.load(__import__("pathlib").Path(radiation.__file__).parent / "codes.yaml")
    for username, unit, role in (
        ("cv.qlcn", "QLCN", Role.SPECIALIST),
        ("tr.qlcn", "QLCN", Role.UNIT_HEAD),
        ("cv.qlkh", "QLKH", Role.SPECIALIST),
        ("giamdoc", "QLCN", Role.DIRECTOR),
        ("quantri", "QLCN", Role.ADMINISTRATOR),
    ):
        person(username, unit, role)
    yield make(Facility, code="CSBX-1", party=make(Party, name="Phòng khám Đông Hà"), owner_unit="QLCN")
    codes.forget()


def typed(owner: Facility, /, **changes: str) -> dict[str, str]:
    """What a clerk types for a licence."""
    activity, kind = next(iter(codes.labels("radiation.activity"))), next(iter(codes.labels("radiation.licence_kind")))
    return {
        "number": "31/GP-SKHCN",
        "facility": str(owner.pk),
        "activity": activity,
        "kind": kind,
        "issued_on": "05/02/2024",
        "expires_on": "4.2.2027",
        "fee": "500000",
        "owner_unit": str(owner.owner_unit_id),
        **changes,
    }


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("05/02/2024", dt.date(2024, 2, 5)),
        ("5/2/2024", dt.date(2024, 2, 5)),
        ("5.2.24", dt.date(2024, 2, 5)),
        ("05-02-2024", dt.date(2024, 2, 5)),
        ("05022024", dt.date(2024, 2, 5)),
        ("2024-02-05", dt.date(2024, 2, 5)),
        (" 5 / 2 / 2024 ", dt.date(2024, 2, 5)),
        ("05/02/99", dt.date(1999, 2, 5)),
    ],
)
def test_a_day_is_read_as_clerks_type_it(words, day):
    assert DayField().clean(words) == day


@pytest.mark.parametrize("words", ["31/02/2024", "hôm qua", "2024", "5/13/2024", "32/1/2024", "05/02/1024"])
def test_what_is_no_day_is_refused_with_an_example(words):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError, match="05/02/2024"):
        DayField().clean(words)


def test_a_licence_is_entered_and_waits_for_confirmation(office):
    answer = signed_in("cv.qlcn").post(reverse("create-record", args=LICENCE), typed(office))
    licence = Licence.objects.get()
    assert answer.url == reverse("record", args=[*LICENCE, licence.pk])
    assert (
        licence.issued_on,
        licence.expires_on,
        licence.entered_by.username,
        licence.confirmed_at,
        licence.state,
    ) == (dt.date(2024, 2, 5), dt.date(2027, 2, 4), "cv.qlcn", None, "draft")


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"number": ""}, "number", "Trường này là bắt buộc"),
        ({"issued_on": "31/02/2024"}, "issued_on", "31/02/2024"),
        ({"facility": "", "facility_words": "Phòng khám nào đó"}, "facility", "Phòng khám nào đó"),
        ({"activity": "bay"}, "activity", "bay"),
        ({"expires_on": "01/01/2023"}, "__all__", "Ngày kết thúc phải từ ngày bắt đầu trở đi"),
        ({"devices": "SR-1\nSR-9"}, "devices", "Dòng 2: không có “SR-9”"),
    ],
)
def test_a_wrong_field_says_what_is_wrong_and_keeps_what_was_typed(office, changes, field, says):
    make(Device, serial="SR-1", facility=office, owner_unit="QLCN")
    answer = signed_in("cv.qlcn").post(reverse("create-record", args=LICENCE), typed(office, **changes))
    assert answer.status_code == 422
    assert says in str(answer.context["form"].errors[field])
    assert "500000" in answer.content.decode()
    assert not Licence.objects.exists()


def test_a_field_is_checked_when_it_is_left(office):
    answer = signed_in("cv.qlcn").post(
        reverse("create-record", args=LICENCE) + "?kiem=issued_on",
        typed(office, issued_on="32/1/2024"),
        headers={"HX-Request": "true"},
    )
    page = answer.content.decode()
    assert "32/1/2024" in page and 'id="row_issued_on"' in page and "row_number" not in page
    assert not Licence.objects.exists()


def test_a_relation_is_found_without_accents_and_named_in_words(office):
    client = signed_in("cv.qlcn")
    make(Facility, code="CSBX-2", party=make(Party, name="Bệnh viện Triệu Phong"), owner_unit="QLKH")
    for n in range(40):
        make(Facility, code=f"X-{n}", owner_unit="QLCN")
    offered = client.get(
        reverse("offer", args=[*LICENCE, "facility"]) + "?facility_words=phong kham dong"
    ).content.decode()
    assert "Phòng khám Đông Hà" in offered
    assert (
        "Triệu Phong"
        not in client.get(reverse("offer", args=[*LICENCE, "facility"]) + "?facility_words=trieu").content.decode()
    )
    client.post(reverse("create-record", args=LICENCE), typed(office, facility="", facility_words="CSBX-1"))
    assert Licence.objects.get().facility == office


def test_a_party_that_is_not_known_yet_is_added_from_the_picker(office):
    client = signed_in("cv.qlcn")
    page = client.post(reverse("add-party"), {"name": "  Nha khoa   Cam Lộ ", "kind": "establishment"}).content.decode()
    party = Party.objects.get(name="Nha khoa Cam Lộ")
    assert f'data-key="{party.pk}"' in page and "data-chosen" in page
    client.post(reverse("add-party"), {"name": "nha khoa cam lo", "kind": "establishment"})
    assert Party.objects.filter(folded="nha khoa cam lo").count() == 1
    assert signed_in("quantri").post(reverse("add-party"), {"name": "X", "kind": "person"}).status_code == 403


def test_a_likely_duplicate_is_asked_about_and_a_reason_lets_it_pass(office):
    client, address = signed_in("cv.qlcn"), reverse("create-record", args=LICENCE)
    make(
        Licence,
        number="31/gp-skhcn",
        facility=office,
        issued_on="2023-02-05",
        expires_on="2026-02-04",
        owner_unit="QLCN",
    )
    asked = client.post(address, typed(office))
    assert "Có thể đã có trong sổ" in asked.content.decode()
    assert Licence.objects.count() == 1
    client.post(address, typed(office, still="Cấp lại sau ba năm, số trùng do đánh lại từ đầu"))
    licence = Licence.objects.get(issued_on="2024-02-05")
    assert "Cấp lại sau ba năm" in licence.history.latest("pgh_id").pgh_context.metadata["reason"]


def test_two_people_never_overwrite_each_other(office):
    licence = make(
        Licence,
        number="5/GP",
        facility=office,
        issued_on="2024-02-05",
        expires_on="2027-02-04",
        owner_unit="QLCN",
        confirmed_by=None,
        fee=1,
    )
    address = reverse("change-record", args=[*LICENCE, licence.pk])
    first, second = signed_in("cv.qlcn"), signed_in("tr.qlcn")
    marks = [client.get(address).context["mark"] for client in (first, second)]
    first.post(address, typed(office, number="5/GP", fee="111", mark=marks[0]))
    answer = second.post(address, typed(office, number="5/GP", fee="222", mark=marks[1]))
    licence.refresh_from_db()
    assert licence.fee == 111
    assert ("Phí (đồng)", "111", "222") in answer.context["differ"]
    second.post(address, typed(office, number="5/GP", fee="222", mark=answer.context["mark"]))
    licence.refresh_from_db()
    assert licence.fee == 222


def test_a_confirmed_record_is_changed_only_after_it_was_sent_back_with_a_reason(office):
    licence = make(
        Licence,
        number="5/GP",
        facility=office,
        issued_on="2024-02-05",
        expires_on="2027-02-04",
        owner_unit="QLCN",
        confirmed_by="tr.qlcn",
    )
    change, back = (
        reverse("change-record", args=[*LICENCE, licence.pk]),
        reverse("send-back", args=[*LICENCE, licence.pk]),
    )
    assert signed_in("cv.qlcn").get(change).status_code == 403
    signed_in("tr.qlcn").post(back, {"reason": ""})
    licence.refresh_from_db()
    assert licence.confirmed_at
    signed_in("tr.qlcn").post(back, {"reason": "Sai ngày cấp"})
    assert signed_in("cv.qlcn").get(change).status_code == 200


def test_a_renewal_copies_all_but_number_and_days(office):
    licence = make(
        Licence, number="5/GP", facility=office, issued_on="2021-02-05", expires_on="2024-02-04", owner_unit="QLCN"
    )
    form = signed_in("cv.qlcn").get(reverse("create-record", args=LICENCE) + f"?tu={licence.pk}").context["form"]
    assert (form["facility"].value(), form["previous"].value(), form["number"].value(), form["issued_on"].value()) == (
        office.pk,
        licence.pk,
        None,
        None,
    )


#: page → what each person gets: 200 shown, 403 refused, 404 hidden.
TABLE = {
    "create-record": {"cv.qlcn": 200, "tr.qlcn": 200, "cv.qlkh": 200, "giamdoc": 403, "quantri": 403},
    "change-record": {"cv.qlcn": 200, "tr.qlcn": 200, "cv.qlkh": 404, "giamdoc": 403, "quantri": 404},
}


def test_each_person_gets_each_form_as_the_table_says(office):
    licence = make(
        Licence,
        number="5/GP",
        facility=office,
        issued_on="2024-02-05",
        expires_on="2027-02-04",
        owner_unit="QLCN",
        confirmed_by=None,
    )
    pages = {
        "create-record": reverse("create-record", args=LICENCE),
        "change-record": reverse("change-record", args=[*LICENCE, licence.pk]),
    }
    got = {name: {who: signed_in(who).get(pages[name]).status_code for who in people} for name, people in TABLE.items()}
    assert got == TABLE


def test_every_register_has_a_form_that_opens_with_few_queries(office):
    from cancu.core.line import REGISTERS

    client, slow = signed_in("cv.qlcn"), {}
    for register in REGISTERS.values():
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(reverse("create-record", args=[register.folder, register.model._meta.model_name]))
        assert answer.status_code == (200 if register.by_form else 404), register.code
        if len(asked) > MOST_QUERIES:
            slow[register.code] = len(asked)
    assert slow == {}
