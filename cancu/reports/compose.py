"""From an outline to a report: sections are made from each folder's default paragraph, figures filled in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote

import yaml
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cancu.core.line import REGISTERS
from cancu.core.people import User
from cancu.core.units import Unit
from cancu.documents.models import Document
from cancu.indicators import Window

from . import nodes
from .body import references, restate
from .merge import merge
from .models import Report, Section
from .states import OPEN, SectionStates
from .versions import body_of

OUTLINES = Path(__file__).parent / "outlines"


def outline(kind: str) -> dict[str, Any]:
    """The outline of a kind of report. Raises ValidationError for a kind that has none."""
    path = OUTLINES / f"{kind}.yaml"
    if kind not in kinds():
        raise ValidationError(
            _("Không có dàn bài “%(kind)s”. Các dàn bài: %(known)s."),
            params={"kind": kind, "known": ", ".join(kinds())},
        )
    found: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return found


def kinds() -> list[str]:
    """The kinds of report that have an outline."""
    return sorted(path.stem for path in OUTLINES.glob("*.yaml"))


@transaction.atomic
def compose(kind: str, window: Window, user: User, answers: Document | None = None) -> Report:
    """Open a report for ``window`` with every section drafted from its folder's paragraph. ``user`` opens it."""
    plan = outline(kind)
    words = words_of(window)
    units = {u.code: u for u in Unit.objects.all()}
    report = Report.objects.create(
        kind=kind,
        title=plan["title"].format(**words),
        answers=answers,
        owner_unit=units[plan["office"]],
        entered_by=user,
        window_name=window.name,
        window_start=window.start,
        window_end=window.end,
    )
    sections = [_section(report, order, item, words, units, user) for order, item in enumerate(plan["sections"], 1)]
    Section.objects.bulk_create(sections)
    refresh(report)
    return report


def _section(
    report: Report, order: int, item: dict[str, Any], words: dict[str, Any], units: dict[str, Unit], user: User
) -> Section:
    body = "\n\n".join(filter(None, (default_body(source, words) for source in item["from"])))
    return Section(
        report=report,
        order=order,
        code=item["code"],
        number=item["number"],
        level=item.get("level", 2),
        heading=item["heading"].format(**words),
        owner_unit=units[item["unit"]],
        entered_by=user,
        body=body,
        state="drafted" if body or not item["from"] else SectionStates.initial(),
    )


def words_of(window: Window) -> dict[str, Any]:
    """What ``{year}``, ``{next_year}``, ``{start}`` and ``{until}`` stand for in outlines and default paragraphs."""
    return {"year": window.end.year, "next_year": window.end.year + 1, "start": window.start, "until": window.end}


def default_body(source: str, words: dict[str, Any]) -> str:
    """The default paragraph of a folder (``radiation``) or of one of its files (``programme/solutions.md``)."""
    return "\n".join(line for written in default_lines(source, words) for line in each_record(written))


def default_lines(source: str, words: dict[str, Any]) -> list[str]:
    """The lines of that paragraph as its folder wrote them, starred records not yet named."""
    folder, _slash, name = source.partition("/")
    if not apps.is_installed(f"cancu.lines.{folder}") and not apps.is_installed(f"cancu.{folder}"):
        return []
    path = Path(apps.get_app_config(folder).path) / (name or "section.md")
    if not path.exists():
        return []
    text = path.read_text("utf-8").strip()
    for key, value in words.items():
        text = text.replace(f"{{{key}}}", str(value))
    return text.splitlines()


STARRED = re.compile(r"(?P<kind>record|document):(?P<register>[a-z_]+\.[a-z_]+)/\*\?(?P<asked>[^()\s]*)")


