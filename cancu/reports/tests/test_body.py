"""The text of a section is Markdown whose links are live nodes."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cancu.reports.body import parse, references, restate, shown, split_reference, without_nodes
from vanban.document import Heading, Node, Paragraph, Table, Text

SENTENCE = "Sở cấp phép cho [15](figure:radiation.facilities_licensed) cơ sở, theo [Kế hoạch số 155/KH-UBND](document:155/KH-UBND@2022-08-03)."


def test_links_with_a_reference_are_nodes_and_other_links_are_text():
    (paragraph,) = parse("Xem [15](figure:a.b) và [trang](https://example.invalid).")
    assert [type(i) for i in paragraph.inlines] == [Text, Node, Text]
    assert paragraph.inlines[2].text == " và trang."


def test_references_keep_vietnamese_letters():
    (paragraph,) = parse("[Nghị định số 60/2021/NĐ-CP](document:60/2021/NĐ-CP@2021-06-21)")
    assert paragraph.inlines[0].ref == "document:60/2021/NĐ-CP@2021-06-21"


def test_references_are_listed_in_order():
    assert references(SENTENCE) == ["figure:radiation.facilities_licensed", "document:155/KH-UBND@2022-08-03"]


def test_new_words_replace_only_what_stands_between_the_brackets():
    said = restate(SENTENCE, lambda reference, words: "16" if reference.startswith("figure") else words)
    assert said == SENTENCE.replace("[15]", "[16]")
    assert shown(said)[0] == ("figure:radiation.facilities_licensed", "16")


def test_what_a_person_typed_keeps_its_place_when_nodes_are_blanked():
    typed = without_nodes(SENTENCE + " Thêm 7 máy.")
    assert len(typed) == len(SENTENCE + " Thêm 7 máy.")
    assert "15" not in typed
    assert typed.endswith("Thêm 7 máy.")


@pytest.mark.parametrize(
    ("reference", "parts"),
    [
        ("figure:a.b", ("figure", "a.b", {})),
        ("figure:a.b?say=over&per=1000000", ("figure", "a.b", {"say": "over", "per": "1000000"})),
        ("document:03-CTr/BCSĐ@2024-01-02", ("document", "03-CTr/BCSĐ@2024-01-02", {})),
    ],
)
def test_a_reference_has_kind_target_and_options(reference, parts):
    assert split_reference(reference) == parts


def test_lists_headings_and_tables_become_blocks():
    blocks = parse("# a) Kết quả\n\n- một\n- hai\n\n| Chỉ tiêu | Số |\n|---|--:|\n| Mẫu | [5](figure:a.b) |\n")
    assert blocks[0] == Heading(3, "a)", (Text("Kết quả"),))
    assert [b.marker for b in blocks[1:3]] == ["-", "-"]
    assert isinstance(blocks[3], Table)
    assert blocks[3].rows[1][1].paragraphs[0] == Paragraph((Node("figure:a.b", "5"),), align="right")


def test_html_in_a_section_stays_words():
    (paragraph,) = parse("Một <script>alert(1)</script> hai")
    assert "<script>" in "".join(i.text for i in paragraph.inlines)


#: Pieces that an author types, paste, or breaks: nodes of all kinds, marks of Markdown, halves of a link.
PIECES = st.lists(
    st.sampled_from(
        [
            "[15](figure:a.b)",
            "[trên 70](figure:a.b?say=over)",
            "[x](<document:155/KH-UBND@2022-08-03>)",
            "![Hình: a 1; b 2](chart:a.b?split=c)",
            "[](record:ip.title/Ch%C3%A8)",
            "[",
            "](",
            ")",
            "[15](figure:",
            "**đậm**",
            "- ",
            "\n",
            "\n\n",
            "| a | b |",
            "# a) ",
            "\\",
            "<",
            "&amp;",
            "[trang](https://example.invalid)",
            "  ",
            "Sở",
        ]
    )
    | st.text(max_size=6),
    max_size=14,
).map("".join)


@given(PIECES)
def test_a_text_whose_nodes_say_what_they_said_is_the_same_letter_by_letter(body):
    assert restate(body, lambda _reference, words: words) == body


@given(PIECES, st.text(max_size=12))
@example("[15](figure:[15](figure:a.b)", "]")
def test_whatever_a_node_says_it_stays_one_node(body, words):
    said = restate(body, lambda _reference, _shown: words)
    assert references(said) == references(body)
    assert restate(said, lambda _reference, _shown: words) == said
