"""A specialist enters a licence with the keyboard alone, her head confirms it, and it is renewed before it expires."""

from __future__ import annotations

from typing import Any

import pytest

from cancu.core.typed import typed_day
from cancu.desk.lists import PAGE

from .browsing import SIZES, opened, picture, serious

#: A day of its own for each run: the same facility twice on one day would rightly be asked about.
DAYS = {"may-ban": "05/02/2026", "dien-thoai": "06/02/2026"}


@pytest.mark.parametrize("size", SIZES)
def test_a_licence_is_entered_confirmed_and_renewed(site: Any, browser: Any, size: str) -> None:
    number = f"9{len(size)}/GP-SKHCN"
    with opened(browser, size) as page:
        site.sign_in(page, "cv.qlcn")
        page.goto(f"{site.url}/so/radiation/licence/moi/")
        page.focus("#id_number")
        page.keyboard.type(number)
        page.keyboard.press("Tab")
        page.keyboard.type("pho")
        page.wait_for_selector(".offer")
        picture(page, f"{size}-nhap-goi-y")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.fill("#id_issued_on", "31/02/2026")
        page.keyboard.press("Tab")
        page.wait_for_selector("#row_issued_on .err:has-text('31/02/2026')")
        page.fill("#id_issued_on", DAYS[size])
        page.fill("#id_expires_on", "04/02/2029")
        picture(page, f"{size}-nhap-giay-phep")
        assert serious(page) == []
        page.click("button:has-text('Ghi') >> nth=0")
        page.wait_for_selector("text=Đã ghi vào sổ, chờ xác nhận")
        address = page.url
        assert page.locator("button:has-text('Xác nhận')").count() == 0
    with opened(browser, size) as page:
        site.sign_in(page, "tr.qlcn")
        page.goto(address)
        page.click("button:has-text('Xác nhận')")
        page.wait_for_selector(".badge.ok:has-text('Đã xác nhận')")
        picture(page, f"{size}-da-xac-nhan")
        page.click("text=Gia hạn, cấp lại")
        page.wait_for_selector("h1:has-text('Nhập')")
        assert page.input_value("#id_number") == ""
        assert page.input_value("input[name=facility]") != ""
        assert serious(page) == []


@pytest.mark.parametrize("size", SIZES)
def test_a_page_outside_ones_scope_is_refused_in_words(site: Any, browser: Any, size: str) -> None:
    with opened(browser, size) as page:
        site.sign_in(page, "quantri")
        page.goto(f"{site.url}/so/radiation/licence/moi/")
        assert "Bạn không giữ vai trò nhập hồ sơ" in page.inner_text("main")
        picture(page, f"{size}-bi-tu-choi")


@pytest.mark.parametrize("size", SIZES)
def test_a_slip_is_written_with_its_lines(site: Any, browser: Any, size: str) -> None:
    with opened(browser, size) as page:
        site.sign_in(page, "cv.ttnc")
        page.goto(f"{site.url}/so/biotech/issue/moi/")
        page.fill("#id_number", f"PX-{len(size)}")
        page.fill("#id_issued_on", "05/02/2026")
        chosen(page, "#id_recipient_words", "h")
        page.click("text=+ Thêm dòng")
        assert page.evaluate("document.activeElement.name") == "lines-3-batch_words"
        chosen(page, "#id_lines-3-batch_words", "NITRO-2106")
        page.fill("#id_lines-3-kg", "1,5")
        picture(page, f"{size}-phieu-va-dong")
        assert serious(page) == []
        page.click("button:has-text('Ghi') >> nth=0")
        page.wait_for_selector("text=Đã ghi vào sổ, chờ xác nhận")
        assert "1,5" in page.inner_text("main")


def chosen(page: Any, words: str, typed: str) -> None:
    """Take the first row that is offered for what is typed in a picker and holds it."""
    page.click(words)
    page.type(words, typed)
    page.click(f".offer:has-text('{typed}') >> nth=0")


@pytest.mark.parametrize("size", SIZES)
def test_every_row_of_a_filter_is_sent_back_while_the_head_watches(site: Any, browser: Any, size: str) -> None:
    from cancu.lines.laboratory.models import Verification

    first, last = {"may-ban": ("11/11/2024", "12/11/2024"), "dien-thoai": ("07/11/2024", "08/11/2024")}[size]
    meant = Verification.objects.filter(performed_on__range=(typed_day(first), typed_day(last)))
    assert meant.count() > PAGE, "more than one page of them"
    with opened(browser, size) as page:
        site.sign_in(page, "tr.ttkt")
        page.goto(f"{site.url}/so/laboratory/verification/?performed_on_tu={first}&performed_on_den={last}")
        page.check("text=Mọi dòng khớp bộ lọc")
        page.select_option("select[name=other]", "send-back")
        page.fill("input[name=reason]", "soát lại số tem")
        picture(page, f"{size}-moi-dong-khop-bo-loc")
        assert serious(page) == []
        page.click("text=Làm với các dòng đã chọn")
        page.wait_for_selector(f".say:has-text('{meant.count()} hồ sơ')", timeout=60_000)
        assert not meant.exclude(confirmed_at=None).exists()
