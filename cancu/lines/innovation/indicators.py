"""Figures of innovation and start-ups."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from cancu.indicators import Flow, Indicator, Ratio, Stock, Total

from .models import Contest, Entry, Event, PiiValue, Startup

KEPT_SINCE = date(2021, 1, 1)


class Workshops(Indicator):
    """Số hội thảo khoa học về đổi mới sáng tạo đã tổ chức trong kỳ. Diễn đàn, tập huấn và hội thảo còn ở kế hoạch không tính."""

    label, unit = _("Hội thảo khoa học"), _("hội thảo")
    when = Flow("held_on")
    basis = "3690/KH-UBND"
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Event.objects.filter(state="held", kind="workshop")


class Contests(Indicator):
    """Số cuộc thi khởi nghiệp đổi mới sáng tạo phát động trong kỳ. Cuộc thi còn soạn thể lệ không tính."""

    label, unit = _("Cuộc thi được phát động"), _("cuộc thi")
    when = Flow("launched_on")
    basis = "3690/KH-UBND"
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Contest.objects.exclude(state="drafted")


class ContestsAwarded(Indicator):
    """Số cuộc thi đã trao giải trong kỳ. Cuộc thi đang nhận bài, chấm thi không tính."""

    label, unit = _("Cuộc thi đã trao giải"), _("cuộc thi")
    when = Flow("awarded_on")
    basis = "3690/KH-UBND"
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Contest.objects.filter(state="awarded")


class ContestsOpen(Indicator):
    """Số cuộc thi đã phát động mà chưa trao giải vào ngày chốt số liệu. Cuộc thi còn soạn thể lệ không tính."""

    label, unit = _("Cuộc thi đang diễn ra"), _("cuộc thi")
    when = Stock("launched_on", "awarded_on")
    basis = "3690/KH-UBND"
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Contest.objects.exclude(state="drafted")


class Events(Indicator):
    """Số sự kiện đổi mới sáng tạo đã tổ chức trong kỳ, mọi loại. Sự kiện còn ở kế hoạch hoặc bị hủy không tính."""

    label, unit = _("Sự kiện đổi mới sáng tạo"), _("sự kiện")
    when = Flow("held_on")
    splits = ("kind",)
    basis = "3690/KH-UBND"
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Event.objects.filter(state="held")


class Forums(Indicator):
    """Số diễn đàn về đổi mới sáng tạo đã tổ chức trong kỳ. Hội thảo, tập huấn không tính."""

    label, unit = _("Diễn đàn"), _("diễn đàn")
    when = Flow("held_on")
    basis = "3690/KH-UBND"
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Event.objects.filter(state="held", kind="forum")


class Trainings(Indicator):
    """Số lớp tập huấn khởi nghiệp đã tổ chức trong kỳ. Lớp chuyển giao tiến bộ kỹ thuật nông nghiệp không tính."""

    label, unit = _("Lớp tập huấn khởi nghiệp"), _("lớp")
    when = Flow("held_on")
    basis = "3690/KH-UBND"
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Event.objects.filter(state="held", kind="training")


class People(Indicator):
    """Tổng lượt người dự các sự kiện đã tổ chức trong kỳ, theo danh sách. Người dự trực tuyến không ghi danh sách không tính."""

    label, unit = _("Lượt người dự sự kiện"), _("lượt người")
    when = Flow("held_on")
    count = Total("people")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Event.objects.filter(state="held")


class EventCosts(Indicator):
    """Tổng kinh phí các sự kiện đã tổ chức trong kỳ, tính bằng triệu đồng. Tiền thưởng cuộc thi không tính."""

    label, unit = _("Kinh phí tổ chức sự kiện"), _("triệu đồng")
    when = Flow("held_on")
    count = Total("cost", per=1_000_000)
    kept_since = KEPT_SINCE
    decimals = 1

    def rows(self) -> Any:
        return Event.objects.filter(state="held")


class Entries(Indicator):
    """Số bài dự thi hợp lệ nhận trong kỳ. Bài chưa xét hoặc không hợp lệ không tính."""

    label, unit = _("Bài dự thi hợp lệ"), _("bài")
    when = Flow("received_on")
    splits = ("field", "contest")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Entry.objects.filter(state="valid")


class EntriesReceived(Indicator):
    """Số bài dự thi nhận trong kỳ, kể cả bài không hợp lệ. Bài gửi sau hạn không vào sổ nên không tính."""

    label, unit = _("Bài dự thi đã nhận"), _("bài")
    when = Flow("received_on")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Entry.objects.all()


class EntriesAwarded(Indicator):
    """Số bài nhận trong kỳ đạt giải. Bài không đạt giải không tính."""

    label, unit = _("Bài dự thi đạt giải"), _("bài")
    when = Flow("received_on")
    splits = ("award",)
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Entry.objects.exclude(award="")


class EntriesValidShare(Ratio):
    """Tỷ lệ bài hợp lệ trên số bài nhận trong kỳ. Kỳ không nhận bài nào thì không có tỷ lệ."""

    label = _("Tỷ lệ bài dự thi hợp lệ")
    part, whole = Entries, EntriesReceived
    decimals = 1


class StartupsSupported(Indicator):
    """Số dự án khởi nghiệp được quyết định hỗ trợ trong kỳ. Đề nghị chưa quyết định hoặc bị từ chối không tính."""

    label, unit = _("Dự án khởi nghiệp được hỗ trợ"), _("dự án")
    when = Flow("decided_on")
    splits = ("stage",)
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Startup.objects.filter(state__in=("decided", "accepted"))


class SupportMoney(Indicator):
    """Tổng kinh phí hỗ trợ dự án khởi nghiệp theo quyết định trong kỳ, tính bằng triệu đồng. Tiền thưởng cuộc thi không tính."""

    label, unit = _("Kinh phí hỗ trợ khởi nghiệp"), _("triệu đồng")
    when = Flow("decided_on")
    count = Total("money", per=1_000_000)
    kept_since = KEPT_SINCE
    decimals = 1

    def rows(self) -> Any:
        return Startup.objects.filter(state__in=("decided", "accepted"))


class PiiSubmitted(Indicator):
    """Số giá trị PII đã nộp kèm minh chứng trong kỳ, theo ngày nộp. Giá trị chưa có minh chứng không tính."""

    label, unit = _("Chỉ số PII đã nộp đủ minh chứng"), _("chỉ số")
    when = Flow("submitted_on")
    splits = ("pillar", "year")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return PiiValue.objects.evidenced()


class PiiSent(Indicator):
    """Số giá trị PII nộp trong kỳ đã gửi cơ quan chủ trì. Giá trị đang thẩm tra không tính."""

    label, unit = _("Chỉ số PII đã gửi"), _("chỉ số")
    when = Flow("submitted_on")
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return PiiValue.objects.evidenced().filter(state="sent")


class PiiSentShare(Ratio):
    """Tỷ lệ giá trị PII đã gửi trên số đã nộp đủ minh chứng trong kỳ. Chưa nộp giá trị nào thì không có tỷ lệ."""

    label = _("Tỷ lệ chỉ số PII đã gửi")
    part, whole = PiiSent, PiiSubmitted
    decimals = 1
