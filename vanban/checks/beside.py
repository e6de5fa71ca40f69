"""What a document is checked against besides itself: a register of documents, last period's report, its page."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from vanban.layout.measures import Page
from vanban.translation import _
from vanban.vocabulary import DATA, fold, read_yaml

_COLUMNS = ("number", "date", "valid_from", "valid_until", "replaced_by")


@dataclass(frozen=True, slots=True)
class Known:
    """A document of a register. ``date`` tells apart numbers that repeat; ``valid_until`` is its last day in force."""

    number: str
    date: dt.date | None = None
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    replaced_by: str = ""

    def may_be(self, date: dt.date | None) -> bool:
        """Whether a citation with that day (or none) can mean this document."""
        return date is None or self.date is None or self.date == date


@lru_cache(maxsize=1)
def well_known() -> tuple[Known, ...]:
    """Documents no longer in force that are still often cited (``data/known.yaml``)."""
    rows = read_yaml(DATA / "known.yaml")
    return tuple(Known(r["number"], r.get("date"), None, r.get("valid_until"), r.get("replaced_by", "")) for r in rows)


@dataclass(frozen=True)
class DocumentRegister:
    """The documents that citations are held against: the user's, and those well known to have ended. Empty: the user gave
    none, so nothing is said of documents that are missing. Made once for all files of a run."""

    documents: tuple[Known, ...] = ()

    @cached_property
    def by_number(self) -> dict[str, list[Known]]:
        """By folded number; the user's word stands before ours."""
        found: dict[str, list[Known]] = {}
        for known in (*self.documents, *well_known()):
            found.setdefault(fold(known.number), []).append(known)
        return found


NO_REGISTER = DocumentRegister()


@dataclass(frozen=True)
class Beside:
    """``register``: the documents that citations are held against.
    ``previous``: the text of the report of an earlier period. ``page``: the measures of the file's page.
    ``encoding``: how the bytes of a plain text were written, where not Unicode."""

    register: DocumentRegister = NO_REGISTER
    previous: str = ""
    page: Page | None = None
    encoding: str = ""


def register_in(path: Path) -> DocumentRegister:
    """A register as CSV with the columns ``number``, ``date``, ``valid_from``, ``valid_until``, ``replaced_by`` (days as
    year-month-day; all but the first may be empty or missing). Raises ValueError that names line and column."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        head = file.readline()
        file.seek(0)
        rows = csv.DictReader(file, delimiter=";" if head.count(";") > head.count(",") else ",")
        if "number" not in (rows.fieldnames or ()):
            raise ValueError(
                _("Sổ văn bản {path} thiếu cột number; các cột: {columns}.").format(
                    path=path, columns=", ".join(_COLUMNS)
                )
            )
        return DocumentRegister(
            tuple(_known(row, path, line) for line, row in enumerate(rows, 2) if (row.get("number") or "").strip())
        )


def _known(row: dict[str, str], path: Path, line: int) -> Known:
    days: list[dt.date | None] = []
    for column in ("date", "valid_from", "valid_until"):
        words = (row.get(column) or "").strip()
        try:
            days.append(dt.date.fromisoformat(words) if words else None)
        except ValueError as error:
            raise ValueError(
                _("Sổ văn bản {path}, dòng {line}, cột {column}: “{words}” không phải ngày dạng 2024-11-15.").format(
                    path=path, line=line, column=column, words=words
                )
            ) from error
    return Known(row["number"].strip(), days[0], days[1], days[2], (row.get("replaced_by") or "").strip())
