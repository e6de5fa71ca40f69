"""Word (.docx) → Document."""

from __future__ import annotations

import warnings
from pathlib import PurePosixPath

from vanban.document import Document
from vanban.read.docx_words import Element, Source, W
from vanban.read.guard import FileWarning, Package, UnreadableFile, xml
from vanban.translation import _

_OUR_STYLES = {"nation", "at_number", "recipient", "heading_1"}
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"


def docx(data: bytes) -> Document:
    """The document in a .docx file. A file that ``vanban.write`` made is read by its styles, equal to what
    was written; any other by its words, whose structure ``vanban.outline`` recognises.

    Page headers, footers and footnotes of other files that hold words (not only a page number) come as
    paragraphs after the body. Pictures put in by hand are not read."""
    package = Package(data)
    if any("vbaProject" in name for name in package.names):
        warnings.warn(FileWarning(_("Tệp có macro; macro bị bỏ qua, chỉ đọc chữ.")), stacklevel=2)
    main = package.read("word/document.xml")
    if not main:
        raise UnreadableFile(_("Tệp .docx thiếu phần văn bản (word/document.xml). Hãy lưu lại bằng Word rồi thử lại."))
    body = xml(main).find(f"{W}body")
    if body is None:
        raise UnreadableFile(_("Tệp .docx không có nội dung. Hãy lưu lại bằng Word rồi thử lại."))
    named = _our_styles(package)
    ours = set(named.values()) >= _OUR_STYLES
    source = Source(_relations(package), _long_refs(package), ours)
    if ours:
        from vanban.read.docx_ours import OurDocument

        _call_by_key(body, named)
        return OurDocument(source, lambda target: package.read(_inside(target))).document(body)
    from vanban.read.docx_other import other_document

    return other_document(body, source, package)


def _inside(target: str) -> str:
    """A relation's target as a member of the package."""
    return str(PurePosixPath("word") / target) if not target.startswith("/") else target[1:]


def _part(package: Package, name: str) -> Element | None:
    data = package.read(name)
    return xml(data) if data else None


def _relations(package: Package) -> dict[str, str]:
    root = _part(package, "word/_rels/document.xml.rels")
    if root is None:
        return {}
    return {r.get("Id", ""): r.get("Target", "") for r in root.iter(f"{_REL}Relationship")}


def _long_refs(package: Package) -> dict[str, str]:
    root = _part(package, "word/settings.xml")
    if root is None:
        return {}
    return {v.get(f"{W}name", ""): v.get(f"{W}val", "") for v in root.iter(f"{W}docVar")}


def _our_styles(package: Package) -> dict[str, str]:
    """Style id → our key. Other programs rename the ids when they save, but keep the styles' names."""
    from vanban.layout import LAYOUTS
    from vanban.write.wordxml import EMPTY_STYLES, RUN_STYLES

    root = _part(package, "word/styles.xml")
    if root is None:
        return {}
    keys = {style.name.lower(): key for layout in LAYOUTS for key, style in layout.styles.items()}
    keys |= {name.lower(): key for key, name in (RUN_STYLES | EMPTY_STYLES).items()}
    keys |= {f"heading {level}": f"heading_{level}" for level in range(1, 5)}
    found: dict[str, str] = {}
    for style in root.iter(f"{W}style"):
        title = style.find(f"{W}name")
        key = keys.get("" if title is None else title.get(f"{W}val", "").lower())
        if key:
            found[style.get(f"{W}styleId", "")] = key
    return found


def _call_by_key(body: Element, named: dict[str, str]) -> None:
    for mark in body.iter(f"{W}pStyle", f"{W}rStyle"):
        own = mark.get(f"{W}val", "")
        mark.set(f"{W}val", named.get(own, own))
