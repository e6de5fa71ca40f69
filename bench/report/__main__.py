"""How long the department's report of 2024 takes: ``python -m bench.report [--runs 7]``.

In a database of its own that holds the sample department, warm, alternating:

* ours: open the report (every section drafted, every figure counted) and write Word, PDF, HTML, figures.json and
  figures.csv. Goal ≤ 1.5 s in all.
* theirs: the same Word and PDF by docxtpl and LibreOffice, from a template that is our own Word file with a
  placeholder for every live figure and citation. The values are given to it ready: it counts nothing.

The ratio of the two compares Word and PDF alone: docxtpl + LibreOffice over our composing and writing of both.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.util
import io
import os
import shutil
import statistics
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cancu import postgres

GOAL = 1.5
UNTIL = dt.date(2024, 11, 15)
THEIRS = "Word and PDF, docxtpl + LibreOffice"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BODY = "word/document.xml"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--runs", type=int, default=7)
    options = arguments.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cancu.settings")
    postgres.ensure()
    import django

    django.setup()
    from bench.database import own_database
    from samples.quang_tri.load import load

    with own_database("cancu_bench_report"):
        load()
        said(alternating(options.runs), options.runs)


def said(times: dict[str, list[float]], runs: int) -> None:
    """Print the medians, the goal and the ratio."""
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    for name, median in medians.items():
        print(f"{name:<34} {median:7.3f} s   n = {runs}   {min(times[name]):.3f}–{max(times[name]):.3f}")
    whole = medians["all formats"]
    print(f"whole report, all formats: {whole:.2f} s (goal ≤ {GOAL} s: {'met' if whole <= GOAL else 'MISSED'})")
    if THEIRS in medians:
        print(f"Word and PDF: docxtpl + LibreOffice take {medians[THEIRS] / medians['Word and PDF']:.1f} × our time")


def alternating(runs: int) -> dict[str, list[float]]:
    """Seconds of each run by name, after one run each to warm up."""
    from cancu.reports.render import document
    from vanban.write import write

    tree = document(compose())
    word = write(tree, "docx")
    template, values = as_template(word)
    ways: dict[str, Callable[[], object]] = {"all formats": ours, "Word and PDF": ours_word_and_pdf}
    if shutil.which("soffice") and importlib.util.find_spec("docxtpl"):
        ways[THEIRS] = lambda: theirs(template, values)
    else:
        print("LibreOffice (soffice) or docxtpl (pip install .[bench]) is missing: only our own side is measured.")
    times: dict[str, list[float]] = {name: [] for name in ways}
    for n in range(runs + 1):
        for name, way in ways.items():
            start = time.perf_counter()
            way()
            if n:
                times[name].append(time.perf_counter() - start)
    return times


def compose() -> Any:
    """A new report of 2024, every figure counted."""
    from cancu.core.people import Role
    from cancu.core.units import Unit
    from cancu.documents.models import Document
    from cancu.indicators.windows import year_to_date
    from cancu.reports.compose import compose as open_report
    from cancu.reports.compose import outline
    from cancu.reports.life import holder

    office = Unit.objects.get(code=outline("annual")["office"])
    asked = Document.objects.filter(tasks_ordered__kind="report", tasks_ordered__programme__year=UNTIL.year).first()
    return open_report("annual", year_to_date(UNTIL), holder(Role.SPECIALIST, office, UNTIL), asked)


def ours() -> dict[str, bytes]:
    from cancu.reports.issue import files

    return files(compose())


def ours_word_and_pdf() -> list[bytes]:
    from cancu.reports.render import document
    from vanban.write import write

    tree = document(compose())
    return [write(tree, "docx"), write(tree, "pdf")]


def as_template(word: bytes) -> tuple[bytes, dict[str, str]]:
    """Our Word file with ``{{ n0 }}``, ``{{ n1 }}`` … in its content controls, and the words they stood for."""
    from lxml import etree

    source = zipfile.ZipFile(io.BytesIO(word))
    tree = etree.fromstring(source.read(BODY))
    values: dict[str, str] = {}
    for control in tree.iter(f"{WORD}sdt"):
        texts = list(control.iter(f"{WORD}t"))
        if not texts:
            continue
        name = f"n{len(values)}"
        values[name] = "".join(t.text or "" for t in texts)
        texts[0].text = "{{ " + name + " }}"
        for rest in texts[1:]:
            rest.text = ""
    if not values:
        raise SystemExit("the Word file has no live figure to fill in")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            target.writestr(item, etree.tostring(tree) if item.filename == BODY else source.read(item))
    return out.getvalue(), values


def theirs(template: bytes, values: dict[str, str]) -> None:
    """Fill the template in with docxtpl and have LibreOffice print it."""
    from docxtpl import DocxTemplate

    filled = DocxTemplate(io.BytesIO(template))
    filled.render(values)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.docx"
        filled.save(path)
        command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)  # noqa: S603
        if not path.with_suffix(".pdf").exists():
            raise SystemExit("LibreOffice wrote no PDF")


if __name__ == "__main__":
    main()
