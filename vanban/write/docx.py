"""Document → Word: named styles, header and footer tables, repeated table heads, page numbers in the top
margin from page 2, and a content control around every live node.

A content control carries the node's reference as its tag, so the sentence can be edited in Word and
``vanban.read.docx`` still finds what it stands on. The font is named, not embedded.
"""

from __future__ import annotations

from vanban.document import Appendix, Block, Document, Header, Heading, Paragraph, Picture, Table
from vanban.layout import Layout, phrases
from vanban.write import measure, words
from vanban.write.docx_parts import Parts, content_types, core, page_header, root_relations
from vanban.write.docx_runs import control, nothing, paragraph, run
from vanban.write.wordxml import EMU_PER_MM, Element, el, package, styles, twips, val


def docx(document: Document, layout: Layout) -> bytes:
    """The document as a .docx package."""
    writer = _Writer(layout)
    body = writer.body(document)
    pictures = {f"word/media/{name}": data for name, data in writer.parts.media.items()}
    return package(
        {
            "[Content_Types].xml": content_types(),
            "_rels/.rels": root_relations(),
            "docProps/core.xml": core(words.document_title(document), words.clean(document.header.issuer)),
            "word/document.xml": el("w:document", None, body),
            "word/_rels/document.xml.rels": writer.parts.relations(),
            "word/styles.xml": styles(layout),
            "word/settings.xml": writer.parts.settings(),
            "word/header1.xml": page_header(),
            **pictures,
        }
    )


