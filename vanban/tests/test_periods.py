"""Periods and deadlines: the expert's tables, the windows of the law, the sample report."""

from __future__ import annotations

import datetime as dt
import os
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from vanban.periods import find_deadlines, find_periods, nd09
from vanban.periods.windows import quarter
from vanban.text import CleanText

TODAY = dt.date(2024, 11, 20)
CORPUS = Path(__file__).parent / "corpus"
PERIODS = yaml.safe_load((CORPUS / "periods.yaml").read_text(encoding="utf-8"))
DEADLINES = yaml.safe_load((CORPUS / "deadlines.yaml").read_text(encoding="utf-8"))
SHARED = Path(os.environ.get("CANCU_SHARED", Path(__file__).parents[3] / "shared"))
REPORT = SHARED / "quang-tri-2024" / "report.txt"
D = dt.date


@pytest.mark.parametrize("case", PERIODS, ids=[case["text"][:50] for case in PERIODS])
def test_the_periods_of_a_sentence(case: dict[str, object]) -> None:
    found = find_periods(str(case["text"]), TODAY)
    assert [f"{p.text}: {p.first or ''}..{p.last or ''}" for p in found] == case["periods"]


@pytest.mark.parametrize("case", DEADLINES, ids=[case["text"][:50] for case in DEADLINES])
def test_the_deadlines_of_a_sentence(case: dict[str, object]) -> None:
    found = find_deadlines(str(case["text"]), TODAY)
    assert [f"{d.due or ''} | {d.subject}" for d in found] == case["deadlines"]


@pytest.mark.parametrize(
    ("report", "which", "first", "last"),
    [
        ("month", 1, D(2023, 12, 15), D(2024, 1, 14)),
        ("month", 11, D(2024, 10, 15), D(2024, 11, 14)),
        ("quarter", 1, D(2023, 12, 15), D(2024, 3, 14)),
        ("quarter", 3, D(2024, 6, 15), D(2024, 9, 14)),
        ("first_half", 1, D(2023, 12, 15), D(2024, 6, 14)),
        ("second_half", 1, D(2024, 6, 15), D(2024, 12, 14)),
        ("nine_months", 1, D(2023, 12, 15), D(2024, 9, 14)),
        ("year", 1, D(2023, 12, 15), D(2024, 12, 14)),
    ],
)
def test_the_reporting_windows_of_decree_09(report: str, which: int, first: dt.date, last: dt.date) -> None:
    assert nd09(report, 2024, which) == (first, last)  # type: ignore[arg-type]


@given(st.integers(2000, 2100))
def test_four_quarters_of_decree_09_tile_its_year(number: int) -> None:
    quarters = [nd09("quarter", number, which) for which in (1, 2, 3, 4)]
    year = nd09("year", number)
    assert (quarters[0].first, quarters[3].last) == year
    for one, two in pairwise(quarters):
        assert one.last and two.first
        assert two.first - one.last == dt.timedelta(days=1)


def test_without_a_date_relative_words_stay_unresolved() -> None:
    [period] = find_periods("Từ đầu năm đến nay đã tổ chức 05 lớp")
    assert (period.resolved, period.first, period.last) == (False, None, None)


def test_quarters_hold_whole_months() -> None:
    assert quarter(2024, 1) == (D(2024, 1, 1), D(2024, 3, 31))


@pytest.mark.skipif(not REPORT.exists(), reason="the sample report is not here")
def test_the_four_deadlines_of_part_three_of_the_sample() -> None:
    text = CleanText(REPORT.read_text(encoding="utf-8")).clean
    found = find_deadlines(text, D(2024, 11, 30))
    assert [deadline.due for deadline in found] == [D(2025, 6, 30), D(2025, 6, 30), D(2025, 12, 31), D(2025, 12, 31)]
    assert [deadline.subject.split()[0] for deadline in found] == ["Trình", "Tham", "Đề", "Đề"]


@given(
    st.dates(D(2019, 1, 1), D(2027, 12, 31)),
    st.sampled_from(["{0:%d/%m/%Y}", "ngày {0:%d} tháng {0:%m} năm {0:%Y}", "{0.day}-{0.month}-{0.year}"]),
)
def test_every_way_to_write_a_day_is_read(day: dt.date, form: str) -> None:
    [period] = find_periods(f"Báo cáo {form.format(day)} của Sở")
    assert (period.first, period.last, period.kind) == (day, day, "day")


@given(
    st.text(
        st.sampled_from("0123456789/.-– ngàythángnămquýđếntừ\n()") | st.characters(max_codepoint=0x1EFF), max_size=300
    )
)
def test_any_text_gives_periods_inside_it(text: str) -> None:
    for period in find_periods(text, TODAY):
        assert text[period.start : period.end] == period.text
    for deadline in find_deadlines(text, TODAY):
        assert 0 <= deadline.start < deadline.end <= len(text)
