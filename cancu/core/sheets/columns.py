"""What the columns of a register are in Excel: heading ↔ field, and how each cell is read and written."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cancu.core.codes import CodeField, labels
from cancu.core.folding import folded
from cancu.core.line import Register, register_of
from cancu.core.record import Record
from cancu.core.sheets.cells import DAY, Cell, as_copied
from cancu.core.typed import typed_day
from cancu.core.units import Unit

KEPT_BY_THE_HOUSE = frozenset(("id", "owner_unit", "entered_by", "entered_at", "confirmed_by", "confirmed_at", "state"))
_AFTER = re.compile(r"(?<=\d\d)(?:[\sT]\d{1,2}:.*|\s[^/.\-\d].*)")  # the hour or a word behind a day
_FIRST_SERIAL, _LAST_SERIAL = 10_000, 80_000  # Excel's day numbers from 1927 to 2119
_EPOCH = dt.date(1899, 12, 30)
_AROUND_SIGNS = re.compile(r"\s*([/\-])\s*")
_ALIKE = 0.86
MOST_REMEMBERED = 20_000

SHEETS: dict[type[Register], type[SheetForm]] = {}


class SheetForm:
    """What a line says about the Excel of one of its registers, in ``sheets.py``; without it the model's own words serve.

    ``headings``: field → further headings that offices use. ``form``: the form that the law prescribes, as (heading, field)
    in its order; ``title`` and ``basis`` are printed above it."""

    register: ClassVar[type[Register]]
    headings: ClassVar[dict[str, tuple[str, ...]]] = {}
    form: ClassVar[tuple[tuple[Any, str], ...]] = ()
    title: ClassVar[Any] = ""
    basis: ClassVar[str] = ""

    def __init_subclass__(cls) -> None:
        SHEETS[cls.register] = cls


@dataclass
class Column:
    """One field of a register in Excel. Before rows are read ``prepare`` fills ``allowed`` (key → label of a code list) and
    ``learn`` fills ``known`` (words of the other table → key). ``copied`` remembers what was read (cell → COPY's text form):
    a column of a long file has few different cells."""

    field: Any
    headings: tuple[str, ...]
    known: dict[str, int] = field(default_factory=dict)
    copied: dict[Cell, str] = field(default_factory=dict)
    allowed: dict[str, str] = field(default_factory=dict)
    _spelt: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return str(self.field.name)

    @property
    def heading(self) -> str:
        return self.headings[0]

    @property
    def required(self) -> bool:
        return not self.field.blank and not self.field.has_default()

    def likeness(self, words: str) -> float:
        """How much a heading found in a file is one of this column's: 1 for the same words without accents and marks, 0 below
        what is ever believed."""
        return max(_alike(bare(own), bare(words)) for own in self.headings)

    def prepare(self) -> None:
        """Take the values of the code list into memory: while rows stream into COPY the connection can answer nothing."""
        if isinstance(self.field, CodeField) or self.field.choices:
            self.allowed = (
                dict(labels(self.field.list))
                if isinstance(self.field, CodeField)
                else {str(k): str(v) for k, v in self.field.flatchoices}
            )
            self._spelt = {bare(label): key for key, label in self.allowed.items()}

    def text(self, cell: Cell) -> str:
        """``read`` in COPY's text form."""
        text = as_copied(self.read(cell))
        if len(self.copied) < MOST_REMEMBERED:
            self.copied[cell] = text
        return text

    def read(self, cell: Cell) -> Any:
        """The value of a cell for the database column. Raises ValidationError that says what is wrong and how to write it."""
        words = tidy(cell)
        if words == "":
            if self.required:
                raise ValidationError(_("bỏ trống; cột này bắt buộc"))
            return None if self.field.null else self.field.get_default() if self.field.has_default() else ""
        value = self._reader(cell, words)
        for check in self._checks:
            check(value)
        return value

    @cached_property
    def _checks(self) -> list[Any]:
        """What the field itself demands: a number that its column holds, the shape of a code."""
        return (
            [v for v in self.field.validators if not isinstance(v, MaxLengthValidator)]
            if not self.field.is_relation
            else []
        )

    @cached_property
    def _reader(self) -> Any:
        kind = self.field
        if kind.is_relation:
            return self._relation
        if isinstance(kind, models.DateField):
            return lambda cell, words: day_of(cell)
        if isinstance(kind, CodeField) or kind.choices:
            return self._choice
        if isinstance(kind, models.BooleanField):
            return self._yes_or_no
        if isinstance(kind, models.IntegerField):
            return self._integer
        if isinstance(kind, models.DecimalField):
            return self._decimal
        return self._text

    def _text(self, cell: Cell, words: str) -> str:
        if self.name == getattr(self.field.model, "known_by", ""):
            words = closed_up(words)
        longest = self.field.max_length
        if longest and len(words) > longest:
            raise ValidationError(_("dài %(n)d ký tự, quá %(most)d") % {"n": len(words), "most": longest})
        return words

    def _integer(self, cell: Cell, words: str) -> int:
        value = number_of(cell, words)
        if value != value.to_integral_value() or value < 0:
            raise ValidationError(_("“%(words)s” phải là số nguyên không âm") % {"words": words})
        return int(value)

    def _decimal(self, cell: Cell, words: str) -> Decimal:
        return round(number_of(cell, words), self.field.decimal_places)

    def _yes_or_no(self, cell: Cell, words: str) -> bool:
        plain = folded(words)
        if plain in ("co", "x", "1", "dung", "true", "yes"):
            return True
        if plain in ("khong", "0", "sai", "false", "no", "-"):
            return False
        raise ValidationError(_("“%(words)s” phải là “có” hoặc “không”") % {"words": words})

    def _choice(self, cell: Cell, words: str) -> str:
        allowed = self.allowed
        if words in allowed:
            return words
        found = self._spelt.get(bare(words))
        if found is not None:
            return found
        raise ValidationError(
            _("“%(words)s” không có trong danh mục: %(allowed)s")
            % {"words": words, "allowed": ", ".join(list(allowed.values())[:12])}
        )

    def _relation(self, cell: Cell, words: str) -> int:
        found = self.known.get(words) or self.known.get(key_of(words))
        if found is None:
            table = self.field.related_model._meta.verbose_name
            raise ValidationError(
                _("không có %(table)s “%(words)s”; kiểm tra chính tả hoặc nhập vào sổ ấy trước")
                % {"table": table, "words": words}
            )
        return found

    def learn(self, rows: models.QuerySet[Any], wanted: set[str]) -> None:
        """Look up once all words of a relation's column: by the key people know, and by name where that is one row."""
        wanted = wanted | set(map(closed_up, wanted))
        for name in names_of(self.field.related_model):
            exact = {f"{name}__in": [folded(w) if name.endswith("folded") else w for w in wanted]}
            twice: set[str] = set()
            for pk, value in rows.filter(**exact).values_list("pk", name):
                key = key_of(str(value))
                if self.known.setdefault(key, pk) != pk:
                    twice.add(key)
            for key in twice:
                self.known.pop(key, None)


@lru_cache(maxsize=4096)
def _alike(own: str, given: str) -> float:
    if own == given:
        return 1.0 if given else 0.0
    matcher = SequenceMatcher(None, own, given)
    return matcher.ratio() if matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE else 0.0


def columns_of(register: type[Register]) -> list[Column]:
    """All columns of a register, in the order of its model, notes last."""
    more = SHEETS[register].headings if register in SHEETS else {}
    fields = [f for f in register.model._meta.concrete_fields if f.editable and f.name not in KEPT_BY_THE_HOUSE]
    fields.sort(key=lambda f: f.name == "note")
    return [Column(f, (capfirst(str(f.verbose_name)), *more.get(f.name, ()))) for f in fields]


def names_of(model: type[models.Model]) -> tuple[str, ...]:
    """The fields by which sheets name a row of another table: its own key, its code, what its register is searched by."""
    if model is Unit:
        return ("code",)
    fields = {f.name for f in model._meta.concrete_fields if not f.is_relation}
    register = register_of(model)
    own = getattr(model, "known_by", "") if issubclass(model, Record) else ""
    plain = (name for name in (own, "code", "folded", "name") if name in fields)
    return tuple(dict.fromkeys((*plain, *(register.search if register else ()))))


def guess(headings: Iterable[str], columns: list[Column]) -> dict[int, str]:
    """Place in the file → field, each field once, best likeness first."""
    rated = sorted(
        ((column.likeness(words), at, column.name) for at, words in enumerate(headings) for column in columns),
        reverse=True,
    )
    found: dict[int, str] = {}
    for likeness, at, name in rated:
        if likeness >= _ALIKE and at not in found and name not in found.values():
            found[at] = name
    return found


def tidy(cell: Cell) -> str:
    """A cell as text: spaces single, Excel's day as dd/mm/yyyy, “31 / GP” as typed."""
    if cell is None:
        return ""
    if isinstance(cell, str) and cell.startswith(DAY):
        return dt.date.fromisoformat(cell.removeprefix(DAY)).strftime("%d/%m/%Y")
    return " ".join(str(cell).split())


def day_of(cell: Cell) -> dt.date:
    """A day as offices have it: an Excel day, its number (45310), dd/mm/yyyy, d.m.yy."""
    words = tidy(cell)
    try:
        if isinstance(cell, str) and cell.startswith(DAY):
            return dt.date.fromisoformat(cell.removeprefix(DAY))
        if isinstance(cell, int | float) or re.fullmatch(r"\d{5}(?:\.0+)?", words):
            serial = int(float(words))
            if _FIRST_SERIAL <= serial <= _LAST_SERIAL:
                return _EPOCH + dt.timedelta(days=serial)
        return typed_day(_AFTER.sub("", words))
    except ValueError:
        raise ValidationError(
            _("“%(words)s” không phải một ngày; viết ngày/tháng/năm, ví dụ 05/02/2024") % {"words": words}
        ) from None


def number_of(cell: Cell, words: str) -> Decimal:
    """1.234,5 and 1234.5 and 1 234: a dot before three digits parts thousands, a comma opens decimals."""
    if isinstance(cell, int | float):
        return Decimal(str(cell))
    plain = words.replace(" ", "")
    if (
        "," in plain and "." in plain[plain.index(",") :]
    ):  # 1,234.5: an English hand, and 1,234 would be read as one and a bit
        raise ValidationError(_("“%(words)s” viết lẫn hai kiểu số; viết 1.234,5") % {"words": words})
    if re.fullmatch(r"-?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?", plain) or "," in plain:
        plain = plain.replace(".", "").replace(",", ".")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise ValidationError(_("“%(words)s” không phải là số") % {"words": words}) from None
    if not value.is_finite():
        raise ValidationError(_("“%(words)s” không phải là số") % {"words": words})
    return value


def bare(words: str) -> str:
    """Words without accents, marks and case: how headings and labels are compared."""
    return re.sub(r"[^a-z0-9]+", " ", folded(str(words))).strip()


def closed_up(words: str) -> str:
    """“Số 12 / GP” names 12/GP."""
    return _AROUND_SIGNS.sub(r"\1", words).removeprefix("Số ").removeprefix("số ") if " " in words else words


def key_of(words: str) -> str:
    """“Số 12 / GP” and “số 12/GP” name the same row."""
    return _AROUND_SIGNS.sub(r"\1", folded(words)).removeprefix("so ").strip()
