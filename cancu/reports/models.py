"""Tables of reports: the report, its sections, and what was frozen when a section was confirmed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cancu.core.calendar import now
from cancu.core.dated import Dated, in_order, never_overlapping
from cancu.core.people import User
from cancu.core.record import recorded
from cancu.core.states import StateField
from cancu.core.units import Unit
from cancu.documents.models import Document
from cancu.indicators import Window

from .states import ReportStates, SectionStates


class Letterhead(Dated):
    """What the department prints above and below its documents, as long as it is so named."""

    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name=_("cơ quan"), help_text=_("Cơ quan ban hành.")
    )
    parent = models.CharField(_("cơ quan chủ quản"), max_length=120, help_text=_("In hoa, ví dụ UBND TỈNH QUẢNG TRỊ."))
    issuer = models.CharField(_("cơ quan ban hành"), max_length=120, help_text=_("In hoa, tên đầy đủ."))
    place = models.CharField(_("địa danh"), max_length=60, help_text=_("Địa danh ghi trước ngày tháng."))
    symbol = models.CharField(_("ký hiệu cơ quan"), max_length=20, help_text=_("Ví dụ SKHCN."))

    class Meta(Dated.Meta):
        verbose_name = _("tiêu đề văn bản")
        verbose_name_plural = _("tiêu đề văn bản")
        constraints = [*Dated.Meta.constraints, never_overlapping("unit", name="reports_letterhead_one_a_day")]

    def __str__(self) -> str:
        return self.issuer


@recorded
class Report(models.Model):
    """One report for one window. Issued, it is never recomputed; a correction is a report that points to it."""

    kind = models.CharField(_("loại báo cáo"), max_length=30, help_text=_("Tên dàn bài, ví dụ annual."))
    title = models.CharField(_("trích yếu"), max_length=500, help_text=_("Trích yếu nội dung in dưới tên loại."))
    window_name = models.CharField(_("tên kỳ"), max_length=20, help_text=_("year_to_date, nd09, quarter…"))
    window_start = models.DateField(_("số liệu từ ngày"), help_text=_("Ngày đầu của kỳ số liệu."))
    window_end = models.DateField(_("đến hết ngày"), help_text=_("Ngày chốt số liệu."))
    answers = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="answered_by_reports",
        verbose_name=_("trả lời văn bản"),
        help_text=_("Văn bản yêu cầu báo cáo."),
    )
    corrects = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="errata",
        verbose_name=_("đính chính báo cáo"),
        help_text=_("Báo cáo đã ban hành được đính chính."),
    )
    rolled_from = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("chép từ báo cáo"),
        help_text=_("Báo cáo kỳ trước mà lời văn được chép sang."),
    )
    owner_unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        related_name="+",
        verbose_name=_("đơn vị tổng hợp"),
        help_text=_("Đơn vị nhận các mục và trình ký."),
    )
    entered_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("người lập"), help_text=_("Người mở báo cáo.")
    )
    entered_at = models.DateTimeField(_("lúc lập"), default=now, help_text=_("Thời điểm mở báo cáo."))
    state = StateField(ReportStates)
    signer = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("người ký"),
        help_text=_("Lãnh đạo ký báo cáo."),
    )
    number = models.PositiveIntegerField(
        _("số"), null=True, blank=True, help_text=_("Số cấp khi ban hành, từ dãy số không khuyết.")
    )
    symbol = models.CharField(_("ký hiệu"), max_length=30, blank=True, help_text=_("Ví dụ BC-SKHCN."))
    issued_on = models.DateField(_("ngày ban hành"), null=True, blank=True, help_text=_("Ngày ghi trên báo cáo."))

    class Meta:
        verbose_name = _("báo cáo")
        verbose_name_plural = _("báo cáo")
        ordering = ["-window_end", "-pk"]
        constraints = [
            in_order("window_start", "window_end", "reports_report_window_in_order"),
            models.CheckConstraint(
                condition=models.Q(state="issued", number__isnull=False, issued_on__isnull=False)
                | (~models.Q(state="issued") & models.Q(number__isnull=True)),
                name="reports_report_number_iff_issued",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def window(self) -> Window:
        """The stretch of time all its figures speak of."""
        return Window(self.window_name, self.window_start, self.window_end)

    @property
    def code(self) -> str:
        """Số, ký hiệu: “215/BC-SKHCN”; empty before it is issued."""
        return f"{self.number:02d}/{self.symbol}" if self.number else ""


@recorded
class Section(models.Model):
    """One section of one report: a unit's text, in Markdown with live nodes."""

    report = models.ForeignKey(
        Report, models.CASCADE, related_name="sections", verbose_name=_("báo cáo"), help_text=_("Báo cáo chứa mục này.")
    )
    order = models.PositiveSmallIntegerField(_("thứ tự"), help_text=_("Thứ tự trong báo cáo."))
    code = models.CharField(_("mã mục"), max_length=20, help_text=_("Ví dụ I.6."))
    number = models.CharField(_("số mục"), max_length=10, help_text=_("Số in trước đề mục, ví dụ 6."))
    heading = models.CharField(_("đề mục"), max_length=400, help_text=_("Đề mục in trong báo cáo."))
    level = models.PositiveSmallIntegerField(_("cấp đề mục"), default=2, help_text=_("1 là I., 2 là 1."))
    owner_unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        related_name="+",
        verbose_name=_("đơn vị soạn"),
        help_text=_("Đơn vị chịu trách nhiệm về mục."),
    )
    entered_by = models.ForeignKey(
        User,
        models.PROTECT,
        related_name="+",
        verbose_name=_("người soạn"),
        help_text=_("Người soạn sau cùng; không được tự duyệt."),
    )
    body = models.TextField(_("nội dung"), blank=True, help_text=_("Văn bản có số liệu và viện dẫn sống."))
    version = models.PositiveIntegerField(
        _("lần sửa"), default=1, help_text=_("Tăng mỗi lần lưu, để hai người không ghi đè nhau.")
    )
    state = StateField(SectionStates)
    confirmed_at = models.DateTimeField(_("lúc duyệt"), null=True, blank=True, help_text=_("Thời điểm đơn vị duyệt."))

    class Meta:
        verbose_name = _("mục báo cáo")
        verbose_name_plural = _("mục báo cáo")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["report", "code"], name="reports_section_code_once")]

    def __str__(self) -> str:
        return f"{self.code}. {self.heading}"


