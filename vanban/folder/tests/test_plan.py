"""What the plan lists, how it is cut, and that it is made once."""

import json
import os

import pytest

from vanban.folder import plan as plans
from vanban.folder.plan import UnusableFolder, batch_at, load_plan, make_plan


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "van-ban"
    (root / "2024" / "quy-1").mkdir(parents=True)
    for name in ("a.txt", "2024/b.docx", "2024/quy-1/c.html"):
        (root / name).write_text("x" * len(name))
    return root


def names(plan):
    return sorted(name for offset in plan.offsets for name, _ in batch_at(plan.path, offset))


def test_every_file_of_every_sub_folder_is_listed_once(folder, tmp_path):
    plan = make_plan(folder, tmp_path / "plan.jsonl")
    assert names(plan) == ["2024/b.docx", "2024/quy-1/c.html", "a.txt"]
    assert plan.files == 3
    assert dict(batch_at(plan.path, plan.offsets[0]))["a.txt"] == 5


def test_the_result_inside_the_folder_is_left_out(folder):
    out = folder / "ket-qua"
    (out / "documents").mkdir(parents=True)
    (out / "documents" / "part-000000.parquet").write_bytes(b"PAR1")
    assert names(make_plan(folder, out / "plan.jsonl")) == ["2024/b.docx", "2024/quy-1/c.html", "a.txt"]


def test_links_are_listed_but_not_followed(folder, tmp_path):
    (folder / "vong").symlink_to(folder, target_is_directory=True)
    assert names(make_plan(folder, tmp_path / "plan.jsonl")) == ["2024/b.docx", "2024/quy-1/c.html", "a.txt", "vong"]


def test_a_name_that_is_no_unicode_is_kept(folder, tmp_path):
    odd = os.fsdecode(b"C\xf4ng v\xa8n.txt")
    (folder / odd).write_text("x")
    assert odd in names(make_plan(folder, tmp_path / "plan.jsonl"))


def test_batches_are_bounded_in_files_and_in_bytes(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(plans, "MOST_FILES", 2)
    assert [len(batch_at(tmp_path / "1", at)) for at in make_plan(folder, tmp_path / "1").offsets] == [2, 1]
    monkeypatch.setattr(plans, "MOST_BYTES", 1)
    assert [len(batch_at(tmp_path / "2", at)) for at in make_plan(folder, tmp_path / "2").offsets] == [1, 1, 1]


def test_a_plan_that_was_made_is_read_back_as_it_was(folder, tmp_path):
    made = make_plan(folder, tmp_path / "plan.jsonl")
    (folder / "later.txt").write_text("x")
    assert load_plan(tmp_path / "plan.jsonl") == made


def test_plans_of_other_files_have_other_keys(folder, tmp_path):
    first = make_plan(folder, tmp_path / "1")
    (folder / "later.txt").write_text("x")
    assert make_plan(folder, tmp_path / "2").key != first.key


def test_an_empty_folder_has_a_plan_of_no_batch(tmp_path):
    (tmp_path / "trong").mkdir()
    plan = make_plan(tmp_path / "trong", tmp_path / "plan.jsonl")
    assert (plan.files, plan.offsets) == (0, ())


@pytest.mark.parametrize("words", ["", "khác\n", json.dumps([["a.txt", 1]]) + "\n"])
def test_a_file_that_is_no_plan_is_refused(words, tmp_path):
    (tmp_path / "plan.jsonl").write_text(words)
    with pytest.raises(UnusableFolder, match="không phải là danh sách tệp"):
        load_plan(tmp_path / "plan.jsonl")


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UnusableFolder, match="khong-co"):
        make_plan(tmp_path / "khong-co", tmp_path / "plan.jsonl")
