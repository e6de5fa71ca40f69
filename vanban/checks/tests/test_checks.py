"""Every rule fires where it must and is silent where it must, as the tables say; the sample report is read as a clerk would."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from vanban.checks import RULES, Beside, check, fixed
from vanban.checks.beside import register_in
from vanban.commands.rules import reference
from vanban.layout.measures import Page
from vanban.outline import outline

ROOT = Path(__file__).resolve().parents[3]
TABLE = yaml.safe_load((ROOT / "vanban/tests/corpus/checks/rules.yaml").read_text("utf-8"))
SAMPLE = Path(os.environ.get("CANCU_SHARED", ROOT.parent / "shared")) / "quang-tri-2024/report.txt"

LETTER = """UBND TỈNH QUẢNG TRỊ
SỞ KHOA HỌC VÀ CÔNG NGHỆ

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 15/BC-SKHCN

Quảng Trị, ngày 15 tháng 11 năm 2024

BÁO CÁO

Kết quả công tác năm 2024

Kính gửi: UBND tỉnh Quảng Trị.

Sở Khoa học và Công nghệ báo cáo như sau:

I. KẾT QUẢ

Trong năm, Sở đã triển khai nhiều nhiệm vụ quan trọng.

II. PHƯƠNG HƯỚNG

Các đơn vị hoàn thành trước ngày 31/12/2024./.

Nơi nhận:

- Như trên;
- Giám đốc Sở;
- Lưu: VT, VP.

KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC

