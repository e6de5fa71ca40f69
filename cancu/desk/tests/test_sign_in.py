"""Signing in: password, second step, the province's provider; what is refused, what is kept, what ends."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import get_resolver, reverse

from cancu.core.models import User
from cancu.core.people import Role
from cancu.core.tests.people import signed_in
from cancu.core.tests.rows import person
from cancu.desk.sign_in import SecondStepMiddleware
from cancu.desk.tests.province import Provider

pytestmark = pytest.mark.django_db
PASSWORD = "mat-khau-dung-1"  # noqa: S105


@pytest.fixture(autouse=True)
def office(settings, tmp_path):
    """Two specialists, a director and an administrator, all with one password; codes counted afresh."""
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": tmp_path}
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    for username, unit, role in (
        ("cv.qlcn", "QLCN", Role.SPECIALIST),
        ("cv.qlkh", "QLKH", Role.SPECIALIST),
        ("giamdoc", "VP", Role.DIRECTOR),
        ("quantri", "VP", Role.ADMINISTRATOR),
    ):
        made = person(username, unit, role)
        made.set_password(PASSWORD)
        made.full_name = username
        made.email = f"{username}@so.vi-du"
        made.save()
    cache.clear()


def enter(username: str, password: str = PASSWORD, client: Client | None = None, **more: str):
    client = client or Client()
    return client, client.post(reverse("account_login"), {"login": username, "password": password, **more})


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def away_from_the_edge() -> None:
    """A code is good for half a minute; one computed in its last seconds would be refused."""
    left = 30 - time.time() % 30
    if left < 3:
        time.sleep(left)


def turn_on(client: Client) -> tuple[str, list[str]]:
    """Turn the second step on as people do; the secret and the spare codes."""
    page = client.get(reverse("mfa_activate_totp"), follow=True)
    page = client.post(
        page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"], {"password": PASSWORD}, follow=True
    )
    secret = page.context["form"].secret
    away_from_the_edge()
    page = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}, follow=True)
    return secret, page.context["unused_codes"]


def is_in(client: Client) -> bool:
    return client.get(reverse("home")).status_code == 200


def kept(kind: str) -> list[str]:
    """The audit page's lines of one kind, as its reader sees them."""
    page = signed_in("giamdoc").get(reverse("audit") + f"?loai={kind}").content.decode()
    rows = page[page.index("<tbody>") : page.index("</tbody>")].split("</tr>")[:-1]
    return [" ".join(re.sub("<[^>]+>", " ", row).split()) for row in rows]


class TestPassword:
    def test_the_right_one_lets_in_and_leads_where_one_wanted_to_go(self):
        client, answer = enter("cv.qlcn", next="/chi-tieu/")
        assert answer.url == "/chi-tieu/" and is_in(client)

    def test_an_address_of_another_house_is_not_followed(self):
        assert enter("cv.qlcn", next="https://xau.vi-du/")[1].url == "/"

    def test_a_person_switched_off_is_told_the_same_as_a_stranger(self):
        User.objects.filter(username="cv.qlcn").update(is_active=False)
        off, stranger = (enter(name)[1].content.decode() for name in ("cv.qlcn", "khong-co-ai"))
        assert "Tên đăng nhập hoặc mật khẩu không đúng" in off and "Tên đăng nhập hoặc mật khẩu không đúng" in stranger

    def test_five_wrong_ones_lock_the_name_on_this_machine_only(self):
        for _ in range(4):
            assert enter("cv.qlcn", "sai")[1].status_code == 200
        locked = enter("cv.qlcn", "sai")[1]
        assert locked.status_code == 429 and "Tạm khóa 15 phút" in locked.content.decode()
        client, answer = enter("cv.qlcn")
        assert answer.status_code == 429 and not is_in(client)
        assert is_in(enter("cv.qlkh")[0])
        assert is_in(enter("cv.qlcn", client=Client(REMOTE_ADDR="10.0.0.9"))[0])

    @pytest.mark.parametrize(("proxies", "locked"), [(1, False), (0, True)])
    def test_behind_a_proxy_the_machine_is_the_one_before_it(self, settings, proxies, locked):
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
        for _ in range(5):
            Client().post(
                reverse("account_login"),
                {"login": "cv.qlcn", "password": "sai"},
                headers={"X-Forwarded-For": "1.2.3.4, 10.0.0.7"},
            )
        another = Client()
        another.post(
            reverse("account_login"),
            {"login": "cv.qlcn", "password": PASSWORD},
            headers={"X-Forwarded-For": "10.0.0.7, 10.0.0.8"},
        )
        assert is_in(another) is not locked
        assert any("10.0.0.7" in line for line in kept("hong")) is bool(proxies)

    def test_a_changed_password_signs_out_everywhere_else(self):
        here, there = enter("cv.qlcn")[0], enter("cv.qlcn")[0]
        here.post(
            reverse("account"),
            {"old_password": PASSWORD, "new_password1": "mat-khau-moi-22", "new_password2": "mat-khau-moi-22"},
        )
        assert is_in(here) and not is_in(there)

    def test_a_new_password_by_the_administrator_signs_out_at_once(self):
        client = enter("cv.qlcn")[0]
        signed_in("quantri").post(reverse("reset-password", args=[User.objects.get(username="cv.qlcn").pk]))
        assert not is_in(client)


