"""One spreadsheet on its way into a register: its cells as they came, what was mended, what a try found, what was written."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from cancu.core.calendar import now
from cancu.core.people import User
from cancu.core.sheets.cells import Cells, unpack
from cancu.core.units import Unit


class SheetState(models.TextChoices):
    MAPPED = "mapped", _("Chọn cột")
    TRIED = "tried", _("Đã chạy thử")
    WRITTEN = "written", _("Đã ghi")
    UNDONE = "undone", _("Đã hủy ghi")


class Sheet(models.Model):
    """A file (or pasted cells) for one register. Rows are counted from 0 in ``cells``; ``first`` is the first row of data."""

    register = models.CharField(
        _("sổ"), max_length=80, db_index=True, help_text=_("Mã của sổ, ví dụ radiation.licence.")
    )
    name = models.CharField(_("tên tệp"), max_length=200, help_text=_("Tên tệp, hoặc “dán từ Excel”."))
    owner_unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        related_name="+",
        verbose_name=_("ghi cho đơn vị"),
        help_text=_("Đơn vị quản lý các dòng được ghi."),
    )
    brought_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("người nhập"), help_text=_("Người đưa tệp vào.")
    )
    brought_at = models.DateTimeField(_("lúc nhập"), default=now, help_text=_("Thời điểm đưa tệp vào."))
    packed = models.BinaryField(_("các ô"), help_text=_("Các ô của tệp, nén."))
    turned = models.JSONField(
        _("chữ phông cũ"),
        default=dict,
        blank=True,
        help_text=_("Bảng mã phông cũ và số ô đã chuyển sang Unicode khi đưa tệp vào."),
    )
    reading = models.BinaryField(
        _("các dòng đã đọc"),
        default=b"",
        blank=True,
        help_text=_("Các dòng đọc được ở lần chạy thử, để ghi mà không đọc lại."),
    )
    first = models.PositiveIntegerField(
        _("dòng dữ liệu đầu"), default=0, help_text=_("Dòng đầu tiên có dữ liệu, tính từ 0.")
    )
    headings = models.JSONField(_("tiêu đề cột"), default=list, help_text=_("Tiêu đề các cột trong tệp."))
    mapping = models.JSONField(_("ghép cột"), default=dict, help_text=_("Vị trí cột trong tệp → trường của sổ."))
    mended = models.JSONField(
        _("ô đã sửa"), default=dict, help_text=_("Dòng → cột → chữ mới, do người dùng sửa trên lưới.")
    )
    state = models.CharField(
        _("tình trạng"),
        max_length=8,
        choices=SheetState.choices,
        default=SheetState.MAPPED,
        help_text=_("Chọn cột, chạy thử, đã ghi, đã hủy."),
    )
    found = models.JSONField(
        _("kết quả chạy thử"), default=dict, help_text=_("Số dòng mới, đổi, như cũ, lỗi; lỗi từng ô; các chỗ đổi.")
    )
    written = models.JSONField(
        _("đã ghi"), default=dict, help_text=_("Khóa các dòng đã thêm; giá trị cũ của các dòng đã đổi.")
    )
    ended_at = models.DateTimeField(_("lúc ghi"), null=True, blank=True, help_text=_("Thời điểm ghi vào sổ."))

    class Meta:
        verbose_name = _("lần nhập Excel")
        verbose_name_plural = _("các lần nhập Excel")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def cells(self) -> Cells:
        """The cells as they came, mended ones in their place."""
        if "_cells" not in self.__dict__:
            self._cells: Cells = unpack(self.packed)
            for row, changes in self.mended.items():
                line = self._cells[int(row)]
                for column, words in changes.items():
                    line.extend([None] * (int(column) + 1 - len(line)))
                    line[int(column)] = words
        return self._cells

    def of_mapping(self) -> dict[str, int]:
        """Field → place in the file."""
        return {str(name): int(place) for place, name in self.mapping.items()}

    def forget_cells(self) -> None:
        self.__dict__.pop("_cells", None)

    @property
    def old_font(self) -> str:
        """The old encoding that its cells came in, as people call it; empty for Unicode."""
        return {"tcvn3": "TCVN3 (.VnTime)", "vni": "VNI"}.get(self.turned.get("encoding", ""), "")

    @property
    def errors(self) -> list[list[Any]]:
        """[row, place of the column, words] of every cell that was refused."""
        return list(self.found.get("errors", []))
