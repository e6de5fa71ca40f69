"""Administration: who keeps units, people, roles and lists; that each change is kept; that a role reaches as far as its days."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
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
    for username, unit, role in (
        ("cv.qlcn", "QLCN", Role.SPECIALIST),
        ("giamdoc", "VP", Role.DIRECTOR),
        ("quantri", "VP", Role.ADMINISTRATOR),
    ):
        person(username, unit, role)


#: page → what each person gets: 200 shown, 403 refused.
TABLE = {
    "administration": {"quantri": 200, "giamdoc": 403, "cv.qlcn": 403},
    "administration-new": {"quantri": 200, "giamdoc": 403, "cv.qlcn": 403},
    "audit": {"quantri": 200, "giamdoc": 200, "cv.qlcn": 403},
    "account": {"quantri": 200, "giamdoc": 200, "cv.qlcn": 200},
}


def test_each_person_gets_each_page_as_the_table_says(office):
    pages = {
        "administration": reverse("administration", args=["vai-tro"]),
        "administration-new": reverse("administration-new", args=["vai-tro"]),
        "audit": reverse("audit"),
        "account": reverse("account"),
    }
    assert {
        name: {who: signed_in(who).get(pages[name]).status_code for who in people} for name, people in TABLE.items()
    } == TABLE


@pytest.mark.parametrize("slug", KEPT)
def test_every_table_is_listed_searched_and_has_a_form(office, slug):
    client = signed_in("quantri")
    assert client.get(reverse("administration", args=[slug]) + "?q=VP").status_code == 200
    assert client.get(reverse("administration-new", args=[slug])).status_code == 200


def test_a_role_given_with_days_reaches_as_far_as_its_days_and_is_kept(office):
    unit, user = Unit.objects.get(code="QLCN"), make(User, username="moi", full_name="Người mới")
    signed_in("quantri").post(
        reverse("administration-new", args=["vai-tro"]),
        {
            "user": user.pk,
            "unit": unit.pk,
            "role": "unit_head",
            "with_children": "on",
            "valid_from": "01/03/2024",
            "valid_until": "31/12/2024",
            "reason": "Quyết định số 12/QĐ-SKHCN",
        },
    )
    assert scope_of(user, dt.date(2024, 5, 1)).holds({Role.UNIT_HEAD}, unit.pk)
    assert not scope_of(user, dt.date(2025, 1, 1)).holds({Role.UNIT_HEAD}, unit.pk)
    event = Membership.objects.get(user=user).history.get()
    assert (event.pgh_context.metadata["user"], event.pgh_context.metadata["reason"]) == (
        User.objects.get(username="quantri").pk,
        "Quyết định số 12/QĐ-SKHCN",
    )
    assert (
        "Quyết định số 12/QĐ-SKHCN"
        in signed_in("giamdoc").get(reverse("audit") + "?loai=vai-tro&nguoi=moi").content.decode()
    )


def test_a_new_person_gets_a_password_that_is_shown_once(office):
    client = signed_in("quantri")
    client.post(
        reverse("administration-new", args=["nguoi-dung"]),
        {"username": "cv.moi", "full_name": "Chuyên viên mới", "is_active": "on"},
    )
    said = client.get(reverse("administration", args=["nguoi-dung"])).content.decode()
    user = User.objects.get(username="cv.moi")
    password = said.partition("Chuyên viên mới: ")[2].partition(". Mật khẩu")[0]
    assert user.check_password(password)
    assert password not in client.get(reverse("administration", args=["nguoi-dung"])).content.decode()


def test_two_names_of_a_unit_on_one_day_are_refused_in_words(office):
    unit = Unit.objects.get(code="QLCN")
    make("core.UnitName", unit=unit, name="Phòng Quản lý công nghệ", short_name="QLCN", valid_from="2020-01-01")
    answer = signed_in("quantri").post(
        reverse("administration-new", args=["ten-don-vi"]),
        {"unit": unit.pk, "name": "Phòng khác", "short_name": "PK", "valid_from": "01/01/2024"},
    )
    assert answer.status_code == 422
    assert "Khoảng hiệu lực trùng" in answer.content.decode()


def test_a_changed_code_is_known_at_once(office):
    code = make(Code, list="radiation.licence_kind", key="new", label="Cấp mới", valid_from="2020-01-01")
    codes.forget()
    assert codes.labels("radiation.licence_kind")["new"] == "Cấp mới"
    signed_in("quantri").post(
        reverse("administration-row", args=["danh-muc", code.pk]),
        {"list": code.list, "key": "new", "label": "Cấp lần đầu", "order": 1, "basis": "", "valid_from": "01/01/2020"},
    )
    assert codes.labels("radiation.licence_kind")["new"] == "Cấp lần đầu"
    codes.forget()


def test_one_changes_ones_own_password(office):
    user = User.objects.get(username="cv.qlcn")
    user.set_password("mat-khau-cu-1")
    user.save()
    client = signed_in("cv.qlcn")
    wrong = client.post(
        reverse("account"),
        {"old_password": "sai", "new_password1": "mot-mat-khau-dai", "new_password2": "mot-mat-khau-dai"},
    )
    assert wrong.status_code == 422
    client.post(
        reverse("account"),
        {"old_password": "mat-khau-cu-1", "new_password1": "mot-mat-khau-dai", "new_password2": "mot-mat-khau-dai"},
    )
    user.refresh_from_db()
    assert user.check_password("mot-mat-khau-dai")


def grant(who, to, **values):
    """What the page answers when ``who`` gives ``to`` a role in QLCN; the page as text."""
    posted = {
        "user": User.objects.get(username=to).pk,
        "unit": Unit.objects.get(code="QLCN").pk,
        "role": "unit_head",
        "with_children": "on",
        "valid_from": "01/03/2024",
        "reason": "QĐ 12",
        **values,
    }
    return signed_in(who).post(reverse("administration-new", args=["vai-tro"]), posted, follow=True).content.decode()


@pytest.mark.parametrize(
    ("to", "values", "words"),
    [
        ("quantri", {"role": "director"}, "tự cấp"),
        ("cv.qlcn", {"role": "specialist"}, "đã giữ vai trò ấy"),
        ("cv.qlcn", {"valid_until": "01/01/2020"}, "Ngày kết thúc phải từ ngày bắt đầu"),
        ("cv.qlcn", {"valid_from": "31/02/2024"}, "không phải một ngày có thật"),
    ],
)
def test_a_wrong_grant_says_what_is_wrong_and_writes_nothing(office, to, values, words):
    before = Membership.objects.count()
    assert words in grant("quantri", to, **values)
    assert Membership.objects.count() == before


def test_an_administrator_changes_no_role_of_their_own_and_turns_no_role_into_another(office):
    own, other = (Membership.objects.get(user__username=who) for who in ("quantri", "cv.qlcn"))
    for held, role, words in ((own, "director", "tự đổi vai trò"), (other, "director", "hãy ghi ngày cuối")):
        posted = {
            "user": held.user_id,
            "unit": held.unit_id,
            "role": role,
            "with_children": "on",
            "valid_from": "01/01/2020",
        }
        answer = signed_in("quantri").post(reverse("administration-row", args=["vai-tro", held.pk]), posted)
        assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert not Membership.objects.filter(user__username__in=["quantri", "cv.qlcn"], role="director").exists()


def test_a_role_is_ended_by_its_last_day(office):
    held = Membership.objects.get(user__username="cv.qlcn")
    posted = {
        "user": held.user_id,
        "unit": held.unit_id,
        "role": held.role,
        "with_children": "on",
        "valid_from": "01/01/2020",
        "valid_until": "30/06/2024",
        "reason": "Chuyển công tác",
    }
    signed_in("quantri").post(reverse("administration-row", args=["vai-tro", held.pk]), posted)
    held.refresh_from_db()
    assert (held.valid_until, held.history.order_by("-pgh_id").first().pgh_label) == (dt.date(2024, 6, 30), "update")


def test_an_administrator_does_not_lock_themselves_out(office):
    own = User.objects.get(username="quantri")
    answer = signed_in("quantri").post(
        reverse("administration-row", args=["nguoi-dung", own.pk]), {"username": "quantri", "full_name": "Quản trị"}
    )
    assert "tự khóa" in answer.content.decode() and User.objects.get(pk=own.pk).is_active


class TestTheRecordOfUse:
    def test_an_administrator_sees_sign_ins_and_roles_but_not_who_read_what(self, office):
        got = {
            kind: signed_in("quantri").get(reverse("audit") + f"?loai={kind}").status_code
            for kind in ("doc", "vao", "hong", "vai-tro", "la")
        }
        assert got == {"doc": 403, "vao": 200, "hong": 200, "vai-tro": 200, "la": 403}

    def test_readings_are_paged_by_key_without_losing_or_repeating_one(self, office):
        reader = User.objects.get(username="cv.qlcn")
        Reading.objects.bulk_create(
            Reading(reader=reader, table="radiation.certificate", record=n) for n in range(1, 251)
        )
        client, seen, ask = signed_in("giamdoc"), [], "?loai=doc"
        while ask:
            context = client.get(reverse("audit") + ask).context
            seen += [row.record for row in context["rows"]]
            ask = "?" + context["more"] if context["more"] else ""
        assert seen == list(range(250, 0, -1))

    @pytest.mark.parametrize(
        ("asked", "records"),
        [
            ("nguoi=cv.qlcn", {1}),
            ("nguoi=cv.qlkh&so=core.party", {2}),
            ("so=core.party", {2}),
            ("den=01/01/2020", set()),
            ("tu=hom-qua&sau=x'", {1, 2}),
        ],
    )
    def test_readings_are_narrowed_by_person_day_and_register(self, office, asked, records):
        make(Reading, reader="cv.qlcn", table="radiation.certificate", record=1)
        make(Reading, reader="cv.qlkh", table="core.party", record=2)
        assert {
            r.record for r in signed_in("giamdoc").get(reverse("audit") + f"?loai=doc&{asked}").context["rows"]
        } == records

    def test_sign_ins_that_worked_and_that_failed_are_kept(self, office):
        person = User.objects.get(username="cv.qlcn")
        person.set_password("mat-khau-dung-1")
        person.save()
        for password in ("sai", "mat-khau-dung-1"):
            Client().post(reverse("account_login"), {"login": "cv.qlcn", "password": password})
        kept = {
            kind: [r.username for r in signed_in("giamdoc").get(reverse("audit") + f"?loai={kind}").context["rows"]]
            for kind in ("vao", "hong")
        }
        assert kept["hong"] == ["cv.qlcn"] and "cv.qlcn" in kept["vao"]
