"""Periods as dated intervals, deadlines with their subject, and the reporting windows of the law."""

from vanban.periods.deadlines import Deadline, find_deadlines
from vanban.periods.find import Period, find_periods
from vanban.periods.windows import Window, nd09

__all__ = ["Deadline", "Period", "Window", "find_deadlines", "find_periods", "nd09"]
