"""What is written reads back equal, for any document at all."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from vanban.document import Document
from vanban.read.docx import docx
from vanban.read.html import html
from vanban.write import Format, write
from vanban.write.tests.documents import documents, report

_SLOW = settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))


@_SLOW
@given(documents)
def test_word_reads_back_equal(document: Document) -> None:
    assert docx(write(document, "docx")) == document


@_SLOW
@given(documents)
def test_html_reads_back_equal(document: Document) -> None:
    assert html(write(document, "html")) == document


@settings(_SLOW, max_examples=80)
@given(documents)
def test_any_document_prints(document: Document) -> None:
    assert write(document, "pdf").startswith(b"%PDF")


@pytest.mark.parametrize("format", ["docx", "pdf", "html", "md"])
def test_equal_documents_give_equal_bytes(format: Format) -> None:
    assert write(report(), format) == write(report(), format)
