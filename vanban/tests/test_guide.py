"""The examples of the user guide are true."""

import doctest
from pathlib import Path


def test_every_example_of_the_guide_holds() -> None:
    guide = Path(__file__).parents[2] / "docs" / "user" / "vanban.md"
    result = doctest.testfile(str(guide), module_relative=False, encoding="utf-8")
    assert result.attempted >= 8
    assert result.failed == 0
