"""A batch counts as done only when its three parts are whole and its own."""

import pytest

from vanban.folder.tables import COLUMNS, TABLES, done, part, schema, write_batch
from vanban.reading import analyse

pq = pytest.importorskip("pyarrow.parquet", reason="cần phần bổ sung “lon”: pip install 'cancu[lon]'")
ROWS = {
    "documents": [
        {"path": "a.txt", "status": "read", "bytes": 7, "date": "2024-11-29", "recipients": ["UBND tỉnh"]},
        {"path": "b.txt", "status": "unreadable", "reason": "hỏng"},
    ],
    "citations": [{"path": "a.txt", "position": 0, "start": 1, "end": 5, "date": None}],
    "quantities": [],
}


@pytest.fixture
def out(tmp_path):
    for table in TABLES:
        (tmp_path / table).mkdir()
    write_batch(tmp_path, "key", 3, ROWS)
    return tmp_path


def test_the_parts_hold_the_rows_in_one_group(out):
    table = pq.read_table(part(out, "documents", 3))
    assert table.column_names == [column.partition(":")[0] for column in COLUMNS["documents"].split()]
    assert [str(row["date"]) for row in table.to_pylist()] == ["2024-11-29", "None"]
    assert pq.ParquetFile(part(out, "documents", 3)).num_row_groups == 1


def test_a_written_batch_is_done_and_counted(out):
    assert done(out, "key", 3) == {"batch": 3, "files": 2, "citations": 1, "quantities": 0, "unreadable": 1, "bytes": 7}


@pytest.mark.parametrize("table", TABLES)
def test_a_batch_with_a_missing_part_is_not_done(out, table):
    part(out, table, 3).unlink()
    assert done(out, "key", 3) is None


@pytest.mark.parametrize("table", TABLES)
def test_a_batch_with_a_part_cut_short_is_not_done(out, table):
    whole = part(out, table, 3).read_bytes()
    part(out, table, 3).write_bytes(whole[: len(whole) // 2])
    assert done(out, "key", 3) is None


def test_the_parts_of_another_plan_or_batch_are_not_ours(out):
    assert done(out, "other", 3) is None
    for table in TABLES:
        part(out, table, 3).rename(part(out, table, 4))
    assert done(out, "key", 4) is None


def test_a_part_beside_the_rows_of_another_writing_is_not_done(out):
    empty = {**ROWS, "citations": []}
    other = out / "other"
    for table in TABLES:
        (other / table).mkdir(parents=True)
    write_batch(other, "key", 3, empty)
    part(other, "citations", 3).replace(part(out, "citations", 3))
    assert done(out, "key", 3) is None


def test_writing_a_batch_again_gives_the_same_bytes(out):
    before = [part(out, table, 3).read_bytes() for table in TABLES]
    write_batch(out, "key", 3, ROWS)
    assert [part(out, table, 3).read_bytes() for table in TABLES] == before


def test_every_field_of_a_finding_has_its_column():
    reading = analyse(
        "Thực hiện Kế hoạch số 97/KH-UBND ngày 06/5/2024 của UBND tỉnh.\nNăm 2024, Sở đã cấp giấy phép cho 15 cơ sở.\n"
    ).to_json()
    for table in ("citations", "quantities"):
        assert set(reading[table][0]) <= set(schema(table).names)
