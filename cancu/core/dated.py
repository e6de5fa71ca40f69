"""Things that are true from one day to another: names, parents, codes, places.

An end date is the **last** day of validity (“đến hết ngày”); an empty end means “still so”.
"""

from __future__ import annotations

import datetime as dt

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Cast, ExtractYear
from django.utils.translation import gettext_lazy as _


class DateRange(Func):
    """SQL ``daterange(start, end, '[]')``: both days belong to the range."""

    function = "daterange"
    output_field = DateRangeField()


def valid_on(day: dt.date, start: str = "valid_from", end: str = "valid_until") -> Q:
    """The rows whose validity contains ``day``."""
    return Q(**{f"{start}__lte": day}) & (Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": day}))


def year_of(field: str) -> ExtractYear:
    """The year of a day, for constraints: typed, so that an empty day is judged too and not refused as an unknown."""
    return ExtractYear(Cast(F(field), models.DateField()))


def in_order(start: str, end: str, name: str) -> models.CheckConstraint:
    """A check in the database: ``end`` is empty or not before ``start``."""
    return models.CheckConstraint(
        condition=Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": F(start)}),
        name=name,
        violation_error_message=_("Ngày kết thúc phải từ ngày bắt đầu trở đi."),
    )


def never_overlapping(
    *same: str, name: str, start: str = "valid_from", end: str = "valid_until"
) -> ExclusionConstraint:
    """An exclusion in the database: two rows equal in ``same`` never hold on the same day."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            (DateRange(start, end, RangeBoundary(inclusive_lower=True, inclusive_upper=True)), RangeOperators.OVERLAPS),
            *((field, RangeOperators.EQUAL) for field in same),
        ],
        violation_error_message=_("Khoảng hiệu lực trùng với một dòng đã có."),
    )


class Dated(models.Model):
    """Mixed into rows of law and organisation, which hold for a time."""

    valid_from = models.DateField(_("có hiệu lực từ"), help_text=_("Ngày đầu tiên có hiệu lực."))
    valid_until = models.DateField(
        _("đến hết ngày"), null=True, blank=True, help_text=_("Ngày cuối cùng còn hiệu lực; để trống nếu còn hiệu lực.")
    )

    class Meta:
        abstract = True
        constraints = [in_order("valid_from", "valid_until", "%(app_label)s_%(class)s_valid_in_order")]
