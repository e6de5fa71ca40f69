"""Every page asks who is reading, and runs few queries however long the list."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cancu.core.models import Party, User
from cancu.core.people import Role
from cancu.core.reading import Reading
from cancu.core.tests.rows import make, person
from cancu.documents.models import Document
from cancu.lines.radiation.models import Certificate, Facility, Licence
from cancu.reports.models import Report, Section

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


@pytest.fixture
def radiation():
    """Licences of unit QLCN and one of unit QLKH; a report; people of both units."""
    for n in range(1, 61):
        make(
            Licence,
            number=f"{n}/GP",
            facility=f"CS{n % 7}",
            issued_on=dt.date(2024, 1, 1) + dt.timedelta(days=n),
            expires_on="2027-01-01",
            state="granted",
            owner_unit="QLCN",
        )
    other = make(
        Licence,
        number="99/GP",
        facility="CS9",
        issued_on="2024-05-05",
        expires_on="2027-01-01",
        state="granted",
        owner_unit="QLKH",
    )
    document = make(Document, number="155/KH-UBND", issued_on="2022-08-03", direction="incoming", owner_unit="QLCN")
    report = make(
        Report,
        kind="annual",
        title="Báo cáo thử",
        window_name="year_to_date",
        window_start="2024-01-01",
        window_end="2024-11-15",
        owner_unit="QLCN",
        entered_by="cv",
    )
    make(
        Section,
        report=report,
        order=1,
        code="I.6",
        number="6.",
        heading="An toàn bức xạ",
        owner_unit="QLCN",
        entered_by="cv",
        state="drafted",
        body="Cấp phép cho [15](figure:radiation.facilities_licensed) cơ sở theo [Kế hoạch số 155/KH-UBND](document:155/KH-UBND@2022-08-03).",
    )
    for username, unit, role in (
        ("cv.qlcn", "QLCN", Role.SPECIALIST),
        ("tr.qlcn", "QLCN", Role.UNIT_HEAD),
        ("cv.qlkh", "QLKH", Role.SPECIALIST),
        ("giamdoc", "QLCN", Role.DIRECTOR),
        ("quantri", "QLCN", Role.ADMINISTRATOR),
    ):
        person(username, unit, role)
    return {"licence": Licence.objects.get(number="1/GP"), "other": other, "report": report, "document": document}


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
    return client


def addresses(made) -> dict[str, str]:
    licence = ["radiation", "licence"]
    return {
        "home": reverse("home"),
        "reports": reverse("reports"),
        "indicators": reverse("indicators"),
        "register": reverse("register", args=licence),
        "own record": reverse("record", args=[*licence, made["licence"].pk]),
        "other unit's record": reverse("record", args=[*licence, made["other"].pk]),
        "indicator": reverse("indicator", args=["radiation.facilities_licensed"]),
        "document": reverse("document", args=["155/KH-UBND@2022-08-03"]),
        "report": reverse("report", args=[made["report"].pk]),
        "ground": reverse("ground", args=[made["report"].pk]) + "?ref=figure:radiation.facilities_licensed",
        "findings": reverse("findings", args=[made["report"].pk]),
        "unknown register": reverse("register", args=["radiation", "nothing"]),
        "unknown indicator": reverse("indicator", args=["radiation.nothing"]),
        "search": reverse("search") + "?q=155/KH",
    }


#: page → what each person gets: 200 shown, 404 hidden, 403 refused. Who is not signed in is sent to sign in.
TABLE = {
    "home": {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 200, "quantri": 200},
    "reports": {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 200, "quantri": 200},
    "indicators": {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 200, "quantri": 200},
    "register": {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 200, "quantri": 200},
    "own record": {"cv.qlcn": 200, "cv.qlkh": 404, "giamdoc": 200, "quantri": 404},
    "other unit's record": {"cv.qlcn": 404, "cv.qlkh": 200, "giamdoc": 200, "quantri": 404},
    "indicator": {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 200, "quantri": 200},
    "document": {"cv.qlcn": 200, "cv.qlkh": 404, "giamdoc": 200, "quantri": 404},
    "report": {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 200, "quantri": 403},
    "ground": {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 200, "quantri": 403},
    "findings": {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 200, "quantri": 403},
    "unknown register": {"cv.qlcn": 404, "cv.qlkh": 404, "giamdoc": 404, "quantri": 404},
    "unknown indicator": {"cv.qlcn": 404, "cv.qlkh": 404, "giamdoc": 404, "quantri": 404},
    "search": {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 200, "quantri": 200},
}


def test_each_person_gets_each_page_as_the_table_says(radiation):
    pages = addresses(radiation)
    got = {name: {who: signed_in(who).get(pages[name]).status_code for who in people} for name, people in TABLE.items()}
    assert got == TABLE


def test_who_is_not_signed_in_is_sent_to_sign_in(radiation):
    assert {Client().get(address).status_code for address in addresses(radiation).values()} == {302}


@pytest.mark.parametrize(
    "name",
    [
        "home",
        "reports",
        "indicators",
        "register",
        "own record",
        "indicator",
        "document",
        "report",
        "findings",
        "ground",
        "search",
    ],
)
def test_a_page_runs_few_queries(radiation, name):
    client = signed_in("giamdoc")
    with CaptureQueriesContext(connection) as asked:
        client.get(addresses(radiation)[name])
    table = [q["sql"] for q in asked if "SAVEPOINT" not in q["sql"]]
    assert len(table) <= MOST_QUERIES, "\n".join(s[:150] for s in table)


def test_rows_outside_ones_scope_are_counted_but_not_shown(radiation):
    page = signed_in("cv.qlkh").get(addresses(radiation)["indicator"]).content.decode()
    assert "99/GP" in page
    assert "1/GP ·" not in page.replace("99/GP ·", "")
    assert "60 ngoài quyền xem" in page


def test_a_list_is_paged_by_key_without_losing_or_repeating_a_row(radiation):
    client, seen, address = signed_in("giamdoc"), [], addresses(radiation)["register"]
    while address:
        context = client.get(address).context["list"]
        seen += [item.number for item in context.items]
        address = addresses(radiation)["register"] + context.next if context.next else ""
    assert len(seen) == len(set(seen)) == 61


def test_search_in_a_register_is_blind_to_accents(radiation):
    make(
        Licence,
        number="98/GP",
        issued_on="2024-05-05",
        expires_on="2027-01-01",
        facility=make(Facility, code="DH", party=make(Party, name="Phòng khám Đông Hà")),
    )
    found = signed_in("giamdoc").get(addresses(radiation)["register"] + "?q=phong+kham+dong+ha").context["list"].items
    assert [row.number for row in found] == ["98/GP"]


def test_a_wrong_filter_value_is_passed_over(radiation):
    answer = signed_in("giamdoc").get(
        addresses(radiation)["register"] + "?kind=%27;drop&issued_on_tu=hom-qua&sau=abc~x"
    )
    assert answer.status_code == 200


def test_opening_personal_data_is_kept(radiation):
    certificate = make(Certificate, number="1/CC", holder="Học viên số 1", issued_on="2024-05-05", owner_unit="QLCN")
    signed_in("cv.qlcn").get(reverse("record", args=["radiation", "certificate", certificate.pk]))
    assert [(r.reader.username, r.table, r.record) for r in Reading.objects.all()] == [
        ("cv.qlcn", "radiation.certificate", certificate.pk)
    ]


def test_a_head_confirms_on_the_page_and_the_enterer_may_not(radiation):
    licence = make(
        Licence,
        number="70/GP",
        facility="CS1",
        issued_on="2024-06-01",
        expires_on="2027-01-01",
        owner_unit="QLCN",
        entered_by="cv.qlcn",
        confirmed_by=None,
    )
    address = reverse("confirm-record", args=["radiation", "licence", licence.pk])
    signed_in("cv.qlcn").post(address)
    licence.refresh_from_db()
    assert licence.confirmed_by is None
    signed_in("tr.qlcn").post(address)
    licence.refresh_from_db()
    assert licence.confirmed_by.username == "tr.qlcn"


def test_no_page_carries_script_or_style_in_its_text(radiation):
    client = signed_in("giamdoc")
    for name in ("home", "report", "register"):
        answer = client.get(addresses(radiation)[name])
        assert (
            "script-src" in answer.headers["Content-Security-Policy"]
            or "default-src 'self'" in answer.headers["Content-Security-Policy"]
        )
        assert "style=" not in answer.content.decode()
        assert "onclick" not in answer.content.decode()
