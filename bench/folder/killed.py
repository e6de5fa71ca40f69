"""What a kill costs: ``python -m bench.folder.killed [--files 400] [--ray]``.

Reads a made folder without a disturbance, then again in ways that are broken off in the middle, and compares all rows
of all tables: the whole run killed with SIGKILL and started again; with ``--ray`` one of the two workers of a local
Ray cluster killed while the run goes on. Ends with an error when a row is lost, doubled or different.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.folder.make import make_folder
from bench.folder.processes import descendants, title

#: The command ``vanban read`` with batches so small that a short run has many.
_RUN = "import sys; from vanban.folder import plan; plan.MOST_FILES = int(sys.argv.pop(1)); from vanban.cli import main; sys.exit(main())"
_PATIENCE = 600


def start(root: Path, out: Path, ray: str = "", files_per_batch: int = 10) -> subprocess.Popen[bytes]:
    """``vanban read root --to out --jobs 2`` in a process group of its own; its words go to ``out``.log."""
    command = [sys.executable, "-c", _RUN, str(files_per_batch), "read", str(root), "--to", str(out), "--jobs", "2"]
    with open(f"{out}.log", "ab") as log:
        return subprocess.Popen(  # noqa: S603
            command, stdout=log, stderr=log, env={**os.environ, "VANBAN_RAY": ray}, start_new_session=True
        )


def parts(out: Path) -> int:
    """Batches that are done."""
    return len(list((out / "documents").glob("part-*.parquet")))


def until_parts(run: subprocess.Popen[bytes], out: Path, count: int) -> None:
    """Waits until ``count`` batches are done; an error when the run ends before."""
    for _ in range(_PATIENCE * 20):
        if parts(out) >= count:
            return
        if run.poll() is not None:
            raise RuntimeError(f"the run ended early, see {out}.log")
        time.sleep(0.05)
    raise TimeoutError(f"{count} batches were not done in {_PATIENCE} s")


def finish(run: subprocess.Popen[bytes], out: Path) -> None:
    """Waits for the end of a run that must succeed (1: some files were unreadable, as they were made)."""
    if run.wait(_PATIENCE) not in (0, 1):
        raise RuntimeError(f"the run failed, see {out}.log:\n" + Path(f"{out}.log").read_text()[-2000:])


def rows(out: Path) -> dict[str, list[dict[str, Any]]]:
    """All rows of the three tables, in the order of path and position."""
    import pyarrow.parquet as pq

    order = {"documents": ["path"], "citations": ["path", "position"], "quantities": ["path", "position"]}
    return {
        table: pq.read_table(out / table).sort_by([(key, "ascending") for key in keys]).to_pylist()
        for table, keys in order.items()
    }


def kill_all_and_rerun(root: Path, out: Path, after: int) -> int:
    """Kills the run with all its processes when ``after`` batches are done, then starts it again; the batches done
    at the kill."""
    run = start(root, out)
    until_parts(run, out, after)
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    saved = parts(out)
    finish(start(root, out), out)
    return saved


def kill_one_worker(root: Path, out: Path, after: int) -> int:
    """Kills one worker of a local Ray cluster when ``after`` batches are done; the run itself must come to its
    end. Returns the batches done at the kill."""
    run = start(root, out, ray="local")
    try:
        until_parts(run, out, after)
        workers = [pid for pid in descendants(run.pid) if title(pid).startswith("ray::UDFActor")]
        if len(workers) < 2:
            raise RuntimeError(f"two workers were expected, found {workers}")
        os.kill(workers[0], signal.SIGKILL)
        saved = parts(out)
        finish(run, out)
        return saved
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(run.pid, signal.SIGKILL)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--files", type=int, default=400)
    arguments.add_argument("--ray", action="store_true")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as place:
        root = Path(place, "in")
        make_folder(root, options.files)
        finish(start(root, Path(place, "whole")), Path(place, "whole"))
        expected = rows(Path(place, "whole"))
        ways = {"all-killed": kill_all_and_rerun} | ({"ray-worker-killed": kill_one_worker} if options.ray else {})
        for name, way in ways.items():
            saved = way(root, Path(place, name), options.files // 40)
            found = rows(Path(place, name))
            counts = ", ".join(f"{len(found[table])} of {len(expected[table])} {table}" for table in expected)
            print(f"{name}: {saved} batches were done at the kill; then {counts}; equal: {found == expected}")
            if found != expected:
                sys.exit(1)


if __name__ == "__main__":
    main()
