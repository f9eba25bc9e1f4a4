"""A text cut into clauses, stretches of a sentence in which one thing is told, and the vocabulary's phrases in it:
each is a candidate, none is set aside."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from linkage.intake.document.words import Words
from linkage.intake.phrases.field_words import keys_of
from linkage.intake.phrases.phrase_finder import Occurrence
from linkage.vocabulary.english import stem

LEAST = 4
"""Words before a joining word or a comma from which a new clause may begin, and that must follow it [G]."""


class Clause(NamedTuple):
    """Words [first, end) of a text; `sentence` counts from 0."""

    first: int
    end: int
    sentence: int


@cache
def _joining() -> frozenset[str]:
    words = ("and", "but", "then", "before", "after", "when", "while", "who", "because", "until", "which", "where")
    return frozenset(map(stem, words))


def clauses(words: Words) -> list[Clause]:
    """All clauses in order; they hold every word of the text but the marks that end a sentence."""
    found: list[Clause] = []
    start = 0
    for number, stop in enumerate([*words.stops, len(words.stems)]):
        for at in range(start + LEAST, stop - LEAST + 1):
            if at - start >= LEAST and _opens(words.stems, at):
                found.append(Clause(start, at, number))
                start = at
        if stop > start:
            found.append(Clause(start, stop, number))
        start = stop + 1
    return found


def _opens(stems: list[str], at: int) -> bool:
    """Whether a clause begins at the word `at`: at a joining word, or behind a comma."""
    return (stems[at] in _joining() and stems[at - 1] != ",") or stems[at - 1] == ","


def candidates(words: Words) -> list[Occurrence]:
    """All phrases in `words`, each once, in order; the key of a phrase is its sub-item."""
    found = {
        (one.phrase.key, one.first, one.last, one.phrase.actor): one
        for one in keys_of("behaviours").finder.find(words)
    }
    return sorted(found.values(), key=lambda one: (one.first, one.last, one.phrase.key))
