"""Citations against the tables in ``corpus/citations/``: each YAML case is a text and the citations that it holds.

A jurist adds a case by adding an entry; keys that are not written are not compared."""

from __future__ import annotations

import csv
import os
import sys
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from vanban.citations import Citation, find_citations

REPOSITORY = Path(__file__).parents[2]
SAMPLE = Path(os.environ.get("CANCU_SHARED") or REPOSITORY.parent / "shared") / "quang-tri-2024"
CORPUS = Path(__file__).parent / "corpus" / "citations"
CASES = [
    pytest.param(case, id=f"{path.stem}-{index}")
    for path in sorted(CORPUS.glob("*.yaml"))
    for index, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")))
]


def _shown(citation: Citation, keys: dict[str, Any]) -> dict[str, Any]:
    return {key: getattr(citation, key) for key in keys}


@pytest.mark.parametrize("case", CASES)
def test_corpus(case: dict[str, Any]) -> None:
    today = case.get("document_date")
    found = find_citations(case["text"], today)
    expected = case["expect"]
    brief = [(c.type, c.number, c.text) for c in found]
    assert len(found) == len(expected), brief
    for citation, keys in zip(found, expected, strict=True):
        assert _shown(citation, keys) == keys
        assert case["text"][citation.start : citation.end] == citation.text


def test_the_corpus_is_wide() -> None:
    assert len(CASES) >= 150


@pytest.fixture(scope="module")
def found() -> list[Citation]:
    return find_citations((SAMPLE / "report.txt").read_text(encoding="utf-8"))


@pytest.mark.skipif(not SAMPLE.exists(), reason="the sample department's report is not beside this clone")
class TestSample:
    """The sample department's report of 2024 against its list of documents."""

    def test_every_document_and_no_other(self, found: list[Citation]) -> None:
        with (SAMPLE / "documents.csv").open(encoding="utf-8") as stream:
            listed = {(r["type"], r["number"], r["date"]) for r in csv.DictReader(stream)}
        assert {(c.type, c.number, c.date.isoformat() if c.date else "") for c in found} == listed

    def test_every_mention(self, found: list[Citation]) -> None:
        counts = Counter(c.number for c in found)
        assert len(found) == 28
        assert counts["38-CT/TW"] == 3
        assert {n for n, times in counts.items() if times == 2} == {
            "141-KH/TU", "69-KL/TW", "20-NQ/TW", "71-CTr/TU", "36-NQ/TW",
        }  # fmt: skip

    def test_issuers_that_the_text_names(self, found: list[Citation]) -> None:
        with (SAMPLE / "documents.csv").open(encoding="utf-8") as stream:
            listed = {r["number"]: r["issuer"].lower() for r in csv.DictReader(stream)}
        assert all((c.issuer or "").lower().startswith(listed[c.number or ""]) for c in found)

    def test_chain_of_implementation(self, found: list[Citation]) -> None:
        plan = next(i for i, c in enumerate(found) if c.number == "194/KH-UBND")
        children = [c.number for c in found if c.parent == plan]
        assert children == ["709/QĐ-TTg", "141-KH/TU"]


def test_positions_are_of_the_text_as_given() -> None:
    plain = "Thực hiện Quyết định số 12/QĐ-UBND ngày 05/01/2020 của UBND tỉnh"
    given = "\ufeff" + unicodedata.normalize("NFD", plain).replace("số ", "số\u00a0")
    (citation,) = find_citations(given)
    assert given[citation.start : citation.end] == citation.text
    assert unicodedata.normalize("NFC", citation.text).startswith("Quyết định số")
    assert citation.number == "12/QĐ-UBND"


def test_a_long_text_is_read_in_pieces_as_if_whole() -> None:
    paragraph = (
        "Kế hoạch số 12/KH-UBND ngày 05/01/2024 của UBND tỉnh thực hiện Kết luận số 69-KL/TW ngày 11/01/2024 của Bộ "
        "Chính trị; đơn vị đã tổ chức nhiều lớp tập huấn.\n\n"
    )
    text = paragraph * 3_000
    found = find_citations(text)
    assert len(found) == 6_000
    assert all(text[c.start : c.end] == c.text for c in found)
    assert all(found[c.parent].number == "12/KH-UBND" for c in found if c.parent is not None)
    assert [c.parent for c in found[1::2]] == list(range(0, 6_000, 2))


