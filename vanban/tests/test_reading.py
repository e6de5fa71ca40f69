"""``analyse`` and the command ``vanban read``."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.cli import main
from vanban.outline import outline
from vanban.reading import analyse, text_of

SHARED = Path(os.environ.get("CANCU_SHARED", Path(__file__).parents[3] / "shared"))
REPORT = SHARED / "quang-tri-2024" / "report.txt"
LETTER = (
    "UBND TỈNH QUẢNG TRỊ\nSỞ NỘI VỤ\nSố: 15/SNV-VP\nQuảng Trị, ngày 05 tháng 02 năm 2024\nV/v báo cáo 02 nội dung\n\nKính gửi: Các sở.\n\n"
    "Thực hiện Kế hoạch số 97/KH-UBND ngày 06/5/2023 của UBND tỉnh, từ đầu năm đến nay có 12 hồ sơ.\n"
    "Đề nghị gửi báo cáo trước ngày 15/3/2024.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT (02 bản).\nGIÁM ĐỐC\nTrần Văn An\n"
)


def test_a_letter_becomes_data() -> None:
    data = analyse(LETTER).to_json()
    assert set(data) >= {
        "header",
        "outline",
        "citations",
        "quantities",
        "periods",
        "deadlines",
        "signature",
        "recipients",
    }
    assert data["header"]["code"] == "15/SNV-VP"
    assert [citation["number"] for citation in data["citations"]] == ["97/KH-UBND"]
    assert [(q["value"], q["unit"]) for q in data["quantities"]] == [("12", "hồ sơ")]  # head and foot count nothing
    assert data["quantities"][0]["period"] == {"text": "từ đầu năm đến nay", "from": "2024-01-01", "to": "2024-02-05"}
    assert [(d["due"], d["exclusive"]) for d in data["deadlines"]] == [("2024-03-14", True)]
    assert data["recipients"] == ["Như trên", "Lưu: VT (02 bản)"]
    json.dumps(data)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_positions_count_characters_of_the_text_as_given(form: str) -> None:
    text = unicodedata.normalize(form, LETTER)  # type: ignore[arg-type]
    data = analyse(text).to_json()
    for found in (*data["quantities"], *data["periods"], *data["deadlines"]):
        assert text[found["start"] : found["end"]] == found["text"]
    assert unicodedata.normalize("NFC", data["quantities"][0]["text"]) == "12 hồ sơ"


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    data = analyse(text, dt.date(2024, 1, 1)).to_json()
    assert all(
        text[found["start"] : found["end"]] == found["text"] for found in (*data["quantities"], *data["periods"])
    )


def test_the_plain_lines_of_a_document_read_back_the_same() -> None:
    document = outline(LETTER.split("\n"))
    again = outline(text_of(document).split("\n"))
    assert (again.header.code, again.header.date, again.recipients, again.signature) == (
        document.header.code,
        document.header.date,
        document.recipients,
        document.signature,
    )


def test_the_command_prints_json_and_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "cong-van.txt"
    source.write_text(LETTER, encoding="utf-8")
    assert main(["read", str(source), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["signature"] == {"authority": ["GIÁM ĐỐC"], "name": "Trần Văn An"}
    assert main(["read", str(source)]) == 0
    assert "12 hồ sơ = 12 hồ sơ" in capsys.readouterr().out


def test_what_cannot_be_read_says_why_and_exits_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(tmp_path / "khong-co.txt")]) == 2
    assert "Không đọc được" in capsys.readouterr().err
    (tmp_path / "van-ban.txt").write_text("Kế hoạch", encoding="utf-8")
    assert main(["read", str(tmp_path / "van-ban.txt"), "--date", "31/12/2024"]) == 2
    assert "năm-tháng-ngày" in capsys.readouterr().err
    (tmp_path / "nhi-phan.txt").write_bytes(b"\x00\x01\x02" * 50)
    assert main(["read", str(tmp_path / "nhi-phan.txt")]) == 2
    assert "byte rỗng" in capsys.readouterr().err


def test_a_missing_argument_is_explained_in_vietnamese(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["read"])
    assert stopped.value.code == 2
    assert "còn thiếu" in capsys.readouterr().err


def test_the_module_runs_and_reads_from_standard_input() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "vanban", "read", "-", "--json"],
        input="Có 15 cơ sở.".encode(),
        capture_output=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert json.loads(done.stdout)["quantities"][0]["value"] == "15"


def test_importing_vanban_imports_nothing_slow() -> None:
    code = "import sys, vanban; print(sorted(set(sys.modules) & {'yaml', 'lxml', 'hypothesis', 'typst', 'vanban.quantities'}))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True, cwd=Path(__file__).parents[2]
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.skipif(not REPORT.exists(), reason="the sample report is not here")
def test_the_sample_report_as_data() -> None:
    text = REPORT.read_text(encoding="utf-8")
    data = analyse(text).to_json()
    assert (len(data["quantities"]), len(data["deadlines"]), len(data["outline"])) == (53, 4, 28)
    assert [d["due"] for d in data["deadlines"]] == ["2025-06-30", "2025-06-30", "2025-12-31", "2025-12-31"]
    assert all(text[found["start"] : found["end"]] == found["text"] for found in data["quantities"])
