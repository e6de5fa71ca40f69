"""What every folder declares is whole: fields that explain themselves, indicators with their ground, checks that can fire."""

import csv
import datetime as dt
from pathlib import Path

import pytest
from django.apps import apps

from cancu.indicators.checks import CHECKS
from cancu.indicators.declaration import INDICATORS, Ratio
from cancu.indicators.figures import Figure
from cancu.indicators.windows import Window

ROOT = Path(__file__).parent.parent.parent
WINDOW = Window("case", dt.date(2024, 1, 1), dt.date(2024, 11, 15))


def unexplained(model) -> list[str]:
    """The fields of a model without a name or a help text of their own in Vietnamese."""
    return [
        f"{model._meta.label}.{field.name}"
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if not field.primary_key
        and (not str(field.help_text) or str(field.verbose_name) == field.name.replace("_", " "))
    ]


def _models():
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("cancu.")
        and not hasattr(model, "pgh_tracked_model")
        and not model._meta.auto_created
        and not model._meta.proxy  # its fields are of the library whose table it names
    ]


@pytest.mark.parametrize("model", _models(), ids=lambda model: model._meta.label)
def test_every_field_explains_itself_in_vietnamese(model):
    inherited = {f.name for f in (*_django_user_fields(),)} if model._meta.label == "core.User" else set()
    assert [name for name in unexplained(model) if name.rpartition(".")[2] not in inherited] == []


def _django_user_fields():
    from django.contrib.auth.models import AbstractUser

    return (*AbstractUser._meta.fields, *AbstractUser._meta.many_to_many)


def test_a_field_without_words_is_seen():
    from django.db import models

    class Meta:
        app_label = "planted"

    planted = type(
        "Planted",
        (models.Model,),
        {
            "__module__": __name__,
            "Meta": Meta,
            "bare": models.CharField(max_length=3),
            "named": models.CharField("tên", max_length=3),
            "whole": models.CharField("tên", max_length=3, help_text="Nghĩa."),
        },
    )
    try:
        assert unexplained(planted) == ["planted.Planted.bare", "planted.Planted.named"]
    finally:
        del apps.all_models["planted"]
        apps.clear_cache()


def _known_numbers() -> set[str]:
    with (ROOT / "samples" / "quang_tri" / "documents" / "document.csv").open(encoding="utf-8") as file:
        return {row["number"] for row in csv.DictReader(file)}


@pytest.mark.parametrize("code", sorted(INDICATORS))
def test_every_indicator_says_what_it_counts_and_on_what_ground(code):
    indicator = INDICATORS[code]
    assert type(indicator).__doc__ and len(indicator.definition) > 15
    assert str(indicator.label) and str(indicator.unit)
    if not isinstance(indicator, Ratio):
        assert indicator.kept_since
    assert not indicator.basis or indicator.basis in _known_numbers(), (
        f"{indicator.basis} is not in the register of documents"
    )


def _figures(check, left, right):
    """Figures of all the codes of a check: the first of each side carries its value, the others nothing more."""
    values = dict.fromkeys(check.codes, 0)
    values[check.relation.right.codes[0]] += right
    values[check.relation.left.codes[0]] += left
    return {code: Figure(INDICATORS[code], WINDOW, value) for code, value in values.items()}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: str(check.say)[:80])
def test_every_check_fires_once_and_is_silent_once(check):
    assert set(check.codes) <= set(INDICATORS)
    assert check.broken(_figures(check, 5, 5)) is None
    left, right = {"=": (5, 6), "≤": (6, 5), "≥": (5, 6)}[check.relation.sign]
    broken = check.broken(_figures(check, left, right))
    assert broken is not None and str(check.say) in broken.words and str(left) in broken.words
