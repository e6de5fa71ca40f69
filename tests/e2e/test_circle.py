"""The circle of the sample closes in the browser: letter 4986/UBND-NC asked for the report; the report, once issued, is
in the outgoing book, answers the letter, ends the work given on it and the task of the programme."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse

from .browsing import SIZES, opened, picture, serious

LETTER, REPORT = "4986/UBND-NC", "01/BC-SKHCN"
BOOK = "so-van-ban/in/theo-doi/?tu=2024-01-01&den=2024-12-31"


def read(site: Any, browser: Any, name: str, address: str, words: list[str]) -> None:
    """Open a page on a desk and on a phone: it says ``words``, stays inside its width, and axe finds nothing serious."""
    for size in SIZES:
        with opened(browser, size) as page:
            site.sign_in(page, "vanthu")
            page.goto(f"{site.url}/{address}")
            for said in words:
                assert page.locator("main", has_text=said).count(), said
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
            assert serious(page) == []
            picture(page, f"{size}-vong-{name}")


def test_the_report_that_was_asked_for_closes_what_asked_for_it(site: Any, browser: Any) -> None:
    from cancu.documents.assignments import Assignment
    from cancu.documents.models import Document
    from cancu.programme.models import Task

    letter, report = Document.objects.get(canonical=LETTER), Document.objects.get(canonical=REPORT)
    given, task = Assignment.objects.get(document=letter), Task.objects.get(code="2024-09")
    assert (given.state, task.state, report.issued_on) == ("seen", "under_way", dt.date(2024, 11, 15))

    read(site, browser, "so-di", "so-van-ban/di/", [REPORT, "Báo cáo"])
    read(
        site,
        browser,
        "bao-cao",
        f"van-ban/{report.reference}/",
        [LETTER, "trả lời", "bao-cao-2024.pdf", "bao-cao-2024.docx"],
    )
    read(site, browser, "theo-doi", BOOK, [LETTER, "15/11/2024", "Đã trả lời", REPORT])

    with opened(browser) as page:  # who holds the work finds the answer in its place, and has only to say so
        site.sign_in(page, "cv.vp")
        page.goto(site.url + reverse("assignment", args=[given.pk]))
        assert page.input_value("[name=response]") == report.reference
        page.click("button:has-text('Đã giải quyết')")
        page.wait_for_selector(".badge:has-text('Đã giải quyết')")
        given.refresh_from_db()
        assert page.locator("dd", has_text=REPORT).filter(has_text=f"{given.taken} ngày làm việc").count()
        assert serious(page) == []
        picture(page, "may-ban-vong-da-giai-quyet")

    with opened(browser) as page:  # the head reports the task done with the same document, on time
        site.sign_in(page, "tr.vp")
        page.goto(f"{site.url}/chuong-trinh/nhiem-vu/{task.pk}/")
        assert page.input_value("[name=ket-qua-result]") == report.reference
        page.click("button:has-text('Hoàn thành')")
        page.wait_for_selector(".badge.ok:has-text('Hoàn thành đúng hạn')")
        assert serious(page) == []
        picture(page, "may-ban-vong-hoan-thanh")
    read(site, browser, "thong-ke", "chuong-trinh/?nam=2024&xem=thong-ke&den=2024-11-15", ["Văn phòng"])
    task.refresh_from_db()
    assert (task.result_id, task.closed_on) == (report.pk, report.issued_on)
