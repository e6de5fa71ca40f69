"""Clean text and its way back to the raw text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.text import CleanText

CLEANED = [
    ("3043/QÐ-UBND", "3043/QĐ-UBND"),
    ("20 – NQ/TW", "20 - NQ/TW"),
    ("ngày\u00a005/3/2024", "ngày 05/3/2024"),
    ("Nghị qu\u00adyết\u200b số", "Nghị quyết số"),
    (unicodedata.normalize("NFD", "Việt Nam thực hiện Nghị quyết"), "Việt Nam thực hiện Nghị quyết"),
    ("Vi\u00ea\u0323t", "Việt"),  # windows-1258: letter composed, tone apart
    ("chuyển giao công nghệ chăn\n\nnuôi cho 02 hộ", "chuyển giao công nghệ chăn nuôi cho 02 hộ"),
    ("chuyển giao công nghệ chăn \n\n2\n\nnuôi cho", "chuyển giao công nghệ chăn nuôi cho"),
    ("Nghị quyết số\n20-NQ/TW ngày\n01/11/2012", "Nghị quyết số 20-NQ/TW ngày 01/11/2012"),
    ("số 33/2024/\nNQ-HĐND", "số 33/2024/NQ-HĐND"),
]
KEPT = [
    "Điều 1. Phê duyệt\nĐiều 2. Giao",
    "gồm:\na) một\nb) hai",
    "thực hiện\na) một",
    "Căn cứ Luật A;\nCăn cứ Luật B;",
    "kết thúc.\n\ntiếp",
]


@pytest.mark.parametrize(("raw", "clean"), CLEANED)
def test_clean(raw: str, clean: str) -> None:
    assert CleanText(raw).clean == clean


@pytest.mark.parametrize("raw", KEPT)
def test_true_paragraph_ends_stay(raw: str) -> None:
    assert CleanText(raw).clean == raw


def test_positions_lead_back_to_the_raw_words() -> None:
    raw = "  \ufeffSố: " + unicodedata.normalize("NFD", "chăn\n\nnuôi ở tỉnh Quảng Trị") + " – hết"
    text = CleanText(raw)
    for word in ("chăn", "nuôi", "Quảng", "Trị", "hết", "Số:"):
        at = text.clean.index(word)
        start, end = text.raw_span(at, at + len(word))
        assert unicodedata.normalize("NFC", raw[start:end]) == word
        assert text.to_clean(start) == at


PIECES = st.sampled_from(
    ["a", "Đ", "Ð", "ệ", "e\u0323\u0302", "\u0301", "–", "\u00a0", "\u00ad", "\u200b", "\n", "\n\n", "\f",
     "số", "ngày ", "12", "/", "-", ".", ";", " ", "nuôi", "A", "a)"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=60).map("".join))
def test_every_clean_position_has_a_raw_one_in_order(raw: str) -> None:
    text = CleanText(raw)
    mapped = [text.to_raw(position) for position in range(len(text.clean) + 1)]
    assert mapped == sorted(mapped)
    assert mapped[0] >= 0 and mapped[-1] == len(raw)
    for position, char in enumerate(text.clean):
        if char.isalnum():
            start, end = text.raw_span(position, position + 1)
            assert start < end <= len(raw)


@given(st.text(max_size=80))
def test_cleaning_clean_text_changes_no_letters(raw: str) -> None:
    once = CleanText(raw).clean
    assert [c for c in CleanText(once).clean if c.isalnum()] == [c for c in once if c.isalnum()]


@pytest.mark.parametrize("piece", ["\n", "e" + "\u0301\u0323" * 50, "\u00ad", " \n", "12\n", " ", "\u0301"])
def test_hostile_runs_end(piece: str) -> None:
    raw = piece * (200_000 // len(piece))
    text = CleanText(raw)
    assert text.to_raw(len(text.clean)) == len(raw)
