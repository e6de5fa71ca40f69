"""Dựng Sở mẫu, lập báo cáo năm 2024 và đối chiếu 54 số liệu với bảng cam kết."""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import os
import secrets
import sys
import time
from decimal import Decimal
from pathlib import Path

UNTIL = dt.date(2024, 11, 15)
CONTRACT = Path(__file__).resolve().parent.parent.parent / "samples" / "quang_tri" / "contract.csv"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-serve", action="store_true", help="không mở máy chủ sau khi lập")
    parser.add_argument(
        "--to", type=Path, default=Path("bao-cao"), metavar="THƯ_MỤC", help="nơi ghi báo cáo, mặc định bao-cao/"
    )
    parser.add_argument("--port", type=int, default=8000, metavar="CỔNG", help="cổng máy chủ")
    parser.add_argument("--host", default="127.0.0.1", metavar="MÁY", help="địa chỉ lắng nghe")


def run(given: argparse.Namespace) -> int:
    from cancu.core.tables import bring_up_to_date
    from cancu.desk.search_index import read_waiting

    began = time.monotonic()
    bring_up_to_date()
    _load()
    _report(given.to)
    print(f"Đã đọc {read_waiting()} dòng để tìm kiếm.")
    equal = compare()
    print(f"Xong sau {time.monotonic() - began:.0f} giây. Báo cáo ở {given.to}/")
    if given.no_serve:
        return 0 if equal else 1
    from cancu.commands import serve

    return serve.run(given)


def _load() -> None:
    from cancu.core.models import Unit
    from samples.quang_tri.load import load

    if Unit.objects.exists():
        print("Cơ sở dữ liệu đã có dữ liệu; giữ nguyên, không nạp lại Sở mẫu.")
        return

    def progress(words: str, done: int, whole: int) -> None:
        end = "\n" if done == whole else ""
        print(f"\r  [{'█' * (24 * done // whole):<24}] {done}/{whole} {words:<40.40}", end=end, flush=True)

    print("Nạp Sở mẫu (tổ chức, cơ sở, cá nhân mang tên đặt ra; văn bản và số liệu tổng hợp theo báo cáo thật):")
    counts = load(progress)
    print(f"  {sum(counts.values())} dòng trong {len(counts)} sổ.")
    _passwords()


def _passwords() -> None:
    from django.contrib.auth.hashers import make_password

    from cancu.core.models import User

    password = os.environ.get("CANCU_DEMO_PASSWORD") or secrets.token_urlsafe(9)
    User.objects.update(password=make_password(password))
    print(f"  Đăng nhập: giamdoc, phogiamdoc, vanthu, cv.qlcn, tr.qlcn … mật khẩu {password}")


def _report(folder: Path) -> None:
    from cancu.commands.report import find_or_compose, write_all
    from cancu.indicators.windows import year_to_date
    from cancu.reports.issue import files
    from cancu.reports.life import issue_whole

    report = find_or_compose("annual", year_to_date(UNTIL))
    if report.state != "issued":
        report = issue_whole(report, UNTIL)
    write_all(files(report), folder)
    print(f"Đã ban hành {report.code} ngày {report.issued_on:%d/%m/%Y}: Word, PDF, HTML, phụ lục số liệu.")


def compare() -> bool:
    """Print every figure of the contract beside the one counted from records; True when all are as agreed."""
    from cancu.indicators import compute
    from cancu.indicators.declaration import INDICATORS
    from cancu.indicators.windows import year_to_date

    with CONTRACT.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    window = year_to_date(UNTIL)
    known = [INDICATORS[r["code"]] for r in rows if r["code"] in INDICATORS]
    figures = {code: f.value for (code, _w), f in compute(known, [window], confirmed=True).items()}
    good = 0
    print(f"{'Chỉ tiêu':<42} {'đếm được':>12} {'cam kết':>12}")
    for row in rows:
        value, agreed = figures.get(row["code"]), Decimal(row["value"])
        right = value is not None and (value > agreed if row["bound"] == ">" else value == agreed)
        good += right
        said = "—" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)
        print(
            f"{row['code']:<42} {said:>12} {('trên ' if row['bound'] == '>' else '') + row['value']:>12} {'✓' if right else '✗ LỆCH'}"
        )
    print(f"{good}/{len(rows)} số liệu khớp.")
    if good < len(rows):
        print("Có số liệu không khớp bảng cam kết.", file=sys.stderr)
    return good == len(rows)
