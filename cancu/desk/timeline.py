"""A year at a glance: tasks as bars over its quarters, today as a dashed line; SVG like the other pictures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from django.utils.translation import gettext as _

from cancu.indicators.charts import INK, LINE, PALETTE, TONES

WIDTH, LEFT, ROW = 620, 116, 26


@dataclass(frozen=True)
class Bar:
    """One task: its short name, its stretch (an open one ends at its deadline), its tone, its words, where it leads."""

    name: str
    start: dt.date
    end: dt.date
    tone: str = ""
    words: str = ""
    address: str = ""


def timeline(bars: Iterable[Bar], year: int, day: dt.date, title: str) -> str:
    """The bars of one year as SVG. What began earlier or ends later is cut at the year's edges."""
    return "".join(_svg(list(bars), year, day, title))


def _svg(bars: list[Bar], year: int, day: dt.date, title: str) -> Iterator[str]:
    foot = ROW * len(bars) + 8
    said = "; ".join(f"{b.name}: {b.words}" for b in bars)
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {foot + 22}" class="chart timeline" role="group" aria-label="{escape(title)}" font-size="11" fill="{INK}">'
    yield f"<title>{escape(title)}</title><desc>{escape(said)}</desc>"
    for n in range(5):
        x = _x(dt.date(year + n // 4, 3 * (n % 4) + 1, 1), year)
        yield f'<path d="M{x:.0f} 0V{foot}" stroke="{LINE}"/>'
        if n < 4:
            middle = (x + _x(dt.date(year + (n + 1) // 4, 3 * ((n + 1) % 4) + 1, 1), year)) / 2
            yield f'<text x="{middle:.0f}" y="{foot + 16}" text-anchor="middle">{_("Quý %(n)s") % {"n": ("I", "II", "III", "IV")[n]}}</text>'
    for n, bar in enumerate(bars):
        yield from _bar(bar, 6 + ROW * n, year)
    if day.year == year:
        yield f'<path d="M{_x(day, year):.0f} 0V{foot}" stroke="{TONES["bad"]}" stroke-dasharray="3 3"/>'
    yield "</svg>"


def _bar(bar: Bar, y: int, year: int) -> Iterator[str]:
    first, last = _x(bar.start, year), _x(bar.end, year)
    fill = TONES.get(bar.tone, PALETTE[0])
    yield f'<a href="{escape(bar.address)}"><title>{escape(bar.words)}</title><text x="0" y="{y + 12}">{escape(_short(bar.name))}</text>'
    yield f'<rect x="{first:.1f}" y="{y}" width="{max(last - first, 4):.1f}" height="14" rx="3" fill="{fill}"/></a>'


def _short(words: str) -> str:
    return words if len(words) <= 18 else words[:17] + "…"


def _x(day: dt.date, year: int) -> float:
    """The place of a day across the year."""
    first, last = dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
    inside = min(max(day, first), last)
    return LEFT + (WIDTH - LEFT - 2) * (inside - first).days / (last - first).days
