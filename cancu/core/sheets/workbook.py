"""The cells of a spreadsheet that somebody sent: .xlsx, .xls, .ods, .xlsb by calamine in a child process with bounds, .csv and
pasted text here. Words in an old font are turned into Unicode as they come in (``fonts``)."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import resource
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cancu.core.sheets.cells import DAY, Cell, Cells, pack, unpack
from cancu.core.sheets.fonts import turned
from vanban.read import guard
from vanban.read.guard import UnreadableFile

MOST_ROWS, MOST_COLUMNS = 200_000, 200
MEMORY, SECONDS = 1400, 90
HEAD = 60  # rows by which headings are looked for
_ROOT = Path(__file__).resolve().parents[3]
_BINARY = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True)
class Brought:
    """A sheet as it came: its first rows to look at, all of them packed (``cells`` unpacks), which cells were turned from
    an old font. A sheet that a child process read stays packed in this one."""

    head: Cells
    packed: bytes
    turned: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, cells: Cells) -> Brought:
        found = turned(cells)
        return cls(cells[:HEAD], pack(cells), found)

    @property
    def cells(self) -> Cells:
        return unpack(self.packed)


def cells_of(data: bytes, name: str) -> Brought:
    """The first sheet that has cells. Raises ValidationError in words that say what to do."""
    if not data.strip():
        raise ValidationError(_("Tệp rỗng. Hãy lưu lại tệp Excel rồi thử lại."))
    found = _by_child(data) if data.startswith(_BINARY) else _brought(_csv(data))
    if not found.head:
        raise ValidationError(_("Tệp “%(name)s” không có ô nào có chữ."), params={"name": name})
    return found


def pasted(words: str) -> Brought:
    """Cells copied in Excel and pasted as text: columns by tabs, rows by lines; a cell with a line break is quoted."""
    return _brought(_rows(words, "\t"))


def _brought(cells: Cells) -> Brought:
    if len(cells) > MOST_ROWS:
        raise ValidationError(_("Trang tính dài quá 200.000 dòng. Hãy chia tệp thành nhiều phần."))
    some = any(cell not in (None, "") for row in cells for cell in row)
    return Brought.of([row[:MOST_COLUMNS] for row in cells] if some else [])


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


def _by_child(data: bytes) -> Brought:
    try:
        if data.startswith(b"PK"):
            package = guard.Package(data)
            if "EncryptedPackage" in package.names:
                raise guard.locked()
        done = subprocess.run(
            [sys.executable, "-m", "cancu.core.sheets.workbook"],
            input=data,
            capture_output=True,
            timeout=2 * SECONDS,
            cwd=_ROOT,
            check=False,
        )
    except UnreadableFile as error:
        raise ValidationError(str(error)) from error
    except subprocess.TimeoutExpired as error:
        raise ValidationError(str(guard.too_heavy())) from error
    if done.returncode:
        raise ValidationError(
            _(
                "Không đọc được bảng tính: tệp hỏng, quá lớn hoặc không phải bảng tính. Hãy mở bằng Excel, lưu lại dạng .xlsx rồi thử lại."
            )
        )
    said, _end, packed = done.stdout.partition(b"\n")
    answer = json.loads(said)
    if "error" in answer:
        raise ValidationError(_(answer["error"]))
    return Brought(answer["head"], packed, answer["turned"])


def _plain(value: Any) -> Cell:
    kind = type(value)
    if kind is str:  # nearly every cell
        return value  # type: ignore[no-any-return]
    if kind is float:
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, dt.datetime):
        return DAY + value.date().isoformat()
    if isinstance(value, dt.date):
        return DAY + value.isoformat()
    if isinstance(value, bool):
        return "có" if value else "không"
    return value if isinstance(value, int) else None if value is None else str(value)


class _Refused(Exception):  # noqa: N818
    """What the child tells the person who sent the file."""


def _read(data: bytes) -> Brought:
    """The first sheet with cells."""
    import python_calamine as calamine

    try:
        book = calamine.load_workbook(io.BytesIO(data))
    except calamine.PasswordError:
        raise _Refused("Tệp có mật khẩu. Hãy bỏ mật khẩu (Tệp › Thông tin › Bảo vệ) rồi thử lại.") from None
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        if sheet.height > MOST_ROWS:
            raise _Refused("Trang tính dài quá 200.000 dòng. Hãy chia tệp thành nhiều phần.")
        rows = sheet.to_python(skip_empty_area=False)
        if any(cell not in ("", None) for row in rows for cell in row):
            for row in rows:
                row[:] = map(_plain, row[:MOST_COLUMNS])  # in place: a long sheet is held once
            _repeat_downwards(rows, sheet.merged_cell_ranges or [])
            return Brought.of(rows)
    return Brought([], b"")


def _repeat_downwards(rows: Cells, merged: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """A cell merged over several rows holds for each of them; over several columns only for the first."""
    for (top, left), (bottom, _right) in merged:
        if left < MOST_COLUMNS:
            for row in rows[top + 1 : bottom + 1]:
                if left < len(row) and row[left] in ("", None):
                    row[left] = rows[top][left]


def _child() -> None:
    """One line of JSON (head, turned; or error), then the packed cells."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY * guard.MiB, MEMORY * guard.MiB))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        found = _read(sys.stdin.buffer.read())
        said, packed = {"head": found.head, "turned": found.turned}, found.packed
    except _Refused as error:
        said, packed = {"error": str(error)}, b""
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + packed)


if __name__ == "__main__":
    os.environ.clear()  # a stranger's file meets no secret
    _child()
