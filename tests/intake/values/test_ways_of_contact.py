"""Ways in which people say how contact was made: one sentence a line under the method it tells."""

from __future__ import annotations

from linkage.intake.finding import SURE
from linkage.intake.values.circumstances import find
from tests.intake.values.reading import forms_under, lines_of
from tests.rows import each_row

NONE = """
    where is the drop in this week
    his caravan on the site at Skegness
    A milkman in a white van stopped to help her.
    He was a regular visitor to the library
    He got in touch with his feelings
    She got in late
    a bus pulled in and the driver got down
    Police appealed for a man they know of
    ring the project if you see the car
    She caught a bus home
    We met on Monday to talk about it
    He was seen to walk with a limp
    She texted her friend.
    Contact the police on 101 or online.
    Email the team with information on 101.
    Anyone who was in the area should call police.
    He told her he would ring the council.
    A driver stopped to help her.
    Her friend drove her to hospital.
    The taxi driver who picked her up afterwards has spoken to police.
    A motorist picked her up and drove her to the police station.
    A neighbour drove her to the police station.
    The man in the red coat approached officers.
    He told her he would call the police.
    a man in a red coat
"""


@each_row(("method", "said"), forms_under("ways_of_contact.txt"))
def test_a_way_of_making_contact_is_read(method: str, said: str) -> None:
    found = [f for f in find("contact_methods", said) if not f.negated and f.confidence >= SURE]
    assert found
    assert max(found, key=lambda f: (f.confidence, -f.start)).value == method


@each_row("said", lines_of(NONE))
def test_other_sentences_tell_no_contact(said: str) -> None:
    assert [f.value for f in find("contact_methods", said) if not f.negated and f.confidence >= SURE] == []
