"""The official name of a record, never retyped: ``record:ip.title/Chè%20vằng`` (register code, known-by value).

``?show=deadline_text`` shows another of its fields, or what it says of itself as of the report's last day
(``?show=became``)."""

from __future__ import annotations

from urllib.parse import unquote

from django.utils.translation import gettext as _

from cancu.core.line import REGISTERS

from ..body import split_reference
from .context import Context, Ground, Problem


def resolve(references: list[str], context: Context) -> dict[str, Ground]:
    by_register: dict[str, dict[str, str]] = {}
    found: dict[str, Ground] = {}
    for reference in references:
        register, _slash, name = split_reference(reference)[1].partition("/")
        if register in REGISTERS:
            by_register.setdefault(register, {})[reference] = unquote(name)
        else:
            found[reference] = Ground(None, missing=register)
    for register, names in by_register.items():
        model = REGISTERS[register].model
        rows = model.objects.filter(**{f"{model.known_by}__in": names.values()}).select_related(*model.label_related)
        by_name = {str(getattr(row, model.known_by)): row for row in rows}
        found.update(
            {
                r: Ground(by_name.get(name), missing="" if name in by_name else name, day=context.window.end)
                for r, name in names.items()
            }
        )
    return found


def say(reference: str, shown: str, ground: Ground) -> str:
    if ground.thing is None:
        return shown
    field = split_reference(reference)[2].get("show", ground.thing.known_by)
    value = getattr(ground.thing, field, None)
    if callable(value) and ground.day is not None:
        value = value(ground.day)
    return shown if value is None else str(value)


def problems(reference: str, shown: str, ground: Ground) -> list[Problem]:
    if ground.thing is not None:
        return []
    message = _("Không tìm thấy hồ sơ “%(name)s”.") % {"name": ground.missing}
    return [Problem("B7", "error", message, _("Chọn lại hồ sơ trong sổ, hoặc bỏ viện dẫn."))]


def href(reference: str) -> str:
    register, _slash, name = split_reference(reference)[1].partition("/")
    line, _dot, model = register.partition(".")
    return f"/so/{line}/{model}/?q={name}"
