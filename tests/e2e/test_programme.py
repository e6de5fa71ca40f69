"""A letter arrives, is given to be settled, becomes a task, brings a result and stands in the report; a newly announced
holiday moves a deadline. Each on a desk and on a phone."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from .browsing import SIZES, opened, picture, serious

NUMBERS = {"may-ban": 5121, "dien-thoai": 5122}


def apart(act: Callable[[], Any]) -> Any:
    """Do something in the department as another session does: committed, over a connection of its own."""

    def closing() -> Any:
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(closing).result()


def letter(folder: Path, number: int, day: dt.date) -> Path:
    """A letter of the provincial committee that orders a report, as a Word file."""
    from cancu.documents.tests.papers import letter as paper
    from cancu.documents.tests.papers import paragraph
    from vanban.write import write

    tree = paper(number=str(number), date=day, title="báo cáo tình hình thực hiện chuyển đổi số")
    last = day + dt.timedelta(days=27)
    words = f"UBND tỉnh yêu cầu Sở Khoa học và Công nghệ báo cáo tình hình thực hiện chuyển đổi số, gửi về UBND tỉnh trước ngày {last:%d/%m/%Y}."
    path = folder / f"{number}.docx"
    path.write_bytes(write(dataclasses.replace(tree, blocks=(paragraph(words),)), "docx"))
    return path


def arrived(site: Any, browser: Any, size: str, path: Path) -> str:
    """Văn thư drops the file, has it read and registers it; the address of the document."""
    with opened(browser, size) as page:
        site.sign_in(page, "vanthu")
        page.goto(f"{site.url}/van-ban-den/")
        page.set_input_files("input[name=files]", path)
        page.click("#drop button")
        page.wait_for_selector(f"h1:has-text('{path.name}')", timeout=60_000)
        page.click("button:has-text('Vào sổ, lấy số đến')")
        page.wait_for_selector("text=Đã vào sổ: số đến")
        return str(page.url)


def composed(day: dt.date) -> Any:
    """This year's report, made anew from the programme as it stands."""
    from cancu.commands.report import find_or_compose
    from cancu.indicators.windows import year_to_date
    from cancu.reports.models import Report

    Report.objects.filter(window_end=day, state="drafting").delete()
    return find_or_compose("annual", year_to_date(day))


