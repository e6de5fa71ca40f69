"""``vanban convert``: one format into another, whole or not at all."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from vanban.commands import convert
from vanban.read import read
from vanban.write import write
from vanban.write.tests.documents import report


def _run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    convert.add_arguments(parser)
    return convert.run(parser.parse_args(words))


@pytest.mark.parametrize("ending", [".html", ".docx"])
def test_a_word_file_becomes_another_and_loses_nothing(tmp_path: Path, ending: str) -> None:
    (tmp_path / "vao.docx").write_bytes(write(report(), "docx"))
    assert _run(str(tmp_path / "vao.docx"), str(tmp_path / f"ra{ending}")) == 0
    assert read(tmp_path / f"ra{ending}") == report()


def test_an_unknown_ending_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("vao.docx", str(tmp_path / "ra.odt")) == 2
    assert ".docx" in capsys.readouterr().err


def test_what_cannot_be_read_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "vao.docx").write_bytes(b"PK\x03\x04")
    assert _run(str(tmp_path / "vao.docx"), str(tmp_path / "ra.pdf")) == 2
    assert "hỏng" in capsys.readouterr().err
    assert not (tmp_path / "ra.pdf").exists()
