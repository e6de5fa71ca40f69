"""Figures: the expert's table, the sample report, properties, hostile input."""

from __future__ import annotations

import datetime as dt
import os
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from vanban.numerals import to_words
from vanban.quantities import Quantity, find_quantities
from vanban.quantities.numbers import decimal_string, value_of
from vanban.text import CleanText

TODAY = dt.date(2024, 11, 30)
CASES = yaml.safe_load((Path(__file__).parent / "corpus" / "quantities.yaml").read_text(encoding="utf-8"))
SHARED = Path(os.environ.get("CANCU_SHARED", Path(__file__).parents[3] / "shared"))
REPORT = SHARED / "quang-tri-2024" / "report.txt"


def shown(quantity: Quantity) -> str:
    value = quantity.value
    value += f"..{quantity.upper}" if quantity.upper else ""
    value += f"/{quantity.whole}" if quantity.whole else ""
    qualifier = f"[{quantity.qualifier}] " if quantity.qualifier else ""
    return f"{qualifier}{value} {quantity.unit}".strip()


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_the_figures_of_a_sentence(case: dict[str, object]) -> None:
    found = find_quantities(CleanText(str(case["text"])).clean, TODAY)
    assert [shown(quantity) for quantity in found] == case["figures"]


@pytest.mark.skipif(not REPORT.exists(), reason="the sample report is not here")
def test_every_figure_of_the_sample_report_in_order() -> None:
    text = CleanText(REPORT.read_text(encoding="utf-8")).clean
    expected = (
        "6 5 5 5 2 15.5 43 40 3 15 70 30 32 7 2 6 59 15 25 2 57 2 6 3 10 1668 66 651 3 17 3 20000000 1 15000000 0 "
        "29 10036 1929 52 37 15 12 100 100 0 1 3 2 2 1 1 2 3"
    )
    assert [quantity.value for quantity in find_quantities(text, TODAY)] == expected.split()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("tăng 5,2% so với cùng kỳ", "growth"),
        ("chiếm tỷ lệ 5,2%", "share"),
        ("tăng gần 1,8 lần", "growth"),
        ("20 triệu đồng", "money"),
        ("98/125 xã", "ratio"),
        ("thời gian 3 ngày", "duration"),
        ("15 cơ sở", "level"),
    ],
)
def test_growth_share_and_level_are_told_apart(text: str, kind: str) -> None:
    assert [quantity.kind for quantity in find_quantities(text)] == [kind]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Năm 2024, Sở cấp phép cho 15 cơ sở; đào tạo 25 học viên.", "2024-01-01..2024-12-31"),
        ("Từ đầu năm đến nay đã tổ chức 05 lớp.", "2024-01-01..2024-11-30"),
        (
            "Tính đến tháng 11/2024, có 43 nhiệm vụ, gồm 40 nhiệm vụ từ năm 2022 và 2023 và 03 nhiệm vụ khác.",
            "None..2024-11-30",
        ),
    ],
)
def test_a_period_governs_the_figures_after_it(text: str, period: str) -> None:
    found = find_quantities(text, TODAY)
    assert found
    for quantity in found:
        assert quantity.period
        assert f"{quantity.period.first}..{quantity.period.last}" == period


@given(st.integers(0, 10**9), st.sampled_from(["hồ sơ", "doanh nghiệp", "triệu đồng", "%", "tấn", "lượt người"]))
def test_a_written_amount_is_read_back(value: int, unit: str) -> None:
    text = f"Đã thực hiện được {value:,} {unit} trong kỳ.".replace(",", ".")
    found = find_quantities(text)
    assert [Decimal(quantity.value) for quantity in found] == [
        Decimal(value) * (10**6 if unit.startswith("triệu") else 1)
    ]


@given(st.integers(21, 10**6))
def test_an_amount_in_words_is_read_back(value: int) -> None:
    found = find_quantities(f"Toàn tỉnh có {to_words(value)} hồ sơ.")
    assert [quantity.value for quantity in found] == [str(value)]


@given(st.decimals(0, 10**9, places=2))
def test_decimals_survive_their_vietnamese_form(value: Decimal) -> None:
    written = f"{value:,.2f}".translate(str.maketrans(",.", ".,"))
    assert value_of(written) == value
    assert Decimal(decimal_string(value)) == value


@given(
    st.text(st.sampled_from("0123456789.,-/% \n()|:đồngtỷnămtháng") | st.characters(max_codepoint=0x1EFF), max_size=300)
)
def test_spans_lie_in_order_inside_any_text(text: str) -> None:
    found = find_quantities(text, TODAY)
    assert all(0 <= q.start < q.end <= len(text) and text[q.start : q.end] == q.text for q in found)
    assert all(one.end <= two.start for one, two in pairwise(found))


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1.",
        "1.234.",
        "1/",
        "năm ",
        "2024, ",
        "2024 - ",
        "tháng 1 ",
        "a@",
        "https://",
        "( ",
        "(1",
        "hai ",
        "một trăm ",
        "không có ",
        "quý i",
        "số ",
        "A-",
        "ISO ",
        "0912 ",
        "|1",
        "từ ",
        "10 tỷ ",
        "trong thời hạn ",
        "\n1.",
        "\n",
        " ",
        "5 đến ",
        "/ha",
        "khoản 1, ",
    ],
)
def test_a_hostile_repetition_costs_time_in_proportion(piece: str) -> None:
    """Work is counted, not timed: twice the text may cost about twice the steps of the interpreter."""
    import sys

    def steps(count: int) -> int:
        calls = 0

        def count_calls(*_args: object) -> None:
            nonlocal calls
            calls += 1

        sys.setprofile(count_calls)
        try:
            find_quantities(piece * count, TODAY)
        finally:
            sys.setprofile(None)
        return calls

    steps(10)
    assert steps(4000) < 3 * steps(2000) + 500
