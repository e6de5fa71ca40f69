"""How rows become a number: counted, counted by distinct thing, or summed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Aggregate, Count, Sum

Value = int | Decimal


@dataclass(frozen=True)
class Rows:
    """The number of rows."""

    @property
    def fields(self) -> tuple[str, ...]:
        return ()

    def aggregate(self, where: Any) -> Aggregate:
        return Count("pk", filter=where)

    def value(self, answer: Any) -> Value:
        return int(answer or 0)


@dataclass(frozen=True)
class Distinct:
    """The number of different things the rows point at: facilities, not licences. An empty field is no thing."""

    field: str

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.field,)

    def aggregate(self, where: Any) -> Aggregate:
        return Count(self.field, filter=where, distinct=True)

    def value(self, answer: Any) -> Value:
        return int(answer or 0)


@dataclass(frozen=True)
class Total:
    """The sum of a field, divided by ``per`` (kg per 1000 are tonnes). An empty field adds nothing."""

    field: str
    per: int = 1

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.field,)

    def aggregate(self, where: Any) -> Aggregate:
        return Sum(self.field, filter=where)

    def value(self, answer: Any) -> Value:
        total = Decimal(answer or 0) / self.per
        return int(total) if total == total.to_integral_value() else total.normalize()


Measure = Rows | Distinct | Total
