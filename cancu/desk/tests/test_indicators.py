"""The page of indicators: years, what waits, parts, the rows behind, what one watches, the dictionary."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cancu.core import codes
from cancu.core.tests.people import DAY, MOST_QUERIES, signed_in, staff
from cancu.core.tests.rows import make
from cancu.desk import watching
from cancu.desk.models import Watch
from cancu.indicators.breakdown import split
from cancu.indicators.declaration import INDICATORS
from cancu.indicators.dictionary import entry
from cancu.indicators.figures import figure
from cancu.indicators.windows import year_to_date
from cancu.lines.radiation.models import Licence

pytestmark = pytest.mark.django_db
ISSUED = "radiation.licences_issued"


@pytest.fixture
def licences():
    """Of 2024: three new and one renewed of QLCN, one of QLKH; one of 2023; two of QLCN that wait for confirmation."""
    staff()
    rows = [
        ("1", "2024-02-01", "new", "QLCN"),
        ("2", "2024-03-01", "new", "QLCN"),
        ("3", "2024-03-09", "new", "QLCN"),
        ("4", "2024-11-15", "renewal", "QLCN"),
        ("5", "2024-05-05", "amendment", "QLKH"),
        ("6", "2023-05-05", "new", "QLCN"),
    ]
    for number, day, kind, unit in rows:
        make(
            Licence,
            number=f"{number}/GP",
            facility="CS",
            issued_on=day,
            expires_on="2027-01-01",
            kind=kind,
            state="granted",
            owner_unit=unit,
        )
    for number in ("7", "8"):
        make(
            Licence,
            number=f"{number}/GP",
            facility="CS",
            issued_on="2024-06-01",
            expires_on="2027-01-01",
            kind="new",
            state="granted",
            owner_unit="QLCN",
            confirmed_by=None,
        )


#: page → what each person gets.
TABLE = {
    "watched": {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 200, "quantri": 200},
    "line": {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 200, "quantri": 200},
    "all": {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 200, "quantri": 200},
    "found": {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 200, "quantri": 200},
    "words": {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 200, "quantri": 200},
    "one": {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 200, "quantri": 200},
    "share": {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 200, "quantri": 200},
    "waiting": {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 200, "quantri": 200},
    "unknown": {"cv.qlcn": 404, "cv.qlkh": 404, "giamdoc": 404, "quantri": 404},
    "watch": {"cv.qlcn": 405, "cv.qlkh": 405, "giamdoc": 405, "quantri": 405},
}
ADDRESSES = {
    "watched": "/chi-tieu/",
    "line": "/chi-tieu/?linh-vuc=radiation",
    "all": "/chi-tieu/?linh-vuc=tat-ca",
    "found": "/chi-tieu/?q=giay+phep+buc+xa",
    "words": "/chi-tieu/tu-dien/",
    "one": f"/chi-tieu/{ISSUED}/?hinh=kind",
    "share": "/chi-tieu/programme.tasks_done_share/",
    "waiting": f"/chi-tieu/{ISSUED}/?cho=1",
    "unknown": "/chi-tieu/radiation.nothing/",
    "watch": f"/chi-tieu/{ISSUED}/theo-doi/",
}


def test_each_person_gets_each_page_as_the_table_says(licences):
    got = {
        name: {who: signed_in(who).get(ADDRESSES[name]).status_code for who in people} for name, people in TABLE.items()
    }
    assert got == TABLE


@pytest.mark.parametrize("name", ["watched", "line", "all", "words", "one", "share", "waiting"])
def test_a_page_runs_few_queries(licences, name):
    client = signed_in("cv.qlcn")
    with CaptureQueriesContext(connection) as asked:
        client.get(ADDRESSES[name])
    assert len(asked) <= MOST_QUERIES, "\n".join(q["sql"][:150] for q in asked)


def line_of(code: str):
    groups = signed_in("giamdoc").get(f"/chi-tieu/?linh-vuc={code.partition('.')[0]}&den={DAY}").context["groups"]
    return next(row for _name, _owner, rows in groups for row in rows if row.now.code == code)


def test_a_line_tells_value_year_before_change_and_what_waits(licences):
    row = line_of(ISSUED)
    assert (row.now.value, row.before.value, row.change, row.percent, row.waiting) == (5, 1, 4, 400, 2)
    assert [f.value for f in row.years][-2:] == [1, 5]
    assert row.years[0].value is None, "the register was not kept in 2020: not 0"


def test_words_find_indicators_without_accents_in_any_order(licences):
    groups = signed_in("giamdoc").get("/chi-tieu/?q=buc+xa+giay+phep+da+cap").context["groups"]
    assert [row.now.code for _n, _o, rows in groups for row in rows] == [ISSUED]


def test_a_figure_is_split_by_the_words_of_its_code_list(licences):
    codes.load(Path(apps.get_app_config("radiation").path) / "codes.yaml")
    parts = split(figure(ISSUED, year_to_date(DAY), confirmed=True), "kind")
    assert [n for _w, n in parts] == [3, 1, 1]
    assert sum(n for _w, n in parts) == 5
    assert not {"new", "renewal", "amendment"} & {w for w, _n in parts}, "labels, not keys"
    codes.forget()


def test_the_picture_of_a_split_has_its_table(licences):
    page = signed_in("giamdoc").get(f"/chi-tieu/{ISSUED}/?hinh=kind&den={DAY}")
    assert page.context["chart"].series == (("", (3, 1, 1)),)
    assert page.content.decode().count('<th scope="row">') == 3


@pytest.mark.parametrize(
    ("code", "split", "over"),
    [
        (ISSUED, "kind", False),
        ("radiation.facilities_licensed", "activity", True),
        ("radiation.facilities_licensed", "year", False),
    ],
)
def test_parts_that_add_up_to_more_than_the_figure_are_said(licences, code, split, over):
    Licence.objects.filter(number="1/GP").update(activity="other")
    page = signed_in("giamdoc").get(f"/chi-tieu/{code}/?hinh={split}&den={DAY}")
    assert page.context["over"] is over
    assert ("Các phần cộng lại lớn hơn" in page.content.decode()) is over


def test_months_run_to_the_data_date_only(licences):
    chart = signed_in("giamdoc").get(f"/chi-tieu/{ISSUED}/?hinh=month&den={DAY}").context["chart"]
    assert chart.labels == tuple(f"T{m}" for m in range(1, 12))
    assert chart.series[0][1] == (0, 1, 2, 0, 1, 0, 0, 0, 0, 0, 1)


@pytest.mark.parametrize(
    ("who", "shown", "hidden"), [("giamdoc", 5, 0), ("cv.qlcn", 4, 1), ("cv.qlkh", 1, 4), ("quantri", 0, 5)]
)
def test_the_rows_behind_are_those_the_reader_may_open(licences, who, shown, hidden):
    context = signed_in(who).get(f"/chi-tieu/{ISSUED}/?den={DAY}").context
    assert (len(context["page"]), context["hidden"]) == (shown, hidden)


def test_rows_that_wait_are_listed_apart(licences):
    page = signed_in("giamdoc").get(f"/chi-tieu/{ISSUED}/?cho=1&den={DAY}").context["page"]
    assert sorted(row.number for row in page) == ["7/GP", "8/GP"]


def test_watching_is_each_persons_own_and_begins_from_what_was_shown(licences):
    client = signed_in("cv.qlcn")
    client.post(f"/chi-tieu/{ISSUED}/theo-doi/")
    me, other = (Watch.objects.filter(user__username=u) for u in ("cv.qlcn", "cv.qlkh"))
    assert [w.code for w in me] == [*(c for c in watching.AT_FIRST if c in INDICATORS), ISSUED]
    assert not other.exists()
    client.post(f"/chi-tieu/{ISSUED}/theo-doi/")
    assert ISSUED not in {w.code for w in me.all()}


def test_the_button_answers_with_its_new_state(licences):
    answer = signed_in("cv.qlcn").post(f"/chi-tieu/{ISSUED}/theo-doi/", headers={"HX-Request": "true"})
    assert 'aria-pressed="true"' in answer.content.decode()


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        ("radiation.licences_issued", "Đếm số dòng có ngày cấp trong kỳ"),
        ("radiation.facilities_licensed", "Đếm cơ sở khác nhau có ngày cấp trong kỳ"),
        ("radiation.licences_in_force", "Đếm số dòng đã có ngày cấp và chưa qua hết hạn vào ngày chốt số liệu"),
        ("programme.tasks", "Đếm số dòng diễn ra từ ngày giao đến ngày kết thúc có phần nằm trong kỳ"),
        (
            "programme.tasks_done_share",
            "Nhiệm vụ hoàn thành chia cho Nhiệm vụ trong chương trình công tác, tính theo phần trăm",
        ),
    ],
)
def test_the_dictionary_says_each_rule_in_words(code, rule):
    assert entry(INDICATORS[code]).rule == rule


def test_every_indicator_has_its_entry_and_its_place_on_the_page(licences):
    page = signed_in("giamdoc").get(reverse("indicator-words")).content.decode()
    assert [code for code in INDICATORS if f'id="{code}"' not in page] == []
