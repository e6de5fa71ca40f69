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
from vanban.command_line import Parser
from vanban.translation import _


def parser() -> argparse.ArgumentParser:
    """The arguments of every command."""
    top = Parser(prog="vanban", description=_("Đọc, kiểm tra, chuyển đổi văn bản hành chính Việt Nam."))
    chosen = top.add_subparsers(title=_("lệnh"), metavar=_("LỆNH"), dest="command", required=True)
    for name in sorted(module.name for module in pkgutil.iter_modules(commands.__path__)):
        module = importlib.import_module(f"vanban.commands.{name}")
        if not hasattr(module, "add_arguments"):
            continue
        sub = chosen.add_parser(name, help=module.HELP, description=module.HELP)
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
