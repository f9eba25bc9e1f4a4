"""Conditions of words: free words one by one, words of a fact together, phrases in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from linkage.features.evidence import count_words
from linkage.search.condition import AGREES, CLOSE, DIFFERS, NOT_KNOWN, Condition, rarity_weight, unseen_weight
from linkage.search.expansion import asking, is_ordinary, near_spellings, same_meaning
from linkage.search.index import WordIndex
from linkage.search.postings import NONE
from linkage.search.query import Query
from linkage.search.question import EXACT, NEAR, SIMILAR
from linkage.search.scripts import stems

COMMON, LEAST_COMMON = 0.25, 10.0
"""Words in more than this share of the reports, and in more than this number, say nothing ("then", "on") [G]."""

FACT_SHARE = 0.5
"""Most that the words of a fact carry where a report does not say that fact, as a share of the fact's largest
weight [G]."""

LEAST_TOGETHER = 0.6
"""Share of a fact's words, by rarity, that must stand together in a report to stand for it [G]."""

NEAR_SHARE, SAME_SHARE = 0.7, 0.6
"""Shares of a word's weight that a near spelling and a word of the same meaning carry [G]."""

DENIED_SURE = 0.8
"""Chance that a report that should not show something does not show it [G]."""

UNSEEN_SHARE, UNSEEN_ORDINARY = 0.8, 0.3
"""Share of its weight at which a word that no report has counts in what an answer is measured by [G], and the same of
a word that people use about what happened: the one is what is asked for, the other a way of asking."""


TOLD = 0.3
"""Chance that a report sought tells what is asked in this very word [G]; people have many words for one thing."""

MEASURED = 0.6
"""Share of a free word's weight that counts in what an answer is measured by [G]."""


def mention_weight(count: int, total: int) -> float:
    """log10 of the likelihood ratio of a word that `count` of `total` reports tell; as for a word that two reports
    share, log10(1 + rho (1-p)/p), with TOLD for rho. 0 for a word that nobody tells."""
    share = (count + 0.5) / (total + 1)
    return float(np.log10(1 + TOLD * max(0.0, 1 - share) / share)) if count else 0.0


class ComparedFact(NamedTuple):
    """Where the fact that words were read as is compared already, shape (n,), and its largest weight."""

    known: NDArray[np.bool_]
    most: float


class Word(NamedTuple):
    """An asked word: its stem, if a report has it, its written form, and the others that stand for it with what each
    is worth."""

    stem: str
    written: str
    others: dict[str, float]

    @property
    def worth(self) -> dict[str, float]:
        """Every stem with its share of the word's weight."""
        return {**self.others, self.stem: 1.0}


def _shared(word: Word, share: float) -> dict[str, float]:
    return {stem: share * worth for stem, worth in word.worth.items()}


