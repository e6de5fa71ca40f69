"""How fast a folder is read: ``python -m bench.folder [--files 500] [--jobs 2]``.

Reads made folders of n and 2n files (txt, md, html, docx by turns) with ``vanban.folder`` on Daft's native engine and,
as the floor, with a plain pool of processes that does the same batches without any engine. Both end with the same
rows. Memory is the peak of the whole tree of processes (PSS, looked at every 0.2 s). What a kill costs is in
``bench.folder.killed``.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.folder.make import make_folder
from bench.folder.processes import memory


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--files", type=int, default=500)
    arguments.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    options = arguments.parse_args()
    if importlib.util.find_spec("daft") is None or importlib.util.find_spec("pyarrow") is None:
        print("not measured: needs the extra: pip install 'cancu[lon]'")
        return
    compare(options.files, options.jobs)


def compare(least: int, jobs: int) -> None:
    """Prints a line for each way and size."""
    with tempfile.TemporaryDirectory() as place:
        print(f"{'':<14}{'files':>7}{'MB':>7}{'seconds':>9}{'files/s':>9}{'MB/s':>7}{'peak MB':>9}")
        for files in (least, 2 * least):
            root = Path(place, f"in-{files}")
            make_folder(root, files)
            size = sum(path.stat().st_size for path in root.rglob("*.*")) / 1e6
            for name, command in commands(root, Path(place), files, jobs).items():
                seconds, peak = measured(command)
                print(
                    f"{name:<14}{files:>7}{size:>7.1f}{seconds:>9.1f}{files / seconds:>9.1f}{size / seconds:>7.2f}{peak / 1024:>9.0f}",
                    flush=True,
                )


def commands(root: Path, place: Path, files: int, jobs: int) -> dict[str, list[str]]:
    """What is measured, each in a process of its own."""
    return {
        "plain pool": [sys.executable, "-m", "bench.folder.pool", str(root), str(place / f"pool-{files}"), str(jobs)],
        "daft native": [
            sys.executable,
            "-m",
            "vanban",
            "read",
            str(root),
            "--to",
            str(place / f"daft-{files}"),
            "--jobs",
            str(jobs),
        ],
    }


def measured(command: list[str]) -> tuple[float, int]:
    """Seconds from start to end, peak memory of the tree in KiB."""
    peak, began = 0, time.monotonic()
    run = subprocess.Popen(  # noqa: S603
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "VANBAN_RAY": ""}
    )
    while run.poll() is None:
        peak = max(peak, memory(run.pid))
        time.sleep(0.2)
    if run.returncode not in (0, 1):  # 1: some files are broken, as they were made
        raise RuntimeError(f"{command} ended with {run.returncode}")
    return time.monotonic() - began, peak


if __name__ == "__main__":
    main()
