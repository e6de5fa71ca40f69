"""Reading a stranger's file in a process of its own, with bounds on memory, processor time and the clock.

The child gets the bytes on its input and answers with the tree as JSON: whatever a broken parser does in
there, the parent only ever parses JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from vanban.document import Document
from vanban.document_json import from_data
from vanban.layout.measures import Page
from vanban.read import guard
from vanban.read.guard import ScannedFile, UnreadableFile

_HOME = Path(__file__).parents[2]
_LARGEST_ANSWER = 400 * guard.MiB


def read_untrusted(
    source: str | Path | bytes, name: str | None = None, seconds: int = 20, memory: int = 1024, inert: bool = False
) -> Document:
    """``read`` for files from outside: at most ``seconds`` of processor time (twice that on the clock) and
    ``memory`` MiB. ``inert``: a file that carries macros or scripts is refused, for files that are kept and handed on.
    Raises ``UnreadableFile`` when a bound is met or the parser dies, ``ScannedFile`` for pictures without letters."""
    return read_with_page(source, name, seconds, memory, inert)[0]


def read_with_page(
    source: str | Path | bytes, name: str | None = None, seconds: int = 20, memory: int = 1024, inert: bool = False
) -> tuple[Document, Page | None]:
    """As ``read_untrusted``, with the measures of a Word file's page.
    Bounds and errors are those of ``read_untrusted``."""
    data = guard.load(source)
    if name is None and not isinstance(source, bytes):
        name = str(source)
    command = [sys.executable, "-m", "vanban.read", str(seconds), str(memory), name or "", "inert" if inert else ""]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(_HOME), os.environ.get("PYTHONPATH", "")])}
    try:
        done = subprocess.run(  # noqa: S603
            command, input=data, capture_output=True, timeout=2 * seconds + 5, env=environment, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise guard.too_heavy() from error
    if done.returncode or len(done.stdout) > _LARGEST_ANSWER:
        raise guard.too_heavy()
    answer = json.loads(done.stdout)
    if "error" in answer:
        raise (ScannedFile if answer.get("scanned") else UnreadableFile)(answer["error"])
    page = answer.get("page")
    return from_data(answer["document"]), Page(**page) if page else None
