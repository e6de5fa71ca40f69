"""Search finds everything one may see, however it is spelled, and learns of every write, bulk ones too."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cancu.core.models import Party, User
from cancu.core.tests.people import MOST_QUERIES, signed_in, staff
from cancu.core.tests.rows import make
from cancu.desk.models import SearchRow, SearchWaiting
from cancu.desk.search import search
from cancu.desk.search_index import read_waiting, rebuild, squashed
from cancu.documents.models import Document
from cancu.lines.radiation.models import Certificate, Facility, Licence
from cancu.reports.models import Report

pytestmark = pytest.mark.django_db


@pytest.fixture
def records():
    staff()
    for number, day, title in (
        ("163/2021/NĐ-CP", "2021-12-31", "về việc thực hiện nhiệm vụ thường xuyên"),
        ("141-KH/TU", "2024-04-16", "thực hiện Kết luận số 69-KL/TW"),
        ("03-CTr/BCSĐ", "2024-01-02", "Chương trình công tác năm 2024"),
        ("4986/UBND-NC", "2024-11-11", "về việc báo cáo kết quả Chương trình công tác"),
    ):
        make(Document, type="plan", number=number, issued_on=day, title=title, owner_unit="QLCN")
    clinic = make(Facility, code="CSBX-012", party=make(Party, name="Phòng khám Đông Hà"), owner_unit="QLCN")
    make(
        Licence,
        number="31/GP-SKHCN",
        facility=clinic,
        issued_on="2024-03-01",
        expires_on="2027-03-01",
        state="granted",
        owner_unit="QLCN",
    )
    make(
        Licence,
        number="32/GP-SKHCN",
        facility="KHÁC",
        issued_on="2024-03-02",
        expires_on="2027-03-02",
        state="granted",
        owner_unit="QLKH",
    )
    make(
        Report,
        kind="annual",
        title="Báo cáo thử năm 2024",
        window_name="year_to_date",
        window_start="2024-01-01",
        window_end="2024-11-15",
        owner_unit="QLCN",
        entered_by="cv",
    )
    read_waiting()


def found(who: str, words: str) -> list[str]:
    return [one.title for _group, answers in search(User.objects.get(username=who), words, 10) for one in answers]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("163/2021/NĐ-CP", "163/2021/NĐ-CP"),
        ("163/2021", "163/2021/NĐ-CP"),
        ("163 2021 nd cp", "163/2021/NĐ-CP"),
        ("NĐ-CP 163", "163/2021/NĐ-CP"),
        ("163/2021/nd-cp thuong xuyen", "163/2021/NĐ-CP"),
        ("141-KH/TU", "141-KH/TU"),
        ("141kh/tu", "141-KH/TU"),
        ("số 141 kh tu", "141-KH/TU"),
        ("141 - KH / TU", "141-KH/TU"),
        ("3-ctr/bcsd", "03-CTr/BCSĐ"),
        ("03 CTr BCSĐ", "03-CTr/BCSĐ"),
        ("4986", "4986/UBND-NC"),
        ("4986/ubnd", "4986/UBND-NC"),
        ("UBND-NC 4986", "4986/UBND-NC"),
    ],
)
def test_a_document_is_found_by_its_number_in_any_spelling(records, words, number):
    answers = found("giamdoc", words)
    assert number in answers[0]


def test_an_answer_leads_to_the_page_of_what_was_found(records):
    addresses = {
        one.title: one.address
        for _group, answers in search(User.objects.get(username="giamdoc"), "163/2021", 5)
        for one in answers
    }
    assert list(addresses.values()) == ["/van-ban/163/2021/N%C4%90-CP@2021-12-31/"]
    client = signed_in("giamdoc")
    for words in ("163/2021", "phong kham dong ha", "bao cao thu", "giay phep buc xa da cap", "tu dien"):
        for _group, answers in search(User.objects.get(username="giamdoc"), words, 2):
            assert [(a.address, client.get(a.address).status_code) for a in answers] == [
                (a.address, 200) for a in answers
            ]


@pytest.mark.parametrize(
    ("written", "key"),
    [("Số 03-CTr/BCSĐ", "so3ctrbcsd"), ("3 ctr bcsd", "3ctrbcsd"), ("0163/2021/NĐ-CP", "1632021ndcp"), ("", "")],
)
def test_a_number_is_squashed_to_letters_and_digits(written, key):
    assert squashed(written) == key


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("phong kham dong ha", "Phòng khám Đông Hà"),
        ("PHÒNG KHÁM", "Phòng khám Đông Hà"),
        ("31/GP-SKHCN", "31/GP-SKHCN · Phòng khám Đông Hà"),
        ("dong ha 31", "31/GP-SKHCN · Phòng khám Đông Hà"),
        ("bao cao thu", "Báo cáo thử năm 2024"),
        ("giay phep buc xa da cap", "Giấy phép bức xạ đã cấp"),
        ("radiation.licences_issued", "Giấy phép bức xạ đã cấp"),
        ("tu dien", "Từ điển chỉ tiêu"),
        ("so giay phep buc xa", "Sổ giấy phép bức xạ"),
    ],
)
def test_records_parties_reports_indicators_and_pages_are_found_without_accents(records, words, first):
    assert found("giamdoc", words)[0] == first


def test_a_mistyped_word_still_finds_what_was_meant(records):
    assert "Phòng khám Đông Hà" in found("giamdoc", "fong kham dong ha")


#: who → licences found by “GP-SKHCN”: the same people who see them in the register.
SEEN = {
    "giamdoc": {"31", "32"},
    "vanthu": {"31", "32"},
    "cv.qlcn": {"31"},
    "tr.qlcn": {"31"},
    "cv.qlkh": {"32"},
    "quantri": set(),
}


@pytest.mark.parametrize("who", SEEN)
def test_only_what_one_may_see_is_found(records, who):
    licences = {title.partition("/")[0] for title in found(who, "GP-SKHCN") if "/GP-SKHCN" in title}
    assert licences == SEEN[who]
    assert licences == {
        number.partition("/")[0]
        for number in Licence.objects.seen_by(User.objects.get(username=who)).values_list("number", flat=True)
    }


@pytest.mark.parametrize(
    ("who", "numbers"),
    [("giamdoc", {"77", "78", "79"}), ("cv.qlkh", {"78", "79"}), ("cv.qlcn", {"77", "78", "79"}), ("quantri", set())],
)
def test_a_document_is_found_by_whom_the_register_shows_it_to(records, who, numbers):
    make(Document, type="plan", number="77/KH-SKHCN", issued_on="2024-05-05", direction="incoming", owner_unit="QLCN")
    make(
        Document,
        type="plan",
        number="78/KH-SKHCN",
        issued_on="2024-05-05",
        direction="incoming",
        owner_unit="QLCN",
        forwarded_to="QLKH",
    )
    make(Document, type="plan", number="79/KH-SKHCN", issued_on="2024-05-05", direction="reference", owner_unit="QLCN")
    read_waiting()
    got = {title.partition("số ")[2].partition("/")[0] for title in found(who, "KH-SKHCN")}
    assert got == numbers
    assert numbers == {
        d.number.partition("/")[0]
        for d in Document.objects.seen_by(User.objects.get(username=who)).filter(number__endswith="KH-SKHCN")
    }


def test_an_administrator_finds_pages_but_no_party_and_no_report(records):
    assert found("quantri", "phong kham dong ha") == found("quantri", "bao cao thu") == []
    assert "Từ điển chỉ tiêu" in found("quantri", "tu dien")


def test_a_person_is_found_through_records_only_never_by_name_alone(records):
    make(
        Certificate,
        number="14/2024/CCNVBX",
        holder=make(Party, kind="person", name="Nguyễn Văn Ví Dụ"),
        issued_on="2024-05-05",
        owner_unit="QLCN",
    )
    read_waiting()
    assert found("cv.qlcn", "nguyen van vi du") == ["14/2024/CCNVBX · Nguyễn Văn Ví Dụ"]
    assert found("cv.qlkh", "nguyen van vi du") == []


def test_each_statement_waits_as_one_row_whatever_its_size(records):
    facility = Facility.objects.get(code="CSBX-012")
    first = Licence.objects.get(number="31/GP-SKHCN")
    many = [
        Licence(
            number=f"{n}/GP-ĐỢT",
            facility=facility,
            issued_on="2024-04-01",
            expires_on="2027-04-01",
            activity=first.activity,
            kind=first.kind,
            owner_unit=first.owner_unit,
            entered_by=first.entered_by,
        )
        for n in range(1, 301)
    ]
    Licence.objects.bulk_create(many)
    Licence.objects.filter(number__endswith="ĐỢT").update(fee=5)
    assert [(w.source, len(w.records), w.changed) for w in SearchWaiting.objects.order_by("pk")] == [
        ("radiation.licence", 300, False),
        ("radiation.licence", 300, True),
    ]


def test_bulk_writes_renamings_and_deletions_are_seen_by_the_next_search(records):
    Party.objects.filter(name="Phòng khám Đông Hà").update(name="Phòng khám Cam Lộ", folded="phong kham cam lo")
    Licence.objects.filter(number="32/GP-SKHCN").update(number="77/GP-SKHCN")
    read_waiting()
    assert found("giamdoc", "31/GP-SKHCN") == ["31/GP-SKHCN · Phòng khám Cam Lộ"]
    assert not [title for title in found("giamdoc", "phong kham dong ha") if "Đông Hà" in title]
    assert len([t for t in found("giamdoc", "77/gp skhcn") if t.startswith("77")]) == 1
    Licence.objects.filter(number="31/GP-SKHCN").delete()
    read_waiting()
    assert found("giamdoc", "31/GP-SKHCN") == []


def test_what_was_just_entered_is_found_at_once(records):
    make(Document, type="report", number="215/BC-SKHCN", issued_on="2024-11-15", title="kết quả", owner_unit="QLCN")
    assert "215/BC-SKHCN" in found("giamdoc", "215 bc")[0]


def test_reading_everything_anew_gives_the_same_rows(records):
    kept = sorted(SearchRow.objects.values_list("source", "record", "words", "key"))
    SearchRow.objects.all().delete()
    assert sum(count for _name, count in rebuild()) == len(kept)
    assert sorted(SearchRow.objects.values_list("source", "record", "words", "key")) == kept


TABLE = {
    "/tim/": {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 200, "quantri": 200},
    "/tim/?q=163/2021": {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 200, "quantri": 200},
    "/tim/nhanh/?q=163/2021": {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 200, "quantri": 200},
    "/tim/nhanh/?q=%25_%27%3B--": {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 200, "quantri": 200},
    "/tim/nhanh/?q=%00": {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 200, "quantri": 200},
}


def test_each_person_gets_each_page_as_the_table_says(records):
    got = {page: {who: signed_in(who).get(page).status_code for who in people} for page, people in TABLE.items()}
    assert got == TABLE


def test_a_search_runs_few_queries_even_with_rows_waiting(records):
    Facility.objects.filter(code="CSBX-012").update(head="Người khác")
    client = signed_in("cv.qlcn")
    with CaptureQueriesContext(connection) as asked:
        client.get("/tim/?q=phong kham")
    table = [q["sql"] for q in asked if "SAVEPOINT" not in q["sql"]]
    assert len(table) <= MOST_QUERIES, "\n".join(s[:150] for s in table)
