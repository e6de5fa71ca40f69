"""The way of a sheet into a register of radiation licences: tried, mended, written whole or not at all, undone."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cancu.core import codes
from cancu.core.jobs import Job
from cancu.core.line import REGISTERS
from cancu.core.models import Party, Sheet, Unit
from cancu.core.people import Role
from cancu.core.sheets import run
from cancu.core.sheets.run import bring, undo
from cancu.core.sheets.workbook import Brought
from cancu.core.tests.rows import make, person

pytestmark = pytest.mark.django_db
HEADINGS = ["STT", "Số giấy phép", "Cơ sở", "Công việc bức xạ", "Loại cấp", "Ngày cấp", "Hết hạn", "Phí (đồng)"]


@pytest.fixture
def office():
    """A clerk of QLCN, the codes of the line, two facilities."""
    import pathlib

    from django.apps import apps

    codes.load(pathlib.Path(apps.get_app_config("radiation").path) / "codes.yaml")
    clerk = person("cv.qlcn", "QLCN", Role.SPECIALIST)
    for code, name in (("CS-1", "Phòng khám Đông Hà"), ("CS-2", "Bệnh viện Triệu Phong")):
        make("radiation.Facility", code=code, party=make(Party, name=name), owner_unit="QLCN")
    yield clerk
    codes.forget()


def rows(*lines):
    activity, kind = (
        next(iter(codes.labels("radiation.activity").values())),
        next(iter(codes.labels("radiation.licence_kind").values())),
    )
    return [
        ["SỞ KHOA HỌC VÀ CÔNG NGHỆ"],
        ["DANH SÁCH GIẤY PHÉP"],
        HEADINGS,
        *(
            [n, number, facility, activity, kind, issued, expires, fee]
            for n, (number, facility, issued, expires, fee) in enumerate(lines, 1)
        ),
        ["Tổng cộng", len(lines)],
    ]


def brought(clerk, *lines):
    return bring(
        REGISTERS["radiation.licence"],
        "giấy phép 2024.xlsx",
        Brought.of(rows(*lines)),
        clerk,
        Unit.objects.get(code="QLCN"),
    )


def do(name, sheet):
    """What the worker does for one job."""
    task = make(Job, name=name, asked_by=sheet.brought_by, label="x")
    getattr(run, name)(task, sheet.pk)
    sheet.refresh_from_db()
    sheet.forget_cells()
    return sheet


def licences():
    return list(REGISTERS["radiation.licence"].model.objects.order_by("number"))


GOOD = ("12 / GP", "CS-1", "05/02/2024", 46000, "500.000")


def test_a_try_tells_every_bad_cell_and_writes_nothing(office):
    sheet = do(
        "try_out",
        brought(
            office,
            GOOD,
            ("13/GP", "CS-9", "31/02/2024", "04/02/2027", "nhiều"),
            ("14/GP", "CS-2", "05/02/2024", "01/01/2020", 0),
            ("14/GP", "CS-2", "06/02/2024", "01/01/2028", 0),
            ("14/GP", "CS-2", "07/02/2024", "01/01/2028", 0),
        ),
    )
    assert (sheet.found["rows"], sheet.found["new"], sheet.found["bad"]) == (5, 2, 3)
    words = {(line, HEADINGS[place]): said for line, place, said in sheet.errors}
    assert "không có cơ sở bức xạ “CS-9”" in words[4, "Cơ sở"]
    assert "“31/02/2024” không phải một ngày" in words[4, "Ngày cấp"]
    assert "“nhiều” không phải là số" in words[4, "Phí (đồng)"]
    assert "Ngày kết thúc phải từ ngày bắt đầu trở đi" in words[5, "Số giấy phép"]
    assert "Số giấy phép này đã dùng trong năm" in words[7, "Số giấy phép"]
    assert licences() == []


def test_a_cell_is_mended_and_the_rows_are_written_as_unconfirmed(office):
    sheet = do("try_out", brought(office, GOOD, ("13/GP", "CS-9", "06/02/2024", "04/02/2027", 0)))
    sheet.mended = {"4": {"2": "benh vien trieu phong"}}
    sheet.save()
    sheet.forget_cells()
    sheet = do("write", do("try_out", sheet))
    first, second = licences()
    assert (first.number, first.issued_on, first.expires_on, first.fee, first.state, first.confirmed_at) == (
        "12/GP",
        dt.date(2024, 2, 5),
        dt.date(2025, 12, 9),
        500000,
        "draft",
        None,
    )
    assert (second.facility.code, second.entered_by, second.owner_unit.code) == ("CS-2", office, "QLCN")
    assert first.history.get().pgh_context.metadata["sheet"] == sheet.pk


def test_rows_known_already_are_changed_only_where_they_differ_and_never_when_confirmed(office):
    make(
        "radiation.Licence",
        number="12/GP",
        facility="CS-1",
        issued_on="2024-02-05",
        expires_on="2027-02-04",
        fee=1,
        owner_unit="QLCN",
        confirmed_by=None,
    )
    make(
        "radiation.Licence",
        number="13/GP",
        facility="CS-1",
        issued_on="2024-02-06",
        expires_on="2027-02-04",
        fee=1,
        owner_unit="QLCN",
    )
    sheet = brought(
        office, ("12/GP", "CS-1", "05/02/2024", "04/02/2027", 999), ("13/GP", "CS-1", "06/02/2024", "04/02/2027", 999)
    )
    sheet.mapping = {
        "1": "number",
        "7": "fee",
        "2": "facility",
        "3": "activity",
        "4": "kind",
        "5": "issued_on",
        "6": "expires_on",
    }
    sheet.save()
    sheet = do("try_out", sheet)
    assert (sheet.found["changed"], sheet.found["bad"], sheet.found["new"]) == (1, 1, 0)
    assert sheet.found["changes"][0][2]["fee"] == ["1", "999"]
    assert "đã xác nhận nên không ghi đè" in sheet.errors[0][2]
    do("write", sheet)
    assert [row.fee for row in licences()] == [999, 1]


def test_a_sheet_is_undone_whole(office):
    old = make(
        "radiation.Licence",
        number="13/GP",
        facility="CS-1",
        issued_on="2024-02-06",
        expires_on="2027-02-04",
        fee=1,
        owner_unit="QLCN",
        confirmed_by=None,
    )
    sheet = do("write", do("try_out", brought(office, GOOD, ("13/GP", "CS-1", "06/02/2024", "05/02/2027", 7))))
    assert len(licences()) == 2
    assert undo(sheet, office) == 2
    (left,) = licences()
    assert (left.pk, left.fee, left.expires_on) == (old.pk, 1, dt.date(2027, 2, 4))
    with pytest.raises(ValidationError, match="đã hủy"):
        undo(sheet, office)


def test_a_sheet_whose_rows_were_confirmed_since_is_not_undone(office):
    sheet = do("write", do("try_out", brought(office, GOOD)))
    head = person("tr.qlcn", "QLCN", Role.UNIT_HEAD)
    licences()[0].confirm(head)
    with pytest.raises(ValidationError, match=r"1 dòng đã xác nhận.*12/GP"):
        undo(sheet, office)
    assert len(licences()) == 1


def test_the_columns_of_the_last_sheet_with_these_headings_are_remembered(office):
    first = brought(office, GOOD)
    first.mapping = {**first.mapping, "0": "note"}
    first.save()
    do("write", do("try_out", first))
    assert brought(office, ("15/GP", "CS-1", "08/02/2024", 46000, 0)).mapping["0"] == "note"


def test_a_missing_required_column_is_named(office):
    sheet = brought(office, GOOD)
    sheet.mapping = {"1": "number"}
    sheet.save()
    with pytest.raises(ValidationError, match=r"Cơ sở.*Ngày cấp"):
        do("try_out", sheet)


def test_who_does_not_work_in_the_unit_brings_nothing(office):
    other = person("cv.qlkh", "QLKH", Role.SPECIALIST)
    with pytest.raises(PermissionDenied):
        bring(REGISTERS["radiation.licence"], "x", Brought.of(rows(GOOD)), other, Unit.objects.get(code="QLCN"))
    assert not Sheet.objects.exists()


def test_a_sheet_is_written_once(office):
    sheet = do("write", do("try_out", brought(office, GOOD)))
    with pytest.raises(ValidationError, match="chạy thử"):
        do("write", sheet)
    assert len(licences()) == 1


def test_a_worker_that_has_just_begun_knows_no_code_list_and_still_writes(office):
    sheet = brought(office, GOOD)
    codes.forget()
    assert do("try_out", sheet).found["new"] == 1


def test_a_number_of_another_year_is_another_licence(office):
    old = make(
        "radiation.Licence",
        number="12/GP",
        facility="CS-2",
        issued_on="2023-02-05",
        expires_on="2026-02-04",
        fee=1,
        owner_unit="QLCN",
        confirmed_by=None,
    )
    do("write", do("try_out", brought(office, GOOD)))
    old.refresh_from_db()
    assert (old.fee, [row.issued_on.year for row in licences()]) == (1, [2023, 2024])


def test_a_try_asked_late_does_not_take_the_way_back_from_what_was_written(office):
    sheet = do("write", do("try_out", brought(office, GOOD)))
    with pytest.raises(ValidationError, match="đã ghi vào sổ"):
        do("try_out", sheet)
    assert undo(sheet, office) == 1


def test_rows_that_others_lean_on_are_not_undone(office):
    sheet = do("write", do("try_out", brought(office, GOOD)))
    make(
        "radiation.Licence",
        number="99/GP",
        facility="CS-1",
        issued_on="2026-02-05",
        expires_on="2029-02-04",
        previous=licences()[0],
        owner_unit="QLCN",
    )
    with pytest.raises(ValidationError, match="giấy phép bức xạ gắn với"):
        undo(sheet, office)
    assert len(licences()) == 2


def test_what_the_try_read_serves_the_write(office):
    sheet = do("try_out", brought(office, GOOD))
    Sheet.objects.filter(pk=sheet.pk).update(packed=b"")  # nobody reads the cells again
    do("write", Sheet.objects.get(pk=sheet.pk))
    assert [row.number for row in licences()] == ["12/GP"]


def test_a_row_whose_facility_has_another_code_since_the_try_is_refused_not_hung_on_it(office):
    sheet = do("try_out", brought(office, GOOD, ("13/GP", "CS-2", "06/02/2024", "04/02/2027", 0)))
    REGISTERS["radiation.facility"].model.objects.filter(code="CS-1").update(code="CS-9")
    sheet = do("write", sheet)
    assert ([row.number for row in licences()], sheet.found["bad"]) == (["13/GP"], 1)
