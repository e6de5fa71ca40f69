"""Every case of every ``figures.yaml``: the rows that an expert wrote give the value that the expert expects."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from cancu.core import codes
from cancu.indicators.declaration import INDICATORS
from cancu.indicators.figures import figure
from cancu.indicators.windows import Window
from tests.meta.cases import Rows

ROOT = Path(__file__).parent.parent.parent
FILES = sorted(ROOT.glob("cancu/**/tests/figures.yaml"))
KEYS = {"indicator", "say", "window", "rows", "value", "evidence", "part", "whole"}
CASES = [
    pytest.param(path.parent.parent.name, case, id=f"{case['indicator']}: {case['say']}")
    for path in FILES for case in yaml.safe_load(path.read_text("utf-8")) or []
]


@pytest.fixture
def lists(db):
    for path in sorted(ROOT.glob("cancu/**/codes.yaml")):
        codes.load(path)
    codes.forget()
    yield
    codes.forget()


@pytest.mark.django_db
@pytest.mark.parametrize("folder, case", CASES)
def test_a_case_gives_the_value_that_its_expert_expects(lists, folder, case):
    assert set(case) <= KEYS
    Rows(folder).fill(case["rows"] or {})
    found = figure(case["indicator"], Window("case", *case["window"]))
    assert _exact(found.value) == _exact(case["value"])
    if "evidence" in case:
        assert found.rows().count() == case["evidence"]
    for side in ("part", "whole"):
        if side in case:
            assert getattr(found, side).value == case[side]


def test_every_indicator_has_a_case():
    told = {case.values[1]["indicator"] for case in CASES}
    assert sorted(set(INDICATORS) - told) == []


def _exact(value: Any) -> Decimal | None:
    """A value as the page shows it: 66.7 of a YAML file is not a binary fraction."""
    return None if value is None else Decimal(str(value))
