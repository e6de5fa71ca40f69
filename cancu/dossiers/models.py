"""Administrative procedures with their dated versions, dossiers and feedback (NĐ 61/2018, NĐ 118/2025)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cancu.core.calendar import now, today
from cancu.core.codes import CodeField
from cancu.core.dated import Dated, in_order, never_overlapping
from cancu.core.parties import Party
from cancu.core.record import Record, RecordQuerySet, recorded
from cancu.core.states import StateField
from cancu.documents.models import Document

from .clock import RULE, due_on, verdict
from .states import OVER, DossierStates


@recorded
class Procedure(Record):
    """Thủ tục hành chính; nội dung của nó đổi theo từng phiên bản có ngày hiệu lực."""

    known_by = "code"

    code = models.CharField(
        _("mã thủ tục"), max_length=40, unique=True, help_text=_("Mã quốc gia, hoặc mã nội bộ nếu chưa tra được.")
    )
    name = models.CharField(_("tên thủ tục"), max_length=400, help_text=_("Tên theo quyết định công bố."))
    field = CodeField("dossiers.field", verbose_name=_("lĩnh vực"), help_text=_("Lĩnh vực của thủ tục."))

    class Meta(Record.Meta):
        verbose_name = _("thủ tục hành chính")
        verbose_name_plural = _("thủ tục hành chính")

    def __str__(self) -> str:
        return self.name


class VersionQuerySet(RecordQuerySet):
    def published(self) -> Self:
        """Đã công khai nội dung trên Cổng."""
        return self.filter(published_on__isnull=False)

    def shortened(self) -> Self:
        """Thời gian giải quyết được cắt giảm so với quy định."""
        return self.filter(shortened_to__isnull=False)


class TimeUnit(models.TextChoices):
    WORKDAY = "workday", _("ngày làm việc")
    DAY = "day", _("ngày")
    MONTH = "month", _("tháng")


@recorded
class ProcedureVersion(Record, Dated):
    """Một phiên bản của thủ tục: thời hạn, mức độ trực tuyến, cắt giảm, trong một khoảng thời gian."""

    known_by = "code"
    label_related = ("procedure",)

    code = models.CharField(
        _("mã phiên bản"), max_length=50, unique=True, help_text=_("Mã thủ tục và năm của phiên bản.")
    )
    procedure = models.ForeignKey(
        Procedure,
        models.PROTECT,
        related_name="versions",
        verbose_name=_("thủ tục"),
        help_text=_("Thủ tục có phiên bản này."),
    )
    amount = models.PositiveSmallIntegerField(
        _("thời hạn theo luật"), null=True, blank=True, help_text=_("Để trống khi luật không quy định.")
    )
    unit = models.CharField(
        _("đơn vị thời hạn"),
        max_length=10,
        choices=TimeUnit.choices,
        default=TimeUnit.WORKDAY,
        help_text=_("Ngày làm việc, ngày hoặc tháng."),
    )
    online = CodeField(
        "dossiers.online_level",
        verbose_name=_("mức độ trực tuyến"),
        help_text=_("Toàn trình, một phần hoặc chỉ cung cấp thông tin."),
    )
    published_on = models.DateField(
        _("ngày công khai"), null=True, blank=True, help_text=_("Ngày công khai trên Cổng.")
    )
    shortened_to = models.PositiveSmallIntegerField(
        _("cắt giảm còn"), null=True, blank=True, help_text=_("Thời hạn sau cắt giảm, cùng đơn vị.")
    )
    shortened_from_on = models.DateField(
        _("cắt giảm từ ngày"), null=True, blank=True, help_text=_("Ngày bắt đầu áp dụng thời hạn cắt giảm.")
    )
    shortened_by = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("quyết định cắt giảm"),
        help_text=_("Quyết định phê duyệt."),
    )
    source = models.CharField(_("nguồn"), max_length=200, blank=True, help_text=_("Nơi lấy thời hạn."))
    verified = models.BooleanField(
        _("đã đối chiếu"), default=False, help_text=_("Đã đối chiếu với quyết định công bố.")
    )

    objects = VersionQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("phiên bản thủ tục")
        verbose_name_plural = _("phiên bản thủ tục")
        constraints = [
            *Record.Meta.constraints,
            in_order("valid_from", "valid_until", "dossiers_version_valid_in_order"),
            never_overlapping("procedure", name="dossiers_version_one_a_day"),
            models.CheckConstraint(
                condition=Q(shortened_to__isnull=True)
                | Q(amount__isnull=False, shortened_to__lt=models.F("amount"), shortened_from_on__isnull=False),
                name="dossiers_version_cut_is_shorter",
                violation_error_message=_("Thời hạn cắt giảm phải ngắn hơn thời hạn theo luật và có ngày áp dụng."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.procedure)

    def term(self, day: dt.date) -> int | None:
        """The time promised on ``day``: the cut where it holds, else the statutory time; None where there is none."""
        cut = self.shortened_to is not None and self.shortened_from_on is not None and self.shortened_from_on <= day
        return self.shortened_to if cut else self.amount


class Verdict(models.TextChoices):
    EARLY = "early", _("Trước hạn")
    ON_TIME = "on_time", _("Đúng hạn")
    LATE = "late", _("Quá hạn")


CODE = RegexValidator(
    r"^\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}-\d{6}-\d{4}$",
    _("Mã hồ sơ gồm mã cơ quan, ngày nhận (năm, tháng, ngày) và số trong ngày: 000.00.14.H50-241105-0003."),
)


class DossierQuerySet(RecordQuerySet):
    def finished(self) -> Self:
        """Đã xử lý xong hoặc đã trả kết quả; hồ sơ rút, dừng, từ chối không tính."""
        return self.filter(state__in=("solved", "returned"))

    def open(self) -> Self:
        """Đã tiếp nhận; hồ sơ mới đăng ký, không được tiếp nhận không tính. Kết thúc hay chưa là do ngày xong."""
        return self.exclude(state__in=("new", "refused"))

    def misjudged(self) -> list[Dossier]:
        """The dossiers whose verdict kept no longer equals the one computed now (a holiday announced since, a pause
        entered late): to be judged again, knowingly."""
        rows = self.finished().select_related("version").prefetch_related("pauses")
        return [row for row in rows.iterator(chunk_size=2000) if row.verdict != row.judged()]


@recorded
class Dossier(Record):
    """Hồ sơ một cửa: một lần giải quyết thủ tục cho một tổ chức, cá nhân."""

    known_by = "code"
    label_related = ("version__procedure",)
    personal_fields = ("applicant",)

    code = models.CharField(
        _("mã hồ sơ"),
        max_length=40,
        unique=True,
        validators=[CODE],
        help_text=_("Theo Điều 19 Thông tư 01/2018/TT-VPCP: mã cơ quan, ngày, số trong ngày."),
    )
    version = models.ForeignKey(
        ProcedureVersion,
        models.PROTECT,
        related_name="dossiers",
        verbose_name=_("thủ tục"),
        help_text=_("Phiên bản thủ tục có hiệu lực khi nhận."),
    )
    applicant = models.ForeignKey(
        Party, models.PROTECT, related_name="+", verbose_name=_("người nộp"), help_text=_("Tổ chức, cá nhân nộp hồ sơ.")
    )
    channel = CodeField(
        "dossiers.channel", verbose_name=_("kênh nộp"), help_text=_("Trực tiếp, trực tuyến, bưu chính.")
    )
    received_on = models.DateField(_("ngày nhận"), db_index=True, help_text=_("Ngày tiếp nhận hồ sơ hợp lệ."))
    finished_on = models.DateField(
        _("ngày xong"), null=True, blank=True, db_index=True, help_text=_("Ngày có kết quả, hoặc ngày rút hồ sơ.")
    )
    returned_on = models.DateField(_("ngày trả"), null=True, blank=True, help_text=_("Ngày trả kết quả."))
    extension = models.PositiveSmallIntegerField(
        _("gia hạn (ngày làm việc)"), default=0, help_text=_("Số ngày làm việc được gia hạn, có thư xin lỗi.")
    )
    verdict = models.CharField(
        _("đúng hạn"),
        max_length=8,
        choices=Verdict.choices,
        blank=True,
        help_text=_("Ghi một lần khi xong, tính từ ngày hẹn; để trống khi luật không quy định thời hạn."),
    )
    verdict_rule = models.CharField(
        _("quy tắc tính hạn"),
        max_length=20,
        blank=True,
        editable=False,
        help_text=_("Phiên bản quy tắc đã dùng khi kết luận đúng hạn."),
    )
    state = StateField(DossierStates)

    objects = DossierQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("hồ sơ một cửa")
        verbose_name_plural = _("hồ sơ một cửa")
        constraints = [
            *Record.Meta.constraints,
            in_order("received_on", "finished_on", "dossiers_dossier_finished_after_received"),
            in_order("finished_on", "returned_on", "dossiers_dossier_returned_after_finished"),
            models.CheckConstraint(
                condition=Q(state__in=OVER, finished_on__isnull=False)
                | (~Q(state__in=OVER) & Q(finished_on__isnull=True)),
                name="dossiers_dossier_over_has_day",
                violation_error_message=_("Hồ sơ đã xong hoặc đã rút thì có ngày xong; hồ sơ còn mở thì không."),
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | Q(returned_on__isnull=False), name="dossiers_dossier_returned_has_day"
            ),
            models.CheckConstraint(
                condition=Q(verdict="") | ~Q(verdict_rule=""), name="dossiers_dossier_verdict_names_rule"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The end of a dossier gets its day, and its verdict is written: shares are counted over years of dossiers,
        and a due date needs the calendar, so SQL could not compare it row by row."""
        changed = self._settle()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], *changed}
        super().save(*args, **kwargs)

    def _settle(self) -> set[str]:
        if self.state in OVER and self.finished_on is None:
            self.finished_on = today()
        if self.state == "returned" and self.returned_on is None:
            self.returned_on = max(today(), self.finished_on)
        self.verdict = self.judged() if self.state in ("solved", "returned") else ""
        self.verdict_rule = RULE if self.verdict else ""
        return {"finished_on", "returned_on", "verdict", "verdict_rule"}

    def clean(self) -> None:
        """A dossier is settled under the version of the procedure that held when it was received."""
        super().clean()
        version = self.version if self.version_id else None
        if (
            version
            and self.received_on
            and (
                self.received_on < version.valid_from
                or (version.valid_until and self.received_on > version.valid_until)
            )
        ):
            raise ValidationError({"version": _("Phiên bản thủ tục này không có hiệu lực vào ngày nhận hồ sơ.")})

    def log(self, reason: str) -> None:
        """Write the state just reached in the log sent to the portal; waiting for papers, payment or a decision
        stops the clock from today, and any other state starts it again."""
        StateEntry.objects.create(dossier=self, state=self.state, at=now())
        day = today()
        waiting = self.pauses.filter(last_on=None).first()
        if self.state in ("supplement", "payment", "stopped"):
            if waiting is None:
                Pause.objects.create(
                    dossier=self, first_on=day, reason=reason or str(DossierStates.all[self.state].label)
                )
        elif waiting is not None and waiting.first_on == day:
            waiting.delete()
        elif waiting is not None:
            waiting.last_on = day - dt.timedelta(days=1)
            waiting.save()

    @property
    def due_on(self) -> dt.date | None:
        """Ngày hẹn trả, tính từ ngày nhận, tạm dừng, gia hạn và lịch làm việc; None khi luật không quy định thời hạn."""
        term = self.version.term(self.received_on)
        if term is None:
            return None
        pauses = [(p.first_on, p.last_on) for p in self.pauses.all() if p.last_on] if self.pk else []
        return due_on(self.received_on, term, self.version.unit, pauses, self.extension)  # type: ignore[arg-type]

    @classmethod
    def open_deadlines(cls) -> Iterator[tuple[Dossier, dt.date]]:
        """Hồ sơ chưa xong và ngày hẹn trả, để lịch ngày nghỉ tính lại."""
        rows = cls.objects.open().filter(finished_on__isnull=True).select_related("version").prefetch_related("pauses")
        yield from ((row, row.due_on) for row in rows if row.due_on)

    def judged(self) -> str:
        """The verdict computed now from the clock; empty before the end or without a term."""
        due = self.due_on if self.finished_on else None
        return verdict(self.finished_on, due) if self.finished_on and due else ""


