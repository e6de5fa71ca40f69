"""The page of a Word file: paper, margins, the font and size that most letters have, whether pages are numbered."""

from __future__ import annotations

from collections import Counter

from vanban.layout.measures import Page
from vanban.read.docx_words import Element, W
from vanban.read.guard import Package, xml

_TWIPS = 25.4 / 1440  # millimetres
Letters = tuple[str, float]  # font and size in points; "" and 0 where nothing is said


def page_of(data: bytes) -> Page | None:
    """The measures of the first section of a .docx file; None where it has no section properties.

    Raises ``UnreadableFile`` as the reader does."""
    package = Package(data)
    main = package.read("word/document.xml")
    body = xml(main).find(f"{W}body") if main else None
    section = None if body is None else next(body.iter(f"{W}sectPr"), None)
    if body is None or section is None:
        return None
    size, margin = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    if size is None or margin is None:
        return None
    font, points = _most_letters(body, _styles(package))
    top, bottom, left, right = (_length(margin, name) for name in ("top", "bottom", "left", "right"))
    return Page(_length(size, "w"), _length(size, "h"), top, bottom, left, right, font, points, _numbered(package))


def _length(element: Element, name: str) -> float:
    try:
        return abs(float(element.get(f"{W}{name}", "0"))) * _TWIPS
    except ValueError:
        return 0.0


def _numbered(package: Package) -> bool:
    parts = [
        name for name in package.names if name.startswith(("word/header", "word/footer")) and name.endswith(".xml")
    ]
    return any(b"PAGE" in package.read(name) for name in parts[:20])


def _styles(package: Package) -> dict[str, Letters]:
    """Style id → its letters, what it is based on included; "" is the document's default, a default paragraph style over it."""
    data = package.read("word/styles.xml")
    if not data:
        return {"": ("", 0.0)}
    root = xml(data)
    base = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    found: dict[str, Letters] = {"": _letters(base)}
    own = {s.get(f"{W}styleId", ""): s for s in root.iter(f"{W}style")}
    for key, style in own.items():
        found[key] = _inherited(key, own, found[""])
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") == "1":
            found["\0"] = found[key]
    found[""] = found.pop("\0", found[""])
    return found


def _inherited(key: str, own: dict[str, Element], default: Letters) -> Letters:
    font, size = "", 0.0
    for _step in range(20):  # a chain that runs in a circle ends here
        style = own.get(key)
        if style is None:
            break
        named, points = _letters(style.find(f"{W}rPr"))
        font, size = font or named, size or points
        parent = style.find(f"{W}basedOn")
        key = "" if parent is None else parent.get(f"{W}val", "")
    return font or default[0], size or default[1]


def _letters(properties: Element | None) -> Letters:
    if properties is None:
        return "", 0.0
    fonts, size = properties.find(f"{W}rFonts"), properties.find(f"{W}sz")
    half = "0" if size is None else size.get(f"{W}val", "0")
    return "" if fonts is None else fonts.get(f"{W}ascii", ""), float(half) / 2 if half.isdigit() else 0.0


def _most_letters(body: Element, styles: dict[str, Letters]) -> Letters:
    """The font and size of most letters, tables left out (their letters are smaller by right)."""
    fonts: Counter[str] = Counter()
    sizes: Counter[float] = Counter()
    for paragraph in body.findall(f".//{W}p"):
        if any(parent.tag == f"{W}tbl" for parent in paragraph.iterancestors()):
            continue
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        style = styles.get("" if named is None else named.get(f"{W}val", ""), styles[""])
        for run in paragraph.iter(f"{W}r"):
            words = sum(len(text.text or "") for text in run.iter(f"{W}t"))
            font, size = _letters(run.find(f"{W}rPr"))
            fonts[font or style[0]] += words
            sizes[size or style[1]] += words
    most_font = fonts.most_common(1)[0][0] if fonts else ""
    return most_font, sizes.most_common(1)[0][0] if sizes else 0.0
