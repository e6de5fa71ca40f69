"""A watched folder: files that a scanner or another program puts there arrive as if they were dropped on the page."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError

from cancu.core.people import User

from .arrivals import ArrivalState
from .arriving import LARGEST, bring, read_one

TAKEN, REFUSED = "da-nhan", "tu-choi"
#: A file that was written to so lately may not be whole yet.
SECONDS_STILL = 2.0


@dataclass(frozen=True)
class Outcome:
    """What became of one file: taken in, or refused for a reason."""

    name: str
    refusal: str = ""


def one_pass(folder: Path, user: User, still: float = SECONDS_STILL) -> Iterator[Outcome]:
    """Take in every whole file of ``folder``, oldest first, then move it to ``da-nhan`` or, with the reason beside
    it, to ``tu-choi``. Folders below, hidden files and links are left alone. Raises PermissionDenied for who keeps no book."""
    for path in sorted(_whole(folder, still), key=lambda p: (p.stat().st_mtime, p.name)):
        refusal = _taken(path, user)
        there = moved(path, folder / (REFUSED if refusal else TAKEN))
        if refusal:
            there.with_name(f"{there.name}.vi-sao.txt").write_text(f"{refusal}\n", encoding="utf-8")
        yield Outcome(path.name, refusal)


def _whole(folder: Path, still: float) -> list[Path]:
    now = time.time()
    return [
        p
        for p in folder.iterdir()
        if not p.name.startswith(".") and not p.is_symlink() and p.is_file() and now - p.stat().st_mtime >= still
    ]


def _taken(path: Path, user: User) -> str:
    """Why the file was refused; empty when it waits to be registered."""
    try:
        with path.open("rb") as file:
            arrival = bring(file.read(LARGEST + 1), path.name, user)
    except ValidationError as error:
        return " ".join(error.messages)
    read_one(arrival)
    return arrival.refusal if arrival.state == ArrivalState.REFUSED else ""


def moved(path: Path, folder: Path) -> Path:
    """Put the file into ``folder`` under a name that is free there."""
    folder.mkdir(exist_ok=True)
    target, number = folder / path.name, 1
    while target.exists():
        number += 1
        target = folder / f"{path.stem}-{number}{path.suffix}"
    return path.rename(target)
