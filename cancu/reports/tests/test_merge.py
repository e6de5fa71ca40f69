"""Two people on one section: what each of them changed alone is kept, what both changed is asked about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cancu.reports.merge import merge

BASE = "Câu một.\n\nCâu hai.\n\nCâu ba."
TEXTS = st.lists(st.sampled_from(["Một.", "Hai.", "Ba.", "", "Bốn [15](figure:radiation.devices)."]), max_size=8).map(
    "\n".join
)

#: what I wrote, what the other wrote → what is stored (None: a person must decide)
TABLE = [
    ("Câu một, đã sửa.\n\nCâu hai.\n\nCâu ba.", BASE, "Câu một, đã sửa.\n\nCâu hai.\n\nCâu ba."),
    (BASE, "Câu một.\n\nCâu hai.", "Câu một.\n\nCâu hai."),
    (
        "Câu một, đã sửa.\n\nCâu hai.\n\nCâu ba.",
        "Câu một.\n\nCâu hai.\n\nCâu ba, đã sửa.",
        "Câu một, đã sửa.\n\nCâu hai.\n\nCâu ba, đã sửa.",
    ),
    (
        "Câu một.\n\nCâu hai.\n\nCâu ba.\n\nCâu bốn.",
        "Mở đầu.\n\nCâu một.\n\nCâu hai.\n\nCâu ba.",
        "Mở đầu.\n\nCâu một.\n\nCâu hai.\n\nCâu ba.\n\nCâu bốn.",
    ),
    ("Câu một.\n\nCâu hai, tôi sửa.\n\nCâu ba.", "Câu một.\n\nCâu hai, anh sửa.\n\nCâu ba.", None),
    (
        "Câu một.\n\nCâu hai, cùng sửa.\n\nCâu ba.",
        "Câu một.\n\nCâu hai, cùng sửa.\n\nCâu ba.",
        "Câu một.\n\nCâu hai, cùng sửa.\n\nCâu ba.",
    ),
    ("Câu một.\n\nCâu ba.", "Câu một.\n\nCâu hai, anh sửa.\n\nCâu ba.", None),
]


@pytest.mark.parametrize(("mine", "theirs", "stored"), TABLE)
def test_two_edits_become_one_or_are_asked_about(mine, theirs, stored):
    assert merge(BASE, mine, theirs) == stored
    assert merge(BASE, theirs, mine) == stored


@given(TEXTS, TEXTS)
def test_where_one_side_did_nothing_the_other_is_taken_whole(base, changed):
    assert merge(base, changed, base) == changed
    assert merge(base, base, changed) == changed
    assert merge(base, changed, changed) == changed


@given(TEXTS, TEXTS, TEXTS)
def test_no_new_line_of_either_side_is_lost(base, mine, theirs):
    merged = merge(base, mine, theirs)
    if merged is not None:
        kept = set(merged.split("\n"))
        assert {line for line in (*mine.split("\n"), *theirs.split("\n")) if line not in base.split("\n")} <= kept
