"""What a layout is made of: ranges that the law allows, and the one value that the writers use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Range:
    """``used`` is what the writers print; ``least`` and ``most`` are what the law allows."""

    used: float
    least: float
    most: float

    def allows(self, value: float, tolerance: float = 0.0) -> bool:
        """Whether a measured value is legal, give or take ``tolerance`` (same unit)."""
        return self.least - tolerance <= value <= self.most + tolerance


@dataclass(frozen=True, slots=True)
class Page:
    """The page of a file as measured: lengths in millimetres, ``size`` of most letters in points (0: not said),
    ``numbered``: its pages bear numbers."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    font: str
    size: float
    numbered: bool


@dataclass(frozen=True, slots=True)
class Style:
    """How one component is set. ``size`` in points; ``before`` and ``after`` (gaps) in points; ``indent``
    of the first line in millimetres. ``cell`` is its place in the position diagram (empty: no cell).
    ``upper``: the law wants capitals (the writers print the author's letters, the checks judge them)."""

    name: str
    cell: str
    size: Range
    bold: bool = False
    italic: bool = False
    upper: bool = False
    align: str = "center"
    before: float = 0.0
    after: float = 0.0
    indent: float = 0.0
    outline: int = 0  # 1–9: a heading of that level


@dataclass(frozen=True, slots=True)
class Layout:
    """Every measure of one decree's page. Lengths in millimetres, columns in twips (1/1440 inch),
    rule lengths as a share of the text above them."""

    code: str
    valid_from: dt.date
    valid_until: dt.date | None
    font: str
    page: tuple[float, float]
    top: Range
    bottom: Range
    left: Range
    right: Range
    page_number_from_edge: float
    header_columns: tuple[int, int]
    footer_columns: tuple[int, int]
    line_spacing: Range
    first_indent: Range
    paragraph_gap: Range
    signature_room: float
    motto_rule: Range
    issuer_rule: Range
    title_rule: Range
    nation: str
    motto: str
    own_line: tuple[str, ...]
    styles: Mapping[str, Style]

    @property
    def text_width(self) -> float:
        """Width of the text between the margins, millimetres."""
        return self.page[0] - self.left.used - self.right.used
