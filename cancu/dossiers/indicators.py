"""Figures of the one-stop office."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from cancu.indicators import Distinct, Flow, Indicator, Overlap, Ratio, Stock

from . import models
from .models import Dossier, ProcedureVersion

KEPT_SINCE = date(2019, 1, 1)
BASIS = "61/2018/NĐ-CP"


class _Catalogue(Indicator, abstract=True):
    """Base of the counts over the catalogue of procedures valid on the data date."""

    unit = _("TTHC")
    when = Stock("valid_from", "valid_until")
    count = Distinct("procedure")
    basis = BASIS
    kept_since = KEPT_SINCE


class Procedures(_Catalogue):
    """Số thủ tục hành chính thuộc thẩm quyền giải quyết của Sở, có hiệu lực vào ngày chốt số liệu.
    Thủ tục đã bãi bỏ không tính; một thủ tục có nhiều phiên bản chỉ đếm một."""

    label = _("Thủ tục hành chính thuộc thẩm quyền")
    splits = ("online", "procedure__field")

    def rows(self) -> Any:
        return ProcedureVersion.objects.all()


class ProceduresOnlineFull(_Catalogue):
    """Số thủ tục cung cấp dịch vụ công trực tuyến toàn trình vào ngày chốt số liệu. Mức một phần không tính."""

    label = _("TTHC trực tuyến toàn trình")

    def rows(self) -> Any:
        return ProcedureVersion.objects.filter(online="full")


class ProceduresOnlinePartial(_Catalogue):
    """Số thủ tục cung cấp dịch vụ công trực tuyến một phần vào ngày chốt số liệu. Mức toàn trình không tính."""

    label = _("TTHC trực tuyến một phần")

    def rows(self) -> Any:
        return ProcedureVersion.objects.filter(online="partial")


class ProceduresInformationOnly(_Catalogue):
    """Số thủ tục chỉ cung cấp thông tin trực tuyến vào ngày chốt số liệu. Mức toàn trình và một phần không tính."""

    label = _("TTHC chỉ cung cấp thông tin trực tuyến")

    def rows(self) -> Any:
        return ProcedureVersion.objects.filter(online="information")


class ProceduresShortened(_Catalogue):
    """Số thủ tục đang áp dụng thời hạn giải quyết cắt giảm so với quy định, vào ngày chốt số liệu.
    Cắt giảm chưa đến ngày áp dụng không tính."""

    label = _("TTHC được cắt giảm thời gian giải quyết")
    when = Stock("shortened_from_on", "valid_until")

    def rows(self) -> Any:
        return ProcedureVersion.objects.shortened()


class ProceduresPublished(_Catalogue):
    """Số thủ tục đã công khai nội dung trên Cổng vào ngày chốt số liệu. Thủ tục chưa công khai không tính."""

    label = _("TTHC đã công khai")
    when = Stock("published_on", "valid_until")

    def rows(self) -> Any:
        return ProcedureVersion.objects.published()


class ProceduresPublishedShare(Ratio):
    """Tỷ lệ thủ tục đã công khai trên tổng số thủ tục thuộc thẩm quyền, vào ngày chốt số liệu."""

    label = _("Tỷ lệ TTHC được công khai")
    part, whole = ProceduresPublished, Procedures


class Received(Indicator):
    """Số hồ sơ tiếp nhận trong kỳ theo ngày nhận. Hồ sơ mới đăng ký, bị từ chối tiếp nhận không tính."""

    label, unit = _("Hồ sơ tiếp nhận"), _("hồ sơ")
    when = Flow("received_on")
    splits = ("channel", "version__procedure__field")
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Dossier.objects.exclude(state__in=("new", "refused"))


class ReceivedOnline(Received):
    """Số hồ sơ tiếp nhận qua cổng trực tuyến trong kỳ. Hồ sơ nộp trực tiếp, qua bưu chính không tính."""

    label, unit = _("Hồ sơ tiếp nhận trực tuyến"), _("hồ sơ")
    splits = ("version__procedure__field",)

    def rows(self) -> Any:
        return super().rows().filter(channel="online")


class ReceivedOnlineShare(Ratio):
    """Tỷ lệ hồ sơ nộp trực tuyến trên tổng số hồ sơ tiếp nhận trong kỳ."""

    label = _("Tỷ lệ hồ sơ nộp trực tuyến")
    part, whole = ReceivedOnline, Received
    decimals = 1


class Finished(Indicator):
    """Số hồ sơ giải quyết xong trong kỳ theo ngày có kết quả. Hồ sơ rút, dừng, từ chối không tính."""

    label, unit = _("Hồ sơ đã giải quyết"), _("hồ sơ")
    when = Flow("finished_on")
    splits = ("verdict", "channel", "version__procedure__field")
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Dossier.objects.finished()


class SettledEarly(Finished):
    """Số hồ sơ giải quyết xong trước ngày hẹn trả. Xong đúng ngày hẹn không tính là trước hạn."""

    label, unit = _("Hồ sơ giải quyết trước hạn"), _("hồ sơ")
    splits = ("channel",)

    def rows(self) -> Any:
        return super().rows().filter(verdict="early")


class SettledLate(Finished):
    """Số hồ sơ giải quyết xong sau ngày hẹn trả trong kỳ. Hồ sơ đang xử lý mà quá hạn chưa tính ở đây."""

    label, unit = _("Hồ sơ giải quyết quá hạn"), _("hồ sơ")
    splits = ("channel",)

    def rows(self) -> Any:
        return super().rows().filter(verdict="late")


class SettledEarlyShare(Ratio):
    """Tỷ lệ hồ sơ giải quyết trước hạn trên số hồ sơ đã giải quyết trong kỳ; chặt hơn “trước và đúng hạn”."""

    label = _("Tỷ lệ hồ sơ giải quyết trước hạn")
    part, whole = SettledEarly, Finished


class CarriedIn(Indicator):
    """Số hồ sơ kỳ trước chuyển sang: nhận trước ngày đầu kỳ, đến ngày ấy chưa xong và chưa rút.
    Hồ sơ không được tiếp nhận không tính."""

    label, unit = _("Hồ sơ kỳ trước chuyển sang"), _("hồ sơ")
    when = Overlap("received_on", "finished_on", begun="before")
    splits = ("channel", "version__procedure__field")
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Dossier.objects.open()


class Withdrawn(Indicator):
    """Số hồ sơ tổ chức, cá nhân rút trong kỳ theo ngày rút. Hồ sơ dừng xử lý không tính."""

    label, unit = _("Hồ sơ rút"), _("hồ sơ")
    when = Flow("finished_on")
    splits = ("channel",)
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Dossier.objects.filter(state="withdrawn")


class InProgress(Indicator):
    """Số hồ sơ đã tiếp nhận, chưa xong và chưa rút vào cuối ngày chốt số liệu, kể cả đang chờ bổ sung, chờ nộp phí, dừng xử lý.
    Hồ sơ mới đăng ký, không được tiếp nhận không tính."""

    label, unit = _("Hồ sơ đang giải quyết"), _("hồ sơ")
    when = Stock("received_on", "finished_on", closing=True)
    splits = ("state", "channel", "version__procedure__field")
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return Dossier.objects.open()


class Feedback(Indicator):
    """Số phản ánh, kiến nghị về quy định hành chính, hành vi hành chính thuộc thẩm quyền của Sở nhận trong kỳ.
    Sổ vẫn được giữ khi không phát sinh: 0 là câu trả lời, không phải thiếu số liệu."""

    label, unit = _("Phản ánh, kiến nghị về thủ tục hành chính"), _("phản ánh")
    when = Flow("received_on")
    splits = ("about",)
    basis = BASIS
    kept_since = KEPT_SINCE

    def rows(self) -> Any:
        return models.Feedback.objects.all()
