"""A form field in which a person names a document by its number, as written or with the day: 97/KH-UBND@2024-05-06."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cancu.core.people import User
from cancu.documents.models import Document, canonical


class DocumentField(forms.CharField):
    """Cleans to the one document that ``user`` sees under the number; says why where there is none or more than one."""

    def __init__(self, user: User, **kwargs: Any) -> None:
        self.user = user
        kwargs.setdefault("max_length", 80)
        super().__init__(**kwargs)
        self.widget.attrs.update({"list": "van-ban", "placeholder": _("Số, ký hiệu"), "autocomplete": "off"})

    def clean(self, value: Any) -> Any:
        words = super().clean(value)
        return document_named(words, self.user) if words else None


def document_named(words: str, user: User) -> Document:
    """The one document that ``user`` sees and ``words`` name: its number, or what is typed of it in haste (97 kh ubnd).
    Raises ValidationError."""
    number, _at, day = words.strip().partition("@")
    seen = Document.objects.seen_by(user).exclude(canonical="").select_related("issuer").order_by("-issued_on")
    found = seen.filter(canonical=canonical(number))[:20] or (
        seen.matching(number)[:20] if number[:1].isdigit() else []
    )
    rows = [one for one in found if not day or str(one.issued_on) == day]
    if not rows:
        raise ValidationError(
            _("Không thấy văn bản “%(words)s” trong sổ. Hãy vào sổ văn bản trước, hoặc kiểm tra lại số."),
            params={"words": words},
        )
    if len(rows) > 1:
        known = "; ".join(f"{one.reference} ({one.issuer})" for one in rows)
        raise ValidationError(_("Nhiều văn bản mang số này; hãy ghi kèm ngày: %(known)s."), params={"known": known})
    return rows[0]


def recent(user: User) -> list[tuple[str, str]]:
    """(reference, title) of the newest documents that ``user`` sees, offered while a number is typed."""
    rows = (
        Document.objects.seen_by(user).filter(state="issued").exclude(canonical="").order_by("-issued_on", "-pk")[:60]
    )
    return [(row.reference, f"{row.get_type_display()} {row.title}"[:90]) for row in rows]


def answer_to(document: Document, user: User) -> str:
    """The reference of the newest issued document that answers ``document``, offered where its answer or result is
    asked for; empty where ``user`` sees none."""
    found = (
        Document.objects.seen_by(user)
        .filter(state="issued", stands_on__target=document, stands_on__kind="answers")
        .order_by("-issued_on", "-pk")
        .first()
    )
    return found.reference if found else ""
