"""Phrases as they are written: what a choice of words holds."""

from __future__ import annotations

from linkage.intake.document.words import read
from linkage.intake.phrases.phrase_finder import Finder
from tests.rows import each_row

SURFACES = {
    "a word with a hyphen among single words": "gag .. (towel|t-shirt|scarf)",
    "a run joined by + among single words": "gag .. (towel|t+shirt|scarf)",
    "runs of words": "gag .. (t-shirt/dirty towel/scarf/towel)",
}


@each_row("surface", SURFACES.values())
@each_row("cloth", ["a towel", "a T-shirt", "his scarf"])
def test_every_word_of_a_choice_is_found(surface: str, cloth: str) -> None:
    finder = Finder([("gagged", surface, False)])
    assert [one.phrase.key for one in finder.find(read(f"He gagged her with {cloth}."))] == ["gagged"]
    assert not list(finder.find(read("He gagged her with a shirt.")))
