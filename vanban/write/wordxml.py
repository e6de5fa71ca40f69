"""WordprocessingML: elements, styles from the layout, and the package that holds them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from lxml import etree

from vanban.layout import Layout, Style

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = {
    "w": W,
    "r": R,
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "ct": "http://schemas.openxmlformats.org/package/2006/content-types",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
}
TWIPS_PER_MM = 1440 / 25.4
EMU_PER_MM = 36000
JUSTIFIED = {"justify": "both", "left": "left", "center": "center", "right": "right"}

# Character styles: which part of a line a run is, so that a line edited in Word still reads back.
RUN_STYLES = {
    "no": "Số của đề mục",
    "mark": "Dấu đầu dòng",
    "at_number": "Số văn bản",
    "at_symbol": "Ký hiệu văn bản",
    "at_place": "Địa danh",
    "at_date": "Ngày tháng năm",
    "at_title": "Nội dung trích yếu",
    "at_annex": "Số phụ lục",
}
# Paragraphs that carry no words of the document: rule lines and gaps.
EMPTY_STYLES = {"rule": "Đường kẻ", "spacer": "Khoảng cách", "blank_cell": "Ô trống"}

Element = etree._Element
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)  # equal documents give equal bytes


def name(qualified: str) -> str:
    """“w:p” → “{namespace}p”."""
    prefix, local = qualified.split(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def el(
    tag: str, attributes: Mapping[str, object] | None = None, *children: Element, text: str | None = None
) -> Element:
    """An element with attributes (“w:val” or plain names), children and text."""
    made = etree.Element(name(tag), nsmap=_declared(tag.split(":")[0]))
    for key, value in (attributes or {}).items():
        made.set(name(key) if ":" in key else key, str(value))
    made.extend(children)
    made.text = text
    return made


def _declared(prefix: str) -> Any:  # the stubs know no default namespace
    if prefix == "w":
        return {"w": W, "r": R}
    return {None if prefix in ("ct", "rel") else prefix: NAMESPACES[prefix]}


def val(tag: str, value: object) -> Element:
    """``<w:tag w:val="value"/>``."""
    return el(tag, {"w:val": value})


def twips(millimetres: float) -> int:
    """Millimetres in twentieths of a point."""
    return round(millimetres * TWIPS_PER_MM)


def styles(layout: Layout) -> Element:
    """styles.xml: one paragraph style for each component of the decree, and those that mark runs."""
    fonts = el("w:rFonts", {f"w:{where}": layout.font for where in ("ascii", "hAnsi", "eastAsia", "cs")})
    language = el("w:lang", {"w:val": "vi-VN", "w:eastAsia": "vi-VN"})
    size = round(2 * layout.styles["body"].size.used)
    defaults = el("w:rPr", None, fonts, val("w:sz", size), val("w:szCs", size), language)
    root = el("w:styles", None, el("w:docDefaults", None, el("w:rPrDefault", None, defaults), el("w:pPrDefault")))
    normal = el("w:style", {"w:type": "paragraph", "w:default": "1", "w:styleId": "Normal"}, val("w:name", "Normal"))
    root.append(normal)
    root.extend(_paragraph_style(key, style, layout) for key, style in layout.styles.items())
    for key, title in EMPTY_STYLES.items():
        tiny = el("w:pPr", None, el("w:spacing", {"w:before": 0, "w:after": 0, "w:line": 120, "w:lineRule": "exact"}))
        root.append(_style("paragraph", key, title, tiny, el("w:rPr", None, val("w:sz", 4), val("w:szCs", 4))))
    root.extend(_style("character", key, title) for key, title in RUN_STYLES.items())
    root.append(_style("table", "figures", "Bảng số liệu", _borders()))
    root.append(_style("table", "head", "Bảng đầu văn bản", _no_margins()))
    root.append(_style("table", "foot", "Bảng cuối văn bản", _no_margins()))
    return root


def _style(kind: str, key: str, title: str, *children: Element) -> Element:
    attributes = {"w:type": kind, "w:customStyle": "1", "w:styleId": key}
    based = [val("w:basedOn", "Normal")] if kind == "paragraph" else []
    return el("w:style", attributes, val("w:name", title), *based, val("w:qFormat", 1), *children)


def _paragraph_style(key: str, style: Style, layout: Layout) -> Element:
    before = style.before + (layout.signature_room * 72 / 25.4 if key == "signer" else 0)
    spacing = {
        "w:before": round(20 * before),
        "w:after": round(20 * style.after),
        "w:line": round(240 * layout.line_spacing.used),
        "w:lineRule": "auto",
    }
    together = [el("w:keepNext")] if style.outline or key == "caption" else []
    indent = [el("w:ind", {"w:firstLine": twips(style.indent)})] if style.indent else []
    outline = [val("w:outlineLvl", style.outline - 1)] if style.outline else []
    paragraph = el(
        "w:pPr", None, *together, el("w:spacing", spacing), *indent, val("w:jc", JUSTIFIED[style.align]), *outline
    )
    face = [
        el(tag)
        for tag, on in (("w:b", style.bold), ("w:bCs", style.bold), ("w:i", style.italic), ("w:iCs", style.italic))
        if on
    ]
    size = round(2 * style.size.used)
    run = el("w:rPr", None, *face, val("w:sz", size), val("w:szCs", size))
    if key.startswith("heading_"):  # Word's own headings, so that its navigation pane shows them
        made = _style("paragraph", key, f"heading {style.outline}", paragraph, run)
        del made.attrib[name("w:customStyle")]
        return made
    return _style("paragraph", key, style.name, paragraph, run)


def _no_margins() -> Element:
    sides = [el(f"w:{side}", {"w:w": 0, "w:type": "dxa"}) for side in ("left", "right")]
    return el("w:tblPr", None, el("w:tblCellMar", None, *sides))


def _borders() -> Element:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = [el(f"w:{side}", {"w:val": "single", "w:sz": 4, "w:space": 0, "w:color": "000000"}) for side in sides]
    margins = [
        el(f"w:{side}", {"w:w": w, "w:type": "dxa"})
        for side, w in (("top", 40), ("left", 80), ("bottom", 40), ("right", 80))
    ]
    return el("w:tblPr", None, el("w:tblBorders", None, *lines), el("w:tblCellMar", None, *margins))


def package(parts: Mapping[str, bytes | Element]) -> bytes:
    """The parts as one zip, in the order given, with fixed times."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, part in parts.items():
            data = (
                part
                if isinstance(part, bytes)
                else etree.tostring(part, xml_declaration=True, encoding="UTF-8", standalone=True)
            )
            archive.writestr(zipfile.ZipInfo(path, _FIXED_TIME), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
