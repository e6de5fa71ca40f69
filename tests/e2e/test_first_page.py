"""A reader signs in, opens the report of 2024, clicks a gold figure and reaches its rows; on a desk and on a phone."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = "/usr/bin/chromium"
PICTURES = Path(os.environ.get("CANCU_PICTURES", "build/pictures"))
pytestmark = [
    pytest.mark.e2e,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="cần trình duyệt chromium của Debian"),
]


@pytest.fixture
def issued(settings: Any) -> Any:
    """The sample department with its report issued, and a director who may sign in."""
    from cancu.commands.report import find_or_compose
    from cancu.core import codes
    from cancu.core.models import User
    from cancu.indicators.windows import year_to_date
    from cancu.reports.life import issue_whole
    from samples.quang_tri.load import load

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    codes.forget()
    load()
    until = dt.date(2024, 11, 15)
    report = issue_whole(find_or_compose("annual", year_to_date(until)), until)
    director = User.objects.get(username="giamdoc")
    director.set_password("mat-khau-thu")
    director.save()
    yield report
    codes.forget()


@pytest.fixture
def browser() -> Iterator[Any]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"])
        yield made
        made.close()


def picture(page: Any, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png")


def serious(page: Any) -> list[str]:
    """Serious findings of axe on the page."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found if v["impact"] in ("serious", "critical")]


def test_a_gold_figure_opens_its_rows(issued: Any, live_server: Any, browser: Any) -> None:
    errors: list[str] = []
    for name, width in (("may-ban", 1440), ("dien-thoai", 390)):
        page = browser.new_page(viewport={"width": width, "height": 900}, bypass_csp=True)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(live_server.url)
        picture(page, f"{name}-dang-nhap")
        page.fill("#id_username", "giamdoc")
        page.fill("#id_password", "mat-khau-thu")
        page.keyboard.press("Enter")
        page.wait_for_selector("h1:has-text('Bàn làm việc')")
        picture(page, f"{name}-ban-lam-viec")
        assert serious(page) == []
        page.goto(f"{live_server.url}/bao-cao/{issued.pk}/")
        figure = page.locator('a.fig[href*="laboratory.instruments"]').first
        assert figure.inner_text() == "10.036"
        figure.click()
        page.wait_for_selector("#ground .big:has-text('10.036')")
        picture(page, f"{name}-bao-cao")
        assert serious(page) == []
        page.click("#ground >> text=Mở 10.036 dòng")
        page.wait_for_selector("h1:has-text('kiểm định')")
        picture(page, f"{name}-chi-tieu")
        page.locator("main td a").first.click()
        page.wait_for_selector("text=Báo cáo đứng trên hồ sơ này")
        assert page.locator("a.cite", has_text="01/BC-SKHCN").count() >= 1
        picture(page, f"{name}-ho-so")
        assert serious(page) == []
        page.goto(f"{live_server.url}/so/laboratory/verification/")
        assert serious(page) == []
        picture(page, f"{name}-so")
        page.close()
    assert errors == []
