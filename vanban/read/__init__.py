"""Bytes → Document: Word, old Word, PDF, HTML, Markdown, plain text, edXML; told apart by content.

Reading never runs anything that a file carries, fetches nothing, and either returns a document or raises
``UnreadableFile`` with a cure. For files that strangers send use ``read_untrusted``, which bounds time and
memory from outside.
"""

from __future__ import annotations

from pathlib import Path

from vanban.document import Document
from vanban.read import guard
from vanban.read.guard import FileWarning, UnreadableFile
from vanban.read.untrusted import read_untrusted

__all__ = ["FileWarning", "UnreadableFile", "read", "read_untrusted"]


def read(source: str | Path | bytes, name: str | None = None) -> Document:
    """The document in a file, or in bytes. ``name`` helps only to tell Markdown from plain text.

    Raises ``UnreadableFile``: damaged, encrypted, too large, a scan, or not a document at all."""
    data = guard.load(source)
    if name is None and not isinstance(source, bytes):
        name = str(source)
    try:
        return _parse(data, guard.kind(data, name))
    except (RecursionError, MemoryError) as error:
        raise guard.too_heavy() from error


def _parse(data: bytes, kind: str) -> Document:
    if kind == "docx":
        from vanban.read.docx import docx

        return docx(data)
    if kind == "doc":
        from vanban.read.doc import doc

        return doc(data)
    if kind == "pdf":
        from vanban.read.pdf import pdf

        return pdf(data)
    if kind == "html":
        from vanban.read.html import html

        return html(data)
    if kind == "edxml":
        from vanban.read.edxml import edxml

        return edxml(data)
    return _plain(data, kind)


def _plain(data: bytes, kind: str) -> Document:
    from vanban.read.text import decode

    words = decode(data)
    if kind == "md":
        from vanban.read.markdown import markdown

        return markdown(words)
    from vanban.outline import outline

    return outline(words.split("\n"))
