"""Files that people and other agencies bring: told by content, opened in vanban's guarded child, and refused with a
reason before anything of them is kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from vanban.read import guard
from vanban.read.guard import MiB, ScannedFile, UnreadableFile

if TYPE_CHECKING:
    from vanban.document import Document as Tree
    from vanban.layout.measures import Page

#: The largest file that anybody may bring.
LARGEST = 50 * MiB
#: What the content is → the endings that its name may have. Word opens new files under the old ending, and offices have many.
ENDINGS = {
    "docx": (".docx", ".docm", ".dotx", ".doc"),
    "doc": (".doc", ".dot"),
    "pdf": (".pdf",),
    "edxml": (".edxml", ".xml", ".zip"),
    "html": (".html", ".htm", ".xhtml"),
    "md": (".md", ".markdown"),
    "txt": (".txt",),
}
#: What a draft is written and signed in.
PAPERS = frozenset({"docx", "doc", "pdf"})


@dataclass(frozen=True)
class Opened:
    """What was found in a file: its kind (docx, pdf …), its tree, the page of a Word file. A scan has no tree."""

    kind: str
    tree: Tree | None = None
    page: Page | None = None


def opened(data: bytes, name: str, kinds: frozenset[str] = frozenset(ENDINGS)) -> Opened:
    """Open a file in the guarded child. Raises UnreadableFile: empty, larger than 50 MB, not one of ``kinds``, named for
    what it is not, damaged, a trap, or carrying macros or scripts. A scan is no fault."""
    from vanban.read.untrusted import read_with_page

    if len(data) > LARGEST:
        raise UnreadableFile(
            _("Tệp “%(name)s” lớn hơn %(limit)d MB nên không nhận. Hãy tách tệp hoặc bỏ bớt hình ảnh.")
            % {"name": name, "limit": LARGEST // MiB}
        )
    kind = guard.kind(data, name)
    if kind not in kinds:
        raise UnreadableFile(_("Chỉ nhận tệp Word (.docx, .doc) hoặc PDF. Hãy lưu lại đúng dạng rồi thử lại."))
    try:
        tree, page = read_with_page(data, name, inert=True)
    except ScannedFile:
        tree, page = None, None
    if PurePath(name).suffix.lower() not in (*ENDINGS[kind], ""):  # a name without ending claims nothing
        raise UnreadableFile(
            _("Tên tệp “%(name)s” không hợp với nội dung (%(kind)s). Hãy lưu lại đúng dạng, không đổi đuôi bằng tay.")
            % {"name": name, "kind": kind}
        )
    return Opened(kind, tree, page)
