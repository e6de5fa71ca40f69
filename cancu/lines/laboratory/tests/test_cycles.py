"""The dated table of cycles: which day a verification ends, by the rule of the day it was done."""

import datetime as dt

import pytest

from cancu.lines.laboratory.cycles import valid_until


@pytest.mark.parametrize(
    ("kind", "performed_on", "expected", "why"),
    [
        ("truck_scale", "2024-03-12", "2025-03-12", "cân ô tô 12 tháng"),
        ("taximeter", "2019-09-14", "2020-09-14", "taximet 12 tháng trước khi sửa đổi"),
        ("taximeter", "2019-09-15", "2021-03-15", "taximet 18 tháng từ ngày sửa đổi"),
        ("spring_scale", "2024-02-29", "2026-02-28", "ngày 29/02 không có ở năm thường"),
        ("steel_tape", "2024-03-12", None, "thước cuộn chỉ kiểm định ban đầu"),
        ("car_charging_meter", "2024-10-14", None, "chưa có trong bảng trước 15/10/2024"),
        ("car_charging_meter", "2024-10-15", "2027-10-15", "trạm sạc ô tô 36 tháng"),
    ],
)
def test_validity_follows_the_table_of_that_day(kind: str, performed_on: str, expected: str | None, why: str) -> None:
    found = valid_until(kind, dt.date.fromisoformat(performed_on))
    assert (str(found) if found else None) == expected, why
