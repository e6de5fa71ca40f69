"""Citations of documents in running Vietnamese text: found, dated, named, nested. See ``find_citations``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from vanban.citations.citation import Citation, Draft
from vanban.text import CleanText

__all__ = ["Citation", "find_citations"]


def find_citations(
    text: str, document_date: dt.date | None = None, *, data: Path | None = None
) -> list[Citation]:
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
    from vanban.citations.reading import read_drafts
    from vanban.citations.resolve import resolved

    clean = text if isinstance(text, CleanText) else CleanText(text)
    drafts: list[Draft] = read_drafts(clean.clean, data)
    return resolved(clean, drafts, document_date, data)
