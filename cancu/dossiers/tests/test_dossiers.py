"""A dossier at the one-stop office: its clock, its ten states, and the verdict kept at its end."""

import datetime as dt
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from cancu.core.people import Role
from cancu.core.tests.rows import make, person
from cancu.dossiers.clock import due_on, verdict
from cancu.dossiers.models import CODE, Dossier, Pause, ProcedureVersion
from cancu.dossiers.states import DossierStates
from samples.quang_tri.dossiers.generate import rows


@pytest.mark.parametrize(
    ("received", "amount", "unit", "pauses", "extension", "due"),
    [
        pytest.param("2023-02-01", 5, "workday", [], 0, "2023-02-08", id="năm ngày làm việc, ngày nhận không tính"),
        pytest.param("2024-04-26", 1, "workday", [], 0, "2024-05-02", id="nghỉ 30/4 và 01/5, ngày 29/4 hoán đổi"),
        pytest.param("2024-05-03", 1, "workday", [], 0, "2024-05-04", id="thứ Bảy 04/5 làm bù là ngày làm việc"),
        pytest.param(
            "2024-06-10", 20, "day", [], 0, "2024-07-01", id="hai mươi ngày rơi vào Chủ nhật thì sang thứ Hai"
        ),
        pytest.param("2024-01-31", 1, "month", [], 0, "2024-02-29", id="một tháng từ 31/01 là 29/02"),
        pytest.param(
            "2024-06-03",
            5,
            "workday",
            [("2024-06-05", "2024-06-06")],
            0,
            "2024-06-12",
            id="chờ hai ngày thì lùi hai ngày",
        ),
        pytest.param(
            "2024-06-03",
            5,
            "workday",
            [("2024-06-08", "2024-06-09")],
            0,
            "2024-06-10",
            id="chờ qua cuối tuần không thêm ngày nào",
        ),
        pytest.param("2024-06-03", 5, "workday", [], 3, "2024-06-13", id="gia hạn ba ngày làm việc"),
    ],
)
@pytest.mark.django_db
def test_the_due_date_follows_the_working_calendar(received, amount, unit, pauses, extension, due):
    day = date.fromisoformat
    assert due_on(day(received), amount, unit, [(day(a), day(b)) for a, b in pauses], extension) == day(due)


@pytest.mark.parametrize(
    ("finished", "said"), [("2023-02-07", "early"), ("2023-02-08", "on_time"), ("2023-02-09", "late")]
)
def test_early_is_stricter_than_on_time(finished, said):
    assert verdict(date.fromisoformat(finished), date(2023, 2, 8)) == said


@pytest.mark.parametrize("code", ["000.00.14.H50-241105-0003", pytest.param("14.H50-241105-3", id="thiếu nhóm")])
def test_a_dossier_code_has_agency_day_and_number(code):
    if code.startswith("000"):
        CODE(code)
    else:
        with pytest.raises(ValidationError):
            CODE(code)


@pytest.fixture
def version(db):
    return make(ProcedureVersion, code="KHCN-37/2024", amount=15, unit="workday", valid_from="2024-04-01")


@pytest.fixture
def director(db):
    return person("giamdoc", "SKHCN", Role.DIRECTOR)


@pytest.fixture
def desk(db):
    return person("motcua", "QLCN", Role.ONE_STOP)


def dossier(version, received="2024-06-03", **values):
    return make(
        Dossier, code="000.00.14.H50-240603-0001", version=version, received_on=received, owner_unit="QLCN", **values
    )


class TestVerdict:
    def test_it_is_written_when_the_dossier_is_finished_with_the_rule_used(self, version, director):
        found = dossier(version, state="solving")
        assert (found.due_on, found.verdict) == (date(2024, 6, 24), "")
        DossierStates.move(found, "finish", director, finished_on=date(2024, 6, 21))
        found.refresh_from_db()
        assert (found.state, found.verdict, found.verdict_rule) == ("solved", "early", "BLDS-2015")

    def test_a_cut_term_holds_from_its_day(self, version):
        ProcedureVersion.objects.filter(pk=version.pk).update(shortened_to=10, shortened_from_on=date(2024, 6, 3))
        version.refresh_from_db()
        assert dossier(version).due_on == date(2024, 6, 17)
        assert version.term(date(2024, 6, 2)) == 15

    def test_without_a_statutory_term_there_is_no_verdict(self, version, director):
        ProcedureVersion.objects.filter(pk=version.pk).update(amount=None)
        version.refresh_from_db()
        found = dossier(version, state="solving")
        DossierStates.move(found, "finish", director, finished_on=date(2024, 6, 21))
        assert (found.due_on, found.verdict, found.verdict_rule) == (None, "", "")

    def test_a_pause_entered_late_shows_which_verdict_no_longer_holds(self, version):
        found = dossier(version, state="solved", finished_on="2024-06-25")
        assert found.verdict == "late" and Dossier.objects.misjudged() == []
        make(Pause, dossier=found, first_on="2024-06-05", last_on="2024-06-06")
        assert Dossier.objects.misjudged() == [found]


