"""Names, places and codes hold for a time; no two hold on the same day."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cancu.core import codes
from cancu.core.codes import Code
from cancu.core.dated import valid_on
from cancu.core.folding import folded
from cancu.core.models import Place, UnitName
from cancu.core.tests.rows import make, named
from cancu.core.units import Unit, UnitTree
from cancu.lines.radiation.models import Facility

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (dt.date(2021, 5, 1), "Trung tâm Ứng dụng"),
        (dt.date(2022, 12, 31), "Trung tâm Ứng dụng"),
        (dt.date(2023, 1, 1), "Trung tâm Đổi mới"),
        (dt.date(2019, 1, 1), "TTNC"),
    ],
)
def test_a_unit_bears_the_name_of_the_day(day, name):
    make(
        UnitName,
        unit="TTNC",
        name="Trung tâm Ứng dụng",
        short_name="TT",
        parent=None,
        valid_from="2020-01-01",
        valid_until="2022-12-31",
    )
    make(UnitName, unit="TTNC", name="Trung tâm Đổi mới", short_name="TT", parent=None, valid_from="2023-01-01")
    assert named(Unit, "TTNC").name_on(day) == name


def test_two_names_of_one_unit_never_overlap():
    make(
        UnitName, unit="TTNC", name="A", short_name="A", parent=None, valid_from="2020-01-01", valid_until="2022-12-31"
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        make(UnitName, unit="TTNC", name="B", short_name="B", parent=None, valid_from="2022-12-31")


def test_an_end_before_the_start_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        make(
            UnitName,
            unit="TTNC",
            name="A",
            short_name="A",
            parent=None,
            valid_from="2020-01-01",
            valid_until="2019-12-31",
        )


def test_children_are_those_of_the_day():
    make(UnitName, unit="SO", name="Sở", short_name="Sở", parent=None, valid_from="2020-01-01")
    make(
        UnitName,
        unit="P1",
        name="Phòng 1",
        short_name="P1",
        parent="SO",
        valid_from="2020-01-01",
        valid_until="2024-12-31",
    )
    department, office = named(Unit, "SO"), named(Unit, "P1")
    assert UnitTree(dt.date(2024, 6, 1)).with_children(department.pk) == {department.pk, office.pk}
    assert UnitTree(dt.date(2025, 6, 1)).with_children(department.pk) == {department.pk}


def test_a_commune_that_was_merged_leads_to_the_new_one():
    new = make(Place, code="XA-MOI", name="xã Mới", level="commune", valid_from="2025-07-01")
    old = make(
        Place,
        code="XA-CU",
        name="xã Kim Thạch",
        level="commune",
        valid_from="2020-01-01",
        valid_until="2025-06-30",
        became=new,
    )
    assert list(Place.objects.filter(valid_on(dt.date(2024, 11, 15)))) == [old]
    assert list(new.formed_from.all()) == [old]


def test_a_code_of_another_list_is_refused_with_the_allowed_values():
    Code.objects.create(list="radiation.facility_kind", key="medical", label="Cơ sở y tế", valid_from="2020-01-01")
    codes.forget()
    facility = make(Facility, code="A", kind="medical")
    assert facility.get_kind_display() == "Cơ sở y tế"
    facility.kind = "khac"
    with pytest.raises(ValidationError, match="Cơ sở y tế"):
        facility.full_clean()
    codes.forget()


def test_a_list_loaded_twice_keeps_what_users_changed(tmp_path):
    path = tmp_path / "codes.yaml"
    path.write_text("x.kind:\n  - {key: a, label: Một}\n", encoding="utf-8")
    assert codes.load(path) == 1
    Code.objects.update(label="Sửa tay")
    assert codes.load(path) == 0
    assert codes.labels("x.kind") == {"a": "Sửa tay"}
    codes.forget()


@pytest.mark.parametrize(
    ("words", "plain"), [("Quyết định", "quyet dinh"), ("ĐÀ  NẴNG", "da nang"), ("Phường 1", "phuong 1")]
)
def test_search_is_blind_to_accents(words, plain):
    assert folded(words) == plain


def test_a_rule_of_one_number_a_year_can_be_asked_of_a_record_without_its_day():
    """The year of an empty day once broke the question itself, so that the form of such a record answered with an error."""
    sanction = make(
        "inspection.Sanction",
        number="12/QĐ-XPHC",
        minuted_on="2024-01-05",
        decided_on=None,
        source="check",
        penalty="fine",
        amount=1,
    )
    sanction.validate_constraints()
    twin = make(
        "inspection.Sanction",
        number="13/QĐ-XPHC",
        minuted_on="2024-01-05",
        decided_on="2024-02-01",
        source="check",
        penalty="fine",
        amount=1,
    )
    other = make(
        "inspection.Sanction",
        number="14/QĐ-XPHC",
        minuted_on="2024-01-05",
        decided_on="2024-03-01",
        source="check",
        penalty="fine",
        amount=1,
    )
    other.number = twin.number
    with pytest.raises(ValidationError):
        other.validate_constraints()