class TestSecondStep:
    def test_the_code_is_asked_after_the_password_and_nothing_opens_before_it(self):
        secret, _codes = turn_on(enter("cv.qlcn")[0])
        cache.clear()  # the code that turned it on may be given again
        client, answer = enter("cv.qlcn", next="/chi-tieu/")
        assert answer.url == reverse("mfa_authenticate") and not is_in(client)
        away_from_the_edge()
        assert client.post(answer.url, {"code": code_of(secret)}).url == "/chi-tieu/" and is_in(client)

    def test_a_code_is_good_once(self):
        secret, _codes = turn_on(enter("cv.qlcn")[0])
        cache.clear()
        away_from_the_edge()
        code = code_of(secret)
        first, again = enter("cv.qlcn")[0], enter("cv.qlcn")[0]
        for client in (first, again):
            client.post(reverse("mfa_authenticate"), {"code": code})
        assert is_in(first) and not is_in(again)

    def test_a_spare_code_stands_for_the_telephone_once(self):
        codes = turn_on(enter("cv.qlcn")[0])[1]
        assert len(codes) == 10
        for let_in in (True, False):
            client = enter("cv.qlcn")[0]
            client.post(reverse("mfa_authenticate"), {"code": codes[0]})
            assert is_in(client) is let_in

    def test_five_wrong_codes_lock_like_wrong_passwords_and_are_in_the_audit(self):
        turn_on(enter("cv.qlcn")[0])
        client = enter("cv.qlcn")[0]
        answers = [client.post(reverse("mfa_authenticate"), {"code": "000000"}) for _ in range(5)]
        assert "Mã không đúng" in answers[0].content.decode()
        assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
        assert len([line for line in kept("hong") if "cv.qlcn" in line]) == 5
        assert enter("cv.qlcn")[1].status_code == 429

    def test_codes_of_one_person_are_counted_over_all_machines(self):
        codes = turn_on(enter("cv.qlcn")[0])[1]
        cache.clear()
        for machine in range(12):
            client = enter("cv.qlcn", client=Client(REMOTE_ADDR=f"10.0.0.{machine + 1}"))[0]
            answer = client.post(reverse("mfa_authenticate"), {"code": "000000"})
        assert "Sai quá nhiều lần" in answer.content.decode()
        client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert not is_in(client)

    def test_turning_it_on_and_off_asks_the_password(self):
        client = enter("cv.qlcn")[0]
        assert client.get(reverse("mfa_activate_totp")).url.startswith(reverse("account_reauthenticate"))
        turn_on(client)
        later = enter("cv.qlcn")[0]
        session = client.session
        session["account_authentication_methods"] = []  # as after five minutes
        session.save()
        assert client.get(reverse("mfa_deactivate_totp")).url.startswith(reverse("account_reauthenticate"))
        wrong = client.post(
            reverse("account_reauthenticate") + "?next=" + reverse("mfa_deactivate_totp"), {"password": "sai"}
        )
        assert "Mật khẩu không đúng" in wrong.content.decode() and not is_in(later)
        client.post(
            reverse("account_reauthenticate") + "?next=" + reverse("mfa_deactivate_totp"), {"password": PASSWORD}
        )
        assert client.post(reverse("mfa_deactivate_totp")).url == reverse("account")
        assert is_in(enter("cv.qlcn")[0])

    def test_its_secret_lies_encrypted(self):
        secret, codes = turn_on(enter("cv.qlcn")[0])
        stored = str(list(Authenticator.objects.values_list("data", flat=True)))
        assert secret not in stored and not [code for code in codes if code in stored]

    def test_a_new_key_of_the_house_without_the_old_one_is_said(self, settings):
        secret, _codes = turn_on(enter("cv.qlcn")[0])
        settings.SECRET_KEY, old = "khoa-moi", settings.SECRET_KEY
        client = enter("cv.qlcn")[0]
        away_from_the_edge()
        assert (
            "Khóa của máy chủ đã đổi"
            in client.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).content.decode()
        )
        settings.SECRET_KEY_FALLBACKS = [old]
        cache.clear()
        client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
        assert is_in(client)

    def test_new_spare_codes_end_the_old_ones(self):
        client = enter("cv.qlcn")[0]
        old = turn_on(client)[1]
        new = client.post(reverse("mfa_generate_recovery_codes"), follow=True).context["unused_codes"]
        assert len(new) == 10 and not set(old) & set(new)

    def test_an_administrator_takes_it_off_for_others_but_not_for_themselves(self):
        for username in ("cv.qlcn", "quantri"):
            turn_on(enter(username)[0])
        client = signed_in("quantri")
        for username in ("cv.qlcn", "quantri"):
            client.post(reverse("remove-second-step", args=[User.objects.get(username=username).pk]))
        assert set(Authenticator.objects.values_list("user__username", flat=True)) == {"quantri"}
        assert any("Tắt xác thực hai lớp" in line and "quantri" in line for line in kept("hai-lop"))

    def test_on_and_off_are_in_the_audit(self):
        client = enter("cv.qlcn")[0]
        turn_on(client)
        client.post(reverse("mfa_deactivate_totp"))
        lines = [line.split(" ", 2)[2] for line in kept("hai-lop")]
        assert sorted(lines) == sorted(
            f"cv.qlcn {what}"
            for what in ("Bật xác thực hai lớp", "Làm bộ mã dự phòng", "Tắt xác thực hai lớp", "Bỏ mã dự phòng")
        )
        assert any("cv.qlcn" in line for line in kept("vao"))

    def test_a_role_may_be_bound_to_it(self, settings):
        settings.TOTP_ROLES = ["administrator"]
        client = enter("quantri")[0]
        assert client.get(reverse("home")).url == reverse("mfa_activate_totp")
        turn_on(client)
        assert is_in(client) and is_in(enter("cv.qlcn")[0])
        assert (
            "bắt buộc xác thực hai lớp nên không tắt được"
            in client.post(reverse("mfa_deactivate_totp")).content.decode()
        )
        assert Authenticator.objects.filter(user__username="quantri", type="totp").exists()

    def test_a_role_that_does_not_exist_stops_the_start(self, settings):
        settings.TOTP_ROLES = ["giam-doc"]
        with pytest.raises(ImproperlyConfigured, match="giam-doc"):
            SecondStepMiddleware(lambda request: None)


