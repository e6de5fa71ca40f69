"""One guard before any parser: a file from outside is hostile until its size, type and packing are known.

Every refusal is an ``UnreadableFile`` whose message (Vietnamese) says what is wrong and how to cure it.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import IO

from lxml import etree

from vanban.translation import _

MiB = 1024 * 1024
LARGEST_FILE = 200 * MiB
LARGEST_INFLATED = 200 * MiB
LARGEST_RATIO = 200
MOST_ENTRIES = 10_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class UnreadableFile(ValueError):  # noqa: N818
    """The file can't be read; the message says why and what to do."""


class ScannedFile(UnreadableFile):
    """A file of pictures without letters: nothing is wrong with it, but nothing can be read in it."""


class FileWarning(UserWarning):
    """The file was read, but a part of it was left out (macros)."""


def load(source: str | Path | bytes) -> bytes:
    """The bytes of a file, no more than the limit."""
    if isinstance(source, bytes):
        data = source
    else:
        try:
            with Path(source).open("rb") as file:
                data = file.read(LARGEST_FILE + 1)
        except OSError as error:
            message = _("Không mở được tệp {name}: {reason}. Hãy kiểm tra đường dẫn và quyền đọc.")
            raise UnreadableFile(message.format(name=source, reason=error.strerror)) from error
    if len(data) > LARGEST_FILE:
        message = _("Tệp lớn hơn {limit} MB nên không đọc. Hãy tách tệp hoặc bỏ bớt hình ảnh.")
        raise UnreadableFile(message.format(limit=LARGEST_FILE // MiB))
    return data


def kind(data: bytes, name: str | None = None) -> str:
    """What the bytes are, by content first: docx, doc, pdf, html, edxml, md or txt. The name decides only
    between kinds of plain text."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not data:
        raise UnreadableFile(_("Tệp rỗng. Hãy kiểm tra lại tệp gốc."))
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data)
    if data.startswith(_OLE):
        return "doc"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"{\\rtf"):
        raise UnreadableFile(_("Chưa đọc được tệp RTF. Hãy mở bằng Word và lưu thành .docx."))
    lowered = head[:2048].lower()
    if b"edxml" in lowered and head.startswith(b"<"):
        return "edxml"
    if lowered.startswith((b"<!doctype html", b"<html", b"<article", b"<body", b"<head")):
        return "html"
    suffix = Path(name or "").suffix.lower()
    if suffix in (".html", ".htm", ".xhtml"):
        return "html"
    if suffix in (".edxml", ".xml"):
        return "edxml"
    return "md" if suffix in (".md", ".markdown") else "txt"


def _zip_kind(data: bytes) -> str:
    names = set(Package(data).names)
    if "word/document.xml" in names:
        return "docx"
    if any(name.lower().endswith((".edxml", "edxml.xml")) for name in names):
        return "edxml"
    what = _("bảng tính Excel") if any(n.startswith("xl/") for n in names) else _("tệp nén không chứa văn bản Word")
    message = _("Đây là {what}, không phải văn bản. Hãy chọn tệp .docx, .doc, .pdf, .html, .md hoặc .txt.")
    raise UnreadableFile(message.format(what=what))


class Package:
    """A zip package read with care: members are inflated in pieces, counted against one budget."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
            raise damaged() from error
        self.names = self._zip.namelist()
        if len(self.names) > MOST_ENTRIES:
            message = _("Tệp nén chứa {count} mục, quá giới hạn {limit}. Tệp không bình thường nên không đọc.")
            raise UnreadableFile(message.format(count=len(self.names), limit=MOST_ENTRIES))
        self._left = LARGEST_INFLATED

    def read(self, name: str) -> bytes:
        """A member's bytes; empty when there is none."""
        if name not in self.names:
            return b""
        try:
            entry = self._zip.getinfo(name)
            if entry.flag_bits & 0x1:
                raise locked()
            with self._zip.open(entry) as member:
                return self._inflate(member, max(entry.compress_size, 1))
        except (
            zipfile.BadZipFile,
            OSError,
            EOFError,
            NotImplementedError,
            RuntimeError,
            KeyError,
            ValueError,
        ) as error:
            if isinstance(error, UnreadableFile):
                raise
            raise damaged() from error
        except Exception as error:  # zlib.error, lzma.LZMAError: whatever the packing raises
            raise damaged() from error

    def _inflate(self, member: IO[bytes], packed: int) -> bytes:
        pieces: list[bytes] = []
        size = 0
        while piece := member.read(MiB):
            pieces.append(piece)
            size += len(piece)
            self._left -= len(piece)
            if self._left < 0 or (size > MiB and size / packed > LARGEST_RATIO):
                raise UnreadableFile(_("Tệp nén phình ra quá lớn khi mở (bom nén) nên không đọc."))
        return b"".join(pieces)


def xml(data: bytes) -> etree._Element:
    """An XML tree: entities are not resolved, nothing is fetched, depth and size are limited."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged() from error
    if root is None or root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableFile(_("Phần XML của tệp có khai báo DTD, một cách tấn công quen thuộc, nên không đọc."))
    return root


def damaged() -> UnreadableFile:
    """For a file whose bytes do not hold together."""
    return UnreadableFile(_("Tệp bị hỏng hoặc bị cắt cụt. Hãy mở bằng phần mềm gốc, lưu lại rồi thử lại."))


def too_heavy() -> UnreadableFile:
    """For a file that met a bound on time or memory."""
    return UnreadableFile(
        _("Tệp quá nặng hoặc có cấu trúc bất thường, đã dừng đọc để bảo vệ máy. Hãy lưu lại bằng phần mềm gốc.")
    )


def locked() -> UnreadableFile:
    """For a file that asks for a password."""
    return UnreadableFile(
        _("Tệp được đặt mật khẩu. Hãy bỏ mật khẩu trong Word (Tệp → Thông tin → Bảo vệ) rồi thử lại.")
    )
