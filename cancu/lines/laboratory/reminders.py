"""What the laboratory must not miss: standards, cards of verifiers, results promised, verifications that end."""

from typing import Any

from django.db.models import Exists, OuterRef

from cancu.core.people import Role
from cancu.core.reminders import Reminder

from .models import Request, Standard, Verification, VerifierCard

STAFF = {Role.LABORATORY, Role.UNIT_HEAD}


class StandardCalibration(Reminder):
    """Thiết bị chuẩn hết hạn hiệu chuẩn."""

    model, date, days, to = Standard, "calibrated_until", (60, 30, 7), STAFF
    while_state = ("in_use", "paused")


class CardExpires(Reminder):
    """Thẻ kiểm định viên hết hạn."""

    model, date, days, to = VerifierCard, "expires_on", (60, 30), STAFF

    def rows(self) -> Any:
        newer = VerifierCard.objects.filter(
            holder=OuterRef("holder"), field=OuterRef("field"), expires_on__gt=OuterRef("expires_on")
        )
        return VerifierCard.objects.filter(~Exists(newer))


class ResultPromised(Reminder):
    """Yêu cầu đo, thử nghiệm đến hạn trả kết quả."""

    model, date, days, to = Request, "due_on", (1, -1), STAFF

    def rows(self) -> Any:
        return Request.objects.filter(returned_on__isnull=True)


class VerificationEnds(Reminder):
    """Kiểm định phương tiện đo hết hiệu lực, chưa kiểm định lại."""

    model, date, days, to = Verification, "valid_until", (30,), STAFF
    while_state = ("approved", "returned")

    def rows(self) -> Any:
        again = Verification.objects.filter(
            instrument=OuterRef("instrument"), performed_on__gt=OuterRef("performed_on")
        )
        return Verification.objects.filter(~Exists(again))
