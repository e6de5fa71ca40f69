"""Word files of others: their words in order, automatic numbers counted, tables kept as tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from vanban.document import Document, Paragraph, Text, joined, plain
from vanban.read.docx_numbering import Numbering, numbering
from vanban.read.docx_ours import table_of
from vanban.read.docx_words import Element, Source, W, inlines_of, pieces
from vanban.read.guard import Package, xml
from vanban.read.lines import Line, places_only, recognised

_WORDS = re.compile(r"[^\W\d_]")
_MARGINAL = re.compile(r"word/(header|footer|footnotes|endnotes)\d*\.xml")


def other_document(body: Element, source: Source, package: Package) -> Document:
    """The document that the words of the body make; words of page headers, footers and notes come last."""
    parts = {name: package.read(f"word/{name}.xml") for name in ("numbering", "styles")}
    trees = {name: xml(data) if data else None for name, data in parts.items()}
    reader = _Reader(source, numbering(trees["numbering"], trees["styles"]))
    document = recognised(list(reader.lines(body)))
    return replace(document, blocks=document.blocks + tuple(_marginal(package, source)))


class _Reader:
    def __init__(self, source: Source, numbers: Numbering) -> None:
        self.source, self.numbers = source, numbers

    def lines(self, parent: Element) -> Iterator[Line]:
        for child in parent:
            if child.tag == f"{W}p":
                yield Line(self.paragraph(child).inlines)
            elif child.tag == f"{W}tbl":
                yield from self.table(child)
            elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}txbxContent"):
                yield from self.lines(child)

    def paragraph(self, element: Element) -> Paragraph:
        mark = self.numbers.mark(element)
        words = inlines_of(pieces(element, self.source))
        for box in element.iter(f"{W}txbxContent"):  # words in a drawn box stand beside the line
            if not any(a.tag.endswith("}Fallback") for a in box.iterancestors()):
                words = (
                    *words,
                    *(i for p in box.iter(f"{W}p") for i in (Text("\n"), *inlines_of(pieces(p, self.source)))),
                )
        return Paragraph(joined((Text(f"{mark} "), *words) if mark else words))

    def table(self, element: Element) -> Iterator[Line]:
        """A table of figures stays one; a table that only places the head or foot gives its lines."""
        table = table_of(element, "", self.paragraph)
        if not places_only(table):
            yield Line(block=table)
            return
        for row in table.rows:
            for cell in row:
                yield from (Line(p.inlines) for p in cell.paragraphs)


def _marginal(package: Package, source: Source) -> Iterator[Paragraph]:
    seen: set[str] = set()
    for name in sorted(n for n in package.names if _MARGINAL.fullmatch(n)):
        for element in xml(package.read(name)).iter(f"{W}p"):
            words = inlines_of(pieces(element, source))
            text = plain(words).strip()
            if _WORDS.search(text) and text not in seen:
                seen.add(text)
                yield Paragraph(words)
