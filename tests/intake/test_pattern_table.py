"""Regular expressions are rows of the vocabulary's files, built of parts that have names."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

from linkage.intake import patterns
from linkage.intake.patterns import PatternTable
from linkage.vocabulary.tables import table
from tests.rows import each_row

FOLDER = files("linkage").joinpath("vocabulary/data/patterns")
NAMES = sorted(file.name.removesuffix(".toml") for file in FOLDER.iterdir())
CODE = "\n".join(file.read_text(encoding="utf-8") for file in Path(str(files("linkage.intake"))).rglob("*.py"))
ROWS = {
    "sign": "[-/]",
    "number": "(?P<n>\\d+)",
    "unit": ["ft", "cm"],
    "length": "{number}\n {unit}",
    "span": "{number unnamed}{sign}{length}",
    "who": {"before": "(?i)", "any": ["he", "{name}"], "after": "$"},
}


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> PatternTable:
    monkeypatch.setattr(patterns, "table", lambda _: ROWS)
    return PatternTable("rows", name="Dave")


def test_a_part_stands_for_the_row_of_its_name(said: PatternTable) -> None:
    assert said["length"].fullmatch("6 ft")["n"] == "6"
    assert said["length"].fullmatch("6\n ft") is None  # the end of a line of the file is nothing


def test_a_part_can_be_had_twice_without_the_names_of_its_groups(said: PatternTable) -> None:
    assert said["span"].fullmatch("5-6 cm")["n"] == "6"


def test_a_list_may_stand_between_what_is_before_and_after_it_and_hold_what_is_given(said: PatternTable) -> None:
    assert said["who"].search("it was DAVE")
    assert not said["who"].search("Dave was")


def test_a_row_that_is_not_there_is_an_error(said: PatternTable) -> None:
    with pytest.raises(KeyError, match="nobody"):
        said["nobody"]


@each_row(("name", "row"), [(name, row) for name in NAMES for row in table(f"patterns/{name}")])
def test_every_row_is_asked_for_or_is_a_part_of_another(name: str, row: str) -> None:
    file = FOLDER.joinpath(f"{name}.toml").read_text(encoding="utf-8")
    assert re.search(rf'["\']{row}["\']', CODE) or re.search(rf'\{{{row}(?: unnamed)?\}}|\["{row}",', file)
