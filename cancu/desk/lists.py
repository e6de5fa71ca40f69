"""One list of a register: typed filters, accent-blind search, sorting and keyset paging, at any number of rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cancu.core.codes import CodeField, labels
from cancu.core.line import Register
from cancu.core.people import User
from cancu.desk import pick
from cancu.desk.asked import day_asked
from cancu.desk.cells import Column, Row, field_of
from cancu.desk.search_words import MANY, rows_holding

PAGE = 50
COUNT_UP_TO = 10_000


@dataclass(frozen=True)
class Filter:
    """One chip: a choice among values, or a stretch of days (``from``, ``until``)."""

    name: str
    label: str
    kind: str
    value: str = ""
    until: str = ""
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What the address calls it."""
        return (f"{self.name}_tu", f"{self.name}_den") if self.kind == "days" else (self.name,)

    @property
    def words(self) -> str:
        """What is asked, as people say it."""
        if self.kind != "days":
            return dict(self.choices).get(self.value, self.value)
        first, last = day_asked(self.value), day_asked(self.until)
        said = (
            _("từ %(day)s") % {"day": f"{first:%d/%m/%Y}"} if first else "",
            _("đến %(day)s") % {"day": f"{last:%d/%m/%Y}"} if last else "",
        )
        return " ".join(filter(None, said))


