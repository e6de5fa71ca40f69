"""``vanban read FILE|-``: what a document says, for people or as JSON; ``vanban read DIR --to OUT``: a folder of
documents into Parquet tables."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from vanban.translation import _

if TYPE_CHECKING:
    from vanban.reading import Reading

HELP = _("đọc văn bản thành dữ liệu: tiêu đề, đề mục, viện dẫn, số liệu, thời hạn")
_TEXTS = {".txt", ".md", ".text", ""}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file (or “-”), the form of the answer, the document's date, and trust in the file."""
    parser.add_argument(
        "source",
        metavar=_("TỆP"),
        help=_(
            "tệp .txt, .md, .docx, .doc, .pdf, .html, edXML; “-” để đọc từ đầu vào chuẩn; hoặc một thư mục (cần --to)"
        ),
    )
    parser.add_argument("--json", action="store_true", help=_("xuất JSON; vị trí tính bằng ký tự của văn bản"))
    parser.add_argument("--date", metavar=_("NGÀY"), help=_("ngày của văn bản (năm-tháng-ngày) nếu văn bản không ghi"))
    parser.add_argument("--trusted", action="store_true", help=_("đọc ngay trong tiến trình này (tệp của chính mình)"))
    parser.add_argument(
        "--to",
        metavar=_("THƯ-MỤC-RA"),
        help=_("đọc cả thư mục thành bảng Parquet: documents, citations, quantities; chạy lại để đọc tiếp"),
    )
    parser.add_argument(
        "--jobs",
        metavar="N",
        type=int,
        default=0,
        help=_("số việc chạy cùng lúc khi đọc thư mục (mặc định: mọi lõi của máy)"),
    )


def run(args: argparse.Namespace) -> int:
    """0: read; 1: a folder was read, but some of its files could not be; 2: could not be read, with the reason on
    the error stream."""
    if args.to is not None or Path(args.source).is_dir():
        return _run_folder(args)
    import datetime as dt

    from vanban.read.guard import UnreadableFile
    from vanban.reading import analyse

    try:
        date = dt.date.fromisoformat(args.date) if args.date else None
    except ValueError:
        return _failed(
            _("--date: “{date}” không phải là ngày; hãy viết năm-tháng-ngày, ví dụ 2024-11-30.").format(date=args.date)
        )
    try:
        reading = analyse(_words(args.source, args.trusted), date)
    except (UnreadableFile, OSError) as error:
        return _failed(_("Không đọc được {source}: {reason}").format(source=args.source, reason=_reason(error)))
    if args.json:
        json.dump(reading.to_json(), sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    else:
        sys.stdout.write(summary(reading))
    return 0


def _run_folder(args: argparse.Namespace) -> int:
    """The runner is chosen by the setting ``VANBAN_RAY``: empty for this machine, “local” or a cluster's address."""
    import os

    from vanban.folder import MissingExtra, UnfinishedRun, UnusableFolder, read_folder
    from vanban.folder.shown import Shown

    if args.to is None:
        return _failed(
            _("{source} là thư mục; hãy thêm --to và nơi ghi kết quả, ví dụ: vanban read {source} --to ket-qua").format(
                source=args.source
            )
        )
    if args.json or args.date or args.trusted:
        return _failed(_("--json, --date, --trusted chỉ dùng khi đọc một tệp; hãy bỏ đi khi đọc thư mục với --to."))
    if args.jobs < 0:
        return _failed(_("--jobs: số việc phải là số nguyên dương, hoặc 0 cho mọi lõi."))
    shown = Shown(sys.stderr)
    try:
        progress = read_folder(args.source, args.to, args.jobs, os.environ.get("VANBAN_RAY", ""), shown)
    except (MissingExtra, UnusableFolder, UnfinishedRun) as error:
        shown.end()
        return _failed(str(error))
    shown.end()
    sys.stdout.write(
        _(
            "Đã đọc {files} tệp vào {out}: {citations} viện dẫn, {quantities} số liệu; {unreadable} tệp không đọc được (lý do ở bảng documents)."
        ).format(
            files=progress.files,
            out=args.to,
            citations=progress.citations,
            quantities=progress.quantities,
            unreadable=progress.unreadable,
        )
        + "\n"
    )
    return 1 if progress.unreadable else 0


def _words(source: str, trusted: bool) -> str:
    """The text to analyse: of a text file as it stands, of another format its plain lines."""
    from vanban.read import read, read_untrusted
    from vanban.read.guard import load
    from vanban.read.text import decoded
    from vanban.reading import text_of

    if source == "-" or Path(source).suffix.lower() in _TEXTS:
        found = decoded(sys.stdin.buffer.read() if source == "-" else load(source))
        for warning in found.warnings:
            sys.stderr.write(_("Cảnh báo: {warning}").format(warning=warning) + "\n")
        return found.text
    return text_of((read if trusted else read_untrusted)(source))


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return _("không có tệp này; hãy kiểm tra lại đường dẫn.")
    if isinstance(error, PermissionError):
        return _("không có quyền đọc tệp này.")
    if isinstance(error, IsADirectoryError):
        return _("đây là thư mục; hãy chỉ ra một tệp.")
    return str(error)


def _failed(reason: str) -> int:
    sys.stderr.write(f"{reason}\n")
    return 2


def summary(reading: Reading) -> str:
    """A page for people: the head, then what was found, one line each."""
    header = reading.structure.head.header
    kind = header.kind or _("Văn bản")
    dated = f"{header.date:%d/%m/%Y}" if header.date else ""
    lines = [" · ".join(part for part in (kind, header.code, dated, header.issuer) if part), header.title, ""]
    lines += [_("Viện dẫn: {count}").format(count=len(reading.citations))]
    lines += [f"  {found.text}" for found in reading.citations]
    lines += [_("Số liệu: {count}").format(count=len(reading.quantities))]
    lines += [
        f"  {' '.join(part for part in (q.qualifier, q.text) if part)} = {q.value} {q.unit}".rstrip()
        for q in reading.quantities
    ]
    lines += [_("Thời hạn: {count}").format(count=len(reading.deadlines))]
    lines += [
        f"  {found.text}" + (f" → {found.due:%d/%m/%Y}" if found.due else "") + f": {found.subject[:100]}"
        for found in reading.deadlines
    ]
    return "\n".join(lines) + "\n"
