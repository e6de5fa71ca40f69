"""The issued report in the outgoing book (Decree 30/2020, Article 15): an outgoing document like any other, with its
files, that answers the document which asked for it."""

from __future__ import annotations

from django.db.models import Q

from cancu.core.attachments import attach
from cancu.core.dated import valid_on
from cancu.core.people import User
from cancu.core.units import department_name
from cancu.documents.issuing import issuer_for
from cancu.documents.models import Direction, Document, Issuer, Nature, Relation

from .compose import outline
from .models import Letterhead, Report


def enter(report: Report, user: User) -> Document:
    """Write an issued report into the outgoing book: number, day, signer, Nơi nhận, its Word and PDF files, and the
    relations “trả lời” and “đính chính”. Raises ValidationError where the book holds that number already."""
    lines = [str(line) for line in outline(report.kind)["recipients"]]
    made = Document(
        type="report",
        number=report.code,
        issued_on=report.issued_on,
        effective_on=report.issued_on,
        issuer=_issuer(report),
        title=report.title,
        nature=Nature.ADMINISTRATIVE,
        direction=Direction.OUTGOING,
        state="issued",
        signer=str(report.signer or ""),
        recipients=_recipients(report, lines),
        kept_by=next((line.removeprefix("Lưu:").strip() for line in lines if line.startswith("Lưu:")), ""),
        owner_unit=report.owner_unit,
        entered_by=user,
    )
    made.full_clean(exclude=["sought"])
    made.save()
    for file in report.files.filter(Q(name__endswith=".docx") | Q(name__endswith=".pdf")).order_by("name"):
        attach(made, file.name, bytes(file.content), user, file.name.rpartition(".")[2])
    if report.answers_id:
        Relation.objects.create(source=made, target_id=report.answers_id, kind="answers")
    corrected = booked(report.corrects) if report.corrects else None
    if corrected is not None:
        Relation.objects.create(source=made, target=corrected, kind="corrects")
    return made


def booked(report: Report) -> Document | None:
    """The line of an issued report in the outgoing book; None where it is not issued."""
    return (
        Document.objects.filter(
            direction=Direction.OUTGOING, type="report", number=report.code, issued_on=report.issued_on
        ).first()
        if report.number
        else None
    )


def _recipients(report: Report, lines: list[str]) -> str:
    """Nơi nhận as the book tells it: whom the report answers in place of “Như trên”, and where it is kept in its own column."""
    asked = [report.answers.issuer.name] if report.answers else []
    return "; ".join([*asked, *(line for line in lines if line != "Như trên" and not line.startswith("Lưu:"))])


def _issuer(report: Report) -> Issuer:
    """The department under the name that it bore on the day of the report."""
    day, head = report.issued_on, Letterhead.objects.filter(valid_on(report.issued_on)).first()
    symbol = head.symbol if head else report.symbol.rpartition("-")[2]
    known = Issuer.objects.filter(valid_on(day), level="department", symbol=symbol).first()
    return known or issuer_for(department_name(day), day, symbol)
