"""A live picture: an ordinary Markdown image, ``![words](chart:CODE?split=FIELD)`` or ``?by=year`` or ``?by=month``.

The words hold the title and every number shown last (“Giấy phép theo loại: cấp mới 12; gia hạn 3”): they are what a
reader who cannot see the picture hears, and what the picture is drawn from. So a confirmed picture stays what it was.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from cancu.indicators import Figure
from cancu.indicators.breakdown import chart

from ..body import split_reference
from . import figure
from .context import Context, Ground, Problem


def resolve(references: list[str], context: Context) -> dict[str, Ground]:
    """The figure that each picture breaks down."""
    plain = {r: f"figure:{split_reference(r)[1]}" for r in references}
    found = figure.resolve(list(plain.values()), context)
    return {r: found[asked] for r, asked in plain.items()}


def say(reference: str, shown: str, ground: Ground) -> str:
    """The author's title (or one of our own) and today's numbers."""
    if ground.thing is None or _wrong_split(reference, ground.thing):
        return shown
    options = split_reference(reference)[2]
    drawn = chart(
        ground.thing,
        field=options.get("split", ""),
        by=options.get("by", "year"),
        title=shown.partition(": ")[0].strip(),
    )
    parts = [
        f"{label.replace(';', ',')} {number}" for label, (_n, number) in zip(drawn.labels, _numbers(drawn), strict=True)
    ]
    title = drawn.title.replace(": ", " – ")
    return f"{title}: {'; '.join(parts)}".translate({ord("["): "(", ord("]"): ")", ord("\n"): " "})


def _numbers(drawn: object) -> list[tuple[str, str]]:
    from cancu.indicators.charts import Chart, said

    assert isinstance(drawn, Chart)
    return [(name, said(value)) for n in range(len(drawn.labels)) for name, value in drawn.at(n)]


def _wrong_split(reference: str, thing: Figure) -> str:
    field = split_reference(reference)[2].get("split", "")
    return field if field and field not in thing.indicator.splits else ""


def problems(reference: str, shown: str, ground: Ground) -> list[Problem]:
    if ground.thing is None or ground.thing.value is None:
        return figure.problems(f"figure:{split_reference(reference)[1]}", "", ground)
    field = _wrong_split(reference, ground.thing)
    if field:
        message = _("Không chia “%(label)s” theo “%(field)s” được.") % {
            "label": ground.thing.indicator.label,
            "field": field,
        }
        return [
            Problem(
                "B1",
                "error",
                message,
                _("Chia được theo: %(fields)s.") % {"fields": ", ".join(ground.thing.indicator.splits) or "—"},
            )
        ]
    return []


def href(reference: str) -> str:
    return figure.href(reference)
