"""A folder of documents, up to a million, read by all cores into Parquet; see ``read_folder``."""

from __future__ import annotations

from vanban.folder.plan import UnusableFolder
from vanban.folder.run import MissingExtra, Progress, UnfinishedRun, read_folder

__all__ = ["MissingExtra", "Progress", "UnfinishedRun", "UnusableFolder", "read_folder"]
