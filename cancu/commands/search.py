"""Tìm trong mọi sổ như trên trang; --rebuild đọc lại toàn bộ bảng tìm kiếm."""

from __future__ import annotations

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs="*", metavar="CHỮ", help="chữ cần tìm, không cần dấu")
    parser.add_argument("--user", metavar="TÊN", help="tìm trong phạm vi của người này (tên đăng nhập)")
    parser.add_argument("--rebuild", action="store_true", help="đọc lại mọi bảng")


def run(given: argparse.Namespace) -> int:
    import sys

    from cancu.core.people import User
    from cancu.desk.search import search
    from cancu.desk.search_index import rebuild

    if given.rebuild:
        print(f"Đã đọc {sum(count for _name, count in rebuild())} dòng.")
        return 0
    user = User.objects.filter(username=given.user).first() if given.user else None
    if user is None or not given.words:
        print("Hãy ghi chữ cần tìm và --user TÊN ĐĂNG NHẬP, hoặc --rebuild.", file=sys.stderr)
        return 2
    found = search(user, " ".join(given.words), 10)
    if not found:
        print("Không tìm thấy gì trong phạm vi của người này.")
    for group, answers in found:
        print(group)
        for one in answers:
            print(f"  {one.title}  {one.address}")
    return 0
