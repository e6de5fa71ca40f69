"""The way of a sheet: brought, mapped, tried, written, undone."""

from __future__ import annotations

from typing import Any

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from cancu.core.calendar import now
from cancu.core.jobs import Job, job
from cancu.core.line import REGISTERS, Register
from cancu.core.people import User
from cancu.core.scope import WORK, scope_of
from cancu.core.sheets.columns import Column, columns_of, guess
from cancu.core.sheets.header import find
from cancu.core.sheets.models import Sheet, SheetState
from cancu.core.sheets.rows import Mapped, Reading, reading_of
from cancu.core.sheets.staging import Staging
from cancu.core.sheets.workbook import Brought
from cancu.core.units import Unit

MOST_ERRORS, MOST_CHANGES = 20_000, 500


def bring(register: type[Register], name: str, book: Brought, user: User, unit: Unit) -> Sheet:
    """Keep the cells, find the headings, guess the columns: as this register's last sheet with the same headings was mapped,
    else by likeness. Raises PermissionDenied for who does not work in ``unit``."""
    if not scope_of(user).holds(WORK, unit.pk):
        raise PermissionDenied(_("Bạn không nhập hồ sơ cho đơn vị này."))
    columns = columns_of(register)
    header = find(book.head, columns)
    before = (
        Sheet.objects.filter(register=register.code, headings=list(header.headings), state=SheetState.WRITTEN)
        .order_by("-pk")
        .first()
    )
    mapping = (
        before.mapping if before else {str(place): field for place, field in guess(header.headings, columns).items()}
    )
    return Sheet.objects.create(
        register=register.code,
        name=name[:200],
        owner_unit=unit,
        brought_by=user,
        packed=book.packed,
        turned=book.turned,
        first=header.first,
        headings=list(header.headings),
        mapping=mapping,
    )


@job("sheets.try")
def try_out(job: Job, sheet: int) -> str:
    """Try every row as if it were written, and write nothing."""
    still = Sheet.objects.filter(pk=sheet, state__in=(SheetState.MAPPED, SheetState.TRIED))
    found, result, reading = still.first(), {}, b""
    if found is not None:
        with transaction.atomic():
            read = _read(found, job)
            result, reading = _staged(found, read)[1], read.packed()
            transaction.set_rollback(True)
    if not still.update(
        found=result, reading=reading, state=SheetState.TRIED
    ):  # written, even meanwhile: it and the way to undo it stay as they are
        raise ValidationError(_("Tệp này đã ghi vào sổ; muốn ghi lại thì hủy lần nhập rồi đưa tệp vào lần nữa."))
    job.words = _("đã chạy thử")
    return f"/bang-tinh/{sheet}/"


@job("sheets.write")
def write(job: Job, sheet: int) -> str:
    """Write all good rows in one transaction; whoever reads meanwhile sees all of them or none."""
    with transaction.atomic():
        found = Sheet.objects.select_for_update(of=("self",)).select_related("brought_by", "owner_unit").get(pk=sheet)
        if found.state != SheetState.TRIED:
            raise ValidationError(
                _("Hãy chạy thử trước khi ghi; tệp này đang ở bước “%(state)s”."),
                params={"state": found.get_state_display()},
            )
        staging, result = _staged(found, _read(found, job))
        job.step(1, 1, _("đang ghi vào sổ"))
        with pghistory.context(
            user=found.brought_by_id,
            action="sheet",
            sheet=found.pk,
            reason=_("Nhập từ %(name)s") % {"name": found.name},
        ):
            changed = staging.update()
            created = staging.insert()
        found.found, found.written = result, {"created": created, "changed": changed}
        found.state, found.ended_at, found.reading = SheetState.WRITTEN, now(), b""
        found.save(update_fields=["found", "written", "state", "ended_at", "reading"])
    job.words = _("đã ghi vào sổ")
    return f"/bang-tinh/{sheet}/"


def undo(sheet: Sheet, user: User) -> int:
    """Take back everything a sheet wrote, as one act; how many rows. Raises ValidationError, naming rows that were confirmed
    or changed since: nothing is then undone."""
    register = REGISTERS[sheet.register]
    model = register.model
    with transaction.atomic(), pghistory.context(user=user.pk, action="undo_sheet", sheet=sheet.pk):
        locked = Sheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
        if locked.state != SheetState.WRITTEN:
            raise ValidationError(_("Lần nhập này chưa ghi hoặc đã hủy."))
        if not scope_of(user).holds(WORK, locked.owner_unit_id):
            raise PermissionDenied(_("Chỉ người nhập hồ sơ của đơn vị được hủy lần nhập."))
        created, changed = locked.written.get("created", []), locked.written.get("changed", {})
        _refuse_touched(model, locked, [*created, *map(int, changed)])
        _refuse_leaned_on(model, created)
        model._base_manager.filter(pk__in=created).delete()
        fields = {f.column: f for f in model._meta.concrete_fields}
        for pk, before in changed.items():
            model._base_manager.filter(pk=int(pk)).update(
                **{fields[c].attname: fields[c].to_python(v) for c, v in before.items()}
            )
        locked.state = SheetState.UNDONE
        locked.save(update_fields=["state"])
    return len(created) + len(changed)


