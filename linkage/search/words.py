"""An index over everything a report says in words, and the conditions of words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from linkage.features.evidence import count_words
from linkage.features.words import tokens
from linkage.report import Report
from linkage.search.condition import AGREES, CLOSE, NOT_KNOWN, Condition, rarity_weight
from linkage.vocabulary import english, fold, load

NEAR_SPELLING = 80.0
"""rapidfuzz ratio at which two stems are one word misspelt [G]: one letter in five."""

SHORTEST_MISSPELT = 4
"""Letters a word needs before a near spelling is looked for [G]."""

COMMON, LEAST_COMMON = 0.25, 10.0
"""Words in more than this share of the reports, and in more than this number, say nothing ("then", "on") [G]."""

FACT_SHARE = 0.5
"""Most that a word which was read as a fact carries where a report does not say that fact, as a share of the fact's
largest weight [G]."""

NEAR_SHARE = 0.6
"""Share of a word's weight that a near spelling or a word of the same meaning carries [G]."""


def texts(report: Report) -> Iterator[str]:
    """Everything a report says in words, piece by piece; identifiers and plates are not words."""
    yield from filter(None, (report.narrative, report.place.text, report.place.town, report.contact.place))
    yield from report.speech
    yield from _labels("behaviours", report.behaviours.present)
    yield from _labels("weapons", report.weapons)
    yield from _labels("offences", report.offences)
    yield from _labels("venues", [report.place.venue] if report.place.venue else [])
    for person in report.suspects:
        yield from (*person.marks, *person.clothing, *person.names_used, *person.accent)
        yield from filter(None, (person.other, person.complexion))
    for vehicle in report.vehicles:
        yield from (*vehicle.features, *vehicle.colour)
        yield from filter(None, (vehicle.make, vehicle.model, vehicle.body))


def _labels(vocabulary: str, keys: Sequence[str]) -> list[str]:
    entries = load(vocabulary).entries
    return [entries[key].label if key in entries else key for key in keys]


class Told(NamedTuple):
    """Where the fact that a word was read as is compared already, shape (n,), and its largest weight."""

    known: NDArray[np.bool_]
    most: float


class WordIndex:
    """Which reports hold which stem."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self._reports = reports
        self._most = max(LEAST_COMMON, COMMON * len(reports))
        held: dict[str, list[int]] = {}
        for row, report in enumerate(reports):
            for stem in {stem for text in texts(report) for stem in tokens(text)}:
                held.setdefault(stem, []).append(row)
        self._rows = {stem: np.array(rows, dtype=np.int32) for stem, rows in held.items()}
        self._long = [stem for stem in self._rows if len(stem) >= SHORTEST_MISSPELT]

    def word(self, word: str, told: Told | None) -> list[Condition]:
        """Conditions of one asked word: exact, else words of the same meaning and near spellings; none for a light
        word. `told` is the fact that the word was read as: where a report says that, the word adds nothing."""
        found: list[Condition] = []
        for stem in dict.fromkeys(tokens(word)):
            exact = self._rows.get(stem, _NONE)
            others = [] if len(exact) else self._near(stem)
            others += sorted(_same_meaning(stem) & self._rows.keys())
            found.append(self._condition(word, exact, others, told))
        return found

    def _near(self, stem: str) -> list[str]:
        if len(stem) < SHORTEST_MISSPELT or not stem.isalpha():
            return []
        best = process.extract(stem, self._long, scorer=fuzz.ratio, score_cutoff=NEAR_SPELLING, limit=3)
        return [spelt for spelt, _, _ in best]

    def _condition(self, word: str, exact: NDArray[np.int32], others: list[str], told: Told | None) -> Condition:
        total = len(self._reports)
        says = np.full(total, NOT_KNOWN, dtype=np.int8)
        near = np.unique(np.concatenate([_NONE, *(self._rows[other] for other in others)])).astype(np.intp)
        says[near] = CLOSE
        says[exact] = AGREES
        says[says == CLOSE] *= len(near) <= self._most
        says[says == AGREES] *= len(exact) <= self._most
        limit = np.inf
        if told is not None:
            says[told.known] = NOT_KNOWN
            limit = FACT_SHARE * told.most
        full, close = (min(limit, rarity_weight(len(rows), total)) for rows in (exact, near))
        weights = np.where(says == AGREES, full, np.where(says == CLOSE, NEAR_SHARE * close, 0.0))
        like = f"like “{word}”: {', '.join(others[:3])}" if others else ""
        return Condition(
            field="words" if told is None else "fact",
            label="Words",
            asked=word if told is None else "",
            weights=weights,
            says=says,
            quiet=True,
            words=lambda row: f"“{word}”" if says[row] == AGREES else like if says[row] == CLOSE else "not known",
            count=count_words(len(exact), total),
        )

    def phrase(self, phrase: str) -> Condition:
        """The condition of words in quotes: all of them, in this order."""
        wanted = f" {fold(phrase)} "
        candidates = [self._rows.get(stem, _NONE) for stem in dict.fromkeys(tokens(phrase))]
        rows = min(candidates, key=len) if candidates else np.arange(len(self._reports))
        says = np.full(len(self._reports), NOT_KNOWN, dtype=np.int8)
        for row in rows.tolist():
            if any(wanted in f" {fold(text)} " for text in texts(self._reports[row])):
                says[row] = AGREES
        weight = rarity_weight(int((says == AGREES).sum()), len(says))
        return Condition(
            field="words",
            label="Words",
            asked=f"“{phrase}”",
            weights=np.where(says == AGREES, weight, 0.0),
            quiet=True,
            says=says,
            words=lambda row: f"“{phrase}”" if says[row] == AGREES else "not known",
        )


_NONE = np.zeros(0, dtype=np.int32)


def _same_meaning(stem: str) -> set[str]:
    return {other for group in english.same_words() if stem in group for other in group} - {stem}
