"""A live figure: ``figure:CODE?say=exact|over|about|words&per=1000000&window=previous``.

``say=over`` writes “trên N” and is legal only when the exact value is above N. ``per`` divides (đồng → triệu đồng).
``window=previous`` speaks of the same days of the year before; ``window=at_date`` of the data date alone.
"""

from __future__ import annotations

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from cancu.indicators import Figure, Window, compute, indicators
from cancu.indicators.declaration import INDICATORS
from cancu.indicators.numerals import parse_number, say_number
from cancu.indicators.windows import at_date

from ..body import split_reference
from .context import Context, Ground, Problem

_NUMBER = re.compile(r"\d[\d.]*(?:,\d+)?")


def resolve(references: list[str], context: Context) -> dict[str, Ground]:
    wanted = {
        r: (code, _window(options, context.window)) for r in references for _k, code, options in [split_reference(r)]
    }
    known = {code for code, _w in wanted.values() if code in INDICATORS}
    windows = {window for _c, window in wanted.values()}
    figures = compute(
        [INDICATORS[c] for c in sorted(known)], sorted(windows, key=lambda w: w.start), confirmed=context.confirmed
    )
    return {
        r: Ground(figures[code, window]) if code in known else Ground(None, missing=code)
        for r, (code, window) in wanted.items()
    }


def _window(options: dict[str, str], window: Window) -> Window:
    match options.get("window"):
        case "previous":
            return window.previous()
        case "at_date":
            return at_date(window.end)
    return window


def amount(reference: str, figure: Figure) -> Decimal | None:
    """The value in the unit that the sentence speaks in (``per``)."""
    per = int(split_reference(reference)[2].get("per", "1"))
    return None if figure.value is None else Decimal(figure.value) / per


def say(reference: str, shown: str, ground: Ground) -> str:
    if ground.thing is None:
        return shown
    value = amount(reference, ground.thing)
    if value is None:
        return _("chưa có số liệu")
    match split_reference(reference)[2].get("say", "exact"):
        case "over":
            return _("trên %(n)s") % {"n": say_number(_shown_floor(shown, value))}
        case "about":
            return _("khoảng %(n)s") % {"n": say_number(_number_in(shown) or value)}
        case "words":
            from vanban.numerals import to_words

            return to_words(int(value))
    return say_number(value, ground.thing.indicator.decimals)


def _number_in(shown: str) -> Decimal | None:
    match = _NUMBER.search(shown)
    return parse_number(match.group(0)) if match else None


def _shown_floor(shown: str, value: Decimal) -> Decimal:
    """The N of “trên N”: the author's own while it is legal, else the round number below the value."""
    typed = _number_in(shown)
    if typed is not None and typed < value:
        return typed
    step = Decimal(10) if value > 20 else Decimal(1)
    floor = (value // step) * step
    return floor if floor < value else floor - step


def problems(reference: str, shown: str, ground: Ground) -> list[Problem]:
    _kind, code, options = split_reference(reference)
    if ground.thing is None:
        return [Problem("B1", "error", _("Không có chỉ tiêu nào mang mã “%(code)s”.") % {"code": code}, _cure(code))]
    figure: Figure = ground.thing
    if figure.value is None:
        return [_nothing(figure)]
    typed = _number_in(shown)
    if options.get("say") == "over" and typed is not None and typed >= (amount(reference, figure) or 0):
        message = _("“%(shown)s” không đúng: số chính xác là %(exact)s.") % {
            "shown": shown,
            "exact": say_number(figure.value),
        }
        return [Problem("B3", "error", message, _("“Trên N” chỉ hợp lệ khi số chính xác lớn hơn N."))]
    return []


def _nothing(figure: Figure) -> Problem:
    name = str(figure.indicator.label)
    if figure.whole is not None and figure.whole.value == 0:
        message = _("“%(name)s” không tính được: mẫu số bằng 0.") % {"name": name}
        return Problem("B4", "error", message, _("Bỏ câu này, hoặc nêu rõ trong kỳ không phát sinh."))
    if figure.whole is None and not figure.indicator.kept(figure.window):
        message = _("“%(name)s” không có số liệu trước %(day)s: sổ chưa được lập.") % {
            "name": name,
            "day": figure.indicator.kept_since.strftime("%d/%m/%Y"),
        }
        return Problem("B5", "error", message, _("Chọn kỳ từ ngày lập sổ, hoặc bỏ số liệu này."))
    return Problem(
        "B5", "error", _("“%(name)s” chưa có số liệu trong kỳ.") % {"name": name}, _("Nhập hồ sơ, hoặc bỏ số liệu này.")
    )


def _cure(code: str) -> str:
    import difflib

    near = difflib.get_close_matches(code, [i.code for i in indicators()], n=3, cutoff=0.5)
    return _("Mã gần giống: %(codes)s.") % {"codes": ", ".join(near)} if near else _("Tra từ điển chỉ tiêu.")


def href(reference: str) -> str:
    return f"/chi-tieu/{split_reference(reference)[1]}/"
