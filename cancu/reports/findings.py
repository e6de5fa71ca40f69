"""What a careful reader would ask before signing: each finding in words, with its place and its cure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cancu.indicators import checks, compute
from cancu.indicators.declaration import INDICATORS
from cancu.indicators.evidence import as_text
from cancu.indicators.numerals import say_number

from . import nodes
from .body import parse, references, shown, split_reference, without_nodes, words_of
from .forward import stale
from .freeze import drifts
from .models import Report, Section
from .nodes import Offer, Problem
from .states import OPEN

if TYPE_CHECKING:
    from vanban.quantities import Quantity


_NUMBER = re.compile(r"\d[\d.]*(?:,\d+)?")


def findings(report: Report) -> list[Problem]:
    """Every finding of a report, errors first. Asked before submission, before signing and before issuing."""
    sections = list(report.sections.select_related("report__rolled_from", "owner_unit"))
    found = [
        *_unconfirmed(sections),
        *_nodes(report, sections),
        *_typed_numbers(report, sections),
        *_between_figures(report, sections),
        *_drift(sections),
        *_waiting_records(report, sections),
        *_reading(sections),
        *_last_year(sections),
    ]
    rank = {"error": 0, "warning": 1, "info": 2}
    return sorted(found, key=lambda p: rank[p.severity])


def _place(section: Section) -> str:
    return _("mục %(code)s") % {"code": section.code}


def _unconfirmed(sections: list[Section]) -> Iterator[Problem]:
    for section in sections:
        if section.state == "empty":
            yield Problem(
                "R1",
                "error",
                _("Mục còn trống."),
                _("Đơn vị %(unit)s soạn mục này.") % {"unit": section.owner_unit},
                _place(section),
                section.pk,
            )
        elif section.state in OPEN:
            yield Problem(
                "R2",
                "error",
                _("Mục chưa được trưởng đơn vị duyệt."),
                _("Trưởng đơn vị %(unit)s duyệt mục.") % {"unit": section.owner_unit},
                _place(section),
                section.pk,
            )


def _nodes(report: Report, sections: list[Section]) -> Iterator[Problem]:
    grounds = nodes.resolve((r for s in sections for r in references(s.body)), nodes.Context(report.window))
    for section in sections:
        for reference, words in shown(section.body):
            for problem in nodes.problems(reference, words, grounds[reference]):
                yield Problem(
                    problem.code,
                    problem.severity,
                    problem.message,
                    problem.cure,
                    _place(section),
                    section.pk,
                    reference=reference,
                )


def _typed_numbers(report: Report, sections: list[Section]) -> Iterator[Problem]:
    """Numbers typed in prose: “số chưa có căn cứ”, with the indicators whose value they equal."""
    from vanban.quantities import find_quantities

    typed = [
        (s, q) for s in sections for q in find_quantities(without_nodes(s.body)) if any(c.isdigit() for c in q.text)
    ]
    if not typed:
        return
    by_value = _codes_by_value(report)
    rolled = report.rolled_from_id
    before = dict(Section.objects.filter(report=rolled).values_list("code", "body")) if rolled else {}
    for section, quantity in typed:
        said = quantity.text + quantity.counted
        equal = sorted(
            by_value.get(quantity.value, []), key=lambda code, said=said: str(INDICATORS[code].unit) not in said
        )[:3]
        cure = _("Gắn với một chỉ tiêu, hoặc viết lại không dùng số.")
        if equal:
            cure = _("Bằng giá trị của: %(codes)s.") % {"codes": ", ".join(equal)}
        says = (
            _("“%(text)s” là số của báo cáo trước, chưa có căn cứ.")
            if quantity.text in before.get(section.code, "")
            else _("“%(text)s” là số chưa có căn cứ.")
        )
        yield Problem(
            "R3",
            "warning",
            says % {"text": quantity.text.strip()},
            cure,
            _place(section),
            section.pk,
            quantity.start,
            quantity.end,
            offers=tuple(_bind(section, quantity, code) for code in equal),
        )


def _codes_by_value(report: Report) -> dict[str, list[str]]:
    """Value as text → the indicators that have it in the report's window."""
    found: dict[str, list[str]] = {}
    for (code, _window), figure in compute(INDICATORS.values(), [report.window], confirmed=True).items():
        if figure.value is not None:
            found.setdefault(as_text(figure.value), []).append(code)
    return found


def _bind(section: Section, quantity: Quantity, code: str) -> Offer:
    """The typed number as a live figure; the words around it stay."""
    written = section.body[quantity.start : quantity.end]
    number = _NUMBER.search(written)
    shown = number.group() if number else written
    return Offer(str(INDICATORS[code].label), written.replace(shown, f"[{shown}](figure:{code})", 1))


