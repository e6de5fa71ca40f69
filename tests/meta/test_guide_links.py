"""Every link and picture in the pages that people read leads somewhere, and every picture is shown somewhere and is light."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("cancu/**/README.md")])
PICTURES = sorted((ROOT / "docs/pictures").glob("*.png"))
_LINK = re.compile(r"\]\(([^)\s]+)\)")
LIGHT = 150_000  # bytes
FRONT = {"report.png": 400_000}  # the one of the front page is read closely


def broken(page: Path, root: Path = ROOT) -> list[str]:
    """The links of a page that lead nowhere in the house; addresses outside and live nodes of sections are not links here."""
    text = re.sub(r"```.*?```|`[^`]*`", "", page.read_text("utf-8"), flags=re.DOTALL)
    inside = (link.partition("#")[0] for link in _LINK.findall(text) if ":" not in link)
    return [link for link in inside if link and not (page.parent / link).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page):
    assert broken(page) == []


def test_a_broken_link_is_seen(tmp_path):
    page = tmp_path / "a.md"
    page.write_text("[a](a.md) [b](khong-co.md#x) [c](https://a.vi-du) `[d](e.md)`", "utf-8")
    assert broken(page) == ["khong-co.md"]


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_every_picture_is_light_and_is_shown(picture):
    assert picture.stat().st_size < FRONT.get(picture.name, LIGHT)
    assert any(picture.name in page.read_text("utf-8") for page in PAGES if page.parent.name != "pictures")


def test_every_page_of_the_guide_is_reached_from_the_front_page():
    front = (ROOT / "README.md").read_text("utf-8")
    assert [page.name for page in (ROOT / "docs/user").glob("*.md") if f"docs/user/{page.name}" not in front] == []
