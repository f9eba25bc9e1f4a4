"""Gradient boosting on all the engine knows of a pair: what a flexible learner makes of the same evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from sklearn.ensemble import HistGradientBoostingClassifier  # type: ignore[import-untyped]

from linkage.evaluation.baselines.columns import Columns, Floats, columns_of
from linkage.evaluation.baselines.gathering import chosen_threshold, series_at
from linkage.evaluation.baselines.training import TrainingPairs, in_blocks, training_pairs
from linkage.evaluation.scorer import Scores
from linkage.evaluation.truth import JudgedPairs, Truth
from linkage.features.evidence import MILLIBAN
from linkage.features.parameters import elicited
from linkage.features.table import EvidenceTable, fit_table
from linkage.report import Report

TREES: dict[str, float | int] = {
    "max_iter": 150,
    "learning_rate": 0.06,
    "max_leaf_nodes": 12,
    "min_samples_leaf": 30,
    "l2_regularization": 5.0,
}
"""Modest trees [G]: a few hundred to a few thousand links bear no more."""

UNTUNED = 0.5
"""Threshold of series where the labels are too few to be halved: more likely linked than not."""


class GradientBoosting:
    """Boosted trees (scikit-learn's histogram gradient boosting, after Friedman 2001 and Ke et al. 2017).

    Features of a pair: each comparison's weight under the shipped parameters, fitted without labels, nan where a
    side is not known; km, days, Jaccard and Jaccard by rarity. Trained on all linked pairs and a sample of the
    others, each weighing as many pairs as it stands for, so that its probabilities have the training base rate.
    The threshold of series comes from pairs scored by models that did not see their persons.
    """

    name = "gradient boosting"
    learns = True

    def __init__(self, seed: int = 0, sensitive: bool = True) -> None:
        self.seed = seed
        self.sensitive = sensitive
        kept = "sensitive ones included" if sensitive else "without sensitive ones"
        self.note = (
            "Boosted trees on all pair features: given this engine's own comparisons with their untrained weights "
            f"({kept}), those of the free text too, beside km, days and Jaccard; learned from labelled pairs."
        )

    def fit(self, reports: Sequence[Report], truth: Truth) -> Self:
        """Learn the trees and the threshold of series. NoLinksError (ValueError) without a link."""
        training = training_pairs(reports, truth, self.seed)
        features = _Features(training.whole.reports, self.sensitive)
        given = features.of(training.pairs)
        self.trees_ = _Trees(given, training, np.ones(len(given), dtype=bool), self.seed)
        self.threshold_ = self._threshold(features, given, training)
        return self

    def score(self, pairs: JudgedPairs) -> Scores:
        """Log odds and probability of each pair, and series."""
        features = _Features(pairs.reports, self.sensitive)
        found = [self.trees_.log_odds(features.of(some)) for some in in_blocks(pairs)]
        log_odds = np.concatenate([np.empty(0), *found])
        probability: NDArray[np.float64] = expit(log_odds)
        return Scores(log_odds, probability, series_at(pairs, probability, self.threshold_))

    def _threshold(self, features: _Features, given: Floats, training: TrainingPairs) -> float:
        """Trees fit the pairs they have seen far too well, so each half of the persons is scored by trees of the
        other half; pairs across the halves, all unlinked, by the mean of both."""
        pairs, whole = training.pairs, training.whole
        persons = np.random.default_rng(self.seed).permutation(int(whole.person.max()) + 1)
        half = (persons % 2)[whole.person]
        learned = []
        for other in (1, 0):
            kept = (half[pairs.left] == other) & (half[pairs.right] == other)
            if len(set(pairs.linked[kept].tolist())) < 2:
                return UNTUNED
            learned.append(_Trees(given, training, kept, self.seed))
        found = []
        for some in in_blocks(whole):
            seen = features.of(some)
            both = np.stack([trees.log_odds(seen) for trees in learned])
            each = np.arange(len(some))
            found.append((both[half[some.left], each] + both[half[some.right], each]) / 2)
        return chosen_threshold(whole, expit(np.concatenate(found)))


class _Trees:
    """Boosted trees of some of the training pairs, at the base rate of all of them."""

    def __init__(self, given: Floats, training: TrainingPairs, kept: NDArray[np.bool_], seed: int) -> None:
        linked, weight, given = training.pairs.linked[kept], training.weight[kept], given[kept]
        # the kept pairs may be richer in links than all training pairs are
        odds = training.base_rate / (1 - training.base_rate)
        weight[~linked] *= linked.sum() / odds / weight[~linked].sum()
        # a feature that does not vary teaches nothing, and the binning does not accept one that is never known
        self.used = np.array([len(np.unique(column[~np.isnan(column)])) > 1 for column in given.T])
        model = HistGradientBoostingClassifier(**TREES, early_stopping=False, random_state=seed)
        self.model = model.fit(given[:, self.used], linked, sample_weight=weight)

    def log_odds(self, given: Floats) -> NDArray[np.float64]:
        """Log odds of a link, shape (pairs,)."""
        found: NDArray[np.float64] = self.model.decision_function(given[:, self.used])
        return found


class _Features:
    """Every feature of pairs of these reports."""

    def __init__(self, reports: Sequence[Report], sensitive: bool) -> None:
        self.columns: Columns = columns_of(reports)
        self.table: EvidenceTable = fit_table(reports, elicited(), sensitive)
        self.known = np.stack([column.known() for column in self.table.columns])

    def of(self, pairs: JudgedPairs) -> Floats:
        """Shape (pairs, comparisons + 4), nan where a feature is not known."""
        left, right = pairs.left.astype(np.intp), pairs.right.astype(np.intp)
        weights = self.table.parts(left, right).astype(np.float32) / MILLIBAN
        for column, known in enumerate(self.known):
            weights[~(known[left] & known[right]), column] = np.nan
        more = (
            pairs.km,
            self.columns.days(pairs.left, pairs.right),
            self.columns.jaccard(pairs.left, pairs.right),
            self.columns.rarity_jaccard(pairs.left, pairs.right),
        )
        return np.hstack([weights, np.stack(more, axis=1)])
