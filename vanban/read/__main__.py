"""The child of ``read_untrusted``: bytes in, the tree as JSON out, within the bounds given."""

from __future__ import annotations

import json
import resource
import sys

from vanban.document_json import to_data
from vanban.read import guard, read
from vanban.read.active import refuse_active
from vanban.read.guard import ScannedFile, UnreadableFile


def main() -> None:
    """Arguments: seconds of processor time, MiB of memory, the file's name, “inert” to refuse what carries macros or scripts."""
    seconds, memory, name, inert = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4] == "inert"
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory * guard.MiB, memory * guard.MiB))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        data = sys.stdin.buffer.read()
        if inert:
            refuse_active(data, guard.kind(data, name or None))
        answer: dict[str, object] = {"document": to_data(read(data, name or None)), "page": _page(data, name)}
    except UnreadableFile as error:
        answer = {"error": str(error), "scanned": isinstance(error, ScannedFile)}
    sys.stdout.write(json.dumps(answer))


def _page(data: bytes, name: str) -> dict[str, object] | None:
    """The page's measures, which only a Word file has."""
    if guard.kind(data, name or None) != "docx":
        return None
    from dataclasses import asdict

    from vanban.read.docx_page import page_of

    page = page_of(data)
    return asdict(page) if page else None


if __name__ == "__main__":
    main()
