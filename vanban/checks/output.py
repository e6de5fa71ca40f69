"""Findings for people and for machines: text, JSON, SARIF, and a page where they sit in the text."""

from __future__ import annotations

import html
import json
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from vanban.checks.rule import RULES, Finding
from vanban.translation import _

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_STYLE = (
    "body{font:16px/1.6 'Times New Roman',Tinos,serif;max-width:60rem;margin:2rem auto;padding:0 1rem;white-space:pre-wrap}"
    "mark{padding:0 2px;border-bottom:2px solid}mark.error{background:#fce8e6;border-color:#b3261e}mark.warning{background:#fdeedd;border-color:#b3590b}"
    "mark.info{background:#e6f0f3;border-color:#12627a}small{font:12px/1.3 sans-serif;color:#444;background:#f5f6f8;padding:0 4px;border-radius:3px}"
)


def places(text: str) -> list[int]:
    """The position where each line begins."""
    return [0, *(i + 1 for i, c in enumerate(text) if c == "\n")]


def line_and_column(starts: Sequence[int], position: int) -> tuple[int, int]:
    """Line and column from 1."""
    line = bisect_right(starts, position) - 1
    return line + 1, position - starts[line] + 1


def as_text(name: str, text: str, findings: Sequence[Finding]) -> str:
    """One line a finding: ``tệp:dòng:cột CODE message cure``."""
    starts = places(text)
    lines = []
    for f in findings:
        line, column = line_and_column(starts, f.start)
        lines.append(f"{name}:{line}:{column}: {f.code} {f.message} {f.cure}".rstrip())
    return "".join(f"{line}\n" for line in lines)


def as_data(name: str, text: str, findings: Sequence[Finding]) -> dict[str, Any]:
    """One document's findings as plain data."""
    starts = places(text)
    out = []
    for f in findings:
        line, column = line_and_column(starts, f.start)
        out.append(
            {
                "code": f.code,
                "severity": f.severity,
                "start": f.start,
                "end": f.end,
                "line": line,
                "column": column,
                "text": text[f.start : f.end],
                "message": f.message,
                "cure": f.cure,
                "fix": f.fix,
            }
        )
    return {"file": name, "findings": out}


def as_json(documents: Sequence[dict[str, Any]]) -> str:
    """Every document's findings as JSON."""
    return json.dumps(list(documents), ensure_ascii=False, indent=1) + "\n"


def as_sarif(documents: Sequence[dict[str, Any]]) -> str:
    """SARIF 2.1.0, which editors and forges show beside the text."""
    rules = [
        {"id": r.code, "shortDescription": {"text": r.text.splitlines()[0]}, "fullDescription": {"text": r.text}}
        for r in RULES.values()
    ]
    results = [
        {
            "ruleId": f["code"],
            "level": _LEVELS[f["severity"]],
            "message": {"text": f"{f['message']} {f['cure']}".strip()},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": document["file"]},
                        "region": {
                            "startLine": f["line"],
                            "startColumn": f["column"],
                            "charOffset": f["start"],
                            "charLength": f["end"] - f["start"],
                        },
                    }
                }
            ],
        }
        for document in documents
        for f in document["findings"]
    ]
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": {"name": "vanban", "rules": rules}}, "results": results}],
    }
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def as_page(name: str, text: str, findings: Sequence[Finding]) -> str:
    """A page of its own: the text, with each finding where it is. Every letter of the text is escaped."""
    out, at = [], 0
    for f in sorted(findings, key=lambda f: (f.start, -f.end)):
        start = max(f.start, at)
        note = html.escape(f"{f.code} {f.message} {f.cure}".strip())
        out.append(html.escape(text[at:start]))
        out.append(
            f'<mark class="{f.severity}" title="{note}">{html.escape(text[start : max(f.end, start)])}</mark><small>{note}</small>'
        )
        at = max(f.end, start)
    out.append(html.escape(text[at:]))
    title = html.escape(_("{count} điều cần xem trong {name}").format(count=len(findings), name=name))
    return f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style><h1>{title}</h1>{"".join(out)}</html>\n'