class Comment(models.Model):
    """What one person asks or tells another about a section, or about one live word of it; open until someone closes it."""

    section = models.ForeignKey(
        Section, models.CASCADE, related_name="comments", verbose_name=_("mục"), help_text=_("Mục được trao đổi.")
    )
    reference = models.CharField(
        _("về chữ"),
        max_length=450,
        blank=True,
        help_text=_("Tham chiếu của số liệu, viện dẫn; trống nếu nói về cả mục."),
    )
    author = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("người viết"), help_text=_("Người trao đổi.")
    )
    text = models.TextField(_("ý kiến"), help_text=_("Điều cần hỏi hoặc cần sửa."))
    at = models.DateTimeField(_("lúc"), default=now, help_text=_("Thời điểm viết."))
    closed_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("người khép lại"),
        help_text=_("Người thấy việc đã xong."),
    )
    closed_at = models.DateTimeField(_("lúc khép lại"), null=True, blank=True, help_text=_("Thời điểm khép lại."))

    class Meta:
        verbose_name = _("ý kiến trao đổi")
        verbose_name_plural = _("ý kiến trao đổi")
        ordering = ["closed_at", "at"]

    def __str__(self) -> str:
        return self.text


class FrozenNode(models.Model):
    """One node as it was when its section was confirmed: what was shown, and what it was worth."""

    section = models.ForeignKey(
        Section, models.CASCADE, related_name="frozen", verbose_name=_("mục"), help_text=_("Mục chứa số liệu.")
    )
    order = models.PositiveSmallIntegerField(_("thứ tự"), help_text=_("Thứ tự trong mục."))
    reference = models.CharField(_("tham chiếu"), max_length=450, help_text=_("Đích của liên kết."))
    shown = models.CharField(_("chữ hiện"), max_length=2000, help_text=_("Chữ trong câu lúc duyệt."))
    code = models.CharField(
        _("mã chỉ tiêu"), max_length=100, blank=True, db_index=True, help_text=_("Trống nếu là viện dẫn.")
    )
    value = models.DecimalField(
        _("giá trị"),
        max_digits=24,
        decimal_places=6,
        null=True,
        blank=True,
        help_text=_("Giá trị chính xác; trống là chưa có số liệu."),
    )
    unit = models.CharField(_("đơn vị tính"), max_length=60, blank=True, help_text=_("Đơn vị tính."))
    window_start = models.DateField(_("từ ngày"), null=True, blank=True, help_text=_("Ngày đầu của kỳ."))
    window_end = models.DateField(_("đến ngày"), null=True, blank=True, help_text=_("Ngày chốt."))
    rule = models.CharField(_("quy tắc"), max_length=40, blank=True, help_text=_("Quy tắc chọn hồ sơ đã dùng."))
    part = models.DecimalField(
        _("tử số"), max_digits=24, decimal_places=6, null=True, blank=True, help_text=_("Chỉ với tỷ lệ.")
    )
    whole = models.DecimalField(
        _("mẫu số"), max_digits=24, decimal_places=6, null=True, blank=True, help_text=_("Chỉ với tỷ lệ.")
    )
    kept_for = models.ForeignKey(
        "Comment",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("giữ vì"),
        help_text=_("Ý kiến nêu lý do giữ số đã duyệt dù căn cứ đã đổi."),
    )
    kept_against = models.CharField(
        _("giữ trước thay đổi"),
        max_length=64,
        blank=True,
        help_text=_("Mã băm của thay đổi đã được xem; thay đổi khác lại thành lỗi."),
    )

    class Meta:
        verbose_name = _("số liệu đã chốt")
        verbose_name_plural = _("số liệu đã chốt")
        ordering = ["section", "order"]

    def __str__(self) -> str:
        return f"{self.shown} ({self.reference})"


