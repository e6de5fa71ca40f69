"""Word 97–2003 (.doc) → Document: the text through the piece table, as the format's public description
([MS-DOC]) gives it. Styles and pictures are not read."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator

from vanban.document import Cell, Document, Paragraph, Table, Text, joined
from vanban.read.guard import UnreadableFile, damaged, locked
from vanban.read.lines import Line, line, places_only, recognised
from vanban.translation import _

_WORD = 0xA5EC
_ENCRYPTED, _TABLE_1 = 0x0100, 0x0200
_CLX = 0x01A2  # place of fcClx in the file information block
_CODES = re.compile("\x13[^\x13\x14\x15]*(?:\x14([^\x13\x14\x15]*))?\x15")  # field: code, then what it shows
_SIGNS = str.maketrans(
    {
        "\x0b": "\n",
        "\x1e": "-",
        "\x1f": None,
        "\xa0": " ",
        "\x0c": "\r",
        "\x0e": "\r",
        **dict.fromkeys("\x01\x02\x05\x08\x13\x14\x15"),
    }
)
_LARGEST_TEXT = 50_000_000
_FIELD_DEPTH = 8
_MOST_COLUMNS = 63  # what Word allows


def doc(data: bytes) -> Document:
    """The document in a .doc file."""
    import olefile  # type: ignore[import-untyped]

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            if file.exists("EncryptedPackage"):
                raise locked()
            if not file.exists("WordDocument"):
                raise UnreadableFile(
                    _("Đây là tệp Office cũ nhưng không phải văn bản Word. Hãy chọn tệp .doc hoặc .docx.")
                )
            main = file.openstream("WordDocument").read()
            table = file.openstream(_table_name(main)).read()
    except UnreadableFile:
        raise
    except Exception as error:  # olefile raises many kinds on a damaged file
        raise damaged() from error
    try:
        return recognised(list(_lines(_text(main, table))))
    except struct.error as error:
        raise damaged() from error


def _table_name(main: bytes) -> str:
    if len(main) < _CLX + 8 or struct.unpack_from("<H", main, 0)[0] != _WORD:
        raise UnreadableFile(_("Tệp .doc thuộc đời Word quá cũ hoặc bị hỏng. Hãy mở bằng Word và lưu thành .docx."))
    flags = struct.unpack_from("<H", main, 0x0A)[0]
    if flags & _ENCRYPTED:
        raise locked()
    return "1Table" if flags & _TABLE_1 else "0Table"


def _text(main: bytes, table: bytes) -> str:
    """The body's characters: each piece is in UTF-16 or in one byte a letter (windows-1252)."""
    start, length = struct.unpack_from("<II", main, _CLX)
    body_length = struct.unpack_from("<i", main, 0x4C)[0]  # ccpText: the body, without notes and headers
    pieces = _piece_table(table[start : start + length])
    count = (len(pieces) - 4) // 12
    ends = struct.unpack_from(f"<{count + 1}I", pieces, 0)
    out: list[str] = []
    left = min(max(body_length, 0), _LARGEST_TEXT)
    for index in range(count):
        size = min(ends[index + 1] - ends[index], left)
        if size <= 0:
            continue
        place = struct.unpack_from("<I", pieces, 4 * (count + 1) + 8 * index + 2)[0]
        if place & 0x40000000:
            offset = (place & 0x3FFFFFFF) // 2
            out.append(main[offset : offset + size].decode("cp1252", "replace"))
        else:
            out.append(main[place : place + 2 * size].decode("utf-16-le", "replace"))
        left -= size
    return "".join(out)


def _piece_table(clx: bytes) -> bytes:
    at = 0
    while at + 5 <= len(clx):
        if clx[at] == 2:
            size = struct.unpack_from("<I", clx, at + 1)[0]
            return clx[at + 5 : at + 5 + size]
        if clx[at] != 1:
            break
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    raise damaged()


def _lines(text: str) -> Iterator[Line]:
    """Paragraphs end with CR; a cell ends with BEL, a row with one BEL more."""
    for _depth in range(_FIELD_DEPTH):
        text, changed = _CODES.subn(lambda m: m[1] or "", text)
        if not changed:
            break
    parts = text.translate(_SIGNS).split("\x07")
    rows: list[tuple[str, ...]] = []
    at = 0
    while at < len(parts):
        *before, first = parts[at].split("\r")
        width = _width(parts, at) if at < len(parts) - 1 else 0
        if rows and (before or width != len(rows[0])):
            yield from _table(rows)
            rows = []
        yield from (line(words) for words in before)
        if not width:
            yield line(first)
            at += 1
            continue
        rows.append((first, *parts[at + 1 : at + width]))
        at += width + 1
    yield from _table(rows)


def _width(parts: list[str], at: int) -> int:
    """How many cells the row that begins at ``at`` has: an empty part ends it, and where empty cells
    leave a choice, the width that the next row has too."""
    found = [w for w in range(1, min(_MOST_COLUMNS, len(parts) - at - 1) + 1) if parts[at + w] == ""]
    for width in found:
        after = at + width + 1
        if (
            after >= len(parts) - 1
            or "\r" in parts[after]
            or (after + width < len(parts) and parts[after + width] == "")
        ):
            return width
    return found[0] if found else 0


def _table(rows: list[tuple[str, ...]]) -> Iterator[Line]:
    if not rows:
        return
    table = Table(tuple(tuple(_cell(words) for words in row) for row in rows), 1)
    if places_only(table):
        yield from (Line(p.inlines) for row in table.rows for cell in row for p in cell.paragraphs)
    else:
        yield Line(block=table)


def _cell(words: str) -> Cell:
    return Cell(tuple(Paragraph(joined((Text(part),))) for part in words.split("\r")))
