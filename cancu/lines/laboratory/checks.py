"""What must hold between the figures of the laboratory."""

from django.utils.translation import gettext_lazy as _

from cancu.indicators import AtMost, Check

from .indicators import (
    Calibrated,
    Failed,
    Instruments,
    InstrumentsChemistry,
    InstrumentsDistinct,
    InstrumentsElectricity,
    InstrumentsLength,
    InstrumentsMass,
    InstrumentsPressure,
    InstrumentsTemperature,
    InstrumentsTime,
    InstrumentsVolume,
    Passed,
    Tests,
    TestsFailed,
    Verified,
    VerifiedAfterRepair,
    VerifiedInitially,
    VerifiedPeriodically,
)

acts_by_field: Check = Check(
    Instruments
    == InstrumentsLength
    + InstrumentsMass
    + InstrumentsVolume
    + InstrumentsPressure
    + InstrumentsTemperature
    + InstrumentsChemistry
    + InstrumentsElectricity
    + InstrumentsTime,
    say=_("Tổng số phương tiện đo phải bằng tổng tám lĩnh vực đo."),
)
acts_by_kind: Check = Check(
    Instruments == Verified + Calibrated, say=_("Tổng số phương tiện đo phải bằng kiểm định cộng hiệu chuẩn.")
)
verified_by_mode: Check = Check(
    Verified == VerifiedInitially + VerifiedPeriodically + VerifiedAfterRepair,
    say=_("Số lượt kiểm định phải bằng tổng ba chế độ: ban đầu, định kỳ, sau sửa chữa."),
)
acts_by_result: Check = Check(
    Instruments == Passed + Failed, say=_("Tổng số phương tiện đo phải bằng đạt cộng không đạt.")
)
distinct_within_acts: Check = AtMost(
    InstrumentsDistinct,
    Instruments,
    say=_("Số phương tiện khác nhau không thể nhiều hơn số lượt kiểm định, hiệu chuẩn."),
)
failed_within_tests: Check = AtMost(
    TestsFailed, Tests, say=_("Số chỉ tiêu không đạt không thể nhiều hơn số chỉ tiêu đã thử.")
)
