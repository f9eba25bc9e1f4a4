"""Kinds of place as people name them: one form a line under the kind it tells."""

from __future__ import annotations

from linkage.intake.finding import SURE
from linkage.intake.values.circumstances import find
from tests.intake.values.reading import forms_under, lines_of
from tests.rows import each_row

NONE = """
    He works in a takeaway
    She ran towards the park
    near the hospital
    at the drop-in at the church hall
    on the way to the shop
    He said he lived in a hotel
    in a good mood
    on his own
    in the end
    The 40-year-old warehouse worker spoke to police at a station.
    He penetrated her in the back passage.
    Call Leamington Spa police on 101.
    He ran off down a lane behind the shops.
    A postman who was in the street saw nothing.
    Her friend waited on the bridge.
    A cyclist in the street helped her.
    He sloped off down an alley.
    She woke up at the hospital.
"""


def _surest(said: str) -> str | None:
    found = [f for f in find("venues", said) if not f.negated and f.confidence >= SURE]
    return max(found, key=lambda f: (f.confidence, -f.start)).value if found else None


@each_row(("kind", "said"), forms_under("kinds_of_place.txt"))
def test_a_kind_of_place_is_read(kind: str, said: str) -> None:
    assert _surest(said) == kind


@each_row("said", lines_of(NONE))
def test_other_words_tell_no_place(said: str) -> None:
    assert _surest(said) is None