def each_record(line: str) -> list[str]:
    """A line with ``record:REGISTER/*?field=value&show=…`` is written once for each such record, in the register's
    order; the first link of the line says which records. ``document:REGISTER/*?…&of=ground`` is the document that the
    row stands on by that field, without ``of`` the row itself; a row without the document is left out."""
    match = STARRED.search(line)
    if match is None:
        return [line]
    model, order = _listed(match["register"])
    wanted = {key: value for key, value in parse_qsl(match["asked"]) if key not in ("show", "of", "form")}
    needed = {
        dict(parse_qsl(one["asked"])).get("of") for one in STARRED.finditer(line) if one["kind"] == "document"
    } - {None}
    rows = model.objects.filter(**wanted, **{f"{name}__isnull": False for name in needed}).order_by(order, "pk")
    return [STARRED.sub(lambda one, r=row: _named(one, r), line) for row in rows.select_related(*needed)]


def _listed(name: str) -> tuple[Any, str]:
    """The rows that a starred link names and their order: a register, or a table that hangs on one (relations)."""
    register = REGISTERS.get(name)
    return (register.model, register.order) if register else (apps.get_model(name), "pk")


def _named(one: re.Match[str], row: Any) -> str:
    """The reference that a starred link becomes for one record."""
    asked = dict(parse_qsl(one["asked"]))
    if one["kind"] == "document":
        return f"document:{(getattr(row, asked['of']) if 'of' in asked else row).reference}" + (
            f"?form={asked['form']}" if "form" in asked else ""
        )
    return f"record:{one['register']}/{quote(str(getattr(row, row.known_by)))}" + (
        f"?show={asked['show']}" if "show" in asked else ""
    )


def refresh(report: Report) -> int:
    """Write today's words into the nodes of every section not yet confirmed; returns how many sections changed."""
    open_sections = [s for s in report.sections.all() if s.state in OPEN]
    grounds = nodes.resolve((r for s in open_sections for r in references(s.body)), nodes.Context(report.window))
    changed = []
    for section in open_sections:
        body = restate(section.body, lambda r, shown: nodes.say(r, shown, grounds[r]))
        if body != section.body:
            section.body = body
            changed.append(section)
    Section.objects.bulk_update(changed, ["body"])
    return len(changed)


def spoken(report: Report, *bodies: str) -> list[str]:
    """Some texts with today's words in their nodes, so that a figure that moved is nobody's edit."""
    grounds = nodes.resolve((r for body in bodies for r in references(body)), nodes.Context(report.window))
    return [restate(body, lambda r, shown: nodes.say(r, shown, grounds[r])) for body in bodies]


class Crossed(ValidationError):  # noqa: N818
    """Two people touched the same paragraph. ``theirs`` is what is stored, with its ``version``; nothing is overwritten."""

    def __init__(self, fresh: Section) -> None:
        self.theirs, self.version = fresh.body, fresh.version
        super().__init__(
            _("%(who)s vừa sửa cùng một đoạn. Chữ của bạn còn nguyên ở ô soạn; hãy gộp rồi lưu lại."),
            params={"who": fresh.entered_by},
        )


@transaction.atomic
def write(section: Section, body: str, user: User, version: int) -> Section:
    """Save a section's text. ``version`` is the one the author started from: where somebody saved meanwhile, paragraphs
    that only one of the two touched are merged.

    Raises Crossed where both touched the same paragraph, PermissionDenied for others."""
    body = body.replace("\r\n", "\n")  # what a browser's form makes of a line's end
    fresh = Section.objects.select_for_update(of=("self",)).select_related("report", "entered_by").get(pk=section.pk)
    if fresh.state not in OPEN:
        raise PermissionDenied(_("Mục đã duyệt; hãy trả lại trước khi sửa."))
    if fresh.version != version:
        base = body_of(fresh, version)
        merged = merge(*spoken(fresh.report, base, body, fresh.body)) if base is not None else None
        if merged is None:
            raise Crossed(fresh)
        body, version = merged, fresh.version
    (said,) = spoken(fresh.report, body)
    SectionStates.move(fresh, "draft", user, body=said, entered_by=user, version=version + 1)
    return fresh
