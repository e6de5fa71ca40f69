"""The batches of a plan on Daft: its native engine on this machine, or a Ray cluster by one setting.

Only this file knows Daft and Ray. The engine hands out numbers of batches and gets counts back; the rows
themselves go from the workers straight into the parts.
"""

from __future__ import annotations

import importlib.util
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from vanban.folder.batch import Worker
from vanban.folder.plan import Plan
from vanban.translation import _

_HOME = str(Path(__file__).parents[2])


class MissingExtra(RuntimeError):  # noqa: N818
    """A library of an extra is not installed; the message says which one to install."""


def require(ray: str) -> None:
    """Raises ``MissingExtra`` unless the libraries for a run (``ray``: the setting, empty for none) are here."""
    message = _(
        "Đọc cả thư mục cần phần bổ sung “{extra}” (thiếu {library}). Hãy cài rồi chạy lại: pip install 'cancu[{extra}]'"
    )
    for library, extra in (("pyarrow", "lon"), ("daft", "lon"), *((("ray", "lon-ray"),) if ray else ())):
        if importlib.util.find_spec(library) is None:
            raise MissingExtra(message.format(extra=extra, library=library))


def read_batches(plan: Plan, out: Path, batches: list[int], jobs: int, ray: str) -> Iterator[dict[str, int]]:
    """The counts of each batch as it is done, in any order. ``ray``: “local”, the address of a cluster, or empty
    for the native engine. ``jobs``: workers at once; 0 for as many as there are cores.

    Whatever the engine raises passes through; what is done stays done."""
    daft, jobs = _daft(jobs, ray)
    offsets = [plan.offsets[batch] for batch in batches]
    frame = daft.from_pydict({"batch": batches, "offset": offsets})
    if ray:
        frame = frame.into_partitions(min(len(batches), 4 * jobs))
    worker = daft.cls(_reading(daft), max_concurrency=min(jobs, len(batches)), use_process=False)(
        str(plan.path), plan.root, plan.key, str(out)
    )
    for row in frame.select(worker.read(frame["batch"], frame["offset"]).alias("counts")).iter_rows():
        yield json.loads(row["counts"])


def _reading(daft: Any) -> type:
    class Reading:  # made here, because its base has no Daft and Daft is imported late
        def __init__(self, *given: str) -> None:
            self._worker = Worker(*given)

        @daft.method.batch(return_dtype=daft.DataType.string(), batch_size=1)  # type: ignore[untyped-decorator]
        def read(self, batch: Any, offset: Any) -> list[str]:
            pairs = zip(batch.to_pylist(), offset.to_pylist(), strict=True)
            return [json.dumps(self._worker.read(number, place)) for number, place in pairs]

    return Reading


def _daft(jobs: int, ray: str) -> tuple[Any, int]:
    """Daft with its runner chosen, and the number of workers; neither Daft nor Ray reports to its makers."""
    os.environ |= {"DO_NOT_TRACK": "true", "RAY_USAGE_STATS_ENABLED": "0", "DAFT_PROGRESS_BAR": "0"}
    os.environ["DAFT_RUNNER"] = "ray" if ray else "native"  # not by a call: Daft takes that once in a process only
    import daft

    if not ray:
        return daft, jobs or len(os.sched_getaffinity(0))
    import ray as cluster

    if not cluster.is_initialized():
        os.environ["PYTHONPATH"] = os.pathsep.join([_HOME, os.environ.get("PYTHONPATH", "")])
        here = {"num_cpus": jobs or None, "include_dashboard": False, "_node_ip_address": "127.0.0.1"}
        cluster.init(log_to_driver=False, logging_level="ERROR", **(here if ray == "local" else {"address": ray}))
    return daft, jobs or int(cluster.cluster_resources()["CPU"])
