"""Windows are named once, and an indicator never computes a date."""

from datetime import date

import pytest

from cancu.indicators import windows
from cancu.indicators.windows import Window, say_date


@pytest.mark.parametrize(
    ("window", "start", "end"),
    [
        (windows.year(2024), date(2024, 1, 1), date(2024, 12, 31)),
        (windows.year_to_date(date(2024, 11, 15)), date(2024, 1, 1), date(2024, 11, 15)),
        (windows.quarter(2025, 2), date(2025, 4, 1), date(2025, 6, 30)),
        (windows.quarter(2024, 1), date(2024, 1, 1), date(2024, 3, 31)),
        (windows.nd09(2024), date(2023, 12, 15), date(2024, 12, 14)),
        (windows.nd09(2024, 1), date(2023, 12, 15), date(2024, 1, 14)),
        (windows.nd09(2024, 11), date(2024, 10, 15), date(2024, 11, 14)),
        (windows.statistics(2024), date(2024, 1, 1), date(2024, 12, 31)),
        (windows.at_date(date(2024, 11, 15)), date(2024, 11, 15), date(2024, 11, 15)),
    ],
)
def test_a_named_window_has_legal_days(window, start, end):
    assert (window.start, window.end) == (start, end)


def test_the_previous_window_is_the_same_days_a_year_before():
    assert windows.year_to_date(date(2024, 2, 29)).previous() == Window(
        "year_to_date", date(2023, 1, 1), date(2023, 2, 28)
    )


def test_a_window_that_ends_before_it_starts_is_refused_in_vietnamese():
    with pytest.raises(ValueError, match="ngày đầu"):
        Window("year", date(2024, 2, 1), date(2024, 1, 1))


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2022, 8, 3), "03/8/2022"), (date(2024, 1, 2), "02/01/2024"), (date(2024, 11, 15), "15/11/2024")],
)
def test_dates_have_zeros_where_decree_30_asks(day, words):
    assert say_date(day) == words
