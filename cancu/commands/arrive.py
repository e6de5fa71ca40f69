"""Nhận văn bản đến từ một thư mục: đọc từng tệp, điền sẵn phiếu vào sổ."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

SECONDS_BETWEEN = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="THƯ_MỤC", help="thư mục mà máy quét, phần mềm khác đặt tệp vào")
    parser.add_argument(
        "--as", dest="username", default="vanthu", metavar="TÊN", help="văn thư giữ sổ đến, mặc định vanthu"
    )
    parser.add_argument("--watch", action="store_true", help="theo dõi mãi, tới khi Ctrl+C")


def run(given: argparse.Namespace) -> int:
    """One pass, or one every few seconds. 1 when a file of the pass was refused."""
    from cancu.core.models import User
    from cancu.documents.folder import SECONDS_STILL, one_pass

    user = User.objects.filter(username=given.username, is_active=True).first()
    if user is None:
        print(f"Không có người dùng “{given.username}”; dùng --as và tên văn thư.", file=sys.stderr)
        return 2
    if not given.folder.is_dir():
        print(f"Không có thư mục {given.folder}.", file=sys.stderr)
        return 2
    refused = _pass(one_pass(given.folder, user, SECONDS_STILL if given.watch else 0))
    while given.watch:
        time.sleep(SECONDS_BETWEEN)
        _pass(one_pass(given.folder, user))
    return 1 if refused else 0


def _pass(outcomes: Iterable[Any]) -> int:
    refused = 0
    for one in outcomes:
        refused += bool(one.refusal)
        print(f"{one.name}: {'từ chối: ' + one.refusal if one.refusal else 'chờ vào sổ'}", flush=True)
    return refused
