"""How fast citations are read: ``python -m bench.reading [--megabytes 4] [--runs 7]``.

In one run, alternating, on one core: the floor (one pass of the simplest regular expression for a number over
the same bytes), numbers alone, citations whole, everything that ``vanban read`` says, and eyecite on text of its own kind. Every copy of the
Vietnamese text gets numbers of its own, so that no cache answers for the parser. Rates are megabytes of UTF-8
a second, median of the runs; memory is the peak that reading a text ten times as long adds beyond its results.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import re
import statistics
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

from vanban.citations import find_citations
from vanban.numbers import find_numbers
from vanban.reading import analyse
from vanban.text import CleanText

SAMPLE = Path(os.environ.get("CANCU_SHARED") or Path(__file__).parents[3] / "shared") / "quang-tri-2024" / "report.txt"
OWN = (
    "Thực hiện Công văn số 4986/UBND-NC ngày 11/11/2024 của UBND tỉnh về việc báo cáo kết quả năm 2024, Sở báo "
    "cáo như sau: trong năm đã triển khai Nghị quyết số 33/2024/NQ-HĐND ngày 10/5/2024 của HĐND tỉnh và Kế hoạch số "
    "97/KH-UBND ngày 06/05/2024; tổ chức nhiều lớp tập huấn cho người dân, nâng cao năng suất và chất lượng hàng hóa, "
    "góp phần phát triển kinh tế - xã hội, bảo vệ môi trường và sức khỏe cộng đồng trên địa bàn tỉnh.\n\n"
)
AMERICAN = (
    "The court applied the rule of Lissner v. Test, 1 U.S. 12, 347-348 (4th Cir. 1982), and later in 410 U.S. 113. "
    "The parties disagreed about its scope, and the panel below had read the statute narrowly in its opinion; we "
    "review that reading without deference and turn first to the text. See also 28 U.S.C. § 1331.\n\n"
)
FLOOR = re.compile(rb"[0-9]+[/-][^ \n]+")
_DIGITS = re.compile(r"\d+(?=[a-z]?(?:/\d{4})?[/-][A-ZĐ])")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--megabytes", type=float, default=4.0)
    arguments.add_argument("--runs", type=int, default=7)
    options = arguments.parse_args()
    text = vietnamese(int(options.megabytes * 1e6))
    find_citations(OWN)
    rates = measure(text, options.runs)
    floor = rates["floor"]
    for name, rate in rates.items():
        print(f"{name:<10} {rate:9.2f} MB/s   {rate / floor:6.2f} × floor")
    print(f"citations / eyecite = {rates['citations'] / rates['eyecite']:.0f} ×")
    print(f"working memory, text ×1 and ×10: {memory(text[:200_000]):.2f} and {memory(text[:2_000_000]):.2f} MB")


def vietnamese(size: int) -> str:
    """The sample report (or a text of our own where it is absent) repeated, numbers changed in every copy."""
    source = SAMPLE.read_text(encoding="utf-8") if SAMPLE.exists() else OWN * 8
    copies: list[str] = []
    have = 0
    while have < size:
        shift = len(copies)
        copies.append(_DIGITS.sub(lambda m, by=shift: str(int(m.group()) + by), source))
        have += len(source.encode())
    return "".join(copies)


def measure(text: str, runs: int) -> dict[str, float]:
    """Megabytes a second by name; the contestants alternate so that a busy machine is shared fairly."""
    from eyecite import get_citations

    raw = text.encode()
    american = AMERICAN * 40
    part = text[:300_000]
    contestants: dict[str, tuple[Callable[[], object], int]] = {
        "floor": (lambda: sum(1 for _ in FLOOR.finditer(raw)), len(raw)),
        "numbers": (lambda: sum(1 for _ in find_numbers(CleanText(text).clean)), len(raw)),
        "citations": (lambda: len(find_citations(text)), len(raw)),
        "everything": (lambda: analyse(part, dt.date(2024, 12, 31)), len(part.encode())),
        "eyecite": (lambda: len(get_citations(american)), len(american.encode())),
    }
    for work, _ in contestants.values():
        work()
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(runs):
        for name, (work, _size) in contestants.items():
            start = time.perf_counter()
            work()
            times[name].append(time.perf_counter() - start)
    return {name: contestants[name][1] / 1e6 / statistics.median(taken) for name, taken in times.items()}


def memory(text: str) -> float:
    """Peak megabytes beyond what the finished list itself holds."""
    tracemalloc.start()
    found = find_citations(text)
    kept, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return (peak - kept) / 1e6 if found else 0.0


if __name__ == "__main__":
    main()
