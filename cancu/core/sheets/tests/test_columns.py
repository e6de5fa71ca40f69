"""Cells as offices have them → the value that is written, or why it is refused; headings as offices have them → the field."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from cancu.core.sheets.cells import DAY
from cancu.core.sheets.columns import Column, day_of, guess, key_of, number_of, tidy
from cancu.core.sheets.header import find, is_data


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (DAY + "2024-02-05", dt.date(2024, 2, 5)),
        (45327, dt.date(2024, 2, 5)),
        (45327.0, dt.date(2024, 2, 5)),
        ("45327", dt.date(2024, 2, 5)),
        ("05/02/2024", dt.date(2024, 2, 5)),
        ("5.2.24", dt.date(2024, 2, 5)),
        ("05/02/99", dt.date(1999, 2, 5)),
        ("05-02-2024 00:00:00", dt.date(2024, 2, 5)),
        ("2024-02-05T00:00:00", dt.date(2024, 2, 5)),
        (" 05 / 02 / 2024 ", dt.date(2024, 2, 5)),
        ("05/02/2024 (đã cấp lại)", dt.date(2024, 2, 5)),
        ("05022024", dt.date(2024, 2, 5)),
    ],
)
def test_a_day_is_read_in_every_shape(cell, day):
    assert day_of(cell) == day


@pytest.mark.parametrize("cell", ["31/02/2024", "hôm qua", 7, "2024", "Quý II", "05/02/1024"])
def test_what_is_no_day_is_refused(cell):
    with pytest.raises(ValidationError, match="không phải một ngày"):
        day_of(cell)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1.234,5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1234.5", "1234.5"),
        ("0,25", "0.25"),
        (1234.5, "1234.5"),
        ("1 234", "1234"),
        ("12", "12"),
        ("-3,2", "-3.2"),
        ("0.125", "0.125"),
        ("-0.500", "-0.500"),
    ],
)
def test_a_number_is_read_as_vietnamese_write_it(cell, value):
    assert number_of(cell, tidy(cell)) == Decimal(value)


@pytest.mark.parametrize("cell", ["mười", "1.2.3,4,5", "12 cái", "NaN", "Infinity"])
def test_what_is_no_number_is_refused(cell):
    with pytest.raises(ValidationError, match="không phải là số"):
        number_of(cell, tidy(cell))


def test_an_english_number_is_asked_about_not_misread():
    with pytest.raises(ValidationError, match="lẫn hai kiểu"):
        number_of("1,234.5", "1,234.5")


def test_two_spellings_of_a_number_are_one_key():
    assert {key_of(w) for w in ("12/GP-SKHCN", "Số 12/GP-SKHCN", "12 / GP - SKHCN", "số  12/gp-skhcn")} == {
        "12/gp-skhcn"
    }


class Named:
    """A field that only has a name."""

    def __init__(self, name: str) -> None:
        self.name = name


COLUMNS = [
    Column(Named("number"), ("Số giấy phép", "Số GP")),
    Column(Named("facility"), ("Cơ sở",)),
    Column(Named("issued_on"), ("Ngày cấp",)),
    Column(Named("note"), ("Ghi chú",)),
]


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (("STT", "Số giấy phép", "Cơ sở", "Ngày cấp"), {1: "number", 2: "facility", 3: "issued_on"}),
        (("so giay phep", "CƠ SỞ", "Ngày  cấp:"), {0: "number", 1: "facility", 2: "issued_on"}),
        (("Số GP", "Ngày cấpp", "Ghi chu"), {0: "number", 1: "issued_on", 2: "note"}),
        (("Họ tên", "Địa chỉ"), {}),
    ],
)
def test_headings_are_known_without_accents_case_and_small_slips(headings, fields):
    assert guess(headings, COLUMNS) == fields


def test_the_table_is_found_below_titles_and_above_totals():
    cells = [
        ["SỞ KHOA HỌC VÀ CÔNG NGHỆ", None, None, None],
        [None],
        ["DANH SÁCH GIẤY PHÉP NĂM 2024", "", "", ""],
        ["STT", "Số giấy phép", "Cơ sở", "Ngày cấp"],
        ["(1)", "(2)", "(3)", "(4)"],
        [1, "1/GP", "Phòng khám A", "05/02/2024"],
        [2, "2/GP", "Phòng khám B", "06/02/2024"],
        ["Tổng cộng", "2", "", ""],
        ["", "", "", "Người lập biểu"],
    ]
    header = find(cells, COLUMNS)
    assert (header.row, header.first, header.headings[1]) == (3, 5, "Số giấy phép")
    assert [n for n in range(header.first, len(cells)) if is_data(cells[n])] == [5, 6]


def test_headings_in_two_rows_under_a_merged_cell_are_read_together():
    cells = [["STT", "Giấy phép", "", "Cơ sở"], ["", "Số giấy phép", "Ngày cấp", ""], [1, "1/GP", "05/02/2024", "A"]]
    header = find(
        cells,
        [
            Column(Named("number"), ("Giấy phép Số giấy phép", "Số giấy phép")),
            Column(Named("issued_on"), ("Giấy phép Ngày cấp",)),
            Column(Named("facility"), ("Cơ sở",)),
        ],
    )
    assert (header.first, header.headings) == (2, ("STT", "Giấy phép Số giấy phép", "Giấy phép Ngày cấp", "Cơ sở"))
