"""The command ``cancu``: one module a word in ``cancu/commands/``, each with ``add_arguments`` and ``run``."""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys

from cancu import commands, postgres
from vanban.command_line import Parser


def parser() -> Parser:
    """The whole command line, in Vietnamese."""
    top = Parser(prog="cancu", description="Căn Cứ: điều hành Sở Khoa học và Công nghệ.")
    words = top.add_subparsers(title="lệnh", metavar="LỆNH", dest="word")
    for info in sorted(pkgutil.iter_modules(commands.__path__), key=lambda i: i.name):
        module = importlib.import_module(f"cancu.commands.{info.name}")
        said = (module.__doc__ or "").strip().splitlines()[0]
        one = words.add_parser(info.name, help=said, description=said)
        module.add_arguments(one)
        one.set_defaults(run=module.run)
    return top


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
    from django.core.exceptions import PermissionDenied, ValidationError
    from django.db import OperationalError

    try:
        postgres.ensure()
        django.setup()
        return int(given.run(given))
    except (postgres.DatabaseUnavailable, OperationalError) as error:
        said = f"Không kết nối được cơ sở dữ liệu: {str(error).strip()}\nKiểm tra DATABASE_URL hoặc chạy lại lệnh."
    except ValidationError as error:
        said = "\n".join(error.messages)
    except PermissionDenied as error:
        said = str(error) or "Không có quyền làm việc này."
    except OSError as error:
        said = f"Không ghi hoặc đọc được tệp: {error.strerror or error} {error.filename or ''}".rstrip()
    except Exception as error:
        said = _unforeseen(error)
    print(said, file=sys.stderr)
    return 2


def _unforeseen(error: Exception) -> str:
    """What nobody foresaw: one sentence for the user, the whole trace for whoever mends it."""
    import tempfile
    import traceback

    if os.environ.get("CANCU_DEBUG"):
        raise error
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", prefix="cancu-loi-", suffix=".txt", delete=False) as file:
        traceback.print_exception(error, file=file)
    return f"Chương trình gặp lỗi không lường trước ({type(error).__name__}: {error}).\nChi tiết ghi ở {file.name}; hãy gửi tệp ấy cho người quản trị."


if __name__ == "__main__":
    sys.exit(main())
