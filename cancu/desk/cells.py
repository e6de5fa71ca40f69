"""The cells of a list: how each column reads a record is settled once a page, so that fifty rows cost little."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from cancu.core.codes import CodeField, labels
from cancu.desk.templatetags.desk import in_words, record_path, tone

_NUMBER, _WHOLE, _PLAIN = mark_safe(' class="num"'), mark_safe(' class="nowrap"'), ""
SHORT = 18  # letters of a number, a day, a short word: broken over two lines they would double the height of the row


class Column:
    """One column of a list: its name, its heading, the relation it follows, and how it reads a record."""

    def __init__(self, model: type[models.Model], name: str) -> None:
        self.name = name
        self.target = target = field_of(model, name)
        self.heading = capfirst(str(target.verbose_name))
        self.is_number = isinstance(target, models.IntegerField | models.DecimalField) and not target.choices
        self.is_state = name == "state"
        self.relation = name if target.is_relation else name.rpartition("__")[0]
        self.deeper = getattr(target.related_model, "label_related", ()) if target.is_relation else ()
        self._way, self._value = name.split("__")[:-1], _reader(target)

    @property
    def relations(self) -> list[str]:
        """What to follow so that fifty rows ask nothing more."""
        return [self.relation, *(f"{self.relation}__{deeper}" for deeper in self.deeper)] if self.relation else []

    def words(self, record: Any) -> str:
        """What the cell says: labels for codes, dates, yes and no; — where there is nothing."""
        for step in self._way:
            record = getattr(record, step, None)
            if record is None:
                return "—"
        return in_words(self._value(record))

    def drawn(self, words: str, record: Any) -> str:
        """The words as a page shows them: a state bears its colour."""
        return format_html('<span class="badge {}">{}</span>', tone(record), words) if self.is_state else words


def _reader(target: Any) -> Callable[[Any], Any]:
    name = target.name
    known = (
        labels(target.list) if isinstance(target, CodeField) else {key: str(label) for key, label in target.flatchoices}
    )
    return (
        (lambda record: known.get(value := getattr(record, name), value))
        if known
        else (lambda record: getattr(record, name))
    )


class Row:
    """One line of a list: the record, where its page is, its name, and the cells behind it."""

    def __init__(self, record: Any, columns: list[Column]) -> None:
        self.record, self.path = record, record_path(record)
        self.name = columns[0].words(record)
        self.is_short = len(self.name) <= SHORT
        self.cells: SafeString = format_html_join("", "<td{}>{}</td>", (_cell(c, record) for c in columns[1:]))


def _cell(column: Column, record: Any) -> tuple[str, str]:
    words = column.words(record)
    return _NUMBER if column.is_number else _WHOLE if len(words) <= SHORT else _PLAIN, column.drawn(words, record)


def field_of(model: type[models.Model], path: str) -> Any:
    """The field at the end of ``facility__party``. Raises FieldDoesNotExist for a wrong declaration."""
    *way, last = path.split("__")
    for step in way:
        model = model._meta.get_field(step).related_model
    try:
        return model._meta.get_field(last)
    except FieldDoesNotExist as error:
        raise FieldDoesNotExist(f"{model._meta.label}: {path}") from error
