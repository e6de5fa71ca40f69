"""Finding documents: by reference, by a number in any spelling, by what they were worth on a day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from cancu.core.folding import folded
from cancu.core.people import Role, User
from cancu.core.record import RecordQuerySet
from cancu.core.scope import scope_of

if TYPE_CHECKING:
    from .models import Document

#: Relations by which a document brings another to its end.
ENDING = ("replaces", "repeals")
_SIGNS = re.compile(r"[^a-z0-9]+")
#: Records that show their document to whoever sees them: reverse relation, field, states in which they no longer do.
SHOWN_BY = (
    ("assignments", "document", ("revoked",)),
    ("opinions", "document", ("withdrawn",)),
    ("tasks_ordered", "ground", ()),
    ("tasks_answered", "result", ()),
)
_PIECES = re.compile(r"[a-z]+|[0-9]+")


class Validity(models.TextChoices):
    NOT_YET = "not_yet", _("Chưa có hiệu lực")
    IN_FORCE = "in_force", _("Còn hiệu lực")
    PARTLY = "partly", _("Hết hiệu lực một phần")
    ENDED = "ended", _("Hết hiệu lực toàn bộ")
    UNKNOWN = "unknown", _("Chưa ghi ngày hiệu lực")


def canonical(number: str) -> str:
    """Số, ký hiệu in canonical spelling, or the words as they are where they are no number."""
    if not number:
        return ""
    from vanban.numbers import parse

    try:
        return parse(number).canonical
    except ValueError:
        return "".join(number.split())


def plain_number(number: str) -> str:
    """A number as searches compare it, letters and digits only, no leading zeros: “03-CTr/BCSĐ” is “3ctrbcsd”."""
    pieces = _PIECES.findall(folded(number))
    return "".join(piece.lstrip("0") or "0" if piece.isdigit() else piece for piece in pieces)


def sought(number: str, title: str) -> str:
    """The words that a search compares: ¦ the plain number ¦ each word of the title without marks, after a space."""
    return f"¦{plain_number(number)}¦ {plain_words(title)}"


def plain_words(words: str) -> str:
    """Words without marks and signs: “(nhãn hiệu) cà phê” is “nhan hieu ca phe”."""
    return " ".join(_SIGNS.sub(" ", folded(words)).split())


class DocumentQuerySet(RecordQuerySet):
    def by_reference(self, reference: str) -> Document | None:
        """The document that one live node names, or None."""
        return self.by_references([reference]).get(reference)

    def by_references(self, references: Iterable[str]) -> dict[str, Document]:
        """Reference → document, in one query. ``155/KH-UBND@2022-08-03`` names number and date; a number alone
        counts only where one document bears it. What is not in the register is absent."""
        wanted = {r: r.partition("@") for r in references}
        numbers = {number for number, _at, _day in wanted.values()}
        rows = list(self.filter(Q(number__in=numbers) | Q(canonical__in=numbers)).select_related("issuer"))
        found: dict[str, Document] = {}
        for reference, (number, _at, day) in wanted.items():
            same = [
                d
                for d in rows
                if number in (d.number, d.canonical) and (not day or (d.issued_on and d.issued_on.isoformat() == day))
            ]
            if len(same) == 1:
                found[reference] = same[0]
        return found

    def seen_by(self, user: User) -> Self:
        """What ``user`` may see: documents of their units, those forwarded or assigned to them or shown for their opinion, the ground and the result
        of a task they see; texts kept for reference are for everybody who works here. Leaders and văn thư see all."""

        scope = scope_of(user)
        if scope.sees_all:
            return self
        if not scope.units_by_role.keys() - {Role.ADMINISTRATOR}:
            return self.none()
        shown = Q(owner_unit_id__in=scope.unit_ids) | Q(forwarded_to_id__in=scope.unit_ids) | Q(direction="reference")
        for relation, key, hiding in SHOWN_BY:
            rows = self.model._meta.get_field(relation).related_model.objects.seen_by(user)
            shown |= Q(pk__in=rows.exclude(state__in=hiding).filter(**{f"{key}__isnull": False}).values(key))
        return self.filter(shown)

    def matching(self, words: str) -> Self:
        """Documents whose number or title holds the words, however they are spelled: “155 kh ubnd”, “3-ctr bcsd”,
        “163/2021”, “cong nghe sinh hoc”. A number is compared from its beginning, a
        title from the beginning of a word."""
        number, title = plain_number(words), plain_words(words)
        if not title:
            return self
        found = Q(sought__contains=f" {title}")
        if number[0].isdigit():
            found |= Q(sought__contains=f"¦{number}")
        elif " " not in words.strip():
            found |= Q(sought__contains=number)
        return self.filter(found)

    def worth_on(self, day: dt.date) -> Self:
        """Each with ``worth`` (a Validity, as ``Document.validity_on`` tells it) and ``amended`` on ``day``."""
        from .models import Relation

        acting = Relation.objects.filter(target=OuterRef("pk"), source__effective_on__lte=day)
        ending = acting.filter(kind__in=ENDING)
        return self.annotate(
            worth=Case(
                When(effective_on__isnull=True, then=Value(Validity.UNKNOWN)),
                When(effective_on__gt=day, then=Value(Validity.NOT_YET)),
                When(Q(ended_on__lt=day) | Exists(ending.filter(item="")), then=Value(Validity.ENDED)),
                When(Exists(ending), then=Value(Validity.PARTLY)),
                default=Value(Validity.IN_FORCE),
                output_field=models.CharField(),
            ),
            amended=Exists(acting.filter(kind="amends")),
        )

    def held_on(self, day: dt.date, worth: str) -> Self:
        """Those of one worth on ``day``: a Validity, or “amended” (in force, with changes) or “replaced” (ended by
        another document). Asked so that a page of the common answers reads few rows and the rare ones are found by
        the documents that ended them."""
        from .models import Relation

        acting = Relation.objects.filter(source__effective_on__lte=day)
        ending = acting.filter(kind__in=ENDING)
        begun, run_out = Q(effective_on__lte=day), Q(ended_on__lt=day)
        acted_on, ended_by_other = (
            Exists(ending.filter(target=OuterRef("pk"))),
            Q(pk__in=ending.filter(item="").values("target")),
        )
        held: dict[str, Q] = {
            Validity.UNKNOWN: Q(effective_on__isnull=True),
            Validity.NOT_YET: Q(effective_on__gt=day),
            Validity.IN_FORCE: begun & ~run_out & ~Q(acted_on),
            Validity.PARTLY: begun & ~run_out & Q(pk__in=ending.exclude(item="").values("target")) & ~ended_by_other,
            Validity.ENDED: begun & (run_out | ended_by_other),
            "replaced": begun & ended_by_other,
            "amended": begun & ~run_out & Q(pk__in=acting.filter(kind="amends").values("target")) & ~Q(acted_on),
        }
        return self.filter(held[worth])

    def issued(self) -> Self:
        """Đã ban hành; dự thảo, văn bản dừng soạn hoặc đã thu hồi không tính."""
        return self.filter(state="issued")

    def drafted_by_department(self) -> Self:
        """Do Sở tham mưu, soạn thảo để cấp trên ban hành."""
        return self.filter(drafted_by_department=True)

    def in_force(self, day: dt.date) -> Self:
        """Còn hiệu lực vào ngày ``day``."""
        return self.filter(effective_on__lte=day).filter(Q(ended_on__isnull=True) | Q(ended_on__gte=day))
