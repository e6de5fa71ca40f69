"""The foot of a document: the signature block and the recipients, in whichever order extraction leaves them."""

from __future__ import annotations

import re

from vanban.document import Signature
from vanban.outline.lines import Line, columns

_PREFIX = re.compile(r"^(?:(?:TM|KT|TL|TUQ|Q)\s?\.|(?:TM|KT|TL|TUQ|T/M|K/T|T/L)\s)\s{0,3}\w")
_POST = re.compile(
    r"^(?:PHÓ |QUYỀN )?(?:CHỦ TỊCH|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|CỤC TRƯỞNG|CHI CỤC TRƯỞNG|TỔNG CỤC TRƯỞNG|BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG|CHÁNH|TRƯỞNG|"
    r"BÍ THƯ|THƯỜNG TRỰC|VIỆN TRƯỞNG|HIỆU TRƯỞNG|VỤ TRƯỞNG|TỔNG THANH TRA|ỦY VIÊN|UỶ VIÊN|THỐNG ĐỐC|CHỦ NHIỆM|TỔNG|ĐẠI TÁ|PHÓ)"
)
_NAME = re.compile(
    r"^(?:(?:GS|PGS|TS|ThS|BS|KS|CN|Đại tá|Thượng tá|Thiếu tướng|Trung tướng)\.?\s?){0,3}"
    r"[A-ZĐÀ-Ỹ][^\W\d_]{0,7}(?:\s[A-ZĐÀ-Ỹ][^\W\d_]{0,7}){1,5}$"
)
_RECIPIENTS = re.compile(r"^N[ơƠ][iI]\s?(?:nhận|NHẬN)\s*:?\s*(?P<rest>.*)")
_ITEM = re.compile(r"^(?:[-–+•*]|\d{1,2}[.)])\s*(?P<item>\S.*)")
_ANNEX = re.compile(r"^(?:PHỤ LỤC|Phụ lục|BIỂU MẪU|DANH MỤC|MẪU SỐ)\b")
_ATTACHED = re.compile(
    r"CHIẾN LƯỢC|QUY CHẾ|QUY ĐỊNH|CHƯƠNG TRÌNH|KẾ HOẠCH|ĐỀ ÁN|DANH SÁCH|NỘI QUY|ĐIỀU LỆ|PHƯƠNG ÁN|QUY TRÌNH|HƯỚNG DẪN|DỰ TOÁN|QUY HOẠCH|THUYẾT MINH"
)
_FOOT_LINES = 90


def foot_start(lines: list[Line], body: int) -> int:
    """Index of the first line of the foot: the recipients' word or the line of authority, whichever is first;
    ``len(lines)`` where the document has none. Annexes may follow the foot."""
    notes = [index for index in range(body, len(lines)) if _is_recipients(lines[index])]
    anchor = notes[-1] if notes else -1
    if anchor < 0:
        signed = [
            i
            for i in range(body, len(lines))
            if any(_PREFIX.match(part.text) and part.upper for part in columns(lines[i]))
        ]
        return signed[-1] if signed and len(lines) - signed[-1] < _FOOT_LINES else len(lines)
    start = anchor
    while start - 1 > body and anchor - start < 12 and _belongs_to_foot(lines[start - 1]):
        start -= 1
    if start < anchor and not any(_is_authority(line) for line in lines[start:anchor]):
        start = anchor
    return start


def _is_recipients(line: Line) -> bool:
    return any(_RECIPIENTS.match(part.text) for part in columns(line))


def _is_authority(line: Line) -> bool:
    return line.upper and bool(_PREFIX.match(line.text) or _POST.match(line.text))


def _belongs_to_foot(line: Line) -> bool:
    return _is_authority(line) or bool(_NAME.match(line.text)) or line.text.startswith("(")


def read_foot(lines: list[Line], start: int) -> tuple[Signature, tuple[str, ...], int]:
    """(signature, recipients, index of the line after the foot)."""
    authority: list[str] = []
    names: list[str] = []
    recipients: list[str] = []
    listing = False
    end = start
    for end in range(start, len(lines)):
        if (_opens_annex(lines[end], bool(names)) and end > start) or lines[end].block is not None:
            break
        for part in columns(lines[end]):
            note = _RECIPIENTS.match(part.text)
            item = _ITEM.match(part.text)
            if note:
                listing = True
                recipients += [note["rest"]] if note["rest"] else []
            elif part.upper and (
                _PREFIX.match(part.text) or _POST.match(part.text) or (authority and not names and not item)
            ):
                authority.append(part.text)
            elif _NAME.match(part.text) and authority:
                names.append(part.text)
            elif item and listing:
                recipients.append(item["item"])
            elif listing and recipients and part.text[:1].islower():
                recipients[-1] += " " + part.text
            elif authority and names and end > start + 2 and not item:
                return _signed(authority, names), _cleaned(recipients), end
    else:
        end = len(lines)
    return _signed(authority, names), _cleaned(recipients), end


def _opens_annex(line: Line, signed: bool) -> bool:
    """Whether an annex begins: by its word, or, once a name has signed, by the type of what is attached (“CHIẾN LƯỢC”)."""
    return bool(_ANNEX.match(line.text)) or (signed and bool(_ATTACHED.fullmatch(line.text.strip(" *"))))


def _signed(authority: list[str], names: list[str]) -> Signature:
    return Signature(tuple(authority), names[-1] if names else "")


def _cleaned(recipients: list[str]) -> tuple[str, ...]:
    """Without end marks; several on one line (“UBND tỉnh; Lưu: VT”) parted."""
    parts = [part.strip() for item in recipients for part in item.split(";")]
    return tuple(part.rstrip(".,").strip() for part in parts if part.strip(" .,"))