class _Writer:
    """One pass over a document: the elements of the body, and the parts that they refer to."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.parts = Parts()

    def body(self, document: Document) -> Element:
        out: list[Element] = []
        if words.has_header(document.header):
            out += self.header(document.header)
        out += self.addressees(document.addressees)
        out += [self.paragraph(p, "ground") for p in document.grounds]
        for block in document.blocks:
            out += self.block(block)
        out += self.foot(document)
        for appendix in document.appendices:
            last = nothing("spacer")
            last[0].append(self.section())
            out += [last, *self.appendix(appendix)]
        return el("w:body", None, *out, self.section())

    def section(self) -> Element:
        """Page, margins and numbering of one section; an appendix counts its own pages."""
        layout = self.layout
        width, height = layout.page
        margins = {
            "top": layout.top.used,
            "right": layout.right.used,
            "bottom": layout.bottom.used,
            "left": layout.left.used,
        }
        edges = {"header": layout.page_number_from_edge, "footer": layout.page_number_from_edge, "gutter": 0.0}
        return el(
            "w:sectPr",
            None,
            el("w:headerReference", {"w:type": "default", "r:id": Parts.HEADER}),
            val("w:type", "nextPage"),
            el(
                "w:pgSz",
                {"w:w": twips(width), "w:h": twips(height), **({"w:orient": "landscape"} if width > height else {})},
            ),
            el("w:pgMar", {f"w:{side}": twips(mm) for side, mm in (margins | edges).items()}),
            el("w:pgNumType", {"w:start": 1}),
            el("w:titlePg"),
        )

    # --- the head of the first page ---

    def header(self, header: Header) -> list[Element]:
        layout = self.layout
        left, right = layout.header_columns
        issuer = [paragraph("parent", run(header.parent))] if header.parent else []
        if header.issuer:
            issuer += [
                paragraph("issuer", run(header.issuer)),
                self.rule("issuer", header.issuer, left, layout.issuer_rule.used),
            ]
        nation = [paragraph("nation", run(layout.nation)), paragraph("motto", run(layout.motto))]
        nation.append(self.rule("motto", layout.motto, right, layout.motto_rule.used))
        rows = [(issuer, nation), ([self.number(header)], [self.place_date(header)])]
        if header.title and not header.kind:
            subject = paragraph("subject", run(phrases.SUBJECT), run(header.title, "at_title"))
            rows.append(([subject], [nothing("spacer")]))
        out = [_frame("head", (left, right), rows, centred=True)]
        if header.kind:
            out.append(paragraph("kind", run(header.kind)))
            if header.title:
                width = twips(layout.text_width)
                out += [
                    paragraph("title", run(header.title)),
                    self.rule("title", header.title, width, layout.title_rule.used),
                ]
        return out if header.kind else [*out, nothing("spacer")]

    def number(self, header: Header) -> Element:
        digits = run(header.number, "at_number") if header.number else run(phrases.NUMBER_BLANK)
        symbol = [*run("/"), *run(header.symbol, "at_symbol")] if header.symbol else []
        return paragraph("number", run(phrases.NUMBER), digits, symbol)

    def place_date(self, header: Header) -> Element:
        place = [*run(header.place, "at_place"), *run(", ")] if header.place else []
        return paragraph("place_date", place, run(phrases.date_words(header.date), "at_date"))

    def rule(self, style: str, above: str, room: int, share: float) -> Element:
        """A line of ``share`` of the words above it, centred in ``room`` twips: the border of an empty
        paragraph whose indents leave just that length."""
        set_in = self.layout.styles[style]
        length = min(20 * measure.width(words.clean(above), set_in.size.used, set_in.bold), room) * share
        side = round((room - length) / 2)
        line = nothing("rule")
        border = el("w:pBdr", None, el("w:top", {"w:val": "single", "w:sz": 6, "w:space": 1, "w:color": "000000"}))
        gap = el("w:spacing", {"w:before": 60, "w:after": 40, "w:line": 40, "w:lineRule": "exact"})
        line[0].extend([border, gap, el("w:ind", {"w:left": side, "w:right": side})])
        return line

    def addressees(self, addressees: tuple[str, ...]) -> list[Element]:
        if not addressees:
            return []
        if len(addressees) == 1:
            return [paragraph("addressees", run(f"{phrases.ADDRESSEES} "), run(addressees[0], "at_title"))]
        style = self.layout.styles["addressees"]
        label = paragraph("addressees", run(phrases.ADDRESSEES))
        label[0].append(el("w:spacing", {"w:after": 0}))
        start = twips(30)
        under = start + round(20 * measure.width(phrases.ADDRESSEES[:-1], style.size.used, style.bold))
        _indent(label, start)
        lines = [paragraph("addressee", run(line)) for line in phrases.listed(addressees)]
        for line in lines:
            _indent(line, under)
        return [label, *lines]

    # --- the body ---

    def block(self, block: Block) -> list[Element]:
        if isinstance(block, Heading):
            return [self.heading(block)]
        if isinstance(block, Paragraph):
            return [self.paragraph(block, "body")]
        if isinstance(block, Picture):
            return [self.picture(block)]
        return self.table(block)

    def heading(self, heading: Heading) -> Element:
        style = words.heading_style(heading, self.layout)
        between = "\n" if style == "division" else " "
        number = run(heading.number + between, "no") if heading.number else []
        made = paragraph(style, number, *(control(i, self.parts) for i in heading.inlines))
        made[0].append(val("w:outlineLvl", min(max(heading.level, 1), 9) - 1))
        return made

    def paragraph(self, source: Paragraph, style: str) -> Element:
        marker = run(source.marker + " ", "mark") if source.marker else []
        return paragraph(style, marker, *(control(i, self.parts) for i in source.inlines), align=source.align)

    def picture(self, picture: Picture) -> Element:
        from vanban.write.docx_picture import drawing

        return paragraph(
            "picture", [el("w:r", None, drawing(picture, self.parts, self.layout.text_width * EMU_PER_MM))]
        )

    def table(self, table: Table) -> list[Element]:
        from vanban.write.docx_table import grid

        caption = [paragraph("caption", run(table.caption))] if table.caption else []
        made = grid(table, twips(self.layout.text_width), self.paragraph)
        return [*caption, made, nothing("spacer")]

    # --- the end ---

    def foot(self, document: Document) -> list[Element]:
        signature, recipients = document.signature, document.recipients
        if not (recipients or signature.authority or signature.name):
            return []
        left = [paragraph("recipients", run(phrases.RECIPIENTS))] if recipients else []
        left += [paragraph("recipient", run(line)) for line in phrases.listed(recipients)]
        right = [paragraph("authority", run(line)) for line in signature.authority]
        if signature.name:
            right.append(paragraph("signer", run(signature.name)))
        second = self.layout.footer_columns[1]
        first = twips(self.layout.text_width) - second
        return [
            nothing("spacer"),
            nothing("spacer"),
            _frame("foot", (first, second), [(left, right)]),
            nothing("spacer"),
        ]

    def appendix(self, appendix: Appendix) -> list[Element]:
        number = [*run(" "), *run(appendix.number, "at_annex")] if appendix.number else []
        out = [paragraph("appendix", run(phrases.APPENDIX), number)]
        out += [paragraph("appendix_title", run(appendix.title))] if appendix.title else []
        out += [paragraph("appendix_note", run(appendix.note))] if appendix.note else []
        for block in appendix.blocks:
            out += self.block(block)
        return out


def _indent(element: Element, left: int) -> None:
    element[0].append(el("w:ind", {"w:left": left}))
    element[0].append(val("w:jc", "left"))


def _frame(
    style: str, columns: tuple[int, int], rows: list[tuple[list[Element], list[Element]]], centred: bool = False
) -> Element:
    """A table without borders that only places its cells side by side."""
    centre = [val("w:jc", "center")] if centred else []
    width = el("w:tblW", {"w:w": sum(columns), "w:type": "dxa"})
    properties = el("w:tblPr", None, val("w:tblStyle", style), width, *centre, el("w:tblLayout", {"w:type": "fixed"}))
    made = el("w:tbl", None, properties, el("w:tblGrid", None, *(el("w:gridCol", {"w:w": c}) for c in columns)))
    for row in rows:
        cells = [
            el(
                "w:tc",
                None,
                el("w:tcPr", None, el("w:tcW", {"w:w": column, "w:type": "dxa"})),
                *(content or [nothing("spacer")]),
            )
            for column, content in zip(columns, row, strict=True)
        ]
        made.append(el("w:tr", None, el("w:trPr", None, el("w:cantSplit")), *cells))
    return made
