"""Documents as the office reads them: one identity, a canonical number, relations both ways, validity on a day."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from cancu.core.models import User
from cancu.core.people import Role
from cancu.core.tests.rows import make, person
from cancu.documents.models import (
    Document,
    Issuer,
    RecordDocument,
    Relation,
    UnresolvedCitation,
    Validity,
    canonical,
)
from cancu.documents.states import DocumentStates
from cancu.indicators import figure
from cancu.indicators.windows import year

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("03-CTr/BCSD", "03-CTr/BCSĐ"),
        ("33 /2024/NQ - HĐND", "33/2024/NQ-HĐND"),
        ("97/KH-UBND", "97/KH-UBND"),
        ("báo cáo năm", "báocáonăm"),
        ("", ""),
    ],
)
def test_a_number_is_kept_in_canonical_spelling_and_words_that_are_none_do_no_harm(written, kept):
    assert canonical(written) == kept


@pytest.fixture
def committee():
    return make(
        Issuer,
        code="UBND",
        name="UBND tỉnh Quảng Trị",
        level="province_committee",
        valid_from="1989-07-01",
        valid_until="2025-06-30",
    )


def document(number, on, **values):
    return make(Document, number=number, issued_on=on, **values)


class TestCiting:
    @pytest.fixture
    def plan(self, committee):
        return document(
            "155/KH-UBND", "2022-08-03", type="plan", issuer=committee, title="Chương trình phát triển tài sản trí tuệ"
        )

    @pytest.mark.parametrize(
        ("form", "words"),
        [
            (
                "full",
                "Kế hoạch số 155/KH-UBND ngày 03/8/2022 của UBND tỉnh Quảng Trị Chương trình phát triển tài sản trí tuệ",
            ),
            ("dated", "Kế hoạch số 155/KH-UBND ngày 03/8/2022 của UBND tỉnh Quảng Trị"),
            ("short", "Kế hoạch số 155/KH-UBND"),
            ("number", "155/KH-UBND"),
        ],
    )
    def test_first_mention_is_long_and_later_ones_are_short(self, plan, form, words):
        assert self.named(plan).cite(form) == words

    def test_a_law_has_no_number_in_a_citation(self, committee):
        law = document("29/2013/QH13", "2013-06-18", type="law", issuer=committee, title="Khoa học và Công nghệ")
        assert self.named(law).cite() == self.named(law).cite("short") == "Luật Khoa học và Công nghệ"

    def test_an_unknown_form_is_refused(self, plan):
        with pytest.raises(ValueError, match="viện dẫn"):
            plan.cite("dài")

    @staticmethod
    def named(found):
        from pathlib import Path

        from django.apps import apps

        from cancu.core import codes

        codes.load(Path(apps.get_app_config("documents").path) / "codes.yaml")
        return found


class TestIdentity:
    def test_one_document_is_kept_once_however_its_number_is_spelled(self, committee):
        document("03-CTr/BCSD", "2024-01-02", issuer=committee, type="programme")
        with pytest.raises(IntegrityError), transaction.atomic():
            document("03-CTr/BCSĐ", "2024-01-02", issuer=committee, type="programme")

    def test_the_party_uses_a_number_again_in_the_next_term(self):
        document("20-NQ/TW", "2012-11-01")
        document("20-NQ/TW", "2017-10-25")
        found = Document.objects.by_references(["20-NQ/TW", "20-NQ/TW@2017-10-25", "20-NQ/TW@2020-01-01"])
        assert set(found) == {"20-NQ/TW@2017-10-25"}
        assert Document.objects.by_reference("20-NQ/TW@2012-11-01").issued_on == date(2012, 11, 1)

    def test_many_references_cost_one_question(self, django_assert_num_queries):
        for n in range(1, 6):
            document(f"{n:02d}/KH-UBND", "2024-05-06")
        with django_assert_num_queries(1):
            found = Document.objects.by_references([f"{n:02d}/KH-UBND@2024-05-06" for n in range(1, 6)])
        assert len(found) == 5

    def test_what_is_issued_has_a_number_and_a_day(self):
        for values in ({"number": ""}, {"number": "1/KH-UBND", "issued_on": None}):
            with pytest.raises(IntegrityError), transaction.atomic():
                make(Document, **{"issued_on": "2024-05-06", **values})

    def test_after_the_merger_the_old_committee_issues_nothing(self, committee):
        late = document("12/QĐ-UBND", "2025-07-02", issuer=committee)
        with pytest.raises(ValidationError) as refused:
            late.clean()
        assert set(refused.value.message_dict) == {"issuer"}
        assert str(committee) == "UBND tỉnh Quảng Trị (đến 30/6/2025)"


class TestValidity:
    def test_a_document_ends_when_another_replaces_it(self):
        old = document("61/2018/NĐ-CP", "2018-04-23", effective_on="2018-06-21")
        new = document("118/2025/NĐ-CP", "2025-06-09", effective_on="2025-07-01")
        make(Relation, source=new, target=old, kind="replaces")
        asked = [date(2018, 5, 1), date(2018, 6, 21), date(2025, 6, 30), date(2025, 7, 1)]
        assert [old.validity_on(day) for day in asked] == [
            Validity.NOT_YET,
            Validity.IN_FORCE,
            Validity.IN_FORCE,
            Validity.ENDED,
        ]

    def test_repealing_an_article_ends_a_part_and_amending_ends_nothing(self):
        old = document("163/2021/NQ-HĐND", "2021-12-09", effective_on="2022-01-01")
        new = document("36/2024/NQ-HĐND", "2024-05-10", effective_on="2024-05-20")
        relation = make(Relation, source=new, target=old, kind="amends")
        assert old.validity_on(date(2024, 6, 1)) == Validity.IN_FORCE
        Relation.objects.filter(pk=relation.pk).update(kind="repeals", item="Điều 5")
        assert old.validity_on(date(2024, 6, 1)) == Validity.PARTLY

    def test_its_last_day_is_still_in_force(self):
        plan = document("3690/KH-UBND", "2019-08-14", effective_on="2019-08-14", ended_on="2025-12-31")
        assert plan.validity_on(date(2025, 12, 31)) == Validity.IN_FORCE
        assert plan.validity_on(date(2026, 1, 1)) == Validity.ENDED
        assert list(Document.objects.in_force(date(2025, 12, 31))) == [plan]
        assert not Document.objects.in_force(date(2026, 1, 1)).exists()

    def test_without_a_day_of_effect_nothing_is_claimed(self):
        assert document("23/2013/TT-BKHCN", "2013-09-26").validity_on(date(2024, 1, 1)) == Validity.UNKNOWN


class TestRelations:
    def test_a_relation_is_read_from_both_ends_and_kept_once(self):
        conclusion, plan = document("69-KL/TW", "2024-01-11"), document("141-KH/TU", "2024-04-16")
        make(Relation, source=plan, target=conclusion, kind="implements")
        assert [r.target for r in plan.stands_on.all()] == [conclusion]
        assert [r.source for r in conclusion.carries.all()] == [plan]
        with pytest.raises(IntegrityError), transaction.atomic():
            make(Relation, source=plan, target=conclusion, kind="implements")
        with pytest.raises(IntegrityError), transaction.atomic():
            make(Relation, source=plan, target=plan, kind="refers")

    def test_a_citation_waits_and_is_bound_when_its_document_arrives(self):
        plan = document("194/KH-UBND", "2024-10-07")
        waiting = make(
            UnresolvedCitation,
            document=plan,
            text="Quyết định số 709/QĐ-TTg",
            canonical="709/QĐ-TTg",
            issued_on="2024-07-23",
            kind="implements",
            status="waiting",
            bound_to=None,
        )
        other = document("709/QĐ-TTg", "2019-05-01")
        waiting.refresh_from_db()
        assert waiting.status == "waiting" and not other.carries.exists()
        arrived = document("709/QĐ-TTg", "2024-07-23")
        waiting.refresh_from_db()
        assert (waiting.status, waiting.bound_to) == ("bound", arrived)
        assert [(r.source, r.kind) for r in arrived.carries.all()] == [(plan, "implements")]

    def test_a_citation_without_a_day_is_not_bound_to_one_of_two(self):
        document("20-NQ/TW", "2012-11-01")
        plan = document("97/KH-UBND", "2024-05-06")
        waiting = make(
            UnresolvedCitation,
            document=plan,
            text="Nghị quyết 20",
            canonical="20-NQ/TW",
            issued_on=None,
            status="waiting",
            bound_to=None,
        )
        document("20-NQ/TW", "2017-10-25")
        waiting.refresh_from_db()
        assert waiting.status == "waiting"

    def test_a_document_hangs_once_on_a_record_in_one_role(self):
        found, plan = document("1/BB-SKHCN", "2024-05-06"), document("97/KH-UBND", "2024-05-06")
        from django.contrib.contenttypes.models import ContentType

        table = ContentType.objects.get_for_model(Document)
        link = {"document": found, "table": table, "record_id": plan.pk, "role": "minutes"}
        RecordDocument.objects.create(**link)
        with pytest.raises(IntegrityError), transaction.atomic():
            RecordDocument.objects.create(**link)


class TestDrafting:
    @pytest.fixture
    def draft(self):
        return make(
            Document,
            number="",
            issued_on=None,
            state="drafting",
            owner_unit="QLKH",
            drafted_by_department=True,
            entered_by=person("cv.qlkh", "QLKH"),
        )

    def test_a_draft_counts_only_when_it_is_issued(self, draft):
        director, specialist, clerk = (
            person("giamdoc", "SKHCN", Role.DIRECTOR),
            User.objects.get(username="cv.qlkh"),
            person("vanthu", "QLKH", Role.CLERK),
        )
        DocumentStates.move(draft, "consult", specialist)
        DocumentStates.move(draft, "submit", director)
        assert figure("documents.issued", year(2024)).value == 0
        DocumentStates.move(draft, "issue", clerk, number="2441/QĐ-UBND", issued_on=date(2024, 10, 8))
        draft.refresh_from_db()
        assert draft.canonical == "2441/QĐ-UBND"
        assert figure("documents.issued", year(2024)).value == 1
        DocumentStates.move(draft, "recall", director, reason="Sai thẩm quyền")
        assert figure("documents.issued", year(2024)).value == 0

    def test_without_number_and_day_nothing_is_issued(self, draft):
        with pytest.raises(ValidationError) as refused:
            DocumentStates.move(draft, "issue", person("giamdoc", "SKHCN", Role.DIRECTOR))
        assert set(refused.value.message_dict) == {"number", "issued_on"}

    def test_who_drafted_it_does_not_record_its_issue(self, draft):
        with pytest.raises(PermissionDenied, match="Người nhập"):
            DocumentStates.move(draft, "issue", draft.entered_by, number="2441/QĐ-UBND", issued_on=date(2024, 10, 8))
