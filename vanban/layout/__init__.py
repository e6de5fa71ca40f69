"""The measures of the official form, as dated data: which decree's page a document of a given day has."""

from __future__ import annotations

import datetime as dt

from vanban.layout.measures import Layout, Range, Style
from vanban.layout.nd30 import ND30
from vanban.translation import _

LAYOUTS = (ND30,)

__all__ = ["LAYOUTS", "Layout", "NoLayout", "Range", "Style", "layout_on"]


class NoLayout(LookupError):  # noqa: N818
    """No layout is held for that day; the message (Vietnamese) says which days are covered."""


def layout_on(date: dt.date | None = None) -> Layout:
    """The layout in force on ``date``; without a date the newest one.

    Raises ``NoLayout`` for a day before the first layout held (5 March 2020): the older circulars
    (01/2011/TT-BNV and before) are not in the data, and their pages must not be guessed."""
    if date is None:
        return LAYOUTS[-1]
    for layout in reversed(LAYOUTS):
        if layout.valid_from <= date and (layout.valid_until is None or date <= layout.valid_until):
            return layout
    message = _("Chưa có thể thức trình bày cho văn bản ngày {day}; sớm nhất là {first}. Hãy chọn ngày muộn hơn.")
    raise NoLayout(message.format(day=f"{date:%d/%m/%Y}", first=f"{LAYOUTS[0].valid_from:%d/%m/%Y}"))
