"""Logistic regression on behaviour, place and time: the usual model of the field."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import logit

from linkage.evaluation.baselines.columns import Columns, Floats, columns_of
from linkage.evaluation.baselines.learned import Learned
from linkage.evaluation.baselines.training import TrainingPairs
from linkage.evaluation.truth import EvaluatedPairs
from linkage.report import Report

FEATURES = ("Jaccard", "Jaccard by rarity", "log km", "log days", "same part of the day", "km known", "days known")
"""What the regression is given, in order."""

FLAGS = 2
"""The last features say whether distance and days are known."""


class Logistic(Learned[Columns, Floats]):
    """A pair's log odds are a weighted sum of its features.

    Learns from all linked pairs and a sample of the others; only the intercept is then moved to the base rate of
    all training pairs (prior correction, King and Zeng 2001, Political Analysis 9:137). Features are put on one
    scale; one that is not known takes the mean of the training pairs, and so adds nothing beyond its flag.
    """

    name = "logistic regression"
    note = (
        "Logistic regression on behaviour, place and time (as Tonkin et al. 2017): Jaccard, Jaccard by rarity, "
        "log km, log days, same part of the day; learned from labelled pairs."
    )

    def __init__(self, seed: int = 0) -> None:
        self.seed = seed

    def _read(self, reports: Sequence[Report]) -> Columns:
        return columns_of(reports)

    def _given(self, seen: Columns, pairs: EvaluatedPairs) -> Floats:
        return _features(seen, pairs)

    def _learn(self, seen: Columns, training: TrainingPairs) -> _Weights:
        return _Weights(_features(seen, training.pairs), training)


class _Weights:
    """Weights of the features on one scale, and the intercept at the base rate."""

    def __init__(self, given: Floats, training: TrainingPairs) -> None:
        from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

        values = given[:, :-FLAGS].astype(np.float64)
        known = ~np.isnan(values)
        share = np.maximum(1, known.sum(axis=0))
        self.mean = np.where(known, values, 0.0).sum(axis=0) / share
        spread = np.sqrt(np.where(known, (values - self.mean) ** 2, 0.0).sum(axis=0) / share)
        self.scale = np.where(spread > 0, spread, 1.0)
        linked = training.pairs.linked
        model = LogisticRegression(max_iter=1000).fit(self._scaled(given), linked)
        self.weights = model.coef_[0].astype(np.float64)
        self.intercept = float(model.intercept_[0] + logit(training.base_rate) - logit(linked.mean()))

    def log_odds(self, given: Floats) -> NDArray[np.float64]:
        """ln odds that each pair is linked, shape (pairs,)."""
        found: NDArray[np.float64] = self._scaled(given) @ self.weights + self.intercept
        return found

    def _scaled(self, given: Floats) -> NDArray[np.float64]:
        values = (given[:, :-FLAGS] - self.mean) / self.scale
        return np.hstack([np.where(np.isnan(values), 0.0, values), given[:, -FLAGS:]])


def _features(columns: Columns, pairs: EvaluatedPairs) -> Floats:
    left, right = pairs.left, pairs.right
    log_km = columns.log_km(pairs.km, left, right)
    log_days = np.log1p(columns.days(left, right))
    return np.stack(
        [
            columns.jaccard(left, right),
            columns.rarity_jaccard(left, right),
            log_km,
            log_days,
            columns.same_hour_part(left, right),
            (~np.isnan(log_km)).astype(np.float32),
            (~np.isnan(log_days)).astype(np.float32),
        ],
        axis=1,
    )
