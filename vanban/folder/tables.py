"""The result of a run: three Parquet tables, one part and one row group for each batch.

A part appears whole or not at all, under a name that only its batch decides, so reading a batch again writes the
same part. The part of ``documents`` is written last and counts the rows of the other two: it is the sign that the
batch is done.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vanban.write.atomic import write_file

if TYPE_CHECKING:
    import pyarrow as pa

TABLES = ("citations", "quantities", "documents")  # in the order of writing
_FOUND = "path:str position:int start:int end:int text:str "
#: Columns of each table. ``path`` is relative to the folder and joins the tables; ``position`` counts the findings of
#: a file from 0, ``start`` and ``end`` count characters of its text as ``vanban read`` takes it.
COLUMNS = {
    "documents": "path:str status:str reason:str format:str bytes:int sha256:str characters:int parent:str issuer:str "
    "number:str symbol:str code:str place:str date:date type:str title:str addressees:list signer:str authority:list "
    "recipients:list grounds:int citations:int quantities:int periods:int deadlines:int warnings:list",
    "citations": _FOUND + "type:str number:str canonical:str system:str date:date year:int issuer:str title:str "
    "relation:str direction:str parent:int provision:str status:str reason:str repairs:list",
    "quantities": _FOUND + "value:str unit:str counted:str qualifier:str operator:str kind:str upper:str whole:str "
    "period:str period_from:date period_to:date",
}


def schema(table: str) -> pa.Schema:
    """The Arrow schema of ``documents``, ``citations`` or ``quantities``."""
    import pyarrow as pa

    kinds = {"str": pa.string(), "int": pa.int64(), "date": pa.date32(), "list": pa.list_(pa.string())}
    return pa.schema([(name, kinds[kind]) for name, kind in _columns(table)])


def part(out: Path, table: str, batch: int) -> Path:
    """Where a batch's rows of a table are."""
    return out / table / f"part-{batch:06d}.parquet"


def write_batch(out: Path, key: str, batch: int, rows: dict[str, list[dict[str, Any]]]) -> dict[str, int]:
    """Writes the three parts of a batch of the plan ``key``; its counts. Raises ``UnwrittenFile``."""
    counts = {
        "batch": batch,
        "files": len(rows["documents"]),
        **{table: len(rows[table]) for table in ("citations", "quantities")},
        "unreadable": sum(row["status"] != "read" for row in rows["documents"]),
        "bytes": sum(row.get("bytes") or 0 for row in rows["documents"]),
    }
    for table in TABLES:
        write_file(part(out, table, batch), _parquet(table, rows[table], {"key": key, **counts}))
    return counts


def done(out: Path, key: str, batch: int) -> dict[str, int] | None:
    """The counts of a batch whose three parts are whole and belong to the plan ``key``, else None."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        footers = {table: pq.read_metadata(part(out, table, batch)) for table in TABLES}
        told = [json.loads(footer.metadata[b"vanban"]) for footer in footers.values()]
    except (OSError, pa.ArrowInvalid, KeyError, TypeError):
        return None
    counts: dict[str, int] = {name: value for name, value in told[-1].items() if name != "key"}
    rows = {table: footer.num_rows for table, footer in footers.items()}
    expected = {"documents": counts["files"], "citations": counts["citations"], "quantities": counts["quantities"]}
    return counts if rows == expected and all(t["key"] == key and t["batch"] == batch for t in told) else None


def _columns(table: str) -> list[tuple[str, str]]:
    return [(name, kind) for name, _, kind in (column.partition(":") for column in COLUMNS[table].split())]


def _parquet(table: str, rows: list[dict[str, Any]], told: dict[str, Any]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    form = schema(table)
    columns = [
        pa.array([_value(row.get(name), kind) for row in rows], form.field(name).type) for name, kind in _columns(table)
    ]
    made = pa.table(columns, schema=form.with_metadata({b"vanban": json.dumps(told).encode()}))
    sink = pa.BufferOutputStream()
    pq.write_table(made, sink, row_group_size=max(len(rows), 1), compression="zstd")
    data: bytes = sink.getvalue().to_pybytes()
    return data


def _value(value: Any, kind: str) -> Any:
    return dt.date.fromisoformat(value) if kind == "date" and value else value
