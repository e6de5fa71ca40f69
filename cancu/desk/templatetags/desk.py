"""How values look on a page."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cancu.core.states import StateField
from cancu.indicators import Figure
from cancu.indicators.charts import Chart, said
from cancu.indicators.numerals import say_number

from ..asked import day_asked

register = template.Library()


@register.inclusion_tag("desk/day_input.html")
def day_input(name: str, value: Any = None, label: str = "", required: bool = False, id: str = "") -> dict[str, Any]:
    """An input for one day, written ngày/tháng/năm whatever the language of the browser; words that are no day stay and
    are marked, so that nobody trusts a list that passed them over."""
    day = value if isinstance(value, dt.date) else day_asked(value)
    words = f"{day:%d/%m/%Y}" if day else value or ""
    return {
        "name": name,
        "words": words,
        "wrong": bool(words) and day is None,
        "label": label,
        "required": required,
        "id": id,
    }


@register.filter
def number(value: Any) -> str:
    """10036 → 10.036; nothing → —."""
    return "—" if value is None else say_number(value, padded=False)


@register.filter
def figure(value: Figure) -> str:
    """A figure's value as pages show it; “chưa có” where nothing was recorded."""
    return _("chưa có") if value.value is None else say_number(value.value, value.indicator.decimals, padded=False)


@register.filter
def signed(value: Any) -> str:
    """A difference: +12, −3, 0."""
    return ("+" if value > 0 else "") + say_number(value, padded=False).replace("-", "−")


@register.filter
def svg(chart: Chart) -> SafeString:
    """A chart as inline SVG; every word of it is escaped in ``charts``."""
    return mark_safe(chart.svg())  # noqa: S308


@register.filter
def drawn(picture: str) -> SafeString:
    """A timeline as inline SVG; every word of it is escaped in ``timeline``."""
    return mark_safe(picture)  # noqa: S308


@register.filter
def overdue_by(left: int) -> int:
    """Days to go, below 0, as days past."""
    return -left


@register.filter
def numbers(chart: Chart) -> list[tuple[str, str]]:
    """(label, number) of a chart of one series, for the table beside it."""
    return [(label, said(chart.series[0][1][n])) for n, label in enumerate(chart.labels)]


@register.filter
def day(value: dt.date | None) -> str:
    return value.strftime("%d/%m/%Y") if value else "—"


@register.filter
def weekday(value: dt.date) -> str:
    """thứ Hai … Chủ nhật."""
    return (_("thứ Hai"), _("thứ Ba"), _("thứ Tư"), _("thứ Năm"), _("thứ Sáu"), _("thứ Bảy"), _("Chủ nhật"))[
        value.weekday()
    ]


@register.filter
def words(value: str) -> list[str]:
    return value.split()


@register.filter
def fours(value: str) -> str:
    """A long key in groups of four, as people copy it: “ABCD EFGH”."""
    return " ".join(value[at : at + 4] for at in range(0, len(value), 4))


@register.filter
def item(known: dict[Any, Any], key: Any) -> Any:
    """The value under a key that a page computes; nothing where there is none."""
    return known.get(key)


@register.filter
def attribute(record: Any, path: str) -> Any:
    """The value of a column (``facility__party``) in words: labels for codes, dates, yes and no."""
    *way, last = path.split("__")
    for step in way:
        record = getattr(record, step, None)
        if record is None:
            return "—"
    display = getattr(record, f"get_{last}_display", None)
    value = display() if display else getattr(record, last, None)
    return in_words(value)


def in_words(value: Any) -> str:
    """Any value as a cell of a table."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, dt.datetime):
        from django.utils import timezone

        return timezone.localtime(value).strftime("%d/%m/%Y %H:%M")
    if isinstance(value, dt.date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, int | Decimal):
        return say_number(value, padded=False)
    return str(value)


@register.filter
def tone(record: Any) -> str:
    """The colour of a record's state."""
    try:
        field = record._meta.get_field("state")
    except Exception:
        return ""
    state = field.states.all.get(record.state) if isinstance(field, StateField) and field.states else None
    return state.tone if state else ""


@register.filter
def model_name(model: Any) -> str:
    return str(model._meta.model_name)


@register.filter
def plural(model: Any) -> str:
    """The name of a register, with a capital."""
    name = str(model._meta.verbose_name_plural)
    return capfirst(name)


@register.filter
def register_path(register: Any) -> str:
    from django.urls import reverse

    return reverse("register", args=[register.folder, register.model._meta.model_name])


@register.filter
def record_path(record: Any) -> str:
    """The page of a record, or nothing where its table has no register."""
    from django.urls import reverse

    from cancu.core.line import register_of

    found = register_of(type(record))
    if found and found.page:
        return reverse(found.page, args=[record.pk])
    return reverse("record", args=[found.folder, record._meta.model_name, record.pk]) if found else ""


@register.filter
def line_name(folder: str) -> Any:
    from cancu.core.line import LINES

    return LINES[folder].name if folder in LINES else ""


@register.filter
def model_label(model: Any) -> str:
    return str(model._meta.verbose_name)


@register.filter
def related_name(record: Any) -> str:
    return plural(type(record))


@register.filter
def event_word(label: str) -> str:
    """What the database kept: a row was made, changed or deleted."""
    return {"insert": _("nhập hồ sơ"), "update": _("sửa hồ sơ"), "delete": _("xóa hồ sơ")}.get(label, label)


@register.filter
def of(words: dict[str, str], key: str) -> str:
    """One word of a table of words; nothing where the table lacks it."""
    return words.get(key, "")


@register.filter
def move_word(key: str) -> str:
    """A move of a section as people call it."""
    from cancu.reports.states import SectionStates

    return str(SectionStates.moves[key].label).lower() if key in SectionStates.moves else ""
