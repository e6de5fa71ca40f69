"""Decree 30/2020/NĐ-CP, Annex I: the measures, as data.

In force from 5 March 2020; no amendment of the annex found up to September 2026. The columns of the header
and footer tables are those of the template file issued with the decree.
"""

from __future__ import annotations

import datetime as dt
from types import MappingProxyType

from vanban.layout.measures import Layout, Range, Style

_12 = Range(12, 12, 12)
_11 = Range(11, 11, 11)
_HEAD = Range(12, 12, 13)  # “SỞ KHOA HỌC VÀ CÔNG NGHỆ” fits its column in 12, not in 13
_SMALL = Range(13, 12, 13)
_MIDDLE = Range(13, 13, 14)
_LARGE = Range(14, 13, 14)
_NUMBER = Range(13, 13, 13)
_INDENT = 12.7

STYLES: dict[str, Style] = {
    "nation": Style("Quốc hiệu", "1", _HEAD, bold=True, upper=True),
    "motto": Style("Tiêu ngữ", "1", _MIDDLE, bold=True),
    "parent": Style("Cơ quan chủ quản", "2", _HEAD, upper=True),
    "issuer": Style("Cơ quan ban hành", "2", _HEAD, bold=True, upper=True),
    "number": Style("Số, ký hiệu", "3", _NUMBER),
    "place_date": Style("Địa danh, ngày tháng", "4", _MIDDLE, italic=True),
    "kind": Style("Tên loại", "5a", _LARGE, bold=True, upper=True, before=18),
    "title": Style("Trích yếu", "5a", _LARGE, bold=True),
    "subject": Style("Trích yếu công văn", "5b", _SMALL, before=6),
    "addressees": Style("Kính gửi", "9a", _LARGE, before=12, after=6),
    "addressee": Style("Nơi kính gửi", "9a", _LARGE, align="left"),
    "ground": Style("Căn cứ", "6", _LARGE, italic=True, align="justify", before=6, indent=_INDENT),
    "body": Style("Nội dung", "6", _LARGE, align="justify", before=6, indent=_INDENT),
    "division": Style("Phần, Chương", "6", _LARGE, bold=True, before=12, outline=1),
    "heading_1": Style("Đề mục cấp 1", "6", _LARGE, bold=True, align="justify", before=12, indent=_INDENT, outline=1),
    "heading_2": Style("Đề mục cấp 2", "6", _LARGE, bold=True, align="justify", before=6, indent=_INDENT, outline=2),
    "heading_3": Style("Đề mục cấp 3", "6", _LARGE, align="justify", before=6, indent=_INDENT, outline=3),
    "heading_4": Style("Đề mục cấp 4", "6", _LARGE, align="justify", before=6, indent=_INDENT, outline=4),
    "caption": Style("Tên bảng", "6", _LARGE, italic=True, before=6, after=3),
    "table_head": Style("Đầu cột", "6", _SMALL, bold=True),
    "table_cell": Style("Ô bảng", "6", _SMALL, align="left"),
    "picture": Style("Hình", "6", _LARGE, before=6),
    "authority": Style("Quyền hạn, chức vụ", "7a", _LARGE, bold=True, upper=True),
    "signer": Style("Họ tên người ký", "7b", _LARGE, bold=True),
    "recipients": Style("Nơi nhận", "9b", _12, bold=True, italic=True, align="left"),
    "recipient": Style("Danh sách nơi nhận", "9b", _11, align="left"),
    "appendix": Style("Phụ lục", "", Range(14, 14, 14), bold=True, outline=1),
    "appendix_title": Style("Tên phụ lục", "", _LARGE, bold=True, upper=True),
    "appendix_note": Style("Kèm theo", "", _LARGE, italic=True, after=12),
    "page_number": Style("Số trang", "", _LARGE),
}

ND30 = Layout(
    code="30/2020/NĐ-CP",
    valid_from=dt.date(2020, 3, 5),
    valid_until=None,
    font="Times New Roman",
    page=(210.0, 297.0),
    top=Range(20, 20, 25),
    bottom=Range(20, 20, 25),
    left=Range(30, 30, 35),
    right=Range(20, 15, 20),
    page_number_from_edge=10.0,
    header_columns=(3829, 5670),
    footer_columns=(3600, 5613),
    line_spacing=Range(1.0, 1.0, 1.5),
    first_indent=Range(12.7, 10.0, 12.7),
    paragraph_gap=Range(6, 6, 12),  # the decree sets the least only
    signature_room=25.0,
    motto_rule=Range(1.0, 1.0, 1.0),
    issuer_rule=Range(0.4, 1 / 3, 1 / 2),
    title_rule=Range(0.4, 1 / 3, 1 / 2),
    nation="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    motto="Độc lập - Tự do - Hạnh phúc",
    own_line=("Phần", "Chương", "Mục", "Tiểu mục"),
    styles=MappingProxyType(STYLES),
)
