"""PDF with a text layer → Document: lines joined into paragraphs by where they stand on the page."""

from __future__ import annotations

import ctypes
import itertools
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from vanban.document import Document
from vanban.outline.lines import run_together
from vanban.read.guard import ScannedFile, UnreadableFile, damaged, locked
from vanban.read.lines import line, recognised
from vanban.translation import _

MOST_PAGES = 5000
_LARGEST_TEXT = 50_000_000  # characters
_HYPHEN = (0x02, 0xFFFE)
_PAGE_NUMBER = re.compile(r"[-–—\s]*\d{1,4}(\s*/\s*\d{1,4})?[-–—\s]*")
_INDENT = 9.0  # points right of the margin: a first line
_LONG = 0.7  # of the widest line: a line of the text, not of the head or the foot
_FULL = 2.0  # points from the edge: a justified line
_SHORT = 0.86  # of the width: a line that ends its paragraph
_GAP = 1.45  # of the usual pitch: a new paragraph
_APART = 2.2  # of the height: words of another column on the same row
_DASH = re.compile(r"[-+•–]\s")
_OPENS = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,3})*[.)]\s|[a-zđ]\)\s|[IVXLC]{1,7}[.\-]\s|(?:Điều|Chương|Mục|Phần|Phụ lục)\s+[\dIVXLC]+|Nơi nhận|V/[vV]\s|Kính (?:gửi|trình))"
)


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of print: words and where they stand, in points from the lower left corner."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


def pdf(data: bytes) -> Document:
    """The document in a PDF. Page numbers are dropped; a paragraph that runs over a page is one. A PDF
    without a text layer (a scan) is refused: its letters must be recognised first."""
    import pypdfium2  # type: ignore[import-untyped]

    try:
        file = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise (locked() if "password" in str(error).lower() else damaged()) from error
    try:
        return recognised([line(text) for text in _paragraphs(_pages(file))])
    finally:
        file.close()


def _pages(file: object) -> list[list[_Row]]:
    import pypdfium2

    assert isinstance(file, pypdfium2.PdfDocument)
    if len(file) > MOST_PAGES:
        message = _("PDF có {count} trang, quá giới hạn {limit}. Hãy tách tệp.")
        raise UnreadableFile(message.format(count=len(file), limit=MOST_PAGES))
    pages: list[list[_Row]] = []
    letters = 0
    for index in range(len(file)):
        try:
            page = file[index]
            pages.append(_rows(page.get_textpage()))
            page.close()
        except pypdfium2.PdfiumError as error:
            raise damaged() from error
        letters += sum(len(row.text) for row in pages[-1])
        if letters > _LARGEST_TEXT:
            raise UnreadableFile(_("PDF chứa quá nhiều chữ nên không đọc. Hãy tách tệp."))
    if not letters:
        raise ScannedFile(_("PDF này là bản quét, không có lớp chữ. Hãy nhận dạng chữ (OCR) rồi thử lại."))
    return [_without_number(rows) for rows in pages]


def _rows(page: object) -> list[_Row]:
    """The lines of a page as pdfium orders them; a wide gap inside a line splits it in two."""
    from pypdfium2 import raw

    count = raw.FPDFText_CountChars(page.raw)  # type: ignore[attr-defined]
    rows: list[_Row] = []
    words: list[str] = []
    box: list[float] = []

    def close() -> None:
        text = "".join(words).strip()
        if text and box:
            rows.append(_Row(text, *box))
        words.clear()
        box.clear()

    sides = [ctypes.c_double() for _side in range(4)]
    for index in range(count):
        code = raw.FPDFText_GetUnicode(page.raw, index)  # type: ignore[attr-defined]
        if code in (0x0D, 0x0A):
            close()
            continue
        if code in _HYPHEN:  # pdfium's sign for a hyphen that ends a line
            words.append("-")
            close()
            continue
        if code in (0, 0xAD):
            continue
        sign = chr(code) if not 0xD800 <= code < 0xE000 else ""
        left, right, bottom, top = sides
        raw.FPDFText_GetCharBox(page.raw, index, *map(ctypes.byref, sides))  # type: ignore[attr-defined]
        if sign.strip() and right.value > left.value:
            if box and left.value - box[1] > _APART * max(box[2] - box[3], 6.0):
                close()
            box[:] = _around(box, left.value, right.value, top.value, bottom.value)
        words.append(sign)
    close()
    return rows


