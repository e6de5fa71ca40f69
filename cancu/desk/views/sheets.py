"""Excel at the desk: bring a file or pasted cells, join columns, see the try, mend cells, write, undo; take a list out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cancu.core.calendar import today
from cancu.core.jobs import ask
from cancu.core.line import LINES, REGISTERS, Register
from cancu.core.reading import Reading
from cancu.core.sheets import export
from cancu.core.sheets.columns import columns_of, day_of, tidy
from cancu.core.sheets.models import Sheet, SheetState
from cancu.core.sheets.run import bring, undo
from cancu.core.sheets.workbook import MOST_COLUMNS, cells_of, pasted
from cancu.core.units import Unit, department_name
from cancu.desk.asked import number_asked
from cancu.desk.forms import home_unit, work_units
from cancu.desk.lists import Listing
from cancu.desk.views.registers import register_or_404

LARGEST = 30 * 1024 * 1024
ROWS_A_PAGE = 50
BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def start(request: HttpRequest, folder: str, model: str) -> HttpResponse:
    """Where a file is dropped or cells are pasted, with the sheets brought before."""
    register = register_or_404(folder, model)
    units = work_units(request.user)
    if not units:
        raise PermissionDenied(_("Bạn không giữ vai trò nhập hồ sơ ở đơn vị nào."))
    context = {
        "register": register,
        "line": LINES.get(folder),
        "units": units,
        "unit": home_unit(register, request.user),
        "columns": columns_of(register),
        "before": Sheet.objects.filter(register=register.code, owner_unit__in=units)
        .select_related("brought_by")
        .defer("packed", "reading", "found", "written")[:20],
    }
    if request.method == "POST":
        try:
            return redirect("sheet", pk=_brought(request, register, units).pk)
        except ValidationError as error:
            context["refused"], context["typed"] = " ".join(error.messages), request.POST.get("cells", "")
            return render(request, "desk/sheet_start.html", context, status=422)
    return render(request, "desk/sheet_start.html", context)


def _brought(request: HttpRequest, register: type[Register], units: dict[int, str]) -> Sheet:
    unit = Unit.objects.filter(pk__in=units, pk=request.POST.get("unit") or 0).first()
    if unit is None:
        raise ValidationError(_("Hãy chọn đơn vị quản lý các dòng được nhập."))
    file = request.FILES.get("file")
    if file is None:
        words = request.POST.get("cells", "")
        if not words.strip():
            raise ValidationError(_("Hãy chọn một tệp Excel, hoặc dán các ô vào khung."))
        return bring(register, _("dán từ Excel"), pasted(words), request.user, unit)
    if file.size > LARGEST:
        raise ValidationError(_("Tệp lớn hơn 30 MB. Hãy chia thành nhiều tệp."))
    return bring(register, file.name, cells_of(file.read(), file.name), request.user, unit)


def own(request: HttpRequest, pk: int) -> tuple[Sheet, type[Register]]:
    """A sheet of a unit where the person works; 404 for everybody else."""
    sheet = get_object_or_404(Sheet.objects.select_related("brought_by", "owner_unit").defer("reading"), pk=pk)
    if sheet.owner_unit_id not in work_units(request.user):
        raise Http404
    return sheet, REGISTERS[sheet.register]


def brought_by(request: HttpRequest, pk: int) -> tuple[Sheet, type[Register]]:
    """A sheet that the person brought: who brings it is who enters its rows, so nobody else decides what they say."""
    sheet, register = own(request, pk)
    if sheet.brought_by_id != request.user.pk:
        raise PermissionDenied(
            _("Chỉ người đưa tệp vào được ghép cột, sửa ô và ghi; người khác có thể đưa tệp ấy vào lần nữa.")
        )
    return sheet, register


def one(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet at its step: joining columns, what the try found, what was written."""
    sheet, register = own(request, pk)
    columns = columns_of(register)
    context = {
        "sheet": sheet,
        "register": register,
        "line": LINES.get(register.folder),
        "columns": columns,
        "joined": _joined(sheet, columns),
    }
    if sheet.found:
        page = number_asked(request.GET.get("trang"))
        context |= {
            "grid": _grid(sheet, page),
            "page": page,
            "changes": _changes(sheet, columns),
            "more": len({e[0] for e in sheet.errors}) > (page + 1) * ROWS_A_PAGE,
        }
    return render(request, "desk/sheet.html", context)


def _joined(sheet: Sheet, columns: list[Any]) -> list[dict[str, Any]]:
    """Each column of the file: its heading, first values, the field it goes to."""
    sample = sheet.cells[sheet.first : sheet.first + 3]
    headings = list(sheet.headings) or [""] * max((len(r) for r in sample), default=0)
    return [
        {
            "place": n,
            "heading": words or _("(cột %(n)d)") % {"n": n + 1},
            "field": sheet.mapping.get(str(n), ""),
            "sample": ", ".join(filter(None, (tidy(row[n]) if n < len(row) else "" for row in sample))),
        }
        for n, words in enumerate(headings)
    ]


def _grid(sheet: Sheet, page: int) -> list[dict[str, Any]]:
    """Rows that were refused, with every cell and why."""
    why: dict[int, dict[int, str]] = {}
    for line, place, words in sheet.errors:
        why.setdefault(line, {})[place] = words
    lines = sorted(why)[page * ROWS_A_PAGE : (page + 1) * ROWS_A_PAGE]
    days = {
        sheet.of_mapping().get(f.name)
        for f in REGISTERS[sheet.register].model._meta.fields
        if isinstance(f, models.DateField)
    }
    places = sorted(sheet.of_mapping().values())
    return [
        {
            "line": line,
            "number": line + 1,
            "cells": [
                {"place": p, "words": _shown(sheet.cells[line], p, p in days), "why": why[line].get(p, "")}
                for p in places
            ],
        }
        for line in lines
    ]


