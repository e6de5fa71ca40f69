"""Citations of documents in running Vietnamese text: found, dated, named, nested. See ``find_citations``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from vanban.citations.citation import Citation
from vanban.text import CleanText

__all__ = ["Citation", "cited_in", "find_citations", "iter_citations"]
_PIECE = 200_000


def find_citations(text: str, document_date: dt.date | None = None, *, data: Path | None = None) -> list[Citation]:
    """Every mention of another document in ``text``, in reading order.

    Positions count characters of ``text`` as given (NFD, odd dashes and page breaks included); the span of a
    citation covers its type word, number, date and issuer, not its title (see ``Citation``). The document's
    own number in its head, planned documents without a number and blanks (“Số:   /BC-SKHCN”) are not
    citations; laws known by name and year are. What cannot be resolved is returned with a reason.

    ``document_date``: the day of the citing document; a cited date after it is reported as ambiguous.
    ``data``: a directory with ``types.yaml``, ``issuers.yaml``, ``successions.yaml`` that extend ours.

    >>> [c.canonical for c in find_citations("Thực hiện Kế hoạch số 97/KH-UBND ngày 06/5/2024 của UBND tỉnh")]
    ['97/KH-UBND']
    """
    return list(iter_citations(text, document_date, data=data))


def iter_citations(text: str, document_date: dt.date | None = None, *, data: Path | None = None) -> Iterator[Citation]:
    """As ``find_citations``, one by one: memory stays flat however long the text is, because it is read in
    pieces of whole paragraphs. Issuers named in one piece are known in the next."""
    yield from _read(text, None, document_date, data)


def cited_in(clean: CleanText, document_date: dt.date | None = None) -> list[Citation]:
    """As ``find_citations`` for a text that has been cleaned already, so that it is cleaned once."""
    return list(_read(clean.raw, clean, document_date, None))


def _read(text: str, whole: CleanText | None, document_date: dt.date | None, data: Path | None) -> Iterator[Citation]:
    from vanban.citations.reading import read_drafts
    from vanban.citations.resolve import Known, resolved

    known = Known()
    before = 0
    for offset, piece in _pieces(text):
        clean = whole if whole is not None and len(piece) == len(text) else CleanText(piece)
        found = resolved(clean, read_drafts(clean.clean, data), document_date, known, data)
        if offset == 0:
            yield from found
        else:
            for citation in found:
                parent = None if citation.parent is None else citation.parent + before
                yield citation._replace(start=citation.start + offset, end=citation.end + offset, parent=parent)
        before += len(found)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """The text in pieces cut at an empty line, a line end or a space, whichever is found in their second half."""
    at = 0
    while len(text) - at > _PIECE:
        ends = (text.rfind(mark, at + _PIECE // 2, at + _PIECE) for mark in (".\n", "\n\n", "\n", " "))
        cut = next((end for end in ends if end >= 0), at + _PIECE - 1) + 1
        yield at, text[at:cut]
        at = cut
    yield at, text[at:] if at else text
