"""A report as a ``vanban`` Document, from which Word, PDF, HTML and the data annex are written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from django.conf import settings
from django.utils.translation import gettext as _

from cancu.core.dated import valid_on
from cancu.core.people import Membership, Role, User
from vanban.document import Block, Document, Header, Heading, Paragraph, Signature, Text, joined

from . import nodes
from .body import parse
from .compose import outline
from .models import Letterhead, Report


def document(report: Report) -> Document:
    """The whole report as a tree. Words are those kept in the sections; nothing is computed here."""
    plan = outline(report.kind)
    day = report.issued_on or report.window_end
    head = Letterhead.objects.filter(valid_on(day), unit__names__parent__isnull=True).first() or Letterhead()
    blocks: list[Block] = [*_opening(report, plan)]
    for section in report.sections.all():
        blocks.append(Heading(section.level, section.number, (Text(section.heading),)))
        blocks.extend(parse(section.body, href=linker(report)))
    return Document(
        header=Header(
            parent=head.parent,
            issuer=head.issuer,
            number=f"{report.number:02d}" if report.number else "",
            symbol=report.symbol or f"{plan['type']}-{head.symbol}",
            place=head.place,
            date=report.issued_on,
            kind=plan["kind"],
            title=report.title,
        ),
        addressees=_addressees(report),
        blocks=_ended(blocks),
        signature=signature(report.signer, day),
        recipients=tuple(plan["recipients"]),
    )


def linker(report: Report) -> Callable[[str], str]:
    """Reference → address of its ground: absolute, so that it also works from a file on a desk, and for a figure with
    the report's own data date, so that it opens what the report counted."""
    site, den = settings.CANCU_URL.rstrip("/"), f"?den={report.window_end}"

    def link(reference: str) -> str:
        return f"{site}{nodes.href(reference)}{den if reference.startswith('figure:') else ''}"

    return link


def _opening(report: Report, plan: dict[str, str]) -> list[Block]:
    if report.corrects is not None:
        text = _(
            "Sở Khoa học và Công nghệ đính chính một số nội dung của Báo cáo số %(code)s ngày %(day)s như sau:"
        ) % {"code": report.corrects.code, "day": _say(report.corrects.issued_on)}
        return [Paragraph((Text(text),))]
    if report.answers is None:
        return []
    asked = report.answers
    text = plan["opening"].format(
        answers=asked.cite("full"),
        answers_key=asked.reference,
        year=report.window_end.year,
        next_year=report.window_end.year + 1,
    )
    return list(parse(text, href=linker(report)))


def _say(day: dt.date | None) -> str:
    from cancu.indicators.windows import say_date

    return say_date(day) if day else ""


def _addressees(report: Report) -> tuple[str, ...]:
    return (report.answers.issuer.name,) if report.answers is not None and report.answers.issuer else ()


def _ended(blocks: list[Block]) -> tuple[Block, ...]:
    """The body ends with “./.” (Decree 30/2020, Annex I)."""
    last = blocks[-1] if blocks else None
    if isinstance(last, Paragraph) and last.inlines:
        end = last.inlines[-1]
        inlines = (
            (*last.inlines[:-1], replace(end, text=end.text.rstrip(". "))) if isinstance(end, Text) else last.inlines
        )
        blocks = [*blocks[:-1], replace(last, inlines=joined((*inlines, Text("./."))))]
    return tuple(blocks)


def signature(signer: User | None, day: dt.date) -> Signature:
    """The lines above the name: a deputy signs “KT. GIÁM ĐỐC” (Decree 30/2020, Article 13)."""
    if signer is None:
        return Signature(("GIÁM ĐỐC",))
    roles = set(Membership.objects.filter(valid_on(day), user=signer).values_list("role", flat=True))
    deputy = Role.DEPUTY in roles and Role.DIRECTOR not in roles
    return Signature(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC") if deputy else ("GIÁM ĐỐC",), str(signer))