class EvidenceRow(models.Model):
    """One row behind one frozen node: its name and its facts as they were then."""

    node = models.ForeignKey(
        FrozenNode,
        models.CASCADE,
        related_name="rows",
        verbose_name=_("số liệu"),
        help_text=_("Số liệu dựa vào dòng này."),
    )
    side = models.CharField(_("vế"), max_length=5, default="rows", help_text=_("rows, part hoặc whole."))
    table = models.CharField(_("sổ"), max_length=60, help_text=_("Tên bảng của hồ sơ."))
    record = models.BigIntegerField(_("hồ sơ"), help_text=_("Khóa của hồ sơ."))
    label = models.CharField(_("tên khi chốt"), max_length=500, help_text=_("Tên hồ sơ lúc duyệt."))
    facts = models.JSONField(_("dữ kiện"), default=dict, help_text=_("Các trường mà số liệu dựa vào, lúc duyệt."))

    class Meta:
        verbose_name = _("dòng căn cứ")
        verbose_name_plural = _("dòng căn cứ")
        indexes = [models.Index(fields=["table", "record"], name="reports_evidence_record")]

    def __str__(self) -> str:
        return self.label


class IssuedFile(models.Model):
    """The very bytes that were issued, in one format; never written again."""

    report = models.ForeignKey(
        Report, models.PROTECT, related_name="files", verbose_name=_("báo cáo"), help_text=_("Báo cáo đã ban hành.")
    )
    name = models.CharField(_("tên tệp"), max_length=120, help_text=_("Ví dụ bao-cao-2024.docx."))
    content = models.BinaryField(_("nội dung"), help_text=_("Nội dung tệp."))
    sha256 = models.CharField(_("mã băm"), max_length=64, help_text=_("SHA-256 của nội dung."))

    class Meta:
        verbose_name = _("tệp đã ban hành")
        verbose_name_plural = _("tệp đã ban hành")
        constraints = [models.UniqueConstraint(fields=["report", "name"], name="reports_issuedfile_once")]

    def __str__(self) -> str:
        return self.name
