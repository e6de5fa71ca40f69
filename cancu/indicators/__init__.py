"""Declared questions over records, answered by figures that carry the rows they were counted from."""

from .checks import AtLeast, AtMost, Check, Same
from .declaration import Indicator, Ratio, indicator, indicators
from .figures import Figure, compute, figure
from .measures import Distinct, Rows, Total
from .when import Flow, Overlap, Stock
from .windows import Window

__all__ = [
    "AtLeast",
    "AtMost",
    "Check",
    "Distinct",
    "Figure",
    "Flow",
    "Indicator",
    "Overlap",
    "Ratio",
    "Rows",
    "Same",
    "Stock",
    "Total",
    "Window",
    "compute",
    "figure",
    "indicator",
    "indicators",
]
