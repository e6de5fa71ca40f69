"""What ``vanban read`` says of a folder before any engine is needed."""

import subprocess
import sys

import pytest

from vanban.cli import main

WITHOUT = "import sys; sys.modules.update({{name: None for name in {missing!r}}}); from vanban.cli import main; sys.exit(main({arguments!r}))"


def told(missing, *arguments, ray=""):
    code = WITHOUT.format(missing=missing, arguments=["read", *arguments])
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={"VANBAN_RAY": ray, "PATH": "", "PYTHONPATH": ":".join(sys.path)},
    )
    assert done.returncode == 2
    return done.stderr


def test_without_the_extra_it_says_which_one_to_install(tmp_path):
    words = told(["daft", "pyarrow"], str(tmp_path), "--to", str(tmp_path / "ra"))
    assert "pip install 'cancu[lon]'" in words
    assert not (tmp_path / "ra").exists()


def test_a_folder_without_a_place_for_the_result_says_how(tmp_path, capsys):
    assert main(["read", str(tmp_path)]) == 2
    assert f"vanban read {tmp_path} --to" in capsys.readouterr().err


@pytest.mark.parametrize("option", [["--json"], ["--date", "2024-01-01"], ["--trusted"]])
def test_options_of_one_file_are_refused_for_a_folder(option, tmp_path, capsys):
    assert main(["read", str(tmp_path), "--to", str(tmp_path / "ra"), *option]) == 2
    assert "chỉ dùng khi đọc một tệp" in capsys.readouterr().err


def test_a_negative_number_of_jobs_is_refused(tmp_path, capsys):
    assert main(["read", str(tmp_path), "--to", str(tmp_path / "ra"), "--jobs", "-1"]) == 2
    assert "--jobs" in capsys.readouterr().err
