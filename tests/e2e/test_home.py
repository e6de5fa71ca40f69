"""The desk in a real browser, at a desk and on a phone: the morning page, a sloppy number, a figure and its rows."""

from __future__ import annotations

import pytest

from .browsing import SIZES, opened, picture, serious

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("size", SIZES)
def test_the_morning_page_tells_what_is_due_and_leads_to_it(site, browser, size):
    with opened(browser, size) as page:
        site.sign_in(page, "giamdoc")
        assert page.locator(".row", has_text="4986/UBND-NC").count() == 1
        for card in ("Việc đến hạn", "Hồ sơ một cửa", "Chương trình công tác 2024", "Chỉ tiêu theo dõi", "Sắp hết hạn"):
            assert page.locator(f"h2:has-text('{card}')").is_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing is wider than the screen"
        picture(page, f"ban-lam-viec-{size}")
        assert serious(page) == []
        page.locator("a", has_text="Nhắc việc").first.click()
        page.wait_for_selector("h1:has-text('Nhắc việc')")
        assert page.locator(".card .row").count() > 0
        picture(page, f"nhac-viec-{size}")
        assert serious(page) == []


@pytest.mark.parametrize("size", SIZES)
def test_a_document_is_found_by_a_sloppy_number_from_the_keyboard_alone(site, browser, size):
    with opened(browser, size) as page:
        site.sign_in(page, "giamdoc")
        page.keyboard.press("Control+k")
        page.keyboard.type("163 2021 nq hdnd")
        page.wait_for_selector("[role=option][aria-selected=true]")
        assert "163/2021/NQ-HĐND" in page.locator("[role=option]").first.inner_text()
        picture(page, f"tim-{size}")
        assert serious(page) == []
        page.keyboard.press("Enter")
        page.wait_for_selector("h1:has-text('163/2021/NQ-HĐND')")


def test_the_palette_walks_with_arrows_and_closes_with_escape(site, browser):
    with opened(browser) as page:
        site.sign_in(page, "giamdoc")
        page.locator(".top .find").click()
        page.keyboard.type("phong kham")
        page.wait_for_selector("[role=option][aria-selected=true]")
        first = page.locator("[aria-selected=true]").inner_text()
        page.keyboard.press("ArrowDown")
        assert page.locator("[aria-selected=true]").inner_text() != first
        assert page.locator("#palette input").get_attribute("aria-activedescendant") == page.locator(
            "[aria-selected=true]"
        ).get_attribute("id")
        page.keyboard.press("Escape")
        assert not page.locator("#palette").is_visible()


@pytest.mark.parametrize("size", SIZES)
def test_a_figure_shows_its_years_its_parts_and_its_rows(site, browser, size):
    with opened(browser, size) as page:
        site.sign_in(page, "giamdoc")
        page.goto(site.url + "/chi-tieu/?linh-vuc=laboratory")
        assert page.locator("svg.spark").count() > 5
        picture(page, f"chi-tieu-{size}")
        assert serious(page) == []
        page.locator("a", has_text="Mẫu thử nghiệm").first.click()
        page.wait_for_selector("figure svg")
        page.locator(".pick a", has_text="Theo tháng").click()
        page.wait_for_selector("svg.columns")
        page.locator("summary").click()
        numbers = [n.replace(".", "") for n in page.locator("figure tbody td").all_inner_texts()]
        assert sum(int(n) for n in numbers) == int(page.locator(".big").inner_text().replace(".", ""))
        assert page.locator(".card table a").count() > 10
        picture(page, f"mot-chi-tieu-{size}")
        assert serious(page) == []


def test_what_one_watches_stays_on_ones_own_desk(site, browser):
    with opened(browser) as page:
        site.sign_in(page, "cv.qlcn")
        page.goto(site.url + "/chi-tieu/?linh-vuc=radiation")
        star = page.locator("tr", has_text="radiation.facilities_licensed").locator(".watch button")
        star.click()
        page.wait_for_selector("tr:has-text('radiation.facilities_licensed') .watch button[aria-pressed=true]")
        page.goto(site.url + "/")
        assert page.locator(".sm a", has_text="Cơ sở được cấp giấy phép bức xạ").count() == 1
    with opened(browser) as page:
        site.sign_in(page, "cv.qlkh")
        assert page.locator(".sm a", has_text="Cơ sở được cấp giấy phép bức xạ").count() == 0


def test_what_a_colleague_of_another_unit_keeps_is_not_found(site, browser):
    with opened(browser) as page:
        site.sign_in(page, "cv.qlkh")
        page.goto(site.url + "/tim/?q=31/GP-SKHCN")
        assert page.locator("a", has_text="GP-SKHCN").count() == 0
