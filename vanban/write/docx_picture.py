"""Pictures in a Word file: the SVG itself for Word 2016 and later, and its PNG for every other reader."""

from __future__ import annotations

from vanban.document import Picture
from vanban.write.docx_parts import Parts
from vanban.write.pdf import png
from vanban.write.words import clean
from vanban.write.wordxml import EMU_PER_MM, Element, el

_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"


def drawing(picture: Picture, parts: Parts, most: float) -> Element:
    """The drawing of a picture, its own size in EMU; the page clips nothing as long as it is at most
    ``most`` wide, and a wider one is scaled down."""
    width, height = round(picture.width * EMU_PER_MM), round(picture.height * EMU_PER_MM)
    scale = min(1.0, most / width) if width else 1.0
    size = {"cx": round(width * scale), "cy": round(height * scale)}
    identity = {"id": parts.next_id(), "name": f"Hình {len(parts.media) // 2 + 1}", "descr": clean(picture.alt)}
    fallback, vector = parts.picture(png(picture), "png"), parts.picture(clean(picture.svg).encode(), "svg")
    extension = el("a:ext", {"uri": _SVG_EXTENSION}, el("asvg:svgBlip", {"r:embed": vector}))
    blip = el("a:blip", {"r:embed": fallback}, el("a:extLst", None, extension))
    shape = el(
        "pic:spPr",
        None,
        el("a:xfrm", None, el("a:off", {"x": 0, "y": 0}), el("a:ext", size)),
        el("a:prstGeom", {"prst": "rect"}, el("a:avLst")),
    )
    drawn = el(
        "pic:pic",
        None,
        el("pic:nvPicPr", None, el("pic:cNvPr", identity), el("pic:cNvPicPr")),
        el("pic:blipFill", None, blip, el("a:stretch", None, el("a:fillRect"))),
        shape,
    )
    edges = dict.fromkeys(("distT", "distB", "distL", "distR"), 0)
    graphic = el("a:graphic", None, el("a:graphicData", {"uri": _PICTURE}, drawn))
    return el("w:drawing", None, el("wp:inline", edges, el("wp:extent", size), el("wp:docPr", identity), graphic))
