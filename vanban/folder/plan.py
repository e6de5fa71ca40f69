"""The plan of a run: every file of a folder, in batches, listed once and never changed afterwards.

``plan.jsonl`` holds a line for each batch (a list of ``[name, bytes]``, names relative to the folder) and a last
line that sums it up. Listing is streamed: memory does not grow with the number of files.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vanban.translation import _

NAME = "plan.jsonl"
MOST_FILES = 128
MOST_BYTES = 8 * 1024 * 1024


class UnusableFolder(ValueError):  # noqa: N818
    """The folder, or the place for its result, can't be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A folder's batches. ``key`` tells plans apart (it is a digest of all names and sizes); ``offsets`` are the
    places of the batches in ``path``, so that a worker reads the one line that it needs."""

    path: Path
    root: str
    key: str
    files: int
    offsets: tuple[int, ...]


def make_plan(root: Path, path: Path) -> Plan:
    """Lists ``root`` into ``path``, whole or not at all, and returns the plan. What lies in ``path``'s own folder
    is left out. Raises ``UnusableFolder`` when ``root`` can't be listed."""
    try:
        os.scandir(root).close()
    except OSError as error:
        message = _("Không đọc được thư mục {name}: {reason}. Hãy kiểm tra đường dẫn và quyền đọc.")
        raise UnusableFolder(message.format(name=root, reason=error.strerror)) from error
    digest, files, temporary = hashlib.sha256(), 0, path.with_name(f".{path.name}.tmp")
    with temporary.open("wb") as target:
        for batch in _batches(_listed(root, path.parent)):
            line = json.dumps(batch).encode() + b"\n"
            digest.update(line)
            files += len(batch)
            target.write(line)
        last = {"root": os.fspath(root.absolute()), "key": digest.hexdigest()[:16], "files": files}
        target.write(json.dumps(last).encode() + b"\n")
        target.flush()
        os.fsync(target.fileno())
    temporary.replace(path)
    return load_plan(path)


def load_plan(path: Path) -> Plan:
    """The plan that was made before. Raises ``UnusableFolder`` when the file is not a plan."""
    offsets, at, line = [], 0, b""
    with path.open("rb") as file:
        for line in file:
            offsets.append(at)
            at += len(line)
    try:
        last = json.loads(line)
        return Plan(path, last["root"], last["key"], last["files"], tuple(offsets[:-1]))
    except (ValueError, KeyError, TypeError) as error:
        message = _(
            "Tệp {name} không phải là danh sách tệp của lần đọc trước. Hãy chọn thư mục ra khác, hoặc xóa thư mục ra rồi đọc lại."
        )
        raise UnusableFolder(message.format(name=path)) from error


def batch_at(path: str | Path, offset: int) -> list[tuple[str, int]]:
    """The files of one batch: name relative to the folder, size in bytes when it was listed."""
    with open(path, "rb") as file:
        file.seek(offset)
        return [(name, size) for name, size in json.loads(file.readline())]


def _listed(root: Path, without: Path) -> Iterator[tuple[str, int]]:
    """Every entry below ``root`` that is no folder, with its size; links are not followed. A folder that can't be
    listed is itself an entry, so that the reader records why."""
    left_out = os.path.realpath(without)
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(os.path.join(root, folder)) as entries:
                for entry in entries:
                    name = os.path.join(folder, entry.name)
                    if not entry.is_dir(follow_symlinks=False):
                        yield name, _size(entry)
                    elif os.path.realpath(entry.path) != left_out:
                        waiting.append(name)
        except OSError:
            yield folder, 0


def _size(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat(follow_symlinks=False).st_size
    except OSError:
        return 0


def _batches(files: Iterator[tuple[str, int]]) -> Iterator[list[tuple[str, int]]]:
    batch: list[tuple[str, int]] = []
    weight = 0
    for name, size in files:
        if batch and (len(batch) == MOST_FILES or weight + size > MOST_BYTES):
            yield batch
            batch, weight = [], 0
        batch.append((name, size))
        weight += size
    if batch:
        yield batch