class Listing:
    """What the page of a register shows for one reader and one query string. Bad values are passed over."""

    def __init__(self, register: type[Register], user: User, asked: Mapping[str, str]) -> None:
        self.user = user
        self.register, self.asked = register, {k: v for k, v in asked.items() if v}
        self.columns = [Column(register.model, name) for name in self._column_names()]
        self.filters = [self._filter(name) for name in register.filters]
        self.query = self.asked.get("q", "")
        self._rows, self._countable = self._narrowed(register.model.objects.seen_by(user))
        self.items, self.next = self._page()

    def _narrowed(self, seen: models.QuerySet[Any]) -> tuple[models.QuerySet[Any], bool]:
        """(the rows asked for, whether counting them is cheap). Few rows are taken by their keys, for walking the order of
        the list to meet them would lead through the whole table; many are met soon by walking."""
        conditions = self._conditions()
        rows = seen.filter(*conditions)
        if self.query:
            return rows_holding(rows, self.query)
        if conditions:
            keys = list(rows.order_by().values_list("pk", flat=True)[: MANY + 1])
            rows = rows if len(keys) > MANY else seen.model.objects.filter(pk__in=keys)
        return rows, True

    @property
    def drawn(self) -> list[Row]:
        """The rows of this page, ready to be shown."""
        return [Row(item, self.columns) for item in self.items]

    def _column_names(self) -> list[str]:
        """The columns asked for (``cot=number,note``), the first of the register always first; else the register's own."""
        asked = [name for name in self.asked.get("cot", "").split(",") if name in {f.name for f in self.choosable}]
        first = self.register.columns[0]
        return [first, *(name for name in asked if name != first)] if asked else list(self.register.columns)

    @property
    def choosable(self) -> list[Any]:
        """The fields that can be a column."""
        return [
            f
            for f in self.register.model._meta.concrete_fields
            if f.name not in ("id", "entered_by", "entered_at", "confirmed_by") and not f.name.endswith("folded")
        ]

    @property
    def order(self) -> str:
        """The order asked for (``xep=-issued_on``) where the database has an index for it, else the register's own."""
        asked = self.asked.get("xep", "")
        return asked if asked.lstrip("-") in self.sortable else self.register.order

    @property
    def sortable(self) -> set[str]:
        """Fields by which a long list is sorted without reading all of it."""
        fields = (f for f in self.register.model._meta.concrete_fields if not f.is_relation)
        return {f.name for f in fields if f.unique or f.db_index} | {self.register.order.lstrip("-")}

    @property
    def heads(self) -> list[dict[str, Any]]:
        """The headings of the table: where a click sorts, and how it is sorted now."""
        now = self.order
        return [
            {
                "column": c,
                "sorted": "" if now.lstrip("-") != c.name else "descending" if now.startswith("-") else "ascending",
                "to": self._address(xep=c.name if now == f"-{c.name}" else f"-{c.name}", sau="")
                if c.name in self.sortable
                else "",
            }
            for c in self.columns
        ]

    @property
    def chips(self) -> list[dict[str, str]]:
        """The filters that are on, in words, each with the address without it."""
        found = []
        for one in self.filters:
            if one.words:
                found.append({"label": one.label, "words": one.words, "without": self._without(*one.names)})
        if self.query:
            found.append({"label": "", "words": f"“{self.query}”", "without": self._without("q")})
        return found

    def _without(self, *names: str) -> str:
        return "?" + urlencode({k: v for k, v in self.asked.items() if k not in (*names, "sau")})

    def _filter(self, name: str) -> Filter:
        target = field_of(self.register.model, name)
        label = str(target.verbose_name)
        label = capfirst(label)
        value = self.asked.get(name, "")
        if isinstance(target, models.DateField):
            return Filter(name, label, "days", self.asked.get(f"{name}_tu", ""), self.asked.get(f"{name}_den", ""))
        if isinstance(target, CodeField):
            return Filter(name, label, "choice", value, choices=tuple(labels(target.list).items()))
        if target.choices:
            return Filter(name, label, "choice", value, choices=tuple((str(k), str(v)) for k, v in target.flatchoices))
        if isinstance(target, models.BooleanField):
            return Filter(name, label, "choice", value, choices=(("1", "có"), ("0", "không")))
        if target.is_relation:
            rows = pick.choosable(target.related_model, self.user)[:200]
            return Filter(name, label, "choice", value, choices=tuple((str(r.pk), str(r)) for r in rows))
        return Filter(name, label, "text", value)

    def _conditions(self) -> list[Q]:
        return [q for f in self.filters if (q := self._condition(f))]

    def _condition(self, one: Filter) -> Q:
        if one.kind == "days":
            days = {f"{one.name}__gte": day_asked(one.value), f"{one.name}__lte": day_asked(one.until)}
            return Q(**{k: v for k, v in days.items() if v})
        if not one.value:
            return Q()
        if one.kind == "choice":
            known = {key for key, _label in one.choices}
            return Q(**{one.name: one.value}) if one.value in known else Q()
        return Q(**{f"{one.name}__icontains": one.value})

    def whole(self) -> models.QuerySet[Any]:
        """Every row that the filters let through, in the order of the list: for exports."""
        return self._rows.order_by(self.order, "pk")

    def _page(self) -> tuple[list[Any], str]:
        """The rows of this page and the mark of the next: a key, never an offset, so page 1,000 costs as page 1."""
        name, falling = self.order.lstrip("-"), self.order.startswith("-")
        sign = "-" if falling else ""
        rows = self._rows.select_related(*self._relations())
        mark = self.asked.get("sau", "")
        if mark:
            rows = rows.filter(self._after(name, falling, mark))
        keys = (f"{sign}pk",) if name == "pk" else (self._key(name, falling), f"{sign}pk")
        page = list(rows.order_by(*keys)[: PAGE + 1])
        if len(page) <= PAGE:
            return page, ""
        last = page[PAGE - 1]
        value = getattr(last, name, None) if name != "pk" else last.pk
        return page[:PAGE], self._address(sau=f"{value if value is not None else ''}~{last.pk}")

    def _key(self, name: str, falling: bool) -> Any:
        """What to order by. NULLS LAST only where there can be any: PostgreSQL serves it from no usual index, and sorts the whole table."""
        if not field_of(self.register.model, name).null:
            return models.F(name).desc() if falling else models.F(name).asc()
        return models.F(name).desc(nulls_last=True) if falling else models.F(name).asc(nulls_last=True)

    def _after(self, name: str, falling: bool, mark: str) -> Q:
        value, _tilde, pk = mark.rpartition("~")
        if not pk.isdigit():
            return Q()
        beyond = "lt" if falling else "gt"
        if name == "pk":
            return Q(**{f"pk__{beyond}": int(pk)})
        if value == "":
            return Q(**{f"{name}__isnull": True, f"pk__{beyond}": int(pk)})
        if not field_of(self.register.model, name).null:
            return Q(**{f"{name}__{beyond}e": value}) & (
                Q(**{f"{name}__{beyond}": value}) | Q(**{f"pk__{beyond}": int(pk)})
            )
        return (
            Q(**{f"{name}__{beyond}": value})
            | Q(**{name: value, f"pk__{beyond}": int(pk)})
            | Q(**{f"{name}__isnull": True})
        )

    def _relations(self) -> list[str]:
        return list(
            dict.fromkeys(
                [*self.register.model.label_related, *(way for column in self.columns for way in column.relations)]
            )
        )

    def _address(self, **changes: str) -> str:
        return "?" + urlencode({k: v for k, v in {**self.asked, **changes}.items() if v})

    @property
    def count_words(self) -> str:
        """How many rows match, counted up to a bound that keeps the page quick; “nhiều” where words are so common that even
        that would read the whole register."""
        if not self._countable:
            return _("nhiều")
        count = self._rows.order_by()[: COUNT_UP_TO + 1].count()
        return f"trên {COUNT_UP_TO:,}".replace(",", ".") if count > COUNT_UP_TO else f"{count:,}".replace(",", ".")

    @property
    def narrowed(self) -> bool:
        return bool(self.asked.keys() - {"sau", "den", "xep", "cot"})
