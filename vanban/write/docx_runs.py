"""Paragraphs, runs and content controls of a Word file."""

from __future__ import annotations

import re
from collections.abc import Iterable

from vanban.document import Inline, Node
from vanban.translation import _
from vanban.write.docx_parts import Parts
from vanban.write.words import clean, safe_link
from vanban.write.wordxml import JUSTIFIED, Element, el, val

_PIECES = re.compile(r"([\n\t])")
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def nothing(style: str) -> Element:
    """A paragraph without words: a rule line or a gap."""
    return el("w:p", None, el("w:pPr", None, val("w:pStyle", style)))


def paragraph(style: str, *runs: Iterable[Element], align: str = "justify") -> Element:
    """A paragraph of a named style. ``justify`` means: as the style has it."""
    made = nothing(style)
    if align != "justify" and align in JUSTIFIED:
        made[0].append(val("w:jc", JUSTIFIED[align]))
    for group in runs:
        made.extend(group)
    return made


def run(text: str, style: str = "", bold: bool = False, italic: bool = False) -> list[Element]:
    """The words as a run (none for no words); line ends and tabs as Word writes them."""
    text = clean(text)
    if not text:
        return []
    made = el("w:r")
    face = [val("w:rStyle", style)] if style else []
    face += [el(tag) for tag, on in (("w:b", bold), ("w:bCs", bold), ("w:i", italic), ("w:iCs", italic)) if on]
    if face:
        made.append(el("w:rPr", None, *face))
    for piece in _PIECES.split(text):
        if piece == "\n":
            made.append(el("w:br"))
        elif piece == "\t":
            made.append(el("w:tab"))
        elif piece:
            words = el("w:t", None, text=piece)
            words.set(_XML_SPACE, "preserve")
            made.append(words)
    return [made]


def control(inline: Inline, parts: Parts) -> list[Element]:
    """An inline: a run, or for a node the run inside a content control that carries its reference."""
    if not isinstance(inline, Node):
        return run(inline.text, bold=inline.bold, italic=inline.italic)
    content = run(inline.text, bold=inline.bold, italic=inline.italic) or [_empty_run(inline)]
    href = safe_link(inline.href)
    if href:
        content = [el("w:hyperlink", {"r:id": parts.link(href), "w:history": "1"}, *content)]
    ref = clean(inline.ref)
    properties = el(
        "w:sdtPr",
        None,
        val("w:alias", _alias(ref)),
        val("w:tag", parts.tag(ref)),
        val("w:id", parts.next_id()),
    )
    return [el("w:sdt", None, properties, el("w:sdtContent", None, *content))]


def _empty_run(node: Node) -> Element:
    face = [el(tag) for tag, on in (("w:b", node.bold), ("w:i", node.italic)) if on]
    return el("w:r", None, el("w:rPr", None, *face), el("w:t"))


def _alias(ref: str) -> str:
    """What Word shows on the control: the kind in Vietnamese and the target, at most 64 characters."""
    kinds = {"figure": _("Số liệu"), "document": _("Văn bản"), "record": _("Hồ sơ")}
    kind, _colon, target = ref.partition(":")
    return f"{kinds.get(kind, _('Căn cứ'))}: {target or kind}"[:64]
