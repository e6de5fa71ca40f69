"""The watched folder: each file once, what is taken and what is refused apart, nothing else touched."""

from __future__ import annotations

import argparse
import os
import time

import pytest
from django.core.exceptions import PermissionDenied

from cancu.commands import arrive
from cancu.core.tests.rows import person
from cancu.documents.arrivals import Arrival
from cancu.documents.folder import one_pass
from cancu.documents.tests.papers import letter, office
from vanban.read.tests.files import zip_bomb
from vanban.write import write

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(tmp_path, settings):
    settings.VAR = tmp_path / "var"
    return office()["clerk"]


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "den"
    (made / "con").mkdir(parents=True)
    (made / "a.docx").write_bytes(write(letter(), "docx"))
    (made / "bom.docx").write_bytes(zip_bomb())
    (made / ".an").write_text("x")
    (made / "con" / "b.txt").write_text("x")
    (made / "link.docx").symlink_to("/etc/passwd")
    return made


def test_each_file_is_taken_or_refused_once_and_the_rest_left_alone(clerk, folder):
    assert {o.name: bool(o.refusal) for o in one_pass(folder, clerk, 0)} == {"a.docx": False, "bom.docx": True}
    assert {p.name for p in folder.iterdir()} == {"da-nhan", "tu-choi", "con", ".an", "link.docx"}
    assert "bom nén" in (folder / "tu-choi" / "bom.docx.vi-sao.txt").read_text("utf-8")
    assert list(one_pass(folder, clerk, 0)) == []
    assert {a.state for a in Arrival.objects.all()} == {"read", "refused"}
    assert Arrival.objects.get(name="a.docx").fields["number"]["value"] == "4986/UBND-NC"


def test_a_file_that_is_still_being_written_waits(clerk, folder):
    assert list(one_pass(folder, clerk, 60)) == []
    os.utime(folder / "a.docx", (time.time() - 61, time.time() - 61))
    assert [o.name for o in one_pass(folder, clerk, 60)] == ["a.docx"]


def test_a_second_file_of_one_name_does_not_replace_the_first(clerk, folder):
    list(one_pass(folder, clerk, 0))
    (folder / "a.docx").write_bytes(write(letter(number="4999"), "docx"))
    list(one_pass(folder, clerk, 0))
    assert {p.name for p in (folder / "da-nhan").iterdir()} == {"a.docx", "a-2.docx"}


def test_only_a_clerk_takes_in(clerk, folder):
    with pytest.raises(PermissionDenied):
        list(one_pass(folder, person("cv.qlcn", "QLCN"), 0))
    assert (folder / "a.docx").exists()


@pytest.mark.parametrize(("username", "there", "code"), [("vanthu", True, 1), ("ai-do", True, 2), ("vanthu", False, 2)])
def test_the_command_says_what_became_of_each_file(clerk, folder, capsys, username, there, code):
    given = argparse.Namespace(folder=folder if there else folder / "khong-co", username=username, watch=False)
    assert arrive.run(given) == code
    said = capsys.readouterr()
    assert ("a.docx: chờ vào sổ" in said.out) == (code == 1)
    assert bool(said.err) == (code == 2)
