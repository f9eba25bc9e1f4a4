"""Phrases of the vocabulary in a text: each is a candidate, none is set aside."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from linkage.intake.document.words import Words
from linkage.intake.facts.lexicon import Lexicon
from linkage.vocabulary import load


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase `surface` of the sub-item `key` at words [first, last] of a text; `actor` is whose act the phrase
    itself says it is ("her", "no" ...), `denies` whether a denial is part of it."""

    key: str
    surface: str
    first: int
    last: int
    actor: str | None
    denies: bool


@cache
def lexicon() -> Lexicon:
    """The lexicon of the behaviours vocabulary, made once a process."""
    return Lexicon(load("behaviours"))


def candidates(words: Words) -> list[Candidate]:
    """All phrases in `words`, each once, in order."""
    found = {
        (one.phrase.key, one.first, one.last, one.phrase.actor): Candidate(
            one.phrase.key, one.phrase.surface, one.first, one.last, one.phrase.actor, one.phrase.denies
        )
        for one in lexicon().finder.find(words)
    }
    return sorted(found.values(), key=lambda one: (one.first, one.last, one.key))