def _refuse_touched(model: Any, sheet: Sheet, keys: list[int]) -> None:
    history = model._meta.get_field("history").related_model if hasattr(model, "history") else None
    confirmed = set(model._base_manager.filter(pk__in=keys, confirmed_at__isnull=False).values_list("pk", flat=True))
    later: set[int] = set()
    if history is not None and sheet.ended_at:
        later = set(
            history.objects.filter(pgh_obj_id__in=keys, pgh_created_at__gt=sheet.ended_at)
            .exclude(pgh_context__metadata__sheet=sheet.pk)
            .values_list("pgh_obj_id", flat=True)
        )
    touched = model._base_manager.filter(pk__in=confirmed | later).select_related(*model.label_related)[:5]
    if touched:
        names = ", ".join(str(row) for row in touched)
        raise ValidationError(
            _(
                "Không hủy được: có %(n)d dòng đã xác nhận hoặc đã sửa sau khi nhập (%(names)s). Trả lại các dòng ấy trước."
            ),
            params={"n": len(confirmed | later), "names": names},
        )


def _refuse_leaned_on(model: Any, created: list[int]) -> None:
    """Rows of other registers that were hung on the new ones since: they would be lost or would forbid the deletion."""
    for relation in model._meta.related_objects:
        other = relation.related_model
        if other._meta.model_name.endswith("event") or relation.many_to_many:
            continue
        if other._base_manager.filter(**{f"{relation.field.name}__in": created}).exists():
            raise ValidationError(
                _("Không hủy được: đã có %(table)s gắn với các dòng này. Gỡ các dòng ấy trước."),
                params={"table": other._meta.verbose_name_plural},
            )


def _mapped(sheet: Sheet, columns: list[Column]) -> Mapped:
    """(place in the file, column) of every column that goes to a field. Raises ValidationError where a required one has none."""
    by_name = {c.name: c for c in columns}
    mapped = [(place, by_name[name]) for name, place in sheet.of_mapping().items() if name in by_name]
    have = {column.name for _place, column in mapped}
    missing = [c.heading for c in columns if c.required and c.name not in have]
    if missing or not mapped:
        raise ValidationError(
            _("Chưa ghép cột bắt buộc: %(names)s."), params={"names": ", ".join(missing or [columns[0].heading])}
        )
    return mapped


def _read(sheet: Sheet, job: Job) -> Reading:
    return reading_of(sheet, _mapped(sheet, columns_of(REGISTERS[sheet.register])), job)


def _staged(sheet: Sheet, reading: Reading) -> tuple[Staging, dict[str, Any]]:
    """Fill the staging table with the good rows and tell what was found."""
    register = REGISTERS[sheet.register]
    staging = Staging(register.model, [column.field for _place, column in _mapped(sheet, columns_of(register))])
    staging.fill(
        reading.text,
        {
            "owner_unit_id": sheet.owner_unit_id,
            "entered_by_id": sheet.brought_by_id,
            "entered_at": now(),
            **_same(register, staging),
        },
    )
    return staging, _judged(sheet, register, staging, reading)


def _same(register: type[Register], staging: Staging) -> dict[str, Any]:
    """Initial states, and the defaults of fields that the file has no column for."""
    house = ("owner_unit", "entered_by", "entered_at")
    left = [
        f
        for f in register.model._meta.concrete_fields
        if f not in staging.fields and not f.primary_key and f.name not in house
    ]
    return {
        f.column: f.get_db_prep_save(f.get_default() if f.has_default() else "", connection)
        for f in left
        if f.has_default() or not f.null
    }


def _judged(sheet: Sheet, register: type[Register], staging: Staging, reading: Reading) -> dict[str, Any]:
    key = (
        register.model._meta.get_field(register.model.known_by)
        if register.model.known_by in {f.name for f in register.model._meta.fields}
        else None
    )
    if key is not None and key in staging.fields and not key.is_relation:
        staging.known(key)
    place_of = sheet.of_mapping()
    at = place_of.get(register.model.known_by, min(place_of.values(), default=0))
    refused = [
        *((line, _("hồ sơ đã xác nhận nên không ghi đè; trả lại hồ sơ trước")) for line in staging.confirmed()),
        *((line, _("hồ sơ của đơn vị khác")) for line in staging.outside(sheet.owner_unit_id)),
        *staging.refused(),
    ]
    errors = [*reading.errors, *([line, at, words] for line, words in refused)]
    staging.without(line for line, _words in refused)
    changed, same, shown = staging.changes(MOST_CHANGES)
    bad = len({line for line, _place, _words in errors})
    whole = reading.whole
    return {
        "rows": whole,
        "bad": bad,
        "new": whole - bad - changed - same,
        "changed": changed,
        "same": same,
        "errors": sorted(errors)[:MOST_ERRORS],
        "changes": [[line, pk, both] for line, pk, both in shown],
    }
