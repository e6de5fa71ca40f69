"""What a file from outside must not carry: macros, scripts, templates fetched from elsewhere. Asked before it is kept or
handed on; ``vanban`` itself runs none of it."""

from __future__ import annotations

import re
import zlib

from vanban.read.guard import MiB, Package, UnreadableFile, damaged, xml
from vanban.translation import _

_NAMES = re.compile(rb"/(?:JavaScript|Launch|RichMedia)(?![A-Za-z])")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"stream\r?\n")
#: How far before its stream the dictionary of a packed object may begin, and how large what is packed may be.
_BEFORE, _LARGEST_PACKED = 2000, 64 * MiB
_ELSEWHERE = re.compile(r"(?i)\s*(?:https?:|ftp:|\\\\|file:/{4,}|file:\\\\)")
#: Relations of Word that fetch their target when the file is opened.
_FETCHED = ("/attachedTemplate", "/oleObject", "/frame", "/subDocument")


def refuse_active(data: bytes, kind: str) -> None:
    """Raises ``UnreadableFile`` where the file carries what runs or fetches when someone opens it. ``kind`` is what
    ``guard.kind`` said. Of an edXML message, every attachment is asked."""
    if kind == "docx":
        _word(data)
    elif kind == "doc":
        _old_word(data)
    elif kind == "pdf":
        _pdf(data)
    elif kind == "edxml":
        _message(data)


def _word(data: bytes) -> None:
    package = Package(data)
    if any("vbaproject" in name.lower() or "/activex/" in name.lower() for name in package.names):
        raise _macros()
    for name in package.names:
        if name.endswith(".rels"):
            for relation in xml(package.read(name)):
                if (
                    relation.get("TargetMode") == "External"
                    and relation.get("Type", "").endswith(_FETCHED)
                    and _ELSEWHERE.match(relation.get("Target", ""))
                ):
                    raise UnreadableFile(
                        _(
                            "Tệp Word tải mẫu hoặc đối tượng từ máy khác khi mở, một cách tấn công quen thuộc, nên không nhận. Hãy lưu lại thành .docx bình thường."
                        )
                    )


def _old_word(data: bytes) -> None:
    import olefile  # type: ignore[import-untyped]

    try:
        with olefile.OleFileIO(data) as file:
            names = {part.lower() for path in file.listdir(streams=True, storages=True) for part in path}
    except (OSError, ValueError, IndexError) as error:
        raise damaged() from error
    if names & {"macros", "_vba_project", "_vba_project_cur"}:
        raise _macros()


def _macros() -> UnreadableFile:
    return UnreadableFile(
        _("Tệp có macro (mã chạy khi mở) nên không nhận. Hãy mở bằng Word, lưu thành .docx không macro rồi thử lại.")
    )


def _pdf(data: bytes) -> None:
    """Names are looked for in the open, and inside packed objects, however their letters are written."""
    if b"/Encrypt" in data:
        raise UnreadableFile(
            _("Tệp PDF bị khóa (mã hóa, hạn chế quyền) nên không kiểm tra được bên trong. Hãy xuất lại PDF không khóa.")
        )
    for part in (data, *_packed(data)):
        if _NAMES.search(_ESCAPED.sub(lambda m: bytes([int(m[1], 16)]), part)):
            raise UnreadableFile(
                _(
                    "Tệp PDF có mã chạy khi mở (JavaScript hoặc lệnh mở chương trình) nên không nhận. Hãy in lại ra PDF thường rồi thử lại."
                )
            )


def _packed(data: bytes) -> list[bytes]:
    found, left = [], _LARGEST_PACKED
    for start in _STREAM.finditer(data):
        before = data[max(start.start() - _BEFORE, 0) : start.start()].rpartition(b" obj")[2]
        if b"/ObjStm" not in _ESCAPED.sub(lambda m: bytes([int(m[1], 16)]), before):
            continue
        try:
            part = (
                zlib.decompressobj().decompress(data[start.end() :], left)
                if b"/Filter" in before
                else data[start.end() : start.end() + left]
            )
        except zlib.error as error:
            raise damaged() from error
        left -= len(part)
        if left <= 0:
            raise UnreadableFile(_("Tệp nén phình ra quá lớn khi mở (bom nén) nên không đọc."))
        found.append(part)
    return found


def _message(data: bytes) -> None:
    from vanban.read.edxml import enclosed
    from vanban.read.guard import kind

    for file in enclosed(data):
        if file.data:
            try:
                inside = kind(file.data, file.name)
            except UnreadableFile:  # a spreadsheet, a picture: no document; what it carries is asked all the same
                inside = "docx" if file.data.startswith(b"PK") else ""
            refuse_active(file.data, inside if inside != "edxml" else "")
