"""Imports go one way: ``vanban ← core ← … ← lines ← desk, portal``; a line never imports another line."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
FOLDERS = (
    "core",
    "indicators",
    "documents",
    "programme",
    "dossiers",
    "reports",
    "lines",
    "lines/ip",
    "lines/radiation",
    "desk",
    "portal",
)


def _lint(root: Path) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-c",
        "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()",
        "--no-cache",
    ]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def test_the_arrows_of_the_house():
    done = _lint(ROOT)
    assert done.returncode == 0, done.stdout


@pytest.fixture
def tree(tmp_path):
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for folder in ("vanban", "cancu", *(f"cancu/{name}" for name in FOLDERS)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "__init__.py").touch()
    return tmp_path


def test_a_tree_without_imports_is_whole(tree):
    done = _lint(tree)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "place, imported",
    [
        ("vanban", "cancu.core"),
        ("vanban", "django"),
        ("vanban", "psycopg"),
        ("cancu/core", "cancu.indicators"),
        ("cancu/core", "cancu.documents"),
        ("cancu/indicators", "cancu.reports"),
        ("cancu/documents", "cancu.programme"),
        ("cancu/programme", "cancu.dossiers"),
        ("cancu/dossiers", "cancu.programme"),
        ("cancu/reports", "cancu.lines.ip"),
        ("cancu/lines/ip", "cancu.lines.radiation"),
        ("cancu/lines/ip", "cancu.desk"),
        ("cancu/desk", "cancu.portal"),
    ],
)
def test_an_arrow_the_wrong_way_is_seen(tree, place, imported):
    (tree / place / "wrong.py").write_text(f"import {imported}\n")
    done = _lint(tree)
    assert done.returncode == 1, done.stdout
    assert "BROKEN" in done.stdout
