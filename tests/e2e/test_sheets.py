"""Last year's Excel comes in with its errors mended in place, is undone, and a list goes out again; on a desk and on a phone."""

from __future__ import annotations

from typing import Any

import pytest
import xlsxwriter

from .browsing import SIZES, opened, picture, serious

HEADINGS = (
    "STT",
    "Số GP",
    "Tên cơ sở",
    "Nội dung cấp phép",
    "Hình thức cấp",
    "Ngày ký",
    "Có giá trị đến",
    "Phí thẩm định",
)


def as_offices_have_it(path: Any, first: int) -> None:
    """Titles above, a merged cell, days as text and as numbers, a total below; one day that is none, one unknown facility."""
    from cancu.core import codes
    from cancu.lines.radiation.models import Facility

    codes.forget()
    facility = Facility.objects.order_by("code").values_list("code", flat=True)[0]
    activity, kind = (next(iter(codes.labels(f"radiation.{name}").values())) for name in ("activity", "licence_kind"))
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet()
    page.merge_range(0, 0, 0, 7, "SỞ KHOA HỌC VÀ CÔNG NGHỆ TỈNH QUẢNG TRỊ")
    page.merge_range(1, 0, 1, 7, "DANH SÁCH GIẤY PHÉP ĐÃ CẤP NĂM 2023")
    page.write_row(3, 0, HEADINGS)
    page.write_row(4, 0, (1, f"Số {first} / GP-SKHCN", facility, activity, kind, "05/02/2023", 46000, "500.000"))
    page.write_row(5, 0, (2, f"{first + 1}/GP-SKHCN", facility, activity, kind, "31/02/2023", 46000, 500000))
    page.write_row(6, 0, (3, f"{first + 2}/GP-SKHCN", "Không có cơ sở này", activity, kind, 44967, 46000, 0))
    page.write_row(7, 0, ("Tổng cộng", 3))
    book.close()


@pytest.mark.parametrize("size", SIZES)
def test_last_years_excel_is_brought_in_mended_written_and_undone(
    site: Any, browser: Any, size: str, tmp_path: Any
) -> None:
    first = 700 + 10 * len(size)
    as_offices_have_it(tmp_path / "giay-phep-2023.xlsx", first)
    with opened(browser, size) as page:
        site.sign_in(page, "cv.qlcn")
        page.goto(f"{site.url}/so/radiation/licence/")
        page.click("text=Nhập Excel")
        page.set_input_files("#file", tmp_path / "giay-phep-2023.xlsx")
        picture(page, f"{size}-excel-chon-tep")
        assert serious(page) == []
        page.click("button:has-text('Đọc tệp')")
        page.wait_for_selector("h2:has-text('Ghép cột')")
        picture(page, f"{size}-excel-ghep-cot")
        assert serious(page) == []
        page.click("button:has-text('Chạy thử')")
        page.wait_for_selector("h2:has-text('Các dòng cần sửa')", timeout=60_000)
        picture(page, f"{size}-excel-o-sai")
        assert serious(page) == []
        wrong = page.locator("td.wrong input")
        assert wrong.count() == 2
        wrong.nth(0).fill("28/02/2023")
        wrong.nth(1).fill(
            page.locator("td:not(.wrong)", has_text="CSBX").first.inner_text()
            if page.locator("td:not(.wrong)", has_text="CSBX").count()
            else ""
        )
        page.click("button:has-text('Sửa và chạy thử lại')")
        page.wait_for_selector("button:has-text('Ghi vào sổ'), button:has-text('bỏ qua 1 dòng lỗi')", timeout=60_000)
        picture(page, f"{size}-excel-da-sua")
        page.locator(".foot-bar button").click()
        page.wait_for_selector(".badge.ok:has-text('Đã ghi')", timeout=60_000)
        picture(page, f"{size}-excel-da-ghi")
        page.click("button:has-text('Hủy cả lần nhập này')")
        page.wait_for_selector("text=trở lại như trước")
        page.goto(f"{site.url}/so/radiation/licence/?q={first}/GP")
        assert page.locator(f"td:has-text('{first}/GP-SKHCN')").count() == 0


@pytest.mark.parametrize("size", SIZES)
def test_a_book_is_taken_out_as_its_form(site: Any, browser: Any, size: str) -> None:
    with opened(browser, size) as page:
        site.sign_in(page, "giamdoc")
        page.goto(f"{site.url}/so/inspection/reception/")
        with page.expect_download() as waiting:
            page.click("text=Theo mẫu")
        from cancu.core.sheets.workbook import cells_of

        with open(waiting.value.path(), "rb") as file:
            cells = cells_of(file.read(), "so.xlsx").cells
        assert cells[1][0] == "Sổ tiếp công dân"
