"""What the command line says when something is wrong."""

import os
import subprocess
import sys

import pytest

from cancu.cli import parser
from cancu.postgres import ROOT
from vanban.command_line import said


def _cancu(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cancu", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


def test_help_is_in_vietnamese():
    words = parser().format_help()
    assert "cách dùng: cancu" in words and "xem hướng dẫn này" in words
    assert not [english for english in ("usage", "options", "show this") if english in words]


@pytest.mark.parametrize(
    "message, vietnamese",
    [
        (
            "argument LỆNH: invalid choice: 'bay' (choose from 'demo', 'figure')",
            "tham số LỆNH: không có “bay”; hãy chọn một trong: 'demo', 'figure'",
        ),
        ("the following arguments are required: MÃ, --year", "còn thiếu MÃ, --year"),
        ("argument --year: invalid int value: 'x'", "tham số --year: “x” không phải là số"),
        ("argument --year: expected one argument", "tham số --year: thiếu hoặc thừa giá trị"),
        ("unrecognized arguments: --zzz", "không có tham số --zzz"),
    ],
)
def test_a_refusal_is_in_vietnamese(message, vietnamese):
    assert said(message) == vietnamese


def test_an_unknown_word_ends_with_2_and_no_trace():
    done = _cancu("bay")
    assert done.returncode == 2
    assert done.stderr.startswith("Lệnh chưa đúng: ") and "Xem cách dùng: cancu --help" in done.stderr


def test_an_unreachable_database_ends_with_2_and_no_trace():
    done = _cancu("figure", "radiation.devices", "--year", "2024", DATABASE_URL="postgresql://a@127.0.0.1:1/b")
    assert done.returncode == 2
    assert done.stderr.startswith("Không kết nối được cơ sở dữ liệu: máy chủ trong DATABASE_URL không trả lời.")
    assert "Traceback" not in done.stderr
