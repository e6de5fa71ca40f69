"""What must hold between the figures of traceability."""

from django.utils.translation import gettext_lazy as _

from cancu.indicators import AtMost, Check

from .indicators import Connections, Participants, Products

connections_within_products: Check = AtMost(
    Connections, Products, say=_("Số sản phẩm kết nối không thể nhiều hơn số sản phẩm có truy xuất nguồn gốc.")
)
products_for_each_participant: Check = AtMost(
    Participants, Products, say=_("Có đơn vị tham gia mà chưa có sản phẩm nào; kiểm tra sổ."), severity="warning"
)
