"""Plain text in the encodings of thirty years of offices."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.read.guard import FileWarning, UnreadableFile
from vanban.read.text import _TCVN3, _VNI_MARKS, _VNI_SINGLE, decode, decoded

WORDS = "Sở Khoa học và Công nghệ đã tổ chức thực hiện nghiêm túc các nhiệm vụ, quyết định và kế hoạch của Ủy ban nhân dân tỉnh"


def as_tcvn3(text: str) -> bytes:
    table = {ord(letter): code for code, letter in _TCVN3.items()}
    return text.translate(table).encode("latin-1")


def as_vni(text: str) -> bytes:
    singles = {new: old for old, new in _VNI_SINGLE.items()}
    marks = {mark: letter for letter, mark in _VNI_MARKS.items()}
    out = []
    for letter in text:
        low = letter.lower()
        horned = unicodedata.normalize("NFD", low)
        if low in singles:
            made = singles[low]
        elif "\u031b" in horned:
            base = singles[unicodedata.normalize("NFC", horned[0] + "\u031b")]
            made = base + "".join(marks[mark] for mark in horned[1:] if mark != "\u031b")
        elif len(horned) > 1:
            order = sorted(horned[1:], key=lambda mark: mark not in "\u0302\u0306")
            made = horned[0] + marks["".join(order)]
        else:
            made = low
        out.append(made.upper() if letter.isupper() else made)
    return "".join(out).encode("latin-1")


def test_utf8_stays_as_it_is_and_nfd_is_composed() -> None:
    assert decoded(WORDS.encode()).encoding == "utf-8"
    assert decode(unicodedata.normalize("NFD", WORDS).encode()) == WORDS
    assert decode(b"\xef\xbb\xbf" + WORDS.encode()) == WORDS
    assert decode(WORDS.encode("utf-16")) == WORDS


@pytest.mark.parametrize(
    ("seen", "encoding", "words"),
    [
        ("TiÕng ViÖt rÊt hay", "tcvn3", "Tiếng Việt rất hay"),
        ("Tieáng Vieät raát hay", "vni", "Tiếng Việt rất hay"),
        ("Uyû ban nhaân daân tænh ñöôïc thoâng baùo", "vni", "Uỷ ban nhân dân tỉnh được thông báo"),
    ],
)
def test_old_fonts_saved_as_unicode_are_put_right(seen: str, encoding: str, words: str) -> None:
    found = decoded(seen.encode())
    assert (found.encoding, found.text) == (encoding, words)


def test_bytes_of_the_three_old_encodings_are_told_apart() -> None:
    low = WORDS.lower()
    assert decoded(as_tcvn3(low)) == decoded(as_tcvn3(low).decode("latin-1").encode())
    assert (decoded(as_tcvn3(low)).encoding, decoded(as_tcvn3(low)).text) == ("tcvn3", low)
    assert (decoded(as_vni(WORDS)).encoding, decoded(as_vni(WORDS)).text) == ("vni", WORDS)
    halves = "".join(
        unicodedata.normalize("NFC", unicodedata.normalize("NFD", c)[:2]) + unicodedata.normalize("NFD", c)[2:]
        for c in WORDS
    )
    toned = _half_composed(halves)
    assert (decoded(toned.encode("cp1258")).encoding, decoded(toned.encode("cp1258")).text) == ("windows-1258", WORDS)


def _half_composed(text: str) -> str:
    """windows-1258 keeps hats and horns in the letter and tones as marks of their own."""
    out = []
    for letter in unicodedata.normalize("NFC", text):
        marks = unicodedata.normalize("NFD", letter)
        tones = "".join(m for m in marks[1:] if m in "\u0300\u0301\u0303\u0309\u0323")
        base = unicodedata.normalize("NFC", "".join(m for m in marks if m not in tones))
        out.append(base + tones)
    return "".join(out)


@given(
    st.lists(st.sampled_from(WORDS.lower().replace(",", "").split()), min_size=8, max_size=40).filter(
        lambda w: len(set(w)) > 6
    )
)
def test_any_vietnamese_sentence_survives_tcvn3_and_vni(words: list[str]) -> None:
    text = " ".join(words)
    assert decoded(as_tcvn3(text)).text == text
    assert decoded(as_vni(text)).text == text


@pytest.mark.parametrize(
    "text", ["Café déjà vu, naïve façade", "Plain English text of a letter", "", "12345", "Ñandú señor mañana"]
)
def test_other_languages_are_left_alone(text: str) -> None:
    assert decoded(text.encode()) == decoded(text.encode())
    assert decode(text.encode()) == text


def test_a_few_broken_bytes_are_replaced_with_a_warning() -> None:
    broken = WORDS.encode().replace("nghiêm".encode(), b"nghi\xffm")
    with pytest.warns(FileWarning, match="1 chỗ"):
        assert "nghi\ufffdm" in decode(broken)


@pytest.mark.parametrize("data", [b"\x00\x01\x02\x03", bytes(range(128, 256)) * 4])
def test_what_is_no_text_is_refused_with_a_cure(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="lưu lại"):
        decode(data)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        found = decoded(data)
    except UnreadableFile:
        return
    assert isinstance(found.text, str)
