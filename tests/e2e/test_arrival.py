"""Văn thư drops a letter on the page, checks what was read beside its place, registers it with the keyboard and sees
what it stands on; on a desk and on a phone. The sample's documents lie in one picture."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from .browsing import SIZES, opened, picture, serious

#: What the sample's documents stand on, in the words of the picture.
CHAIN = {"20-NQ/TW", "69-KL/TW", "141-KH/TU", "709/QĐ-TTg", "194/KH-UBND"}


def letter(number: str, folder: Path) -> Path:
    from cancu.documents.tests.papers import letter as made
    from vanban.write import write

    path = folder / f"cv-{number}.docx"
    path.write_bytes(write(made(number=number, date=dt.date(2024, 11, 13)), "docx"))
    return path


@pytest.mark.parametrize("size", SIZES)
def test_a_letter_is_dropped_read_checked_and_registered(site: Any, browser: Any, size: str, tmp_path: Path) -> None:
    number = {"may-ban": "5001", "dien-thoai": "5002"}[size]
    with opened(browser, size) as page:
        site.sign_in(page, "vanthu")
        page.goto(f"{site.url}/van-ban-den/")
        assert serious(page) == []
        page.set_input_files("input[type=file]", letter(number, tmp_path))
        page.click("#drop button")
        page.wait_for_selector("h1:has-text('cv-')", timeout=60_000)
        page.wait_for_selector(f"#o-number:has-text('{number}/UBND-NC')")
        assert serious(page) == []
        picture(page, f"{size}-vao-so")
        page.focus("#id_number")
        for _field in range(3):
            page.keyboard.press("Enter")
        assert page.locator(".f.done").count() == 3
        assert page.evaluate("document.activeElement.name") == "issuer"
        assert page.locator("mark.here").inner_text() == "ỦY BAN NHÂN DÂN TỈNH QUẢNG TRỊ"
        picture(page, f"{size}-nhan-tung-gia-tri")
        page.keyboard.press("Control+Enter")
        page.wait_for_selector("text=Đã vào sổ: số đến")
        page.wait_for_selector("svg.graph")
        assert page.locator("svg.graph .number", has_text="03-CTr/BCSĐ").count() == 1
        assert page.locator("text=Nhiệm vụ đọc thấy, chờ nhận").count() == 1
        assert serious(page) == []
        picture(page, f"{size}-van-ban")
        page.click("text=Vào chương trình >> nth=0")
        page.wait_for_selector("text=Đã vào chương trình: nhiệm vụ 2024-")


def test_a_hostile_file_is_refused_on_the_page(site: Any, browser: Any, tmp_path: Path) -> None:
    from vanban.read.tests.files import zip_bomb

    (tmp_path / "bom.docx").write_bytes(zip_bomb())
    with opened(browser) as page:
        site.sign_in(page, "vanthu")
        page.goto(f"{site.url}/van-ban-den/")
        page.set_input_files("input[type=file]", tmp_path / "bom.docx")
        page.click("#drop button")
        page.wait_for_selector("text=bom nén", timeout=60_000)
        picture(page, "may-ban-tu-choi")
        assert page.locator("tr", has_text="bom.docx").locator(".badge.bad").inner_text() == "Từ chối"


@pytest.mark.parametrize("size", SIZES)
def test_the_documents_of_the_sample_lie_in_one_picture(site: Any, browser: Any, size: str) -> None:
    with opened(browser, size) as page:
        site.sign_in(page, "giamdoc")
        page.goto(f"{site.url}/van-ban/69-KL/TW@2024-01-11/")
        page.wait_for_selector("svg.graph")
        assert {words.strip() for words in page.locator("svg.graph .number").all_text_contents()} >= CHAIN
        page.click("text=Mở rộng, in")
        page.wait_for_selector("h1:has-text('Sơ đồ căn cứ')")
        picture(page, f"{size}-so-do")
        assert serious(page) == []
        page.locator("svg.graph a", has_text="194/KH-UBND").click()
        page.wait_for_selector("h1:has-text('194/KH-UBND')")


def test_every_relation_of_the_sample_is_in_a_picture(site: Any, django_db_blocker: Any) -> None:
    from cancu.core.models import User
    from cancu.documents.graph import picture as drawn
    from cancu.documents.models import Document, Relation

    with django_db_blocker.unblock():
        director = User.objects.get(username="giamdoc")
        shown = {
            (e.source.document.pk, e.target.document.pk)
            for d in Document.objects.filter(pk__in=Relation.objects.values("source"))
            for e in drawn(d, director, dt.date(2024, 11, 15)).edges
        }
        assert shown == set(Relation.objects.values_list("source_id", "target_id"))
        assert len(shown) >= 17


@pytest.mark.parametrize("size", SIZES)
def test_the_register_is_searched_filtered_and_printed(site: Any, browser: Any, size: str) -> None:
    with opened(browser, size) as page:
        site.sign_in(page, "vanthu")
        page.click("nav >> text=Văn bản")
        page.wait_for_selector("h1:has-text('Văn bản đến')")
        assert serious(page) == []
        picture(page, f"{size}-so-van-ban")
        page.goto(f"{site.url}/so-van-ban/tat-ca/?q=3+ctr+bcsd")
        assert page.locator("td a.cite").all_inner_texts() == ["03-CTr/BCSĐ"]
        page.goto(f"{site.url}/so-van-ban/tat-ca/?q=61/2018&hieu-luc=replaced&ngay=2025-07-01")
        assert page.locator("td a.cite").all_inner_texts() == [
            "107/2021/NĐ-CP",
            "61/2018/NĐ-CP",
        ]  # the amended decree's number stands in the other's title
        page.goto(f"{site.url}/so-van-ban/in/den/?tu=2024-01-01&den=2024-12-31")
        assert serious(page) == []
        picture(page, f"{size}-in-so")
        with page.expect_download() as waited:
            page.click("button:has-text('PDF')")
        assert waited.value.path().read_bytes().startswith(b"%PDF")
        for address in ("day-so/", "het-hieu-luc/?ngay=2025-08-01", "co-quan/", "vien-dan-cho/"):
            page.goto(f"{site.url}/so-van-ban/{address}")
            assert serious(page) == []
            picture(page, f"{size}-{address.partition('/')[0]}")
