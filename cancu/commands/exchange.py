"""Gửi, nhận văn bản với cơ quan khác qua thư mục trao đổi (edXML): một lượt, chạy lại không gửi trùng."""

from __future__ import annotations

import argparse
import sys

from cancu.core.refusal import REFUSALS, reasons


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--as", dest="username", default="vanthu", metavar="TÊN", help="văn thư gửi nhận, mặc định vanthu"
    )


def run(given: argparse.Namespace) -> int:
    """0: done; 1: some packet was refused; 2: not set up."""

    from cancu.core.models import User
    from cancu.documents.exchange import one_pass

    user = User.objects.filter(username=given.username, is_active=True).first()
    if user is None:
        print(f"Không có người dùng “{given.username}”; dùng --as và tên văn thư.", file=sys.stderr)
        return 2
    refused = 0
    try:
        for one in one_pass(user):
            refused += bool(one.refusal)
            print(f"{one.name}: từ chối: {one.refusal}" if one.refusal else one.name, flush=True)
    except REFUSALS as error:
        print(" ".join(reasons(error)), file=sys.stderr)
        return 2
    return 1 if refused else 0
