"""Similar meaning: free words of a question to the behaviours that are told in like words.

The strict reader of free text knows phrases; whoever asks uses others ("squashed her windpipe"). The vocabulary has
thousands of ways of telling its behaviours, and the nearest of them say what is probably meant. Two ways of finding
them stand behind one protocol: TF-IDF, always there, and sentence vectors with the extra `semantic`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from linkage.features.tokens import tokens
from linkage.search.expansion import asking, same_meaning, tells_a_deed
from linkage.vocabulary import fold, load

LEAST_LIKE = 0.42
"""Likeness (0-1) to a phrase of the vocabulary from which words are taken to mean its behaviour [G]."""

MOST_MEANT = 2
"""Behaviours that the same words may be taken to mean [G]."""

LEAST_WORDS = 2
"""Content words that a run of free words needs: one alone means too many things."""


class Meaning(Protocol):
    """Tells how alike texts are in meaning. One that `reads_reports` has whole narratives laid before it too."""

    name: str
    reads_reports: bool

    def likeness(self, asked: Sequence[str], told: Sequence[str]) -> NDArray[np.float64]:
        """Likeness of each asked text with each told one, 0 to 1, shape (asked, told)."""


class Meant(NamedTuple):
    """A behaviour that some words probably mean: its key and how alike (0-1) the nearest phrase is."""

    words: str
    key: str
    like: float


class TfidfMeaning:
    """Likeness by shared words (with those of the same meaning) and shared parts of words, both TF-IDF."""

    name = "tfidf"
    reads_reports = False  # the words of reports are compared one by one already, by their rarity

    def __init__(self) -> None:
        self._fitted: tuple[tuple[str, ...], list[tuple[Any, Any]]] = ((), [])

    def likeness(self, asked: Sequence[str], told: Sequence[str]) -> NDArray[np.float64]:
        """Mean of both cosines. What is told is fitted once and kept."""
        if self._fitted[0] != tuple(told):
            self._fitted = (tuple(told), [_fit(of, told) for of in (_words, _parts)])
        cosines = [(made.transform(asked) @ held.T).toarray() for made, held in self._fitted[1]]
        found: NDArray[np.float64] = np.mean(cosines, axis=0)
        return found


def _fit(analyse: Any, told: Sequence[str]) -> tuple[Any, Any]:
    from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]

    made = TfidfVectorizer(analyzer=analyse, sublinear_tf=True)
    return made, made.fit_transform(told)


def _words(text: str) -> list[str]:
    """Stems twice and their like once, so that the word itself counts for more."""
    return [part for stem in tokens(text) for part in (stem, stem, *same_meaning(stem))]


def _parts(text: str) -> list[str]:
    """Runs of three to five letters within words."""
    spaced = [f" {word} " for word in fold(text).split()]
    return [word[at : at + size] for word in spaced for size in (3, 4, 5) for at in range(len(word) - size + 1)]


@cache
def phrases() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """All ways of telling a behaviour that the vocabulary has, and the keys they tell."""
    found = [
        (phrase, entry.key)
        for entry in load("behaviours").entries.values()
        for phrase in dict.fromkeys((entry.example, entry.label, *entry.synonyms, *entry.data.get("words", ())))
    ]
    return tuple(phrase for phrase, _ in found), tuple(key for _, key in found)


def meant(runs: Sequence[str], meaning: Meaning) -> list[Meant]:
    """Behaviours that runs of free words probably mean, the likeliest first for each run that tells a deed."""
    long = [run for run in runs if tells_a_deed(run) and len(set(tokens(run)) - asking()) >= LEAST_WORDS]
    if not long:
        return []
    told, keys = phrases()
    found: list[Meant] = []
    for run, likeness in zip(long, meaning.likeness(long, told), strict=True):
        best: dict[str, float] = {}
        for at in np.flatnonzero(likeness >= LEAST_LIKE).tolist():
            best[keys[at]] = max(best.get(keys[at], 0.0), float(likeness[at]))
        order = sorted(best, key=lambda key: (-best[key], key))
        found += [Meant(run, key, best[key]) for key in order[:MOST_MEANT]]
    return found
