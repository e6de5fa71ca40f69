"""A list kept under a name, shared with the unit, found by a colleague; on a desk and on a phone."""

from __future__ import annotations

from typing import Any

import pytest

from .browsing import SIZES, opened, picture, serious

REGISTER = "/so/radiation/licence/"


@pytest.mark.parametrize("size", SIZES)
def test_a_view_is_kept_shared_and_found(site: Any, browser: Any, size: str) -> None:
    name = f"Hết hạn năm 2027 ({size})"
    with opened(browser, size) as page:
        site.sign_in(page, "tr.qlcn")
        page.goto(site.url + REGISTER + "?expires_on_tu=2027-01-01&expires_on_den=2027-12-31")
        page.click("summary:has-text('Dạng xem')")
        page.fill("input[name=name]", name)
        page.click("text=Lưu dạng xem này")
        page.wait_for_selector(f"text=Đã lưu dạng xem “{name}”")
        page.click("summary:has-text('Dạng xem')")
        page.click("button:visible:has-text('chia sẻ với QLCN')")
        page.wait_for_selector("text=nay cũng thấy dạng xem")
        page.click("summary:has-text('Dạng xem')")
        assert serious(page) == []
        picture(page, f"{size}-dang-xem")
    with opened(browser, size) as page:
        site.sign_in(page, "cv.qlcn")
        page.goto(site.url + REGISTER)
        page.click("summary:has-text('Dạng xem')")
        assert "của Trưởng Phòng QLCN" in page.inner_text("main")
        picture(page, f"{size}-dang-xem-chung")
        page.click(f"a:has-text('{name}')")
        page.wait_for_selector(".chip:has-text('Hết hạn')")
        assert page.locator("main tbody tr").count() > 0