@pytest.mark.parametrize("size", SIZES)
def test_from_arrival_to_assignment_task_result_and_report(site: Any, browser: Any, size: str, tmp_path: Path) -> None:
    from cancu.core.calendar import today
    from cancu.core.models import User
    from cancu.documents.models import Document, Issuer
    from cancu.programme.models import Programme, Task

    day, number = today(), NUMBERS[size]
    clerk, ground = User.objects.get(username="vanthu"), Document.objects.get(canonical="4986/UBND-NC")
    programme = {
        "year": day.year,
        "name": f"Chương trình công tác năm {day.year}",
        "document": ground,
        "owner_unit": ground.owner_unit,
        "entered_by": clerk,
    }
    apart(lambda: Programme.objects.get_or_create(code=f"CTCT-{day.year}", defaults=programme))
    address = arrived(site, browser, size, letter(tmp_path, number, day))

    with opened(browser, size) as page:  # the director gives it, and has the task that was read taken up
        site.sign_in(page, "giamdoc")
        page.goto(address)
        page.wait_for_selector("#giao-viec >> text=Chưa giao cho ai")
        page.click("#giao-viec >> text=Giao việc")
        page.fill("[name=instruction]", f"Văn phòng tham mưu báo cáo {number}")
        page.select_option("[name=lead]", label="Chuyên viên Văn phòng (Chuyên viên)")
        page.fill("[name=days]", "5")
        picture(page, f"{size}-giao-viec")
        assert serious(page) == []
        page.click("button:has-text('Giao')")
        page.wait_for_selector("#giao-viec >> text=Chuyên viên Văn phòng")
        assert serious(page) == []
        picture(page, f"{size}-van-ban-da-giao")
        page.locator("form.propose select[name=unit]").first.select_option(label="Văn phòng Sở")
        page.locator("form.propose button:has-text('Vào chương trình')").first.click()
        page.wait_for_selector("text=Đã vào chương trình")
    task = Task.objects.get(ground__canonical=f"{number}/UBND-NC")
    today_issuer = Issuer.objects.filter(symbol="SKHCN").order_by("-valid_from").first() or ground.issuer
    report = {
        "type": "report",
        "number": f"{number}/BC-SKHCN",
        "issued_on": day,
        "issuer": today_issuer,
        "title": "tình hình chuyển đổi số",
        "nature": "administrative",
    }
    answer = apart(
        lambda: Document.objects.create(direction="outgoing", owner_unit=ground.owner_unit, entered_by=clerk, **report)
    )

    with opened(browser, size) as page:  # the specialist sees it, writes what is done, and answers
        site.sign_in(page, "cv.vp")
        page.goto(f"{site.url}/viec-cua-toi/")
        row = page.locator(".row", has_text=f"tham mưu báo cáo {number}")
        row.locator("button:has-text('Đã xem')").click()
        page.wait_for_selector("text=Đã ghi")
        picture(page, f"{size}-viec-cua-toi")
        assert serious(page) == []
        page.goto(f"{site.url}/chuong-trinh/nhiem-vu/{task.pk}/")
        page.fill("textarea[name=text]", "Đã có dự thảo, đang lấy ý kiến")
        page.click("button:has-text('Ghi tiến độ')")
        page.wait_for_selector(".tl >> text=đang lấy ý kiến")
        picture(page, f"{size}-nhiem-vu")
        assert serious(page) == []
        page.goto(f"{site.url}/viec-cua-toi/")
        page.click(f"text=tham mưu báo cáo {number}")
        page.fill("[name=response]", answer.number)
        page.click("button:has-text('Đã giải quyết')")
        page.wait_for_selector(".badge:has-text('Đã giải quyết')")
        picture(page, f"{size}-viec-da-xong")
        assert serious(page) == []

    with opened(browser, size) as page:  # the head reports the task done: only with its result
        site.sign_in(page, "tr.vp")
        page.goto(f"{site.url}/chuong-trinh/nhiem-vu/{task.pk}/")
        page.fill("[name=ket-qua-result]", f"{number}/KH-UBND")
        page.click("button:has-text('Hoàn thành')")
        page.wait_for_selector("text=Không thấy văn bản")
        page.fill("[name=ket-qua-result]", answer.number)
        page.click("button:has-text('Hoàn thành')")
        page.wait_for_selector(".badge.ok:has-text('Hoàn thành trước hạn')")
        for view in ("cot", "bang", "thoi-gian", "thong-ke"):
            page.goto(f"{site.url}/chuong-trinh/?nam={day.year}&xem={view}&den={day}")
            assert (
                page.locator(f"text={task.code}").count()
                or page.locator("text=chuyển đổi số").count()
                or view == "thong-ke"
            )
            assert serious(page) == []
            picture(page, f"{size}-chuong-trinh-{view}")

    found = apart(lambda: composed(day))
    with opened(browser, size) as page:  # the report opens with the item, its ground, what became of it and its result
        site.sign_in(page, "giamdoc")
        page.goto(f"{site.url}/bao-cao/{found.pk}/")
        item = page.locator("li, p", has_text=f"{number}/UBND-NC").filter(has_text="hoàn thành trước hạn").first
        assert f"{number}/BC-SKHCN" in item.inner_text()
        picture(page, f"{size}-bao-cao-mo-dau")


@pytest.mark.parametrize("size", SIZES)
def test_a_newly_announced_holiday_moves_a_deadline(site: Any, browser: Any, size: str) -> None:
    from cancu.core.models import Unit, User
    from cancu.core.restdays import forget
    from cancu.documents.assignments import Assignment, AssignmentStates, give
    from cancu.documents.models import Document

    forget()
    director, document = User.objects.get(username="giamdoc"), Document.objects.get(canonical="4986/UBND-NC")
    unit, person = Unit.objects.get(code="QLKH"), User.objects.get(username="cv.qlkh")

    def again() -> Assignment:
        for old in Assignment.objects.filter(document=document).open():
            AssignmentStates.move(old, "revoke", director, reason="Lần thử trước")
        return give(director, document, [("lead", unit, person)], instruction="Tổng hợp báo cáo", days=9)[0]

    given = apart(again)
    last = given.due_on
    with opened(browser, size) as page:
        site.sign_in(page, "vanthu")
        page.goto(f"{site.url}/lich-nghi/")
        assert serious(page) == []
        page.fill("#id_name", "Nghỉ theo thông báo")
        page.fill("#id_date", last.isoformat())
        page.fill("#id_document", "Công văn số 999/VPCP-KGVX ngày 20/11/2026 của Văn phòng Chính phủ")
        picture(page, f"{size}-lich-nghi")
        page.click("button:has-text('Ghi vào lịch')")
        page.wait_for_selector("text=thời hạn đổi theo")
        forget()
        given.refresh_from_db()
        assert given.due_on > last
        row = page.locator("tr", has_text="Tổng hợp báo cáo").first.inner_text()
        assert f"{last:%d/%m/%Y}" in row and f"{given.due_on:%d/%m/%Y}" in row
        assert serious(page) == []
        picture(page, f"{size}-thoi-han-doi")
    with opened(browser, size) as page:
        site.sign_in(page, "cv.qlkh")
        page.goto(f"{site.url}/viec-cua-toi/")
        assert (
            page.locator(".row", has_text="Tổng hợp báo cáo").locator(".badge").first.inner_text()
            == f"{given.due_on:%d/%m/%Y}"
        )
