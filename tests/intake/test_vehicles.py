"""Which vehicle of a narrative a plate is told of: who saw it says nothing, and a bystander's plate stays away."""

from __future__ import annotations

import pytest

from linkage.intake.assemble.extract import extract_report
from linkage.intake.values.vehicles.registration import joined
from tests.rows import each_row

PLATES = [
    (
        "A man in a red Ford Escort pulled her into the car. A lorry driver recalled that the registration "
        "ended in the letter V.",
        [("Escort", "*V")],
    ),
    (
        "He drove off in a blue Astra. My neighbour's Ford Sierra was a T-reg.",
        [("Astra", None)],
    ),
    (
        "The man stole her purse and drove off in a black Golf. Part of the plate was Victor, Kilo, four.",
        [("Golf", "*VK4*")],
    ),
    (
        "She got into a black Passat, 06 plate, first two letters KM, and the man drove her to a wood and raped her.",
        [("Passat", "KM06*")],
    ),
    (
        "The robber fled in a yellow 55-reg Focus past a Citroen Picasso.",
        [("Focus", "??55???")],
    ),
    (
        "The man raped her and drove off in a maroon Zafira. The Zafira was on a 57 plate. A neighbour who was "
        "unloading her Citroen Picasso saw him.",
        [("Zafira", "??57???")],
    ),
]


@each_row(("text", "vehicles"), PLATES)
def test_a_plate_goes_to_the_vehicle_it_is_told_of(text: str, vehicles: list[tuple[str, str | None]]) -> None:
    assert [(one.model, one.registration) for one in extract_report(text).vehicles] == vehicles


@each_row(
    ("a", "b", "both"),
    [
        ("??06???", "KM*", "KM06*"),
        ("*KLM", "??06???", "??06KLM"),
        ("K*", "*KLM", "K*KLM"),
        ("KM06*", "KM*", "KM06*"),
        ("KM06*", "KN*", None),
    ],
)
def test_two_parts_of_one_plate_are_laid_together(a: str, b: str, both: str | None) -> None:
    assert joined(a, b) == both


@pytest.mark.parametrize(
    ("text", "colours"),
    [
        ("The man drove a tan 1990s Honda Accord.", [["brown"]]),
        ("The attacker drove a Golf. The man in the Golf is white, in his sixties.", [[]]),
    ],
)
def test_a_colour_is_the_vehicles(text: str, colours: list[list[str]]) -> None:
    assert [one.colour for one in extract_report(text).vehicles] == colours


@each_row(
    "told",
    [
        "belongs to the landlord",
        "parked at the gate, has since been traced",
        "was not connected with it",
        "that passed may have dashcam footage",
    ],
)
def test_a_vehicle_that_is_set_apart_is_not_the_reported_persons(told: str) -> None:
    text = f"A man in a black Golf grabbed a woman outside the Anchor and drove off. A green Land Rover {told}."
    assert [one.model for one in extract_report(text).vehicles] == ["Golf"]


@pytest.mark.parametrize(
    "told",
    [
        "A taxi driver of 63 saw it. The cabbie's own car, a silver Skoda, held the only camera in the street.",
        "The landlady was blocked in by him. Her own minibus, a silver Skoda, lost its bumper.",
    ],
)
def test_what_is_expressly_somebodys_own_is_not_the_reported_persons(told: str) -> None:
    read = extract_report(f"A man in a black Golf grabbed a woman outside the Anchor and drove off. {told}")
    assert [one.model or one.make for one in read.vehicles] == ["Golf"]
