"""A run over a folder: make or take up the plan, let the engine read what is not done, close with a manifest."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from vanban.folder import plan as plans
from vanban.folder.engine import MissingExtra, read_batches, require
from vanban.folder.plan import Plan, UnusableFolder
from vanban.folder.tables import TABLES, done, part
from vanban.translation import _
from vanban.write.atomic import write_file

__all__ = ["MissingExtra", "Progress", "UnfinishedRun", "read_folder"]


class UnfinishedRun(RuntimeError):  # noqa: N818
    """The engine stopped and made no more headway; what is done is kept, the same call goes on from there."""


@dataclass
class Progress:
    """Where a run stands: ``files`` of ``all_files`` are in the tables, ``unreadable`` of them with a reason instead
    of a content; rows of citations and quantities; ``bytes`` read."""

    all_files: int
    files: int = 0
    unreadable: int = 0
    bytes: int = 0
    citations: int = 0
    quantities: int = 0

    def add(self, counts: dict[str, int]) -> None:
        """Counts a batch that is done."""
        for name in ("files", "unreadable", "bytes", "citations", "quantities"):
            setattr(self, name, getattr(self, name) + counts[name])


def read_folder(
    root: str | Path, out: str | Path, jobs: int = 0, ray: str = "", show: Callable[[Progress], None] = lambda _: None
) -> Progress:
    """Reads every file below ``root`` into the tables ``documents``, ``citations``, ``quantities`` (Parquet folders in
    ``out``) and lists their parts in ``out/manifest.json``.

    The files are those found at the first call; a later call with the same ``out`` goes on with what is not done
    (after a crash, a full disk, a kill), and loses or doubles nothing. A file that can't be read has a row with
    the reason and stops nothing. ``jobs``: workers at once, 0 for all cores. ``ray``: empty for this machine's
    native engine, “local” or the address of a Ray cluster whose nodes see ``root`` and ``out`` under the same
    paths. ``show`` is called as batches are done.

    Raises ``MissingExtra``, ``UnusableFolder`` (also while another run writes to ``out``), ``UnfinishedRun``."""
    require(ray)
    root, out = Path(root).absolute(), Path(out).absolute()
    try:
        for table in TABLES:
            (out / table).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnusableFolder(
            _("Không tạo được thư mục ra {name}: {reason}.").format(name=out, reason=error.strerror)
        ) from error
    with _alone(out):
        plan = _plan(root, out)
        progress, left = _standing(plan, out)
        show(progress)
        while left:
            progress, left = _attempt(plan, out, left, progress, jobs, ray, show)
        _close(plan, out, progress)
    return progress


def _attempt(
    plan: Plan, out: Path, left: list[int], progress: Progress, jobs: int, ray: str, show: Callable[[Progress], None]
) -> tuple[Progress, list[int]]:
    """One query over the batches that are left. An engine may die with a machine of its cluster: then what the
    parts say is true, and the rest is tried again as long as each attempt brings something."""
    failure: Exception | None = None
    try:
        for counts in read_batches(plan, out, left, jobs, ray):
            progress.add(counts)
            show(progress)
    except Exception as error:
        failure = error
    progress, still = _standing(plan, out)
    if len(still) == len(left):
        message = _(
            "Chưa đọc xong: còn {count} phần chưa ghi được ({reason}). Những phần đã đọc còn nguyên; sửa nguyên nhân rồi chạy lại đúng lệnh này để đọc tiếp."
        )
        raise UnfinishedRun(message.format(count=len(still), reason=str(failure).strip()[:500])) from failure
    show(progress)
    return progress, still


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """One run at a time in ``out``; what an earlier one left half-written is removed."""
    with (out / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise UnusableFolder(
                _("Một lần đọc khác đang ghi vào {name}. Hãy đợi nó xong, hoặc chọn thư mục ra khác.").format(name=out)
            ) from error
        for half in out.glob("*/.part-*.tmp"):
            half.unlink(missing_ok=True)
        yield


def _plan(root: Path, out: Path) -> Plan:
    path = out / plans.NAME
    plan = plans.load_plan(path) if path.exists() else plans.make_plan(root, path)
    if plan.root != os.fspath(root):
        message = _("Thư mục ra {name} đang giữ kết quả đọc của {other}. Hãy chọn thư mục ra khác.")
        raise UnusableFolder(message.format(name=out, other=plan.root))
    return plan


def _standing(plan: Plan, out: Path) -> tuple[Progress, list[int]]:
    """What the parts say: how far the run is, and the batches that are left."""
    progress, left = Progress(plan.files), []
    for batch in range(len(plan.offsets)):
        counts = done(out, plan.key, batch)
        if counts is None:
            left.append(batch)
        else:
            progress.add(counts)
    return progress, left


def _close(plan: Plan, out: Path, progress: Progress) -> None:
    """Writes the manifest: the totals, and every part of every table in the order of the plan."""
    tables = {table: [part(out, table, batch).name for batch in range(len(plan.offsets))] for table in sorted(TABLES)}
    rows = {"documents": progress.files, "citations": progress.citations, "quantities": progress.quantities}
    told = {
        "root": plan.root,
        "plan": plan.key,
        "rows": rows,
        "unreadable": progress.unreadable,
        "bytes": progress.bytes,
        "parts": tables,
    }
    write_file(out / "manifest.json", json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n")
