"""Lập báo cáo và ghi ra Word, PDF, HTML và phụ lục số liệu."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", metavar="LOẠI", help="dàn bài: annual (báo cáo năm)")
    parser.add_argument("--year", type=int, required=True, metavar="NĂM", help="năm báo cáo")
    parser.add_argument(
        "--until", type=dt.date.fromisoformat, metavar="NGÀY", help="ngày chốt số liệu, dạng 2024-11-15; mặc định 31/12"
    )
    parser.add_argument("--to", type=Path, required=True, metavar="THƯ_MỤC", help="nơi ghi các tệp")
    parser.add_argument(
        "--issue", type=dt.date.fromisoformat, metavar="NGÀY", help="duyệt, ký và ban hành với ngày này (dùng để thử)"
    )


def run(given: argparse.Namespace) -> int:
    from cancu.indicators.windows import year, year_to_date
    from cancu.reports.findings import findings
    from cancu.reports.issue import OpenErrors, files
    from cancu.reports.life import issue_whole

    until = given.until or dt.date(given.year, 12, 31)
    if until.year != given.year:
        print(f"--until phải nằm trong năm {given.year}.", file=sys.stderr)
        return 2
    report = find_or_compose(given.kind, year_to_date(until) if given.until else year(given.year))
    if given.issue and report.state != "issued":
        try:
            report = issue_whole(report, given.issue)
        except OpenErrors as error:
            print("Chưa ban hành được, còn lỗi:\n  " + "\n  ".join(error.messages), file=sys.stderr)
            return 1
    write_all(files(report), given.to)
    print(f"{report.title} ({report.code or report.get_state_display()}): {given.to}/")
    open_problems = [] if report.state == "issued" else [p for p in findings(report) if p.code not in ("R1", "R2")]
    for problem in open_problems:
        print(f"  [{problem.severity}] {problem.place}: {problem.message} {problem.cure}".replace(" : ", " "))
    return 1 if any(p.severity == "error" for p in open_problems) else 0


def find_or_compose(kind: str, window):  # type: ignore[no-untyped-def]
    """The report of this kind and window; opened by the office where there is none yet."""
    from cancu.core.people import Role
    from cancu.core.units import Unit
    from cancu.documents.models import Document
    from cancu.reports.compose import compose, outline
    from cancu.reports.life import holder
    from cancu.reports.models import Report

    found = Report.objects.filter(kind=kind, window_start=window.start, window_end=window.end, corrects=None).first()
    if found is not None:
        return found
    office = Unit.objects.filter(code=outline(kind)["office"]).first()
    if office is None:
        from django.core.exceptions import ValidationError

        raise ValidationError("Cơ sở dữ liệu chưa có đơn vị nào. Chạy “cancu demo --no-serve” để nạp Sở mẫu.")
    asked = Document.objects.filter(
        tasks_ordered__kind="report", tasks_ordered__programme__year=window.end.year
    ).first()
    return compose(kind, window, holder(Role.SPECIALIST, office, window.end), asked)


def write_all(files: dict[str, bytes], folder: Path) -> None:
    """Write every file whole or not at all."""
    from vanban.write.atomic import write_file

    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        write_file(folder / name, content)
