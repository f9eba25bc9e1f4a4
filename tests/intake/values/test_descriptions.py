"""Words about people and vehicles beside what is read in them: `texts/descriptions.txt`, "field=values | words"."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from linkage.intake.assemble.vehicles import find_vehicles
from linkage.intake.finding import SURE
from linkage.intake.judge.people import find_facts
from linkage.intake.judge.plates import find_plates
from linkage.intake.values.people.names_used import is_first_name
from linkage.report import Range
from tests.rows import each_row

SAID = Path(__file__).parents[1] / "texts" / "descriptions.txt"


def _rows() -> list[tuple[str, str, str]]:
    rows = []
    for line in SAID.read_text(encoding="utf-8").splitlines():
        told, _, words = line.partition(" | ")
        field, _, values = told.partition("=")
        rows.append((field, values, words))
    return rows


def _shown(value: Any) -> str:
    if isinstance(value, Range):
        return f"{value.min and round(value.min)}-{value.max and round(value.max)}".lower()
    return str(value).lower()


@each_row(("field", "values", "words"), _rows())
def test_a_description_is_read(field: str, values: str, words: str) -> None:
    vehicles = [one for group in find_vehicles(words) for one in group]
    told = [one for one in find_facts(words) if not is_first_name(one)]  # those are proposed of anybody
    found = [*told, *vehicles, *find_plates(words)]
    sure = [one for one in found if one.field == field and one.confidence >= SURE and not one.negated]
    assert {_shown(one.value) for one in sure} == {value.lower() for value in values.split(",") if value}
