"""Số, ký hiệu: reading, canonical form, proposals; and that hostile input ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.numbers import Number, find_numbers, parse

READ = [
    # written, system, canonical, type, year or term
    ("93/2025/QH15", "QH", "93/2025/QH15", "", 2025),
    ("1/2026/UBTVQH16", "QH", "01/2026/UBTVQH16", "", 2026),
    ("60/2021/NĐ-CP", "QPPL", "60/2021/NĐ-CP", "NĐ", 2021),
    ("2/2019/QĐ-UBND", "QPPL", "02/2019/QĐ-UBND", "QĐ", 2019),
    ("2441/QĐ-UBND", "HC", "2441/QĐ-UBND", "QĐ", None),
    ("03/VBHN-VPQH", "HC", "03/VBHN-VPQH", "VBHN", None),
    ("20-NQ/TW", "ĐẢNG", "20-NQ/TW", "NQ", None),
    ("1518-QĐ/TWĐTN-CTĐ", "ĐẢNG", "1518-QĐ/TWĐTN-CTĐ", "QĐ", None),
    ("4986/UBND-NC", "CV", "4986/UBND-NC", "", None),
    ("2231/SNV-CCHC&PC", "CV", "2231/SNV-CCHC&PC", "", None),
]


@pytest.mark.parametrize(("written", "system", "canonical", "kind", "year"), READ)
def test_systems(written: str, system: str, canonical: str, kind: str, year: int | None) -> None:
    number = parse(written)
    assert (number.system, number.canonical, number.type_code, number.year) == (system, canonical, kind, year)
    assert number.written == written
    assert number.repairs == ()


REPAIRED = [
    ("03-CTr/BCSD", "03-CTr/BCSĐ"),
    ("47/2020/ND-CP", "47/2020/NĐ-CP"),
    ("12/2021/NQ-HDND", "12/2021/NQ-HĐND"),
    ("01/1999/QĐ.UB", "01/1999/QĐ-UB"),
    ("124/QĐ/TTg", "124/QĐ-TTg"),
    ("20/NQ-TW", "20-NQ/TW"),
    ("12/CT-TTG", "12/CT-TTg"),
    ("1234/QĐUB", "1234/QĐ-UB"),
]


@pytest.mark.parametrize(("written", "proposed"), REPAIRED)
def test_repairs_are_proposed_never_silent(written: str, proposed: str) -> None:
    number = parse(written)
    assert number.written == written
    assert number.canonical == proposed
    assert number.repairs


@pytest.mark.parametrize(
    "text", ["24/7", "Quý II/2025", "11/2024", "TCVN 6909:2001", "km/h", "", "12/QL1A", "5/3/2024"]
)
def test_not_numbers(text: str) -> None:
    assert list(find_numbers(text)) == []
    with pytest.raises(ValueError, match="không phải là số"):
        parse(text)


SEQUENCE = st.integers(1, 999_999)
YEAR = st.integers(1945, 2099)
TYPE = st.sampled_from(["NQ", "QĐ", "KH", "CT", "TB", "TTr", "CTr", "BC", "HD", "KL"])
STATE = st.sampled_from(["UBND", "HĐND", "TTg", "CP", "BKHCN", "SKHCN", "BNNPTNT"])
PARTY = st.sampled_from(["TW", "TU", "BTCTW", "ĐU", "BCSĐ"])
NUMBERS = st.one_of(
    st.builds(lambda n, y, k: f"{n:02d}/{y}/QH{k}", SEQUENCE, YEAR, st.integers(10, 20)),
    st.builds(lambda n, y, t, i: f"{n:02d}/{y}/{t}-{i}", SEQUENCE, YEAR, TYPE, STATE),
    st.builds(lambda n, t, i: f"{n:02d}/{t}-{i}", SEQUENCE, TYPE, STATE),
    st.builds(lambda n, t, i: f"{n:02d}-{t}/{i}", SEQUENCE, TYPE, PARTY),
    st.builds(lambda n, i, u: f"{n:02d}/{i}-{u}", SEQUENCE, STATE, st.sampled_from(["NC", "KSTT", "TH", "VX1"])),
)


@given(NUMBERS)
def test_canonical_form_reads_back_as_itself(canonical: str) -> None:
    number = parse(canonical)
    assert number.canonical == canonical
    assert parse(number.canonical) == number


@given(NUMBERS, st.sampled_from([" / ", "/ ", " /"]), st.sampled_from([" - ", "- ", "–", " – "]))
def test_spaces_and_dashes_change_nothing(canonical: str, slash: str, dash: str) -> None:
    number = parse(canonical.replace("/", slash).replace("-", dash))
    assert number.canonical == canonical


@given(NUMBERS)
def test_letters_without_marks_are_proposed_back(canonical: str) -> None:
    number: Number = parse(canonical.replace("Đ", "D"))
    assert number.canonical == canonical
    assert bool(number.repairs) == ("Đ" in canonical)


@given(st.text(alphabet="0123456789/-. QĐNBUTWCPsố&", max_size=60))
def test_any_text_gives_spans_in_order(text: str) -> None:
    end = 0
    for start, stop, number in find_numbers(text):
        assert end <= start < stop <= len(text)
        assert number.sequence > 0
        end = stop
