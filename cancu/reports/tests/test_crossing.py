"""What two people changed at one place is held whole until a person chooses."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cancu.reports.merge import Crossing, joined, merge, parts

TEXTS = st.lists(st.sampled_from(["Một.", "Hai.", "Ba.", "", "Bốn.", "Năm."]), max_size=8).map("\n".join)


@given(TEXTS, TEXTS, TEXTS)
def test_keeping_both_loses_no_new_line_of_either_side(base, mine, theirs):
    kept = set(joined(parts(base, mine, theirs), []).split("\n"))
    assert {line for line in (*mine.split("\n"), *theirs.split("\n")) if line not in base.split("\n")} <= kept


@given(TEXTS, TEXTS, TEXTS)
def test_a_text_without_crossing_is_the_merged_one(base, mine, theirs):
    found = parts(base, mine, theirs)
    whole = merge(base, mine, theirs)
    assert (whole is None) == any(isinstance(part, Crossing) for part in found)
    assert whole is None or whole == joined(found, [])


@given(TEXTS, TEXTS)
def test_choosing_ones_own_everywhere_over_an_untouched_base_gives_ones_own(base, mine):
    assert joined(parts(base, mine, base), ["mine"] * 9) == mine
