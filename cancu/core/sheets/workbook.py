"""The cells of a spreadsheet that somebody sent: .xlsx, .xls, .ods, .xlsb by calamine in a child process with bounds, .csv and
pasted text here. A cell is text, a number or a day (ISO text behind ``DAY``); merged cells hold their value once."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from vanban.read import guard
from vanban.read.guard import UnreadableFile

Cell = str | int | float | None
Cells = list[list[Cell]]

MOST_ROWS, MOST_COLUMNS = 200_000, 200
MEMORY, SECONDS = 1400, 90
DAY = "\x00day:"  # before the ISO form of a cell that Excel itself knows to be a day
_ROOT = Path(__file__).resolve().parents[3]
_BINARY = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def cells_of(data: bytes, name: str) -> Cells:
    """The first sheet that has cells. Raises ValidationError in words that say what to do."""
    if not data.strip():
        raise ValidationError(_("Tệp rỗng. Hãy lưu lại tệp Excel rồi thử lại."))
    found = _by_child(data) if data.startswith(_BINARY) else _csv(data)
    found = _bounded(found)
    if not any(cell not in (None, "") for row in found for cell in row):
        raise ValidationError(_("Tệp “%(name)s” không có ô nào có chữ."), params={"name": name})
    return found


def pasted(words: str) -> Cells:
    """Cells copied in Excel and pasted as text: columns by tabs, rows by lines; a cell with a line break is quoted."""
    return _bounded(_rows(words, "\t"))


def _bounded(cells: Cells) -> Cells:
    if len(cells) > MOST_ROWS:
        raise ValidationError(_("Trang tính dài quá 200.000 dòng. Hãy chia tệp thành nhiều phần."))
    return [row[:MOST_COLUMNS] for row in cells]


def _rows(words: str, delimiter: str) -> Cells:
    try:
        return [list(row) for row in csv.reader(io.StringIO(words), delimiter=delimiter)]
    except csv.Error as error:  # a cell longer than any text of a register, mostly a quote that never closes
        raise ValidationError(_("Không tách được các ô: có ô dài bất thường hoặc dấu ngoặc kép không đóng.")) from error


def _csv(data: bytes) -> Cells:
    from vanban.read.text import decode

    try:
        words = decode(data)
    except UnreadableFile as error:
        raise ValidationError(str(error)) from error
    head = words[:5000]
    delimiter = max(";\t,", key=head.count)
    return _rows(words, delimiter)


def _by_child(data: bytes) -> Cells:
    try:
        if data.startswith(b"PK"):
            package = guard.Package(data)
            if "EncryptedPackage" in package.names:
                raise guard.locked()
        done = subprocess.run([sys.executable, "-m", "cancu.core.sheets.workbook"], input=data, capture_output=True, timeout=2 * SECONDS, cwd=_ROOT, check=False)
    except UnreadableFile as error:
        raise ValidationError(str(error)) from error
    except subprocess.TimeoutExpired as error:
        raise ValidationError(str(guard.too_heavy())) from error
    if done.returncode:
        raise ValidationError(_("Không đọc được bảng tính: tệp hỏng, quá lớn hoặc không phải bảng tính. Hãy mở bằng Excel, lưu lại dạng .xlsx rồi thử lại."))
    answer = json.loads(done.stdout)
    if "error" in answer:
        raise ValidationError(_(answer["error"]))
    return answer["cells"]  # type: ignore[no-any-return]


def _plain(value: Any) -> Cell:
    if isinstance(value, dt.datetime):
        return DAY + value.date().isoformat()
    if isinstance(value, dt.date):
        return DAY + value.isoformat()
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value if isinstance(value, int | float | str) else None if value is None else str(value)


def _read(data: bytes) -> dict[str, Any]:
    import python_calamine as calamine

    try:
        book = calamine.load_workbook(io.BytesIO(data))
    except calamine.PasswordError:
        return {"error": "Tệp có mật khẩu. Hãy bỏ mật khẩu (Tệp › Thông tin › Bảo vệ) rồi thử lại."}
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        if sheet.height > MOST_ROWS:
            return {"error": "Trang tính dài quá 200.000 dòng. Hãy chia tệp thành nhiều phần."}
        rows = sheet.to_python(skip_empty_area=False)
        if any(cell not in ("", None) for row in rows for cell in row):
            return {"cells": [[_plain(cell) for cell in row[:MOST_COLUMNS]] for row in rows]}
    return {"cells": []}


def _child() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY * guard.MiB, MEMORY * guard.MiB))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.write(json.dumps(_read(sys.stdin.buffer.read())))


if __name__ == "__main__":
    os.environ.clear()  # a stranger's file meets no secret
    _child()
