"""Search over everything: rows of all registers, parties, reports, indicators and pages, ranked, within one's scope.

Words are compared without marks, in any order; a number is found however it is spelled. The database gives at most
``CANDIDATES`` rows of each kind from its trigram indexes, and they are ranked here: what common words match beyond
that is left out, so that the answer is as quick on a million rows as on ten thousand.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cancu.core.folding import folded
from cancu.core.line import LINES, REGISTERS
from cancu.core.people import User
from cancu.core.record import Record, RecordQuerySet
from cancu.core.scope import scope_of
from cancu.documents.models import Document
from cancu.indicators import Indicator, indicators

from .models import SearchRow
from .search_index import read_one_table, squashed
from .search_words import READ_BEFORE_ANSWERING, holding, words_of

CANDIDATES = 400


@dataclass(frozen=True)
class Found:
    """One answer: the group it is shown in, its name, a second line, where it leads, and how well it fits."""

    group: str
    title: str
    detail: str
    address: str
    score: float


def search(user: User, words: str, each: int = 5) -> list[tuple[str, list[Found]]]:
    """Groups of answers, the group of the best answer first, at most ``each`` a group. Few queries, however much there is."""
    words = " ".join(words.replace("\0", " ").split())[:200]
    if not squashed(words):
        return []
    read_one_table(READ_BEFORE_ANSWERING)
    plain = folded(words)
    found = [*_rows(user, words), *_indicators(plain), *_pages(plain)]
    groups: dict[str, list[Found]] = {}
    for one in sorted(found, key=lambda f: -f.score):
        groups.setdefault(one.group, []).append(one)
    return [(group, answers[:each]) for group, answers in groups.items()]


def _rows(user: User, words: str) -> list[Found]:
    scope = scope_of(user)
    if not scope.sees_all and not scope.unit_ids:
        return []
    own = _with_own_scope()
    rows = SearchRow.objects.filter(
        Q() if scope.sees_all else Q(owner_unit__in=scope.unit_ids) | Q(owner_unit__isnull=True) | Q(source__in=own)
    )
    key = squashed(" ".join(words_of(words)))
    holds = holding(words)
    by_key = rows.filter(key__startswith=key) if key and any(c.isdigit() for c in key) else rows.none()
    parts = [
        part.order_by()[:CANDIDATES]
        for part in (by_key, rows.filter(holds, weight__gte=3), rows.filter(holds, weight__lt=3))
    ]
    candidates = {row.pk: row for row in parts[0].union(*parts[1:], all=True)}
    if not candidates and len(key) > 3 and key.isalpha():
        alike = rows.filter(words__trigram_word_similar=folded(words), weight__gte=3)
        candidates = {row.pk: row for row in alike.order_by(TrigramWordSimilarity(folded(words), "words").desc())[:20]}
    if not scope.sees_all:
        hidden = {
            (name, key)
            for name, model in own.items()
            for key in _hidden(user, model, [r.record for r in candidates.values() if r.source == name])
        }
        candidates = {pk: row for pk, row in candidates.items() if (row.source, row.record) not in hidden}
    plain = " ".join(words_of(words))
    references = _references(row.record for row in candidates.values() if row.source == Document._meta.label_lower)
    return [found for row in candidates.values() if (found := _found(row, plain, key, references))]


def _references(keys: Iterable[int]) -> dict[int, str]:
    """Document → its reference, under which its own page stands."""
    return {d.pk: d.reference for d in Document.objects.filter(pk__in=list(keys)).only("canonical", "issued_on")}


def _with_own_scope() -> dict[str, type[Record]]:
    """The registers whose rows are seen by more than their unit (documents forwarded, texts for reference)."""
    models = {register.model._meta.label_lower: register.model for register in REGISTERS.values()}
    return {
        name: model
        for name, model in models.items()
        if type(model.objects.none()).seen_by is not RecordQuerySet.seen_by
    }


def _hidden(user: User, model: type[Record], keys: list[int]) -> set[int]:
    """Those of ``keys`` that the register itself would not show."""
    return (
        set(keys) - set(model.objects.seen_by(user).filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()
    )


def _found(row: SearchRow, plain: str, key: str, references: dict[int, str]) -> Found | None:
    address = _address(row, references)
    if not address:
        return None
    title = folded(row.title)
    score = (
        4.0 * row.weight
        + 30 * (row.key == key)
        + 8 * (bool(key) and row.key.startswith(key))
        + 10 * title.startswith(plain)
        + _at_starts(plain, title)
    )
    return Found(_group(row.source), row.title, row.detail, address, score - len(title) / 200)


def _at_starts(plain: str, title: str) -> float:
    """How many of the words begin a word of the title."""
    spaced = f" {title}"
    return 3.0 * sum(f" {word}" in spaced for word in plain.split())


def _group(source: str) -> str:
    register = REGISTERS.get(source)
    if register is not None:
        name = str(register.model._meta.verbose_name_plural)
        return capfirst(name)
    return _("Báo cáo") if source == "reports.report" else _("Tổ chức")


def _address(row: SearchRow, references: dict[int, str]) -> str:
    """Where an answer leads. A party leads to every row that bears its name."""
    if row.source == "reports.report":
        return reverse("report", args=[row.record])
    if row.source == Document._meta.label_lower and references.get(row.record):
        return reverse("document", args=[references[row.record]])
    if row.source == "programme.task":
        return reverse("task", args=[row.record])
    if row.source == "core.party":
        return reverse("search", query={"q": row.title})
    folder, _dot, model = row.source.partition(".")
    return reverse("record", args=[folder, model, row.record]) if row.source in REGISTERS else ""


def _indicators(plain: str) -> Iterable[Found]:
    for one, label in _labels():
        if plain == one.code or all(word in f"{label} {one.code}" for word in plain.split()):
            yield Found(
                _("Chỉ tiêu"),
                str(one.label),
                one.code,
                reverse("indicator", args=[one.code]),
                14 + 10 * label.startswith(plain) + _at_starts(plain, label) - len(label) / 200,
            )


@lru_cache(maxsize=1)
def _labels() -> list[tuple[Indicator, str]]:
    """Every indicator with its label without marks; the declarations do not change while the program runs."""
    return [(one, folded(str(one.label))) for one in indicators()]


def _pages(plain: str) -> Iterable[Found]:
    for name, detail, address, label in _all_pages():
        if all(f" {word}" in f" {label}" for word in plain.split()):
            yield Found(_("Trang"), name, detail, address, 13 + 10 * label.startswith(plain) + _at_starts(plain, label))


@lru_cache(maxsize=1)
def _all_pages() -> list[tuple[str, str, str, str]]:
    return [(name, detail, address, folded(f"{name} {detail}")) for name, detail, address in pages()]


def pages() -> Iterable[tuple[str, str, str]]:
    """(name, second line, address) of every page that search offers: the menu and every register."""
    for name, page in (
        (_("Bàn làm việc"), "home"),
        (_("Chỉ tiêu"), "indicators"),
        (_("Từ điển chỉ tiêu"), "indicator-words"),
        (_("Báo cáo"), "reports"),
        (_("Chương trình công tác"), "programme"),
        (_("Văn bản đến"), "arrivals"),
        (_("Hồ sơ theo thời gian còn lại"), "dossiers-due"),
        (_("Nhắc việc, lịch hạn"), "reminders"),
    ):
        yield name, "", reverse(page)
    for register in REGISTERS.values():
        model = register.model._meta
        line = LINES.get(register.folder)
        name = str(model.verbose_name_plural)
        yield (
            _("Sổ %(name)s") % {"name": name},
            str(line.name) if line else "",
            reverse("register", args=[register.folder, model.model_name]),
        )
