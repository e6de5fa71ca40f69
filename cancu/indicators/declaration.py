"""An indicator is evidence first: it names rows, and the number is measured from them.

::

    class FacilitiesLicensed(Indicator):
        \"\"\"Số cơ sở khác nhau được cấp giấy phép tiến hành công việc bức xạ trong kỳ.
        Một cơ sở có hai giấy phép chỉ đếm một; giấy phép sửa đổi không tính.\"\"\"
        label, unit = _("Cơ sở được cấp giấy phép bức xạ"), _("cơ sở")
        when = Flow("issued_on")
        count = Distinct("facility")
        splits = ("activity",)
        basis = "142/2020/NĐ-CP"
        kept_since = date(2021, 1, 1)
        def rows(self): return Licence.objects.granted()

Its code is folder and class: ``radiation.facilities_licensed``. A declaration without docstring, label, unit,
``when``, ``kept_since`` or ``rows`` fails at import.
"""

from __future__ import annotations

import datetime as dt
import inspect
import re
from typing import TYPE_CHECKING, Any, ClassVar, cast

from cancu.core.line import folder_of

from .measures import Measure, Rows
from .when import When
from .windows import Window

if TYPE_CHECKING:
    from .checks import Sum

INDICATORS: dict[str, Indicator] = {}

_DATED_RULE = re.compile(r"rows_from_(\d{4})_(\d{2})_(\d{2})$")


class IndicatorType(type):
    """Lets classes be added and compared where a check is declared: ``Missions == CarriedOver + Approved``."""

    def __add__(cls, other: Any) -> Sum:
        from .checks import Sum

        return Sum(cast("type[Indicator]", cls), other)

    def __eq__(cls, other: object) -> Any:
        from .checks import Relation, Sum

        return Relation(Sum(cast("type[Indicator]", cls)), "=", other) if isinstance(other, Sum) else cls is other

    __hash__ = type.__hash__


class Indicator(metaclass=IndicatorType):
    """A declared question over records; see the module's text.

    ``label``, ``unit``: words of the dictionary. ``when``: which date counts. ``count``: how rows become a
    number. ``splits``: fields it may be broken down by. ``basis``: number of the document that defines it.
    ``kept_since``: the register was not kept before; an earlier window answers None, never 0.
    ``decimals``: how many are shown."""

    code: ClassVar[str]
    label: ClassVar[Any]
    unit: ClassVar[Any]
    when: ClassVar[When]
    count: ClassVar[Measure] = Rows()
    splits: ClassVar[tuple[str, ...]] = ()
    basis: ClassVar[str] = ""
    kept_since: ClassVar[dt.date]
    decimals: ClassVar[int] = 0

    def __init_subclass__(cls, abstract: bool = False) -> None:
        if abstract or cls.__name__ == "Ratio":
            return
        _refuse_incomplete(cls)
        cls.code = f"{folder_of(cls.__module__)}.{snake(cls.__name__)}"
        known = INDICATORS.get(cls.code)
        if known is not None and type(known).__module__ != cls.__module__:
            raise TypeError(f"{cls.code}: declared twice")
        INDICATORS[cls.code] = cls()

    def rows(self) -> Any:
        """The rows behind the number, before any window: a queryset of one model."""
        raise NotImplementedError

    def rule(self, window: Window) -> str:
        """The name of the ``rows…`` method that holds at the window's end: law change by method name."""
        return max(
            (name for day, name in dated_rules(type(self)) if day <= window.end),
            default="rows",
        )

    def evidence(self, window: Window, *, confirmed: bool = False) -> Any:
        """The rows inside ``window``; with ``confirmed``, only those an issued report may count."""
        found = getattr(self, self.rule(window))().filter(self.when.condition(window))
        return found.confirmed() if confirmed else found

    def kept(self, window: Window) -> bool:
        """Whether the register was kept during the whole window."""
        return window.start >= self.kept_since if window.name != "at_date" else window.end >= self.kept_since

    @property
    def definition(self) -> str:
        """The docstring, in Vietnamese: what is counted and what is not."""
        return inspect.cleandoc(type(self).__doc__ or "")

    @property
    def facts(self) -> tuple[str, ...]:
        """The fields a figure rests on: a change in one of them is drift."""
        return tuple(dict.fromkeys((*self.when.fields, *self.count.fields, *self.splits)))


class Ratio(Indicator, abstract=True):
    """A share in percent of two indicators, kept apart: ``part`` and ``whole`` are both evidence.
    An empty whole answers None (nothing to take a share of), never 0 or 100."""

    part: ClassVar[type[Indicator]]
    whole: ClassVar[type[Indicator]]
    unit: ClassVar[Any] = "%"


def _refuse_incomplete(cls: type[Indicator]) -> None:
    needed = ("label", "part", "whole") if issubclass(cls, Ratio) else ("label", "unit", "when", "kept_since")
    missing = [name for name in needed if not hasattr(cls, name)]
    if not cls.__doc__:
        missing.append("docstring")
    if not issubclass(cls, Ratio) and cls.rows is Indicator.rows:
        missing.append("rows")
    if missing:
        raise TypeError(f"{cls.__module__}.{cls.__name__}: an indicator needs {', '.join(missing)}")


def dated_rules(cls: type[Indicator]) -> list[tuple[dt.date, str]]:
    """(first day, name of the ``rows_from_…`` method) of every later rule, oldest first."""
    return sorted((dt.date(*map(int, match.groups())), name) for name in dir(cls) if (match := _DATED_RULE.match(name)))


def snake(name: str) -> str:
    """``FacilitiesLicensed`` → ``facilities_licensed``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def indicator(code: str) -> Indicator:
    """The indicator with this code. Raises KeyError; callers who speak to users say it in Vietnamese."""
    return INDICATORS[code]


def indicators(folder: str = "") -> list[Indicator]:
    """All indicators, or those of one folder, in the order of their codes."""
    return [INDICATORS[code] for code in sorted(INDICATORS) if not folder or code.startswith(f"{folder}.")]
