"""Working days: the calendar and the counting rules of Điều 147–148 BLDS 2015."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vanban.workdays import (
    OutsideCalendar,
    SpecialDay,
    add_months,
    add_workdays,
    count_workdays,
    due_date,
    is_workday,
    next_workday,
    office_calendar,
)

D = dt.date
DAYS = st.dates(D(2019, 6, 1), D(2027, 6, 30))


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (D(2026, 1, 1), False),
        (D(2026, 1, 2), False),
        (D(2026, 1, 10), True),
        (D(2026, 1, 11), False),
        (D(2026, 1, 5), True),
        (D(2024, 4, 29), False),
        (D(2024, 5, 4), True),
        (D(2025, 5, 2), False),
        (D(2025, 4, 26), True),
        (D(2024, 2, 14), False),
        (D(2024, 9, 3), False),
        (D(2022, 1, 3), False),
        (D(2025, 11, 24), True),
        (D(2026, 11, 24), False),
    ],
)
def test_rest_days_and_worked_saturdays(day: dt.date, worked: bool) -> None:
    assert is_workday(day) is worked


@pytest.mark.parametrize(
    ("start", "amount", "unit", "last"),
    [
        (D(2024, 11, 11), 5, "workday", D(2024, 11, 18)),  # the day of receipt is not counted
        (D(2025, 12, 31), 6, "workday", D(2026, 1, 10)),  # a worked Saturday counts
        (D(2024, 11, 11), 5, "day", D(2024, 11, 18)),  # ends on Saturday 16/11: Monday
        (D(2024, 1, 31), 1, "month", D(2024, 2, 29)),  # no 31/02: last day of the month
        (D(2024, 4, 15), 2, "week", D(2024, 5, 2)),  # 29/4–01/5 are rest days
        (D(2024, 2, 29), 1, "year", D(2025, 2, 28)),
    ],
)
def test_the_last_day_of_a_term(start: dt.date, amount: int, unit: str, last: dt.date) -> None:
    assert due_date(start, amount, unit) == last  # type: ignore[arg-type]


@given(DAYS, st.integers(0, 60))
def test_counting_undoes_adding(start: dt.date, count: int) -> None:
    assert count_workdays(start, add_workdays(start, count)) == count


@given(DAYS, st.integers(1, 60))
def test_a_sum_of_workdays_is_a_workday_and_the_first_such(start: dt.date, count: int) -> None:
    last = add_workdays(start, count)
    assert is_workday(last)
    assert count_workdays(start, last - dt.timedelta(days=1)) == count - 1


@given(DAYS, st.integers(1, 40), st.integers(1, 40))
def test_adding_twice_is_adding_once(start: dt.date, first: int, second: int) -> None:
    assert add_workdays(add_workdays(start, first), second) == add_workdays(start, first + second)


@given(DAYS, st.integers(1, 60))
def test_going_back_from_a_workday_returns(start: dt.date, count: int) -> None:
    assume(is_workday(start))
    assert add_workdays(add_workdays(start, count), -count) == start


@given(DAYS, DAYS)
def test_counting_is_antisymmetric(first: dt.date, second: dt.date) -> None:
    assert count_workdays(first, second) == -count_workdays(second, first)


@given(DAYS, st.integers(0, 400), st.sampled_from(["day", "workday", "week", "month"]))
def test_no_term_ends_on_a_rest_day_or_before_it_begins(start: dt.date, amount: int, unit: str) -> None:
    assume(amount <= {"day": 150, "workday": 100, "week": 20, "month": 5}[unit])
    last = due_date(start, amount, unit)  # type: ignore[arg-type]
    assert is_workday(last)
    assert last >= start


@given(DAYS, st.integers(-100, 100))
def test_months_keep_the_day_number_where_there_is_one(start: dt.date, count: int) -> None:
    later = add_months(start, count)
    assert later.day == start.day or (later + dt.timedelta(days=1)).day == 1


def test_a_year_that_is_not_listed_is_refused() -> None:
    with pytest.raises(OutsideCalendar, match="bổ sung"):
        is_workday(D(2035, 1, 2))


def test_an_office_adds_its_own_days() -> None:
    day = D(2026, 3, 4)
    own = office_calendar().extended([SpecialDay(day, "rest", "Nghỉ bão", "Công điện của UBND tỉnh", True)])
    assert not own.is_workday(day)
    assert next_workday(day, own) == D(2026, 3, 5)


def test_every_entry_carries_its_document_and_swaps_pair_up() -> None:
    days = office_calendar().days
    assert all(special.document and special.name for special in days.values())
    for special in days.values():
        if special.swapped_with in days:
            other = days[special.swapped_with]
            assert (other.swapped_with, {other.kind, special.kind}) == (special.date, {"rest", "worked"})
