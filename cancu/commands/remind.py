"""Gửi thư nhắc hạn hằng ngày; mỗi mốc chỉ nhắc một lần."""

from __future__ import annotations

import argparse
import datetime as dt


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--day", type=dt.date.fromisoformat, metavar="NGÀY", help="nhắc như vào ngày này (YYYY-MM-DD), mặc định hôm nay"
    )
    parser.add_argument("--dry", action="store_true", help="chỉ kể ra ai sẽ được nhắc gì, không gửi và không ghi")


def run(given: argparse.Namespace) -> int:
    from cancu.core.calendar import today
    from cancu.desk.digest import said_left, send, unsaid

    day = given.day or today()
    if not given.dry:
        sent = send(day)
        print(f"Đã gửi {len(sent)} thư ngày {day:%d/%m/%Y}.")
        return 0
    for user, new in unsaid(day):
        print(f"{user} <{user.email or 'chưa có địa chỉ thư, sẽ không gửi'}>")
        for one in new:
            print(f"  {said_left(one.left, one.on)}: {one.reminder.words}: {one.row}")
    return 0