class Pause(models.Model):
    """Khoảng chờ bổ sung giấy tờ hoặc nộp phí; đồng hồ dừng trong các ngày này."""

    dossier = models.ForeignKey(
        Dossier, models.CASCADE, related_name="pauses", verbose_name=_("hồ sơ"), help_text=_("Hồ sơ tạm dừng.")
    )
    first_on = models.DateField(_("từ ngày"), help_text=_("Ngày đầu tiên chờ."))
    last_on = models.DateField(_("đến hết ngày"), null=True, blank=True, help_text=_("Để trống khi còn chờ."))
    reason = models.CharField(_("lý do"), max_length=250, help_text=_("Chờ gì."))

    class Meta:
        verbose_name = _("tạm dừng")
        verbose_name_plural = _("tạm dừng")
        constraints = [
            in_order("first_on", "last_on", "dossiers_pause_in_order"),
            never_overlapping("dossier", name="dossiers_pause_once_a_day", start="first_on", end="last_on"),
        ]

    def __str__(self) -> str:
        return self.reason


class StateEntry(models.Model):
    """Nhật ký trạng thái gửi lên Cổng dịch vụ công quốc gia, theo mười trạng thái của Cổng."""

    dossier = models.ForeignKey(
        Dossier, models.CASCADE, related_name="entries", verbose_name=_("hồ sơ"), help_text=_("Hồ sơ.")
    )
    state = models.CharField(
        _("trạng thái"), max_length=30, choices=DossierStates.choices(), help_text=_("Trạng thái từ lúc này.")
    )
    at = models.DateTimeField(_("lúc"), help_text=_("Thời điểm đổi trạng thái."))

    class Meta:
        verbose_name = _("nhật ký trạng thái")
        verbose_name_plural = _("nhật ký trạng thái")
        ordering = ["at"]

    def __str__(self) -> str:
        return self.get_state_display()

    @property
    def portal_code(self) -> int:
        """Số của trạng thái trên Cổng, từ 1 (mới đăng ký) đến 10 (đã trả kết quả)."""
        return list(DossierStates.all).index(self.state) + 1


@recorded
class Feedback(Record):
    """Phản ánh, kiến nghị về quy định hành chính, hành vi hành chính."""

    known_by = "code"

    code = models.CharField(_("mã"), max_length=30, unique=True, help_text=_("Mã phản ánh, kiến nghị."))
    received_on = models.DateField(_("ngày nhận"), help_text=_("Ngày tiếp nhận."))
    about = CodeField("dossiers.feedback_about", verbose_name=_("về"), help_text=_("Quy định hay hành vi hành chính."))
    content = models.TextField(_("nội dung"), help_text=_("Nội dung phản ánh."))
    answered_on = models.DateField(_("ngày trả lời"), null=True, blank=True, help_text=_("Ngày trả lời."))

    class Meta(Record.Meta):
        verbose_name = _("phản ánh, kiến nghị")
        verbose_name_plural = _("phản ánh, kiến nghị")
        constraints = [
            *Record.Meta.constraints,
            in_order("received_on", "answered_on", "dossiers_feedback_answered_after"),
        ]

    def __str__(self) -> str:
        return self.code
