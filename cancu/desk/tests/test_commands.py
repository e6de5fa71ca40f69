"""``cancu remind`` and ``cancu search`` say in Vietnamese what they did and what they need."""

from __future__ import annotations

import pytest
from django.core import mail

from cancu.cli import parser
from cancu.core.models import User
from cancu.core.reminders import Notice
from cancu.core.tests.people import staff
from cancu.core.tests.rows import make
from cancu.desk.search_index import read_waiting
from cancu.documents.models import Document
from cancu.lines.radiation.models import Licence

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    staff()
    User.objects.filter(username="cv.qlcn").update(email="cv@so.vi")
    make(
        Licence,
        number="31/GP",
        facility="CS",
        issued_on="2021-11-20",
        expires_on="2024-11-20",
        state="granted",
        owner_unit="QLCN",
    )
    make(Document, type="plan", number="155/KH-UBND", issued_on="2022-08-03", title="hỗ trợ", owner_unit="QLCN")
    read_waiting()


def done(*words: str) -> int:
    given = parser().parse_args(list(words))
    return given.run(given)


def test_a_dry_run_names_people_and_things_and_sends_nothing(office, capsys):
    assert done("remind", "--day", "2024-11-15", "--dry") == 0
    said = capsys.readouterr().out
    assert "<cv@so.vi>" in said
    assert "còn 5 ngày (20/11/2024)" in said
    assert "chưa có địa chỉ thư" in said, "the head of QLCN has no address yet"
    assert (mail.outbox, Notice.objects.count()) == ([], 0)


def test_letters_are_sent_once(office, capsys):
    assert done("remind", "--day", "2024-11-15") == 0
    assert done("remind", "--day", "2024-11-15") == 0
    assert capsys.readouterr().out == "Đã gửi 1 thư ngày 15/11/2024.\nĐã gửi 0 thư ngày 15/11/2024.\n"
    assert [m.to for m in mail.outbox] == [["cv@so.vi"]]


@pytest.mark.parametrize(
    ("words", "state", "said"),
    [
        (("search", "155", "kh", "--user", "giamdoc"), 0, "155/KH-UBND"),
        (("search", "khong-co-gi", "--user", "giamdoc"), 0, "Không tìm thấy gì"),
        (("search", "155"), 2, "--user"),
        (("search", "155", "--user", "khong-ai"), 2, "--user"),
        (("search", "--rebuild"), 0, "Đã đọc"),
    ],
)
def test_search_answers_or_says_what_it_needs(office, capsys, words, state, said):
    assert done(*words) == state
    captured = capsys.readouterr()
    assert said in captured.out + captured.err
