"""Writing a record down: who did it is kept, a likely duplicate is asked about, and two people never overwrite each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pghistory
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError, Q
from django.utils.translation import gettext as _

from cancu.core.line import Register, register_of
from cancu.core.people import User
from cancu.desk.forms import RecordForm
from cancu.desk.rows_form import Rows

SHOWN = 5


def mark_of(record: Any) -> str:
    """What the record was when it was read: the newest row of its history, and of each table of its rows. Empty for one
    not yet written."""
    if record.pk is None:
        return ""
    newest = [record.history.order_by("-pgh_id").values_list("pgh_id", flat=True).first()]
    register = register_of(type(record))
    for name in register.rows if register else ():
        relation = record._meta.get_field(name)
        kept = relation.related_model._meta.get_field("history").related_model.objects.filter(
            **{relation.field.name: record}
        )
        newest.append(kept.order_by("-pgh_id").values_list("pgh_id", flat=True).first())
    return "-".join(str(one or "") for one in newest)


def saved(form: RecordForm, user: User, mark: str = "", reason: str = "", rows: Iterable[Rows] = ()) -> Any:
    """Write the form's record and its rows, and their history with who and why. The forms must be valid. ``mark`` is what
    the person saw; returns the record, or None where somebody wrote it meanwhile or the database refuses (the form then
    says so, and nothing was written)."""
    record = form.instance
    new = record.pk is None
    try:
        with (
            transaction.atomic(),
            pghistory.context(user=user.pk, action="change" if record.pk else "enter", reason=reason),
        ):
            if record.pk is None:
                record.entered_by = user
            elif not _untouched(record, mark):
                form.add_error(
                    None, _("Có người vừa sửa hồ sơ này. Những chỗ khác nhau hiện bên dưới; chữ bạn đã gõ còn nguyên.")
                )
                return None
            written = form.save()
            for one in rows:
                one.written_with(written, user)
            return written
    except ProtectedError as error:
        form.add_error(
            None,
            _("Không bỏ được dòng còn hồ sơ khác dựa vào: %(rows)s.")
            % {"rows": ", ".join(str(row) for row in list(error.protected_objects)[:SHOWN])},
        )
    except IntegrityError as error:
        form.add_error(None, _refused(error))
    if new:
        record.pk = None
    return None


def _refused(error: IntegrityError) -> str:
    """The database's own words where a rule of the register speaks them, else that the row is there already."""
    found = getattr(error.__cause__, "diag", None)
    if (
        found is not None and found.sqlstate == "23514" and not found.constraint_name
    ):  # raised by a trigger of the register
        return str(found.message_primary)
    return _("Dòng này trùng với một dòng vừa được người khác ghi. Hãy tìm trong sổ trước khi ghi lại.")


def _untouched(record: Any, mark: str) -> bool:
    type(record)._base_manager.select_for_update(of=("self",)).get(pk=record.pk)
    return mark_of(record) == mark


def differences(form: RecordForm) -> list[tuple[str, str, str]]:
    """(field, what is stored now, what this person typed) for every field where the two differ."""
    from cancu.desk.templatetags.desk import attribute

    stored = type(form.instance)._base_manager.get(pk=form.instance.pk)
    found = []
    for name in form.fields:
        typed, now = form.cleaned_data.get(name), getattr(stored, name)
        if isinstance(typed, list):
            now = list(now.all())
        if typed != now and (typed or now):
            found.append(
                (str(form.fields[name].label), str(attribute(stored, name)), str(attribute(form.instance, name)))
            )
    return found


def likely_same(register: type[Register], record: Any, user: User) -> tuple[list[Any], int]:
    """Records that may be the same as a new one: known by the same words, or of the same party on the same day.
    (those ``user`` may see, how many more there are outside their scope)."""
    same = _same(register.model, record)
    if not same:
        return [], 0
    everywhere = register.model._base_manager.filter(same)
    seen = list(register.model.objects.seen_by(user).filter(same).select_related(*register.model.label_related)[:SHOWN])
    return seen, max(0, everywhere[: SHOWN + 1].count() - len(seen))


def _same(model: type[models.Model], record: Any) -> Q:
    found = Q()
    known_by = getattr(model, "known_by", "")
    field = next((f for f in model._meta.fields if f.name == known_by), None)
    if isinstance(field, models.CharField) and getattr(record, known_by):
        found |= Q(**{f"{known_by}__iexact": getattr(record, known_by).strip()})
    whom = next(
        (
            f
            for f in model._meta.fields
            if isinstance(f, models.ForeignKey) and not f.null and f.name not in ("owner_unit", "entered_by")
        ),
        None,
    )
    when = next(
        (f for f in model._meta.fields if isinstance(f, models.DateField) and not f.null and f.name != "entered_at"),
        None,
    )
    if whom and when and getattr(record, whom.attname) and getattr(record, when.name):
        found |= Q(**{whom.attname: getattr(record, whom.attname), when.name: getattr(record, when.name)})
    return found
