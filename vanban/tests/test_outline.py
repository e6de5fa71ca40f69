"""Head, outline and foot from plain lines: the expert's table, the sample, properties."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from vanban.document import Heading, Paragraph, Table, plain
from vanban.outline import outline, structure_of_text
from vanban.text import CleanText

CASES = yaml.safe_load((Path(__file__).parent / "corpus" / "heads.yaml").read_text(encoding="utf-8"))
SHARED = Path(os.environ.get("CANCU_SHARED", Path(__file__).parents[3] / "shared"))
REPORT = SHARED / "quang-tri-2024" / "report.txt"


def read_parts(text: str) -> dict[str, Any]:
    found = structure_of_text(CleanText(text).clean)
    header = found.head.header
    return {
        "parent": header.parent, "issuer": header.issuer, "number": header.number, "symbol": header.symbol, "place": header.place,
        "date": header.date, "kind": header.kind, "title": header.title, "addressees": list(found.addressees),
        "authority": list(found.signature.authority), "signer": found.signature.name, "recipients": list(found.recipients),
        "grounds": len(found.grounds),
        "outline": [f"{entry.level} {entry.number} {entry.words}" for entry in found.entries if entry.form != "dash"],
    }  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_parts_of_a_document(case: dict[str, Any]) -> None:
    parts = read_parts(case["text"])
    assert {key: parts[key] for key in case["expected"]} == case["expected"]


@pytest.mark.skipif(not REPORT.exists(), reason="the sample report is not here")
def test_the_sample_report_has_its_parts() -> None:
    found = structure_of_text(CleanText(REPORT.read_text(encoding="utf-8")).clean)
    assert (found.head.header.code, found.head.header.date, found.date) == ("/BC-SKHCN", None, dt.date(2024, 11, 30))
    assert [entry.number for entry in found.entries if entry.level == 1] == ["I.", "II.", "III."]
    assert sum(entry.level == 2 for entry in found.entries) == 13 + 8 + 4
    assert found.signature.authority == ("KT.GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    assert found.recipients == ("UBND tỉnh", "GD, các PGD sở", "Lưu: VT, VP")


def test_bold_markdown_is_style_and_not_words() -> None:
    document = outline(
        [
            "**I. KẾT QUẢ**",
            "",
            "Chủng *Azotobacter* sp. **tốt**.",
            "",
            "**KT. GIÁM ĐỐC",
            "PHÓ GIÁM ĐỐC**",
            "",
            "Trần Văn An",
        ]
    )
    heading, paragraph = document.blocks[:2]
    assert isinstance(heading, Heading)
    assert (heading.number, plain(heading.inlines)) == ("I.", "KẾT QUẢ")
    assert isinstance(paragraph, Paragraph)
    assert [(i.text, i.bold, i.italic) for i in paragraph.inlines][1] == ("Azotobacter", False, True)
    assert document.signature.authority == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")


def test_a_markdown_table_stays_a_table() -> None:
    document = outline(["I. KẾT QUẢ", "| TT | Nội dung | Số |", "|---|---|---|", "| 1 | Hồ sơ | 25 |"])
    [table] = [block for block in document.blocks if isinstance(block, Table)]
    assert [plain(cell.paragraphs[0].inlines) for cell in table.rows[1]] == ["1", "Hồ sơ", "25"]


def test_an_annex_after_the_signature_is_an_annex() -> None:
    document = outline(
        ["Nội dung.", "Nơi nhận:", "- Lưu: VT.", "GIÁM ĐỐC", "Trần Văn An", "Phụ lục I", "DANH MỤC HỒ SƠ", "1. Hồ sơ A"]
    )
    [annex] = document.appendices
    assert (annex.number, annex.title, len(annex.blocks)) == ("I", "DANH MỤC HỒ SƠ", 1)


@given(
    st.lists(
        st.sampled_from(
            [
                "UBND TỈNH",
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                "Số: 1/BC-SKHCN",
                "Quảng Trị, ngày 01 tháng 02 năm 2024",
                "BÁO CÁO",
                "QUYẾT",
                "ĐỊNH",
                "",
                "Kính gửi:",
                "- UBND;",
                "Căn cứ Luật;",
                "I. A",
                "1. b.",
                "a) c",
                "Điều 1.",
                "Nơi nhận:",
                "KT. GIÁM ĐỐC",
                "Trần Văn An",
                "| a | b |",
                "**x",
                "Phụ lục",
                "Chương I",
                "TÊN",
            ]
        ),
        max_size=30,
    )
)
def test_any_order_of_parts_keeps_every_line_of_the_body(lines: list[str]) -> None:
    found = structure_of_text("\n".join(lines))
    assert 0 <= found.head.body <= found.body <= max(found.foot, found.body) <= len(found.lines)
    assert found.foot <= found.rest <= len(found.lines)
    outline(lines)


def test_the_rule_of_a_table_without_rows_is_nothing() -> None:
    assert outline(["| --- | --- |"]).blocks == ()
