"""Pictures of numbers, drawn once as SVG and shown the same on the page, in Word and in the PDF.

A ``Chart`` is a value: words, numbers, and one of six shapes. Colours stay apart for colour-blind eyes
(``tests/test_charts.py`` measures it); every number stands beside its bar, and ``table`` gives all of them again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from textwrap import wrap

from django.utils.translation import gettext as _

from vanban.document import Cell, Paragraph, Picture, Table, Text

from .measures import Value
from .numerals import say_number

SHAPES = ("bars", "columns", "line", "spark", "progress")
PALETTE = ("#12627a", "#e0a030", "#2b2140", "#8fc1d4", "#b34d1e", "#dfd7c0")
TONES = {"bad": "#b3261e", "warn": "#b9851b", "ok": "#226640", "going": PALETTE[0]}
INK, LINE = "#4a5468", "#dfe3ea"
WIDTH, SIZE, LABEL, ROW = 480, 12, 158, 28
MM = 150 / WIDTH  # a full chart is 150 mm wide on paper
FONT = "Tinos, 'Times New Roman', 'Liberation Serif', serif"


@dataclass(frozen=True)
class Chart:
    """``series``: (name, one value a label; None is “not recorded” and is drawn as a gap, not as 0). ``tones``: a word
    (bad, warn, ok) for each label whose colour says something. Raises ValueError for an unknown shape."""

    title: str
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[Value | None, ...]], ...]
    shape: str = "bars"
    tones: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.shape not in SHAPES or any(len(values) != len(self.labels) for _name, values in self.series):
            raise ValueError(f"{self.title}: {self.shape}")

    @property
    def description(self) -> str:
        """All numbers in one sentence, for who cannot see the picture."""
        many = len(self.series) > 1
        return "; ".join(
            f"{label}: " + ", ".join(f"{name} {said(v)}" if many else said(v) for name, v in self.at(n))
            for n, label in enumerate(self.labels)
        )

    def at(self, n: int) -> list[tuple[str, Value | None]]:
        """(series, value) at the label number ``n``."""
        return [(name, values[n]) for name, values in self.series]

    def total(self, n: int) -> Decimal:
        return sum((Decimal(v) for _name, v in self.at(n) if v is not None), Decimal(0))

    def svg(self) -> str:
        """The picture as SVG, without script, style or outside reference."""
        return "".join(_svg(self))

    def picture(self) -> Picture:
        """The picture as a block of a document."""
        width, height = _size(self)
        return Picture(self.svg(), f"{self.title}: {self.description}", round(width * MM, 2), round(height * MM, 2))

    def table(self) -> Table:
        """The numbers of the picture as a table of a document: years and months run across, anything else down."""
        many = len(self.series) > 1
        if self.shape in ("columns", "line"):
            head = (*([_cell("")] if many else []), *(_cell(label, "center") for label in self.labels))
            rows = [
                (*([_cell(name)] if many else []), *(_cell(said(v), "right") for v in values))
                for name, values in self.series
            ]
            return Table((head, *rows), caption=self.title)
        head = (_cell(""), *(_cell(name or _("Số liệu"), "center") for name, _values in self.series))
        return Table(
            (
                head,
                *(
                    (_cell(label), *(_cell(said(v), "right") for _name, v in self.at(n)))
                    for n, label in enumerate(self.labels)
                ),
            ),
            caption=self.title,
        )


def shape_of(labels: tuple[str, ...]) -> str:
    """Years make a line, months (“T3”) columns, anything else bars."""
    if all(re.fullmatch(r"(19|20)\d\d", label) for label in labels):
        return "line"
    return "columns" if all(re.fullmatch(r"T\d{1,2}", label) for label in labels) else "bars"


def said(value: Value | None) -> str:
    """A number as official documents write it; — where nothing was recorded."""
    return "—" if value is None else say_number(value, padded=False)


def _cell(words: str, align: str = "left") -> Cell:
    return Cell((Paragraph((Text(words),) if words else (), align=align),))


def _size(chart: Chart) -> tuple[int, int]:
    legend = 22 if len(chart.series) > 1 else 0
    match chart.shape:
        case "spark":
            return 96, 26
        case "bars":
            return WIDTH, 8 + ROW * len(chart.labels) + legend
        case "progress":
            return WIDTH, 46
    return WIDTH, 190 + legend


def _svg(chart: Chart) -> Iterator[str]:
    width, height = _size(chart)
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" class="chart {chart.shape}" font-family="{FONT}" font-size="{SIZE}" fill="{INK}">'
    yield f"<title>{escape(chart.title)}</title><desc>{escape(chart.description)}</desc>"
    yield from {"bars": _bars, "columns": _columns, "line": _line, "spark": _spark, "progress": _progress}[chart.shape](
        chart
    )
    if len(chart.series) > 1 and chart.shape != "progress":
        yield from _legend([name for name, _v in chart.series], height - 6)
    yield "</svg>"


def _legend(names: list[str], y: int) -> Iterator[str]:
    x = 0.0
    for n, name in enumerate(names):
        yield f'<rect x="{x:.0f}" y="{y - 10}" width="11" height="11" rx="2" fill="{_colour(n)}"/>{_text(x + 16, y, name)}'
        x += 34 + 6.2 * len(name)


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{max(height, 0):.1f}" rx="2.5" fill="{fill}"/>'


def _colour(n: int) -> str:
    return PALETTE[n % len(PALETTE)]


def _fill(chart: Chart, label: int, series: int) -> str:
    tone = chart.tones[label] if label < len(chart.tones) else ""
    return TONES.get(tone, _colour(series))


def _most(chart: Chart) -> Decimal:
    return max((chart.total(n) for n in range(len(chart.labels))), default=Decimal(0)) or Decimal(1)


def _bars(chart: Chart) -> Iterator[str]:
    most, room = _most(chart), WIDTH - LABEL - 64
    for n, label in enumerate(chart.labels):
        y, x = 6 + ROW * n, float(LABEL)
        lines = wrap(label, 27, max_lines=2, placeholder="…") or [""]
        for k, line in enumerate(lines):
            yield _text(0, y + 13 + (k - (len(lines) - 1) / 2) * SIZE, line)
        for s, (_name, value) in enumerate(chart.at(n)):
            length = room * float(Decimal(max(value or 0, 0)) / most)
            if length:
                yield _rect(x, y, length - (1 if len(chart.series) > 1 else 0), 18, _fill(chart, n, s))
            x += length
        known = any(v is not None for _name, v in chart.at(n))
        yield _text(x + 6, y + 13, said(chart.total(n)) if known else "—")


def _columns(chart: Chart) -> Iterator[str]:
    most, step, foot = _most(chart), WIDTH / max(len(chart.labels), 1), 162
    yield f'<path d="M0 {foot}H{WIDTH}" stroke="{LINE}"/>'
    for n, label in enumerate(chart.labels):
        y, wide = float(foot), min(step * 0.62, 44)
        middle = step * (n + 0.5)
        for s, (_name, value) in enumerate(chart.at(n)):
            high = 130 * float(Decimal(max(value or 0, 0)) / most)
            y -= high
            if high:
                yield _rect(middle - wide / 2, y, wide, high - (1 if len(chart.series) > 1 else 0), _fill(chart, n, s))
        known = any(v is not None for _name, v in chart.at(n))
        yield _text(middle, y - 6, said(chart.total(n)) if known else "—", "middle") + _text(
            middle, foot + 18, label, "middle"
        )


def _points(
    values: tuple[Value | None, ...], width: float, high: float, left: float, foot: float, low: float, most: float
) -> list[tuple[float, float] | None]:
    step = width / max(len(values) - 1, 1)
    return [
        None if v is None else (left + step * n, foot - high * ((float(v) - low) / ((most - low) or 1)))
        for n, v in enumerate(values)
    ]


def _path(points: list[tuple[float, float] | None]) -> str:
    """A line through the points; a missing one breaks it."""
    pairs = zip([None, *points], points, strict=False)
    return "".join(f"{'L' if before else 'M'}{p[0]:.1f} {p[1]:.1f}" for before, p in pairs if p)


def _line(chart: Chart) -> Iterator[str]:
    most, foot = float(max((v for _n, values in chart.series for v in values if v is not None), default=1)), 162
    yield f'<path d="M0 {foot}H{WIDTH}" stroke="{LINE}"/>'
    for s, (_name, values) in enumerate(chart.series):
        points = _points(values, WIDTH - 60, 128, 30, foot, 0, most)
        yield f'<path d="{_path(points)}" fill="none" stroke="{_colour(s)}" stroke-width="2"/>'
        for point, value in zip(points, values, strict=True):
            if point:
                yield f'<circle cx="{point[0]:.1f}" cy="{point[1]:.1f}" r="3.2" fill="{_colour(s)}"/>' + _text(
                    point[0], point[1] - 8, said(value), "middle"
                )
    for n, label in enumerate(chart.labels):
        yield _text(30 + (WIDTH - 60) / max(len(chart.labels) - 1, 1) * n, foot + 18, label, "middle")


def _spark(chart: Chart) -> Iterator[str]:
    """A line of years; months, which are counts of their own, as small columns."""
    values = chart.series[0][1]
    known = [float(v) for v in values if v is not None]
    if shape_of(chart.labels) == "columns":
        yield from _small_columns(values, max(known, default=0) or 1)
        return
    points = _points(values, 86, 18, 4, 22, min(known, default=0), max(known, default=1))
    yield f'<path d="{_path(points)}" fill="none" stroke="{PALETTE[0]}" stroke-width="1.6"/>'
    last = next((p for p in reversed(points) if p), None)
    if last:
        yield f'<circle cx="{last[0]:.1f}" cy="{last[1]:.1f}" r="2.6" fill="{PALETTE[1]}"/>'


def _small_columns(values: tuple[Value | None, ...], most: float) -> Iterator[str]:
    step = 92 / len(values)
    for n, value in enumerate(values):
        height = 20 * float(value or 0) / most
        yield _rect(2 + n * step, 24 - height, step * 0.7, height, PALETTE[1] if n == len(values) - 1 else PALETTE[0])


def _progress(chart: Chart) -> Iterator[str]:
    """Parts of one whole in one strip: the labels are the parts."""
    values = [Decimal(max(v or 0, 0)) for v in chart.series[0][1]]
    whole, x = sum(values) or Decimal(1), 0.0
    yield _rect(0, 4, WIDTH, 14, LINE)
    for n, value in enumerate(values):
        length = WIDTH * float(value / whole)
        if length:
            yield _rect(x, 4, length - 1, 14, _fill(chart, n, n))
        x += length
    x = 0.0
    for n, (label, part) in enumerate(zip(chart.labels, chart.series[0][1], strict=True)):
        words = f"{label} {said(part)}"
        yield _rect(x, 30, 11, 11, _fill(chart, n, n)) + _text(x + 16, 40, words)
        x += 36 + 6.0 * len(words)