Nguyễn Văn An
"""


def beside_of(case: object) -> Beside:
    return (
        Beside(page=Page(**case["page"]))
        if isinstance(case, dict) and "page" in case
        else Beside(previous=case["previous"])
        if isinstance(case, dict) and "previous" in case
        else Beside()
    )


def text_of(case: object) -> str:
    if isinstance(case, dict) and "text" in case:
        return str(case["text"])
    if isinstance(case, dict):
        old, new = case["in_letter"]
        assert old in LETTER
        return LETTER.replace(old, new, 1) if old else LETTER
    return str(case)


def cases(kind: str) -> list[object]:
    return [
        pytest.param(code, case, id=f"{code}#{n}") for code, row in TABLE.items() for n, case in enumerate(row[kind], 1)
    ]


@pytest.mark.parametrize(("code", "case"), cases("fires"))
def test_a_rule_fires_where_it_must(code: str, case: object) -> None:
    assert code in {f.code for f in check(text_of(case), beside=beside_of(case))}


@pytest.mark.parametrize(("code", "case"), cases("silent"))
def test_a_rule_is_silent_where_it_must_be(code: str, case: object) -> None:
    assert code not in {f.code for f in check(text_of(case), beside=beside_of(case))}


def test_every_rule_has_cases_that_fire_and_cases_that_stay_silent() -> None:
    assert set(TABLE) == set(RULES)
    assert all(row["fires"] and row["silent"] for row in TABLE.values())


def test_a_right_document_has_no_finding() -> None:
    assert check(LETTER) == []


def test_the_sample_report_has_the_defects_a_careful_reader_knows() -> None:
    if not SAMPLE.exists():
        pytest.skip("bộ mẫu không có ở đây")
    text = SAMPLE.read_text("utf-8")
    found = {(f.code, text[f.start : f.end].strip()[:12]) for f in check(text)}
    known = {
        ("L3", "TTCH"),
        ("L2", "Chánh Tranh "),
        ("L2", "chuyên tiếp"),
        ("L1", "ngiên"),
        ("L2", "Lòng ấp trẻ"),
        ("C1", "Chương trình"),
        ("L5", "bộ"),
        ("F10", "GD"),
        ("F10", "PGD"),
        ("F3", "Số: /B"),
        ("F7", "m)/."),
        ("N6", "1668"),
        ("N4", "29 lớp"),
        ("F8", "KT."),
        ("C6", "ngày 16/04/2"),
        ("N7", "6 loại chế p"),
    }
    assert known <= found
    assert {text[f.start : f.end] for f in check(text, select=["C2"])} >= {
        "Quyết định 324/QĐ-UBND ngày 05/02/2021 của UBND tỉnh"
    }
    assert [f.code for f in check(text, select=["N2", "N3", "N5", "C3", "C5", "C7", "C8", "C9"])] == []


def test_positions_are_of_the_text_as_given() -> None:
    text = "Sở\u00a0đã ban\u00a0hành – “một”.\n\nĐầu tư cho ngiên cứu."
    (finding,) = check(text, select=["L1"])
    assert text[finding.start : finding.end] == "ngiên"


def test_safe_fixes_are_made_and_nothing_else() -> None:
    text = "Rà soát TTHC, công khai TTHC và niêm yết TTCH, trình bộ Khoa học và Công nghệ."
    assert fixed(text, check(text)) == "Rà soát TTHC, công khai TTHC và niêm yết TTHC, trình Bộ Khoa học và Công nghệ."


def test_a_comment_with_a_reason_silences_its_paragraph_only() -> None:
    text = "Cho ngiên cứu. <!-- vanban: bỏ qua L1: giữ nguyên văn bản gốc -->\n\nCho ngiên cứu."
    assert len(check(text, select=["L1"])) == 1
    assert len(check("Cho ngiên cứu. <!-- vanban: bỏ qua L1: -->", select=["L1"])) == 1


def in_year(year: int) -> str:
    return (
        LETTER.replace("năm 2024", f"năm {year}").replace("KT. GIÁM", "KT.GIÁM").replace("31/12/2024", f"31/12/{year}")
    )


def test_an_older_document_is_judged_by_the_law_of_its_day() -> None:
    assert [f.code for f in check(in_year(2015)) if f.code.startswith("F")] == ["F8"]
    assert not any(f.code.startswith("F") for f in check(in_year(2008)))
    unsigned = in_year(2015).replace("Nguyễn Văn An", "")
    assert "01/2011/TT-BNV" in next(f.cure for f in check(unsigned) if f.code == "F1")


GROUNDS = "Căn cứ Nghị định số 34/2016/NĐ-CP ngày 14 tháng 5 năm 2016 của Chính phủ;"
REGISTER = "number,date,valid_from,valid_until,replaced_by\n97/KH-UBND,2024-05-06,,,\n155/KH-UBND,2022-08-03,2022-08-03,2024-01-31,12/KH-UBND\n"


@pytest.mark.parametrize(
    ("words", "day", "says"),
    [
        (GROUNDS, dt.date(2025, 6, 1), ["34/2016/NĐ-CP hết hiệu lực sau ngày 31/03/2025."]),
        (GROUNDS, dt.date(2024, 6, 1), []),
        ("Kế hoạch này thay thế Nghị định số 34/2016/NĐ-CP.", dt.date(2025, 6, 1), []),
        (
            "Thực hiện Kế hoạch số 155/KH-UBND ngày 03/8/2022 của UBND tỉnh.",
            dt.date(2024, 11, 15),
            ["155/KH-UBND hết hiệu lực sau ngày 31/01/2024."],
        ),
        ("Thực hiện Kế hoạch số 155/KH-UBND ngày 03/8/2022 của UBND tỉnh.", dt.date(2023, 11, 15), []),
        ("Thực hiện Kế hoạch số 97/KH-UBND ngày 06/5/2024 của UBND tỉnh.", dt.date(2024, 11, 15), []),
        (
            "Thực hiện Kế hoạch số 98/KH-UBND ngày 06/5/2024 của UBND tỉnh.",
            dt.date(2024, 11, 15),
            ["98/KH-UBND không có trong sổ văn bản."],
        ),
    ],
)
def test_a_citation_is_held_against_the_register(tmp_path: Path, words: str, day: dt.date, says: list[str]) -> None:
    (tmp_path / "so.csv").write_text(REGISTER, encoding="utf-8")
    beside = Beside(register_in(tmp_path / "so.csv"))
    assert [f.message for f in check(words, day, select=["C10"], beside=beside)] == says


def test_a_broken_register_is_told_by_line_and_column(tmp_path: Path) -> None:
    (tmp_path / "so.csv").write_text("number;valid_until\n97/KH-UBND;hôm qua\n", encoding="utf-8")
    with pytest.raises(ValueError, match="dòng 2, cột valid_until: “hôm qua”"):
        register_in(tmp_path / "so.csv")
    done = command("check", "--register", str(tmp_path / "so.csv"), "-", given="Một.")
    assert (done.returncode, "hôm qua" in done.stderr) == (2, True)


def test_what_counts_up_over_a_year_does_not_fall() -> None:
    six, nine = (
        f"Quảng Trị, ngày 15 tháng {m} năm 2024\n\nBÁO CÁO\nKết quả công tác\n\nKiểm định {n} phương tiện đo nhóm hai. Sản xuất 5 tấn chế phẩm."
        for m, n in ((6, "5.200"), (9, "4.900"))
    )
    said = [f.message for f in check(nine, dt.date(2024, 9, 15), select=["N10"], beside=Beside(previous=six))]
    assert said == ["“4.900 phương tiện đo” nhỏ hơn “5.200 phương tiện đo” của kỳ trước trong cùng năm."]
    assert check(six, dt.date(2024, 6, 15), select=["N10"], beside=Beside(previous=nine)) == []
    assert check(nine, dt.date(2024, 9, 15), select=["N10"]) == []


A4 = Page(210, 297, 20, 20, 30, 20, "Times New Roman", 14, True)


@pytest.mark.parametrize(
    ("page", "says"),
    [
        (A4, []),
        (replace(A4, width=215.9, height=279.4), ["Khổ giấy 215,9 × 279,4 mm, phải là A4 (210 × 297 mm)."]),
        (replace(A4, top=15), ["Lề trên 15 mm, phải từ 20 đến 25 mm."]),
        (
            replace(A4, left=25.4, right=25.4),
            ["Lề trái 25,4 mm, phải từ 30 đến 35 mm.", "Lề phải 25,4 mm, phải từ 15 đến 20 mm."],
        ),
        (
            replace(A4, font="Arial", size=12),
            ["Phông chữ Arial, phải là Times New Roman.", "Cỡ chữ nội dung 12, phải từ 13 đến 14."],
        ),
        (replace(A4, numbered=False), ["Văn bản nhiều trang mà không đánh số trang."]),
    ],
)
def test_the_page_of_a_word_file_is_measured(page: Page, says: list[str]) -> None:
    long = LETTER.replace("./.", ". " + "Sở tiếp tục triển khai. " * 100 + "./.")
    assert [f.message for f in check(long, select=["F11"], beside=Beside(page=page))] == says


def test_our_own_word_file_has_the_page_of_the_decree(tmp_path: Path) -> None:
    from vanban.read.docx_page import page_of
    from vanban.write import write

    found = page_of(write(outline(LETTER.split("\n")), "docx", dt.date(2024, 11, 15)))
    assert found is not None
    measured = tuple(round(n) for n in (found.width, found.height, found.top, found.bottom, found.left, found.right))
    assert (measured, found.font, found.size, found.numbered) == (
        (210, 297, 20, 20, 30, 20),
        "Times New Roman",
        14,
        True,
    )


def test_text_in_an_old_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "cu.txt").write_bytes("TiÕng ViÖt rÊt hay, c¸n bé ë ®©y ®äc ®­îc.".encode("latin-1"))
    done = command("check", "--select", "L8", "--json", str(tmp_path / "cu.txt"))
    assert "không phải Unicode" in done.stdout


def command(*words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "vanban", *words], cwd=ROOT, input=given, capture_output=True, text=True, check=False
    )


def test_the_command_answers_by_its_exit_status(tmp_path: Path) -> None:
    clean, faulty = tmp_path / "a.txt", tmp_path / "b.txt"
    clean.write_text(LETTER, encoding="utf-8")
    faulty.write_text("Đầu tư cho ngiên cứu.", encoding="utf-8")
    assert command("check", str(clean)).returncode == 0
    done = command("check", str(faulty))
    assert (done.returncode, "L1" in done.stdout) == (1, True)
    assert command("check", str(tmp_path / "khong-co.txt")).returncode == 2


def test_json_sarif_and_page_name_the_same_place(tmp_path: Path) -> None:
    faulty = tmp_path / "b.txt"
    faulty.write_text("Một.\nĐầu tư cho ngiên cứu <b>.", encoding="utf-8")
    (document,) = json.loads(command("check", "--json", str(faulty)).stdout)
    assert (document["findings"][0]["line"], document["findings"][0]["text"]) == (2, "ngiên")
    sarif = json.loads(command("check", "--sarif", str(faulty)).stdout)
    assert sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] == 2
    command("check", "--page", str(tmp_path / "p.html"), str(faulty))
    page = (tmp_path / "p.html").read_text("utf-8")
    assert ">ngiên</mark>" in page
    assert "<b>" not in page


def test_fix_writes_and_diff_only_shows(tmp_path: Path) -> None:
    file = tmp_path / "b.txt"
    file.write_text("Trình bộ Khoa học và Công nghệ xem xét. Đã trình bộ Khoa học và Công nghệ.", encoding="utf-8")
    before = file.read_text("utf-8")
    assert "+" in command("check", "--diff", "--select", "L5", str(file)).stdout
    assert file.read_text("utf-8") == before
    assert command("check", "--fix", "--select", "L5", str(file)).returncode == 0
    assert "bộ Khoa học" not in file.read_text("utf-8")


def test_a_settings_file_beside_the_document_chooses_rules(tmp_path: Path) -> None:
    (tmp_path / ".vanban.toml").write_text('ignore = ["L1"]\n', encoding="utf-8")
    file = tmp_path / "b.txt"
    file.write_text("Đầu tư cho ngiên cứu.", encoding="utf-8")
    assert command("check", str(file)).returncode == 0


def test_the_reference_page_is_what_the_rules_say() -> None:
    assert (ROOT / "docs/rules.md").read_text("utf-8") == reference()


def test_a_rule_can_be_explained() -> None:
    assert "Nghị định 30/2020/NĐ-CP" in command("rules", "C4").stdout
    assert command("rules", "Z9").returncode == 2


@pytest.mark.parametrize(
    "hostile",
    [
        "a" * 200_000,
        "(" * 100_000,
        "số 1/QĐ-UBND " * 5_000,
        "12.345 " * 20_000,
        "ngày 1/1/2024 " * 8_000,
        " ,;" * 50_000,
        "\n\n" * 50_000,
    ],
)
def test_hostile_text_ends(hostile: str) -> None:
    assert isinstance(check(hostile), list)
