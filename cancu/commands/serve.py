"""Mở máy chủ web trên máy này."""

from __future__ import annotations

import argparse
import os
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, metavar="CỔNG", help="cổng, mặc định 8000")
    parser.add_argument("--host", default="127.0.0.1", metavar="MÁY", help="địa chỉ lắng nghe, mặc định 127.0.0.1")


def run(given: argparse.Namespace) -> int:
    print(f"Căn Cứ: http://{given.host}:{given.port}/  (Ctrl+C để dừng)", flush=True)
    os.execv(sys.executable, [  # noqa: S606
        sys.executable, "-m", "gunicorn", "cancu.wsgi", "-b", f"{given.host}:{given.port}", "-k", "gthread", "-w", "2", "--threads", "4",
    ])
    return 0
