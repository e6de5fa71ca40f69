"""The form by which a report is opened: kind, window, data date, the document it answers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cancu.core.calendar import today
from cancu.core.people import User
from cancu.desk.forms import DayField
from cancu.documents.models import Document
from cancu.indicators import Window
from cancu.indicators.windows import nd09, quarter, year, year_to_date
from cancu.reports.compose import outline
from cancu.reports.models import Report

WINDOWS = {
    "year_to_date": _("Từ đầu năm đến ngày chốt"),
    "year": _("Cả năm"),
    "quarter": _("Quý chứa ngày chốt"),
    "nd09": _("Năm báo cáo theo Nghị định 09/2019 (15/12–14/12)"),
}
ANSWERS_OFFERED = 50


class NewReport(forms.Form):
    """Checked: a data date not in the future, and no second report of one kind for one window."""

    kind = forms.ChoiceField(label=_("Loại báo cáo"))
    window_name = forms.ChoiceField(label=_("Kỳ số liệu"), choices=WINDOWS.items())
    until = DayField(label=_("Ngày chốt số liệu"))
    answers = forms.ModelChoiceField(
        Document.objects.none(), label=_("Trả lời văn bản"), required=False, empty_label=_("không có")
    )

    def __init__(self, *given: Any, kinds: list[str], source: Report | None, user: User, **more: Any) -> None:
        more.setdefault("label_suffix", "")
        super().__init__(*given, **more)
        self.source = source
        self.fields["kind"].choices = [
            (
                k,
                outline(k).get("label")
                or f"{outline(k)['kind'].capitalize()} {outline(k)['title'].format(year='…', next_year='…')}",
            )
            for k in kinds
        ]
        asking = (
            Document.objects.seen_by(user)
            .filter(direction="incoming")
            .select_related(*Document.label_related)
            .order_by("-issued_on", "-pk")
        )
        self.fields["answers"].queryset = asking
        self.fields["answers"].choices = [
            ("", _("không có")),
            *((d.pk, f"{d.canonical} · {d.title[:90]}") for d in asking[:ANSWERS_OFFERED]),
        ]
        self.fields["kind"].initial = source.kind if source else kinds[0]
        self.fields["window_name"].initial = source.window_name if source else "year_to_date"
        self.fields["until"].initial = _year_after(source.window_end) if source else today()
        for field in self.fields.values():
            field.widget.attrs["class"] = "field"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.source is not None and given.get("kind") != self.source.kind:
            self.add_error("kind", _("Báo cáo chép sang phải cùng loại với báo cáo cũ."))
        if not given.get("until") or not given.get("window_name"):
            return given
        window = self.window()
        if self.source is not None and window.end <= self.source.window_end:
            self.add_error(
                "until",
                ValidationError(
                    _("Ngày chốt phải sau ngày chốt của báo cáo cũ (%(day)s)."),
                    params={"day": f"{self.source.window_end:%d/%m/%Y}"},
                ),
            )
        twin = Report.objects.filter(
            kind=given.get("kind", ""), window_start=window.start, window_end=window.end, corrects=None
        ).first()
        if twin is not None:
            self.add_error(
                "until",
                ValidationError(
                    _("Đã có báo cáo loại này cho kỳ %(window)s: “%(title)s”."),
                    params={"window": window, "title": twin.title},
                ),
            )
        return given

    def window(self) -> Window:
        """The stretch of time that the report will speak of."""
        day: dt.date = self.cleaned_data["until"]
        match self.cleaned_data["window_name"]:
            case "year":
                return year(day.year)
            case "quarter":
                return quarter(day.year, (day.month + 2) // 3)
            case "nd09":
                return nd09(day.year if (day.month, day.day) <= (12, 14) else day.year + 1)
        return year_to_date(day)


def _year_after(day: dt.date) -> dt.date:
    return day.replace(year=day.year + 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 1)
