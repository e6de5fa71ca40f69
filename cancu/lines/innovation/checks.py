"""What must hold between the figures of innovation."""

from django.utils.translation import gettext_lazy as _

from cancu.indicators import AtMost, Check

from .indicators import (
    Entries,
    EntriesAwarded,
    EntriesReceived,
    Events,
    Forums,
    PiiSent,
    PiiSubmitted,
    Trainings,
    Workshops,
)

kinds_within_events: Check = AtMost(
    Workshops + Forums + Trainings, Events, say=_("Tổng hội thảo, diễn đàn, tập huấn không thể nhiều hơn số sự kiện.")
)
valid_within_received: Check = AtMost(Entries, EntriesReceived, say=_("Số bài hợp lệ không thể nhiều hơn số bài nhận."))
awarded_within_valid: Check = AtMost(
    EntriesAwarded, Entries, say=_("Số bài đạt giải không thể nhiều hơn số bài hợp lệ.")
)
sent_within_submitted: Check = AtMost(
    PiiSent, PiiSubmitted, say=_("Số giá trị PII đã gửi không thể nhiều hơn số đã nộp đủ minh chứng.")
)
