"""Xem một số liệu: giá trị, kỳ trước, định nghĩa, căn cứ và các dòng đứng sau."""

from __future__ import annotations

import argparse
import datetime as dt
import difflib
import json
import sys
from typing import Any


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="MÃ", help="mã chỉ tiêu, ví dụ radiation.facilities_licensed")
    parser.add_argument("--year", type=int, required=True, metavar="NĂM", help="năm")
    parser.add_argument(
        "--until", type=dt.date.fromisoformat, metavar="NGÀY", help="ngày chốt số liệu; mặc định hết năm"
    )
    parser.add_argument("--rows", action="store_true", help="in các dòng căn cứ")
    parser.add_argument("--json", action="store_true", help="in dạng JSON")


def run(given: argparse.Namespace) -> int:
    from cancu.indicators import compute
    from cancu.indicators.declaration import INDICATORS
    from cancu.indicators.windows import year, year_to_date

    if given.code not in INDICATORS:
        near = difflib.get_close_matches(given.code, INDICATORS, n=3, cutoff=0.4)
        print(
            f"Không có chỉ tiêu “{given.code}”." + (f" Mã gần giống: {', '.join(near)}." if near else ""),
            file=sys.stderr,
        )
        return 2
    window = year_to_date(given.until) if given.until else year(given.year)
    found = compute([INDICATORS[given.code]], [window, window.previous()], confirmed=True)
    figure, before = found[given.code, window], found[given.code, window.previous()]
    said = describe(figure, before, rows=given.rows)
    print(json.dumps(said, ensure_ascii=False, indent=1) if given.json else as_words(said))
    return 0


def describe(figure: Any, before: Any, rows: bool) -> dict[str, Any]:
    """Everything about one figure, as plain data."""
    from cancu.indicators import evidence
    from cancu.indicators.evidence import as_text

    said = {
        "code": figure.code,
        "label": str(figure.indicator.label),
        "value": as_text(figure.value) or None,
        "unit": str(figure.indicator.unit),
        "window": {"start": str(figure.window.start), "end": str(figure.window.end)},
        "previous": as_text(before.value) or None,
        "rule": figure.rule,
        "definition": figure.indicator.definition,
        "basis": figure.indicator.basis,
    }
    if figure.part is not None:
        said |= {"part": as_text(figure.part.value), "whole": as_text(figure.whole.value)}
    if rows:
        said["rows"] = [
            {"table": r.key[1], "record": r.key[2], "label": r.label, **r.facts} for r in evidence.rows(figure)
        ]
    return said


def as_words(said: dict[str, Any]) -> str:
    """The figure for a person at a terminal."""
    value = said["value"] if said["value"] is not None else "chưa có số liệu"
    lines = [
        f"{said['label']} ({said['code']})",
        f"  {value} {said['unit']}  ·  {said['window']['start']} … {said['window']['end']}",
        f"  cùng kỳ năm trước: {said['previous'] if said['previous'] is not None else 'chưa có số liệu'}",
    ]
    if "part" in said:
        lines.append(f"  tử số {said['part']} / mẫu số {said['whole']}")
    lines += [f"  {line}" for line in said["definition"].splitlines()] + [f"  Căn cứ: {said['basis']}"]
    lines += [f"  - {row['label']}" for row in said.get("rows", [])]
    return "\n".join(lines)
