"""Writing a file whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from vanban.translation import _

_MODE = 0o644


class UnwrittenFile(OSError):  # noqa: N818
    """The file could not be written; what was there before is untouched. The message says why."""


def write_file(path: str | Path, data: bytes) -> None:
    """Put ``data`` at ``path``: into a file beside it first, forced to disk, then renamed over it. A full
    disk, a crash or a missing right leaves the old file, or none, never half of the new one."""
    target = Path(path)
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, _MODE & ~_umask())
        os.replace(temporary, target)
        temporary = None
    except OSError as error:
        raise UnwrittenFile(error.errno, _reason(error, target)) from error
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _reason(error: OSError, target: Path) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        words = _("Đĩa đầy, không ghi được {path}; tệp cũ còn nguyên. Hãy giải phóng chỗ rồi ghi lại.")
    elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        words = _("Không có quyền ghi {path}. Hãy chọn thư mục khác hoặc xin quyền.")
    elif error.errno in (errno.ENOENT, errno.ENOTDIR):
        words = _("Thư mục của {path} không tồn tại. Hãy tạo thư mục trước.")
    else:
        words = _("Không ghi được {path}: {reason}.")
    return words.format(path=target, reason=error.strerror)
