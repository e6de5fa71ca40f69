"""A reader signs in, opens the report of 2024, clicks a gold figure and reaches its rows; on a desk and on a phone."""

from __future__ import annotations

from typing import Any

import pytest

from .browsing import SIZES, opened, picture, serious


@pytest.mark.parametrize("size", SIZES)
def test_a_gold_figure_opens_its_rows(site: Any, browser: Any, size: str) -> None:
    with opened(browser, size) as page:
        page.goto(site.url)
        picture(page, f"{size}-dang-nhap")
        assert serious(page) == []
        site.sign_in(page, "giamdoc")
        picture(page, f"{size}-ban-lam-viec")
        assert serious(page) == []
        page.goto(f"{site.url}/bao-cao/{site.report.pk}/")
        figure = page.locator('a.fig[href*="laboratory.instruments"]').first
        assert figure.inner_text() == "10.036"
        figure.click()
        page.wait_for_selector("#ground .big:has-text('10.036')")
        picture(page, f"{size}-bao-cao")
        assert serious(page) == []
        page.click("#ground >> text=Mở 10.036 dòng")
        page.wait_for_selector("h1:has-text('kiểm định')")
        picture(page, f"{size}-chi-tieu")
        page.locator("main td a").first.click()
        page.wait_for_selector("text=Báo cáo đứng trên hồ sơ này")
        assert page.locator("a.cite", has_text="01/BC-SKHCN").count() >= 1
        picture(page, f"{size}-ho-so")
        assert serious(page) == []
        page.goto(f"{site.url}/so/laboratory/verification/")
        assert serious(page) == []
        picture(page, f"{size}-so")
