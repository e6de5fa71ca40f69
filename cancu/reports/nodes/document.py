"""A live citation: ``document:155/KH-UBND@2022-08-03`` (number and date), or the number alone where one bears it.

The words between the brackets stay the author's, as long as the number in them is the document's: Decree 30 lets a
first citation be long and a later one short. A citation whose document is not in the register is a problem."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cancu.documents.models import Document

from ..body import split_reference
from .context import Context, Ground, Problem


def resolve(references: list[str], context: Context) -> dict[str, Ground]:
    asked = {r: split_reference(r)[1] for r in references}
    found = Document.objects.by_references(asked.values())
    return {r: Ground(found.get(key), missing="" if found.get(key) else key) for r, key in asked.items()}


def say(reference: str, shown: str, ground: Ground) -> str:
    if ground.thing is None:
        return shown
    form = split_reference(reference)[2].get("form")
    return ground.thing.cite(form) if form else shown or ground.thing.cite("full")


def problems(reference: str, shown: str, ground: Ground) -> list[Problem]:
    if ground.thing is None:
        message = _("Văn bản “%(key)s” chưa có trong sổ văn bản.") % {"key": split_reference(reference)[1]}
        return [Problem("B2", "error", message, _("Nhập văn bản vào sổ, hoặc sửa số và ngày của viện dẫn."))]
    if ground.thing.type == "law" and ground.thing.cite("short") in shown:
        return []  # a law is cited by its name
    if ground.thing.number not in shown.replace(" ", "") and ground.thing.canonical not in shown.replace(" ", ""):
        message = _("Viện dẫn ghi “%(shown)s” nhưng dẫn tới %(number)s.") % {
            "shown": shown,
            "number": ground.thing.number,
        }
        return [Problem("B6", "error", message, _("Sửa lời văn hoặc chọn đúng văn bản."))]
    return []


def href(reference: str) -> str:
    return f"/van-ban/{split_reference(reference)[1]}/"
