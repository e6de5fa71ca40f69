"""What must hold between the figures of biotechnology."""

from django.utils.translation import gettext_lazy as _

from cancu.indicators import AtMost, Check

from .indicators import (
    BatchesPassed,
    BatchesTested,
    HouseholdPlaces,
    Households,
    PlacesSupplied,
    TonnesProduced,
    TonnesSupplied,
)

supplied_within_produced: Check = AtMost(
    TonnesSupplied,
    TonnesProduced,
    severity="warning",
    say=_(
        "Chế phẩm cung cấp nhiều hơn sản xuất trong kỳ: “sản xuất và cung cấp” là hai số, phần chênh phải có trong tồn kho kỳ trước."
    ),
)
passed_within_tested: Check = AtMost(
    BatchesPassed, BatchesTested, say=_("Số lô đạt không thể nhiều hơn số lô đã kiểm nghiệm.")
)
places_within_households: Check = AtMost(
    HouseholdPlaces, Households, say=_("Số xã không thể nhiều hơn số hộ nhận chuyển giao.")
)
places_within_recipients: Check = AtMost(
    PlacesSupplied,
    "biotech.recipients",
    severity="warning",
    say=_("Số xã được cấp nhiều hơn số bên nhận: một bên nhận ở nhiều xã cần được tách."),
)