class WordConditions:
    """Makes conditions of words over one index; `way` is how words are looked for (`WORDS_AS`)."""

    def __init__(self, index: WordIndex, way: str = SIMILAR) -> None:
        self._index, self._way = index, way
        self._total = len(index.reports)
        self._most = max(LEAST_COMMON, COMMON * self._total)
        self._none = np.zeros(self._total)

    def read(self, words: str) -> list[Word]:
        """The content words of a text with what may stand for them."""
        found = []
        said: dict[str, str] = {}
        for stem, written in stems(words):
            said.setdefault(stem, written)
        for stem, written in said.items():
            others: dict[str, float] = {}
            if self._way not in (EXACT, NEAR):
                others |= {other: SAME_SHARE for other in sorted(same_meaning(stem)) if other in self._index}
            if self._way != EXACT and stem not in self._index and not (others and is_ordinary(stem)):
                others |= dict.fromkeys(near_spellings(stem, self._index.stems), NEAR_SHARE)
            others |= dict.fromkeys(self._index.within(stem), NEAR_SHARE)
            found.append(Word(stem, written, others))
        return found

    def free(self, words: str) -> list[Condition]:
        """One condition for each word that was read as no fact; none for a light word."""
        read = self.read(words)
        return [self._condition(words if len(read) == 1 else word.written, word) for word in read]

    def _condition(self, written: str, word: Word) -> Condition:
        exact = self._index.rows(word.stem)
        says = np.full(self._total, NOT_KNOWN, dtype=np.int8)
        share = np.zeros(self._total)
        if len(exact) <= self._most:
            shared = {stem: worth for stem, worth in word.others.items() if self._index.count(stem) <= self._most}
            for stem, worth in sorted(shared.items(), key=lambda one: one[1]):
                rows = self._index.rows(stem)
                share[rows], says[rows] = worth, CLOSE
            says[exact] = AGREES
        full = mention_weight(len(exact), self._total)
        weights = share * mention_weight(int(np.count_nonzero(says)), self._total)
        weights[exact if len(exact) <= self._most else NONE] = full

        def said(row: int) -> str:
            """How the report at a row words what was asked for."""
            if says[row] == NOT_KNOWN:
                return "not known"
            if says[row] == AGREES:
                return f"“{', '.join(self._index.standing(row, [word.stem]))}”"
            return f"like “{written}”: {', '.join(self._index.standing(row, word.others)[:3])}"

        largest = float(weights.max(initial=0.0))
        return Condition(
            field="words",
            label="Words",
            asked=written,
            weights=weights,
            says=says,
            quiet=True,
            words=said,
            count=count_words(len(exact), self._total),
            most=MEASURED * largest if largest or len(exact) else self._unseen(word.stem),
        )

    def _unseen(self, stem: str) -> float:
        return (UNSEEN_ORDINARY if is_ordinary(stem) else UNSEEN_SHARE) * unseen_weight(self._total)

    def of_fact(self, words: Sequence[str], told: ComparedFact) -> Condition | None:
        """The condition of the words of one fact: it speaks only where a report does not say the fact itself, and
        only where most of the words stand together. None where nothing of them can be looked for."""
        read = [word for written in words for word in self.read(written)]
        read = [word for word in read if word.stem not in asking()] or read
        rarity = [self._rarity(word) for word in read]
        whole = sum(rarity)
        if told.most <= 0 or not any(self._seen(word) for word in read):
            return None
        shares = [_shared(word, rare / whole) for word, rare in zip(read, rarity, strict=True)]
        together = self._index.together(shares)
        shown = (together >= LEAST_TOGETHER) & ~told.known
        if len(read) > 1:  # a single word of several is not yet what was asked: "dog" of "set his dog on her"
            shown &= self._index.together([dict.fromkeys(word.worth, 1.0) for word in read]) > 1
        asked, rows = " ".join(words), np.flatnonzero(shown)
        weights, says = np.zeros(self._total), np.full(self._total, NOT_KNOWN, dtype=np.int8)
        weights[rows], says[rows] = FACT_SHARE * told.most * np.minimum(together[rows], 1.0), CLOSE
        return Condition(
            field="fact",
            label="Words",
            asked="",
            weights=weights,
            says=says,
            quiet=True,
            words=lambda row: f"like “{asked}”" if shown[row] else "not known",
            most=0.0,
        )

    def own_words(self, behaviour: str, asked: Query) -> Condition | None:
        """The condition of a behaviour in words that the vocabulary does not know: most of them in one piece."""
        read = self.read(behaviour)
        shown = self._together(read)
        if shown is None:
            return None
        denied = behaviour in asked.must_not or behaviour in asked.report.behaviours.absent
        weight = rarity_weight(int(shown.sum()), self._total)
        return Condition(
            field="behaviour",
            label="Behaviour",
            asked=f"not: {behaviour}" if denied else behaviour,
            weights=np.where(shown, float(np.log10(1 - DENIED_SURE)) if denied else weight, 0.0),
            says=np.where(shown, DIFFERS if denied else AGREES, NOT_KNOWN).astype(np.int8),
            words=lambda row: self._quoted(row, read) if shown[row] else f"{behaviour}: not known",
            most=0.0 if denied else None,
            strict=behaviour in asked.must_not,
            keeps_unknown=behaviour not in asked.must,
        )

    def _quoted(self, row: int, read: list[Word]) -> str:
        """Words of a behaviour as they stand in a report."""
        there = [found for word in read for found in self._index.standing(row, [word.stem, *word.others])[:1]]
        return ", ".join(f"“{found}”" for found in dict.fromkeys(there))

    def _together(self, read: list[Word]) -> NDArray[np.bool_] | None:
        rarity = [self._rarity(word) for word in read]
        if not sum(rarity):
            return None
        shares = [_shared(word, rare / sum(rarity)) for word, rare in zip(read, rarity, strict=True)]
        return self._index.together(shares) >= LEAST_TOGETHER

    def _seen(self, word: Word) -> bool:
        return any(stem in self._index for stem in word.worth)

    def _rarity(self, word: Word) -> float:
        counts = [self._index.count(stem) for stem in word.worth if stem in self._index]
        return rarity_weight(min(self._total, sum(counts)), self._total) if counts else self._unseen(word.stem)

    def phrase(self, phrase: str) -> Condition:
        """The condition of words in quotes: all of them, in this order."""
        rows = self._index.in_order(phrase)
        says = np.full(self._total, NOT_KNOWN, dtype=np.int8)
        says[rows] = AGREES
        return Condition(
            field="words",
            label="Words",
            asked=f"“{phrase}”",
            weights=np.where(says == AGREES, rarity_weight(len(rows), self._total), 0.0),
            quiet=True,
            says=says,
            words=lambda row: f"“{phrase}”" if says[row] == AGREES else "not known",
        )
