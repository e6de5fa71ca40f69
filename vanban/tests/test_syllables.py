"""Syllables, tone placement, folding, collation."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.syllables import (
    ONSETS,
    RHYMES,
    TONES,
    _forms,
    collation_key,
    fold,
    is_syllable,
    is_word,
    restyled,
    tone_place,
    with_tone,
)

VALID = [
    "hòa",
    "hoà",
    "quý",
    "giếng",
    "gì",
    "già",
    "quốc",
    "quyết",
    "nghiêng",
    "kỹ",
    "khuỷu",
    "rượu",
    "mía",
    "thuỷ",
    "thủy",
    "học",
    "cuộc",
    "quả",
    "yêu",
    "kính",
    "xoong",
    "quan",
    "quân",
    "khuya",
    "thuở",
    "ngoằn",
    "ngoèo",
    "uống",
    "ướt",
    "iu",
    "ỉa",
    "đăk",
    "krông",
    "Đắk",
    "Nghị",
    "QUYẾT",
    "gìn",
    "giữ",
    "quít",
    "quýt",
    "oanh",
    "uyên",
]
INVALID = ["ngiên", "nghành", "hoc", "trìnhh", "kai", "qoc", "ghà", "cể", "ngế", "iêu", "kuan", "ẳẳ", "yủa", "sp"]
PLACES = [
    ("hòa", "old"),
    ("hoà", "new"),
    ("thủy", "old"),
    ("thuỷ", "new"),
    ("khỏe", "old"),
    ("quý", "both"),
    ("giá", "both"),
    ("toán", "both"),
    ("tóan", "wrong"),
    ("qúy", "wrong"),
    ("gía", "wrong"),
    ("của", "both"),
    ("miá", "wrong"),
    ("ban", "none"),
    ("nghiệp", "both"),
    ("nghịêp", "wrong"),
]


def test_the_lists_have_27_onsets_and_161_rhymes() -> None:
    assert (len(set(ONSETS)), len(set(RHYMES))) == (27, 161)


@pytest.mark.parametrize("word", VALID)
def test_a_real_syllable_is_valid(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", INVALID)
def test_a_misspelt_syllable_is_found(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize(("word", "place"), PLACES)
def test_the_place_of_the_tone_mark(word: str, place: str) -> None:
    assert tone_place(word) == place


@given(st.sampled_from(sorted(_forms())), st.sampled_from(sorted(TONES.values())), st.sampled_from(["old", "new"]))
def test_every_syllable_survives_both_styles(base: str, tone: str, style: str) -> None:
    word = with_tone(base, tone, style)  # type: ignore[arg-type]
    assert tone_place(word) in (style, "both")
    assert restyled(restyled(word, "new"), "old") == with_tone(base, tone, "old")
    assert fold(word) == fold(base)


def test_stop_rhymes_take_only_two_tones() -> None:
    assert [word for word in ("hoc", "hòc", "hóc", "hỏc", "hõc", "học") if is_syllable(word)] == ["hóc", "học"]


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("Nghị", True),
        ("UBND", False),
        ("TTg", False),
        ("II", False),
        ("a1", False),
        ("wifi", False),
        ("nghiên", True),
        ("Azotobacter", False),
    ],
)
def test_what_claims_to_be_a_vietnamese_word(token: str, expected: bool) -> None:
    assert is_word(token) is expected


@given(st.text("Quyết định ĐẶNG Ước ổ ữ ỵ"))
def test_folding_reads_nfc_and_nfd_alike(text: str) -> None:
    assert fold(text) == fold(unicodedata.normalize("NFD", text))


def test_vietnamese_order() -> None:
    words = ["đa", "da", "dạ", "Da", "ăn", "an", "ân", "dá", "dà", "dã", "dả", "2 a", "10"]
    assert sorted(words, key=collation_key) == [
        "10",
        "2 a",
        "an",
        "ăn",
        "ân",
        "da",
        "Da",
        "dà",
        "dả",
        "dã",
        "dá",
        "dạ",
        "đa",
    ]
