"""Layouts are chosen by day; their values lie inside what the law allows."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields

import pytest

from vanban.layout import LAYOUTS, Layout, NoLayout, Range, layout_on, phrases


@pytest.mark.parametrize(
    ("day", "code"),
    [(dt.date(2020, 3, 5), "30/2020/NĐ-CP"), (dt.date(2024, 11, 15), "30/2020/NĐ-CP"), (None, "30/2020/NĐ-CP")],
)
def test_the_layout_in_force(day: dt.date | None, code: str) -> None:
    assert layout_on(day).code == code


def test_the_day_before_the_decree_has_no_layout_and_says_so() -> None:
    with pytest.raises(NoLayout, match="04/03/2020"):
        layout_on(dt.date(2020, 3, 4))


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.code)
def test_every_value_used_is_one_the_law_allows(layout: Layout) -> None:
    for item in fields(layout):
        value = getattr(layout, item.name)
        if isinstance(value, Range):
            assert value.allows(value.used), item.name
    for name, style in layout.styles.items():
        assert style.size.allows(style.size.used), name
        assert style.indent == 0 or layout.first_indent.allows(style.indent), name


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (dt.date(2024, 1, 5), "ngày 05 tháng 01 năm 2024"),
        (dt.date(2024, 2, 29), "ngày 29 tháng 02 năm 2024"),
        (dt.date(2024, 3, 1), "ngày 01 tháng 3 năm 2024"),
        (dt.date(2024, 11, 15), "ngày 15 tháng 11 năm 2024"),
    ],
)
def test_dates_get_their_zeros(day: dt.date, words: str) -> None:
    assert phrases.date_words(day) == words
    assert phrases.date_in(words) == day


def test_a_date_that_no_calendar_has_is_none() -> None:
    assert phrases.date_in("ngày 31 tháng 02 năm 2024") is None
    assert phrases.date_in(phrases.date_words(None)) is None


def test_a_list_of_offices_ends_with_a_full_stop() -> None:
    lines = phrases.listed(("Như trên", "Lưu: VT"))
    assert lines == ["- Như trên;", "- Lưu: VT."]
    assert [phrases.unlisted(line) for line in lines] == ["Như trên", "Lưu: VT"]
