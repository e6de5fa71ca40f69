"""The command ``vanban``: one module of ``vanban.commands`` for each command, none imported before it is named.

A command module has ``HELP``, ``add_arguments(parser)`` and ``run(args) -> int``. Exit status: 0 clean,
1 findings, 2 could not read."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Sequence

from vanban import commands
from vanban.translation import _


def parser() -> argparse.ArgumentParser:
    """The arguments of every command."""
    top = _Parser(prog="vanban", description=_("Đọc, kiểm tra, chuyển đổi văn bản hành chính Việt Nam."), add_help=False)
    _add_help(top)
    chosen = top.add_subparsers(title=_("lệnh"), metavar=_("LỆNH"), dest="command", required=True, parser_class=_Parser)
    for name in sorted(module.name for module in pkgutil.iter_modules(commands.__path__)):
        module = importlib.import_module(f"vanban.commands.{name}")
        if not hasattr(module, "add_arguments"):
            continue
        sub = chosen.add_parser(name, help=module.HELP, description=module.HELP, add_help=False)
        _add_help(sub)
        module.add_arguments(sub)
        sub.set_defaults(run=module.run)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; its exit status is the answer."""
    args = parser().parse_args(argv)
    try:
        return int(args.run(args))
    except BrokenPipeError:  # the reader of our output (head, less) went away
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        sys.stderr.write(_("Đã dừng theo yêu cầu.") + "\n")
        return 130


class _Parser(argparse.ArgumentParser):
    """Argparse in Vietnamese."""

    def error(self, message: str) -> None:  # type: ignore[override]
        usage = self.format_usage().replace("usage:", _("Cách dùng:"), 1)
        words = _spoken(message)
        self.exit(2, usage + _("{command}: lỗi: {reason}").format(command=self.prog, reason=words) + "\n")

    def format_help(self) -> str:
        return super().format_help().replace("usage:", _("Cách dùng:"), 1).replace("positional arguments:", _("Tham số:"), 1) \
            .replace("options:", _("Tùy chọn:"), 1)


def _add_help(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-h", "--help", action="help", help=_("in hướng dẫn này"))


def _spoken(message: str) -> str:
    """Argparse's complaint in Vietnamese; the names that follow stay as typed."""
    for english, vietnamese in (
        ("the following arguments are required: ", _("thiếu tham số: ")),
        ("unrecognized arguments: ", _("tham số lạ: ")),
        ("invalid choice: ", _("không có lựa chọn: ")),
        ("(choose from ", _("(chọn trong ")),
        ("expected one argument", _("cần một giá trị")),
        ("argument ", _("tham số ")),
    ):
        message = message.replace(english, vietnamese)
    return message
