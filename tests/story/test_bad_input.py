"""Bad input meets a clear Vietnamese message; nothing is lost and nothing is half-written."""

from __future__ import annotations

import datetime as dt
import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cancu.core.models import Unit
from cancu.core.tests.rows import make, person
from cancu.indicators.windows import Window
from cancu.lines.radiation.models import Licence
from cancu.reports import nodes
from samples.quang_tri import load as loading

ROOT = Path(__file__).resolve().parents[2]
YEAR = Window("year", dt.date(2024, 1, 1), dt.date(2024, 12, 31))


def cancu(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cancu", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        check=False,
    )


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small copy of the sample that a test may spoil."""
    folder = tmp_path / "samples" / "quang_tri"
    (folder / "core").mkdir(parents=True)
    for name in ("unit", "unitname", "user", "membership", "place"):
        shutil.copy(loading.HERE / "core" / f"{name}.csv", folder / "core")
    monkeypatch.setattr(loading, "HERE", folder)
    return folder


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("file", "line", "said"),
    [
        ("unitname", "VP,Văn phòng,VP,SKHCN,2003-13-01,", ("unitname.csv, dòng", "valid_from", "2003-13-01")),
        ("unitname", "VPP,Văn phòng,VP,SKHCN,2003-01-01,", ("cột unit", "VPP", "VP")),
        ("unitname", "VP,Văn phòng", ("số ô không khớp",)),
        (
            "unitname",
            "VP,Văn phòng khác,VP,SKHCN,2004-01-01,",
            ("core.unitname", "từ chối", "trùng với một dòng đã có"),
        ),
        ("membership", "cv.vp,VP,bep_truong,2020-01-01,,có", ("cột role", "bep_truong", "specialist")),
    ],
)
def test_a_malformed_sample_row_is_named_with_file_line_column_and_nothing_is_loaded(
    sample: Path, file: str, line: str, said: tuple[str, ...]
) -> None:
    with (sample / "core" / f"{file}.csv").open("a", encoding="utf-8") as out:
        out.write(line + "\n")
    with pytest.raises(loading.BadRow) as refused:
        loading.load()
    message = " ".join(refused.value.messages)
    assert all(words in message for words in said), message
    assert not Unit.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("reference", "code", "words"),
    [
        ("figure:radiation.facilities_licenced", "B1", "radiation.facilities_licensed"),
        ("figure:dossiers.settled_early_share", "B4", "mẫu số bằng 0"),
        ("document:1/KH-UBND@2024-01-01", "B2", "chưa có trong sổ"),
        ("record:radiation.licence/khong-co", "B7", "khong-co"),
    ],
)
def test_a_node_without_ground_says_what_is_missing(reference: str, code: str, words: str) -> None:
    ground = nodes.resolve([reference], nodes.Context(YEAR))[reference]
    (problem,) = nodes.problems(reference, "1", ground)
    assert problem.code == code
    assert problem.severity == "error"
    assert words in problem.message + problem.cure


@pytest.mark.django_db
def test_a_window_before_the_register_was_kept_is_an_error_and_not_a_zero() -> None:
    reference = "figure:radiation.licences_issued"
    early = Window("year", dt.date(2010, 1, 1), dt.date(2010, 12, 31))
    ground = nodes.resolve([reference], nodes.Context(early))[reference]
    (problem,) = nodes.problems(reference, "0", ground)
    assert "sổ chưa được lập" in problem.message
    assert nodes.say(reference, "0", ground) == "chưa có số liệu"


@pytest.mark.django_db
def test_over_n_is_legal_only_above_n() -> None:
    for n in range(1, 4):
        make(
            Licence,
            number=f"{n}/GP",
            facility=f"CS{n}",
            issued_on="2024-03-01",
            expires_on="2027-03-01",
            state="granted",
        )
    reference = "figure:radiation.licences_issued?say=over"
    ground = nodes.resolve([reference], nodes.Context(YEAR))[reference]
    assert [p.code for p in nodes.problems(reference, "trên 3", ground)] == ["B3"]
    assert nodes.problems(reference, "trên 2", ground) == []
    assert nodes.say(reference, "trên 2", ground) == "trên 02"


@pytest.mark.django_db
def test_only_confirmed_rows_count_in_a_report() -> None:
    make(Licence, number="1/GP", issued_on="2024-03-01", expires_on="2027-03-01", state="granted")
    waiting = make(
        Licence, number="2/GP", issued_on="2024-03-01", expires_on="2027-03-01", state="granted", confirmed_by=None
    )
    reference = "figure:radiation.licences_issued"
    assert nodes.resolve([reference], nodes.Context(YEAR))[reference].thing.value == 1
    waiting.confirm(person("tr.dv", "DV", "unit_head"))
    assert nodes.resolve([reference], nodes.Context(YEAR))[reference].thing.value == 2


def test_an_unreachable_database_is_said_in_vietnamese_without_a_trace() -> None:
    done = cancu(
        "figure", "radiation.licences_issued", "--year", "2024", DATABASE_URL="postgresql://ai:do@127.0.0.1:1/khong"
    )
    assert done.returncode == 2
    assert "Không kết nối được cơ sở dữ liệu" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_command_is_answered_with_help_in_vietnamese() -> None:
    assert "lệnh" in cancu("--help").stdout
    assert cancu("khong-co-lenh").returncode == 2


def test_a_full_disk_leaves_the_old_files_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from cancu.commands.report import write_all

    write_all({"bao-cao.docx": b"cu"}, tmp_path)

    def full(*_given: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match=r"(?i)đĩa|dung lượng|ổ"):
        write_all({"bao-cao.docx": b"moi"}, tmp_path)
    assert (tmp_path / "bao-cao.docx").read_bytes() == b"cu"
    assert [p.name for p in tmp_path.iterdir()] == ["bao-cao.docx"]
