"""Headings that offices give the columns of radiation registers in their own Excel files."""

from cancu.core.sheets.columns import SheetForm

from .registers import Devices, Licences


class LicenceSheet(SheetForm):
    register = Licences
    headings = {
        "number": ("Số GP", "Giấy phép số", "Số giấy phép tiến hành công việc bức xạ"),
        "facility": ("Tên cơ sở", "Cơ sở bức xạ", "Đơn vị được cấp"),
        "issued_on": ("Ngày ký", "Ngày cấp phép"),
        "expires_on": ("Ngày hết hạn", "Thời hạn", "Có giá trị đến"),
        "activity": ("Công việc", "Nội dung cấp phép"),
        "kind": ("Hình thức cấp",),
        "fee": ("Phí thẩm định",),
    }


class DeviceSheet(SheetForm):
    register = Devices
    headings = {
        "serial": ("Số seri máy", "Số máy", "Serial"),
        "facility": ("Tên cơ sở",),
        "kind": ("Tên thiết bị", "Loại máy"),
        "model_name": ("Model",),
        "maker": ("Hãng sản xuất", "Nước sản xuất"),
    }
