"""The parts of a Word package beside its body: relations, settings, page header, properties."""

from __future__ import annotations

import hashlib
from urllib.parse import quote

from vanban.write.wordxml import Element, R, el, val

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_LONGEST_TAG = 64  # Word refuses a longer tag
LONG_TAG = "ref:"
_URI = "%/:?#[]@!$&'()*+,;=~-._"


class Parts:
    """What the body refers to: links, pictures, and references too long for a tag."""

    STYLES, SETTINGS, HEADER = "rId1", "rId2", "rId3"

    def __init__(self) -> None:
        self.links: dict[str, str] = {}
        self.media: dict[str, bytes] = {}
        self.long_refs: dict[str, str] = {}
        self._media_ids: dict[str, str] = {}
        self._next_relation = 4
        self._next_id = 0

    def next_id(self) -> int:
        """A number that no other control or picture of the file has."""
        self._next_id += 1
        return self._next_id

    def _relation(self) -> str:
        self._next_relation += 1
        return f"rId{self._next_relation - 1}"

    def link(self, href: str) -> str:
        """The relation of an outside link; letters that a URI may not hold are encoded, or Word would call
        the whole file damaged."""
        href = quote(href, safe=_URI)
        if href not in self.links:
            self.links[href] = self._relation()
        return self.links[href]

    def picture(self, data: bytes, kind: str) -> str:
        """The relation of a picture file (``kind`` png or svg)."""
        name = f"image{len(self.media) + 1}.{kind}"
        self.media[name] = data
        self._media_ids[name] = self._relation()
        return self._media_ids[name]

    def tag(self, ref: str) -> str:
        """The tag of a control: the reference, or a short name of it kept in the settings."""
        if len(ref) <= _LONGEST_TAG and not ref.startswith(LONG_TAG):
            return ref
        short = LONG_TAG + hashlib.sha256(ref.encode()).hexdigest()[:24]
        self.long_refs[short] = ref
        return short

    def relations(self) -> Element:
        """word/_rels/document.xml.rels."""
        fixed = [
            _relation(self.STYLES, "styles", "styles.xml"),
            _relation(self.SETTINGS, "settings", "settings.xml"),
            _relation(self.HEADER, "header", "header1.xml"),
        ]
        pictures = [_relation(rid, "image", f"media/{name}") for name, rid in self._media_ids.items()]
        links = [_relation(rid, "hyperlink", href) for href, rid in self.links.items()]
        for link in links:
            link.set("TargetMode", "External")
        return el("rel:Relationships", None, *fixed, *pictures, *links)

    def settings(self) -> Element:
        """word/settings.xml: the layout rules of Word 2013 and later, and the long references."""
        mode = {"w:name": "compatibilityMode", "w:uri": "http://schemas.microsoft.com/office/word", "w:val": "15"}
        variables = [el("w:docVar", {"w:name": k, "w:val": v}) for k, v in self.long_refs.items()]
        kept = [el("w:docVars", None, *variables)] if variables else []
        return el("w:settings", None, el("w:compat", None, el("w:compatSetting", mode)), *kept)


def _relation(rid: str, kind: str, target: str) -> Element:
    return el("rel:Relationship", {"Id": rid, "Type": f"{R}/{kind}", "Target": target})


def page_header() -> Element:
    """The page number, centred in the top margin; the first page of each section has none."""
    number = el("w:fldSimple", {"w:instr": "PAGE"}, el("w:r", None, el("w:t", None, text="2")))
    return el("w:hdr", None, el("w:p", None, el("w:pPr", None, val("w:pStyle", "page_number")), number))


def content_types() -> Element:
    """[Content_Types].xml."""
    kinds = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        "png": "image/png",
        "svg": "image/svg+xml",
    }
    parts = {
        "/word/document.xml": f"{_WORD}.document.main+xml",
        "/word/styles.xml": f"{_WORD}.styles+xml",
        "/word/settings.xml": f"{_WORD}.settings+xml",
        "/word/header1.xml": f"{_WORD}.header+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    defaults = [el("ct:Default", {"Extension": k, "ContentType": v}) for k, v in kinds.items()]
    overrides = [el("ct:Override", {"PartName": k, "ContentType": v}) for k, v in parts.items()]
    return el("ct:Types", None, *defaults, *overrides)


def root_relations() -> Element:
    """_rels/.rels."""
    properties = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    core_part = el("rel:Relationship", {"Id": "rId2", "Type": properties, "Target": "docProps/core.xml"})
    return el("rel:Relationships", None, _relation("rId1", "officeDocument", "word/document.xml"), core_part)


def core(title: str, creator: str) -> Element:
    """docProps/core.xml; no times, so that equal documents give equal bytes."""
    return el(
        "cp:coreProperties",
        None,
        el("dc:title", None, text=title),
        el("dc:creator", None, text=creator),
        el("dc:language", None, text="vi-VN"),
    )
