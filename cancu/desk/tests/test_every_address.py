"""Every address of the desk, called by every role and by nobody. An address without a row in ``roles.csv`` fails.

``roles.csv``: the name of the address, then what each role gets: 200 shown, 302 sent on, 403 refused,
404 hidden. A step that a role may not take is told so on the page it leads to, so it is 302 as well. Everybody holds the
role in unit QLCN, whose rows are asked for; ``*.foreign`` asks for a row of unit QLKH. A page is read (GET); what only takes a POST is posted empty, and taken back after each role.
"""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from cancu.core.attachments import attach
from cancu.core.jobs import Job
from cancu.core.models import IssuedNumber, NumberSeries, RestDay, Sheet, Unit, UnitName, User
from cancu.core.people import Role
from cancu.core.sheets.cells import pack
from cancu.core.tests.people import signed_in
from cancu.core.tests.rows import make, named, person
from cancu.documents.arrivals import Arrival, FoundTask
from cancu.documents.assignments import Assignment
from cancu.documents.models import Document, Issuer, Opinion, RecordDocument, Transfer, UnresolvedCitation
from cancu.lines.radiation.models import Licence
from cancu.programme.models import Programme, Task
from cancu.reports.models import Comment, IssuedFile, Report, Section

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).parent / "roles.csv"
WHO = [role.value for role in Role] + ["anonymous"]


@pytest.fixture
def made(tmp_path, settings):
    """One row of everything that has an address, kept by unit QLCN and entered by someone else."""
    settings.VAR = tmp_path
    for code in ("QLCN", "QLKH"):
        make(UnitName, unit=code, name=f"Phòng {code}", short_name=code, valid_from="2020-01-01")
    for role in Role:
        person(role.value, "QLCN", role)
    day = dt.date(2024, 11, 15)
    own = {"owner_unit": "QLCN", "entered_by": "nguoi-nhap"}
    letter = make(Document, number="155/KH-UBND", issued_on="2022-08-03", direction="incoming", **own)
    programme = make(Programme, code="CTCT-2024", year=2024, document=letter)
    licence = {"issued_on": "2024-01-01", "expires_on": "2027-01-01", "entered_by": "nguoi-nhap"}
    held = make(Licence, number="1/GP", owner_unit="QLCN", state="granted", confirmed_by=None, **licence)
    draft = make(
        Document, number="", issued_on="2024-11-01", direction="outgoing", state="drafting", confirmed_by=None, **own
    )
    report = make(
        Report,
        kind="annual",
        title="Báo cáo thử",
        window_name="year_to_date",
        window_start="2024-01-01",
        window_end=day,
        owner_unit="QLCN",
        entered_by="nguoi-nhap",
    )
    section = make(
        Section,
        report=report,
        order=1,
        code="I.6",
        number="6.",
        heading="An toàn bức xạ",
        owner_unit="QLCN",
        entered_by="nguoi-nhap",
        state="drafted",
        body="Đã cấp phép cho [1](figure:radiation.facilities_licensed) cơ sở.",
    )
    other = named(User, "nguoi-nhap")
    return {
        "job": make(Job, name="x", label="Việc dài", asked_by=other),
        "arrival": make(Arrival, brought_by=other, body="QLCN"),
        "attachment": attach(letter, "a.txt", b"a", other),
        "series": make(NumberSeries, symbol="QĐ", year=2024),
        "number": make(IssuedNumber, number=1, taken_by=other, series=NumberSeries.objects.get()),
        "citation": make(UnresolvedCitation, document=letter),
        "found": make(FoundTask, document=letter, content="việc"),
        "letter": letter,
        "issuer": make(Issuer, code="UBND"),
        "own": held,
        "foreign": make(Licence, number="2/GP", owner_unit="QLKH", confirmed_by=None, **licence),
        "sheet": make(
            Sheet, register="radiation.licence", owner_unit="QLCN", brought_by=other, packed=pack([["Số"], ["3/GP"]])
        ),
        "task": make(
            Task, code="2024-01", programme=programme, ground=letter, content="Việc", assigned_on="2024-02-01", **own
        ),
        "given": make(
            Assignment, document=letter, given_by="giao-viec", given_on=day, instruction="Tham mưu", days=3, **own
        ),
        "rest": make(RestDay, date="2026-06-24", name="Nghỉ", document="QĐ 1"),
        "draft": draft,
        "second": [attach(draft, name, b"%PDF", other, "pdf") for name in ("1.pdf", "2.pdf")][1],
        "opinion": make(Opinion, document=draft, confirmed_by=None, **own),
        "link": RecordDocument.objects.create(
            document=letter, table=ContentType.objects.get_for_model(held), record_id=held.pk, role="decision"
        ),
        "asked": make(Transfer, incoming=True, business="1", made_by=other),
        "turned down": make(Transfer, incoming=False, refused=True, document=letter, made_by=other),
        "report": report,
        "section": section,
        "comment": make(Comment, section=section, author=other),
        "file": make(IssuedFile, report=report, name="bao-cao.pdf", content=b"%PDF-1.7"),
        "person": other,
        "unit": Unit.objects.get(code="QLCN"),
    }


