"""The pages of the guide, one a role: what each says one sees first is there, and its picture is taken here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cancu.core.people import Role

from .browsing import opened, picture, serious, written

GUIDE = Path(__file__).parent.parent.parent / "docs" / "user"
PAGE_OF = {
    Role.DIRECTOR: "lanh-dao",
    Role.DEPUTY: "lanh-dao",
    Role.UNIT_HEAD: "truong-don-vi",
    Role.SPECIALIST: "chuyen-vien",
    Role.CLERK: "van-thu",
    Role.ONE_STOP: "mot-cua",
    Role.INSPECTOR: "thanh-tra",
    Role.LABORATORY: "kiem-dinh",
    Role.ADMINISTRATOR: "quan-tri",
}
#: Page of the guide → who, the address, what the guide says is on it, and the picture of it in the guide.
SHOWN = {
    "chuyen-vien": ("cv.qlcn", "/so/radiation/licence/", ("+ Nhập", "Nhập Excel", "Dạng xem"), "so-giay-phep"),
    "lanh-dao": (
        "giamdoc",
        "/",
        ("Việc đến hạn", "Hồ sơ một cửa", "Chương trình công tác 2024", "Chỉ tiêu theo dõi", "Sắp hết hạn"),
        "ban-lam-viec-lanh-dao",
    ),
    "van-thu": ("vanthu", "/", ("+ Nhập văn bản đến",), ""),
    "mot-cua": ("motcua", "/ho-so-theo-han/", ("Quá hạn", "Đến hạn trong 1 ngày"), "ho-so-theo-han"),
    "kiem-dinh": ("cv.ttkt", "/so/laboratory/verification/", ("+ Nhập", "Nhập Excel", "CSV"), "so-kiem-dinh"),
    "quan-tri": (
        "quantri",
        "/quan-tri/vai-tro/",
        ("Đơn vị", "Tên đơn vị", "Người dùng", "Danh mục mã", "Địa bàn", "Tiêu đề văn bản", "Nhật ký sử dụng"),
        "quan-tri",
    ),
}


def shown(page: Any, name: str) -> None:
    """The picture of the guide: smaller than a screen, so that it is light and its words are read in a page."""
    page.set_viewport_size({"width": 1100, "height": 620})
    picture(page, name)


def test_every_role_has_its_page_and_every_page_is_short() -> None:
    assert set(PAGE_OF) == set(Role)
    for name in set(PAGE_OF.values()):
        assert len((GUIDE / f"{name}.md").read_text("utf-8").splitlines()) <= 60


@pytest.mark.parametrize("name", SHOWN)
def test_what_the_guide_says_is_on_the_page(site: Any, browser: Any, name: str) -> None:
    username, address, said, taken = SHOWN[name]
    with opened(browser) as page:
        site.sign_in(page, username)
        page.goto(site.url + address)
        page.wait_for_load_state("networkidle")
        words = page.inner_text("main")
        assert [one for one in said if one not in words] == []
        assert serious(page) == []
        if taken:
            shown(page, taken)
            assert f"../pictures/{taken}.png" in (GUIDE / f"{name}.md").read_text("utf-8")


def test_a_record_waits_for_the_head_of_its_unit(site: Any, browser: Any) -> None:
    from cancu.lines.radiation.models import Licence

    written(lambda: Licence.objects.filter(number="19/GP-SKHCN/2024").update(confirmed_by=None, confirmed_at=None))
    with opened(browser) as page:
        site.sign_in(page, "tr.qlcn")
        page.goto(site.url + "/so/radiation/licence/")
        assert page.locator("main tbody input[type=checkbox]").count() > 0
        page.click("main td a:has-text('19/GP-SKHCN/2024')")
        page.wait_for_selector("button:has-text('Xác nhận')")
        page.wait_for_load_state("networkidle")
        shown(page, "xac-nhan")
