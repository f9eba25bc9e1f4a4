"""Calibration of what the series inference says, learned from labels on reports that nothing was learned from.

The chains' probability p becomes  1 / (1 + exp(-(intercept + slope * logit p + far * d)))  (Platt 1999), where d
grows with the distance of the two places: 0 up to NEAR_KM or where not known, 1 at FAR_KM. All three are drawn by
ridge penalties to where they change nothing: few labels change little. What is believed rises with p at every
distance.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, logit

if TYPE_CHECKING:
    from linkage.models.collective import Posterior

SMALLEST = 1e-6
"""Probabilities are kept this far from 0 and 1 [G]: with some hundred sweeps nothing beyond can be told."""

INTERCEPT_DEVIATION, SLOPE_DEVIATION = 0.5, 0.2
"""Standard deviations of intercept and slope around 0 and 1 before labels are seen [G]."""

FAR_KM, NEAR_KM = 50.0, 20.0
"""Distance at which the distance counts for 1, and that from which it counts, by its logarithm, kilometres [R]: of
10, 15, 20, 25 and 30 about as good as any (docs/decisions/0026)."""

FAR_DEVIATION = 0.5
"""Standard deviation of `far` around 0 before labels are seen [G]."""

LEAST = 0.005
"""Pairs below this say nothing about where decisions are taken, and there are many of them [G]."""


@dataclass(frozen=True)
class Calibration:
    """Natural log odds said -> believed: `intercept` + `slope` * said + `far` * distance term."""

    intercept: float = 0.0
    slope: float = 1.0
    far: float = 0.0

    def of(self, probability: NDArray[np.float64], km: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
        """The calibrated probability of pairs `km` apart (nan where not known); 0 and 1 stay what they are."""
        said = logit(np.clip(probability, SMALLEST, 1 - SMALLEST))
        away = np.zeros(len(said)) if km is None else distance_term(km)
        believed: NDArray[np.float64] = expit(self.intercept + self.slope * said + self.far * away)
        return np.where((probability > 0) & (probability < 1), believed, probability)

    def to_json(self) -> dict[str, float]:
        """Plain values."""
        return {"far": self.far, "intercept": self.intercept, "slope": self.slope}

    @classmethod
    def from_json(cls, plain: Mapping[str, float]) -> Calibration:
        """Inverse of `to_json`; files from before distances counted have no `far`."""
        return cls(float(plain["intercept"]), float(plain["slope"]), float(plain.get("far", 0.0)))


@dataclass(frozen=True)
class Calibrate:
    """A calibration, and how far apart rows are: kilometres of row pairs, nan where not known."""

    calibration: Calibration
    km: Callable[[NDArray[np.int64], NDArray[np.int64]], NDArray[np.float64]]

    def of(self, posterior: Posterior, unit: NDArray[np.int64]) -> NDArray[np.float64]:
        """What is believed of the posterior's pairs of units; a unit is where its nearest row is."""
        return self.calibration.of(posterior.together, self.apart(posterior.left, posterior.right, unit))

    def apart(
        self, left: NDArray[np.int64], right: NDArray[np.int64], unit: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        """Kilometres between pairs of units."""
        order = np.argsort(unit, kind="stable")
        size = np.bincount(unit)
        start = np.concatenate([[0], np.cumsum(size)])
        found = np.full(len(left), np.nan)
        for one in range(int(size.max(initial=0))):
            for other in range(int(size.max(initial=0))):
                here = (size[left] > one) & (size[right] > other)
                rows = order[start[left[here]] + one], order[start[right[here]] + other]
                found[here] = np.fmin(found[here], self.km(*rows))
        return found


SHIPPED_INTERCEPT = -0.7
"""`intercept` where there are no labels [R]: what the chains say without them is too high by about as much in each of
three worlds of three generators, and each is told better with what the other two ask for (docs/decisions/0054)."""

SHIPPED_FAR = -0.6
"""`far` where there are no labels [R]: three worlds of this project ask for -.5 to -.7 each, and each is told better
with what the other two ask for (docs/decisions/0026)."""


def shipped() -> Calibration:
    """The calibration where there are no labels."""
    return Calibration(intercept=SHIPPED_INTERCEPT, far=SHIPPED_FAR)


def distance_term(km: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much a distance counts (pairs,): 0 up to NEAR_KM, 1 at FAR_KM, and on by the logarithm; 0 where not
    known."""
    known = np.fmax(np.asarray(km, dtype=float), NEAR_KM)
    counted: NDArray[np.float64] = np.log(known / NEAR_KM) / np.log(FAR_KM / NEAR_KM)
    return counted


def learn_calibration(
    said: Sequence[NDArray[np.float64]],
    linked: Sequence[NDArray[np.bool_]],
    share: Sequence[NDArray[np.float64]],
    km: Sequence[NDArray[np.float64]] | None = None,
) -> Calibration:
    """Calibration from pairs of several scorings: what was said, the truth, what each counts, and how far apart its
    places are (nan where not known), all (pairs,)."""
    probability, truth, worth = np.concatenate(said), np.concatenate(linked), np.concatenate(share)
    away = distance_term(np.concatenate(km)) if km is not None else np.zeros(len(probability))
    kept = (probability >= LEAST) & (probability <= 1 - SMALLEST)
    truth, worth = truth[kept], worth[kept]
    known = np.stack([np.ones(int(kept.sum())), logit(probability[kept]), away[kept]])
    middle, deviation = np.array([0.0, 1.0, 0.0]), np.array([INTERCEPT_DEVIATION, SLOPE_DEVIATION, FAR_DEVIATION])

    def loss(values: NDArray[np.float64]) -> float:
        """Negative log posterior (but for a constant) of intercept, slope and far, shape (3,)."""
        logits = values @ known
        off = (values - middle) / deviation
        return float(worth @ (np.logaddexp(0.0, logits) - truth * logits) + off @ off / 2)

    found = minimize(loss, middle, method="L-BFGS-B", bounds=[(-3, 3), (0.3, 3), (-3, 3)])
    return Calibration(*(round(float(value), 4) for value in found.x))