def _between_figures(report: Report, sections: list[Section]) -> Iterator[Problem]:
    used = {split_reference(r)[1]: s for s in sections for r in references(s.body)}
    for broken in checks.run(report.window, confirmed=True):
        at = next((used[c] for c in broken.codes if c in used), None)
        if at is not None:
            yield Problem(
                "R4",
                broken.check.severity,
                broken.words,
                _("Mở căn cứ của từng số liệu và sửa hồ sơ, hoặc nêu rõ phạm vi trong câu."),
                _place(at),
                at.pk,
                reference=next(r for r in references(at.body) if split_reference(r)[1] in broken.codes),
            )


def _drift(sections: list[Section]) -> Iterator[Problem]:
    confirmed = [s for s in sections if s.confirmed_at and s.state in ("confirmed", "taken")]
    by_pk = {s.pk: s for s in confirmed}
    for moved in drifts(confirmed):
        place, at = _place(by_pk[moved.node.section_id]), moved.node.section_id
        if moved.kept:
            words = _("Giữ %(shown)s dù căn cứ đã đổi, vì: %(why)s (%(who)s)") % {
                "shown": moved.node.shown,
                "why": moved.node.kept_for.text,
                "who": moved.node.kept_for.author,
            }
            yield Problem("R5", "info", words, place=place, section=at, reference=moved.node.reference)
        else:
            yield Problem(
                "R5",
                "error",
                _("Căn cứ đã đổi sau khi duyệt: %(how)s") % {"how": moved.say()},
                _("Nhận số mới, hoặc giữ số đã duyệt và nêu lý do."),
                place,
                at,
                reference=moved.node.reference,
            )


def _waiting_records(report: Report, sections: list[Section]) -> Iterator[Problem]:
    """Records not yet confirmed: what they would add is told, never counted."""
    codes = {split_reference(r)[1] for s in sections for r in references(s.body) if r.startswith("figure:")}
    wanted = [INDICATORS[c] for c in sorted(codes & INDICATORS.keys())]
    counted = compute(wanted, [report.window], confirmed=True)
    whole = compute(wanted, [report.window])
    for key, figure in whole.items():
        sure = counted[key].value
        if figure.value != sure and figure.value is not None:
            message = _("“%(name)s”: còn hồ sơ chưa xác nhận; nếu tính sẽ là %(all)s thay vì %(sure)s.") % {
                "name": figure.indicator.label,
                "all": say_number(figure.value),
                "sure": "—" if sure is None else say_number(sure),
            }
            yield Problem("R6", "warning", message, _("Trưởng đơn vị xác nhận hoặc trả lại hồ sơ."))


def _reading(sections: list[Section]) -> Iterator[Problem]:
    """What the careful reader of ``vanban`` finds in the words of a section: language, sums, citations at odds.
    Told as warnings: a person decides."""
    from vanban.checks import check

    for section in sections:
        plain = words_of(parse(section.body))
        for found in check(plain, section.report.window_end, select=("L", "N2", "N3", "C3", "C5", "C7")):
            words = plain[found.start : found.end]
            at = _place_of(words, plain, found.start, section.body) if found.fix is not None and words else -1
            offers = (Offer(_("Viết “%(fix)s”") % {"fix": found.fix}, str(found.fix)),) if at >= 0 else ()
            yield Problem(
                found.code,
                "warning" if found.severity == "error" else found.severity,
                found.message,
                found.cure,
                _place(section),
                section.pk,
                max(at, 0),
                max(at, 0) + len(words) if at >= 0 else 0,
                offers=offers,
            )


def _place_of(words: str, plain: str, start: int, body: str) -> int:
    """Where words of the plain text stand in the Markdown, outside live nodes; -1 where that is not certain."""
    typed = without_nodes(body)
    spots = [m.start() for m in re.finditer(re.escape(words), typed)]
    return spots[plain[:start].count(words)] if len(spots) == plain.count(words) else -1


def _last_year(sections: list[Section]) -> Iterator[Problem]:
    """In a text rolled forward: years that still speak of the old report."""
    for section in sections:
        for start, end, words in stale(section):
            later = str(int(words[-4:]) + section.report.window_end.year - section.report.rolled_from.window_end.year)
            yield Problem(
                "R7",
                "warning",
                _("“%(words)s” còn lại từ báo cáo trước.") % {"words": words},
                _("Sửa năm, hoặc giữ nếu câu so với năm trước."),
                _place(section),
                section.pk,
                start,
                end,
                offers=(Offer(words[:-4] + later, words[:-4] + later),),
            )
