"""Real .xlsx files as offices have them: titles, merged cells, old fonts, days in every shape, numbers with spaces."""

from __future__ import annotations

import datetime as dt
import io
import unicodedata

import pytest
import xlsxwriter

from cancu.core import codes
from cancu.core.jobs import Job
from cancu.core.line import REGISTERS
from cancu.core.models import Party, Sheet, Unit
from cancu.core.people import Role
from cancu.core.sheets import run
from cancu.core.sheets.fonts import turned
from cancu.core.sheets.workbook import cells_of
from cancu.core.tests.rows import make, person
from vanban.read.text import _TCVN3, _VNI_MARKS, _VNI_SINGLE

pytestmark = pytest.mark.django_db
_TO_TCVN3 = {ord(letter): chr(code) for code, letter in _TCVN3.items()}


def tcvn3(words: str) -> str:
    """As .VnTime has it; its capitals stand in a font of their own, so case goes."""
    return words if words.isascii() else words.lower().translate(_TO_TCVN3)


def vni(words: str) -> str:
    """As VNI-Times has it: a base letter, then a letter that stands for its marks."""
    return "".join(map(_vni_letter, words))


def _vni_letter(letter: str) -> str:
    own = {right: sign for sign, right in _VNI_SINGLE.items()}
    marks = {unicodedata.normalize("NFC", right): sign for sign, right in _VNI_MARKS.items()}
    apart = unicodedata.normalize("NFD", letter.lower())
    found = own.get(letter.lower())
    for cut in range(1, len(apart)):
        base, tail = unicodedata.normalize("NFC", apart[:cut]), unicodedata.normalize("NFC", apart[cut:])
        if found is None and tail in marks and (base.isascii() or base in own):
            found = own.get(base, base) + marks[tail]
    found = found or letter.lower()
    return found.upper() if letter.isupper() else found


@pytest.fixture
def clerk():
    import pathlib

    from django.apps import apps

    codes.load(pathlib.Path(apps.get_app_config("radiation").path) / "codes.yaml")
    made = person("cv.qlcn", "QLCN", Role.SPECIALIST)
    for code, name in (("CS-1", "Phòng khám Đông Hà"), ("CS-2", "Bệnh viện Triệu Phong")):
        make("radiation.Facility", code=code, party=make(Party, name=name), owner_unit="QLCN")
    yield made
    codes.forget()


def licences():
    return [
        (x.number, x.facility.code, x.issued_on, x.expires_on, x.note)
        for x in REGISTERS["radiation.licence"].model.objects.order_by("number")
    ]


def brought(clerk, book: bytes) -> Sheet:
    """The file brought, its columns guessed, tried and written."""
    sheet = run.bring(
        REGISTERS["radiation.licence"], "so.xlsx", cells_of(book, "so.xlsx"), clerk, Unit.objects.get(code="QLCN")
    )
    for name in ("try_out", "write"):
        getattr(run, name)(make(Job, name=name, asked_by=clerk, label="x"), sheet.pk)
    return Sheet.objects.get(pk=sheet.pk)


HEADINGS = (
    "STT",
    "Số giấy phép",
    "Cơ sở",
    "Công việc bức xạ",
    "Loại cấp",
    "Ngày cấp",
    "Hết hạn",
    "Phí (đồng)",
    "Ghi chú",
)
NOTE = "Đã nộp đủ hồ sơ, chờ thẩm định tại cơ sở"


def written(rows, *, font=str, titles=("SỞ KHOA HỌC VÀ CÔNG NGHỆ", "DANH SÁCH GIẤY PHÉP NĂM 2024"), merge=()) -> bytes:
    """Titles merged over the table, headings, rows (days as they are given), a total and signatures below."""
    activity, kind = (
        next(iter(codes.labels("radiation.activity").values())),
        next(iter(codes.labels("radiation.licence_kind").values())),
    )
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    page, day = book.add_worksheet("Sổ"), book.add_format({"num_format": "dd/mm/yyyy"})
    for at, title in enumerate(titles):
        page.merge_range(at, 0, at, len(HEADINGS) - 1, font(title))
    page.write_row(len(titles) + 1, 0, [font(h) for h in HEADINGS])
    first = len(titles) + 2
    for n, (number, facility, issued, expires) in enumerate(rows):
        page.write_row(first + n, 0, [n + 1, number, font(facility), font(activity), font(kind)])
        for at, value in ((5, issued), (6, expires)):
            page.write_datetime(first + n, at, value, day) if isinstance(value, dt.date) else page.write(
                first + n, at, value
            )
        page.write_row(first + n, 7, [500_000, font(NOTE)])
    for place, top, bottom, value in merge:
        page.merge_range(first + top, place, first + bottom, place, value)
    page.write(first + len(rows), 0, font("Tổng cộng"))
    page.write(first + len(rows) + 2, 8, font("Người lập biểu"))
    book.close()
    return file.getvalue()


