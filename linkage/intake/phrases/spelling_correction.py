"""A field's words with one slip of the pen put right: tried only after the field's own normaliser has failed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from linkage.vocabulary.loader import fold, load

SHORTEST = 3
"""Letters of a word that may be a slip [G]: the field is known, so short words are believed to be meant for it."""

VOCABULARIES: dict[str, tuple[str, ...]] = {
    "age": ("age_words",),
    "height": ("height_words",),
    "glasses": (),
    "sex": ("sexes",),
    "build": ("builds",),
    "ethnicity": ("ethnicities",),
    "complexion": ("complexions",),
    "hair": ("hair_colours", "hair_styles"),
    "facial_hair": ("facial_hair",),
    "eyes": ("eye_colours",),
    "accent": ("accents",),
}
"""Field of a reported person -> the vocabularies whose words it is written in."""


@cache
def _words(field: str) -> tuple[str, ...]:
    more = load("slip_words").entries.get(field)
    surfaces = (*_surfaces(field), *(more.synonyms if more else ()))
    return tuple(sorted({word for surface in surfaces for word in surface.split() if len(word) >= SHORTEST}))


@cache
def _surfaces(field: str) -> frozenset[str]:
    return frozenset(surface for name in VOCABULARIES[field] for surface in load(name).surfaces)


@lru_cache(maxsize=16_384)
def slip_in_phrase(field: str, said: str) -> str | None:
    """The one phrase of the vocabularies that `said` is with a slip in one of its words; else None.

    "eats european" would otherwise be read by the word that is right. A single word is never such a phrase.
    """
    words = fold(said).split() if field in VOCABULARIES and len(said) <= 60 else []
    if len(words) < 2 or " ".join(words) in _surfaces(field):
        return None
    near = {phrase for phrase in _respellings(field, words) if phrase in _surfaces(field)}
    return near.pop() if len(near) == 1 else None


@lru_cache(maxsize=16_384)
def respelt(field: str, said: str, normalise: Callable[[str], Any]) -> Any:
    """What `normalise` makes of `said` with one word respelt, if all respellings that it understands give the same.

    A respelling is one insertion, loss, exchange or swap of neighbours away and keeps the first letter, unless the
    first two were swapped. None when there is no such respelling or they differ.
    """
    if field not in VOCABULARIES or len(said) > 60:
        return None
    read = [value for words in _respellings(field, fold(said).split()) if (value := normalise(words)) is not None]
    return read[0] if read and all(value == read[0] for value in read) else None


def _respellings(field: str, words: list[str]) -> Iterator[str]:
    known = _words(field)
    for at, word in enumerate(words):
        if len(word) < SHORTEST or word in known or not word.isalpha():
            continue
        for near, _, _ in process.extract(word, known, scorer=OSA.distance, score_cutoff=1, limit=None):
            if near[0] == word[0] or near[:2] == word[1::-1]:
                yield " ".join((*words[:at], near, *words[at + 1 :]))
