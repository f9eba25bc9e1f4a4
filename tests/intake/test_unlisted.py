"""A noun or a name that no list holds is a person where the words around it show one."""

from __future__ import annotations

from linkage.intake.unlisted import unlisted
from tests.rows import each_row


@each_row(
    ("text", "person"),
    [
        ("A florist was attacked.", "florist"),
        ("She ran to a house, where the householder let her in.", "householder"),
        ("A care assistant, 29, was followed.", "assistant"),
        ("Two anglers in waders helped her.", "anglers"),
        ("The locksmith who called found her.", "locksmith"),
        ("Her eldest, a lad of 19, came in.", "eldest"),
        ("The joiner saw it.", "joiner"),
        ("He was chased by a roofer.", "roofer"),
        ("When I go down, Tony was angry. I called Tony.", "Tony"),
        ("A is 22, B is 29.", "B"),
        ("Worker B (25, white) got out.", None),
        ("He took mags. mags is the tall one with plaits.", "mags"),
        ("jo is 24.", "jo"),
    ],
)
def test_people_that_no_list_holds(text: str, person: str | None) -> None:
    found = [text[one.start : one.end] for one in unlisted(text, text.lower())]
    assert (person in found) if person else not found


@each_row(
    "text",
    [
        "He had a hammer and a screwdriver.",
        "He has a spider tattooed on his left hand.",
        "The trailer was parked by the river.",
        "He has a ginger goatee and a lazy eye.",
        "A puffer jacket and a jumper.",
        "A white Audi, seen on Monday 16 June, was his.",
        "In Norwich, he came with his bike.",
        "He's tall, about 35.",
        "The car stopped.",
        "He calls himself Brad and drives a Prius.",
        "He booked under the name Lee. Lee is white.",
        "The price is 60.",
        "Hair is brown. Build is slim.",
        "was 21.20",
        "He was in a balaclava who stayed by the van.",
        "couple called 'tina n les'. les is a big unit",
    ],
)
def test_things_places_and_the_reported_persons_own_names_are_no_other_people(text: str) -> None:
    assert [text[one.start : one.end] for one in unlisted(text, text.lower())] == []
