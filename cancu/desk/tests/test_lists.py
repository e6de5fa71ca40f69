"""A list as a clerk works with it: sorted, its columns chosen, kept under a name, filters taken off one by one, many confirmed at once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from cancu.core.jobs import Job, run_waiting
from cancu.core.models import Membership, Unit, UnitName, User
from cancu.core.people import Role
from cancu.core.tests.rows import make, person
from cancu.desk.models import SavedView
from cancu.desk.tests.test_pages import signed_in
from cancu.lines.radiation.models import Licence
from cancu.lines.radiation.states import LicenceStates

pytestmark = pytest.mark.django_db
LICENCE = ["radiation", "licence"]
ADDRESS = "/so/radiation/licence/"


@pytest.fixture
def office():
    for username, unit, role in (
        ("cv.qlcn", "QLCN", Role.SPECIALIST),
        ("tr.qlcn", "QLCN", Role.UNIT_HEAD),
        ("giamdoc", "QLCN", Role.DIRECTOR),
    ):
        person(username, unit, role)
    return [
        make(
            Licence,
            number=f"{n:02d}/GP",
            facility=f"CS{n}",
            issued_on=dt.date(2024, 1, n),
            expires_on="2027-01-01",
            owner_unit="QLCN",
            entered_by="cv.qlcn",
            confirmed_by=None,
        )
        for n in range(1, 6)
    ]


def shown(client, query=""):
    return client.get(ADDRESS + query).context["list"]


def test_a_heading_sorts_and_sorts_back(office):
    client = signed_in("tr.qlcn")
    assert next(row.number for row in shown(client).items) == "05/GP"
    assert next(row.number for row in shown(client, "?xep=issued_on").items) == "01/GP"
    heads = {h["column"].name: h for h in shown(client, "?xep=issued_on").heads}
    assert (heads["issued_on"]["sorted"], heads["facility"]["to"]) == ("ascending", "")


@pytest.mark.parametrize("query", ["?xep=note", "?xep=owner_unit__code", "?xep=;drop", "?cot=password,xyz"])
def test_what_can_not_be_sorted_or_shown_is_passed_over(office, query):
    assert next(row.number for row in shown(signed_in("tr.qlcn"), query).items) == "05/GP"


def test_columns_are_chosen_and_the_first_stays(office):
    client = signed_in("tr.qlcn")
    address = client.get(reverse("choose-columns", args=LICENCE) + "?query=q%3D05&c=fee&c=note").url
    assert "q=05" in address
    assert [c.name for c in shown(client, "?" + address.partition("?")[2]).columns] == ["number", "fee", "note"]


def test_a_view_is_kept_under_a_name_for_its_owner_alone(office):
    client = signed_in("tr.qlcn")
    client.post(
        reverse("save-view", args=LICENCE), {"name": "Hết hạn 2027", "query": "expires_on_den=2027-12-31&xep=issued_on"}
    )
    assert "Hết hạn 2027" in client.get(ADDRESS).content.decode()
    assert "Hết hạn 2027" not in signed_in("giamdoc").get(ADDRESS).content.decode()
    view = SavedView.objects.get()
    signed_in("giamdoc").post(reverse("save-view", args=LICENCE), {"drop": view.pk})
    assert SavedView.objects.exists()
    client.post(reverse("save-view", args=LICENCE), {"drop": view.pk})
    assert not SavedView.objects.exists()


class TestSharedView:
    @pytest.fixture
    def view(self, office):
        signed_in("tr.qlcn").post(reverse("save-view", args=LICENCE), {"name": "Hết hạn 2027", "query": "q=01"})
        return SavedView.objects.get()

    def share(self, username, view, unit):
        return signed_in(username).post(
            reverse("save-view", args=LICENCE),
            {"share": f"{view.pk}:{unit and Unit.objects.get(code=unit).pk}"},
            follow=True,
        )

    def seen_by(self, username):
        return [(one.name, one.own) for one in signed_in(username).get(ADDRESS).context["views"]]

    def test_people_of_the_unit_see_it_and_whose_it_is(self, view):
        User.objects.filter(username="tr.qlcn").update(full_name="Lê Thị Trưởng")
        assert "nay cũng thấy dạng xem" in self.share("tr.qlcn", view, "QLCN").content.decode()
        page = signed_in("cv.qlcn").get(ADDRESS).content.decode()
        assert "Hết hạn 2027" in page and "của Lê Thị Trưởng" in page
        assert self.seen_by("tr.qlcn") == [("Hết hạn 2027", True)]

    def test_it_opens_the_rows_of_its_reader_never_those_of_its_owner(self, view):
        make(
            Licence,
            number="01/GP-KHAC",
            facility="CSK",
            issued_on="2024-03-01",
            expires_on="2027-01-01",
            owner_unit="QLKH",
            entered_by="cv.qlkh",
        )
        self.share("tr.qlcn", view, "QLCN")
        assert [row.number for row in shown(signed_in("cv.qlcn"), "?" + view.query).items] == ["01/GP"]

    def test_other_units_and_administrators_do_not_see_it(self, view):
        person("cv.qlkh", "QLKH", Role.SPECIALIST)
        person("quantri", "QLCN", Role.ADMINISTRATOR)
        self.share("tr.qlcn", view, "QLCN")
        assert self.seen_by("cv.qlkh") == self.seen_by("quantri") == []

    def test_it_is_taken_back_and_goes_when_its_owner_leaves_the_unit(self, view):
        self.share("tr.qlcn", view, "QLCN")
        assert self.seen_by("cv.qlcn") == [("Hết hạn 2027", False)]
        Membership.objects.filter(user__username="tr.qlcn").update(valid_until="2024-01-01")
        assert self.seen_by("cv.qlcn") == [] and self.seen_by("tr.qlcn") == [("Hết hạn 2027", True)]
        Membership.objects.filter(user__username="tr.qlcn").update(valid_until=None)
        self.share("tr.qlcn", view, "")
        assert self.seen_by("cv.qlcn") == []

    def test_nobody_shares_into_a_unit_that_is_not_theirs_nor_the_view_of_another(self, view):
        make(UnitName, unit="QLKH", name="Phòng QLKH", short_name="QLKH", valid_from="2020-01-01")
        assert "Chỉ chia sẻ được với đơn vị" in self.share("tr.qlcn", view, "QLKH").content.decode()
        assert self.share("cv.qlcn", view, "QLCN").status_code == 404
        signed_in("cv.qlcn").post(reverse("save-view", args=LICENCE), {"drop": view.pk})
        assert SavedView.objects.get().shared_with is None


def test_each_filter_is_told_and_taken_off(office):
    chips = shown(signed_in("tr.qlcn"), "?issued_on_tu=2024-01-02&q=GP&state=draft").chips
    assert [(c["label"], c["words"]) for c in chips] == [
        ("Ngày cấp", "từ 02/01/2024"),
        ("Trạng thái", "Soạn thảo"),
        ("", "“GP”"),
    ]
    assert chips[0]["without"] == "?q=GP&state=draft"


def test_many_are_confirmed_at_once_and_who_may_not_is_told(office):
    own = make(
        Licence,
        number="09/GP",
        facility="CS9",
        issued_on="2024-02-01",
        expires_on="2027-01-01",
        owner_unit="QLCN",
        entered_by="tr.qlcn",
        confirmed_by=None,
    )
    client = signed_in("tr.qlcn")
    page = client.post(
        reverse("bulk", args=LICENCE), {"row": [row.pk for row in (*office, own)], "act": "confirm"}, follow=True
    ).content.decode()
    assert "Xác nhận: 5 hồ sơ" in page and "09/GP" in page
    assert Licence.objects.filter(confirmed_by__username="tr.qlcn").count() == 5
    signed_in("cv.qlcn").post(reverse("bulk", args=LICENCE), {"row": [own.pk]})
    own.refresh_from_db()
    assert own.confirmed_at is None


def test_a_record_is_looked_at_beside_the_list(office):
    page = (
        signed_in("tr.qlcn")
        .get(reverse("record", args=[*LICENCE, office[0].pk]), headers={"HX-Request": "true"})
        .content.decode()
    )
    assert "01/GP" in page and "<html" not in page


def test_words_that_are_no_day_stay_in_the_filter_and_are_marked(office):
    page = (
        signed_in("tr.qlcn")
        .get(reverse("register", args=("radiation", "licence")), {"issued_on_tu": "31/02/2024"})
        .content.decode()
    )
    field = next(part for part in page.split("<input") if 'name="issued_on_tu"' in part)
    assert 'value="31/02/2024"' in field and 'aria-invalid="true"' in field
    assert not shown(signed_in("tr.qlcn"), "?issued_on_tu=31/02/2024").chips


def test_a_day_in_a_filter_is_typed_as_on_a_form(office):
    assert shown(signed_in("tr.qlcn"), "?issued_on_den=5.2.24").chips[0]["words"] == "đến 05/02/2024"


class TestManyAtOnce:
    """Issue, revoke, send back: each row as if alone."""

    def test_a_move_is_made_where_it_may_be_and_the_rest_are_told_with_why(self, office):
        client = signed_in("tr.qlcn")
        office[0].confirm(User.objects.get(username="tr.qlcn"))
        page = client.post(
            reverse("bulk", args=LICENCE),
            {"row": [row.pk for row in office], "act": "other", "other": "send-back", "reason": "thiếu số vào sổ"},
            follow=True,
        ).content.decode()
        assert "Trả lại để sửa: 1 hồ sơ" in page and f"{office[1]}: Hồ sơ này chưa được xác nhận" in page
        office[0].refresh_from_db()
        assert office[0].confirmed_at is None

    def test_a_reason_that_is_asked_for_is_said_to_be_missing(self, office):
        office[0].confirm(User.objects.get(username="tr.qlcn"))
        page = (
            signed_in("tr.qlcn")
            .post(
                reverse("bulk", args=LICENCE),
                {"row": [office[0].pk], "act": "other", "other": "send-back"},
                follow=True,
            )
            .content.decode()
        )
        assert f"{office[0]}: Hãy ghi lý do trả lại." in page

    def test_every_state_move_of_ones_roles_is_offered_and_no_other(self, office):
        offered = {who: list(signed_in(who).get(ADDRESS).context["bulk_acts"]) for who in ("cv.qlcn", "tr.qlcn")}
        mine = {
            who: [f"move:{m.key}" for m in LicenceStates.moves.values() if role in m.by]
            for who, role in (("cv.qlcn", Role.SPECIALIST), ("tr.qlcn", Role.UNIT_HEAD))
        }
        assert offered == {"cv.qlcn": mine["cv.qlcn"], "tr.qlcn": ["confirm", "send-back", *mine["tr.qlcn"]]}

    def test_a_move_outside_ones_roles_is_refused_whole(self, office):
        page = (
            signed_in("cv.qlcn")
            .post(
                reverse("bulk", args=LICENCE), {"row": [office[0].pk], "act": "other", "other": "confirm"}, follow=True
            )
            .content.decode()
        )
        assert "Bạn không giữ vai trò được làm việc này" in page

    def test_moved_rows_keep_their_history(self, office):
        move = LicenceStates.moves["grant"]
        Licence.objects.update(state=move.sources[0].key)
        signed_in("giamdoc").post(
            reverse("bulk", args=LICENCE),
            {"row": [row.pk for row in office[:2]], "act": "other", "other": "move:grant"},
        )
        states = [Licence.objects.get(pk=row.pk) for row in office[:2]]
        assert [row.state for row in states] == [move.target.key] * 2
        assert [row.history.order_by("-pgh_id").first().pgh_context.metadata["action"] for row in states] == [
            move.key
        ] * 2

    def test_every_row_that_the_filters_let_through_is_done_by_a_job(self, office):
        Licence.objects.filter(pk=office[0].pk).update(entered_by=User.objects.get(username="tr.qlcn"))
        client, others = signed_in("tr.qlcn"), Licence.objects.exclude(pk=office[0].pk)
        kept = others.filter(number__contains="03")
        kept.update(issued_on="2020-01-01")
        page = client.post(
            reverse("bulk", args=LICENCE),
            {"all": "1", "act": "confirm", "back": "issued_on_tu=01/01/2021"},
            follow=True,
        )
        assert "Xác nhận mọi dòng khớp bộ lọc" in page.content.decode()
        assert run_waiting() == 1
        job = Job.objects.get()
        assert (job.state, job.words) == ("done", f"{others.count() - kept.count()} hồ sơ")
        assert job.error.startswith(f"{office[0]}: Chỉ trưởng đơn vị"), "its enterer never confirms"
        assert job.leads_to == f"{ADDRESS}?issued_on_tu=01/01/2021"
        assert set(Licence.objects.filter(confirmed_at=None)) == {office[0], *kept}
        told = client.get(reverse("job", args=[job.pk]), headers={"HX-Request": "true"})
        assert str(office[0]) in told.content.decode() and "Xem kết quả" in told.content.decode()

    def test_a_job_for_all_rows_asks_the_role_again_when_it_is_done(self, office):
        client = signed_in("tr.qlcn")
        client.post(reverse("bulk", args=LICENCE), {"all": "1", "act": "confirm", "back": ""})
        Membership.objects.filter(user__username="tr.qlcn").update(role=Role.SPECIALIST)
        run_waiting()
        job = Job.objects.get()
        assert job.state == "failed" and "không giữ vai trò" in job.error
        assert not Licence.objects.exclude(confirmed_at=None).exists()
