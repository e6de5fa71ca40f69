"""``vanban rules [CODE]``: what a rule asks, and by which law."""

from __future__ import annotations

import argparse
import sys

from vanban.translation import _

HELP = _("giải thích các quy tắc kiểm tra")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One code, or none for all."""
    parser.add_argument("code", metavar=_("MÃ"), nargs="?", help=_("mã quy tắc, ví dụ C4"))
    parser.add_argument("--markdown", action="store_true", help=_("in bảng tra dạng Markdown"))


def run(args: argparse.Namespace) -> int:
    """0, or 2 for a code that does not exist."""
    from vanban.checks import RULES

    if args.markdown:
        sys.stdout.write(reference())
        return 0
    if args.code and args.code.upper() not in RULES:
        print(
            _("Không có quy tắc {code}. Các mã: {known}.").format(code=args.code, known=", ".join(RULES)),
            file=sys.stderr,
        )
        return 2
    for rule in RULES.values():
        if not args.code or rule.code == args.code.upper():
            sys.stdout.write(
                f"{rule.code} ({rule.severity}; {', '.join(rule.regimes)})\n  " + rule.text.replace("\n", "\n  ") + "\n"
            )
    return 0


def reference() -> str:
    """The page of all rules, from their docstrings."""
    from vanban.checks import RULES

    lines = [
        _("# Các quy tắc kiểm tra của vanban"),
        "",
        _("Trang này sinh ra từ mã nguồn: `vanban rules --markdown`."),
        "",
    ]
    for rule in RULES.values():
        since = rule.since.strftime("%d/%m/%Y") if rule.since else "—"
        lines += [
            f"## {rule.code}",
            "",
            _("Mức: {severity} · Hệ: {regimes} · Từ ngày: {since}").format(
                severity=rule.severity, regimes=", ".join(rule.regimes), since=since
            ),
            "",
            rule.text,
            "",
        ]
    return "\n".join(lines)
