"""An appraisal and a certificate as the office lives them, and what the database refuses."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from cancu.core.people import Role
from cancu.core.tests.rows import make, person
from cancu.indicators import figure
from cancu.indicators.windows import at_date, year
from cancu.lines.technology.models import Appraisal, Assessment, Certificate, Fund
from cancu.lines.technology.states import AppraisalStates, CertificateStates

pytestmark = pytest.mark.django_db


def test_a_project_counts_on_the_day_of_the_answer_which_only_a_leader_signs():
    writer, director = person("cv.qlcn", "QLCN"), person("giamdoc", "SKHCN", Role.DIRECTOR)
    dossier = make(
        Appraisal, code="H-1", owner_unit="QLCN", entered_by=writer, kind="opinion", received_on="2024-03-01"
    )
    AppraisalStates.move(dossier, "draft", writer)
    with pytest.raises(PermissionDenied):
        AppraisalStates.move(dossier, "answer", writer, answered_on=date(2024, 3, 12), conclusion="suitable")
    assert figure("technology.projects_appraised", year(2024)).value == 0
    AppraisalStates.move(dossier, "answer", director, answered_on=date(2024, 3, 12), conclusion="suitable")
    assert figure("technology.projects_appraised", year(2024)).value == 1


def test_a_revoked_certificate_still_counts_before_its_last_day():
    director = person("giamdoc", "SKHCN", Role.DIRECTOR)
    certificate = make(Certificate, code="D-1", owner_unit="QLCN", state="granted", issued_on="2019-05-01")
    CertificateStates.move(certificate, "revoke", director, valid_until=date(2024, 6, 30), reason="Không báo cáo")
    assert figure("technology.enterprises", at_date(date(2024, 6, 30))).value == 1
    assert figure("technology.enterprises", at_date(date(2024, 7, 1))).value == 0


@pytest.mark.parametrize(
    ("model", "values"),
    [
        pytest.param(Appraisal, {"state": "answered"}, id="đã trả lời mà không có ngày"),
        pytest.param(
            Appraisal, {"received_on": "2024-03-02", "answered_on": "2024-03-01"}, id="trả lời trước khi nhận"
        ),
        pytest.param(Certificate, {"state": "granted"}, id="đã cấp mà không có ngày"),
        pytest.param(Assessment, {"score": "100.5"}, id="quá 100 điểm"),
    ],
)
def test_the_database_refuses(model, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        make(model, **values)


def test_an_enterprise_has_one_fund_at_a_time():
    make(Fund, enterprise="Doanh nghiệp A", founded_on="2020-01-01", closed_on="2022-12-31")
    make(Fund, enterprise="Doanh nghiệp A", founded_on="2023-01-01")
    with pytest.raises(IntegrityError), transaction.atomic():
        make(Fund, enterprise="Doanh nghiệp A", founded_on="2024-01-01")
