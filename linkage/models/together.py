"""Calibration of what the series inference says, learned from labels on reports that nothing was learned from.

The chains' probability p becomes  1 / (1 + exp(-(intercept + slope * logit p)))  (Platt 1999), drawn to what it was
by ridge penalties: few labels change little.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, logit

SMALLEST = 1e-6
"""Probabilities are kept this far from 0 and 1 [G]: with some hundred sweeps nothing beyond can be told."""

INTERCEPT_DEVIATION, SLOPE_DEVIATION = 0.5, 0.2
"""Standard deviations of intercept and slope around 0 and 1 before labels are seen [G]."""

LEAST = 0.005
"""Pairs below this say nothing about where decisions are taken, and there are many of them [G]."""


@dataclass(frozen=True)
class Calibration:
    """Natural log odds said -> believed: `intercept` + `slope` * said."""

    intercept: float = 0.0
    slope: float = 1.0

    def of(self, probability: NDArray[np.float64]) -> NDArray[np.float64]:
        """The calibrated probability; 0 and 1 stay what they are."""
        said = logit(np.clip(probability, SMALLEST, 1 - SMALLEST))
        believed: NDArray[np.float64] = expit(self.intercept + self.slope * said)
        return np.where((probability > 0) & (probability < 1), believed, probability)

    def to_json(self) -> dict[str, float]:
        """Plain values."""
        return {"intercept": self.intercept, "slope": self.slope}

    @classmethod
    def from_json(cls, plain: Mapping[str, float]) -> Calibration:
        """Inverse of `to_json`."""
        return cls(float(plain["intercept"]), float(plain["slope"]))


def learn_calibration(
    said: Sequence[NDArray[np.float64]],
    linked: Sequence[NDArray[np.bool_]],
    share: Sequence[NDArray[np.float64]],
) -> Calibration:
    """Calibration from pairs of several scorings: what was said, the truth, and what each counts, all (pairs,)."""
    probability, truth, worth = np.concatenate(said), np.concatenate(linked), np.concatenate(share)
    kept = (probability >= LEAST) & (probability <= 1 - SMALLEST)
    odds, truth, worth = logit(probability[kept]), truth[kept], worth[kept]

    def loss(values: NDArray[np.float64]) -> float:
        """Negative log posterior (but for a constant) of intercept and slope, shape (2,)."""
        logits = values[0] + values[1] * odds
        away = (values - (0.0, 1.0)) / (INTERCEPT_DEVIATION, SLOPE_DEVIATION)
        return float(worth @ (np.logaddexp(0.0, logits) - truth * logits) + away @ away / 2)

    found = minimize(loss, np.array([0.0, 1.0]), method="L-BFGS-B", bounds=[(-3, 3), (0.3, 3)])
    return Calibration(round(float(found.x[0]), 4), round(float(found.x[1]), 4))
