"""The dictionary of indicators, written from their declarations: what is counted, when, how, by which law."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cancu.core.line import LINES

from .declaration import Indicator, Ratio, dated_rules
from .measures import Distinct, Measure, Total
from .when import Flow, Overlap, Stock


@dataclass(frozen=True)
class Entry:
    """One indicator in words. ``rule`` says what is counted when; ``changes`` are the days from which another rule
    of choosing rows holds; ``owner`` is the code of the unit that keeps the line, empty where every unit keeps its own."""

    indicator: Indicator
    register: str
    rule: str
    splits: tuple[str, ...]
    changes: tuple[dt.date, ...]
    owner: str

    @property
    def folder(self) -> str:
        return self.indicator.code.partition(".")[0]


def entry(indicator: Indicator) -> Entry:
    """The dictionary's words of one indicator; no row is read."""
    owner = owner_of(indicator)
    if isinstance(indicator, Ratio):
        rule = _("%(part)s chia cho %(whole)s, tính theo phần trăm") % {
            "part": indicator.part.label,
            "whole": indicator.whole.label,
        }
        return Entry(indicator, "", rule, (), (), owner)
    model = indicator.rows().model
    rule = f"{_count(model, indicator.count)} {_when(model, indicator)}"
    splits = tuple(name_of(model, path) for path in indicator.splits)
    return Entry(
        indicator,
        str(model._meta.verbose_name),
        rule,
        splits,
        tuple(day for day, _n in dated_rules(type(indicator))),
        owner,
    )


def owner_of(indicator: Indicator) -> str:
    """The code of the unit that keeps the indicator's line, or nothing."""
    line = LINES.get(indicator.code.partition(".")[0])
    return line.unit if line else ""


def name_of(model: Any, path: str) -> str:
    """The name of the field at the end of ``facility__party``, as its register says it."""
    return str(field_of(model, path).verbose_name)


def field_of(model: Any, path: str) -> Any:
    """The field at the end of ``facility__party``."""
    *way, last = path.split("__")
    for step in way:
        model = model._meta.get_field(step).related_model
    return model._meta.get_field(last)


def _count(model: Any, count: Measure) -> str:
    if isinstance(count, Distinct):
        return _("Đếm %(field)s khác nhau") % {"field": name_of(model, count.field)}
    if isinstance(count, Total):
        summed = _("Cộng %(field)s") % {"field": name_of(model, count.field)}
        return summed if count.per == 1 else _("%(summed)s rồi chia %(per)d") % {"summed": summed, "per": count.per}
    return _("Đếm số dòng")


def _when(model: Any, indicator: Indicator) -> str:
    when = indicator.when
    start = name_of(model, when.fields[0])
    if isinstance(when, Flow):
        return _("có %(date)s trong kỳ") % {"date": start}
    ends = _(" hoặc ").join(name_of(model, end) for end in when.fields[1:])
    if isinstance(when, Stock):
        return (
            _("đã có %(start)s và chưa qua %(ends)s vào ngày chốt số liệu") % {"start": start, "ends": ends}
            if ends
            else _("đã có %(start)s tới ngày chốt số liệu") % {"start": start}
        )
    begun = (
        {"before": _(", bắt đầu trước kỳ"), "inside": _(", bắt đầu trong kỳ")}.get(when.begun, "")
        if isinstance(when, Overlap)
        else ""
    )
    return _("diễn ra từ %(start)s đến %(end)s có phần nằm trong kỳ%(begun)s") % {
        "start": start,
        "end": ends,
        "begun": begun,
    }
