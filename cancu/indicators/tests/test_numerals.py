"""Numbers as official documents write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cancu.indicators.numerals import parse_number, say_number


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0"),
        (5, "05"),
        (15, "15"),
        (1668, "1.668"),
        (10036, "10.036"),
        (20_000_000, "20.000.000"),
        (Decimal("15.5"), "15,5"),
        (Decimal("0.5"), "0,5"),
        (Decimal("5.0"), "05"),
        (-3, "-3"),
        (Decimal("99.96"), "99,96"),
    ],
)
def test_a_number_is_said_with_dots_and_comma(value, words):
    assert say_number(value) == words


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=3))
def test_what_is_said_is_read_back(value):
    assert parse_number(say_number(value)) == value
