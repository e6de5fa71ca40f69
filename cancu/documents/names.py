"""Names of issuers, compared as people compare them."""

from __future__ import annotations

import re

from cancu.core.folding import folded

#: Ways of writing one name, folded: what stands in a head → what a register writes.
SHORT = (
    (r"\b(?:uy ban nhan dan|uỷ ban nhan dan)\b", "ubnd"),
    (r"\bhoi dong nhan dan\b", "hdnd"),
    (r"\bban chap hanh\b", "bch"),
    (r"\bban thuong vu\b", "btv"),
    (r"\bbtv tinh uy\b", "btv tinh uy"),
    (r"\bban can su dang\b", "bcs dang"),
)
_TERM = re.compile(r" khoa [ivxlc]+$")


def plain_name(words: str) -> str:
    """A name as names are compared: folded, usual abbreviations in one form, the congress term dropped.

    >>> plain_name("ỦY BAN NHÂN DÂN TỈNH QUẢNG TRỊ") == plain_name("UBND tỉnh Quảng Trị")
    True
    """
    plain = folded(words)
    for long, short in SHORT:
        plain = re.sub(long, short, plain)
    return _TERM.sub("", " ".join(plain.replace("-", " ").split()))


def one_body(one: str, other: str) -> bool:
    """Whether two names may be of one body: equal, or one is the other without its place (“UBND tỉnh” in the
    province's own letters). “UBND tỉnh Quảng Trị” and “UBND tỉnh Quảng Ngãi” may not."""
    a, b = plain_name(one), plain_name(other)
    return not a or not b or a.startswith(b) or b.startswith(a)
