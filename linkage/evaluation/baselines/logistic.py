"""Logistic regression on behaviour, place and time: the usual model of the field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from linkage.evaluation.baselines.columns import Columns, columns_of
from linkage.evaluation.baselines.gathering import chosen_threshold, series_at
from linkage.evaluation.baselines.training import TrainingPairs, in_blocks, training_pairs
from linkage.evaluation.scorer import Scores
from linkage.evaluation.truth import JudgedPairs, Truth
from linkage.report import Report

FEATURES = ("Jaccard", "Jaccard by rarity", "log km", "log days", "same part of the day", "km known", "days known")
"""What the regression is given, in order."""

FLAGS = 2
"""The last features say whether distance and days are known."""


class Logistic:
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
    learns = True

    def __init__(self, seed: int = 0) -> None:
        self.seed = seed

    def fit(self, reports: Sequence[Report], truth: Truth) -> Self:
        """Learn weights, intercept and the threshold of series. NoLinksError (ValueError) without a link."""
        training = training_pairs(reports, truth, self.seed)
        raw = _features(columns_of(training.pairs.reports), training.pairs)
        values = raw[:, :-FLAGS]
        known = ~np.isnan(values)
        share = np.maximum(1, known.sum(axis=0))
        self.mean_ = np.where(known, values, 0.0).sum(axis=0) / share
        spread = np.sqrt(np.where(known, (values - self.mean_) ** 2, 0.0).sum(axis=0) / share)
        self.scale_ = np.where(spread > 0, spread, 1.0)
        model = LogisticRegression(max_iter=1000).fit(self._scaled(raw), training.pairs.linked)
        self.weights_ = model.coef_[0].astype(np.float64)
        self.intercept_ = float(model.intercept_[0]) + _to_base_rate(training)
        self.threshold_ = chosen_threshold(training.whole, expit(self._log_odds(training.whole)))
        return self

    def score(self, pairs: JudgedPairs) -> Scores:
        """Log odds and probability of each pair, and series."""
        log_odds = self._log_odds(pairs)
        probability: NDArray[np.float64] = expit(log_odds)
        return Scores(log_odds, probability, series_at(pairs, probability, self.threshold_))

    def _log_odds(self, pairs: JudgedPairs) -> NDArray[np.float64]:
        columns = columns_of(pairs.reports)
        found = [self._scaled(_features(columns, some)) @ self.weights_ for some in in_blocks(pairs)]
        return np.concatenate([np.empty(0), *found]) + self.intercept_

    def _scaled(self, raw: NDArray[np.float32]) -> NDArray[np.float64]:
        values = (raw[:, :-FLAGS] - self.mean_) / self.scale_
        return np.hstack([np.where(np.isnan(values), 0.0, values), raw[:, -FLAGS:]])


def _to_base_rate(training: TrainingPairs) -> float:
    """What the intercept is moved by: log odds of all training pairs less those of the sampled ones."""
    return float(logit(training.base_rate) - logit(training.pairs.linked.mean()))


def _features(columns: Columns, pairs: JudgedPairs) -> NDArray[np.float32]:
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
