"""Figures: the answers of indicators. Those over one table and window are answered together, in one pass over it."""

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
    """The figures of all ``wanted`` in all ``windows``, by (code, window). One query a table and window."""
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
    """Group the questions by table, event date and window: one pass a group, all groups in one statement."""
    groups: dict[Any, list[_Asked]] = {}
    for one in asked:
        when = one.indicator.when
        groups.setdefault((one.rows.model, when.date if isinstance(when, Flow) else None, one.window), []).append(one)
    if not groups:
        return {}
    width = max(len(group) for group in groups.values())
    passes = [_pass(model, group, number, width) for number, ((model, *_), group) in enumerate(groups.items())]
    answers = passes[0].union(*passes[1:], all=True) if len(passes) > 1 else passes[0]
    rows = {number: row for number, *row in answers}  # a pass that meets no row gives none: recorded, none
    return {
        (one.indicator.code, one.window): one.indicator.count.value(answer)
        for number, group in enumerate(groups.values())
        for one, answer in zip(group, rows.get(number, [None] * width), strict=False)
    }


def _pass(model: Any, group: list[_Asked], number: int, width: int) -> Any:
    """One row of answers over one table: the group's number, its answers, and empty places up to ``width``.

    What all of the group ask for (the days, the states, confirmed) narrows the pass itself, so that an index
    serves it and a row is judged on it once, not once an indicator."""
    asked_for = [_conditions(one.rows) for one in group]
    shared = [c for c in asked_for[0] if all(c in others for others in asked_for[1:])]
    places: dict[str, Any] = {}
    for n, (one, conditions) in enumerate(zip(group, asked_for, strict=True)):
        own = [c for c in conditions if c not in shared]
        places[f"a{n}"] = Cast(one.indicator.count.aggregate(Q(*own) if own else None), _NUMBER)
    empty = {f"a{n}": Cast(Constant(None), _NUMBER) for n in range(len(group), width)}
    table = model._base_manager.order_by().filter(*shared).values(group_number=Constant(number))
    return table.annotate(**places, **empty).values_list("group_number", *places, *empty)


def _conditions(rows: Any) -> list[Any]:
    """The conditions that together choose the rows of a queryset, for a filter over its own table.

    Rows chosen on their own table alone give the terms of their WHERE; rows that look across relations are
    named by their keys, so that a join can never multiply what is counted."""
    query = rows.query
    alone = len(query.alias_map) <= 1 and not (
        query.is_sliced or query.distinct or query.annotations or query.combinator
    )
    if not alone:
        return [Q(pk__in=rows.values("pk"))]
    where = query.where
    return list(where.children) if where.connector == "AND" and not where.negated else [where]
