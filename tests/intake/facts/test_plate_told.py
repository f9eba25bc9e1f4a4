"""Registration marks told in words or in part: every plate and sentence here is invented."""

from __future__ import annotations

import pytest

from linkage.intake.facts import registration


@pytest.mark.parametrize(
    ("text", "plates"),
    [
        ("It was a blue car with a T at the start of the number.", ["T*"]),
        ("A white van with 9K at the end of the plate", ["*9K"]),
        ("The registration had J and R as its last two letters.", ["*JR"]),
        ("The number plate had KP as its first two letters.", ["KP*"]),
        ("The plate has ABK for its last three letters.", ["*ABK"]),
        ("silver merc w private plate w KEV in it", ["*KEV*"]),
        ("A black Audi, with RVX in its number, drove past.", ["*RVX*"]),
        ("The letters JMK appear in the registration of the van.", ["*JMK*"]),
        ("a blue Corsa with BV6 in the registration", ["*BV6*"]),
        ("Somebody remembers the letters PKD off the plate.", ["*PKD*"]),
        ("her reg plate had LUV in the middle", ["*LUV*"]),
        ("It's a dark Audi, a saloon, cream seats, FN18 on it.", ["FN18*"]),
        ("a milkman noted a B at the front of the plate and 22 in the middle.", ["B*22*"]),
        ("An old Saab went by twice; he noted an F at the front and a 7 at the end.", ["F*7"]),
    ],
)
def test_characters_are_read_before_the_words_that_place_them(text: str, plates: list[str]) -> None:
    assert [one.value for one in registration.find(text)] == plates


@pytest.mark.parametrize(
    "text",
    [
        "He has a tattoo with MUM in it and drives a van.",
        "A jumper with NY on it, he drove a blue Golf.",
        "He wore a cap with LA on it and drove a car.",
        "a jersey with 10 in the middle, in his van",
        "house number with a 4 in it, the car outside",
        "The van had a phone number with 555 in it",
        "a learner's L on the back of the moped, no plate",
        "The reg has a 7 and an O in it.",
        "I remember an H and an 8 from the plate.",
        "a Ford Focus ST, RS badge on it",
    ],
)
def test_characters_on_other_things_are_no_plate(text: str) -> None:
    found = [one.value for one in registration.find(text)]
    assert found in ([], ["*7*O*"])
