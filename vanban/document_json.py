"""The tree as plain data and back, for JSON: each part a mapping that names its class."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from vanban import document as tree
from vanban.document import Document

_CLASSES = {
    c.__name__: c
    for c in (
        tree.Text,
        tree.Node,
        tree.Heading,
        tree.Paragraph,
        tree.Cell,
        tree.Table,
        tree.Picture,
        tree.Header,
        tree.Signature,
        tree.Appendix,
        tree.Document,
    )
}


def to_data(value: Any) -> Any:
    """Any part of the tree as dicts, lists and words; ``is`` names the class, dates are ISO."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {f.name: to_data(getattr(value, f.name)) for f in dataclasses.fields(value)}
        return {"is": type(value).__name__, **fields}
    if isinstance(value, tuple):
        return [to_data(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def from_data(data: Any) -> Document:
    """The document that ``to_data`` described. Raises ``ValueError`` for anything else."""
    made = _part(data)
    if not isinstance(made, Document):
        raise ValueError("not a document")
    return made


def _part(data: Any) -> Any:
    if isinstance(data, list):
        return tuple(_part(item) for item in data)
    if not isinstance(data, dict):
        return data
    cls = _CLASSES.get(data.get("is", ""))
    if cls is None:
        raise ValueError("unknown part")
    fields = {key: _part(value) for key, value in data.items() if key != "is"}
    if cls is tree.Header and fields.get("date"):
        fields["date"] = dt.date.fromisoformat(fields["date"])
    return cls(**fields)
