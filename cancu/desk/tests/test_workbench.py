"""The report workbench: who may do what, no word lost, cures by one click, figures kept or taken anew."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cancu import documents
from cancu.core import codes
from cancu.core.models import User
from cancu.core.people import Role
from cancu.core.tests.people import MOST_QUERIES, signed_in, staff
from cancu.core.tests.rows import make, person
from cancu.desk.search_index import read_waiting
from cancu.documents.models import Document
from cancu.lines.radiation.models import Licence
from cancu.reports import freeze
from cancu.reports.findings import findings
from cancu.reports.models import Comment, Report, Section

pytestmark = pytest.mark.django_db
FIGURE = "figure:radiation.facilities_licensed"
BODY = f"Cấp phép cho [03]({FIGURE}) cơ sở theo [Kế hoạch số 155/KH-UBND](document:155/KH-UBND@2022-08-03).\n\nNăm nay có 3 cơ sở mới.\n\nĐoạn cuối."


@pytest.fixture
def made():
    """A report of the office VP with a section of QLCN, three facilities licensed, people of three units."""
    codes.load(
        Path(documents.__file__).parent / "codes.yaml"
    )  # what is issued is entered in the outgoing book by its type
    for n in range(1, 4):
        licence(n)
    make(
        Document,
        number="155/KH-UBND",
        issued_on="2022-08-03",
        direction="incoming",
        type="plan",
        title="Kế hoạch hành động",
        owner_unit="QLCN",
    )
    staff()
    person("tr.vp", "VP", Role.UNIT_HEAD)
    person("cv.vp", "VP", Role.SPECIALIST)
    report = make(
        Report,
        kind="annual",
        title="Báo cáo thử",
        window_name="year_to_date",
        window_start="2024-01-01",
        window_end="2024-11-15",
        owner_unit="VP",
        entered_by="cv.vp",
    )
    section = make(
        Section,
        report=report,
        order=1,
        code="I.6",
        number="6.",
        heading="An toàn bức xạ",
        owner_unit="QLCN",
        entered_by="cv.qlcn",
        state="drafted",
        body=BODY,
    )
    yield {"report": report, "section": section}
    codes.forget()


def licence(n: int) -> Licence:
    return make(
        Licence,
        number=f"{n}/GP",
        facility=f"CS{n}",
        issued_on=dt.date(2024, 3, n),
        expires_on="2027-01-01",
        state="granted",
        owner_unit="QLCN",
    )


def at(name: str, made, *more, **asked) -> str:
    args = [
        made["report"].pk,
        *([made["section"].pk] if "section" in name or name in ("accept-figures", "keep-figure") else []),
        *more,
    ]
    return reverse(name, args=args) + (f"?{urlencode(asked)}" if asked else "")


def user(name: str) -> User:
    return User.objects.get(username=name)


def posted(made, who: str, name: str, *more, **given):
    answer = signed_in(who).post(at(name, made, *more), given, follow=True)
    made["section"].refresh_from_db()
    made["report"].refresh_from_db()
    return answer.content.decode()


def pages(made) -> dict[str, str]:
    return {
        "list": reverse("reports"),
        "new": reverse("new-report"),
        "roll": reverse("new-report") + f"?tu={made['report'].pk}",
        "bench": at("report", made),
        "findings": at("findings", made),
        "insert": at("insertions", made, q="co so"),
        "words": at("node-words", made, ref=FIGURE, chu="3"),
        "ground": at("ground", made, ref=FIGURE),
        "section": at("section", made),
        "write": at("edit-section", made),
        "side": at("section-side", made),
    }


PEOPLE = ("cv.qlcn", "tr.qlcn", "cv.qlkh", "tr.vp", "giamdoc", "vanthu", "quantri")
#: page → what each of PEOPLE gets.
TABLE = {
    "list": (200, 200, 200, 200, 200, 200, 200),
    "new": (403, 403, 403, 200, 200, 403, 403),
    "roll": (403, 403, 403, 200, 200, 403, 403),
    "bench": (200, 200, 200, 200, 200, 200, 403),
    "findings": (200, 200, 200, 200, 200, 200, 403),
    "insert": (200, 200, 200, 200, 200, 200, 403),
    "words": (200, 200, 200, 200, 200, 200, 403),
    "ground": (200, 200, 200, 200, 200, 200, 403),
    "section": (200, 200, 200, 200, 200, 200, 403),
    "write": (200, 200, 403, 403, 403, 200, 403),  # the văn thư of these tests works in QLCN
    "side": (200, 200, 200, 200, 200, 200, 403),
}


def test_each_person_gets_each_page_as_the_table_says(made):
    asked = pages(made)
    got = {name: tuple(signed_in(who).get(asked[name]).status_code for who in PEOPLE) for name in TABLE}
    assert got == TABLE


@pytest.mark.parametrize("name", TABLE)
def test_a_page_runs_few_queries(made, name):
    client, address = signed_in("tr.vp" if name in ("new", "roll") else "tr.qlcn"), pages(made)[name]
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    table = [q["sql"] for q in asked if "SAVEPOINT" not in q["sql"]]
    assert len(table) <= MOST_QUERIES, "\n".join(s[:150] for s in table)


#: who → the buttons on a section that is drafted by cv.qlcn, sent, confirmed.
BUTTONS = {
    "cv.qlcn": ({"send"}, set(), set()),
    "tr.qlcn": ({"send", "confirm"}, {"confirm", "send_back"}, {"send_back"}),
    "tr.vp": (set(), set(), {"take"}),
    "cv.qlkh": (set(), set(), set()),
    "giamdoc": ({"confirm"}, {"confirm", "send_back"}, {"send_back", "take"}),
}


@pytest.mark.parametrize("who", BUTTONS)
def test_moves_are_offered_to_whom_they_are_open(made, who):
    for state, wanted in zip(("drafted", "sent", "confirmed"), BUTTONS[who], strict=True):
        Section.objects.filter(pk=made["section"].pk).update(state=state)
        page = signed_in(who).get(at("report", made)).content.decode()
        assert {
            m for m in ("send", "confirm", "send_back", "take") if f"/muc/{made['section'].pk}/buoc/{m}/" in page
        } == wanted, state


@pytest.mark.parametrize(
    ("who", "move"),
    [("cv.qlcn", "confirm"), ("cv.qlkh", "send"), ("tr.vp", "confirm"), ("quantri", "confirm"), ("cv.qlcn", "take")],
)
def test_a_move_that_is_not_ones_own_changes_nothing(made, who, move):
    posted(made, who, "move-section", move)
    assert made["section"].state == "drafted"


def test_a_section_is_sent_returned_with_a_reason_sent_again_confirmed_and_taken(made):
    posted(made, "cv.qlcn", "move-section", "send")
    assert "Phải có trước" in posted(made, "tr.qlcn", "move-section", "send_back")
    posted(made, "tr.qlcn", "move-section", "send_back", reason="thiếu số giấy phép")
    assert made["section"].state == "drafted"
    assert "thiếu số giấy phép" in signed_in("cv.qlcn").get(at("section-side", made)).content.decode()
    posted(made, "cv.qlcn", "move-section", "send")
    posted(made, "tr.qlcn", "move-section", "confirm")
    posted(made, "tr.vp", "move-section", "take")
    assert made["section"].state == "taken"


def test_nothing_moves_in_a_section_of_a_report_that_is_signed_or_issued(made):
    freeze.confirm(made["section"], user("tr.qlcn"))
    Report.objects.filter(pk=made["report"].pk).update(state="signed")
    assert "không còn ở bước soạn" in posted(made, "tr.qlcn", "move-section", "send_back", reason="muộn")
    assert made["section"].frozen.count() == 2


def test_an_assembled_report_goes_back_with_a_reason_and_is_issued_only_signed(made):
    assert "chưa được trưởng đơn vị duyệt" in posted(made, "tr.vp", "move-report", "assemble")
    freeze.confirm(made["section"], user("tr.qlcn"))
    posted(made, "tr.vp", "move-report", "assemble")
    assert "trạng thái" in posted(made, "giamdoc", "move-report", "issue")
    posted(made, "tr.vp", "move-report", "send_back", reason="bổ sung")
    assert made["report"].state == "drafting"
    posted(made, "tr.vp", "move-report", "assemble")
    posted(made, "giamdoc", "move-report", "sign")
    assert "không đúng dạng" in posted(made, "giamdoc", "move-report", "issue", on="32/13/2024")
    posted(made, "giamdoc", "move-report", "issue", on="18/11/2024")
    assert (made["report"].state, made["report"].issued_on) == ("issued", dt.date(2024, 11, 18))


def test_what_is_saved_is_the_text_as_typed_with_todays_words(made):
    posted(made, "cv.qlcn", "edit-section", body=BODY.replace("\n", "\r\n") + "  \r\n", version=1)
    assert made["section"].body == BODY + "  \n"
    assert made["section"].version == 2


def test_two_edits_of_different_paragraphs_are_merged(made):
    posted(made, "cv.qlcn", "edit-section", body=BODY.replace("Đoạn cuối.", "Đoạn cuối của chuyên viên."), version=1)
    said = posted(made, "tr.qlcn", "edit-section", body=BODY.replace("Cấp phép", "Đã cấp phép"), version=1)
    assert "gộp" in said
    assert "Đã cấp phép" in made["section"].body
    assert "của chuyên viên" in made["section"].body


@pytest.mark.parametrize(
    ("choice", "kept", "gone"),
    [("both", {"tôi", "anh"}, set()), ("mine", {"tôi"}, {"anh"}), ("theirs", {"anh"}, {"tôi"})],
)
def test_two_edits_of_one_paragraph_are_shown_side_by_side_and_chosen(made, choice, kept, gone):
    mine = BODY.replace("Đoạn cuối.", "Chữ của tôi.")
    posted(made, "tr.qlcn", "edit-section", body=BODY.replace("Đoạn cuối.", "Chữ của anh."), version=1)
    page = posted(made, "cv.qlcn", "edit-section", body=mine, version=1)
    assert "Chữ của tôi." in page
    assert "Chữ của anh." in page
    assert made["section"].version == 2
    posted(made, "cv.qlcn", "edit-section", **{"body": mine, "version": 1, "against": 2, "choice-001": choice})
    assert {w for w in ("tôi", "anh") if f"Chữ của {w}." in made["section"].body} == kept
    assert not any(f"Chữ của {w}." in made["section"].body for w in gone)


def test_a_choice_made_against_an_older_text_is_asked_again(made):
    mine = BODY.replace("Đoạn cuối.", "Chữ của tôi.")
    for version, words in ((1, "Một."), (2, "Hai.")):
        posted(made, "tr.qlcn", "edit-section", body=BODY.replace("Đoạn cuối.", words), version=version)
    page = posted(made, "cv.qlcn", "edit-section", **{"body": mine, "version": 1, "against": 2, "choice-001": "mine"})
    assert "Hai." in page
    assert "Hai." in made["section"].body


def test_words_posted_to_a_section_confirmed_meanwhile_are_refused(made):
    freeze.confirm(made["section"], user("tr.qlcn"))
    assert signed_in("cv.qlcn").post(at("edit-section", made), {"body": "khác", "version": 1}).status_code == 403
    made["section"].refresh_from_db()
    assert made["section"].body == BODY


def test_a_typed_number_is_bound_by_one_click_and_the_history_says_who(made):
    found = next(p for p in findings(made["report"]) if p.code == "R3")
    assert "3 cơ sở" in found.message
    offer = next(o for o in found.offers if FIGURE in o.text)
    posted(made, "cv.qlcn", "cure-section", version=1, start=found.start, end=found.end, text=offer.text)
    assert f"Năm nay có [03]({FIGURE}) cơ sở mới." in made["section"].body
    assert f"<b>{user('cv.qlcn')}</b>" in signed_in("tr.qlcn").get(at("section-side", made)).content.decode()
    assert not [p for p in findings(made["report"]) if p.code == "R3"]


def test_a_cure_of_a_text_that_moved_is_refused(made):
    posted(made, "tr.qlcn", "edit-section", body="Khác hẳn.", version=1)
    assert "kiểm tra lại" in posted(made, "cv.qlcn", "cure-section", version=1, start=0, end=4, text="XX")
    assert made["section"].body == "Khác hẳn."


def test_a_language_fault_is_mended_by_one_click(made):
    posted(made, "cv.qlcn", "edit-section", body="Sở , ban đã họp , rồi về.", version=1)
    found = [p for p in findings(made["report"]) if p.code == "L6"][1]
    posted(made, "cv.qlcn", "cure-section", version=2, start=found.start, end=found.end, text=found.offers[0].text)
    assert made["section"].body == "Sở , ban đã họp, rồi về."


def test_drift_is_accepted_or_kept_with_a_reason_until_it_changes_again(made):
    freeze.confirm(made["section"], user("tr.qlcn"))
    licence(4)
    assert [p.severity for p in findings(made["report"]) if p.code == "R5"] == ["error"]
    assert "Chỉ trưởng đơn vị" in posted(made, "cv.qlcn", "keep-figure", ref=FIGURE, reason="x")
    posted(made, "tr.qlcn", "keep-figure", ref=FIGURE, reason="đã chốt với Cục")
    assert [(p.severity, "đã chốt với Cục" in p.message) for p in findings(made["report"]) if p.code == "R5"] == [
        ("info", True)
    ]
    licence(5)
    assert [p.severity for p in findings(made["report"]) if p.code == "R5"] == ["error"]
    posted(made, "tr.qlcn", "accept-figures")
    assert f"[05]({FIGURE})" in made["section"].body
    assert made["section"].state == "confirmed"


def test_new_figures_are_not_taken_by_who_may_not_confirm(made):
    freeze.confirm(made["section"], user("tr.qlcn"))
    licence(4)
    posted(made, "cv.qlcn", "accept-figures")
    assert f"[03]({FIGURE})" in made["section"].body
    assert made["section"].state == "confirmed"


def test_a_comment_on_a_figure_is_shown_with_its_ground_and_closed_by_its_author(made):
    posted(made, "giamdoc", "comment-section", text="So với năm trước?", ref=FIGURE)
    said = Comment.objects.get()
    assert "So với năm trước?" in signed_in("cv.qlcn").get(at("ground", made, ref=FIGURE)).content.decode()
    close = reverse("close-comment", args=[made["report"].pk, made["section"].pk, said.pk])
    assert signed_in("cv.qlkh").post(close).status_code == 403
    signed_in("giamdoc").post(close)
    said.refresh_from_db()
    assert said.closed_by == user("giamdoc")


def test_a_comment_on_a_word_that_is_not_there_is_refused(made):
    posted(made, "giamdoc", "comment-section", text="?", ref="figure:x.y")
    assert not Comment.objects.exists()


def test_insertion_is_blind_to_accents_and_shows_value_unit_and_window(made):
    page = signed_in("cv.qlcn").get(at("insertions", made, q="co so duoc cap giay phep buc xa")).content.decode()
    assert f"[03]({FIGURE})" in page
    assert "cơ sở · 01/01/2024–15/11/2024" in page


def test_a_citation_is_found_by_a_sloppy_number(made):
    read_waiting()
    assert (
        "(document:155/KH-UBND@2022-08-03)"
        in signed_in("cv.qlcn").get(at("insertions", made, q="155 kh ubnd")).content.decode()
    )


@pytest.mark.parametrize(
    ("say", "before", "after", "wrong"),
    [
        ("", "3", "03", False),
        ("over", "3", "trên 02", False),
        ("about", "3", "khoảng 03", False),
        ("words", "3", "ba", False),
    ],
)
def test_the_words_of_a_figure_follow_its_way_of_speaking(made, say, before, after, wrong):
    answer = (
        signed_in("cv.qlcn").get(at("node-words", made, ref=FIGURE + (f"?say={say}" if say else ""), chu=before)).json()
    )
    assert (answer["words"], bool(answer["problems"])) == (after, wrong)


def test_a_report_rolled_forward_asks_the_new_window_and_names_what_is_old(made):
    Section.objects.filter(pk=made["section"].pk).update(body=BODY + "\n\nKế hoạch năm 2024.")
    signed_in("tr.vp").post(
        pages(made)["roll"], {"kind": "annual", "window_name": "year_to_date", "until": "15/11/2025"}
    )
    rolled = Report.objects.get(rolled_from=made["report"])
    section = rolled.sections.get()
    assert (rolled.window_start, rolled.window_end) == (dt.date(2025, 1, 1), dt.date(2025, 11, 15))
    assert f"[0]({FIGURE})" in section.body
    assert "(document:155/KH-UBND@2022-08-03)" in section.body
    old = {p.code: p.message for p in findings(rolled) if p.code in ("R3", "R7")}
    assert "số của báo cáo trước" in old["R3"]
    assert "năm 2024" in old["R7"]


def test_a_second_report_of_one_window_is_refused_with_words(made):
    page = signed_in("tr.vp").post(
        reverse("new-report"), {"kind": "annual", "window_name": "year_to_date", "until": "15/11/2024"}
    )
    assert "Đã có báo cáo loại này" in page.content.decode()
    assert Report.objects.count() == 1
