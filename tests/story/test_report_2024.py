"""The main job: the department's report of 2024 from its registers, issued, and what happens when records move."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cancu.commands.report import find_or_compose
from cancu.core.models import User
from cancu.documents.models import Document
from cancu.indicators import compute
from cancu.indicators.declaration import INDICATORS
from cancu.indicators.windows import year_to_date
from cancu.lines.radiation.models import Licence
from cancu.reports import issue as issuing
from cancu.reports.findings import findings
from cancu.reports.freeze import confirm, drifts
from cancu.reports.issue import OpenErrors, correct, files, issue
from cancu.reports.life import issue_whole
from cancu.reports.models import EvidenceRow, FrozenNode, Report
from vanban.read import read

pytestmark = pytest.mark.django_db

UNTIL = dt.date(2024, 11, 15)
WINDOW = year_to_date(UNTIL)
CONTRACT = list(csv.DictReader((Path(__file__).parents[2] / "samples/quang_tri/contract.csv").open(encoding="utf-8")))


@pytest.fixture
def report(office: None) -> Report:
    return find_or_compose("annual", WINDOW)


@pytest.fixture
def issued(report: Report) -> Report:
    return issue_whole(report, UNTIL)


def moved(report: Report) -> dict[str, object]:
    return {d.node.code: d for d in drifts(list(report.sections.select_related("report")))}


@pytest.mark.parametrize("row", CONTRACT, ids=lambda row: row["code"])
def test_every_sample_figure_is_counted_from_records(office: None, row: dict[str, str]) -> None:
    value = compute([INDICATORS[row["code"]]], [WINDOW], confirmed=True)[row["code"], WINDOW].value
    agreed = Decimal(row["value"])
    assert value is not None
    assert value > agreed if row["bound"] == ">" else value == agreed


def test_every_sample_figure_has_a_previous_year(office: None) -> None:
    before = WINDOW.previous()
    found = compute([INDICATORS[r["code"]] for r in CONTRACT], [before], confirmed=True)
    assert [code for (code, _w), figure in found.items() if figure.value is None] == []


def test_an_issued_report_has_a_number_its_files_and_its_rows(issued: Report) -> None:
    assert issued.code == "01/BC-SKHCN"
    assert {f.name for f in issued.files.all()} == {
        "bao-cao-2024.docx",
        "bao-cao-2024.pdf",
        "bao-cao-2024.html",
        "figures.json",
        "figures.csv",
    }
    instruments = FrozenNode.objects.get(section__report=issued, code="laboratory.instruments")
    assert instruments.value == 10036
    assert instruments.rows.count() == 10036


def test_the_word_file_reads_back_as_the_report(issued: Report) -> None:
    tree = read(files(issued)["bao-cao-2024.docx"], "bao-cao-2024.docx")
    assert tree.header.number == "01"
    assert tree.header.issuer == "SỞ KHOA HỌC VÀ CÔNG NGHỆ"
    assert tree.signature.authority == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    assert tree.signature.name == "Nguyễn Hữu Thắng"
    assert "figure:laboratory.instruments" in {n.ref for n in tree.nodes()}


def test_the_data_annex_carries_value_window_rule_and_row_count(issued: Report) -> None:
    annex = {row["code"]: row for row in json.loads(files(issued)["figures.json"])["figures"]}
    assert annex["laboratory.instruments"]["value"] == "10036"
    assert annex["laboratory.instruments"]["rows"] == 10036
    assert annex["laboratory.instruments"]["window_end"] == "2024-11-15"
    rows = list(csv.DictReader(io.StringIO(files(issued)["figures.csv"].decode("utf-8-sig"))))
    assert {row["code"] for row in rows} == set(annex)


def test_a_settled_report_does_not_drift(issued: Report) -> None:
    assert moved(issued) == {}


def test_revoking_one_licence_moves_exactly_the_figures_that_rest_on_it(issued: Report) -> None:
    licence = Licence.objects.filter(issued_on__range=(WINDOW.start, WINDOW.end), state="granted").order_by("pk").last()
    assert licence is not None
    Licence.objects.filter(pk=licence.pk).update(state="revoked")
    found = moved(issued)
    resting = set(
        EvidenceRow.objects.filter(
            table="radiation.licence", record=licence.pk, node__section__report=issued
        ).values_list("node__code", flat=True)
    )
    assert set(found) == resting
    assert str(licence) in found["radiation.facilities_licensed"].removed


def test_an_equal_value_with_other_rows_is_drift_too(issued: Report) -> None:
    by_facility: dict[int, list[Licence]] = {}
    for licence in Licence.objects.filter(issued_on__range=(WINDOW.start, WINDOW.end), state="granted"):
        by_facility.setdefault(licence.facility_id, []).append(licence)
    twice = next(licences for licences in by_facility.values() if len(licences) > 1)
    Licence.objects.filter(pk=twice[0].pk).update(state="revoked")
    drift = moved(issued)["radiation.facilities_licensed"]
    assert drift.value == drift.node.value == 15
    assert drift.removed == [str(twice[0])]


def test_an_edited_date_is_named_with_old_and_new(issued: Report) -> None:
    licence = Licence.objects.filter(issued_on__range=(WINDOW.start, WINDOW.end), state="granted").first()
    assert licence is not None
    old = licence.issued_on
    Licence.objects.filter(pk=licence.pk).update(issued_on=dt.date(2024, 2, 29))
    (change,) = moved(issued)["radiation.facilities_licensed"].changed
    assert (change.label, change.fact, change.old, change.new) == (
        str(licence),
        "ngày cấp",
        old.isoformat(),
        "2024-02-29",
    )


def test_deleting_a_record_leaves_the_issued_words_and_bytes_as_they_were(issued: Report) -> None:
    before = files(issued)
    licence = Licence.objects.filter(issued_on__range=(WINDOW.start, WINDOW.end), state="granted").first()
    assert licence is not None
    label = str(licence)
    Licence.objects.filter(pk=licence.pk).delete()
    assert files(Report.objects.get(pk=issued.pk)) == before
    assert label in moved(issued)["radiation.facilities_licensed"].removed


def test_a_correction_is_a_report_that_points_to_the_issued_one(issued: Report) -> None:
    with pytest.raises(ValidationError, match="Không có số liệu nào"):
        correct(issued, User.objects.get(username="cv.vp"))
    Licence.objects.filter(issued_on__range=(WINDOW.start, WINDOW.end)).first().delete()
    errata = correct(issued, User.objects.get(username="cv.vp"))
    assert errata.corrects == issued
    assert "I.6" in set(errata.sections.values_list("code", flat=True))


def test_the_author_of_a_section_does_not_confirm_it(report: Report) -> None:
    section = report.sections.get(code="I.6")
    section.entered_by = User.objects.get(username="tr.qlcn")
    section.save()
    with pytest.raises(PermissionDenied):
        confirm(section, User.objects.get(username="tr.qlcn"))


def test_a_head_of_another_unit_does_not_confirm(report: Report) -> None:
    with pytest.raises(PermissionDenied):
        confirm(report.sections.get(code="I.6"), User.objects.get(username="tr.qlkh"))


@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [
        ("Cấp cho [15](figure:radiation.facilities_licenced) cơ sở.", "B1", "radiation.facilities_licensed"),
        ("Theo [Kế hoạch số 999/KH-UBND](document:999/KH-UBND@2024-01-01).", "B2", "chưa có trong sổ"),
        ("Theo [Kế hoạch số 155/KH-UBND](document:97/KH-UBND@2024-05-06).", "B6", "97/KH-UBND"),
        ("Cấp cho 15 cơ sở.", "R3", "radiation.facilities_licensed"),
    ],
)
def test_a_finding_says_what_is_wrong_where_and_how_to_mend_it(
    report: Report, typed: str, code: str, words: str
) -> None:
    report.sections.filter(code="I.6").update(body=typed)
    found = [p for p in findings(report) if p.code == code and p.place == "mục I.6"]
    assert found
    assert any(words in p.message + p.cure for p in found)


def test_a_report_with_open_errors_is_not_issued_and_takes_no_number(report: Report) -> None:
    clerk = User.objects.get(username="vanthu")
    with pytest.raises(OpenErrors) as refused:
        issue(report, clerk, UNTIL)
    assert any("chưa được trưởng đơn vị duyệt" in m for m in refused.value.messages)
    assert issuing.numbering.IssuedNumber.objects.count() == 0


def test_thirty_and_twenty_nine_classes_are_two_scopes_and_said_so(report: Report) -> None:
    said = [
        p
        for p in findings(report)
        if (p.code == "R4" and "transfer" in " ".join(p.message.split())) or "lớp" in p.message
    ]
    assert any("30" in p.message and "29" in p.message for p in said)


def test_the_register_of_documents_holds_what_the_report_cites(issued: Report) -> None:
    cited = FrozenNode.objects.filter(section__report=issued, reference__startswith="document:").values_list(
        "reference", flat=True
    )
    keys = {r.partition(":")[2].partition("?")[0] for r in cited}
    assert Document.objects.by_references(keys).keys() == keys


def test_parts_two_and_three_come_from_the_proposals(report: Report) -> None:
    body = report.sections.get(code="III").body
    assert body.count("Quý II/2025") == 2
    assert body.count("Cả năm") == 2
