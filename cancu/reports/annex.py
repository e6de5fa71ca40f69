"""The data annex: every figure of a report as data, beside the sentence that shows it."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from cancu.indicators import Figure
from cancu.indicators.evidence import as_text, sides

from . import nodes
from .body import shown
from .models import FrozenNode, Report, Section

COLUMNS = (
    "code",
    "section",
    "label",
    "shown",
    "value",
    "unit",
    "window_start",
    "window_end",
    "data_date",
    "rule",
    "rows",
    "part",
    "whole",
    "previous",
)


def figures(report: Report) -> list[dict[str, Any]]:
    """One row a live figure, in reading order: from what was frozen where it was, else computed now."""
    sections = list(report.sections.prefetch_related("frozen"))
    live = nodes.resolve(
        (r for s in sections if not s.confirmed_at for r, _w in shown(s.body)), nodes.Context(report.window)
    )
    before = _previous(report, sections)
    counts = _row_counts(report)
    out = []
    for section in sections:
        if section.confirmed_at:
            out.extend(_frozen(section, n, counts.get(n.pk, 0), before) for n in section.frozen.all() if n.code)
        else:
            out.extend(
                _live(section, words, live[r].thing, before)
                for r, words in shown(section.body)
                if isinstance(live[r].thing, Figure)
            )
    return out


def _row_counts(report: Report) -> dict[int, int]:
    from django.db.models import Count

    found = FrozenNode.objects.filter(section__report=report, rows__side__in=("rows", "whole")).annotate(
        n=Count("rows")
    )
    return dict(found.values_list("pk", "n"))


def _previous(report: Report, sections: list[Section]) -> dict[str, str]:
    from cancu.indicators import compute
    from cancu.indicators.declaration import INDICATORS

    from .body import split_reference

    codes = {split_reference(r)[1] for s in sections for r, _w in shown(s.body) if r.startswith("figure:")}
    window = report.window.previous()
    found = compute([INDICATORS[c] for c in sorted(codes & INDICATORS.keys())], [window], confirmed=True)
    return {code: as_text(f.value) for (code, _w), f in found.items()}


def _frozen(section: Section, node: FrozenNode, rows: int, before: dict[str, str]) -> dict[str, Any]:
    from cancu.indicators.declaration import INDICATORS

    known = INDICATORS.get(node.code)
    return {
        "code": node.code,
        "section": section.code,
        "label": str(known.label) if known else node.code,
        "shown": node.shown,
        "value": as_text(node.value),
        "unit": node.unit,
        "window_start": as_text(node.window_start),
        "window_end": as_text(node.window_end),
        "data_date": as_text(node.window_end),
        "rule": node.rule,
        "rows": rows,
        "part": as_text(node.part),
        "whole": as_text(node.whole),
        "previous": before.get(node.code, ""),
    }


def _live(section: Section, words: str, figure: Figure, before: dict[str, str]) -> dict[str, Any]:
    side = dict(sides(figure))
    rows = side.get("whole", side.get("rows"))
    behind = rows.rows() if rows else None
    return {
        "code": figure.code,
        "section": section.code,
        "label": str(figure.indicator.label),
        "shown": words,
        "value": as_text(figure.value),
        "unit": str(figure.indicator.unit),
        "window_start": as_text(figure.window.start),
        "window_end": as_text(figure.window.end),
        "data_date": as_text(figure.window.data_date),
        "rule": figure.rule,
        "rows": behind.count() if behind is not None else 0,
        "part": as_text(figure.part.value) if figure.part else "",
        "whole": as_text(figure.whole.value) if figure.whole else "",
        "previous": before.get(figure.code, ""),
    }


def to_json(report: Report, rows: list[dict[str, Any]]) -> bytes:
    """The annex as JSON, with what the report is."""
    window = report.window
    head = {
        "report": str(report),
        "code": report.code,
        "issued_on": as_text(report.issued_on),
        "window": {"name": window.name, "start": as_text(window.start), "end": as_text(window.end)},
        "figures": rows,
    }
    return (json.dumps(head, ensure_ascii=False, indent=1) + "\n").encode()


def to_csv(rows: list[dict[str, Any]]) -> bytes:
    """The annex as CSV that Excel opens rightly (UTF-8 with mark)."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()