@pytest.fixture
def province(settings):
    provider = Provider()
    settings.SOCIALACCOUNT_PROVIDERS = provider.settings()
    provider.person = {
        "sub": "012345678901",
        "email": "cv.qlcn@so.vi-du",
        "email_verified": True,
        "preferred_username": "ai-do",
    }
    yield provider
    provider.close()


def through(province: Provider, client: Client | None = None, **posted: str):
    """Press the button, agree at the provider, come back."""
    client = client or Client()
    asked = client.post(reverse("openid_connect_login", kwargs={"provider_id": "tinh"}), posted)
    assert asked.url.startswith(province.url + "/authorize?")
    return client, client.get(province.grant(asked.url.partition("?")[2]))


class TestProvince:
    def test_a_known_person_comes_in_by_a_verified_address(self, province):
        client, answer = through(province, next="/chi-tieu/")
        assert answer.url == "/chi-tieu/" and client.get(reverse("account")).context["user"].username == "cv.qlcn"
        assert any("cv.qlcn" in line for line in kept("vao"))

    @pytest.mark.parametrize(
        "told", [{"email": "la@so.vi-du"}, {"email_verified": False}, {"email_verified": "true"}, {"email": None}]
    )
    def test_who_is_not_known_is_refused_and_nobody_is_made(self, province, told):
        province.person |= told
        before = User.objects.count()
        client, answer = through(province)
        assert answer.status_code == 403 and "chưa có trong danh sách người dùng" in answer.content.decode()
        assert not is_in(client) and User.objects.count() == before

    def test_an_address_of_two_people_is_nobody(self, province):
        User.objects.filter(username="cv.qlkh").update(email="CV.QLCN@so.vi-du")
        assert through(province)[1].status_code == 403

    def test_a_person_switched_off_stays_out(self, province):
        User.objects.filter(username="cv.qlcn").update(is_active=False)
        assert through(province)[1].status_code == 403

    def test_names_count_only_where_the_setting_says_so(self, province, settings):
        province.person |= {"preferred_username": "giamdoc", "email_verified": False}
        assert through(province)[1].status_code == 403
        settings.OIDC_MATCH = "username"
        assert is_in(through(province)[0])

    def test_a_refusal_is_in_the_audit(self, province):
        province.person["email"] = "la@so.vi-du"
        through(province)
        assert any("la@so.vi-du" in line for line in kept("hong"))

    def test_words_of_another_person_beside_the_signed_token_are_refused(self, province):
        province.lies = {"sub": "999", "email": "giamdoc@so.vi-du"}
        assert through(province)[1].status_code == 403

    def test_the_second_step_is_asked_there_too(self, province):
        turn_on(enter("cv.qlcn")[0])
        client, answer = through(province)
        assert answer.url == reverse("mfa_authenticate") and not is_in(client)

    def test_an_answer_nobody_asked_for_is_refused(self, province):
        answer = Client().get(reverse("openid_connect_callback", kwargs={"provider_id": "tinh"}) + "?code=x&state=y")
        assert answer.status_code == 403 and "lượt đăng nhập đã hết hạn" in answer.content.decode()

    def test_a_code_is_not_taken_twice(self, province):
        client = Client()
        asked = client.post(reverse("openid_connect_login", kwargs={"provider_id": "tinh"}))
        back = province.grant(asked.url.partition("?")[2])
        assert client.get(back).status_code == 302
        assert Client().get(back).status_code == 403

    def test_linking_an_account_while_signed_in_is_refused(self, province):
        client = enter("cv.qlkh")[0]
        assert through(province, client, process="connect")[1].status_code == 403

    def test_who_stopped_at_the_provider_is_told_so(self, province):
        client = Client()
        asked = client.post(reverse("openid_connect_login", kwargs={"provider_id": "tinh"}))
        state = re.search("state=([^&]+)", asked.url).group(1)
        answer = client.get(
            reverse("openid_connect_callback", kwargs={"provider_id": "tinh"}) + f"?error=access_denied&state={state}"
        )
        assert "Bạn đã dừng việc đăng nhập" in answer.content.decode()

    def test_a_provider_that_does_not_answer_leaves_the_password(self, province):
        province.close()
        answer = Client().post(reverse("openid_connect_login", kwargs={"provider_id": "tinh"}))
        assert answer.status_code == 403 and "dùng mật khẩu" in answer.content.decode()

    def test_without_a_provider_there_is_no_button_and_no_door(self):
        assert "dang-nhap/tinh" not in Client().get(reverse("account_login")).content.decode()
        assert Client().post(reverse("openid_connect_login", kwargs={"provider_id": "tinh"})).status_code == 404


def test_no_page_of_allauth_is_met_in_its_own_look():
    """Every view of allauth that has an address shows a page of ours; none that signs up, or keeps e-mails, has one."""
    shown = {}
    for pattern in get_resolver().url_patterns:
        for one in getattr(pattern, "url_patterns", [pattern]):
            kind = getattr(one.callback, "view_class", None)
            if kind is not None and kind.__module__.startswith("allauth."):
                shown[one.name] = one.callback.view_initkwargs["template_name"]
    assert set(shown) == {
        "mfa_authenticate",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
    }
    assert all(name.startswith("desk/") for name in shown.values())
