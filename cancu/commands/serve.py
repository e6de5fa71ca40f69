"""Mở máy chủ web và việc nền trên máy này."""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import time


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, metavar="CỔNG", help="cổng, mặc định 8000")
    parser.add_argument("--host", default="127.0.0.1", metavar="MÁY", help="địa chỉ lắng nghe, mặc định 127.0.0.1")


def run(given: argparse.Namespace) -> int:
    """Pages by gunicorn, long work by one worker beside it; when either ends, both do."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    print(f"Căn Cứ: http://{given.host}:{given.port}/  (Ctrl+C để dừng)", flush=True)
    pages = [
        "-m",
        "gunicorn",
        "cancu.wsgi",
        "-c",
        "python:cancu.logs",
        "-b",
        f"{given.host}:{given.port}",
        "-k",
        "gthread",
        "-w",
        "2",
        "--threads",
        "4",
    ]
    both = [subprocess.Popen([sys.executable, *words]) for words in (pages, ["-m", "cancu.cli", "work"])]  # noqa: S603
    try:
        while all(one.poll() is None for one in both):
            time.sleep(0.5)
    finally:
        for one in both:
            one.terminate()
        codes = [one.wait() for one in both]
    return max(codes)
