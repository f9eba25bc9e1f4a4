"""Whose a vehicle is called, what is told of it, and what the text says of it elsewhere."""

from __future__ import annotations

from linkage.intake.belief.surroundings import Row
from linkage.intake.belief.vehicle_signs import signs
from linkage.intake.facts import vehicle
from linkage.intake.whose import Whose
from tests.rows import each_row


def told(text: str) -> Row:
    """The signs of the first vehicle that `text` names."""
    whose = Whose.read(text)
    return signs(whose.low, whose.breaks, whose.people, vehicle.find_vehicles(text))[0]


@each_row(
    ("words", "article"),
    [
        ("a silver Corsa", "new"),
        ("the old Corsa", "known"),
        ("my Corsa", "mine"),
        ("her own red Corsa", "owned"),
        ("the landlord's Corsa", "owned"),
        ("another Corsa", "more"),
        ("He was driving Corsa", "none"),
    ],
)
def test_how_a_vehicle_is_brought_in(words: str, article: str) -> None:
    assert {name for name in told(f"{words} stood there.") if name.startswith("article")} == {f"article {article}"}


def test_the_part_of_its_owner_in_the_text_is_told() -> None:
    row = told("A man grabbed the woman and pulled her from her Corsa. He ran off.")
    assert row["owner harmed"] == 1.0
    assert "own" not in row


def test_what_follows_in_its_sentence_counts_the_more_the_nearer_it_stands() -> None:
    near = told("The Corsa was stolen from outside a pub.")
    far = told("The Corsa, which has a roof box and a dent, was stolen.")
    assert near["after taken"] > far["after taken"] > 0
    assert "after taken" not in told("A Corsa drew up. He had stolen a bag.")


def test_what_is_said_of_the_same_vehicle_elsewhere_is_told_of_each_mention() -> None:
    row = told("He got into her Fiat Panda. He pushed her out. The Panda was found burnt out.")
    assert row["any after found"] > 0
    assert row["mentions of it"] == 1
    assert "after found" not in row


def test_a_name_within_another_word_is_not_the_vehicle_again() -> None:
    assert told("He drove a Fiat Panda. They sat and pandaed about.")["mentions of it"] == 0


def test_what_the_text_tells_of_vehicles_at_all_is_told_of_each() -> None:
    assert told("A man took her car keys and left in a Corsa.")["text keys"] == 1.0
