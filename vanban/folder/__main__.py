"""The child of ``Reader``: names of files in, one line of JSON for each out, within the bounds given.

It lives for many files, so that the interpreter and the word lists are loaded once; the bound on processor time
is set anew for every file.
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import stat
import sys
import warnings
from typing import TYPE_CHECKING, Any

from vanban.read import guard, read
from vanban.read.guard import UnreadableFile
from vanban.read.text import decoded
from vanban.reading import analyse, text_of
from vanban.translation import _

if TYPE_CHECKING:
    from vanban.reading import Reading


def main() -> None:
    """Arguments: the folder, MiB of memory. Each line of the input: ``[name, seconds]``."""
    root, memory = sys.argv[1], int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (memory * guard.MiB, memory * guard.MiB))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whatever a parser prints is no answer
    for line in sys.stdin:
        name, seconds = json.loads(line)
        used = resource.getrusage(resource.RUSAGE_SELF)
        resource.setrlimit(
            resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + 1 + seconds, resource.RLIM_INFINITY)
        )
        answers.write(json.dumps(facts(os.path.join(root, name), name)) + "\n")
        answers.flush()


def facts(path: str, name: str) -> dict[str, Any]:
    """The rows of one file: ``document`` (one row), ``citations`` and ``quantities``; a file that can't be read has
    only its row, with the reason."""
    row: dict[str, Any] = {"status": "unreadable"}
    try:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            data = _bytes(path)
            row |= {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            row["format"] = guard.kind(data, name)
            reading = analyse(_text(data, name, row["format"]))
        row |= _document(reading) | {"status": "read", "warnings": [str(warning.message) for warning in told]}
        return {
            "document": row,
            "citations": [c.to_json() for c in reading.citations],
            "quantities": [q.to_json() for q in reading.quantities],
        }
    except UnreadableFile as error:
        row["reason"] = str(error)
    except (MemoryError, RecursionError):
        row["reason"] = str(guard.too_heavy())
    except Exception as error:  # a defect of ours on one file must not hide the others
        row["reason"] = _("Chương trình gặp lỗi khi đọc tệp này ({error}). Hãy báo cho người bảo trì.").format(
            error=repr(error)[:200]
        )
    return {"document": row, "citations": [], "quantities": []}


def _bytes(path: str) -> bytes:
    """The bytes of a regular file; links, pipes and devices are refused, never opened."""
    try:
        mode = os.lstat(path).st_mode
        if stat.S_ISDIR(mode):
            os.scandir(path).close()
        if not stat.S_ISREG(mode):
            raise UnreadableFile(
                _(
                    "Đây không phải là tệp thường (liên kết, ống dẫn, thiết bị, thư mục) nên không đọc. Hãy chép tệp thật vào thư mục."
                )
            )
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            return guard.load(file.read(guard.LARGEST_FILE + 1))
    except OSError as error:
        raise UnreadableFile(
            _("Không mở được: {reason}. Hãy kiểm tra quyền đọc.").format(reason=error.strerror)
        ) from error


def _text(data: bytes, name: str, format: str) -> str:
    """The text that is analysed, the same as ``vanban read`` takes; letters that no file may hold become “?”."""
    if format in ("txt", "md"):
        found = decoded(data)
        for warning in found.warnings:
            warnings.warn(warning, guard.FileWarning, stacklevel=2)
        text = found.text
    else:
        text = text_of(read(data, name))
    return text.encode("utf-8", "replace").decode()


def _document(reading: Reading) -> dict[str, Any]:
    data = reading.to_json()
    header = data.pop("header")
    counts = {key: len(data[key]) for key in ("grounds", "citations", "quantities", "periods", "deadlines")}
    signature = {"signer": data["signature"]["name"], "authority": data["signature"]["authority"]}
    return {**header, **counts, **signature, "recipients": data["recipients"], "characters": len(reading.text)}


if __name__ == "__main__":
    main()
