"""The floor of ``bench.folder``: the same batches on a plain pool of processes, no engine:
``python -m bench.folder.pool IN OUT JOBS``."""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from vanban.folder.batch import Worker
from vanban.folder.plan import make_plan
from vanban.folder.tables import TABLES

_workers: list[Worker] = []


def read_with_pool(root: Path, out: Path, jobs: int) -> int:
    """Reads ``root`` into ``out``; the number of files."""
    for table in TABLES:
        (out / table).mkdir(parents=True)
    plan = make_plan(root, out / "plan.jsonl")
    given = (str(plan.path), plan.root, plan.key, str(out))
    with ProcessPoolExecutor(jobs, get_context("spawn"), _start, given) as pool:
        return sum(pool.map(_read, range(len(plan.offsets)), plan.offsets))


def _start(*given: str) -> None:
    _workers.append(Worker(*given))


def _read(batch: int, offset: int) -> int:
    return _workers[0].read(batch, offset)["files"]


if __name__ == "__main__":
    from bench.folder.pool import read_with_pool as read  # under its own name, so that the processes find it

    print(read(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])))
