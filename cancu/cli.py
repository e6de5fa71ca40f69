"""The command ``cancu``: one module a word in ``cancu/commands/``, each with ``add_arguments`` and ``run``."""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys

from cancu import commands, postgres


def parser() -> argparse.ArgumentParser:
    """The whole command line, in Vietnamese."""
    top = argparse.ArgumentParser(prog="cancu", description="Căn Cứ: điều hành Sở Khoa học và Công nghệ.", add_help=False)
    _vietnamese(top)
    words = top.add_subparsers(title="lệnh", metavar="LỆNH", dest="word")
    for info in sorted(pkgutil.iter_modules(commands.__path__), key=lambda i: i.name):
        module = importlib.import_module(f"cancu.commands.{info.name}")
        said = (module.__doc__ or "").strip().splitlines()[0]
        one = words.add_parser(info.name, help=said, description=said, add_help=False)
        _vietnamese(one)
        module.add_arguments(one)
        one.set_defaults(run=module.run)
    return top


def _vietnamese(one: argparse.ArgumentParser) -> None:
    one.add_argument("-h", "--help", action="help", help="xem hướng dẫn này")
    one._positionals.title, one._optionals.title = "tham số", "tùy chọn"


def main(arguments: list[str] | None = None) -> int:
    """Run one word. 0 done, 1 done with findings, 2 could not be done (said on stderr)."""
    top = parser()
    given = top.parse_args(arguments)
    if not getattr(given, "run", None):
        top.print_help()
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cancu.settings")
    try:
        return _run(given)
    except KeyboardInterrupt:
        print("\nĐã dừng theo yêu cầu; việc đang làm dở được hủy, dữ liệu đã lưu vẫn nguyên.", file=sys.stderr)
        return 130


def _run(given: argparse.Namespace) -> int:
    import django
    from django.core.exceptions import ValidationError
    from django.db import OperationalError

    try:
        postgres.ensure()
        django.setup()
        return int(given.run(given))
    except (postgres.DatabaseUnavailable, OperationalError) as error:
        print(f"Không kết nối được cơ sở dữ liệu: {error}\nKiểm tra DATABASE_URL hoặc chạy lại lệnh.".replace("\n\n", "\n"), file=sys.stderr)
    except ValidationError as error:
        print("\n".join(error.messages), file=sys.stderr)
    except OSError as error:
        print(f"Không ghi hoặc đọc được tệp: {error.strerror or error} {error.filename or ''}".rstrip(), file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
