"""Every case of every ``figures.yaml``: the rows that an expert wrote give the value that the expert expects."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.apps import apps

from cancu.core import codes
from cancu.core.tests.rows import make
from cancu.indicators.declaration import INDICATORS
from cancu.indicators.figures import figure
from cancu.indicators.windows import Window

ROOT = Path(__file__).parent.parent.parent
FILES = sorted(ROOT.glob("cancu/**/tests/figures.yaml"))
KEYS = {"indicator", "say", "window", "rows", "value", "evidence", "part", "whole"}
CASES = [
    pytest.param(path.parent.parent.name, case, id=f"{case['indicator']}: {case['say']}")
    for path in FILES
    for case in yaml.safe_load(path.read_text("utf-8")) or []
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
    for name, rows in (case["rows"] or {}).items():
        for cells in rows or []:
            make(_register(folder, name), **cells)
    found = figure(case["indicator"], Window("case", *case["window"]))
    assert _exact(found.value) == _exact(case["value"])
    if "evidence" in case:
        assert found.rows().count() == case["evidence"]
    for side in ("part", "whole"):
        if side in case:
            assert getattr(found, side).value == case[side]


def _register(folder: str, name: str) -> Any:
    """The register that a case names: of its own folder, else of the core or of the documents."""
    label = next(label for label in (folder, "core", "documents") if name.lower() in apps.all_models[label])
    return apps.get_model(label, name)


def test_every_indicator_has_a_case():
    told = {case.values[1]["indicator"] for case in CASES}
    assert sorted(set(INDICATORS) - told) == []


def _exact(value: Any) -> Decimal | None:
    """A value as the page shows it: 66.7 of a YAML file is not a binary fraction."""
    return None if value is None else Decimal(str(value))
