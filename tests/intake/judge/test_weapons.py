"""What is a weapon and what is a thing: the judge's answers in whole sentences."""

from __future__ import annotations

import pytest

from linkage.intake.judge.weapons import find_weapons as find


def read(text: str) -> list[str]:
    return [str(one.value) for one in find(text) if not one.negated]


@pytest.mark.parametrize(
    ("text", "weapon"),
    [
        ("He had a cosh in his belt.", "bat"),
        ("He came back with a plank and hit her with it.", "stick"),
        ("She says the man swung a bottle at her head.", "bottle"),
        ("A second man came in who had a snooker cue.", "bat"),
        ("He pressed a corkscrew to my neck.", "tool"),
        ("The driver pulled a knife.", "knife"),
    ],
)
def test_a_thing_that_is_carried_or_used_against_her_is_a_weapon(text: str, weapon: str) -> None:
    assert read(text) == [weapon]


@pytest.mark.parametrize(
    "text",
    [
        "They shared a bottle of wine in her kitchen.",
        "He wore a leather belt and blue jeans.",
        "She left her umbrella on the bus.",
        "There was tape over the number plate.",
    ],
)
def test_a_thing_that_only_stands_about_is_none(text: str) -> None:
    assert read(text) == []


def test_a_denied_weapon_is_negated() -> None:
    (found,) = find("He did not have a knife.")
    assert (found.value, found.negated) == ("knife", True)
