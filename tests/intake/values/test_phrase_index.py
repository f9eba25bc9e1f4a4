"""Phrases laid out: the same from the file as made anew."""

from __future__ import annotations

from linkage.intake.document.words import read
from linkage.intake.phrases.phrase_finder import Finder, arranged

WRITTEN = [
    ("grab", "grab {her} .. lane", True),
    ("take", "took ,, {phone} -his", False),
    ("count", "count (one/{number})", False),
    ("exactly", "parked! // drove", True),
    ("nothing", "the", True),
]


def test_what_is_kept_is_what_was_made() -> None:
    assert arranged(WRITTEN) == arranged(WRITTEN)


def test_a_kept_finder_finds_what_was_written() -> None:
    text = read("She was grabbed into a lane. He took a ring and a phone, then counted 45.")
    for _ in range(2):
        assert {one.phrase.key for one in Finder(WRITTEN).find(text)} == {"grab", "take", "count"}
