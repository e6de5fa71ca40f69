"""What must hold between the figures of the one-stop office."""

from django.utils.translation import gettext_lazy as _

from cancu.indicators import AtLeast, AtMost, Check, Same
from cancu.indicators.checks import Sum

from .indicators import (
    CarriedIn,
    Finished,
    InProgress,
    Procedures,
    ProceduresInformationOnly,
    ProceduresOnlineFull,
    ProceduresOnlinePartial,
    ProceduresShortened,
    Received,
    SettledEarly,
    SettledLate,
    Withdrawn,
)

levels_add_up: Check = Check(
    Procedures == ProceduresOnlineFull + ProceduresOnlinePartial + ProceduresInformationOnly,
    say=_("Tổng số TTHC phải bằng toàn trình cộng một phần cộng cung cấp thông tin."),
)
shortened_within_all: Check = AtMost(
    ProceduresShortened, Procedures, say=_("TTHC được cắt giảm không thể nhiều hơn tổng số TTHC.")
)
early_and_late_within_finished: Check = AtMost(
    Sum(SettledEarly, SettledLate),
    Finished,
    say=_("Hồ sơ trước hạn và quá hạn không thể nhiều hơn hồ sơ đã giải quyết."),
)
nothing_is_lost: Check = Same(
    Sum(CarriedIn, Received),
    Sum(Finished, Withdrawn, InProgress),
    severity="error",
    say=_("Hồ sơ kỳ trước chuyển sang cộng tiếp nhận phải bằng đã giải quyết cộng rút cộng đang giải quyết."),
)
known_dossiers: Check = AtLeast(
    Received,
    Sum(
        "quality.conformity_dossiers",
        "quality.exemption_dossiers",
        "quality.import_dossiers",
        "radiation.facilities_licensed",
    ),
    say=_("Hồ sơ tiếp nhận phải ít nhất bằng hồ sơ đã biết ở các lĩnh vực bức xạ và tiêu chuẩn đo lường chất lượng."),
    severity="warning",
)