def _around(box: list[float], left: float, right: float, top: float, bottom: float) -> list[float]:
    if not box:
        return [left, right, top, bottom]
    return [min(box[0], left), max(box[1], right), max(box[2], top), min(box[3], bottom)]


def _without_number(rows: list[_Row]) -> list[_Row]:
    """The page without its number, first or last line of the page."""
    if rows and _PAGE_NUMBER.fullmatch(max(rows, key=lambda row: row.top).text):
        top = max(rows, key=lambda row: row.top)
        rows = [row for row in rows if row is not top]
    if rows and _PAGE_NUMBER.fullmatch(min(rows, key=lambda row: row.bottom).text):
        low = min(rows, key=lambda row: row.bottom)
        rows = [row for row in rows if row is not low]
    return rows


def _paragraphs(pages: Iterable[list[_Row]]) -> list[str]:
    """The lines of all pages, those of one paragraph joined."""
    pages = [rows for rows in pages if rows]
    everything = [row for rows in pages for row in rows]
    widest = max((row.right - row.left for row in everything), default=0.0)
    edge = _usual(row.right for row in everything if row.right - row.left > _LONG * widest)
    margin = _margin(pages, edge)
    pitch = _usual_pitch(pages)
    indents = sum(margin + _INDENT < row.left < margin + 5 * _INDENT for row in everything) > len(everything) / 40
    page = _Page(margin, edge, pitch, indents)
    out: list[str] = []
    last: _Row | None = None
    for rows in pages:
        for position, row in enumerate(rows):
            if last is not None and out and page.continues(last, row, over_break=position == 0):
                out[-1] = run_together((out[-1], row.text))
            else:
                out.append(row.text)
            last = row
    return out


def _margin(pages: list[list[_Row]], edge: float) -> float:
    """Where lines begin. It's the place of what follows a full line: in a letter of a page, more lines are the
    indented first ones of their paragraphs than not."""
    steps = [(last, row) for rows in pages for last, row in itertools.pairwise(rows)]
    after = [row.left for last, row in steps if last.right >= edge - _FULL and last.bottom > row.bottom]
    return _usual(after or (row.left for rows in pages for row in rows))


@dataclass(frozen=True, slots=True)
class _Page:
    """The usual page of the file: text margins, line pitch, and whether paragraphs are indented."""

    margin: float
    edge: float
    pitch: float
    indents: bool

    def continues(self, last: _Row, row: _Row, over_break: bool) -> bool:
        """Whether ``row`` goes on with the paragraph of ``last``."""
        if not over_break and not 0 < last.bottom - row.bottom < _GAP * self.pitch:
            return False
        if self._centred(last) and self._centred(row) and row.left > self.margin + _INDENT:
            return not last.text.isupper() and (row.text[0].islower() or self._runs_over(last, row))
        if row.left > self.margin + _INDENT or _OPENS.match(row.text):
            return False
        if _DASH.match(row.text) and not self.indents:
            return False
        return last.right >= self.margin + _SHORT * (self.edge - self.margin)

    def _runs_over(self, last: _Row, row: _Row) -> bool:
        """Whether a centred line was too long for its row: a title of words, not a title after its kind."""
        full = last.right - last.left > _SHORT * (self.edge - self.margin)
        return full and row.text[0].isalpha() and not row.text.isupper()

    def _centred(self, row: _Row) -> bool:
        return abs((row.left - self.margin) - (self.edge - row.right)) < _INDENT


def _usual(values: Iterable[float]) -> float:
    """The commonest of them. Places of glyphs differ by a point, so neighbours count as the same."""
    counted = Counter(round(value) for value in values)
    near = {value: counted[value - 1] + 2 * count + counted[value + 1] for value, count in counted.items()}
    return float(max(near, key=lambda value: near[value], default=0))


def _usual_pitch(pages: list[list[_Row]]) -> float:
    steps = (a.bottom - b.bottom for rows in pages for a, b in itertools.pairwise(rows) if a.bottom > b.bottom)
    return max(_usual(steps), 8.0)
