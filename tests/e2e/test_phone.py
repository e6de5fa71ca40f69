"""Lists on a phone: documents and reports are read whole without sliding the table, a register keeps the number of each row in
view, and the filters take one line with their button at hand."""

from __future__ import annotations

from typing import Any

import pytest

from .browsing import opened, picture, serious

PHONE = "dien-thoai"


def inside(page: Any, what: str) -> bool:
    """Whether every such element that has words lies within the width of the screen."""
    return bool(
        page.eval_on_selector_all(
            what,
            "all => all.length > 0 && all.every(one => { const at = one.getBoundingClientRect();"
            " return !one.innerText.trim() || (at.left >= 0 && at.right <= innerWidth) })",
        )
    )


@pytest.mark.parametrize(
    ("name", "address"), [("so-den", "so-van-ban/den/"), ("so-di", "so-van-ban/di/"), ("bao-cao", "bao-cao/")]
)
def test_a_list_of_cards_is_read_without_sliding(site: Any, browser: Any, name: str, address: str) -> None:
    with opened(browser, PHONE) as page:
        site.sign_in(page, "vanthu")
        page.goto(f"{site.url}/{address}")
        assert inside(page, ".cards td")
        assert serious(page) == []
        picture(page, f"{PHONE}-the-{name}")


def test_a_register_that_slides_keeps_the_number_of_each_row(site: Any, browser: Any) -> None:
    with opened(browser, PHONE) as page:
        site.sign_in(page, "giamdoc")
        page.goto(f"{site.url}/so/radiation/licence/")
        page.eval_on_selector(".scroll", "table => table.scrollLeft = table.scrollWidth")
        assert page.eval_on_selector(".scroll", "table => table.scrollLeft") > 0
        assert inside(page, ".rows a.open")
        picture(page, f"{PHONE}-so-truot")


def test_the_filters_take_one_line_with_their_button_at_hand(site: Any, browser: Any) -> None:
    with opened(browser, PHONE) as page:
        site.sign_in(page, "giamdoc")
        page.goto(f"{site.url}/so/radiation/licence/")
        form = page.locator("form.chips[role=search]")
        assert form.bounding_box()["height"] < 64
        assert inside(page, "form.chips[role=search] > button")
        form.locator("[name=q]").fill("Phòng khám số 12")
        form.locator("button:has-text('Lọc')").click()
        page.wait_for_selector(".on-chips .chip:has-text('Phòng khám số 12')")
        assert page.locator(".rows a.open").count()
        assert serious(page) == []
