"""``vanban check FILES|DIR``: what a careful reader would find, in a second."""

from __future__ import annotations

import argparse
import datetime as dt
import difflib
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vanban.translation import _

if TYPE_CHECKING:
    from vanban.checks import Beside, Finding
    from vanban.layout.measures import Page

HELP = _("kiểm tra văn bản: thể thức, viện dẫn, số liệu, ngôn ngữ")
_READABLE = {".txt", ".md", ".docx", ".doc", ".pdf", ".html", ".htm", ".edxml", ".xml"}
_PLAIN = {".txt", ".md", ""}
CONFIG = ".vanban.toml"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Files or folders, which rules, what to print, and whether to mend."""
    parser.add_argument("sources", metavar=_("TỆP"), nargs="+", help=_("tệp hoặc thư mục; “-” để đọc từ đầu vào chuẩn"))
    parser.add_argument("--select", metavar=_("MÃ"), default="", help=_("chỉ các mã này, ngăn bằng dấu phẩy: L,C4"))
    parser.add_argument("--ignore", metavar=_("MÃ"), default="", help=_("bỏ các mã này"))
    parser.add_argument("--date", metavar=_("NGÀY"), help=_("ngày của văn bản (năm-tháng-ngày) nếu văn bản không ghi"))
    parser.add_argument(
        "--register",
        metavar=_("TỆP"),
        type=Path,
        help=_("sổ văn bản dạng CSV (number, date, valid_until, replaced_by …) để đối chiếu hiệu lực"),
    )
    parser.add_argument("--previous", metavar=_("TỆP"), help=_("báo cáo kỳ trước trong cùng năm để so số lũy kế"))
    parser.add_argument("--json", action="store_true", help=_("xuất JSON"))
    parser.add_argument("--sarif", action="store_true", help=_("xuất SARIF"))
    parser.add_argument("--page", metavar=_("TỆP"), help=_("ghi trang HTML có các điều tìm thấy đặt trong văn bản"))
    parser.add_argument("--fix", action="store_true", help=_("sửa những chỗ sửa được an toàn (tệp .txt, .md)"))
    parser.add_argument("--diff", action="store_true", help=_("in những chỗ sẽ sửa, không ghi"))


def run(args: argparse.Namespace) -> int:
    """0 clean, 1 findings, 2 something could not be read."""
    from vanban.checks import check
    from vanban.checks.output import as_data, as_json, as_page, as_sarif, as_text

    documents, unread, found = [], False, False
    try:
        against = _against(args)
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    settings = _settings(Path(args.sources[0]))
    select, ignore = _codes(args.select) or settings["select"], _codes(args.ignore) or settings["ignore"]
    sources = list(_sources(args.sources))
    for number, name in enumerate(sources, 1):
        _progress(number, len(sources), name)
        try:
            text, page, encoding = _text(name)
            day = dt.date.fromisoformat(args.date) if args.date else None
            beside = replace(against, page=page, encoding=encoding)
            findings = check(text, day, select, ignore, from_tree=_is_tree(name), beside=beside)
        except (ValueError, OSError) as error:
            print(_("Không đọc được {name}: {reason}").format(name=name, reason=error), file=sys.stderr)
            unread = True
            continue
        findings = _mended(args, name, text, findings)
        found = found or bool(findings)
        documents.append(as_data(name, text, findings))
        if args.page:
            Path(args.page).write_text(as_page(name, text, findings), encoding="utf-8")
        if not (args.json or args.sarif or args.diff):
            sys.stdout.write(as_text(name, text, findings))
    if args.json or args.sarif:
        sys.stdout.write(as_sarif(documents) if args.sarif else as_json(documents))
    return 2 if unread else int(found)


def _codes(words: str) -> list[str]:
    return [w.strip() for w in words.split(",") if w.strip()]


def _settings(near: Path) -> dict[str, list[str]]:
    """``.vanban.toml`` beside the file or above it: ``select`` and ``ignore``."""
    folder = near if near.is_dir() else near.parent
    for place in (folder.resolve(), *folder.resolve().parents):
        path = place / CONFIG
        if path.is_file():
            given: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
            return {name: [str(c) for c in given.get(name, [])] for name in ("select", "ignore")}
    return {"select": [], "ignore": []}


def _sources(given: list[str]) -> Iterator[str]:
    for name in given:
        path = Path(name)
        if path.is_dir():
            yield from (str(p) for p in sorted(path.rglob("*")) if p.suffix.lower() in _READABLE and p.is_file())
        else:
            yield name


def _is_tree(name: str) -> bool:
    return name != "-" and Path(name).suffix.lower() not in _PLAIN


def _against(args: argparse.Namespace) -> Beside:
    """The register and the earlier report, read once for all files."""
    from vanban.checks.beside import NO_REGISTER, Beside, register_in

    register = register_in(args.register) if args.register else NO_REGISTER
    return Beside(register, _text(args.previous)[0] if args.previous else "")


def _text(name: str) -> tuple[str, Page | None, str]:
    """(text, the page of a Word file, the old encoding of a plain one). Unicode text keeps its form, so that a mixture shows."""
    from vanban.read.text import decoded
    from vanban.read.untrusted import read_with_page
    from vanban.reading import text_of

    if name == "-" or not _is_tree(name):
        found = decoded(sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes())
        return found.text, None, "" if found.encoding.lower().startswith("utf") else found.encoding
    document, page = read_with_page(Path(name))
    return text_of(document), page, ""


def _mended(args: argparse.Namespace, name: str, text: str, findings: list[Finding]) -> list[Finding]:
    """With ``--fix`` write the safe fixes, with ``--diff`` print them; returns what is still open."""
    if not (args.fix or args.diff):
        return findings
    from vanban.checks import fixed
    from vanban.write.atomic import write_file

    after = fixed(text, findings)
    if args.diff:
        sys.stdout.writelines(difflib.unified_diff(text.splitlines(True), after.splitlines(True), name, name))
        return findings
    if name != "-" and Path(name).suffix.lower() in _PLAIN and after != text:
        write_file(name, after.encode())
        return [f for f in findings if f.fix is None]
    return findings


def _progress(number: int, whole: int, name: str) -> None:
    if whole > 20 and sys.stderr.isatty():
        print(f"\r{number}/{whole} {name[-60:]:<60}", end="" if number < whole else "\n", file=sys.stderr, flush=True)
