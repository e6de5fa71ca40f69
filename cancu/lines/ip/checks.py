"""What must hold between the figures of intellectual property."""

from django.utils.translation import gettext_lazy as _

from cancu.indicators import AtMost, Check

from .indicators import (
    CertificationMarks,
    CollectiveMarks,
    GeographicalIndications,
    GeographicalIndicationsNamed,
    LocalTitles,
)

kinds_add_up: Check = Check(
    LocalTitles == GeographicalIndications + CertificationMarks + CollectiveMarks,
    say=_("Văn bằng cho sản phẩm địa phương phải bằng tổng chỉ dẫn địa lý, nhãn hiệu chứng nhận, nhãn hiệu tập thể."),
)
named_within_all: Check = AtMost(
    GeographicalIndicationsNamed,
    GeographicalIndications,
    say=_("Chỉ dẫn địa lý nêu tên không thể nhiều hơn số đang được bảo hộ."),
)
named_are_all: Check = AtMost(
    GeographicalIndications,
    GeographicalIndicationsNamed,
    severity="warning",
    say=_(
        "Có chỉ dẫn địa lý đang được bảo hộ mà câu văn chưa nêu tên: kiểm tra lại danh sách “Quảng Trị” cho hạt tiêu, chè vằng."
    ),
)
