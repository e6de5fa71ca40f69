"""From assembled to issued: refused with open errors, numbered from the gapless series, kept as the very bytes."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cancu.core import numbering
from cancu.core.dated import valid_on
from cancu.core.people import User
from vanban.write import write as write_document

from . import annex
from .booked import enter
from .compose import outline
from .findings import findings
from .freeze import confirm, drifts, send_back, take
from .models import IssuedFile, Letterhead, Report, Section
from .nodes import Problem
from .render import document
from .states import ReportStates


class OpenErrors(ValidationError):  # noqa: N818
    """The report may not go on: it has errors. ``problems`` holds each with its place and cure."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__([f"{p.place}: {p.message} {p.cure}".lstrip(": ") for p in problems])


def assemble(report: Report, user: User) -> None:
    """The office closes the text and sends it to be signed. Refused while any error is open."""
    _refuse_errors(report)
    ReportStates.move(report, "assemble", user)


def sign(report: Report, user: User) -> None:
    """A leader signs; who signs is printed. Refused while any error is open."""
    _refuse_errors(report)
    ReportStates.move(report, "sign", user, signer=user)


def _refuse_errors(report: Report) -> None:
    errors = [p for p in findings(report) if p.severity == "error"]
    if errors:
        raise OpenErrors(errors)


@transaction.atomic
def issue(report: Report, user: User, on: dt.date) -> Report:
    """Give the report its number and day, keep its files, and write it into the outgoing book. All of it happens, or
    nothing does.

    Raises OpenErrors, ValidationError (wrong state) or PermissionDenied."""
    report = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    _refuse_errors(report)
    plan = outline(report.kind)
    head = Letterhead.objects.filter(valid_on(on)).first()
    symbol = f"{plan['type']}-{head.symbol}" if head else plan["type"]
    number = numbering.take(symbol, on, user, purpose=str(report))
    ReportStates.move(report, "issue", user, symbol=symbol, number=number, issued_on=on)
    for name, content in files(report).items():
        IssuedFile.objects.create(report=report, name=name, content=content, sha256=hashlib.sha256(content).hexdigest())
    enter(report, user)
    return report


def files(report: Report) -> dict[str, bytes]:
    """The report in every format, by file name: what was issued, where it was; else as it stands now."""
    if report.files.exists():
        return {f.name: bytes(f.content) for f in report.files.all()}
    tree = document(report)
    stem = f"bao-cao-{report.window_end.year}"
    rows = annex.figures(report)
    written = {f"{stem}.{kind}": write_document(tree, kind) for kind in ("docx", "pdf", "html")}
    return {**written, "figures.json": annex.to_json(report, rows), "figures.csv": annex.to_csv(rows)}


@transaction.atomic
def correct(report: Report, user: User) -> Report:
    """Open an errata report that points to an issued one and holds the sections whose rows have moved.

    The issued report itself is never touched. Raises ValidationError where nothing moved."""
    if report.state != "issued":
        raise ValidationError(_("Chỉ báo cáo đã ban hành mới đính chính; báo cáo đang soạn thì sửa trực tiếp."))
    moved = {d.node.section_id for d in drifts(list(report.sections.select_related("report")))}
    if not moved:
        raise ValidationError(_("Không có số liệu nào của báo cáo đã thay đổi căn cứ."))
    errata = Report.objects.create(
        kind=report.kind,
        title=_("Đính chính Báo cáo số %(code)s") % {"code": report.code},
        answers=report.answers,
        corrects=report,
        owner_unit=report.owner_unit,
        entered_by=user,
        window_name=report.window_name,
        window_start=report.window_start,
        window_end=report.window_end,
    )
    Section.objects.bulk_create(
        Section(
            report=errata,
            order=s.order,
            code=s.code,
            number=s.number,
            heading=s.heading,
            level=s.level,
            owner_unit=s.owner_unit,
            entered_by=user,
            body=s.body,
            state="drafted",
        )
        for s in report.sections.filter(pk__in=moved)
    )
    from .compose import refresh

    refresh(errata)
    return errata


__all__ = ["OpenErrors", "assemble", "confirm", "correct", "files", "issue", "send_back", "sign", "take"]