def _shown(row: list[Any], place: int, is_day: bool) -> str:
    """A cell as the person knows it: Excel's number of a day as that day."""
    cell = row[place] if place < len(row) else None
    if is_day and isinstance(cell, int | float):
        try:
            return f"{day_of(cell):%d/%m/%Y}"
        except ValidationError:
            return tidy(cell)
    return tidy(cell)


def _changes(sheet: Sheet, columns: list[Any]) -> list[dict[str, Any]]:
    words = {c.name: c.heading for c in columns}
    return [
        {
            "number": line + 1,
            "pk": pk,
            "fields": [(words.get(name, name), old or "—", new or "—") for name, (old, new) in both.items()],
        }
        for line, pk, both in sheet.found.get("changes", [])
    ]


@require_POST
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep which column goes to which field, and try the rows."""
    sheet, register = brought_by(request, pk)
    known = {c.name for c in columns_of(register)}
    places = {name: name.removeprefix("cot_") for name in request.POST if name.startswith("cot_")}
    mapping = {
        place: request.POST[name]
        for name, place in places.items()
        if place.isdecimal() and int(place) < MOST_COLUMNS and request.POST[name] in known
    }
    if len(set(mapping.values())) != len(mapping):
        messages.error(request, _("Hai cột của tệp đang ghép vào cùng một trường; mỗi trường chỉ nhận một cột."))
        return redirect("sheet", pk=pk)
    Sheet.objects.filter(pk=pk, state__in=(SheetState.MAPPED, SheetState.TRIED)).update(mapping=mapping)
    return _try(request, sheet)


@require_POST
def mend(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the cells mended on the grid, and try again."""
    sheet, _register = brought_by(request, pk)
    mended = dict(sheet.mended)
    for name, words in request.POST.items():
        _prefix, _dash, rest = name.partition("o_")
        line, _dash, place = rest.partition("_")
        if (
            name.startswith("o_")
            and line.isdecimal()
            and place.isdecimal()
            and int(line) < len(sheet.cells)
            and int(place) < MOST_COLUMNS
        ):
            mended.setdefault(line, {})[place] = words
    Sheet.objects.filter(pk=pk, state__in=(SheetState.MAPPED, SheetState.TRIED)).update(mended=mended)
    return _try(request, sheet)


def _try(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    job = ask("sheets.try", request.user, _("Chạy thử %(name)s") % {"name": sheet.name}, sheet=sheet.pk)
    return redirect("job", pk=job.pk)


@require_POST
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write all good rows; refused ones stay out, as the person was told on the page."""
    sheet, _register = brought_by(request, pk)
    job = ask(
        "sheets.write",
        request.user,
        _("Ghi %(n)d dòng từ %(name)s")
        % {"n": sheet.found.get("new", 0) + sheet.found.get("changed", 0), "name": sheet.name},
        sheet=sheet.pk,
    )
    return redirect("job", pk=job.pk)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    sheet, _register = own(request, pk)
    try:
        messages.success(
            request, _("Đã hủy lần nhập: %(n)d dòng trở lại như trước.") % {"n": undo(sheet, request.user)}
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("sheet", pk=pk)


def marked(request: HttpRequest, pk: int) -> HttpResponse:
    """The refused rows as a workbook with the bad cells in red."""
    sheet, _register = own(request, pk)
    return FileResponse(export.marked(sheet), as_attachment=True, filename=f"can-sua-{pk}.xlsx", content_type=BOOK)


def taken_out(request: HttpRequest, folder: str, model: str, kind: str) -> HttpResponse:
    """The list as the reader filtered it, of what the reader may see: .xlsx, .csv, or the prescribed form."""
    register = register_or_404(folder, model)
    listing = Listing(register, request.user, request.GET)
    found = listing.whole()
    fields = export.form_of(register) if kind == "mau.xlsx" else export.fields_of(register)
    if fields is None:
        raise Http404
    name = f"{model}-{today():%Y%m%d}"
    too_long = kind != "csv" and found.order_by()[: export.LARGEST_BOOK + 1].count() > export.LARGEST_BOOK
    if not too_long:
        _log_reading(request, register, found)
    if kind == "csv":
        answer = StreamingHttpResponse(export.as_csv(found, fields), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return answer
    if too_long:
        messages.error(
            request,
            _("Danh sách dài quá %(n)s dòng cho một tệp Excel. Hãy lọc bớt, hoặc tải tệp .csv.")
            % {"n": f"{export.LARGEST_BOOK:,}".replace(",", ".")},
        )
        return redirect("register", folder=folder, model=model)
    title, under = _title(register, kind)
    return FileResponse(
        export.as_xlsx(found, fields, title, under, department_name()),
        as_attachment=True,
        filename=f"{name}.xlsx",
        content_type=BOOK,
    )


def _log_reading(request: HttpRequest, register: type[Register], found: Any) -> None:
    """Keep that each record with personal data was taken out, and by whom."""
    if register.model.personal_fields:
        table = register.model._meta.label_lower
        Reading.objects.bulk_create(
            (
                Reading(reader=request.user, table=table, record=pk)
                for pk in found.values_list("pk", flat=True).iterator(chunk_size=2000)
            ),
            batch_size=2000,
        )


def _title(register: type[Register], kind: str) -> tuple[str, list[str]]:
    from cancu.core.sheets.columns import SHEETS

    if kind == "mau.xlsx":
        return str(SHEETS[register].title), [_("Căn cứ: %(basis)s") % {"basis": SHEETS[register].basis}]
    return capfirst(str(register.model._meta.verbose_name_plural)), []
