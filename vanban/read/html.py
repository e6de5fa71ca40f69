"""HTML → Document: pages that ``vanban.write`` made by their classes, others by their words."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import re

from lxml import etree

from vanban.document import (
    Appendix,
    Block,
    Cell,
    Document,
    Header,
    Heading,
    Inline,
    Node,
    Paragraph,
    Picture,
    Signature,
    Table,
    Text,
    joined,
)
from vanban.layout import phrases
from vanban.read.guard import UnreadableFile
from vanban.translation import _

_SIZE = re.compile(r"width:([0-9.e+-]+)mm;height:([0-9.e+-]+)mm")
_ALIGN = re.compile(r"text-align:\s*(left|center|right)")
_SVG_DATA = "data:image/svg+xml;base64,"
Element = etree._Element


def html(data: bytes) -> Document:
    """The document in an HTML page. Scripts, styles and pictures of other pages are not words."""
    root = parsed(data)
    for article in root.iter("article"):
        if "vanban" in _classes(article):
            return _document(article)
    from vanban.read.html_other import other_page

    return other_page(root)


def parsed(data: bytes) -> Element:
    """The tree of a page, its encoding taken from the page or found from the bytes."""
    from vanban.read.guard import LARGEST_FILE

    if len(data) > LARGEST_FILE:
        raise UnreadableFile(_("Trang HTML quá lớn nên không đọc."))
    parser = etree.HTMLParser(
        encoding=_encoding(data), no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile(_("Không đọc được trang HTML: tệp hỏng hoặc lồng quá sâu.")) from error
    if root is None:
        raise UnreadableFile(_("Trang HTML rỗng. Hãy kiểm tra lại tệp gốc."))
    return root


def _encoding(data: bytes) -> str | None:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None  # what the page itself declares
    return "utf-8"


def _classes(element: Element) -> list[str]:
    return (element.get("class") or "").split()


def _style(element: Element) -> str:
    return next(iter(_classes(element)), "")


def _document(article: Element) -> Document:
    body: list[Block] = []
    grounds: list[Paragraph] = []
    addressees: tuple[str, ...] = ()
    header, signature = Header(), Signature()
    recipients: tuple[str, ...] = ()
    annexes: list[Appendix] = []
    for child in article:
        style = _style(child)
        if child.tag == "header":
            header = _header(child)
        elif style == "addressees":
            addressees = _addressees(child)
        elif style == "ground":
            grounds.append(_paragraph(child))
        elif child.tag == "footer":
            signature, recipients = _foot(child)
        elif style == "annex":
            annexes.append(_appendix(child))
        else:
            body += _blocks([child])
    return Document(header, addressees, tuple(grounds), tuple(body), signature, recipients, tuple(annexes))


def _all(element: Element, style: str) -> list[Element]:
    return [e for e in element.iter() if isinstance(e.tag, str) and style in _classes(e)]


def _words_of(element: Element, style: str) -> str:
    found = _all(element, style)
    return _words(found[0]) if found else ""


def _words(element: Element) -> str:
    """The text inside, ``<br>`` as a line end."""
    parts = [element.text or ""]
    for child in element:
        parts.append("\n" if child.tag == "br" else _words(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _header(element: Element) -> Header:
    spans = {
        key: [_words(s) for e in _all(element, key) for s in e.iterchildren("span")]
        for key in ("number", "place_date", "subject")
    }
    number = next(iter(_all(element, "number")), None)
    digits, symbol = "", ""
    if number is not None:
        named = list(number.iterchildren("span"))
        slash = [s for s in named if _before(s, number).endswith("/")]
        symbol = _words(slash[0]) if slash else ""
        digits = _words(named[0]) if named and named[0] not in slash else ""
    time = next(element.iter("time"), None)
    return Header(
        _words_of(element, "parent"),
        _words_of(element, "issuer"),
        digits,
        symbol,
        "".join(spans["place_date"][:1]),
        _date(time),
        _words_of(element, "kind"),
        _words_of(element, "title") or "".join(spans["subject"][:1]),
    )


def _before(element: Element, parent: Element) -> str:
    """The words between an element and the one before it."""
    earlier = element.getprevious()
    return str((parent.text if earlier is None else earlier.tail) or "")


def _date(time: Element | None) -> dt.date | None:
    if time is None:
        return None
    try:
        return dt.date.fromisoformat(time.get("datetime") or "")
    except ValueError:
        return phrases.date_in(_words(time))


def _addressees(element: Element) -> tuple[str, ...]:
    if element.tag == "p":
        return tuple(_words(span) for span in element.iterchildren("span"))
    return tuple(phrases.unlisted(_words(line)) for line in _all(element, "addressee"))


def _foot(element: Element) -> tuple[Signature, tuple[str, ...]]:
    authority = tuple(_words(e) for e in _all(element, "authority"))
    recipients = tuple(phrases.unlisted(_words(e)) for e in _all(element, "recipient"))
    return Signature(authority, _words_of(element, "signer")), recipients


def _appendix(element: Element) -> Appendix:
    label = _all(element, "appendix")
    number = "".join(_words(s) for s in label[0].iterchildren("span")) if label else ""
    rest = [e for e in element if _style(e) not in ("appendix", "appendix_title", "appendix_note")]
    return Appendix(
        number, _words_of(element, "appendix_title"), tuple(_blocks(rest)), _words_of(element, "appendix_note")
    )


def _blocks(elements: list[Element]) -> list[Block]:
    out: list[Block] = []
    for element in elements:
        tag = str(element.tag)
        if re.fullmatch("h[1-6]", tag):
            out.append(_heading(element))
        elif tag == "p":
            out.append(_paragraph(element))
        elif tag == "table":
            out.append(_table(element))
        elif tag == "figure" and (picture := _picture(element)) is not None:
            out.append(picture)
    return out


def _heading(element: Element) -> Heading:
    number = "".join(_words(s) for s in element.iterchildren("span") if _style(s) == "no")[:-1]
    level = element.get("data-level") or ""
    return Heading(
        int(level) if level.isascii() and level.isdigit() and len(level) < 3 else int(str(element.tag)[1]) - 1,
        number,
        _inlines(element),
    )


def _paragraph(element: Element) -> Paragraph:
    marker = "".join(_words(s) for s in element.iterchildren("span") if _style(s) == "mark")[:-1]
    align = _ALIGN.search(element.get("style") or "")
    return Paragraph(_inlines(element), marker, align[1] if align else "justify")


def _inlines(element: Element) -> tuple[Inline, ...]:
    return joined(tuple(_runs(element, False, False)))


def _runs(element: Element, bold: bool, italic: bool) -> list[Inline]:
    out: list[Inline] = [Text(element.text or "", bold, italic)]
    for child in element:
        if child.tag == "br":
            out.append(Text("\n", bold, italic))
        elif child.get("data-ref") is not None:
            out.append(_node(child, bold, italic))
        elif _style(child) not in ("no", "mark"):
            out += _runs(child, bold or child.tag in ("b", "strong"), italic or child.tag in ("i", "em"))
        out.append(Text(child.tail or "", bold, italic))
    return out


def _node(link: Element, bold: bool, italic: bool) -> Node:
    inside = {str(e.tag) for e in link.iter()}
    bold, italic = bold or bool(inside & {"b", "strong"}), italic or bool(inside & {"i", "em"})
    return Node(link.get("data-ref") or "", _words(link), link.get("href") or "", bold, italic)


def _table(element: Element) -> Table:
    caption = "".join(_words(c) for c in element.iterchildren("caption"))
    head = [row for part in element.iterchildren("thead") for row in part.iterchildren("tr")]
    rest = [row for part in element.iterchildren("tbody") for row in part.iterchildren("tr")]
    rest += list(element.iterchildren("tr"))
    return Table(
        tuple(tuple(_cell(c) for c in row.iterchildren("td", "th")) for row in head + rest), len(head), caption
    )


def _cell(element: Element) -> Cell:
    paragraphs = tuple(_paragraph(p) for p in element.iterchildren("p"))
    return Cell(paragraphs, _span(element, "colspan"), _span(element, "rowspan"))


def _span(element: Element, name: str) -> int:
    value = element.get(name) or "1"
    return min(max(int(value), 1), 1000) if value.isascii() and value.isdigit() and len(value) < 6 else 1


def _picture(figure: Element) -> Picture | None:
    image = next(figure.iterchildren("img"), None)
    size = _SIZE.search(image.get("style") or "") if image is not None else None
    if image is None or size is None or not (image.get("src") or "").startswith(_SVG_DATA):
        return None
    try:
        svg = base64.b64decode((image.get("src") or "")[len(_SVG_DATA) :], validate=True).decode("utf-8")
        return Picture(svg, image.get("alt") or "", float(size[1]), float(size[2]))
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return None
