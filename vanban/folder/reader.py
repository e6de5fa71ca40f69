"""Strangers' files read one after another in a child process that outlives them, within the bounds of
``vanban.read.read_untrusted``: the price of a process is paid once, not for every file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from threading import Timer
from typing import Any

from vanban.read import guard

_HOME = Path(__file__).parents[2]
_LARGEST_ANSWER = 400 * guard.MiB


class Reader:
    """Reads the files of one folder. ``memory``: MiB for the child; ``seconds``: processor time for a file, and
    ``seconds`` more for every 8 MiB of it. A child that dies or stalls is replaced, and the file that it died of
    is tried once more alone, so that no file pays for what an earlier one left behind."""

    def __init__(self, root: str, memory: int = 1024, seconds: int = 20) -> None:
        self._root, self._memory, self._seconds = root, memory, seconds
        self._child: subprocess.Popen[bytes] | None = None

    def read(self, name: str, size: int) -> dict[str, Any]:
        """The rows of one file (see ``vanban.folder.__main__.facts``); never raises for what the file does."""
        used = self._child is not None
        answer = self._ask(name, size)
        if answer is None and used:
            answer = self._ask(name, size)
        heavy = {
            "document": {"status": "unreadable", "bytes": size, "reason": str(guard.too_heavy())},
            "citations": [],
            "quantities": [],
        }
        return answer or heavy

    def close(self) -> None:
        """Ends the child."""
        if self._child is not None:
            self._child.kill()
            self._child.communicate()
            self._child = None

    def _ask(self, name: str, size: int) -> dict[str, Any] | None:
        child = self._child = self._child or self._start()
        assert child.stdin is not None and child.stdout is not None
        seconds = self._seconds * (1 + size // (8 * guard.MiB))
        watch = Timer(4 * seconds + 30, child.kill)
        watch.start()
        try:
            child.stdin.write(json.dumps([name, seconds]).encode() + b"\n")
            child.stdin.flush()
            line = child.stdout.readline(_LARGEST_ANSWER)
        except BrokenPipeError:
            line = b""
        finally:
            watch.cancel()
        if line.endswith(b"\n"):
            answer: dict[str, Any] = json.loads(line)
            return answer
        self.close()
        return None

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "vanban.folder", self._root, str(self._memory)]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(_HOME), os.environ.get("PYTHONPATH", "")])}
        return subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
        )
