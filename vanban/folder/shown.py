"""The progress of a run as one line: rewritten in place on a screen, a new line every tenth into a log."""

from __future__ import annotations

from typing import TextIO

from vanban.folder.run import Progress
from vanban.translation import _


class Shown:
    """Call it with each ``Progress``; ``end`` closes the line."""

    def __init__(self, stream: TextIO) -> None:
        self._stream, self._screen, self._tenth, self._open = stream, stream.isatty(), -1, False

    def __call__(self, progress: Progress) -> None:
        """Shows where the run stands."""
        share = 100 * progress.files // progress.all_files if progress.all_files else 100
        words = _("Đã đọc {files}/{all_files} tệp ({share} %), {unreadable} tệp không đọc được").format(
            files=progress.files, all_files=progress.all_files, share=share, unreadable=progress.unreadable
        )
        if self._screen:
            self._stream.write(f"\r{words}")
            self._open = True
        elif share // 10 != self._tenth:
            self._tenth = share // 10
            self._stream.write(f"{words}\n")
        self._stream.flush()

    def end(self) -> None:
        """Leaves the line that was rewritten."""
        if self._open:
            self._stream.write("\n")
            self._open = False
