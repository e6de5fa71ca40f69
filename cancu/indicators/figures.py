"""Figures: the answers of indicators. Indicators over one table are answered together, in one pass over it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import DecimalField, Q
from django.db.models import Value as Constant
from django.db.models.functions import Cast

from .declaration import INDICATORS, Indicator, Ratio
from .measures import Value
from .when import Flow
from .windows import Window

_NUMBER: DecimalField[Any, Any] = DecimalField(max_digits=30, decimal_places=6)


@dataclass(frozen=True)
class Figure:
    """One answer. ``value`` None means “not recorded”, 0 means “recorded, none”. ``rule`` is the method that
    chose the rows. A share carries its ``part`` and ``whole``. ``confirmed``: only confirmed rows were counted."""

    indicator: Indicator
    window: Window
    value: Value | None
    rule: str = "rows"
    confirmed: bool = False
    part: Figure | None = field(default=None, compare=False)
    whole: Figure | None = field(default=None, compare=False)

    @property
    def code(self) -> str:
        return self.indicator.code

    def rows(self) -> Any:
        """The rows behind the value (of a share: the rows of its whole). None where nothing was recorded."""
        if self.whole is not None:
            return self.whole.rows()
        if self.value is None:
            return None
        return self.indicator.evidence(self.window, confirmed=self.confirmed)


@dataclass(frozen=True)
class _Asked:
    """One question of one pass: an indicator, a window and the rows that answer it."""

    indicator: Indicator
    window: Window
    rows: Any


def figure(code: str, window: Window, *, confirmed: bool = False) -> Figure:
    """The figure of one indicator. Raises KeyError for an unknown code."""
    return compute([INDICATORS[code]], [window], confirmed=confirmed)[code, window]


def compute(
    wanted: Iterable[Indicator], windows: Iterable[Window], *, confirmed: bool = False
) -> dict[tuple[str, Window], Figure]:
    """The figures of all ``wanted`` in all ``windows``, by (code, window). One query a table."""
    wanted, windows = list(wanted), list(windows)
    counted = {i.code: i for w in wanted for i in _parts(w)}
    asked = [
        _Asked(i, window, i.evidence(window, confirmed=confirmed))
        for i in counted.values()
        for window in windows
        if i.kept(window)
    ]
    values = _answers(asked)
    found: dict[tuple[str, Window], Figure] = {}
    for i in counted.values():
        for window in windows:
            value = values.get((i.code, window))
            found[i.code, window] = Figure(i, window, value, i.rule(window), confirmed)
    for ratio in (w for w in wanted if isinstance(w, Ratio)):
        for window in windows:
            found[ratio.code, window] = _share(ratio, window, found, confirmed)
    return {(w.code, window): found[w.code, window] for w in wanted for window in windows}


def _parts(wanted: Indicator) -> tuple[Indicator, ...]:
    if isinstance(wanted, Ratio):
        return (*_parts(INDICATORS[wanted.part.code]), *_parts(INDICATORS[wanted.whole.code]))
    return (wanted,)


def _share(ratio: Ratio, window: Window, found: dict[tuple[str, Window], Figure], confirmed: bool) -> Figure:
    part, whole = found[ratio.part.code, window], found[ratio.whole.code, window]
    value: Value | None = None
    if part.value is not None and whole.value:
        step = Decimal(1).scaleb(-max(ratio.decimals, 1))
        exact = (Decimal(part.value) * 100 / Decimal(whole.value)).quantize(step, ROUND_HALF_UP)
        value = int(exact) if exact == exact.to_integral_value() else exact
    return Figure(ratio, window, value, whole.rule, confirmed, part, whole)


def _answers(asked: list[_Asked]) -> dict[tuple[str, Window], Value]:
    """Group the questions by table (and event date): one pass a group, all groups in one statement."""
    groups: dict[Any, list[_Asked]] = {}
    for one in asked:
        when = one.indicator.when
        groups.setdefault((one.rows.model, when.date if isinstance(when, Flow) else None), []).append(one)
    if not groups:
        return {}
    width = max(len(group) for group in groups.values())
    passes = [_pass(model, date, group, number, width) for number, ((model, date), group) in enumerate(groups.items())]
    answers = passes[0].union(*passes[1:], all=True) if len(passes) > 1 else passes[0]
    rows = {number: row for number, *row in answers}  # a table without any row in its days gives no row: recorded, none
    return {
        (one.indicator.code, one.window): one.indicator.count.value(answer)
        for number, group in enumerate(groups.values())
        for one, answer in zip(group, rows.get(number, [None] * width), strict=False)
    }


def _pass(model: Any, date: str | None, group: list[_Asked], number: int, width: int) -> Any:
    """One row of answers over one table: the group's number, its answers, and empty places up to ``width``."""
    table = model._base_manager.order_by()
    if date and "__" not in date:  # one stretch of days covers the group: let the index narrow the pass
        first, last = min(a.window.start for a in group), max(a.window.end for a in group)
        table = table.filter(**{f"{date}__gte": first, f"{date}__lte": last})
    places: dict[str, Any] = {f"a{n}": Cast(one.indicator.count.aggregate(_where(one.rows)), _NUMBER) for n, one in enumerate(group)}
    empty = {f"a{n}": Cast(Constant(None), _NUMBER) for n in range(len(group), width)}
    return table.values(group_number=Constant(number)).annotate(**places, **empty).values_list("group_number", *places, *empty)


def _where(rows: Any) -> Any:
    """The condition of a queryset, as a filter over its own table.

    Rows chosen on their own table alone give their WHERE as it is; rows that look across relations are
    named by their keys, so that a join can never multiply what is counted."""
    query = rows.query
    alone = len(query.alias_map) <= 1 and not (query.is_sliced or query.distinct or query.annotations or query.combinator)
    return query.where if alone and query.where else Q(pk__in=rows.values("pk"))
