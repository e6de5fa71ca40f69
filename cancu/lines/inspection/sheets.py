"""Excel of the registers of inspection: the book of receptions and of petitions as their circulars lay them out."""

from django.utils.translation import gettext_lazy as _

from cancu.core.sheets.columns import SheetForm

from .registers import Petitions, Receptions


class ReceptionBook(SheetForm):
    register = Receptions
    headings = {
        "code": ("Số TT", "Số"),
        "matter": ("Nội dung vụ việc", "Nội dung trình bày"),
        "people": ("Số lượt người", "Số công dân"),
        "received_on": ("Ngày tiếp công dân",),
    }
    title = _("Sổ tiếp công dân")
    basis = "Thông tư số 04/2021/TT-TTCP (mẫu sổ chưa đối chiếu văn bản gốc)"
    form = (
        (_("STT"), ""),
        (_("Số trong sổ"), "code"),
        (_("Ngày tiếp"), "received_on"),
        (_("Lãnh đạo tiếp"), "by_leader"),
        (_("Số người"), "people"),
        (_("Đoàn đông người"), "crowd"),
        (_("Nội dung vụ việc"), "matter"),
        (_("Ghi chú"), "note"),
    )


class PetitionBook(SheetForm):
    register = Petitions
    headings = {
        "code": ("Số đơn", "Số"),
        "sender": ("Họ tên người gửi", "Người viết đơn"),
        "matter": ("Tóm tắt nội dung đơn",),
        "received_on": ("Ngày nhận đơn",),
    }
    title = _("Sổ tiếp nhận, xử lý đơn")
    basis = "Thông tư số 05/2021/TT-TTCP (mẫu sổ chưa đối chiếu văn bản gốc)"
    form = (
        (_("STT"), ""),
        (_("Số đơn"), "code"),
        (_("Ngày nhận"), "received_on"),
        (_("Người gửi"), "sender"),
        (_("Loại đơn"), "kind"),
        (_("Nội dung"), "matter"),
        (_("Thuộc thẩm quyền"), "within_authority"),
        (_("Ngày giải quyết"), "settled_on"),
        (_("Ghi chú"), "note"),
    )
