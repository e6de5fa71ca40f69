"""Files that people lay beside a record of any register: scans, letters, sheets; told by content, refused with a reason."""

from __future__ import annotations

from pathlib import PurePath

from django.utils.translation import gettext as _

from cancu.documents.outside import LARGEST, PAPERS, MiB, opened
from vanban.read import guard
from vanban.read.guard import UnreadableFile

#: How pictures begin → what they are.
_PICTURES = {b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png", b"II*\x00": "tif", b"MM\x00*": "tif"}
_ENDINGS = {"jpg": (".jpg", ".jpeg"), "png": (".png",), "tif": (".tif", ".tiff"), "xlsx": (".xlsx",)}


def kind_beside(data: bytes, name: str) -> str:
    """What the content is: docx, doc, pdf, xlsx, jpg, png or tif. Raises UnreadableFile: empty, larger than 50 MB, none of
    these, named for what it is not, damaged, a trap, or carrying macros or scripts."""
    if len(data) > LARGEST:
        raise UnreadableFile(
            _("Tệp “%(name)s” lớn hơn %(limit)d MB nên không nhận. Hãy tách tệp hoặc bỏ bớt hình ảnh.")
            % {"name": name, "limit": LARGEST // MiB}
        )
    kind = next((kind for begins, kind in _PICTURES.items() if data.startswith(begins)), "") or _sheet(data)
    if not kind and guard.kind(data, name) not in PAPERS:
        raise UnreadableFile(
            _(
                "Chỉ nhận tệp Word (.docx, .doc), PDF, Excel (.xlsx) hoặc ảnh (.jpg, .png, .tif). Tệp “%(name)s” không phải dạng nào trong đó."
            )
            % {"name": name}
        )
    if not kind:
        return opened(data, name, PAPERS).kind
    if PurePath(name).suffix.lower() not in _ENDINGS[kind]:
        raise UnreadableFile(
            _("Tên tệp “%(name)s” không hợp với nội dung (%(kind)s). Hãy lưu lại đúng dạng, không đổi đuôi bằng tay.")
            % {"name": name, "kind": kind}
        )
    return kind


def _sheet(data: bytes) -> str:
    if not data.startswith(b"PK"):
        return ""
    names = set(guard.Package(data).names)
    if "xl/workbook.xml" not in names:
        return ""
    if any(name.endswith("vbaProject.bin") for name in names):
        raise UnreadableFile(_("Bảng tính có macro nên không nhận. Hãy lưu lại dạng .xlsx không có macro."))
    return "xlsx"
