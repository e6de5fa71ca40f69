"""Document → bytes: Word, PDF, HTML or Markdown, in the layout that the law sets for the document's day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Literal, get_args

from vanban.document import Document
from vanban.layout import Layout, NoLayout, layout_on
from vanban.translation import _

Format = Literal["docx", "pdf", "html", "md"]


def write(document: Document, format: Format, date: dt.date | None = None, landscape: bool = False) -> bytes:
    """The document as a file. ``date`` chooses the layout; without it the document's own date does, and
    an undated document, or one older than every layout held, is set in the newest layout. ``landscape`` lays the
    page across, which the decree allows for tables that are not split into annexes (Annex I, Part I).

    Equal documents give equal bytes. Characters that no XML file may carry (control characters) are
    dropped. Raises ``NoLayout`` when ``date`` is before the first layout held, ``ValueError`` for an
    unknown format, ``UnwritableDocument`` when a picture can't be drawn."""
    layout = _layout(document, date)
    if landscape:
        layout = replace(layout, page=layout.page[::-1])
    if format == "docx":
        from vanban.write.docx import docx

        return docx(document, layout)
    if format == "pdf":
        from vanban.write.pdf import pdf

        return pdf(document, layout)
    if format == "html":
        from vanban.write.html import html

        return html(document, layout)
    if format == "md":
        from vanban.write.markdown import markdown

        return markdown(document)
    known = ", ".join(get_args(Format))
    raise ValueError(
        _("Không ghi được dạng “{format}”. Hãy chọn một trong: {known}.").format(format=format, known=known)
    )


def _layout(document: Document, date: dt.date | None) -> Layout:
    if date is not None:
        return layout_on(date)
    try:
        return layout_on(document.header.date)
    except NoLayout:
        return layout_on()
