"""A whole run, on Daft; a run that was killed goes on and loses or doubles nothing."""

import json

import pytest

from bench.folder import killed
from bench.folder.make import make_folder
from vanban.cli import main
from vanban.folder import UnfinishedRun, UnusableFolder, read_folder
from vanban.folder.run import _alone
from vanban.reading import analyse

pytest.importorskip("daft", reason="cần phần bổ sung “lon”: pip install 'cancu[lon]'")
pq = pytest.importorskip("pyarrow.parquet", reason="cần phần bổ sung “lon”: pip install 'cancu[lon]'")


@pytest.fixture
def folder(tmp_path):
    make_folder(tmp_path / "in", 8, paragraphs=3)
    (tmp_path / "in" / "hong.docx").write_bytes(b"PK\x03\x04 cut")
    return tmp_path / "in"


def test_the_tables_hold_what_the_library_reads_from_each_file(folder, tmp_path):
    progress = read_folder(folder, tmp_path / "out", jobs=1)
    assert (progress.files, progress.unreadable) == (9, 1)
    found = killed.rows(tmp_path / "out")
    assert {row["format"] for row in found["documents"] if row["status"] == "read"} == {"txt", "md", "html", "docx"}
    path = "0000/van-ban-000000.txt"
    expected = analyse((folder / path).read_text()).to_json()
    for table in ("citations", "quantities"):
        rows = [row for row in found[table] if row["path"] == path]
        assert [(row["start"], row["end"], row["text"]) for row in rows] == [
            (e["start"], e["end"], e["text"]) for e in expected[table]
        ]
    assert [row["value"] for row in found["quantities"] if row["path"] == path] == [
        e["value"] for e in expected["quantities"]
    ]


def test_the_manifest_names_every_part_and_counts_its_rows(folder, tmp_path):
    read_folder(folder, tmp_path / "out", jobs=1)
    told = json.loads((tmp_path / "out" / "manifest.json").read_text())
    for table, names in told["parts"].items():
        assert sorted(path.name for path in (tmp_path / "out" / table).iterdir()) == names
        assert told["rows"][table] == sum(pq.read_metadata(tmp_path / "out" / table / name).num_rows for name in names)


def test_a_second_run_reads_nothing_again(folder, tmp_path):
    first = read_folder(folder, tmp_path / "out", jobs=1)
    stamps = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*/part-*")}
    assert read_folder(folder, tmp_path / "out", jobs=1) == first
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*/part-*")} == stamps


def test_the_command_says_what_it_read_and_that_a_file_was_unreadable(folder, tmp_path, capsys):
    assert main(["read", str(folder), "--to", str(tmp_path / "out"), "--jobs", "1"]) == 1
    said = capsys.readouterr()
    assert "Đã đọc 9 tệp" in said.out and "1 tệp không đọc được" in said.out
    assert "9/9 tệp (100 %)" in said.err


def test_the_result_of_another_folder_is_not_overwritten(folder, tmp_path):
    read_folder(folder, tmp_path / "out", jobs=1)
    (tmp_path / "khac").mkdir()
    with pytest.raises(UnusableFolder, match="đang giữ kết quả đọc của"):
        read_folder(tmp_path / "khac", tmp_path / "out", jobs=1)


def test_two_runs_never_write_to_one_place(folder, tmp_path):
    (tmp_path / "out").mkdir()
    with _alone(tmp_path / "out"), pytest.raises(UnusableFolder, match="Một lần đọc khác"):
        read_folder(folder, tmp_path / "out", jobs=1)


def test_a_part_that_cannot_be_written_ends_the_run_with_the_reason(folder, tmp_path):
    (tmp_path / "out" / "documents" / "part-000000.parquet").mkdir(parents=True)
    with pytest.raises(UnfinishedRun, match="chạy lại đúng lệnh này"):
        read_folder(folder, tmp_path / "out", jobs=1)


@pytest.mark.slow
def test_a_run_that_was_killed_goes_on_and_loses_or_doubles_nothing(tmp_path):
    make_folder(tmp_path / "in", 120, paragraphs=8)
    killed.finish(killed.start(tmp_path / "in", tmp_path / "whole"), tmp_path / "whole")
    saved = killed.kill_all_and_rerun(tmp_path / "in", tmp_path / "out", after=3)
    assert 3 <= saved < 12
    assert killed.rows(tmp_path / "out") == killed.rows(tmp_path / "whole")


@pytest.mark.slow
def test_a_ray_worker_that_was_killed_loses_or_doubles_nothing(tmp_path):
    pytest.importorskip("ray", reason="cần phần bổ sung “lon-ray”: pip install 'cancu[lon-ray]'")
    make_folder(tmp_path / "in", 120, paragraphs=8)
    killed.finish(killed.start(tmp_path / "in", tmp_path / "whole"), tmp_path / "whole")
    saved = killed.kill_one_worker(tmp_path / "in", tmp_path / "out", after=3)
    assert 3 <= saved < 12
    assert killed.rows(tmp_path / "out") == killed.rows(tmp_path / "whole")