def test_json_is_the_contract() -> None:
    (citation,) = find_citations("Kế hoạch số 97/KH-UBND ngày 06/5/2024 của UBND tỉnh")
    contract = ["start", "end", "text", "type", "number", "canonical", "system", "date", "issuer", "title",
                "relation", "parent", "status"]  # fmt: skip
    values = citation.to_json()
    assert list(values)[: len(contract)] == contract
    assert values["date"] == "2024-05-06"


def test_a_directory_extends_types_and_issuers(tmp_path: Path) -> None:
    (tmp_path / "types.yaml").write_text("- {code: KHDH, name: Kế hoạch dạy học}\n", encoding="utf-8")
    (tmp_path / "issuers.yaml").write_text("- {code: THPTLL, name: Trường THPT Lê Lợi}\n", encoding="utf-8")
    (citation,) = find_citations("Kế hoạch dạy học số 05/KHDH-THPTLL ngày 05/9/2024", data=tmp_path)
    assert (citation.type, citation.issuer) == ("Kế hoạch dạy học", "Trường THPT Lê Lợi")


def test_a_wrong_entry_names_its_file(tmp_path: Path) -> None:
    (tmp_path / "issuers.yaml").write_text("- {code: X, colour: red}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"issuers\.yaml"):
        find_citations("số 1/QĐ-UBND", data=tmp_path)


PIECES = st.sampled_from(
    ["Nghị quyết", "Luật", "Bộ luật ", "Hiến pháp", "số", "Số: ", " ", "12/QĐ-UBND", "20-NQ/TW", "33/2024/NQ-HĐND", "4986/UBND-NC",
     " ngày 05/3/2024", " ngày 31/02/2024", " của UBND tỉnh", " về ", "“", "”", "(", ")", ";", ", ", ".", "\n", "\n\n", "–", "\u00ad",
     " và ", "các ", "khoản 2 Điều 5 ", "thực hiện ", "năm 2013", "sửa đổi", "e\u0323\u0302", "/", "1/", "|", "\t"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_gives_spans_of_itself_and_parents_before_children(text: str) -> None:
    for index, citation in enumerate(find_citations(text)):
        assert 0 <= citation.start < citation.end <= len(text)
        assert text[citation.start : citation.end] == citation.text
        assert citation.parent is None or 0 <= citation.parent < index


HOSTILE = {
    "digits and slashes": "1/" * 500_000,
    "slashes": "/" * 400_000,
    "nested quotes": "Quyết định số 12/QĐ-UBND ngày 05/01/2020 về " + "“" * 1_000_000,
    "open brackets": "Quyết định số 12/QĐ-UBND về a" + "(" * 300_000,
    "type words": "Nghị quyết " * 90_000,
    "laws without end": "Căn cứ Luật A" * 70_000,
    "provisions": "Điều 1 khoản 2 điểm a " * 40_000,
    "long code": "12/" + "QĐ-" * 300_000,
    "spaces": "số 12/QĐ-UBND" + " " * 1_000_000,
    "number and spaces": "số 12 " * 60_000 + "/QĐ-UBND",
    "commas": "Quyết định số 12/QĐ-UBND, " + ", " * 400_000,
    "chain": "Kế hoạch số 12/KH-UBND ngày 05/01/2020 thực hiện " * 2_000,
    "issuer without end": "Kế hoạch số 12/KH-UBND của " + "Sở Khoa học và " * 60_000,
    "one line": "a" * 1_000_000 + " 12/QĐ-UBND",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_costs_no_more_than_its_length(kind: str) -> None:
    """Work is counted, not timed: twice the text may cost at most three times the calls."""
    text = HOSTILE[kind]
    find_citations("Luật A năm 2000, số 1/QĐ-UBND")  # vocabulary loaded
    half, whole = _events(text[: len(text) // 2]), _events(text)
    assert whole <= 3 * half + 20_000


def _events(text: str) -> int:
    count = 0

    def counted(*_: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(counted)
    try:
        find_citations(text)
    finally:
        sys.setprofile(None)
    return count
