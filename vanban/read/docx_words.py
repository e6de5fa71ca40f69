"""The words of a Word paragraph: runs, content controls and their character styles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from vanban.document import Inline, Node, Text, joined

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_OFF = ("0", "false", "off", "none")
_WRAPPERS = {
    f"{W}{t}"
    for t in ("ins", "smartTag", "fldSimple", "hyperlink", "sdt", "sdtContent", "customXml", "moveTo", "dir", "bdo")
}

Element = etree._Element


@dataclass(frozen=True, slots=True)
class Source:
    """What the words refer to: relation id → target, short tag → reference. In a file of ours every tagged
    control is a node; in others only one whose tag looks like a reference."""

    links: dict[str, str] = field(default_factory=dict)
    long_refs: dict[str, str] = field(default_factory=dict)
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """An inline and the character style of its run."""

    style: str
    inline: Inline


def style_of(paragraph: Element) -> str:
    """The paragraph's style id, empty for none."""
    return paragraph_property(paragraph, "pStyle")


def paragraph_property(paragraph: Element, tag: str) -> str:
    """``w:val`` of a direct property of the paragraph."""
    found = paragraph.find(f"{W}pPr/{W}{tag}")
    return "" if found is None else found.get(f"{W}val", "")


def pieces(paragraph: Element, source: Source) -> list[Piece]:
    """Every run and control in order; deleted words and field codes are not words."""
    return list(_pieces(paragraph, source))


def text_of(found: list[Piece]) -> str:
    """The words of the pieces."""
    return "".join(piece.inline.text for piece in found)


def inlines_of(found: list[Piece]) -> tuple[Inline, ...]:
    """The inlines of the pieces in normal form."""
    return joined(tuple(piece.inline for piece in found))


def _pieces(parent: Element, source: Source) -> Iterator[Piece]:
    for child in parent:
        if child.tag == f"{W}r":
            made = _run(child)
            if made is not None:
                yield made
        elif child.tag == f"{W}sdt" and _reference(child, source) is not None:
            yield _node(child, source)
        elif child.tag in _WRAPPERS:
            yield from _pieces(child, source)


def _reference(control: Element, source: Source) -> str | None:
    tag = control.find(f"{W}sdtPr/{W}tag")
    if tag is None:
        return None
    value = tag.get(f"{W}val", "")
    value = source.long_refs.get(value, value)
    return value if source.ours or ":" in value else None


def _node(control: Element, source: Source) -> Piece:
    inner = [run for run in control.iter(f"{W}r") if not _deleted(run, control)]
    found = [piece for piece in map(_run, inner) if piece is not None]
    text = "".join(piece.inline.text for piece in found)
    link = control.find(f".//{W}hyperlink")
    href = "" if link is None else source.links.get(link.get(f"{R}id", ""), "")
    bold, italic = _face(inner[0]) if inner else (False, False)
    return Piece("", Node(_reference(control, source) or "", text, href, bold, italic))


def _deleted(run: Element, within: Element) -> bool:
    return any(a.tag in (f"{W}del", f"{W}moveFrom") for a in run.iterancestors() if a is not within)


def _run(run: Element) -> Piece | None:
    words: list[str] = []
    for child in run:
        if child.tag == f"{W}t":
            words.append(child.text or "")
        elif child.tag == f"{W}tab":
            words.append("\t")
        elif child.tag == f"{W}cr" or (
            child.tag == f"{W}br" and child.get(f"{W}type", "textWrapping") == "textWrapping"
        ):
            words.append("\n")
        elif child.tag == f"{W}noBreakHyphen":
            words.append("-")
    if not words:
        return None
    style = run.find(f"{W}rPr/{W}rStyle")
    bold, italic = _face(run)
    return Piece("" if style is None else style.get(f"{W}val", ""), Text("".join(words), bold, italic))


def _face(run: Element) -> tuple[bool, bool]:
    return _on(run, "b"), _on(run, "i")


def _on(run: Element, tag: str) -> bool:
    found = run.find(f"{W}rPr/{W}{tag}")
    return found is not None and found.get(f"{W}val", "1") not in _OFF
