"""What an author may put into a sentence: figures with today's value, citations, records; searched accent-blind."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from django.utils.translation import gettext as _

from cancu.core.folding import folded
from cancu.core.line import REGISTERS
from cancu.core.people import User
from cancu.documents.models import Document
from cancu.indicators import Window, compute, indicators
from cancu.indicators.numerals import say_number

from .models import SearchRow
from .search import READ_BEFORE_ANSWERING
from .search_index import read_one_table

EACH = 6


@dataclass(frozen=True)
class Insertion:
    """One thing to insert: ``source`` is its Markdown, ``words`` what the sentence will show, ``detail`` a second line."""

    kind: str
    source: str
    words: str
    label: str
    detail: str


def insertions(user: User, window: Window, asked: str) -> list[Insertion]:
    """Figures first, then citations, then records of registers, at most ``EACH`` of a kind. Records and documents are
    those the reader may see. Nothing typed yet offers the first indicators."""
    plain = folded(" ".join(asked.replace("\0", " ").split())[:120])
    found = _figures(window, plain)
    read_one_table(READ_BEFORE_ANSWERING)
    return [*found, *_documents(user, plain), *_records(user, plain)] if len(plain) > 1 else found


def _figures(window: Window, plain: str) -> list[Insertion]:
    """By label and code; only the few that are shown are computed."""
    scored = [(_fit(plain, folded(str(one.label)), one.code), str(one.label), one) for one in indicators()]
    best = [one for score, _label, one in sorted(scored, key=lambda s: (-s[0], s[1])) if score > 0][:EACH]
    values = compute(best, [window], confirmed=True)
    out = []
    for one in best:
        value = values[one.code, window].value
        words = _("chưa có số liệu") if value is None else say_number(value, one.decimals)
        out.append(
            Insertion(
                "figure", f"[{words}](figure:{one.code})", words, str(one.label), f"{one.unit} · {window} · {one.code}"
            )
        )
    return out


def _fit(plain: str, label: str, code: str) -> int:
    words = plain.split()
    if not all(word in label or word in code for word in words):
        return 0
    return 1 + 4 * label.startswith(plain) + sum(f" {word}" in f" {label}" for word in words)


def _documents(user: User, plain: str) -> list[Insertion]:
    keys = _rows("documents.document", plain)
    rows = Document.objects.seen_by(user).filter(pk__in=keys).select_related(*Document.label_related)
    return [
        Insertion("document", f"[{_safe(d.cite('dated'))}](document:{d.reference})", d.cite("dated"), d.number, d.title)
        for d in sorted(rows, key=lambda d: keys.index(d.pk))
        if d.reference
    ]


def _rows(source: str, plain: str, most: int = EACH) -> list[int]:
    """Keys of one register whose words hold every word asked, the best weighed first."""
    rows = SearchRow.objects.filter(source=source)
    for word in plain.split():
        rows = rows.filter(words__contains=word)
    return list(rows.order_by("-weight", "pk").values_list("record", flat=True)[:most])


def _records(user: User, plain: str) -> list[Insertion]:
    """Rows of registers whose name may stand in a sentence: found by their own words."""
    rows = SearchRow.objects.filter(
        source__in=[code for code in REGISTERS if code != "documents.document"], weight__gte=2
    )
    for word in plain.split():
        rows = rows.filter(words__contains=word)
    by_source: dict[str, list[int]] = {}
    for source, record in rows.order_by("-weight", "pk").values_list("source", "record")[:EACH]:
        by_source.setdefault(source, []).append(record)
    out = []
    for source, keys in list(by_source.items())[:3]:
        model = REGISTERS[source].model
        for row in model.objects.seen_by(user).filter(pk__in=keys).select_related(*model.label_related):
            name = str(getattr(row, model.known_by))
            out.append(
                Insertion(
                    "record",
                    f"[{_safe(name)}](record:{source}/{quote(name)})",
                    name,
                    str(row),
                    str(model._meta.verbose_name),
                )
            )
    return out


def _safe(words: str) -> str:
    """Words that may stand between the brackets of a link."""
    return words.translate({ord("["): "(", ord("]"): ")", ord("\n"): " "})