def asked() -> dict[str, list[object]]:
    """The name of an address → its arguments; a word that names a row of ``made`` stands for its key."""
    register, row = ["radiation", "licence"], ["radiation", "licence", "own"]
    part = ["report", "section"]
    return {
        "job": ["job"],
        "stop-job": ["job"],
        "calendar": ["khong-co"],
        "indicator": ["radiation.facilities_licensed"],
        "watch-indicator": ["radiation.facilities_licensed"],
        "arrival": ["arrival"],
        "drop-arrival": ["arrival"],
        "arrival-file": ["arrival"],
        "attachment": ["attachment"],
        "book-print": ["den"],
        "books": ["den"],
        "one-series": ["series"],
        "void-number": ["number"],
        "dismiss-citation": ["citation"],
        "found-task": ["found"],
        "document-graph": ["letter"],
        "document": ["155/KH-UBND@2022-08-03"],
        "assignments": ["letter"],
        "register": register,
        "create-record": register,
        "bring-sheet": register,
        "save-view": register,
        "choose-columns": register,
        "bulk": register,
        "register-figures": register,
        "export": [*register, "csv"],
        "offer": [*register, "facility"],
        "record": row,
        "lay-file": row,
        "hang-document": row,
        "take-down-document": [*row, "link"],
        "take-back-file": ["attachment"],
        "change-record": row,
        "send-back": row,
        "confirm-record": row,
        "move-record": [*row, "revoke"],
        "record.foreign": ["radiation", "licence", "foreign"],
        "change-record.foreign": ["radiation", "licence", "foreign"],
        "confirm-record.foreign": ["radiation", "licence", "foreign"],
        "sheet": ["sheet"],
        "join-sheet": ["sheet"],
        "mend-sheet": ["sheet"],
        "write-sheet": ["sheet"],
        "undo-sheet": ["sheet"],
        "marked-sheet": ["sheet"],
        "accept-proposals": [2024],
        "task": ["task"],
        "task-act": ["task", "tien-do"],
        "assignment": ["given"],
        "assignment-act": ["given", "da-xem"],
        "rest-day": ["rest"],
        "withdraw-rest-day": ["rest"],
        "outgoing-one": ["draft"],
        "outgoing-act": ["draft", "buoc"],
        "draft-findings": ["draft"],
        "draft-changes": ["draft", "second"],
        "answer-recall": ["asked"],
        "send-again": ["turned down"],
        "opinion": ["opinion"],
        "report": ["report"],
        "findings": ["report"],
        "ground": ["report"],
        "report-file": ["report", "bao-cao.pdf"],
        "insertions": ["report"],
        "node-words": ["report"],
        "move-report": ["report", "assemble"],
        "correct-report": ["report"],
        "section": part,
        "edit-section": part,
        "cure-section": part,
        "section-side": part,
        "comment-section": part,
        "close-comment": [*part, "comment"],
        "accept-figures": part,
        "keep-figure": part,
        "move-section": [*part, "send"],
        "reset-password": ["person"],
        "remove-second-step": ["person"],
        "openid_connect_login": [],
        "openid_connect_callback": [],
        "administration": ["vai-tro"],
        "administration-new": ["vai-tro"],
        "administration-row": ["don-vi", "unit"],
    }


#: What a page cannot do without.
ASKED_FOR = {"ground": "?ref=figure:radiation.facilities_licensed"}


def address(name: str, made: dict[str, object]) -> str:
    arguments = [made[word].pk if word in made else word for word in asked().get(name, [])]
    return reverse(name.partition(".")[0], args=arguments) + ASKED_FOR.get(name, "")


def answer(session: str, where: str) -> int:
    """The status that the person of ``session`` (nobody: empty) gets; whatever was written is taken back."""
    client = Client(raise_request_exception=False)
    if session:
        client.cookies["sessionid"] = session
    with transaction.atomic():
        got = client.get(where).status_code
        if got == 405:
            got = client.post(where).status_code
        transaction.set_rollback(True)
    return got


def names() -> set[str]:
    """Every named address of the house."""
    return {name for name in get_resolver().reverse_dict if isinstance(name, str)}


def table() -> dict[str, dict[str, int]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row.pop("address"): {who: int(status) for who, status in row.items()} for row in csv.DictReader(file)}


def test_every_address_has_a_row():
    assert names() - {name.partition(".")[0] for name in table()} == set(), "thêm dòng vào cancu/desk/tests/roles.csv"
    assert {name.partition(".")[0] for name in table()} - names() == set(), "địa chỉ không còn: bỏ dòng"


def test_every_role_gets_every_address_as_the_table_says(made):
    sessions = {who: "" if who == "anonymous" else signed_in(who).cookies["sessionid"].value for who in WHO}
    wrong = []
    for name, row in table().items():
        assert list(row) == WHO
        where = address(name, made)
        got = {who: answer(sessions[who], where) for who in WHO}
        wrong += [f"{name}: {who} được {got[who]}, bảng ghi {row[who]}" for who in WHO if got[who] != row[who]]
    assert wrong == []
