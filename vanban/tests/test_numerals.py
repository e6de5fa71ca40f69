"""Number words in both directions."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.numerals import WORDS, parse, read, to_words

PAIRS: list[tuple[str, int | Decimal]] = [
    ("không", 0),
    ("mười lăm", 15),
    ("hai mươi mốt", 21),
    ("hai mươi tư", 24),
    ("hai mươi lăm", 25),
    ("một trăm linh năm", 105),
    ("một nghìn không trăm linh năm", 1005),
    ("mười nghìn không trăm ba mươi sáu", 10036),
    ("hai nghìn không trăm hai mươi tư", 2024),
    ("một triệu năm trăm nghìn", 1_500_000),
    ("một nghìn hai trăm tỷ", 1_200 * 10**9),
    ("mười lăm phẩy năm", Decimal("15.5")),
    ("âm ba", -3),
]
VARIANTS: list[tuple[str, int | Decimal]] = [
    ("hai mươi nhăm", 25),
    ("hai mươi bốn", 24),
    ("hai mươi bẩy", 27),
    ("một trăm lẻ năm", 105),
    ("chín ngàn tỉ", 9 * 10**12),
    ("bốn chục", 40),
    ("một trăm rưỡi", 150),
    ("một triệu rưỡi", 1_500_000),
    ("hai tỷ rưỡi", 2_500_000_000),
    ("hai phẩy năm triệu", 2_500_000),
]


@pytest.mark.parametrize(("words", "value"), PAIRS)
def test_writes_the_form_of_state_documents(words: str, value: int | Decimal) -> None:
    assert to_words(value) == words


@pytest.mark.parametrize(("words", "value"), PAIRS + VARIANTS)
def test_reads_every_spelling_in_use(words: str, value: int | Decimal) -> None:
    assert parse(words) == value


@pytest.mark.parametrize("words", ["", "lăm", "mươi", "trăm", "hai ba", "một nghìn triệu nghìn", "nhiệm vụ", "tư"])
def test_refuses_what_is_not_one_number(words: str) -> None:
    with pytest.raises(ValueError, match="số viết bằng chữ"):
        parse(words)


@given(st.integers(0, 10**15 - 1))
def test_whole_numbers_round_trip(value: int) -> None:
    assert parse(to_words(value)) == value


@given(st.decimals(0, 10**6, places=3))
def test_decimals_round_trip(value: Decimal) -> None:
    assert parse(to_words(value)) == value


@given(st.lists(st.sampled_from(sorted(WORDS)), max_size=200))
def test_any_mix_of_number_words_is_read_or_refused(tokens: list[str]) -> None:
    value, used = read(tokens)
    assert 0 <= used <= len(tokens)
    assert (value is None) == (used == 0)
