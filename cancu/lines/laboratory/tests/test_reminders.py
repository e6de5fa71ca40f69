"""What the laboratory is reminded of, and when it is no longer: a newer card, a verification done again, a result returned."""

from __future__ import annotations

import datetime as dt

import pytest

from cancu.core.reminders import REMINDERS
from cancu.core.tests.rows import make
from cancu.lines.laboratory.models import Instrument, Request, Standard, Verification, VerifierCard

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 11, 15)


def reminded(code: str) -> set[str]:
    reminder = REMINDERS[f"laboratory.{code}"]
    return {str(getattr(row, reminder.model.known_by)) for row in reminder.between(DAY, DAY + dt.timedelta(days=60))}


def act(
    number: str, instrument: Instrument, performed: str, until: str | None, state: str = "approved"
) -> Verification:
    passed = until is not None
    return make(
        Verification,
        number=number,
        instrument=instrument,
        act="verification",
        mode="periodic",
        performed_on=performed,
        passed=passed,
        certificate=f"GCN-{number}" if passed else "",
        valid_until=until,
        state=state,
        owner_unit="TTKT",
    )


def test_a_verification_that_ends_is_said_until_the_instrument_is_measured_again():
    scale, meter, gauge = (make(Instrument, code=code) for code in ("PTD-1", "PTD-2", "PTD-3"))
    act("1", scale, "2023-12-01", "2024-12-01")
    act("2", meter, "2023-12-01", "2024-12-01")
    act("3", meter, "2024-11-10", "2025-11-10")
    act("4", gauge, "2023-12-01", "2024-12-01")
    act("5", gauge, "2024-11-12", None, state="minuted")
    act("6", make(Instrument, code="PTD-4"), "2023-12-01", "2024-12-01", state="revoked")
    assert reminded("verification.valid_until") == {"1"}


def test_a_card_is_said_until_its_holder_has_a_newer_one_of_the_same_field():
    cards = (
        ("T1", "A", "mass", "2020-01-01", "2024-12-20"),
        ("T2", "A", "mass", "2024-12-21", "2029-12-20"),
        ("T3", "A", "length", "2020-01-01", "2024-12-20"),
        ("T4", "B", "mass", "2020-01-01", "2025-06-01"),
    )
    for number, holder, field, issued, until in cards:
        make(VerifierCard, number=number, holder=holder, field=field, issued_on=issued, expires_on=until)
    assert reminded("verifiercard.expires_on") == {"T3"}


@pytest.mark.parametrize(("state", "said"), [("in_use", True), ("paused", True), ("retired", False)])
def test_a_standard_is_said_while_it_is_kept(state, said):
    make(Standard, code="C-01", calibrated_on="2024-01-01", calibrated_until="2025-01-10", state=state)
    assert (reminded("standard.calibrated_until") == {"C-01"}) is said


def test_a_result_promised_is_said_until_it_is_returned():
    make(Request, number="YC-1", received_on="2024-11-01", due_on="2024-11-16")
    make(Request, number="YC-2", received_on="2024-11-01", due_on="2024-11-16", returned_on="2024-11-14")
    assert reminded("request.due_on") == {"YC-1"}
