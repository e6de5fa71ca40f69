"""Chạy việc nền: nhập Excel, đọc văn bản đến, nhắc hạn."""

from __future__ import annotations

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="làm hết việc đang chờ rồi dừng")
    parser.add_argument("--threads", type=int, default=2, metavar="SỐ", help="số việc làm cùng lúc, mặc định 2")


def run(given: argparse.Namespace) -> int:
    from procrastinate.contrib.django import app

    from cancu.core.jobs import take_up_abandoned

    again = take_up_abandoned()
    if again:
        print(f"Làm lại {again} việc bị bỏ dở.", flush=True)
    with app.replace_connector(app.connector.get_worker_connector()) as worker:
        worker.run_worker(wait=not given.once, concurrency=given.threads, listen_notify=True)
    return 0
