"""The doors in a real browser, on a desk and on a phone: a second step turned on and asked, the province's provider,
the lock after five wrong passwords, the account page; and the pages of those who keep the house."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.core.cache import cache
from django.test.utils import override_settings

from cancu.desk.tests.province import Provider

from .browsing import SIZES, opened, picture, serious, written
from .conftest import PASSWORD

#: Each size has its own people, for what one turns on or locks stays for the other.
PEOPLE = {"may-ban": ("cv.qlcn", "cv.qlkh", "cv.ttr"), "dien-thoai": ("tr.qlcn", "tr.qlkh", "tr.ttr")}


@pytest.fixture(autouse=True)
def counted_afresh() -> None:
    cache.clear()


def code_of(secret: str) -> str:
    """The code of now; computed early in its half minute, for typing takes a moment."""
    left = 30 - time.time() % 30
    if left < 8:
        time.sleep(left)
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def with_password(site: Any, page: Any, username: str, password: str = PASSWORD) -> None:
    page.goto(site.url + "/dang-nhap/")
    page.fill("#id_login", username)
    page.fill("#id_password", password)
    page.keyboard.press("Enter")


def fits(page: Any) -> bool:
    """Nothing sticks out at the side of the page."""
    return page.evaluate(
        "document.documentElement.scrollWidth <= innerWidth && (document.querySelector('main') || document.body).scrollWidth <= innerWidth"
    )


@pytest.mark.parametrize("size", SIZES)
def test_a_second_step_is_turned_on_asked_and_turned_off(site: Any, browser: Any, size: str) -> None:
    username = PEOPLE[size][0]
    with opened(browser, size) as page:
        site.sign_in(page, username)
        page.goto(site.url + "/tai-khoan/")
        assert serious(page) == [] and fits(page)
        picture(page, f"{size}-tai-khoan")
        page.click("text=Bật xác thực hai lớp")
        page.wait_for_selector("h1:has-text('Xác nhận mật khẩu')")
        assert serious(page) == []
        page.fill("#id_password", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_selector("h1:has-text('Bật xác thực hai lớp')")
        assert page.evaluate("document.querySelector('.qr img').naturalWidth") > 0
        assert serious(page) == [] and fits(page)
        picture(page, f"{size}-bat-hai-lop")
        secret = page.inner_text(".secret").replace(" ", "")
        page.fill("#id_code", "000000")
        page.keyboard.press("Enter")
        page.wait_for_selector("text=Mã không đúng")
        assert page.inner_text(".secret").replace(" ", "") == secret  # the telephone need not scan again
        page.fill("#id_code", code_of(secret))
        page.keyboard.press("Enter")
        page.wait_for_selector("h1:has-text('Mã dự phòng')")
        assert page.locator(".spare li").count() == 10
        assert serious(page) == [] and fits(page)
        picture(page, f"{size}-ma-du-phong")
    cache.clear()  # the code just used may be given again
    with opened(browser, size) as page:
        with_password(site, page, username)
        page.wait_for_selector("h1:has-text('Mã xác thực')")
        assert serious(page) == [] and fits(page)
        picture(page, f"{size}-hoi-ma")
        page.fill("#id_code", code_of(secret))
        page.keyboard.press("Enter")
        page.wait_for_selector("h1:has-text('Bàn làm việc')")
        page.goto(site.url + "/tai-khoan/")
        page.click("main >> text=Tắt")
        page.fill("#id_password", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_selector("h1:has-text('Tắt xác thực hai lớp')")
        page.click("button:has-text('Tắt')")
        page.wait_for_selector("text=Đã tắt xác thực hai lớp.")


@pytest.fixture
def province() -> Iterator[Provider]:
    provider = Provider()
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"] | {"form-action": ["'self'", provider.url]}
    with override_settings(SOCIALACCOUNT_PROVIDERS=provider.settings(), CONTENT_SECURITY_POLICY={"DIRECTIVES": policy}):
        yield provider
    provider.close()


@pytest.mark.parametrize("size", SIZES)
def test_the_provinces_account_opens_the_door_to_whom_the_department_knows(
    site: Any, browser: Any, size: str, province: Provider
) -> None:
    from cancu.core.models import User

    username = PEOPLE[size][1]
    written(lambda: User.objects.filter(username=username).update(email=f"{username}@so.vi-du"))
    province.person = {"sub": "1", "email": f"{username}@so.vi-du", "email_verified": True}
    with opened(browser, size, bound=True) as page:
        page.goto(site.url + "/chi-tieu/")
        picture(page, f"{size}-dang-nhap-tinh")
        page.click("text=Đăng nhập bằng tài khoản của tỉnh")
        page.click("text=Đồng ý")
        page.wait_for_selector("h1:has-text('Chỉ tiêu')")
        assert page.url == site.url + "/chi-tieu/"
    province.person = {"sub": "2", "email": "nguoi.la@tinh.vi-du", "email_verified": True}
    with opened(browser, size) as page:
        page.goto(site.url + "/dang-nhap/")
        assert serious(page) == []
        page.click("text=Đăng nhập bằng tài khoản của tỉnh")
        page.click("text=Đồng ý")
        page.wait_for_selector("text=nguoi.la@tinh.vi-du chưa có trong danh sách người dùng")
        assert serious(page) == [] and fits(page)
        picture(page, f"{size}-tu-choi-tinh")
        page.click("text=Về trang đăng nhập")
        page.wait_for_selector("#id_login")


@pytest.mark.parametrize("size", SIZES)
def test_five_wrong_passwords_lock_and_say_for_how_long(site: Any, browser: Any, size: str) -> None:
    username = PEOPLE[size][2]
    with opened(browser, size) as page:
        for _ in range(4):
            with_password(site, page, username, "khong-phai-day")
            page.wait_for_selector("text=không đúng")
        assert serious(page) == []
        with_password(site, page, username, "khong-phai-day")
        page.wait_for_selector("text=Tạm khóa 15 phút")
        assert serious(page) == [] and fits(page)
        picture(page, f"{size}-tam-khoa")
        with_password(site, page, username)
        page.wait_for_selector("text=Tạm khóa 15 phút")


#: Pages of those who keep the house; ``{person}`` is the key of someone.
KEEPING = {
    "quan-tri-nguoi": "/quan-tri/nguoi-dung/",
    "quan-tri-mot-nguoi": "/quan-tri/nguoi-dung/{person}/",
    "quan-tri-them-vai-tro": "/quan-tri/vai-tro/moi/",
    "quan-tri-vai-tro": "/quan-tri/vai-tro/",
    "quan-tri-danh-muc": "/quan-tri/danh-muc/",
    "quan-tri-tieu-de": "/quan-tri/tieu-de/",
    "nhat-ky-vao": "/nhat-ky/?loai=vao",
    "nhat-ky-hai-lop": "/nhat-ky/?loai=hai-lop",
    "nhat-ky-vai-tro": "/nhat-ky/?loai=vai-tro",
    "nhat-ky-hong": "/nhat-ky/?loai=hong",
}


@pytest.mark.parametrize("size", SIZES)
def test_the_pages_of_administration_are_whole(site: Any, browser: Any, size: str) -> None:
    from cancu.core.jobs import Job, JobState
    from cancu.core.models import User

    keeper = User.objects.get(username="quantri")
    person = User.objects.get(username="cv.qlcn").pk
    job = written(
        lambda: Job.objects.create(
            name="sheets.commit",
            label="Ghi 1.200 dòng vào Sổ giấy phép",
            asked_by=keeper,
            state=JobState.RUNNING,
            done=300,
            whole=1200,
            words="ghi dòng 300",
        )
    )
    wrong = []
    with opened(browser, size) as page:
        site.sign_in(page, "quantri")
        for name, where in {**KEEPING, "viec-nen": f"/cong-viec/{job.pk}/"}.items():
            page.goto(site.url + where.format(person=person))
            picture(page, f"{size}-{name}")
            wrong += [f"{name}: {found}" for found in serious(page)]
            wrong += [f"{name}: tràn ngang"] if not fits(page) else []
            wrong += [
                f"{name}: {word}"
                for word in re.findall(
                    r"\b(?:True|False|None|Save|Delete|Username|Password|Required)\b", page.inner_text("body")
                )
            ]
    assert wrong == []
