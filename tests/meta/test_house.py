"""The rules of the house hold here, and each is seen to fail where it is broken on purpose."""

from pathlib import Path

import pytest

from tests.meta import house

ROOT = Path(__file__).parent.parent.parent
SENTENCE = "# A line of code that says nothing.\n"
GOOD = {
    "docs/develop/folders.md": "| `docs/develop` | Words. |\n| `cancu/lines/*` | One line of work. |\n",
    **{f"cancu/lines/ip/{name}": "" for name in (*house.LINE_NEEDS, "models.py")},
}


@pytest.mark.parametrize("rule", house.RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_its_rule(rule):
    assert list(rule(ROOT)) == []


def _tree(root: Path, planted: dict[str, str | None]) -> Path:
    for name, words in {**GOOD, **planted}.items():
        if words is not None:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(words, "utf-8")
    return root


@pytest.mark.parametrize("rule", house.RULES, ids=lambda rule: rule.__name__)
def test_a_good_tree_breaks_no_rule(rule, tmp_path):
    assert list(rule(_tree(tmp_path, {}))) == []


PLANTED = [
    (house.files_are_short, {"vanban/long.py": SENTENCE * 401}, "401 lines"),
    (house.files_are_short, {"vanban/tests/long.py": SENTENCE * 801}, "801 lines"),
    (house.functions_are_short, {"vanban/a.py": "def grow():\n" + "    pass\n" * 40}, "grow: 41 lines"),
    (house.names_are_of_the_vocabulary, {"vanban/utils.py": ""}, "“utils”"),
    (house.names_are_of_the_vocabulary, {"vanban/a.py": "class ReportManager: ..."}, "“ReportManager”"),
    (house.only_the_calendar_reads_the_clock, {"cancu/a.py": "import datetime as dt\nx = dt.date.today()"}, "a.py:2"),
    (
        house.only_the_calendar_reads_the_clock,
        {"cancu/a.py": "from django.utils import timezone\nx = timezone.now"},
        "a.py:2",
    ),
    (house.pages_show_only_what_the_user_may_see, {"cancu/desk/a.py": "x = Licence.objects.all()"}, "a.py:1"),
    (house.words_for_translation_are_constant, {"cancu/a.py": "x = _(f'{n} dòng')"}, "a.py:1"),
    (house.every_folder_says_what_it_is, {"cancu/odd/a.py": ""}, "cancu/odd/ has no row"),
    (house.every_folder_says_what_it_is, {"docs/develop/folders.md": "| `gone` | Words. |\n"}, "names gone"),
    (
        house.every_folder_says_what_it_is,
        {"docs/develop/folders.md": "| `docs/develop` | One thing. Another thing. |\n"},
        "two sentences",
    ),
    (house.a_line_is_one_folder_of_known_files, {"cancu/lines/ip/README.md": None}, "README.md is missing"),
    (house.a_line_is_one_folder_of_known_files, {"cancu/lines/ip/models.py": None}, "models.py is missing"),
    (
        house.a_line_is_one_folder_of_known_files,
        {"cancu/lines/ip/tests/figures.yaml": None},
        "tests/figures.yaml is missing",
    ),
    (house.a_line_is_one_folder_of_known_files, {"cancu/lines/ip/extra.py": ""}, "extra.py: no such file"),
]


@pytest.mark.parametrize("rule, planted, says", PLANTED, ids=[f"{rule.__name__}: {says}" for rule, _p, says in PLANTED])
def test_a_planted_violation_is_seen(rule, planted, says, tmp_path):
    assert [found for found in rule(_tree(tmp_path, planted)) if says in found]


def test_every_rule_has_a_planted_violation():
    assert {rule for rule, _planted, _says in PLANTED} == set(house.RULES)
