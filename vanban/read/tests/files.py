"""Hostile and foreign files for the tests, made here so that each is seen for what it is."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import Any

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def package(members: dict[str, bytes | str]) -> bytes:
    """A zip of the members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def word(body: str, **members: bytes | str) -> bytes:
    """A Word file of another hand: the body's XML and other parts (``numbering`` → word/numbering.xml)."""
    parts: dict[str, bytes | str] = {
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    }
    parts |= {
        f"word/{name}.xml": f'<w:{root} xmlns:w="{W}">{xml}</w:{root}>' for name, (root, xml) in _named(members).items()
    }
    return package(parts)


def _named(members: dict[str, Any]) -> dict[str, tuple[str, str]]:
    roots = {"header1": "hdr", "footer1": "ftr"}
    return {name: (roots.get(name, name), str(xml)) for name, xml in members.items()}


def paragraph(text: str, properties: str = "") -> str:
    """``w:p`` with one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def zip_bomb(megabytes: int = 300) -> bytes:
    """A small file that inflates to a very large one."""
    return package({"word/document.xml": b"<a>" + b" " * (megabytes * 1024 * 1024)})


def old_word(text: str, flags: int = 0x0200) -> bytes:
    """A .doc: a compound file with the two streams that hold text, built by hand (one piece in UTF-16)."""
    words = text.encode("utf-16-le")
    main = bytearray(max(4096, 0x800 + len(words)))
    struct.pack_into("<H", main, 0, 0xA5EC)
    struct.pack_into("<H", main, 0x0A, flags)
    struct.pack_into("<i", main, 0x4C, len(text))
    main[0x800 : 0x800 + len(words)] = words
    plc = struct.pack("<II", 0, len(text)) + struct.pack("<HIH", 0, 0x800, 0)
    clx = b"\x02" + struct.pack("<I", len(plc)) + plc
    struct.pack_into("<II", main, 0x01A2, 0, len(clx))
    return compound({"WordDocument": bytes(main), "1Table": clx.ljust(4096, b"\0")})


def compound(streams: dict[str, bytes]) -> bytes:
    """An OLE compound file (version 3) with these streams, each of at least 4,096 bytes."""
    sectors: list[bytes] = []
    chain: list[int] = []
    starts: dict[str, int] = {}
    for name, data in streams.items():
        assert len(data) >= 4096, "shorter streams live in the mini stream"
        starts[name] = len(sectors)
        pieces = [data[i : i + 512].ljust(512, b"\0") for i in range(0, len(data), 512)]
        for index, piece in enumerate(pieces):
            sectors.append(piece)
            chain.append(len(sectors) if index < len(pieces) - 1 else 0xFFFFFFFE)
    directory = len(sectors)
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)]
    names = list(streams)
    entries += [
        _entry(n, 2, starts[n], len(streams[n]), right=i + 2 if i + 1 < len(names) else 0xFFFFFFFF)
        for i, n in enumerate(names)
    ]
    block = b"".join(entries).ljust(512, b"\0")
    sectors.append(block)
    chain.append(0xFFFFFFFE)
    table = len(sectors)
    chain.append(0xFFFFFFFD)
    assert len(chain) <= 128, "one sector of the allocation table"
    sectors.append(b"".join(struct.pack("<I", c) for c in chain).ljust(512, b"\xff"))
    head = struct.pack(
        "<8s16sHHHHH6sIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        b"",
        0,
        1,
        directory,
        0,
        4096,
        0xFFFFFFFE,
        0,
        0xFFFFFFFE,
        0,
        table,
    )
    return head.ljust(512, b"\xff") + b"".join(sectors)


def _entry(name: str, kind: int, start: int, size: int, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF) -> bytes:
    words = (name + "\0").encode("utf-16-le")
    return (
        words.ljust(64, b"\0")
        + struct.pack("<HBBIII16sIQQIQ", len(words), kind, 1, 0xFFFFFFFF, right, child, b"", 0, 0, 0, start, size)
    )[:128]
