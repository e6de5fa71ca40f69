"""``vanban read FILE|-``: what a document says, for people or as JSON."""

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
    parser.add_argument("source", metavar=_("TỆP"), help=_("tệp .txt, .md, .docx, .doc, .pdf, .html, edXML; “-” để đọc từ đầu vào chuẩn"))
    parser.add_argument("--json", action="store_true", help=_("xuất JSON; vị trí tính bằng ký tự của văn bản"))
    parser.add_argument("--date", metavar=_("NGÀY"), help=_("ngày của văn bản (năm-tháng-ngày) nếu văn bản không ghi"))
    parser.add_argument("--trusted", action="store_true", help=_("đọc ngay trong tiến trình này (tệp của chính mình)"))


def run(args: argparse.Namespace) -> int:
    """0: read; 2: could not be read, with the reason on the error stream."""
    import datetime as dt

    from vanban.read.guard import UnreadableFile
    from vanban.reading import analyse

    try:
        date = dt.date.fromisoformat(args.date) if args.date else None
    except ValueError:
        return _failed(_("--date: “{date}” không phải là ngày; hãy viết năm-tháng-ngày, ví dụ 2024-11-30.").format(date=args.date))
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
    lines += [f"  {' '.join(part for part in (q.qualifier, q.text) if part)} = {q.value} {q.unit}".rstrip() for q in reading.quantities]
    lines += [_("Thời hạn: {count}").format(count=len(reading.deadlines))]
    lines += [f"  {found.text}" + (f" → {found.due:%d/%m/%Y}" if found.due else "") + f": {found.subject[:100]}" for found in reading.deadlines]
    return "\n".join(lines) + "\n"
