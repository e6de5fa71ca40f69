"""Papers that arrive, for the tests: what each says, and the file that says it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from cancu.core import codes
from cancu.core.models import UnitName
from cancu.core.people import Role
from cancu.core.tests.rows import make, person
from cancu.documents.models import Issuer
from vanban.document import Document, Header, Paragraph, Signature, Text


def office() -> dict[str, Any]:
    """Văn thư of the office, the code list, and the issuers that a department hears from."""
    for name in ("documents", "programme"):
        codes.load(Path(__file__).parents[2] / name / "codes.yaml")
    for code, name, level, symbol, first, last in (
        ("UBND", "UBND tỉnh Quảng Trị", "province_committee", "UBND", "1989-07-01", "2025-06-30"),
        ("UBND-2025", "UBND tỉnh Quảng Trị", "province_committee", "UBND", "2025-07-01", None),
        ("BCSD", "Ban Cán sự đảng UBND tỉnh Quảng Trị", "province_party", "BCSĐ", "1992-01-01", "2025-02-28"),
        ("BCT", "Bộ Chính trị", "central_party", "TW", "1930-02-03", None),
        ("TU", "Tỉnh ủy Quảng Trị", "province_party", "TU", "1989-07-01", "2025-06-30"),
        ("TTG", "Thủ tướng Chính phủ", "central_state", "TTg", "1992-04-15", None),
        ("BKHCN", "Bộ Khoa học và Công nghệ", "central_state", "BKHCN", "2002-08-05", None),
    ):
        make(Issuer, code=code, name=name, level=level, symbol=symbol, valid_from=first, valid_until=last)
    for code, words, parent in (
        ("SKHCN", "Sở Khoa học và Công nghệ tỉnh Quảng Trị", None),
        ("VP", "Văn phòng Sở", "SKHCN"),
        ("QLCN", "Phòng Quản lý công nghệ", "SKHCN"),
    ):
        make(UnitName, unit=code, name=words, short_name=words[:60], parent=parent, valid_from="2003-01-01")
    return {"clerk": person("vanthu", "VP", Role.CLERK)}


def paragraph(words: str) -> Paragraph:
    return Paragraph((Text(words),))


def letter(**changes: Any) -> Document:
    """Letter 4986/UBND-NC of the sample, as it may have read."""
    header = {
        "parent": "",
        "issuer": "ỦY BAN NHÂN DÂN TỈNH QUẢNG TRỊ",
        "number": "4986",
        "symbol": "UBND-NC",
        "place": "Quảng Trị",
        "date": dt.date(2024, 11, 11),
        "kind": "",
        "title": "báo cáo kết quả thực hiện Chương trình công tác năm 2024",
    } | changes
    return Document(
        Header(**header),
        ("Sở Khoa học và Công nghệ",),
        (),
        (
            paragraph(
                "Thực hiện Chương trình số 03-CTr/BCSĐ ngày 02/01/2024 của Ban Cán sự đảng UBND tỉnh về Chương trình công tác năm 2024, UBND tỉnh yêu cầu "
                "Sở Khoa học và Công nghệ báo cáo kết quả, gửi về UBND tỉnh trước ngày 20/11/2024."
            ),
            paragraph("Giao Sở Khoa học và Công nghệ tổng hợp đề xuất nhiệm vụ năm 2025."),
        ),
        Signature(("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Nguyễn Văn Bình"),
        ("Như trên", "Lưu: VT, NC"),
    )
