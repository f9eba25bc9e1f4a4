"""What the baselines that learn from labelled pairs share: probabilities at the base rate, and series."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Generic, Protocol, Self, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from linkage.evaluation.baselines.gathering import chosen_threshold, series_at
from linkage.evaluation.baselines.training import TrainingPairs, in_blocks, part_of, training_pairs
from linkage.evaluation.scorer import Scores
from linkage.evaluation.truth import EvaluatedPairs, Truth
from linkage.report import Report

UNTUNED = 0.5
"""Threshold of series where the labels are too few to be halved: more likely linked than not."""

Seen = TypeVar("Seen")
Given = TypeVar("Given")
Given_contra = TypeVar("Given_contra", contravariant=True)


class Model(Protocol[Given_contra]):
    """What was learned."""

    def log_odds(self, given: Given_contra) -> NDArray[np.float64]:
        """ln odds that each pair is linked, shape (pairs,)."""
        ...


class Learned(ABC, Generic[Seen, Given]):
    """Learns log odds of a link from pairs, and a threshold for series.

    A model fits the pairs it has learned from too well to choose a threshold on them. So the persons are halved at
    random, each half is scored by a model of the other, pairs across the halves (all unlinked) by the mean of both,
    and the threshold is chosen on these scores. The model that scores other reports learns from all of them.
    """

    name: str
    note: str
    learns = True
    seed: int

    def fit(self, reports: Sequence[Report], truth: Truth) -> Self:
        """Learn from all links and a seeded sample of other pairs. NoLinksError (a ValueError) without a link."""
        training = training_pairs(reports, truth, self.seed)
        seen = self._read(training.whole.reports)
        self.model_ = self._learn(seen, training)
        self.threshold_ = self._threshold(seen, training)
        return self

    def score(self, pairs: EvaluatedPairs) -> Scores:
        """Log odds and probability of each pair, and series."""
        seen = self._read(pairs.reports)
        found = [self.model_.log_odds(self._given(seen, some)) for some in in_blocks(pairs)]
        log_odds = np.concatenate([np.empty(0), *found])
        probability: NDArray[np.float64] = expit(log_odds)
        return Scores(log_odds, probability, series_at(pairs, probability, self.threshold_))

    @abstractmethod
    def _read(self, reports: Sequence[Report]) -> Seen:
        """What is read of reports, once for all their pairs."""

    @abstractmethod
    def _given(self, seen: Seen, pairs: EvaluatedPairs) -> Given:
        """What a model is given about pairs."""

    @abstractmethod
    def _learn(self, seen: Seen, training: TrainingPairs) -> Model[Given]:
        """A model of these pairs, at their base rate."""

    def _threshold(self, seen: Seen, training: TrainingPairs) -> float:
        persons = np.random.default_rng(self.seed).permutation(int(training.whole.person.max()) + 1)
        half = (persons % 2)[training.whole.person]
        left, right = half[training.pairs.left], half[training.pairs.right]
        parts = [part_of(training, np.flatnonzero((left == other) & (right == other))) for other in (1, 0)]
        if any(part is None for part in parts):
            return UNTUNED
        models = [self._learn(seen, part) for part in parts if part]
        found = []
        for some in in_blocks(training.whole):
            given, each = self._given(seen, some), np.arange(len(some))
            both = np.stack([model.log_odds(given) for model in models])
            found.append((both[half[some.left], each] + both[half[some.right], each]) / 2)
        return chosen_threshold(training.whole, expit(np.concatenate(found)))
