"""What is, and what is no contradiction between a field and a narrative."""

from __future__ import annotations

import pytest

from linkage.intake.finding import Finding
from linkage.intake.values.people.describe import describe, lay_beside
from linkage.report import Person
from tests.rows import each_row


@each_row(
    ("given", "found", "told"),
    [("brown", "dark", 0), ("dark", "brown", 0), ("blue", "light", 0), ("blue", "brown", 1), ("brown", "light", 1)],
)
def test_eye_colours_that_go_together_are_no_contradiction(given: str, found: str, told: int) -> None:
    assert len(lay_beside(Person(eyes=given), Person(eyes=found), "suspects.1")) == told


@pytest.mark.parametrize(("first", "second", "told"), [("other", "male", 0), ("male", "female", 1)])
def test_a_trans_person_spoken_of_as_he_is_no_contradiction(first: str, second: str, told: int) -> None:
    findings = [Finding("sex", first, 0, 5, "a", 0.9), Finding("sex", second, 6, 8, "b", 0.8)]
    _, warnings = describe(findings, "xxxxx yy", "suspects.1")
    assert len(warnings) == told