ROWS = [
    ("Số 12 / GP", "CS-1", dt.date(2024, 2, 5), dt.date(2027, 2, 4)),
    (" 13/GP ", "Phòng khám Đông Hà", 45328, "05/02/2027"),
    ("số 14/GP", "bệnh viện Triệu Phong", "7.2.24", 46425),
]
READ = [
    ("12/GP", "CS-1", dt.date(2024, 2, 5), dt.date(2027, 2, 4)),
    ("13/GP", "CS-1", dt.date(2024, 2, 6), dt.date(2027, 2, 5)),
    ("14/GP", "CS-2", dt.date(2024, 2, 7), dt.date(2027, 2, 7)),
]


def test_titles_merged_cells_and_days_of_every_shape_are_read(clerk):
    sheet = brought(clerk, written(ROWS))
    assert (sheet.errors, sheet.turned) == ([], {})
    assert licences() == [(*row, NOTE) for row in READ]


@pytest.mark.parametrize(("font", "encoding", "note"), [(tcvn3, "tcvn3", NOTE.lower()), (vni, "vni", NOTE)])
def test_a_book_in_an_old_font_is_read_as_unicode_and_says_so(clerk, font, encoding, note):
    sheet = brought(clerk, written(ROWS, font=font))
    assert sheet.errors == []
    assert licences() == [(*row, note) for row in READ]
    assert sheet.turned["encoding"] == encoding and sheet.turned["cells"] > 20


def test_a_value_merged_over_several_rows_is_that_of_each(clerk):
    rows = [(f"{n}/GP", "", "05/02/2024", "04/02/2027") for n in (1, 2, 3)]
    sheet = brought(clerk, written(rows, merge=[(2, 0, 1, "CS-1")]))
    assert [(number, facility) for number, facility, *_more in licences()] == [("1/GP", "CS-1"), ("2/GP", "CS-1")]
    assert ["bỏ trống" in words for _line, _place, words in sheet.errors] == [True]


def test_unicode_beside_an_old_font_stays_as_it_is():
    cells = [
        ["Tên", "Nơi"],
        [tcvn3("Giấy phép sử dụng thiết bị"), "Hà Nam"],
        ["Đã kiểm tra, xã Hòa", "Hà Giang"],
        [tcvn3("Chưa có kết quả kiểm định"), "Lào"],
        ["Xã Gio", "Lào"],
    ]
    assert turned(cells) == {"encoding": "tcvn3", "cells": 2}
    assert cells[1:] == [
        ["giấy phép sử dụng thiết bị", "Hà Nam"],
        ["Đã kiểm tra, xã Hòa", "Hà Giang"],
        ["chưa có kết quả kiểm định", "Lào"],
        ["Xã Gio", "Lào"],
    ]


@pytest.mark.parametrize(
    "words", ["Müller & Söhne GmbH", "12 m² × 3,5 µg", "Bệnh viện Đa khoa", "Siemens Élysée", "Hà Nam", "50 °C"]
)
def test_unicode_is_never_taken_for_an_old_font(words):
    cells = [["Tên"], [words]]
    assert turned(cells) == {}
    assert cells == [["Tên"], [words]]


def test_a_number_that_its_column_cannot_hold_is_an_error_of_its_cell(clerk):
    sheet = run.bring(
        REGISTERS["radiation.device"],
        "x",
        cells_of(
            "Cơ sở;Loại thiết bị;Số seri;Ngày khai báo;Năm sản xuất\nCS-1;{};SR-1;05/02/2024;{}".format(
                next(iter(codes.labels("radiation.device_kind").values())), 10**6
            ).encode(),
            "x.csv",
        ),
        clerk,
        Unit.objects.get(code="QLCN"),
    )
    run.try_out(make(Job, name="x", asked_by=clerk, label="x"), sheet.pk)
    sheet.refresh_from_db()
    assert [(line, place) for line, place, _words in sheet.errors] == [(1, 4)]
