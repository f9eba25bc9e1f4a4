"""Where a fact was lost is told apart: never found, judged away, another person's, or read though nobody told it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from reading_loss import of_behaviours, of_people, outcomes, table

Facts = list[dict[str, Any]]


def people(text: str, gold: Facts, read: Facts, others: Facts) -> set[tuple[str, str]]:
    line = {"id": "T", "text": text, "gold": {"people": gold, "others": others}}
    return {(name, outcome) for name, outcome, _ in of_people(line, read)}


def test_a_fact_that_nobody_could_find_is_no_candidate_and_one_that_was_found_was_judged_away() -> None:
    found = people("He was stocky.", [{"build": ["stocky"], "eyes": "blue"}], [{}], [])
    assert found == {("build", "judged away"), ("eyes", "no candidate")}


def test_a_fact_at_another_person_is_told_as_such() -> None:
    gold = [{"sex": "male", "age": [30, 30], "build": ["slim"]}, {"sex": "female", "age": [50, 50]}]
    read = [{"sex": ["male"], "age": [[30, 30]]}, {"sex": ["female"], "age": [[50, 50]], "build": ["slim"]}]
    assert ("build", "another person") in people("He was slim.", gold, read, [])


@pytest.mark.parametrize(("others", "outcome"), [([{"build": ["slim"]}], "others"), ([], "not told")])
def test_what_is_read_beyond_the_labels_is_of_others_or_of_nobody(others: Facts, outcome: str) -> None:
    assert people("Slim.", [{}], [{"build": ["slim"]}], others) == {("build", outcome)}


def test_behaviours_are_lost_before_or_after_they_are_found_and_read_though_denied() -> None:
    gold = {"behaviours": ["strangles", "steals_phone", "grabs"], "behaviours_absent": ["knife_shown"]}
    found = {
        (outcome, name)
        for _, outcome, name in of_behaviours({"gold": gold}, ["grabs", "knife_shown"], {"strangles", "knife_shown"})
    }
    lost = {("judged away", "strangles"), ("no candidate", "steals_phone")}
    assert found == lost | {("right", "grabs"), ("denied", "knife_shown")}


def test_a_text_is_read_as_a_whole_and_counted() -> None:
    gold = {"people": [{"sex": "male", "age": [28, 32], "eyes": "blue"}], "behaviours": [], "others": []}
    found = list(outcomes({"id": "T", "text": "The man was about 30.", "gold": gold}))
    assert ("age", "right", "[28, 32]") in found
    assert ("eyes", "no candidate", "blue") in found
    assert "| all |" in table({})
