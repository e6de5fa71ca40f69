"""One batch of a plan, from files to the three parts; knows no engine."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from vanban.folder.plan import batch_at
from vanban.folder.reader import Reader
from vanban.folder.tables import write_batch


class Worker:
    """Reads batches of one plan, one after another, in its own child process."""

    def __init__(self, plan: str, root: str, key: str, out: str) -> None:
        self._plan, self._key, self._out = plan, key, Path(out)
        self._reader = Reader(root)

    def read(self, batch: int, offset: int) -> dict[str, int]:
        """Reads the batch whose line stands at ``offset`` of the plan, writes its parts; its counts."""
        rows: dict[str, list[dict[str, Any]]] = {"documents": [], "citations": [], "quantities": []}
        for name, size in batch_at(self._plan, offset):
            answer = self._reader.read(name, size)
            path = os.fsencode(name).decode("utf-8", "backslashreplace")  # a name need not be UTF-8, a column must
            rows["documents"].append({"path": path, **answer["document"]})
            for table in ("citations", "quantities"):
                rows[table] += [_flat(path, position, row) for position, row in enumerate(answer[table])]
        return write_batch(self._out, self._key, batch, rows)

    def close(self) -> None:
        """Ends the child process."""
        self._reader.close()


def _flat(path: str, position: int, row: dict[str, Any]) -> dict[str, Any]:
    """A finding as one row: the period's parts become columns."""
    period = row.get("period") or {}
    return {
        **row,
        "path": path,
        "position": position,
        "period": period.get("text"),
        "period_from": period.get("from"),
        "period_to": period.get("to"),
    }