class TestStates:
    def test_waiting_for_papers_stops_the_clock_and_every_state_is_logged(self, version, desk, director, monkeypatch):
        found = dossier(version, state="received")
        self.on(monkeypatch, date(2024, 6, 4))
        DossierStates.move(found, "solve", desk)
        self.on(monkeypatch, date(2024, 6, 5))
        DossierStates.move(found, "ask_papers", desk, reason="Thiếu phiếu kiểm xạ")
        self.on(monkeypatch, date(2024, 6, 10))
        DossierStates.move(found, "solve", desk)
        pause = found.pauses.get()
        assert (pause.first_on, pause.last_on, pause.reason) == (
            date(2024, 6, 5),
            date(2024, 6, 9),
            "Thiếu phiếu kiểm xạ",
        )
        found = Dossier.objects.get(pk=found.pk)
        assert found.due_on == date(2024, 6, 27)
        assert [(e.state, e.portal_code) for e in found.entries.all()] == [
            ("solving", 4),
            ("supplement", 5),
            ("solving", 4),
        ]

    def test_papers_brought_the_same_day_leave_no_pause(self, version, desk, monkeypatch):
        found = dossier(version, state="solving")
        self.on(monkeypatch, date(2024, 6, 5))
        DossierStates.move(found, "ask_payment", desk)
        DossierStates.move(found, "solve", desk)
        assert not found.pauses.exists()

    def test_the_portal_knows_ten_states_in_this_order(self):
        assert list(DossierStates.all) == [
            "new",
            "received",
            "refused",
            "solving",
            "supplement",
            "payment",
            "withdrawn",
            "stopped",
            "solved",
            "returned",
        ]

    def test_who_entered_a_dossier_does_not_finish_it(self, version, director):
        found = dossier(version, state="solving", entered_by=director)
        with pytest.raises(PermissionDenied, match="Người nhập"):
            DossierStates.move(found, "finish", director)

    def test_a_withdrawn_dossier_is_over_and_has_no_verdict(self, version, desk):
        found = dossier(version, state="solving")
        DossierStates.move(found, "withdraw", desk, reason="Không còn nhu cầu")
        found.refresh_from_db()
        assert found.finished_on is not None and found.verdict == ""

    def test_the_database_refuses_an_end_without_a_day_and_a_day_without_an_end(self, version):
        found = dossier(version, state="solving")
        for values in (
            {"state": "solved"},
            {"finished_on": date(2024, 6, 21)},
            {"state": "returned", "finished_on": date(2024, 6, 21)},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                Dossier.objects.filter(pk=found.pk).update(**values)

    @staticmethod
    def on(monkeypatch, day):
        at = dt.datetime.combine(day, dt.time(9), tzinfo=dt.UTC)
        monkeypatch.setattr("django.utils.timezone.now", lambda: at)


class TestVersions:
    def test_two_versions_never_hold_on_one_day(self, version):
        with pytest.raises(IntegrityError), transaction.atomic():
            make(ProcedureVersion, code="KHCN-37/2025", procedure=version.procedure, valid_from="2024-12-01")

    @pytest.mark.parametrize(
        "values",
        [{"shortened_to": 15, "shortened_from_on": "2024-05-02"}, {"shortened_to": 10, "shortened_from_on": None}],
    )
    def test_a_cut_is_shorter_and_has_its_first_day(self, db, values):
        with pytest.raises(IntegrityError), transaction.atomic():
            make(ProcedureVersion, code="KHCN-01/2024", amount=15, **values)

    def test_a_dossier_falls_under_the_version_of_its_day(self, version):
        with pytest.raises(ValidationError) as refused:
            dossier(version, received="2024-03-29").clean()
        assert set(refused.value.message_dict) == {"version"}


class TestSample:
    @pytest.fixture
    def made(self):
        return list(rows("dossier"))

    def test_it_is_the_same_every_time(self, made):
        assert made == list(rows("dossier"))

    def test_all_412_dossiers_of_2024_are_early_and_31_still_open(self, made):
        this_year = [r for r in made if "2024-01-01" <= r.get("finished_on", "") <= "2024-11-15"]
        assert (len(this_year), {r["verdict"] for r in this_year}) == (412, {"early"})
        assert sum("finished_on" not in r for r in made) == 31

    def test_the_log_ends_in_the_state_of_the_dossier(self, made):
        last = {row["dossier"]: row["state"] for row in rows("stateentry")}
        assert last == {row["code"]: row["state"] for row in made}

    def test_codes_number_the_day_without_gap(self, made):
        days: dict[str, list[int]] = {}
        for row in made:
            CODE(row["code"])
            _agency, day, number = row["code"].rsplit("-", 2)
            assert day == row["received_on"][2:].replace("-", "")
            days.setdefault(day, []).append(int(number))
        assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in days.values())
