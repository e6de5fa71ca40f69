"""Bytes of plain text → words, whatever encoding an office once used.

UTF-8 and UTF-16 by their marks; TCVN3 (.VnTime), VNI and windows-1258 by decoding with each table and letting
the grammar of the syllable judge: a decoding is believed when at least 95 % of its words are Vietnamese
syllables. Text typed in those fonts is often saved as UTF-8 of the wrong letters (“TiÕng ViÖt”); that too is
put right. TCVN3 keeps capitals in fonts of their own (.VnTimeH), so their case is lost."""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from vanban.read.guard import FileWarning, UnreadableFile
from vanban.syllables import is_syllable, is_word
from vanban.translation import _

_TCVN3 = dict(
    zip(
        (
            *range(0xA1, 0xAF),
            *range(0xB5, 0xBA),
            0xBB,
            0xBC,
            0xBD,
            0xBE,
            *range(0xC6, 0xCD),
            *range(0xCE, 0xD9),
            *range(0xDC, 0xE0),
            *range(0xE1, 0xF0),
            *range(0xF1, 0xFF),
        ),
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
_VNI_SINGLE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_MARKS = {
    "ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309", "ã": "\u0302\u0303", "ä": "\u0302\u0323",
    "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309", "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_LETTER = re.compile(  # a base with its mark letter, or a letter of its own
    "([aeouyôöAEOUYÔÖ])([" + "".join(_VNI_MARKS) + "".join(_VNI_MARKS).upper() + "])"
    "|([" + "".join(_VNI_SINGLE) + "".join(_VNI_SINGLE).upper() + "])"
)
_WORD = re.compile(r"[^\W\d_]+")
_VIETNAMESE_ONLY = re.compile("[\u1ea0-\u1ef9ăđơưĂĐƠƯ]")
_LATIN_1 = re.compile("[\u00a1-\u00ff\u0152-\u0192\u02c6-\u2122]")
_BELIEVED = 0.95
_SAMPLE = 200_000
_BROKEN_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class Decoded:
    """Words of a text file: ``text`` as decoded (Unicode files keep their form, so that positions stay; old encodings
    give NFC) with plain line ends, ``encoding`` as found, ``warnings`` for the reader."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes) -> str:
    """The words of a text file in NFC; what could not be read is warned about (``FileWarning``).

    Raises ``UnreadableFile`` where no encoding makes words of the bytes."""
    found = decoded(data)
    for warning in found.warnings:
        warnings.warn(warning, FileWarning, stacklevel=2)
    return unicodedata.normalize("NFC", found.text)


def decoded(data: bytes) -> Decoded:
    """The words of a text file with the encoding that was found."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _marked_utf16(data)
    if b"\x00" in data[:4096]:
        raise UnreadableFile(
            _("Tệp không phải là văn bản thuần (có byte rỗng). Hãy mở bằng phần mềm đã tạo ra nó và lưu lại.")
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _not_utf8(data, error)
    if _LATIN_1.search(text[:_SAMPLE]) and not _VIETNAMESE_ONLY.search(text[:_SAMPLE]):
        legacy = _best_legacy(_as_bytes(text), text)
        if legacy and _share(legacy.text) > _share(text):
            return legacy
    return Decoded(_tidy(text), "utf-8")


def _marked_utf16(data: bytes) -> Decoded:
    text = data.decode("utf-16", errors="replace")
    broken = text.count("\ufffd")
    return Decoded(_tidy(text), "utf-16", (_broken_warning(broken),) if broken else ())


def _not_utf8(data: bytes, error: UnicodeDecodeError) -> Decoded:
    """Mostly UTF-8 with broken bytes, or one of the old encodings."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    if broken <= max(3, len(text) * _BROKEN_SHARE) and (
        _VIETNAMESE_ONLY.search(text[:_SAMPLE]) or len(text) > 20 * broken
    ):
        legacy = None if _VIETNAMESE_ONLY.search(text[:_SAMPLE]) else _best_legacy(data, None)
        return legacy or Decoded(_tidy(text), "utf-8", (_broken_warning(broken),))
    legacy = _best_legacy(data, None)
    if legacy:
        return legacy
    message = _(
        "Không nhận ra bảng mã của tệp (byte lạ đầu tiên ở vị trí {place}). Hãy mở bằng phần mềm đã tạo ra tệp "
        "và lưu lại dạng Unicode (UTF-8)."
    )
    raise UnreadableFile(message.format(place=error.start))


def _broken_warning(count: int) -> str:
    return _("{count} chỗ trong tệp bị hỏng bảng mã, đã thay bằng ký tự �; hãy đối chiếu với bản gốc.").format(
        count=count
    )


def _as_bytes(text: str) -> bytes:
    """The bytes behind letters that were saved as if they were Western European."""
    return b"".join(_byte(character) for character in text)


@lru_cache(maxsize=1024)
def _byte(character: str) -> bytes:
    for codec in ("cp1252", "latin-1"):
        try:
            return character.encode(codec)
        except UnicodeEncodeError:
            continue
    return b"?"


def _best_legacy(data: bytes, original: str | None) -> Decoded | None:
    """The old encoding under which the words are Vietnamese, the best where several are."""
    best: tuple[float, str, Callable[[bytes], str]] | None = None
    for name, reader in _READERS.items():
        share = _share(reader(data[:_SAMPLE]))
        if share >= _BELIEVED and (best is None or share > best[0]):
            best = (share, name, reader)
    if best is None:
        return None
    return Decoded(_tidy(best[2](data)), best[1])


def _share(text: str) -> float:
    """Share of syllables among the words that claim to be Vietnamese; 0 where there are too few to judge, or
    where letters of the old code page are left over."""
    words = [word for word in _WORD.findall(unicodedata.normalize("NFC", text[:_SAMPLE])) if len(word) > 1]
    judged = [word for word in words if is_word(word) or (not word.isascii() and not word.isupper())]
    marked = sum(1 for word in judged if not word.isascii())
    if len(judged) < 3 or not marked:
        return 0.0
    return sum(map(is_syllable, judged)) / len(judged)


def _tcvn3(data: bytes) -> str:
    return data.decode("latin-1").translate(_TCVN3)


def _vni(data: bytes) -> str:
    return _VNI_LETTER.sub(_vni_letter, data.decode("latin-1"))


def _vni_letter(found: re.Match[str]) -> str:
    base = found[1] or found[3]
    letter = _VNI_SINGLE.get(base.lower(), base.lower()) + (_VNI_MARKS[found[2].lower()] if found[1] else "")
    letter = unicodedata.normalize("NFC", letter)
    return letter.upper() if base.isupper() else letter


def _windows_1258(data: bytes) -> str:
    return unicodedata.normalize("NFC", data.decode("cp1258", errors="replace"))


_READERS: dict[str, Callable[[bytes], str]] = {"tcvn3": _tcvn3, "vni": _vni, "windows-1258": _windows_1258}


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
