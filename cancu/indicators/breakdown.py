"""One figure broken down: by a field of its rows, by year, by month; as a chart with its numbers."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from cancu.core.codes import CodeField, labels
from cancu.core.dated import valid_on
from cancu.core.units import Unit, UnitName

from .charts import Chart, shape_of
from .declaration import Ratio
from .dictionary import field_of, name_of
from .figures import Figure, compute
from .measures import Value
from .windows import Window

#: A picture shows so many parts; those after it are summed under “Khác”, and their rows are still in the register.
MOST_PARTS = 12
#: How many years a line of years goes back, this one included.
YEARS = 5


def split(figure: Figure, field: str) -> list[tuple[str, Value]]:
    """(words, value) for every value that ``field`` has among the rows, largest first. One query, and one more where
    the field names other rows. A share cannot be split and gives nothing.

    Things counted once (``Distinct``) may stand in several parts: the parts then add up to more than the figure."""
    rows = figure.rows()
    if rows is None or isinstance(figure.indicator, Ratio) or field not in figure.indicator.splits:
        return []
    count = figure.indicator.count
    answers = list(rows.order_by().values_list(field).annotate(answer=count.aggregate(None)))
    names = _words(rows.model, field, [key for key, _n in answers], figure.window.end)
    found = [(names.get(key, _("chưa ghi")), count.value(answer)) for key, answer in answers]
    return sorted(found, key=lambda part: (-part[1], part[0]))


def windows_of(window: Window, years: int) -> list[Window]:
    """The same days of ``years`` years, ``window`` last."""
    found = [window]
    while len(found) < years:
        found.insert(0, found[0].previous())
    return found


def by_year(figure: Figure) -> list[tuple[str, Value | None]]:
    """(year, value) of the same days of ``YEARS`` years, the figure's own last."""
    windows = windows_of(figure.window, YEARS)
    found = compute([figure.indicator], windows, confirmed=figure.confirmed)
    return [(str(w.end.year), found[figure.code, w].value) for w in windows]


def by_month(figure: Figure) -> list[tuple[str, Value | None]]:
    """(month, value) of every month that the figure's window has begun; a stock is told for the month's last day."""
    months: list[Window] = []
    first = figure.window.start
    while first <= figure.window.end:
        last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        months.append(Window("month", first, min(last, figure.window.end)))
        first = last + dt.timedelta(days=1)
    found = compute([figure.indicator], months, confirmed=figure.confirmed)
    return [(f"T{m.start.month}", found[figure.code, m].value) for m in months]


def chart(figure: Figure, *, field: str = "", by: str = "", title: str = "") -> Chart:
    """The picture of one breakdown: ``field`` is one of the indicator's splits, else ``by`` is ``year`` or ``month``."""
    name = str(figure.indicator.label)
    parts: list[tuple[str, Value | None]]
    if field:
        parts = [*_few(split(figure, field))]
        name = title or _("%(label)s theo %(field)s") % {"label": name, "field": field_name(figure, field)}
    elif by == "month":
        parts = by_month(figure)
        name = title or _("%(label)s theo tháng") % {"label": name}
    else:
        parts = by_year(figure)
        name = title or _("%(label)s theo năm") % {"label": name}
    labels = tuple(words for words, _v in parts)
    return Chart(name, labels, (("", tuple(value for _w, value in parts)),), shape_of(labels))


def field_name(figure: Figure, field: str) -> str:
    """The name of a field that a figure may be split by, as its register says it."""
    rows = figure.rows()
    return name_of(rows.model, field) if rows is not None else field


def _few(parts: list[tuple[str, Value]]) -> list[tuple[str, Value]]:
    if len(parts) <= MOST_PARTS:
        return parts
    rest = sum(value for _w, value in parts[MOST_PARTS - 1 :])
    return [*parts[: MOST_PARTS - 1], (_("Khác"), rest)]


def _words(model: type[models.Model], path: str, keys: list[Any], day: dt.date) -> dict[Any, str]:
    """Key → words of the values of one field; an empty value is left out."""
    field = field_of(model, path)
    known = [k for k in keys if k not in (None, "")]
    if isinstance(field, CodeField):
        return {k: labels(field.list).get(k, k) for k in known}
    if field.is_relation and field.related_model is Unit:
        names = dict(UnitName.objects.filter(valid_on(day), unit__in=known).values_list("unit_id", "short_name"))
        return {k: names.get(k, str(k)) for k in known}
    if field.is_relation:
        related = getattr(field.related_model, "label_related", ())
        return {
            row.pk: str(row) for row in field.related_model._base_manager.filter(pk__in=known).select_related(*related)
        }
    choices = {key: str(label) for key, label in field.flatchoices}
    yes_no = {True: _("có"), False: _("không")}
    return {k: choices.get(k) or (yes_no[k] if isinstance(k, bool) else str(k)) for k in known}
