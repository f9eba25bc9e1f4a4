"""Gradient boosting on all the engine knows of a pair: what a flexible learner makes of the same evidence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from linkage.evaluation.baselines.columns import Columns, Floats, columns_of
from linkage.evaluation.baselines.learned import Learned
from linkage.evaluation.baselines.training import TrainingPairs, in_blocks
from linkage.evaluation.truth import EvaluatedPairs
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


class GradientBoosting(Learned["_Features", Floats]):
    """Boosted trees (scikit-learn's histogram gradient boosting, after Friedman 2001 and Ke et al. 2017).

    Features of a pair: each comparison's weight under the shipped parameters, fitted without labels, nan where a
    side is not known; km, days, Jaccard and Jaccard by rarity. Trained on all linked pairs and a sample of the
    others, each weighing as many pairs as it stands for, so that its probabilities have the training base rate.
    """

    name = "gradient boosting"

    def __init__(self, seed: int = 0, sensitive: bool = True) -> None:
        self.seed = seed
        self.sensitive = sensitive
        kept = "sensitive ones included" if sensitive else "without sensitive ones"
        self.note = (
            "Boosted trees on all pair features: given this engine's own comparisons with their untrained weights "
            f"({kept}), those of the free text too, beside km, days and Jaccard; learned from labelled pairs."
        )

    def _read(self, reports: Sequence[Report]) -> _Features:
        return _Features(reports, self.sensitive)

    def _given(self, seen: _Features, pairs: EvaluatedPairs) -> Floats:
        return seen.of(pairs)

    def _learn(self, seen: _Features, training: TrainingPairs) -> _Trees:
        given = np.concatenate([seen.of(some) for some in in_blocks(training.pairs)])
        return _Trees(given, training, self.seed)


class _Trees:
    """Boosted trees of the training pairs."""

    def __init__(self, given: Floats, training: TrainingPairs, seed: int) -> None:
        from sklearn.ensemble import HistGradientBoostingClassifier  # type: ignore[import-untyped]

        # a feature that does not vary teaches nothing, and the binning does not accept one that is never known
        self.used = np.array([len(np.unique(column[~np.isnan(column)])) > 1 for column in given.T])
        model = HistGradientBoostingClassifier(**TREES, early_stopping=False, random_state=seed)
        self.model = model.fit(given[:, self.used], training.pairs.linked, sample_weight=training.weight)

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

    def of(self, pairs: EvaluatedPairs) -> Floats:
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
