"""N8–N10: đơn vị, kỳ của số liệu và so với báo cáo kỳ trước."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from vanban.checks.figures import key_of, value_of
from vanban.checks.rule import ALL, Finding, Subject, rule
from vanban.quantities import Quantity
from vanban.reading import Reading, analyse
from vanban.translation import _

_BARE_MONEY = re.compile(r"\d\s?(?:triệu|tỷ|tỉ|nghìn tỷ)$")
_DATA_DAY = re.compile(r"(?i)(?:tính|lấy|chốt|số liệu)[^.;\n]{0,30}?(?:đến|tại|vào)(?: hết)?(?: ngày)? \d{1,2}/\d{1,2}")
_LARGEST = Decimal(10) ** 18  # đồng: more than a country's income for years


@rule("N8", "warning", ALL)
def whole_units(subject: Subject) -> Iterator[Finding]:
    """Số tiền ghi đủ đơn vị (“20 triệu đồng”, không “20 triệu”) và có độ lớn có thể có. Căn cứ: NĐ 09/2019/NĐ-CP (đơn vị tính)."""
    for quantity in subject.reading.quantities:
        if quantity.kind == "money" and _BARE_MONEY.search(quantity.text):
            yield subject.on(
                "N8",
                quantity.start,
                quantity.end,
                _("“{words}” thiếu đơn vị tiền.").format(words=quantity.text),
                _("Viết “{words} đồng”.").format(words=quantity.text),
            )
        elif quantity.kind == "money" and (value_of(quantity) or 0) > _LARGEST:
            yield subject.on(
                "N8",
                quantity.start,
                quantity.end,
                _("“{words}” lớn bất thường.").format(words=quantity.text),
                _("Kiểm tra đơn vị."),
            )


@rule("N9", "info", ALL)
def data_day(subject: Subject) -> Iterator[Finding]:
    """Số liệu tính “đến nay” phải nói rõ đến ngày nào: nêu ngày chốt số liệu một lần trong văn bản. Căn cứ: NĐ 09/2019/NĐ-CP, Điều 12
    (thời gian chốt số liệu)."""
    if _DATA_DAY.search(subject.text):
        return
    for quantity in subject.reading.quantities:
        period = quantity.period
        if period and re.match(r"(?i)(?:tính )?(?:cho )?đến nay|hiện nay", period.text):
            yield subject.on(
                "N9",
                period.start,
                period.end,
                _("“{words}” không nói số liệu chốt ngày nào.").format(words=period.text),
                _("Thêm “(tính đến ngày …)”."),
            )
            return


@rule("N10", "error", ALL)
def not_less_than_before(subject: Subject) -> Iterator[Finding]:
    """Số lũy kế từ đầu năm của kỳ này không thể nhỏ hơn số cùng việc ở kỳ trước trong năm (9 tháng so với 6 tháng). Chỉ xét khi có báo
    cáo kỳ trước (`--previous TỆP`), hai báo cáo cùng năm, và việc được đếm viết như nhau. Căn cứ: NĐ 09/2019/NĐ-CP."""
    day = subject.reading.document_date
    if not subject.beside.previous or day is None:
        return
    earlier = _read_once(subject.beside.previous)
    if earlier.document_date is None or not _same_year_earlier(earlier.document_date, day):
        return
    before = {key: q for q in earlier.quantities if (key := _kept(q))}
    for quantity in subject.reading.quantities:
        then = before.get(_kept(quantity) or "")
        now, past = value_of(quantity), value_of(then) if then else None
        if then is not None and now is not None and past is not None and now < past:
            yield subject.on(
                "N10",
                quantity.start,
                quantity.end,
                _("“{now}” nhỏ hơn “{then}” của kỳ trước trong cùng năm.").format(now=quantity.text, then=then.text),
                _("So căn cứ hai số; nêu lý do nếu đã điều chỉnh."),
            )


@lru_cache(maxsize=1)
def _read_once(previous: str) -> Reading:
    """The earlier report is the same for every file of a run."""
    return analyse(previous)


def _same_year_earlier(then: dt.date, now: dt.date) -> bool:
    return then.year == now.year and then < now


def _kept(quantity: Quantity) -> str:
    """What is compared between reports: exact counts named by at least three words."""
    key = key_of(quantity.counted)
    exact = quantity.kind == "level" and quantity.operator == "=" and not quantity.upper
    return f"{quantity.unit} {key}" if exact and len(key.split()) >= 3 else ""
