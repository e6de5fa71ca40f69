"""What really stands on a written page: lines of a PDF with face, size and place; paragraphs of a Word
file with the properties that Word would resolve."""

from __future__ import annotations

import ctypes
import io
import zipfile
from dataclasses import dataclass
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
POINTS_PER_MM = 72 / 25.4
_APART = 25  # points between two columns of one row


@dataclass
class Printed:
    """A line (PDF) or paragraph (Word): sizes in points, places in points from the page's left and top."""

    text: str
    page: int = 1
    size: float = 0.0
    bold: bool = False
    italic: bool = False
    font: str = ""
    left: float = 0.0
    right: float = 0.0
    top: float = 0.0
    align: str = ""
    style: str = ""


def pdf_lines(data: bytes) -> list[Printed]:
    """Every line of a PDF as pdfium sees it."""
    import pypdfium2
    from pypdfium2 import raw

    file = pypdfium2.PdfDocument(data)
    out: list[Printed] = []
    name = ctypes.create_string_buffer(200)
    flags = ctypes.c_int()
    for number, page in enumerate(file, 1):
        text = page.get_textpage()
        height = page.get_height()
        fresh = True
        for i in range(text.count_chars()):
            sign = chr(raw.FPDFText_GetUnicode(text.raw, i))
            if sign in "\r\n":
                fresh = True
                continue
            sides = [ctypes.c_double() for _side in range(4)]
            raw.FPDFText_GetCharBox(text.raw, i, *map(ctypes.byref, sides))
            left, right, _bottom, top = (side.value for side in sides)
            fresh = fresh or (sign.strip() != "" and left - out[-1].right > _APART)
            if fresh and sign.strip():
                raw.FPDFText_GetFontInfo(text.raw, i, name, 200, ctypes.byref(flags))
                face = name.value.decode()
                out.append(
                    Printed(
                        "",
                        number,
                        raw.FPDFText_GetFontSize(text.raw, i),
                        "Bold" in face,
                        "Italic" in face,
                        face,
                        left,
                        right,
                        height - top,
                    )
                )
                fresh = False
            if out and not fresh:
                out[-1].text += sign
                if sign.strip():  # spaces at the end of a line hang over the margin
                    out[-1].left, out[-1].right = min(out[-1].left, left), max(out[-1].right, right)
    return out


def rule_lines(data: bytes) -> list[Printed]:
    """The drawn lines of page 1, from the top."""
    import pypdfium2
    from pypdfium2 import raw

    page = pypdfium2.PdfDocument(data)[0]
    found = [o.get_bounds() for o in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH])]
    lines = [Printed("", left=b[0], right=b[2], top=page.get_height() - b[3]) for b in found if b[3] - b[1] < 3]
    return sorted(lines, key=lambda line: (line.top, line.left))


def word_paragraphs(data: bytes) -> tuple[list[Printed], Any]:
    """Every paragraph of a Word file with its style's properties, and the body itself."""
    parts = zipfile.ZipFile(io.BytesIO(data))
    tree: Any = etree.fromstring(parts.read("word/styles.xml"))
    styles = {s.get(f"{W}styleId"): s for s in tree.iter(f"{W}style")}
    fonts = tree.find(f"{W}docDefaults//{W}rFonts")
    body = etree.fromstring(parts.read("word/document.xml"))[0]
    return [_paragraph(p, styles, fonts.get(f"{W}ascii")) for p in body.iter(f"{W}p")], body


def _paragraph(paragraph: Any, styles: dict[Any, Any], font: str) -> Printed:
    key = paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val")
    style = styles[key]
    direct = paragraph.find(f"{W}pPr/{W}jc")
    align = direct if direct is not None else style.find(f"{W}pPr/{W}jc")
    size = style.find(f"{W}rPr/{W}sz")
    return Printed(
        "".join(t.text or "" for t in paragraph.iter(f"{W}t")),
        style=key,
        font=font,
        size=float(size.get(f"{W}val")) / 2 if size is not None else 0,
        bold=style.find(f"{W}rPr/{W}b") is not None,
        italic=style.find(f"{W}rPr/{W}i") is not None,
        align=align.get(f"{W}val") if align is not None else "",
    )


def mm(points: float) -> float:
    """Points in millimetres."""
    return points / POINTS_PER_MM
