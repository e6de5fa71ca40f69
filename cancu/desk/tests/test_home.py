"""The desk in the morning: what is due with its ground, what expires, letters said once, a calendar of deadlines."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from cancu.core.calendar import replayed
from cancu.core.models import User
from cancu.core.people import Role
from cancu.core.reminders import Notice, Said, due, near
from cancu.core.tests.people import DAY, MOST_QUERIES, signed_in, staff
from cancu.core.tests.rows import make, person
from cancu.desk import feed
from cancu.desk.digest import send
from cancu.desk.dossiers_due import STRETCHES, Open
from cancu.desk.models import CalendarFeed
from cancu.desk.timeline import Bar, timeline
from cancu.documents.models import Document
from cancu.dossiers.models import Dossier
from cancu.lines.laboratory.models import Standard
from cancu.lines.radiation.models import Licence
from cancu.programme.models import Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def morning():
    """15/11/2024: three tasks of QLCN, one of QLKH; licences that expire in 5, 45 and 90 days; people with addresses."""
    staff()
    for user in User.objects.exclude(username="cv.qlkh"):
        user.email = f"{user.username}@so.vi"
        user.save()
    letter = make(
        Document,
        type="letter",
        number="4986/UBND-NC",
        issued_on="2024-11-11",
        title="về việc báo cáo",
        owner_unit="QLCN",
    )
    for code, deadline, unit in (
        ("T1", "2024-11-15", "QLCN"),
        ("T2", "2024-10-31", "QLCN"),
        ("T3", "2024-12-31", "QLCN"),
        ("T4", "2024-11-20", "QLKH"),
    ):
        make(
            Task,
            code=code,
            content=f"Việc {code}",
            programme="CT",
            ground=letter,
            assigned_on="2024-01-02",
            deadline_on=deadline,
            owner_unit=unit,
            state="under_way",
        )
    for number, expires in (("1", "2024-11-20"), ("2", "2024-12-30"), ("3", "2025-02-13")):
        make(
            Licence,
            number=f"{number}/GP",
            facility="CS",
            issued_on="2021-11-20",
            expires_on=expires,
            state="granted",
            owner_unit="QLCN",
        )


def home(who: str) -> dict:
    return signed_in(who).get(f"/?den={DAY}").context


def test_what_is_due_stands_in_order_of_its_deadline_with_its_ground(morning):
    page = signed_in("giamdoc").get(f"/?den={DAY}")
    assert [row["task"].code for row in page.context["due"]] == ["T2", "T1", "T4", "T3"]
    assert (page.context["late"], page.context["this_week"]) == (1, 2)
    text = page.content.decode()
    assert "Quá 15 ngày" in text
    assert "4986/UBND-NC" in text


@pytest.mark.parametrize(("who", "codes"), [("cv.qlcn", ["T2", "T1", "T3"]), ("cv.qlkh", ["T4"]), ("quantri", [])])
def test_a_desk_shows_only_what_its_owner_may_see(morning, who, codes):
    assert [row["task"].code for row in home(who)["due"]] == codes


@pytest.mark.parametrize(("who", "licences"), [("giamdoc", 2), ("cv.qlcn", 2), ("cv.qlkh", 0), ("quantri", 0)])
def test_what_expires_is_counted_by_kind_from_what_one_may_see(morning, who, licences):
    counted = {row["near"].reminder.code: row["near"].count for row in home(who)["expiring"]}
    assert counted.get("radiation.licence.expires_on", 0) == licences


def test_a_living_department_sees_today_and_an_archive_its_last_days(morning):
    with replayed(dt.date(2024, 12, 1)):
        assert signed_in("giamdoc").get("/").context["day"] == dt.date(2024, 12, 1)
    make(
        "reports.Report",
        kind="annual",
        title="Báo cáo",
        window_name="year_to_date",
        window_start="2024-01-01",
        window_end=DAY,
        owner_unit="QLCN",
        entered_by="cv",
    )
    with replayed(dt.date(2026, 12, 1)):
        assert signed_in("giamdoc").get("/").context["day"] == DAY


def test_the_years_tasks_are_bars_and_a_late_one_is_red(morning):
    page = home("giamdoc")
    assert page["glance"].count("<rect") == 4
    assert page["glance"].count('fill="#b3261e"') == 1
    assert page["progress"].series[0][1] == (0, 3, 1)


@pytest.mark.parametrize(
    ("left", "stretch"),
    [(6, "tren-5"), (5, "2-5"), (2, "2-5"), (1, "1"), (0, "1"), (-1, "qua-han"), (None, "khong-han")],
)
def test_dossiers_are_sorted_into_stretches_of_time_left(left, stretch):
    assert Open(Dossier(), None, left).stretch == stretch


def test_the_picture_of_dossiers_leads_to_their_rows(morning):
    for code, received in (("H1", "2024-11-14"), ("H2", "2024-09-02"), ("H3", "2024-11-12")):
        make(
            Dossier, code=code, version="V", received_on=received, owner_unit="QLCN", state="solving", finished_on=None
        )
    context = signed_in("giamdoc").get(f"/ho-so-theo-han/?den={DAY}").context
    counts = {key: count for key, _words, count in context["stretches"]}
    chart = home("giamdoc")["dossiers"]["chart"]
    assert sum(counts.values()) == context["whole"] == 3
    assert (
        dict(zip(chart.labels, chart.series[0][1], strict=True)).items()
        <= {str(STRETCHES[k][0]): n for k, n in counts.items()}.items()
    )
    late = signed_in("giamdoc").get(f"/ho-so-theo-han/?con=qua-han&den={DAY}").context["shown"]
    assert [o.dossier.code for o in late] == [o.dossier.code for o in context["shown"] if o.stretch == "qua-han"]


def test_a_bar_is_cut_at_the_edges_of_its_year():
    drawn = timeline(
        [Bar("A <b>", dt.date(2023, 6, 1), dt.date(2025, 6, 1), words="dài", address="/x")], 2024, DAY, "Năm"
    )
    assert 'x="116.0"' in drawn
    assert 'width="502.0"' in drawn
    assert "A &lt;b&gt;" in drawn


TABLE = {
    "/": {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 200, "quantri": 200},
    "/ho-so-theo-han/": {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 200, "quantri": 200},
    "/ho-so-theo-han/?con=qua-han": {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 200, "quantri": 200},
    "/nhac-viec/": {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 200, "quantri": 200},
    "/nhac-viec/?loai=radiation.licence.expires_on": {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 200, "quantri": 200},
    "/nhac-viec/?loai=x": {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 200, "quantri": 200},
    "/nhac-viec/dia-chi-lich/": {"cv.qlcn": 405, "cv.qlkh": 405, "giamdoc": 405, "quantri": 405},
    "/lich-han/khong-co.ics": {"cv.qlcn": 404, "cv.qlkh": 404, "giamdoc": 404, "quantri": 404},
}


def test_each_person_gets_each_page_as_the_table_says(morning):
    got = {page: {who: signed_in(who).get(page).status_code for who in people} for page, people in TABLE.items()}
    assert got == TABLE


@pytest.mark.parametrize("page", [f"/?den={DAY}", f"/nhac-viec/?den={DAY}", f"/ho-so-theo-han/?den={DAY}"])
@pytest.mark.parametrize("who", ["cv.qlcn", "giamdoc"])
def test_a_page_runs_few_queries(morning, page, who):
    client = signed_in(who)
    client.get(page)
    with CaptureQueriesContext(connection) as asked:
        client.get(page)
    assert len(asked) <= MOST_QUERIES, "\n".join(q["sql"][:150] for q in asked)


# --- letters ---


def said(day: dt.date) -> dict[str, int]:
    """Who is written to on a day, and of how many things."""
    mail.outbox.clear()
    return {n.user.username: n.said.count() for n in send(day)}


def test_each_person_gets_one_letter_of_what_reached_a_step_in_their_units(morning):
    assert said(DAY) == {"cv.qlcn": 3, "tr.qlcn": 3}, "nothing is late: leaders hear nothing"
    letter = next(m for m in mail.outbox if m.to == ["cv.qlcn@so.vi"])
    assert "Căn Cứ nhắc 3 việc ngày 15/11/2024" in letter.subject
    assert "còn 5 ngày (20/11/2024): 1/GP" in letter.body
    assert "/so/radiation/licence/" in letter.body
    assert "T4" not in letter.body, "another unit's task"


def test_nothing_is_said_twice_and_each_new_step_is_said_once(morning):
    said(DAY)
    assert said(DAY) == {}
    assert said(DAY + dt.timedelta(days=1)) == {"cv.qlcn": 1, "tr.qlcn": 1}, "T1 is a day late; all else was said"
    assert said(dt.date(2024, 12, 24))["cv.qlcn"] >= 2, "T3 in 7 days, licence 2 in 6"
    rows = Said.objects.values_list("user", "reminder", "record", "on", "step")
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize(
    ("late", "hear"),
    [
        (-7, {"cv.qlcn", "tr.qlcn"}),
        (0, set()),
        (1, {"cv.qlcn", "tr.qlcn", "phogiamdoc"}),
        (3, {"cv.qlcn", "tr.qlcn", "phogiamdoc", "giamdoc"}),
    ],
    ids=["a week before", "on the day", "a day late", "three days late"],
)
def test_what_is_late_goes_up_the_line(morning, late, hear):
    User.objects.filter(pk=person("phogiamdoc", "QLCN", Role.DEPUTY).pk).update(email="phogiamdoc@so.vi")
    Task.objects.exclude(code="T1").delete()
    Licence.objects.all().delete()
    said(DAY - dt.timedelta(days=7) if late > -7 else DAY - dt.timedelta(days=14))
    for day in range(-6, late):
        said(DAY + dt.timedelta(days=day))
    assert said(DAY + dt.timedelta(days=late)).keys() == hear


@pytest.mark.parametrize(
    "what",
    [
        lambda licence: Licence.objects.filter(pk=licence.pk).update(state="revoked"),
        lambda licence: Licence.objects.filter(pk=licence.pk).update(expires_on="2027-11-20"),
        lambda licence: make(
            Licence,
            number="9/GP",
            facility="CS",
            issued_on="2024-11-10",
            expires_on="2027-11-20",
            previous=licence,
            state="granted",
            owner_unit="QLCN",
        ),
    ],
    ids=["revoked", "date moved", "renewed by a new licence"],
)
def test_what_was_settled_is_no_longer_said(morning, what):
    licence = Licence.objects.get(number="1/GP")
    assert licence.pk in {d.row.pk for d in due(DAY) if d.reminder.model is Licence}
    what(licence)
    assert licence.pk not in {d.row.pk for d in due(DAY) if d.reminder.model is Licence}


@pytest.mark.parametrize(("left", "step"), [(61, None), (60, 60), (31, 60), (30, 30), (8, 30), (7, 7), (0, 7)])
def test_the_step_is_the_last_one_reached_so_a_missed_morning_is_made_good(left, step):
    from cancu.core.reminders import REMINDERS

    assert REMINDERS["radiation.licence.expires_on"].step(left) == step


def test_a_refused_letter_is_tried_again_and_the_others_go(morning, monkeypatch):
    class Refusing:
        def __init__(self, *args, **kwargs):
            pass

        def send_messages(self, messages):
            if messages[0].to == ["tr.qlcn@so.vi"]:
                raise OSError("no such mailbox")
            return 1

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend", Refusing)
    assert set(said(DAY)) == {"cv.qlcn"}
    assert not Notice.objects.filter(user__username="tr.qlcn").exists()
    monkeypatch.undo()
    assert set(said(DAY)) == {"tr.qlcn"}


def test_standards_of_the_laboratory_are_near_sixty_days_before(morning):
    make(
        Standard,
        code="C-01",
        name="Quả cân",
        calibrated_on="2024-01-01",
        calibrated_until="2025-01-10",
        state="in_use",
        owner_unit="QLCN",
    )
    codes = {n.reminder.code for n in near(User.objects.get(username="giamdoc"), DAY)}
    assert "laboratory.standard.calibrated_until" in codes


# --- the calendar ---


def test_a_calendar_opens_only_by_its_secret_and_no_longer_when_revoked(morning):
    client = signed_in("cv.qlcn")
    client.post("/nhac-viec/dia-chi-lich/")
    address = client.get("/nhac-viec/").context["address"]
    path = "/" + address.split("/", 3)[3]
    with replayed(DAY):
        answer = Client().get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    text = answer.content.decode().replace("\r\n ", "")
    assert "SUMMARY:T1. Việc T1" in text
    assert "T4" not in text
    assert "DTSTART;VALUE=DATE:20241115" in text
    secret = path.rpartition("/")[2].removesuffix(".ics")
    assert secret not in str(CalendarFeed.objects.values_list("secret", flat=True)), "only its digest is kept"
    client.post("/nhac-viec/dia-chi-lich/")
    assert Client().get(path).status_code == 404, "a new address ends the old one"


def test_a_calendar_ends_with_its_owners_account_and_when_revoked(morning):
    user = User.objects.get(username="cv.qlcn")
    secret = feed.new_secret(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert feed.user_of(secret) is None
    User.objects.filter(pk=user.pk).update(is_active=True)
    assert feed.user_of(secret) == user
    signed_in("cv.qlcn").post("/nhac-viec/dia-chi-lich/", {"bo": "1"})
    assert feed.user_of(secret) is None


MADE = dt.datetime(2024, 11, 15, 7, tzinfo=dt.UTC)


@given(st.text(max_size=300), st.text(max_size=300))
def test_every_line_is_at_most_75_octets_and_unfolds_to_the_same_words(title, words):
    made = feed.calendar([feed.Event("a@cancu", DAY, title, words)], "Lịch", MADE)
    lines = made.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert lines[-1] == b""
    assert b"\n" not in made.replace(b"\r\n", b"")
    unfolded = made.decode().replace("\r\n ", "").split("\r\n")
    summary = next(line for line in unfolded if line.startswith("SUMMARY:")).removeprefix("SUMMARY:")
    kept = "".join(c for c in title.replace("\r\n", "\n") if c >= " " or c == "\n")
    assert unescaped(summary) == kept


def unescaped(words: str) -> str:
    out, letters = "", iter(words)
    for letter in letters:
        if letter == "\\":
            after = next(letters)
            out += "\n" if after == "n" else after
        else:
            out += letter
    return out


def test_a_calendar_has_what_the_standard_requires():
    made = (
        feed.calendar([feed.Event("a@cancu", DAY, "Hạn; nộp, báo cáo\\", "hai\ndòng", "https://so.vi/x")], "Lịch", MADE)
        .decode()
        .split("\r\n")
    )
    assert made == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Can Cu//Lich han//VI",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Lịch",
        "BEGIN:VEVENT",
        "UID:a@cancu",
        "DTSTAMP:20241115T070000Z",
        "DTSTART;VALUE=DATE:20241115",
        "DTEND;VALUE=DATE:20241116",
        "SUMMARY:Hạn\\; nộp\\, báo cáo\\\\",
        "DESCRIPTION:hai\\ndòng",
        "URL:https://so.vi/x",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
