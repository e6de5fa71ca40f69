"""Administration: who keeps units, people, roles and lists; that each change is kept; that a role reaches as far as its days."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from cancu.core import codes
from cancu.core.models import Code, Membership, Unit, User
from cancu.core.people import Role
from cancu.core.reading import Reading
from cancu.core.scope import scope_of
from cancu.core.tests.rows import make, person
from cancu.desk.administration import KEPT
from cancu.desk.tests.test_pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    for username, unit, role in (("cv.qlcn", "QLCN", Role.SPECIALIST), ("giamdoc", "VP", Role.DIRECTOR), ("quantri", "VP", Role.ADMINISTRATOR)):
        person(username, unit, role)


#: page → what each person gets: 200 shown, 403 refused.
TABLE = {
    "administration": {"quantri": 200, "giamdoc": 403, "cv.qlcn": 403},
    "administration-new": {"quantri": 200, "giamdoc": 403, "cv.qlcn": 403},
    "audit": {"quantri": 200, "giamdoc": 200, "cv.qlcn": 403},
    "account": {"quantri": 200, "giamdoc": 200, "cv.qlcn": 200},
}


def test_each_person_gets_each_page_as_the_table_says(office):
    pages = {"administration": reverse("administration", args=["vai-tro"]), "administration-new": reverse("administration-new", args=["vai-tro"]), "audit": reverse("audit"), "account": reverse("account")}
    assert {name: {who: signed_in(who).get(pages[name]).status_code for who in people} for name, people in TABLE.items()} == TABLE


@pytest.mark.parametrize("slug", KEPT)
def test_every_table_is_listed_searched_and_has_a_form(office, slug):
    client = signed_in("quantri")
    assert client.get(reverse("administration", args=[slug]) + "?q=VP").status_code == 200
    assert client.get(reverse("administration-new", args=[slug])).status_code == 200


def test_a_role_given_with_days_reaches_as_far_as_its_days_and_is_kept(office):
    unit, user = Unit.objects.get(code="QLCN"), make(User, username="moi", full_name="Người mới")
    signed_in("quantri").post(reverse("administration-new", args=["vai-tro"]), {"user": user.pk, "unit": unit.pk, "role": "unit_head", "with_children": "on", "valid_from": "01/03/2024", "valid_until": "31/12/2024", "reason": "Quyết định số 12/QĐ-SKHCN"})
    assert scope_of(user, dt.date(2024, 5, 1)).holds({Role.UNIT_HEAD}, unit.pk)
    assert not scope_of(user, dt.date(2025, 1, 1)).holds({Role.UNIT_HEAD}, unit.pk)
    event = Membership.objects.get(user=user).history.get()
    assert (event.pgh_context.metadata["user"], event.pgh_context.metadata["reason"]) == (User.objects.get(username="quantri").pk, "Quyết định số 12/QĐ-SKHCN")
    assert "Người mới" in signed_in("giamdoc").get(reverse("audit")).content.decode()


def test_a_new_person_gets_a_password_that_is_shown_once(office):
    client = signed_in("quantri")
    client.post(reverse("administration-new", args=["nguoi-dung"]), {"username": "cv.moi", "full_name": "Chuyên viên mới", "is_active": "on"})
    said = client.get(reverse("administration", args=["nguoi-dung"])).content.decode()
    user = User.objects.get(username="cv.moi")
    password = said.partition("Chuyên viên mới: ")[2].partition(". Mật khẩu")[0]
    assert user.check_password(password)
    assert password not in client.get(reverse("administration", args=["nguoi-dung"])).content.decode()


def test_two_names_of_a_unit_on_one_day_are_refused_in_words(office):
    unit = Unit.objects.get(code="QLCN")
    make("core.UnitName", unit=unit, name="Phòng Quản lý công nghệ", short_name="QLCN", valid_from="2020-01-01")
    answer = signed_in("quantri").post(reverse("administration-new", args=["ten-don-vi"]), {"unit": unit.pk, "name": "Phòng khác", "short_name": "PK", "valid_from": "01/01/2024"})
    assert answer.status_code == 422
    assert "Khoảng hiệu lực trùng" in answer.content.decode()


def test_a_changed_code_is_known_at_once(office):
    code = make(Code, list="radiation.licence_kind", key="new", label="Cấp mới", valid_from="2020-01-01")
    codes.forget()
    assert codes.labels("radiation.licence_kind")["new"] == "Cấp mới"
    signed_in("quantri").post(reverse("administration-row", args=["danh-muc", code.pk]), {"list": code.list, "key": "new", "label": "Cấp lần đầu", "order": 1, "basis": "", "valid_from": "01/01/2020"})
    assert codes.labels("radiation.licence_kind")["new"] == "Cấp lần đầu"
    codes.forget()


def test_the_audit_tells_who_opened_personal_data(office):
    make(Reading, reader="cv.qlcn", table="radiation.certificate", record=7)
    page = signed_in("giamdoc").get(reverse("audit") + "?nguoi=cv.qlcn").content.decode()
    assert "radiation.certificate" in page
    assert "radiation.certificate" not in signed_in("giamdoc").get(reverse("audit") + "?nguoi=ai-do").content.decode()


def test_one_changes_ones_own_password(office):
    user = User.objects.get(username="cv.qlcn")
    user.set_password("mat-khau-cu-1")
    user.save()
    client = signed_in("cv.qlcn")
    wrong = client.post(reverse("account"), {"old_password": "sai", "new_password1": "mot-mat-khau-dai", "new_password2": "mot-mat-khau-dai"})
    assert wrong.status_code == 422
    client.post(reverse("account"), {"old_password": "mat-khau-cu-1", "new_password1": "mot-mat-khau-dai", "new_password2": "mot-mat-khau-dai"})
    user.refresh_from_db()
    assert user.check_password("mot-mat-khau-dai")
