"""A morning's post: a hundred papers of all kinds are chosen at once in a real browser, read while văn thư watches the
progress, and registered one after the other by keyboard; the share of values kept as they were read is printed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .browsing import opened, picture

pytestmark = pytest.mark.slow
COUNT, REGISTERED = 100, 12
FORMS = ("docx", "pdf", "doc")


def post(folder: Path) -> list[Path]:
    """The files, in three formats by turns."""
    from cancu.documents.tests.many import papers
    from vanban.read.tests.files import old_word
    from vanban.reading import text_of
    from vanban.write import write

    made = []
    for n, paper in enumerate(papers(COUNT)):
        form = FORMS[n % len(FORMS)]
        path = folder / f"{n + 1:03d}.{form}"
        old = form == "doc"
        path.write_bytes(old_word(text_of(paper.tree).replace("\n", "\r")) if old else write(paper.tree, form))
        made.append(path)
    return made


def register(page: Any) -> None:
    """Send the form on the page as văn thư does, without the mouse."""
    page.focus("#id_number")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")


def test_a_hundred_files_chosen_at_once_wait_with_their_forms_filled(
    site: Any, browser: Any, tmp_path: Path, capsys: Any
) -> None:
    from cancu.documents.arrivals import Arrival, ArrivalState
    from cancu.documents.arriving import share_unchanged

    with opened(browser) as page:
        site.sign_in(page, "vanthu")
        page.goto(f"{site.url}/van-ban-den/")
        page.set_input_files("input[type=file]", post(tmp_path))
        page.click("#drop button")
        page.wait_for_selector("progress, h2:has-text('Đang chờ')", timeout=60_000)
        picture(page, "may-ban-doc-mot-tram")
        page.wait_for_selector("h2:has-text('Đang chờ')", timeout=300_000)
        assert page.locator("tbody tr").count() == COUNT
        arrivals = list(Arrival.objects.order_by("pk"))
        assert {one.state for one in arrivals} == {ArrivalState.READ} and all(one.fields for one in arrivals)
        picture(page, "may-ban-mot-tram-cho")
        page.goto(f"{site.url}/van-ban-den/{arrivals[0].pk}/")
        for _paper in range(REGISTERED):
            register(page)
            if page.locator("input[name=same]").count():  # another paper looks alike: văn thư looked, and it is another
                page.check("input[name=same]")
                register(page)
            assert page.get_by_text("Đã vào sổ: số đến").count() == 1, page.inner_text("main")
        picture(page, "may-ban-vao-so-lien-tiep")
    assert Arrival.objects.filter(state=ArrivalState.REGISTERED).count() == REGISTERED
    kept, read = share_unchanged()
    with capsys.disabled():
        print(f"\n{COUNT} tệp qua trình duyệt; {REGISTERED} vào sổ bằng phím: {kept}/{read} giá trị giữ nguyên")
    assert kept == read
