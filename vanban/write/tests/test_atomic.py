"""A file is written whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from vanban.write.atomic import UnwrittenFile, write_file


def test_the_file_holds_what_was_written_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    write_file(tmp_path / "bao-cao.docx", b"cu")
    write_file(tmp_path / "bao-cao.docx", b"moi")
    assert (tmp_path / "bao-cao.docx").read_bytes() == b"moi"
    assert [p.name for p in tmp_path.iterdir()] == ["bao-cao.docx"]


def test_a_full_disk_leaves_the_old_file_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "bao-cao.docx"
    target.write_bytes(b"cu")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UnwrittenFile, match="Đĩa đầy"):
        write_file(target, b"moi" * 1000)
    assert target.read_bytes() == b"cu"
    assert list(tmp_path.iterdir()) == [target]


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnwrittenFile, match="không tồn tại"):
        write_file(tmp_path / "khong" / "bao-cao.docx", b"x")
    assert not (tmp_path / "khong").exists()
