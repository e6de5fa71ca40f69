"""The life of an event, a contest, an entry, a support and a PII value."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from cancu.core.people import Role
from cancu.core.states import Move, State, States

HEADS = {Role.UNIT_HEAD, Role.DIRECTOR, Role.DEPUTY}


def _without_evidence(value: Any) -> Any:
    return None if value.evidence.strip() else _("Chưa ghi tài liệu minh chứng.")


class EventStates(States):
    planned = State(_("Đã lên kế hoạch"))
    held = State(_("Đã tổ chức"), locks=True, tone="ok")
    cancelled = State(_("Hủy"), locks=True, tone="bad")
    hold = Move(planned, held, _("Ghi nhận đã tổ chức"), needs=("held_on",))
    cancel = Move(planned, cancelled, _("Hủy"), by=HEADS, needs=("reason",))


class ContestStates(States):
    drafted = State(_("Soạn thể lệ"))
    launched = State(_("Đã phát động"), tone="warn")
    screening = State(_("Sơ khảo"), tone="warn")
    final = State(_("Chung khảo"), tone="warn")
    awarded = State(_("Đã trao giải"), locks=True, tone="ok")
    launch = Move(drafted, launched, _("Phát động"), by=HEADS, needs=("launched_on",))
    screen = Move(launched, screening, _("Sơ khảo"))
    finish = Move(screening, final, _("Chung khảo"))
    award = Move(final, awarded, _("Trao giải"), by=HEADS, needs=("awarded_on",))


class EntryStates(States):
    received = State(_("Đã nhận"))
    valid = State(_("Hợp lệ"), tone="ok")
    refused = State(_("Không hợp lệ"), locks=True, tone="bad")
    accept = Move(received, valid, _("Xác nhận hợp lệ"))
    refuse = Move(received, refused, _("Loại"), needs=("reason",))


class SupportStates(States):
    proposed = State(_("Đề nghị"))
    decided = State(_("Đã quyết định hỗ trợ"), tone="warn")
    accepted = State(_("Đã nghiệm thu"), locks=True, tone="ok")
    refused = State(_("Không hỗ trợ"), locks=True, tone="bad")
    decide = Move(proposed, decided, _("Quyết định hỗ trợ"), by=HEADS, not_by_enterer=True, needs=("decided_on",))
    refuse = Move(proposed, refused, _("Không hỗ trợ"), by=HEADS, needs=("reason",))
    accept = Move(decided, accepted, _("Nghiệm thu"), by=HEADS)


class ValueStates(States):
    unassigned = State(_("Chưa giao"))
    assigned = State(_("Đã giao"))
    submitted = State(_("Đã nộp"), tone="warn")
    verified = State(_("Đã thẩm tra"), tone="ok")
    sent = State(_("Đã gửi"), locks=True, tone="ok")
    assign = Move(unassigned, assigned, _("Giao cơ quan cung cấp"), by=HEADS, needs=("provider",))
    submit = Move(assigned, submitted, _("Nộp số liệu"), needs=("submitted_on",), guard=_without_evidence)
    return_ = Move(submitted, assigned, _("Trả lại"), by=HEADS, needs=("reason",))
    verify = Move(submitted, verified, _("Thẩm tra"), by=HEADS, not_by_enterer=True)
    send = Move(verified, sent, _("Gửi cơ quan chủ trì"), by=HEADS)
